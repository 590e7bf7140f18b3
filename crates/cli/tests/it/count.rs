//! `quotable count`.

use serde_json::Value;

use crate::sample::run;
use crate::sandbox::Sandbox;

#[test]
fn without_by_only_the_total_is_counted() {
    let ran = Sandbox::with_reports().run(&["count", "care"]);
    insta::assert_snapshot!(ran.out);
    assert_eq!(ran.code, 0);
}

#[test]
fn a_row_for_each_value() {
    insta::assert_snapshot!(run(&Sandbox::new(), &["count", "caseload*", "--by", "year"]));
}

#[test]
fn csv_has_denominators_and_provenance() {
    let table = run(&Sandbox::new(), &["count", "caseload*", "--by", "year,kind", "--format", "csv"]);
    let head = table.lines().next().unwrap();
    assert_eq!(
        head,
        "year,kind,occurrences,paragraphs,reports,all_reports,all_paragraphs,all_words,per_10000_words,query,\
         corpus_hash,corpus_reports,version,boilerplate_occurrences,boilerplate_paragraphs,boilerplate,scope,\
         tables,notes,complete,analyser,within,unread,skipped,copies,duplicates,unjudged_reports,per_10_000_words"
    );
    assert!(table.lines().count() > 2, "{table}");
    assert!(table.lines().all(|line| line.split(',').count() == 28), "{table}");
}

#[test]
fn the_rows_of_json_add_up() {
    let line = run(&Sandbox::new(), &["count", "care", "--by", "year", "--format", "jsonl"]);
    let table: Value = serde_json::from_str(&line).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let sum: u64 = rows.iter().map(|row| row["occurrences"].as_u64().unwrap()).sum();
    assert!(sum > 0);
    assert_eq!(Some(sum), table["total"]["occurrences"].as_u64());
    assert_eq!(table["schema"], 1);
}

#[test]
fn boilerplate_is_counted_separately_and_can_be_left_out() {
    let sandbox = Sandbox::new();
    for place in ["a", "b", "c", "d", "e"] {
        let same = "Every heron on the lower pond is counted twice a year by the two wardens";
        sandbox.put(&format!("{place}.txt"), format!("1. {same}.\n\n2. One heron lives in {place}.\n"));
    }
    let ran = sandbox.run(&["count", "heron"]);
    assert!(ran.out.contains("of which boilerplate: 5 occurrences in 5 paragraphs\n"), "{}", ran.out);
    let ran = sandbox.run(&["search", "twice", "-n", "1"]);
    assert!(ran.out.contains("para 1 (word for word in 5 reports)"), "{}", ran.out);
    let ran = sandbox.run(&["count", "heron", "--by", "report", "--format", "csv"]);
    let apart = |line: &str| line.split(',').skip(12).take(2).collect::<Vec<_>>().join(",");
    assert!(ran.out.lines().skip(1).all(|line| apart(line) == "1,1"), "{}", ran.out);
    let ran = sandbox.run(&["count", "heron", "--no-boilerplate", "--format", "jsonl"]);
    let table: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&table["total"]["occurrences"], &table["boilerplate"]["occurrences"]),
        (&5.into(), &5.into())
    );
}

#[test]
fn a_wider_scope_finds_more() {
    let sandbox = Sandbox::with_reports();
    assert_eq!(sandbox.run(&["count", "boats minutes"]).code, 1);
    assert_eq!(sandbox.run(&["count", "boats minutes", "--scope", "report"]).code, 0);
}

#[test]
fn an_unknown_facet_is_an_error_with_a_list() {
    let ran = Sandbox::with_reports().run(&["count", "care", "--by", "yaer"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean year"), "{}", ran.err);
}

#[test]
fn counts_by_authority_join_the_tables_of_places() {
    let sandbox = Sandbox::new();
    sandbox.put("a.txt", "Inspection of Saint Orrery Council\n\n1. The pilots are kind.\n");
    sandbox.put("quotable.csv", "path,authority\na.txt,Saint Orrery\n");
    let row = |arguments: &[&str]| -> Vec<(String, String)> {
        let out = sandbox.run(&[arguments, &["--format", "csv"]].concat()).out;
        // A comma between quotation marks parts no cells.
        let cells = |line: &str| -> Vec<String> {
            let mut cells = vec![String::new()];
            for (at, part) in line.split('"').enumerate() {
                let mut parts = if at % 2 == 0 { part.split(',').collect() } else { vec![part] }.into_iter();
                cells.last_mut().unwrap().push_str(parts.next().unwrap_or_default());
                cells.extend(parts.map(str::to_owned));
            }
            cells
        };
        let mut lines = out.lines().map(cells);
        let names = lines.next().unwrap();
        names.into_iter().zip(lines.next().unwrap()).collect()
    };
    let cell = |row: &[(String, String)], name: &str| {
        row.iter()
            .find(|(known, _)| known == name)
            .map(|(_, cell)| cell.clone())
            .unwrap_or_else(|| panic!("{name}"))
    };
    let (counted, found) = (row(&["count", "zzz", "--by", "authority"]), row(&["kwic", "pilots"]));
    assert_eq!(cell(&counted, "authority"), cell(&counted, "authority_key"));
    assert_eq!(cell(&counted, "authority_key"), cell(&found, "authority_key"));
    assert_eq!(cell(&counted, "authority_name"), cell(&found, "authority"));
    assert_eq!(cell(&counted, "authority_name"), "Saint Orrery");
    let by_year = row(&["count", "pilots", "--by", "year"]);
    assert!(by_year.iter().all(|(name, _)| name != "authority_key"), "{by_year:?}");
}
