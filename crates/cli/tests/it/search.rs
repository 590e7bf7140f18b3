//! `quotable search`.

use serde_json::Value;

use crate::sandbox::Sandbox;

#[test]
fn the_first_search_indexes_the_folder() {
    let ran = Sandbox::with_reports().run(&["search", "\"care leavers\""]);
    insta::assert_snapshot!(ran.out);
    assert_eq!((ran.code, ran.err.as_str()), (0, "note: 3 files added\n"));
}

#[test]
fn the_second_search_reads_only_what_changed() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    assert_eq!(sandbox.run(&["search", "minutes"]).err, "");
    sandbox.put("orrery/visit.txt", "1. The minutes of Orrery are long.\n");
    std::fs::remove_file(sandbox.corpus().join("fenwick/visit 2021.txt")).unwrap();
    let ran = sandbox.run(&["search", "minutes"]);
    assert_eq!(ran.err, "note: 1 file changed, 1 removed, 1 unchanged\n");
    assert!(ran.out.ends_with("2 paragraphs (2 occurrences in 2 reports)\n"), "{}", ran.out);
}

#[test]
fn no_refresh_leaves_the_index_as_it_is() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["search", "minutes", "--no-refresh"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("help: search the folder once without --no-refresh"), "{}", ran.err);
    sandbox.run(&["index"]);
    sandbox.put("new.txt", "1. New minutes.\n");
    assert!(
        sandbox
            .run(&["search", "minutes", "--no-refresh"])
            .out
            .ends_with("1 paragraph (1 occurrence in 1 report)\n")
    );
}

#[test]
fn a_cut_list_is_noted() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["search", "care", "-n", "1"]);
    assert!(ran.out.ends_with("showing 1 of 2 paragraphs (3 occurrences in 2 reports)\n"), "{}", ran.out);
    let ran = sandbox.run(&["search", "care", "-n", "1", "--format", "jsonl"]);
    assert_eq!(ran.err, "note: showing 1 of 2 paragraphs (3 occurrences in 2 reports)\n");
    assert_eq!(ran.out.lines().count(), 1);
    let ran = sandbox.run(&["search", "care", "--all", "--format", "jsonl"]);
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (2, ""));
}

#[test]
fn a_hit_as_json() {
    let ran = Sandbox::with_reports().run(&["search", "unallocated fenwick OR 41", "--format", "jsonl"]);
    let hit: Value = serde_json::from_str(&ran.out).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&hit).unwrap());
}

#[test]
fn byte_ranges_and_selectors_are_slices_of_the_text() {
    let ran = Sandbox::with_reports().run(&["search", "care w/2 leavers", "--all", "--format", "jsonl"]);
    let mut seen = 0;
    for line in ran.out.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        let text = hit["text"].as_str().unwrap();
        let byte = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        for span in hit["matches"].as_array().unwrap() {
            let word = text[byte(&span[0])..byte(&span[1])].to_lowercase();
            assert!(["care", "leavers", "care leavers"].contains(&word.as_str()), "{word}");
        }
        let selector = |name: &str| hit["selector"][name].as_str().unwrap().to_owned();
        assert!(text.contains(&(selector("prefix") + &selector("exact") + &selector("suffix"))));
        assert_eq!(hit["schema"], 1);
        seen += 1;
    }
    assert_eq!(seen, 2);
}

#[test]
fn a_long_paragraph_is_cut_to_the_sentences_that_match() {
    let sandbox = Sandbox::new();
    let filler = "The hall is painted each spring. ".repeat(20);
    sandbox.put("long.txt", format!("1. {filler}A heron stood at the gate. {filler}\n"));
    let ran = sandbox.run(&["search", "heron"]);
    assert!(ran.out.starts_with("  … A «heron» stood at the gate. …\n"), "{}", ran.out);
}

/// A file may hold nothing but one paragraph, and every word of it may match.
#[test]
fn what_is_shown_of_one_paragraph_is_bounded() {
    let sandbox = Sandbox::new();
    sandbox.put("long.txt", "heron ".repeat(5_000));
    for format in ["text", "markdown"] {
        let ran = sandbox.run(&["search", "heron", "--format", format]);
        assert!(ran.out.contains("occurrences not shown"), "{}", ran.out);
        let shown = ran.out.matches("heron").count();
        assert!((500..900).contains(&shown), "{shown}");
        let whole = sandbox.run(&["search", "heron", "--format", format, "--full"]).out;
        assert!(!whole.contains("not shown") && whole.matches("heron").count() >= 5_000, "{whole}");
    }
    // The paragraphs around a hit too.
    sandbox.put("near.txt", format!("An owl hoots.\n\n{}", "heron ".repeat(5_000)));
    let around = |more: &[&str]| {
        sandbox.run(&[&["search", "owl", "--context", "1"], more].concat()).out.matches("heron").count()
    };
    assert!((500..900).contains(&around(&[])));
    assert!(around(&["--full"]) >= 5_000);
}

#[test]
fn colour_is_off_without_a_terminal() {
    let sandbox = Sandbox::with_reports();
    assert!(!sandbox.run(&["search", "minutes"]).out.contains('\x1b'));
    let ran = sandbox.run(&["search", "minutes", "--color", "always"]);
    assert!(ran.out.contains("Their \x1b[1m\x1b[31mminutes\x1b[0m are short."), "{:?}", ran.out);
    assert!(!ran.out.contains('«'));
    let mut command = sandbox.command(&["search", "minutes", "--color", "auto"]);
    command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
    assert!(!sandbox.ended(command).out.contains('\x1b'));
}

#[test]
fn an_error_in_a_query_is_underlined() {
    let ran = Sandbox::with_reports().run(&["search", "care OR"]);
    insta::assert_snapshot!(ran.err, @r#"
    error: in the query
      care OR
           ^^
    nothing follows OR
    help: write a word after it, or "or" in quotation marks if the word was meant
    "#);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn the_caret_is_under_the_filter_at_fault() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["search", "section:leaders OR grade:good  OR grade:goo"]);
    insta::assert_snapshot!(ran.err, @r"
    error: in the query
      section:leaders OR grade:good  OR grade:goo
                                        ^^^^^^^^^
    no grade is called “goo”
    help: did you mean good or very-good or good-progress
    ");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn an_unquoted_query_has_a_hint() {
    let ran = Sandbox::with_reports().run(&["search", "care", "authority:orrery"]);
    insta::assert_snapshot!(ran.err, @r"
    error: there is no file or folder authority:orrery
    help: put a query of more than one word in quotation marks: 'care leavers'
    ");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn options_are_filters() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["search", "care", "--authority", "nowhere"]);
    assert_eq!(ran.code, 2, "an authority without a report is a slip");
    assert!(ran.err.contains("no report here is on an authority called “nowhere”"), "{}", ran.err);
    let ran = sandbox.run(&["count", "care", "--theme", "workforse"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("help: did you mean workforce"), "{}", ran.err);
    assert_eq!(sandbox.run(&["search", "care", "--from", "tomorrow"]).code, 2);
    assert_eq!(sandbox.run(&["search", "care", "--from", "1999"]).code, 2, "these reports bear no date");
}
