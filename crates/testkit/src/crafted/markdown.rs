//! Markdown: deep nesting, and markup on which parsers backtrack.

use super::{nested, repeat};
use crate::file::TestFile;

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let cases: Vec<(&str, String)> = vec![
        ("quotes", format!("{}a", repeat("> ", many))),
        ("lists", format!("{}a", repeat("- ", many))),
        ("indented-lists", (0..scale * 20).map(|at| format!("{}- a\n", "  ".repeat(at))).collect()),
        ("emphasis", repeat("*a **b ", many)),
        ("underscores", repeat("_a __b", many)),
        ("brackets", repeat("[", many)),
        ("bracket-pairs", nested("[", "]", many, "a")),
        ("links", repeat("[a](", many)),
        ("pictures", repeat("![a", many)),
        ("backticks", (1..scale * 20).map(|at| format!("{} a ", "`".repeat(at))).collect()),
        ("fences", repeat("```\na\n", many)),
        ("tags", repeat("<div>", many)),
        ("open-tags", repeat("<a href=", many)),
        ("comments", repeat("<!-- ", many)),
        ("columns", format!("|{}\n|{}\n|{}\n", repeat("a|", many), repeat("-|", many), repeat("b|", many))),
        (
            "short-rows",
            format!("|{}\n|{}\n{}", repeat("a|", 500), repeat("-|", 500), repeat("|b|\n", scale * 100)),
        ),
        ("definitions", (0..many).map(|at| format!("[a{at}]: /b\n")).collect()),
        ("notes", (0..many).map(|at| format!("a[^{at}]\n\n[^{at}]: b[^{at}]\n\n")).collect()),
        ("notes-in-notes", (0..many).map(|at| format!("[^{at}]: b[^{}]\n\n", at + 1)).collect()),
        ("escapes", repeat("\\", many)),
        ("entities", repeat("&lt;&#0;&#x110000;&nosuch;", many)),
        ("rules", repeat("---\n", many)),
        ("front-matter", format!("---\n{}", repeat("a: [b, {c: &d *d}]\n", many))),
        ("front-matter-open", format!("---\ntitle: {}\n", repeat("[", many))),
        ("headings", repeat("# A\n\n", many)),
        ("underlines", repeat("A\n=\n", many)),
        ("strikes", repeat("~~a", many)),
        ("autolinks", repeat("<http://a", many)),
        ("tables-in-html", nested("<table><tr><td>", "</td></tr></table>", many, "a")),
        ("lazy", format!("> a\n{}", repeat("b\n", many))),
    ];
    cases.into_iter().map(|(name, text)| TestFile::new(format!("markdown-{name}.md"), text)).collect()
}
