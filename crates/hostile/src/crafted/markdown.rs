//! Markdown that nests, or that may be read in many ways.

use super::{nested, times};
use crate::Hostile;

pub(super) fn files(scale: usize) -> Vec<Hostile> {
    let many = scale * 1_000;
    let cases: Vec<(&str, String)> = vec![
        ("quotes", format!("{}a", times("> ", many))),
        ("lists", format!("{}a", times("- ", many))),
        ("indented-lists", (0..scale * 20).map(|at| format!("{}- a\n", "  ".repeat(at))).collect()),
        ("emphasis", times("*a **b ", many)),
        ("underscores", times("_a __b", many)),
        ("brackets", times("[", many)),
        ("bracket-pairs", nested("[", "]", many, "a")),
        ("links", times("[a](", many)),
        ("pictures", times("![a", many)),
        ("backticks", (1..scale * 20).map(|at| format!("{} a ", "`".repeat(at))).collect()),
        ("fences", times("```\na\n", many)),
        ("tags", times("<div>", many)),
        ("open-tags", times("<a href=", many)),
        ("comments", times("<!-- ", many)),
        ("columns", format!("|{}\n|{}\n|{}\n", times("a|", many), times("-|", many), times("b|", many))),
        (
            "columns-that-lack",
            format!("|{}\n|{}\n{}", times("a|", 500), times("-|", 500), times("|b|\n", scale * 100)),
        ),
        ("definitions", (0..many).map(|at| format!("[a{at}]: /b\n")).collect()),
        ("notes", (0..many).map(|at| format!("a[^{at}]\n\n[^{at}]: b[^{at}]\n\n")).collect()),
        ("notes-in-notes", (0..many).map(|at| format!("[^{at}]: b[^{}]\n\n", at + 1)).collect()),
        ("escapes", times("\\", many)),
        ("entities", times("&lt;&#0;&#x110000;&nosuch;", many)),
        ("rules", times("---\n", many)),
        ("front-matter", format!("---\n{}", times("a: [b, {c: &d *d}]\n", many))),
        ("front-matter-open", format!("---\ntitle: {}\n", times("[", many))),
        ("headings", times("# A\n\n", many)),
        ("underlines", times("A\n=\n", many)),
        ("strikes", times("~~a", many)),
        ("autolinks", times("<http://a", many)),
        ("tables-in-html", nested("<table><tr><td>", "</td></tr></table>", many, "a")),
        ("lazy", format!("> a\n{}", times("b\n", many))),
    ];
    cases.into_iter().map(|(name, text)| Hostile::new(format!("markdown-{name}.md"), text)).collect()
}
