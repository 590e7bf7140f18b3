//! Metadata and fields of the user's own, from a table beside the reports or named by an option.

use std::fs;

use crate::sandbox::Sandbox;

const TABLE: &str = "path,published,vessel,crew,launched\n\
                     fenwick/visit 2019.txt,2019-03-01,tug,12,1998-04-01\n\
                     orrery/visit.txt,,launch,2.5,\n";

#[test]
fn a_table_beside_the_reports_gives_fields() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("quotable.csv", TABLE);
    let first = sandbox.run(&["count", "unallocated vessel:tug crew:10.. date:2019"]);
    assert_eq!(first.code, 0, "{}", first.err);
    // The table was read, so it is not among the files that are passed over.
    assert!(first.err.contains("3 files added") && !first.err.contains("skipped"), "{}", first.err);
    assert!(first.err.contains("quotable.csv has no row for 1 report"), "{}", first.err);

    let csv = sandbox.run(&["reports", "--format", "csv"]).out;
    assert!(csv.lines().next().unwrap().ends_with(",crew,launched,vessel"), "{csv}");
    assert!(csv.contains(",12,1998-04-01,tug\n") && csv.contains(",2.5,,launch\n"), "{csv}");
    let json = sandbox.run(&["reports", "--format", "jsonl"]).out;
    assert!(json.contains(r#""fields":{"crew":12,"launched":"1998-04-01","vessel":"tug"}"#), "{json}");
    assert!(json.contains(r#""fields":{"crew":2.5,"vessel":"launch"}"#), "{json}");
    let count = sandbox.run(&["count", "unallocated", "--by", "vessel", "--format", "csv"]).out;
    let rows: Vec<&str> = count.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(rows, ["vessel", "launch", "tug", ""]);

    // A changed row reaches a report whose file has not changed.
    sandbox.put("quotable.csv", TABLE.replace("tug", "ferry"));
    assert!(sandbox.run(&["count", "unallocated vessel:ferry"]).err.contains("1 file changed"));
    let unknown = sandbox.run(&["count", "unallocated vessel:fery"]);
    assert!(unknown.code == 2 && unknown.err.contains("ferry"), "{unknown:?}");
}

#[test]
fn a_table_may_be_elsewhere_and_its_faults_are_said() {
    let sandbox = Sandbox::with_reports();
    let file = sandbox.path("facts.csv");
    let facts = file.to_string_lossy();
    fs::write(&file, format!("{TABLE}orrery/gone.txt,,tug,,\n")).unwrap();
    let ran = sandbox.run(&["count", "unallocated vessel:tug", "--metadata", &facts]);
    assert!(
        ran.err.contains("1 row of facts.csv matches no report: orrery/gone.txt (line 4)"),
        "{}",
        ran.err
    );

    fs::write(&file, "file,vessel\na.txt,tug\n").unwrap();
    let wrong = sandbox.run(&["count", "unallocated", "--metadata", &facts]);
    assert!(wrong.code == 2 && wrong.err.contains("facts.csv") && wrong.err.contains("path"), "{wrong:?}");
}
