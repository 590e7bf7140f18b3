//! What an answer leaves out is said: reports that a filter cannot judge, files that are not read, and copies. A search
//! without any report to look in is an error.

use std::fs;

use crate::sandbox::{Ran, Sandbox};

fn visit(place: &str, dates: &str, text: &str) -> String {
    format!("Inspection of {place} children’s services\n\n{dates}\n\n1. {text}\n")
}

/// Three visits: one with a day of publication, one with days of inspection alone, one without any day.
fn dated() -> Sandbox {
    let sandbox = Sandbox::new();
    let published = "Inspection dates: 3 to 7 June 2019\nReport published: 19 July 2019";
    sandbox.put("501.txt", visit("Fenwick", published, "The pilots are kind."));
    sandbox.put("502.txt", visit("Orrery", "Inspection dates: 4 to 8 March 2024", "The pilots are brisk."));
    sandbox.put("503.txt", "A letter about a harbour\n\n1. The pilots are late.\n");
    sandbox
}

fn first_number(ran: &Ran) -> String {
    ran.out.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
}

#[test]
fn the_end_of_the_inspection_stands_in_and_reports_without_a_day_are_counted() {
    let sandbox = dated();
    let ran = sandbox.run(&["count", "pilots", "--from", "2018", "--format", "csv"]);
    assert_eq!(first_number(&ran), "2", "{}", ran.out);
    assert!(
        ran.err.contains("1 report without a date left out by date:2018..; date:none finds it"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("1 report names no day of publication and is dated by the end of the inspection"),
        "{}",
        ran.err
    );
    let none = sandbox.run(&["count", "pilots date:none", "--format", "csv"]);
    assert_eq!(first_number(&none), "1", "{}", none.out);
    let by_year = sandbox.run(&["count", "pilots", "--by", "year", "--format", "csv"]);
    assert!(by_year.out.contains("\n2024,1,"), "{}", by_year.out);
    for sorted in
        [&["search", "pilots", "--sort", "date"][..], &["kwic", "pilots"], &["search", "pilots", "--all"]]
    {
        let ran = sandbox.run(sorted);
        assert!(
            ran.err.contains("1 report has no date and comes last; date:none finds it"),
            "{sorted:?}: {}",
            ran.err
        );
    }
    let authority = sandbox.run(&["count", "pilots authority:none", "--format", "csv"]);
    assert_eq!(first_number(&authority), "1", "{}", authority.out);
    let json = sandbox.run(&["count", "pilots", "--from", "2018", "--format", "jsonl"]);
    assert!(
        json.out.contains(r#""unjudged":[{"filter":"date:2018..","field":"date","reports":1,"kept":false}]"#),
        "{}",
        json.out
    );
    assert!(json.out.contains(r#""dated_by_inspection":1"#), "{}", json.out);
    for query in ["pilots NOT date:2018..", "pilots -date:2018..", "pilots NOT (date:2018.. OR kind:article)"]
    {
        let ran = sandbox.run(&["count", query]);
        let kept = "1 report without a date kept by NOT date:2018..; -date:none leaves it out";
        assert!(ran.err.contains(kept) && !ran.err.contains("left out by"), "{query}: {}", ran.err);
    }
    let csv = sandbox.run(&["count", "pilots NOT date:2018..", "--format", "csv"]);
    assert!(csv.out.lines().next().unwrap().contains("unjudged_reports"), "{}", csv.out);
    assert_eq!(first_number(&csv), "1", "{}", csv.out);
    let json = sandbox.run(&["count", "pilots NOT date:2018..", "--format", "jsonl"]);
    assert!(json.out.contains(r#""field":"date","reports":1,"kept":true}]"#), "{}", json.out);
}

#[test]
fn a_search_without_any_report_is_an_error_with_the_nearest_values() {
    let sandbox = dated();
    fs::write(sandbox.path("article.txt"), "The report said: “The pilots are kind to all who come.”\n")
        .unwrap();
    let article = sandbox.path("article.txt").to_string_lossy().into_owned();
    sandbox.run(&["index"]);
    let cases: [(&[&str], &str); 8] = [
        (&["search", "pilots", "--from", "2030"], "no report passes --from 2030; the nearest: 2024-03-08"),
        (&["count", "pilots", "--to", "1999"], "no report passes --to 1999; the nearest: 2019-07-19"),
        (&["kwic", "pilots kind:article"], "no report passes kind:article; the nearest: kind:"),
        (&["count", "pilots", "--authority", "fenwik"], "did you mean fenwick"),
        (&["check", &article, "--from", "2030"], "the nearest: 2024-03-08"),
        (&["check", &article, "--authority", "fenwik"], "did you mean fenwick"),
        (
            &["count", "pilots authority:fenwick date:2024"],
            "no report passes all filters: authority:fenwick passes 1 report",
        ),
        (&["count", "pilots path:50*.md"], "no report passes path:50*.md"),
    ];
    for (arguments, said) in cases {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {} {}", ran.out, ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

#[test]
fn files_that_are_not_read_are_named_with_the_cure() {
    let sandbox = dated();
    for file in ["old.doc", "notes.wpd", "scan.tiff", "visit.pdf?dl=1", ".hidden.txt", ".kept/seen.txt"] {
        sandbox.put(file, "x");
    }
    // No documents: what programs leave in a folder of documents.
    for file in ["~$visit.docx", "Thumbs.db", "._501.txt", ".git/readme.txt", "style.css"] {
        sandbox.put(file, "x");
    }
    for refresh in [&[][..], &["--no-refresh"]] {
        let ran = sandbox.run(&[&["count", "pilots"][..], refresh].concat());
        let last = ran.err.lines().last().unwrap();
        assert!(
            last.starts_with("note: 6 files were passed over: .hidden.txt, .kept, notes.wpd,"),
            "{}",
            ran.err
        );
        assert!(ran.out.contains("3 reports, 6 skipped"), "{}", ran.out);
    }
    let problems = sandbox.run(&["reports", "--problems"]);
    for said in [
        "save it as .docx or PDF",
        "recognise its text (OCR)",
        "rename it without “?dl=1”",
        "it is a hidden file",
        "it is a hidden folder, with reports",
    ] {
        let plain = problems.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains(said), "{said}: {}", problems.out);
    }
    let listed = sandbox.run(&["reports", "--format", "csv"]);
    assert_eq!(listed.out.lines().count(), 4, "{}", listed.out);
    fs::remove_file(sandbox.corpus().join("old.doc")).unwrap();
    let ran = sandbox.run(&["count", "pilots", "--format", "jsonl"]);
    assert!(ran.out.contains(r#""skipped":5"#) && !ran.out.contains("incomplete"), "{}", ran.out);
}

#[test]
fn a_folder_without_anything_to_read_is_an_error_and_stays_as_it_was() {
    let sandbox = Sandbox::new();
    sandbox.put("photo.jpg", "x");
    for command in [&["count", "pilots"][..], &["index"], &["reports"], &["reports", "--problems"]] {
        let ran = sandbox.run(command);
        assert_eq!(ran.code, 2, "{command:?}: {}", ran.err);
        assert!(
            ran.err.contains("there are no reports in") && ran.err.contains("photo.jpg: a picture"),
            "{}",
            ran.err
        );
    }
    assert!(!sandbox.corpus().join(".quotable").exists());
}

#[test]
fn a_file_named_as_path_says_why_it_was_not_read() {
    let sandbox = dated();
    sandbox.put("broken.pdf", "no PDF");
    sandbox.put("reports.zip", "PK");
    // In an indexed folder, and in one without an index.
    for indexed in [false, true] {
        if indexed {
            sandbox.run(&["index"]);
        }
        for (file, said) in [("broken.pdf", "broken.pdf"), ("reports.zip", "unpack it")] {
            let ran = sandbox.run(&["search", "pilots", file]);
            assert_eq!(ran.code, 2, "{file} {indexed}: {} {}", ran.out, ran.err);
            assert!(ran.err.contains(said) && !ran.err.contains("0 paragraphs"), "{file}: {}", ran.err);
        }
    }
}

#[test]
fn a_file_named_as_path_is_read_alone() {
    let sandbox = dated();
    let ran = sandbox.run(&["count", "pilots", "501.txt", "--format", "csv"]);
    assert_eq!(first_number(&ran), "1", "{} {}", ran.out, ran.err);
    assert!(ran.err.contains("only 501.txt is read, not its folder"), "{}", ran.err);
    assert!(!sandbox.corpus().join(".quotable").exists());
    let again = sandbox.run(&["search", "pilots", "501.txt", "--format", "csv"]);
    assert_eq!(again.err, "", "the second time, the index is there");
    let id = again.out.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert_eq!(sandbox.run(&["show", &id, "501.txt"]).code, 0);
    assert!(sandbox.run(&["show", "501.txt"]).out.contains("Fenwick"));
    let changed = visit("Fenwick", "", "The pilots, the pilots.");
    sandbox.put("501.txt", changed);
    let ran = sandbox.run(&["count", "pilots", "501.txt", "--format", "csv"]);
    assert_eq!(first_number(&ran), "2", "{} {}", ran.out, ran.err);
}

#[test]
fn the_folder_that_one_stands_in_is_the_scope() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let inside = sandbox.corpus().join("orrery");
    for command in [&["count", "unallocated", "--format", "csv"][..], &["reports"], &["themes"]] {
        let ran = sandbox.run_in(&inside, command);
        assert!(
            ran.err.contains("only orrery is searched, the folder you are in"),
            "{command:?}: {}",
            ran.err
        );
    }
    assert_eq!(first_number(&sandbox.run_in(&inside, &["count", "unallocated", "--format", "csv"])), "1");
    let whole = sandbox.run_in(&inside, &["count", "unallocated", "..", "--format", "csv"]);
    assert_eq!((first_number(&whole).as_str(), whole.err.as_str()), ("2", ""));
    assert_eq!(sandbox.run_in(&inside, &["show", "visit 2021"]).code, 0, "a report elsewhere is shown");
    fs::create_dir(sandbox.corpus().join("empty")).unwrap();
    let ran = sandbox.run_in(&sandbox.corpus().join("empty"), &["count", "unallocated"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("to search all of it, name it"), "{}", ran.err);
}

#[test]
fn copies_are_left_out_and_said() {
    let sandbox = dated();
    let text = fs::read(sandbox.corpus().join("501.txt")).unwrap();
    sandbox.put("copy/501.txt", &text);
    sandbox.put("501 (1).txt", &text);
    let ran = sandbox.run(&["count", "pilots", "--format", "csv"]);
    assert_eq!(first_number(&ran), "3", "{}", ran.out);
    let last = ran.err.lines().last().unwrap();
    assert!(
        last.contains("2 files are copies of others and left out: 501 (1).txt, copy/501.txt"),
        "{}",
        ran.err
    );
    let keep = sandbox.run(&["count", "pilots", "--duplicates", "keep", "--format", "csv"]);
    assert_eq!((first_number(&keep).as_str(), keep.err.as_str()), ("5", ""));
    let problems = sandbox.run(&["reports", "--problems"]);
    assert!(problems.out.contains("a copy of 501.txt, which counts in its place"), "{}", problems.out);
}

#[test]
fn a_share_that_is_not_mounted_does_not_empty_the_index() {
    let sandbox = dated();
    let index = sandbox.path("index").to_string_lossy().into_owned();
    sandbox.run(&["index", "--index", &index]);
    let away = sandbox.path("away");
    fs::rename(sandbox.corpus(), &away).unwrap();
    fs::create_dir(sandbox.corpus()).unwrap();
    for _ in 0..2 {
        let ran = sandbox.run(&["count", "pilots", "--index", &index, "--format", "csv"]);
        assert_eq!(first_number(&ran), "3", "{} {}", ran.out, ran.err);
        assert!(
            ran.err.contains("all 3 files of the index are gone") && ran.err.contains("--allow-empty"),
            "{}",
            ran.err
        );
    }
    let refused = sandbox.run(&["index", "--index", &index]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("mount the share") && refused.err.contains("--allow-empty"),
        "{}",
        refused.err
    );
    let emptied = sandbox.run(&["index", "--index", &index, "--allow-empty"]);
    assert!(emptied.out.contains("3 files removed"), "{} {}", emptied.out, emptied.err);
}

#[test]
fn a_path_of_another_place_is_explained() {
    let sandbox = dated();
    let home = sandbox.run(&["count", "pilots", "~/Documents"]);
    assert!(
        home.err
            .contains("~ means your home folder only outside quotation marks; write SANDBOX/home/Documents"),
        "{}",
        home.err
    );
    if cfg!(unix) {
        let windows = sandbox.run(&["reports", "C:\\Reports"]);
        assert!(windows.err.contains("a path of Windows"), "{}", windows.err);
    }
}
