//! What people type: how the command reads it, and what it says of it.

use crate::sandbox::{Ran, Sandbox};

const BRAMBLE: &str = "\
Inspection of Bramble children’s services

Inspection dates: 4 to 8 March 2024

What needs to improve?

1. In all, 200 boats came; 100% had a crew of 100 and 98 per cent a captain. Is it safe? Yes.

2. The grant of £3.4 million fell by 3, 4 and 5 points; fees rose by £5m. The R&D team of 16/17 left in 2015–16, 17 stayed.

3. The Anchor duty is known. Crews anchor by the pier. IT is slow, and it fails. 2,500 or 2500 ropes were cut.

4. A long history of repairs, a boat history and a history. Unmoored boats drift.
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_reports();
    sandbox.put("bramble/visit.txt", BRAMBLE);
    sandbox.run(&["index"]);
    sandbox
}

fn count(sandbox: &Sandbox, query: &str) -> (String, Ran) {
    let ran = sandbox.run(&["count", query, "--format", "csv"]);
    let occurrences = ran.out.lines().nth(1).and_then(|row| row.split(',').next()).unwrap_or_default();
    (occurrences.to_owned(), ran)
}

#[test]
fn signs_are_held_to_what_they_belong_to() {
    let sandbox = sandbox();
    for (query, occurrences) in [
        ("100%", "1"),
        ("100", "2"),
        ("£3.4", "1"),
        ("£", "2"),
        ("£*m", "1"),
        ("3.4", "1"),
        ("98%~", "1"),
        ("2500", "1"),
        ("2,500~", "2"),
        ("16/17", "1"),
        ("=IT", "1"),
        ("it", "3"),
        ("=Anchor", "1"),
        ("=\"R&D\"", "1"),
        ("history not pre/1 boat", "2"),
        ("history not post/1 of", "2"),
        ("\"What needs to improve?\"", "1"),
        ("\"is it safe?\"", "1"),
        ("\"Is it safe\\?\"", "1"),
        ("section:\"What needs to improve?\" boats", "2"),
        ("(history w/4 boat) w/4 (repairs w/4 a)", "2"),
        ("£*", "2"),
        ("£3.*", "1"),
        ("*.4", "1"),
        ("*%", "1"),
        ("1*%", "1"),
        ("2,*", "1"),
        ("\\£5m", "1"),
        ("100 %", "1"),
        ("\"grant of £* million\"", "1"),
    ] {
        let (found, ran) = count(&sandbox, query);
        assert_eq!(found, occurrences, "{query}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn readings_and_what_is_left_out_are_said() {
    let sandbox = sandbox();
    for (query, note) in [
        ("R&D", "left out of the query: &"),
        ("boats £", "left out of the query: £"),
        ("\"What needs to improve?\"", "is read as a question mark"),
        ("\"boat crew?\"", "is read as any one letter"),
        ("What does it say about the boats?", "read as text"),
        ("BOATS THAT ARE NOT MOORED", "NOT is read as a word"),
        ("history not pre/1 boat", "not preceded by b"),
        ("2500", "'2500~' finds 1 occurrence more"),
        ("care leavers", "two words, not a phrase; as a phrase: 2; type '\"care leavers\"'"),
        ("boats or crew", "“or” is searched as a word; for either of two write OR"),
        ("boats AND crew OR captain", "read as (boats crew) OR captain"),
        ("needs to improve?", "read as a question mark"),
        ("boat crew?", "is read as any one letter"),
        ("boats within 3 words of crew", "write care w/3 leavers"),
        ("boats/crew", "for either write boats OR crew"),
        ("16/17", "is also found with another sign"),
        ("\\#100", "left out of the query: #"),
        ("/unmoor/", "a whole word must match; /.*(unmoor).*/ matches unmoored"),
    ] {
        let ran = sandbox.run(&["count", query]);
        assert!(ran.err.contains(note), "{query}: {}", ran.err);
        assert!(ran.code < 2, "{query}: {}", ran.err);
    }
    let quiet = sandbox.run(&["count", "boats crew"]);
    assert!(!quiet.err.contains("note:"), "{}", quiet.err);
    let concept = sandbox.run(&["count", "unallocated", "orrery"]);
    assert!(!concept.err.contains('@'), "nothing more: {}", concept.err);
}

#[test]
fn a_word_after_a_minus_sign_writes_no_file_and_prints_no_help() {
    let sandbox = sandbox();
    let victim = sandbox.path("vercrowding");
    std::fs::write(&victim, "kept").unwrap();
    let before: Vec<_> =
        std::fs::read_dir(sandbox.path(".")).unwrap().map(|file| file.unwrap().path()).collect();
    for arguments in [
        &["count", "-overcrowding"][..],
        &["search", "-organisation", "boats"],
        &["count", "boats", "-overtime"],
        &["count", "-housing"],
        &["kwic", "-history"],
        &["trend", "boats", "-hours"],
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("begins with a minus sign"), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "kept");
    let after: Vec<_> =
        std::fs::read_dir(sandbox.path(".")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(before.len(), after.len(), "{after:?}");
    let ran = sandbox.run(&["count", "--", "-housing"]);
    assert!(ran.code < 2, "{}", ran.err);
}

#[test]
fn what_was_typed_for_another_program_is_said() {
    let sandbox = sandbox();
    for (query, said) in [
        ("boats 2018..2019", "date:2018..2019"),
        ("date:2018 to 2019", "date:2018..2019"),
        ("page:3 to 5", "page:3..5"),
        ("from:2018", "date:2018.."),
        ("to:2018", "date:..2018"),
        ("boat.*", "boat*"),
        ("boats adj3 crew", "w/3"),
        ("boats EXCEPT crew", "NOT"),
        ("boats overall=good", "overall:good"),
        ("boats AND (crew OR \"mooring of the harbour", "this quotation mark is not closed"),
        ("overall:good..outstanding", "write each grade: (overall:outstanding OR "),
    ] {
        let ran = sandbox.run(&["count", query]);
        assert_eq!(ran.code, 2, "{query}: {}", ran.err);
        assert!(ran.err.contains(said), "{query}: {}", ran.err);
    }
    for (query, note) in [
        ("boat!", "for any ending write boat*"),
        ("boats w3 crew", "write care w/3 leavers"),
        ("\"boats AND crew\"", "AND in quotation marks is a word"),
        ("100 percent of boats", "100%~ finds 100%"),
        ("the boats and the crew had not seen the harbour for a year", "for the sentence as it is printed"),
    ] {
        let ran = sandbox.run(&["count", query]);
        assert!(ran.err.contains(note), "{query}: {}", ran.err);
        assert!(ran.code < 2, "{query}: {}", ran.err);
    }
    let printed = sandbox.run(&["count", "boats overall:\"Requires improvement to be good\""]);
    assert!(!printed.err.contains("no overall is called"), "{}", printed.err);
}

#[test]
fn mistakes_are_named_with_their_cure() {
    let sandbox = sandbox();
    std::fs::create_dir_all(sandbox.corpus().join("my reports")).unwrap();
    for (arguments, said) in [
        (&["count", "/\\d+,\\d+/"][..], "a comma separates words"),
        (&["count", "•"], "write a word or number with the sign"),
        (&["count", "boats NEAR crew"], "write w/5"),
        (&["count", "boats WITHIN crew"], "write w/5"),
        (&["count", "boats year:2018"], "did you mean date"),
        (&["count", "boats council:bramble"], "did you mean authority"),
        (&["count", "boats judgement:good"], "did you mean grade"),
        (&["count", "--by", "year", "my reports"], "“my reports” is a folder, and the query is missing"),
        (&["search", "boats", "-n", "three"], "write a whole number in digits, such as 10"),
        (&["search", "boats", "--from", "29/13/2018"], "write a year, month or day"),
        (&["search", "'care", "leavers'"], "use double quotation marks: \"care leavers\""),
        (&["search", "care", "leavers", "my reports"], "quotable search 'care leavers' 'my reports'"),
        (&["search", "boats", "my", "reports"], "quotable search boats 'my reports'"),
        (&["kwic", "care", "leavers", "wait", "--words", "2"], "quotable kwic 'care leavers wait' --words 2"),
        (&["reports", "my", "reports"], "quotable reports 'my reports'"),
        (&["search", "boats", "-v"], "--explain shows how a query was understood"),
        (&["search", "boats", "--csv"], "write --format csv"),
        (&["find", "boats"], "did you mean quotable search?"),
        (&["concordance", "boats"], "did you mean quotable kwic?"),
        (&["ls"], "did you mean quotable reports?"),
        (&["verify"], "quotable index verify checks the index"),
        (&["index", "verfy", "my reports"], "did you mean quotable index verify?"),
        (&["index", "clear", "my reports"], "quotable index rebuild"),
        (&["index", "verfy"], "did you mean quotable index verify?"),
        (&["boats that drift"], "quotable search 'boats that drift'"),
        (&["help", "querry"], "did you mean quotable help query?"),
        (&["search"], "the query is missing"),
        (&["search", "boats", "--page", "0"], "pages are counted from 1"),
        (&["search", "boats", "missing.pdf"], "check the name"),
        (&["count", "boats years:2018"], "did you mean date"),
        (&["count", "boats date:2018-2019"], "write date:2018..2019"),
        (&["count", "boats date:>=2018"], "write date:2018.."),
        (&["count", "boats", "--from", "2018/19"], "--from 2018-04 --to 2019-03"),
        (&["count", "boats", "--from", "2099"], "no report passes --from 2099"),
        (&["count", "boats", "--authority", "Qwertz"], "error: --authority Qwertz: no report here is on"),
        (&["reports", "--authority", "Qwertz"], "error: --authority Qwertz: no report here is on"),
        (&["count", "boats", "--theme", "Qwertz"], "error: --theme Qwertz: no theme is called"),
        (&["count", "grade:ri"], "did you mean requires-improvement"),
        (&["count", "overall:good,outstanding"], "write (overall:good OR overall:outstanding)"),
        (&["count", "boats", "--by", "year,year"], "“year” is named twice"),
        (&["count", "boats", "--by", "year,", "region"], "--by year,region"),
        (&["count", "boats leavers\""], "as in \"boats leavers\""),
        (&["search", "boats", "--sample", "0"], "a sample of none"),
        (&["search", "boats", "--seed", "1"], "--sample 50 --seed 1"),
        (&["search", "-boats"], "quotable search -- -boats"),
        (&["codebook", "shw"], "did you mean quotable codebook show?"),
        (&["search", "boats", "bramble/visit.txt", "orrery/visit.txt"], "name the folder that has them all"),
    ] {
        let ran = sandbox.run(arguments);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
    }
    let ran = sandbox.run(&["count", "boats", "--from", "29/01/2018"]);
    assert!(ran.code < 2 && !ran.err.contains("error"), "{}", ran.err);
    for from in ["June 2018", "1 Jan 2018"] {
        let ran = sandbox.run(&["count", "boats", "--from", from]);
        assert!(ran.code < 2 && !ran.err.contains("error"), "{}", ran.err);
    }
    let ran = sandbox.run(&["count", "theme:nosuch"]);
    let themes = ran.err.split("choose one of ").nth(1).unwrap_or_default();
    let mut names: Vec<_> = themes.trim().split(", ").collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "{}", ran.err);
}

#[test]
fn pages_behind_the_last_name_the_last() {
    let sandbox = sandbox();
    for (arguments, said) in [
        (&["search", "boats", "-n", "1", "--page", "99"][..], "there is no page 99; the last is --page 3"),
        (&["kwic", "boats", "-n", "1", "--page", "99"], "there is no page 99; the last is --page 3"),
        (&["search", "boats", "--offset", "99"], "--offset 99 leaves all of them out"),
    ] {
        let text = sandbox.run(arguments);
        assert!(text.out.contains(said), "{arguments:?}: {}", text.out);
        let rows = sandbox.run(&[arguments, &["--format", "jsonl"]].concat());
        assert!(rows.err.contains(said), "{arguments:?}: {}", rows.err);
    }
}

#[test]
fn files_without_a_report_are_explained() {
    let sandbox = Sandbox::new();
    for (folder, file, said) in [
        ("empty", None, "the folder is empty"),
        ("locks", Some("~$visit.docx"), "Word leaves beside open documents"),
        ("hidden", Some(".visit.txt"), "it is a hidden file"),
    ] {
        let folder = sandbox.path(folder);
        std::fs::create_dir_all(&folder).unwrap();
        file.into_iter().for_each(|file| std::fs::write(folder.join(file), "A boat drifts.").unwrap());
        let ran = sandbox.run(&["count", "boats", &folder.to_string_lossy()]);
        assert!(ran.code == 2 && ran.err.contains(said), "{}", ran.err);
    }
    let lock = sandbox.path("locks").join("~$visit.docx");
    let ran = sandbox.run(&["count", "boats", &lock.to_string_lossy()]);
    assert!(ran.err.contains("name the document itself: visit.docx"), "{}", ran.err);
}
