//! Samples, pages and orders of `search`, `kwic` and `count`.

use crate::sandbox::{Ran, Sandbox};

/// Twelve visits, the newest in 2012, each with two paragraphs on boats.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 1..=12 {
        let text = format!(
            "Inspection of Port {number} children’s services\n\nInspection dates: 4 to 8 March {}\n\n1. Boats drift in \
             port.\n\n2. More boats and boats again.\n",
            2000 + number
        );
        sandbox.put(&format!("port {number:02}.txt"), text);
    }
    sandbox.run(&["index"]);
    sandbox
}

fn csv(ran: &Ran, column: &str) -> Vec<String> {
    let mut lines = ran.out.lines();
    let head = lines.next().unwrap();
    let at = head.split(',').position(|name| name == column).unwrap();
    lines.map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
}

fn run(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let ran = sandbox.run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    ran
}

#[test]
fn a_sample_is_drawn_again_by_its_seed() {
    let sandbox = sandbox();
    let sample =
        |seed: &str| run(&sandbox, &["search", "boats", "--sample", "5", "--seed", seed, "--format", "csv"]);
    let (one, again, other) = (sample("1"), sample("1"), sample("2"));
    assert_eq!(csv(&one, "id").len(), 5);
    assert_eq!(one.out, again.out);
    assert_ne!(one.out, other.out);
    assert!(one.err.contains("a random sample: 5 of 24 paragraphs"), "{}", one.err);
    assert!(one.err.contains("--seed 1 draws the same again"), "{}", one.err);
    let lines = run(&sandbox, &["kwic", "boats", "--sample", "7"]);
    assert!(lines.out.contains("a random sample: 7 of 36 occurrences"), "{}", lines.out);
    let refused = sandbox.run(&["search", "boats", "--seed", "1"]);
    assert_eq!(refused.code, 2, "a seed without a sample");
}

#[test]
fn pages_follow_one_another() {
    let sandbox = sandbox();
    for command in ["search", "kwic"] {
        let all = run(&sandbox, &[command, "boats", "--all", "--sort", "date", "--format", "csv"]);
        let page = |page: &str| {
            run(&sandbox, &[command, "boats", "--sort", "date", "-n", "5", "--page", page, "--format", "csv"])
        };
        let mut pages = Vec::new();
        for number in 1..=8 {
            pages.extend(csv(&page(&number.to_string()), "id"));
        }
        assert_eq!(pages, csv(&all, "id"), "{command}");
        let second = run(&sandbox, &[command, "boats", "-n", "5", "--offset", "5"]);
        assert!(second.out.contains("showing 6 to 10 of"), "{}", second.out);
        let beyond = run(&sandbox, &[command, "boats", "-n", "5", "--offset", "500"]);
        assert!(beyond.out.contains("showing none of"), "{}", beyond.out);
    }
}

#[test]
fn the_oldest_come_first_when_asked_for() {
    let sandbox = sandbox();
    for (command, path) in [("search", "path"), ("kwic", "docname")] {
        for more in [&["-n", "3"][..], &["--all"]] {
            let arguments = [&[command, "boats", "--sort", "oldest", "--format", "csv"][..], more].concat();
            let ran = run(&sandbox, &arguments);
            let paths = csv(&ran, path);
            assert_eq!(paths[0], "port 01.txt", "{}", ran.out);
            assert!(paths.is_sorted(), "{paths:?}");
        }
    }
}

#[test]
fn rows_are_told_apart_and_sorted() {
    let sandbox = sandbox();
    sandbox.put("port 03b.txt", "Inspection of Port 3 children’s services\n\nInspection dates: 4 to 8 March 2003\n\n1. Boats and boats and boats and boats.\n");
    let ran = run(&sandbox, &["count", "boats", "--by", "report", "--sort", "count"]);
    let first = ran.out.lines().nth(1).unwrap();
    assert!(first.starts_with("2003-03-08") || first.contains("port 03b.txt"), "{}", ran.out);
    assert!(ran.out.contains("port 12.txt"), "without a terminal, paths are there: {}", ran.out);
    let labels: std::collections::BTreeSet<&str> =
        ran.out.lines().skip(1).take(13).filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(labels.len(), 13, "{}", ran.out);
    let months = run(&sandbox, &["count", "boats", "--by", "month,inspected,kind", "--format", "csv"]);
    assert_eq!(csv(&months, "month")[0], "2001-03");
    assert_eq!(csv(&months, "inspected")[0], "2001-03-08");
    let rates = run(&sandbox, &["count", "boats", "--by", "year", "--sort", "rate", "--format", "csv"]);
    let rates: Vec<f64> = csv(&rates, "per_10_000_words").iter().map(|rate| rate.parse().unwrap()).collect();
    assert!(rates.is_sorted_by(|one, other| one >= other), "{rates:?}");
}

#[test]
fn reports_are_filtered_and_sorted() {
    let sandbox = sandbox();
    let listed = |arguments: &[&str]| {
        csv(&run(&sandbox, &[&["reports", "--format", "csv"], arguments].concat()), "path")
    };
    assert_eq!(listed(&["--from", "2011"]), ["port 12.txt", "port 11.txt"]);
    assert_eq!(listed(&["--query", "inspected:2004"]), ["port 04.txt"]);
    assert_eq!(listed(&["--sort", "oldest"])[0], "port 01.txt");
    assert_eq!(listed(&["--sort", "path", "--to", "2002"]), ["port 01.txt", "port 02.txt"]);
    assert_eq!(sandbox.run(&["reports", "--from", "2030"]).code, 2);
}

#[test]
fn kwic_shows_authority_and_year_and_search_the_file() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("bramble/visit.txt", "Inspection of Bramble children’s services\n\nInspection dates: 4 to 8 March 2024\n\n1. Ferries sail.\n");
    let lines = run(&sandbox, &["kwic", "ferries"]).out;
    assert!(lines.lines().next().unwrap().contains("2024"), "{lines}");
    let hits = run(&sandbox, &["search", "ferries"]).out;
    assert!(hits.contains("  bramble/visit.txt"), "{hits}");
}
