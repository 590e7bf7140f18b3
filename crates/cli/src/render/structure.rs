//! What was understood of every paragraph: its place in the outline, its number, its page, its themes.

use std::io;

use quotable::report::{Paragraph, Report, Role, Section};
use quotable::{CodeBook, Evidence, Id, Label, Passage};

use crate::render::columns::{columns, cut, pad};
use crate::render::page::Page;
use crate::render::safe::safe;

/// The least columns of first words.
const WORDS: usize = 40;
/// How far the evidence of a theme stands from the margin.
const EVIDENCE: usize = 36;
/// How many different words are given as evidence of a theme.
const NAMED: usize = 5;

/// One line for each paragraph: id, page, number, role, first words, indented as the outline; and below it a line
/// for each theme, with what gave it.
pub(crate) fn structure(page: &mut Page<'_>, report: &Report, book: &CodeBook) -> io::Result<()> {
    let id = Id::of_report(&report.path);
    for (ordinal, shown) in (1..).zip(&report.paragraphs) {
        let above: Vec<&Section> = report.above(shown.section).map(|(_, section)| section).collect();
        let cells = [
            (id.paragraph(ordinal).to_string(), 15),
            (shown.pages.first().map_or_else(|| "-".to_owned(), |page| format!("p{page}")), 5),
            (shown.number.clone().unwrap_or_else(|| "-".to_owned()), 5),
            (shown.role.as_str().to_owned(), 7),
        ];
        let mut line = String::new();
        for (cell, width) in cells {
            let start = columns(&line);
            line.push_str(&safe(&cell));
            pad(&mut line, start + width);
            line.push(' ');
        }
        // Deep enough for any report; a file that nests without end stays on the page.
        let depth = above.len().saturating_sub(usize::from(shown.role == Role::Heading)).min(8);
        line.push_str(&"  ".repeat(depth));
        let left = page.width.saturating_sub(columns(&line)).max(WORDS);
        // What is cut need not be long: one word of a broken file can be as long as the file.
        let text = &shown.text[..shown.text.floor_char_boundary(4 * left)];
        let text = cut(&safe(text), left);
        if shown.role == Role::Heading {
            writeln!(page.out, "{line}{}", page.paint.heading(text))?;
        } else {
            writeln!(page.out, "{line}{text}")?;
        }
        if shown.role.is_body() {
            for label in labels(book, shown, &above) {
                page.text("", EVIDENCE, &evidence(&label, &shown.text), &[])?;
            }
        }
    }
    Ok(())
}

fn labels(book: &CodeBook, shown: &Paragraph, above: &[&Section]) -> Vec<Label> {
    let passage = Passage::new(&shown.text).sentences(&shown.sentences).role(shown.role);
    let themed = above.iter().find_map(|section| Some((section.theme.as_deref()?, section.title.as_str())));
    match themed {
        Some((theme, heading)) => book.labels(passage.under(theme, heading)),
        None => book.labels(passage),
    }
}

/// The theme, and the heading and the words that gave it.
fn evidence(label: &Label, text: &str) -> String {
    let mut reasons = Vec::new();
    for evidence in &label.evidence {
        match evidence {
            Evidence::Section { heading } => reasons.push(format!("under “{heading}”")),
            Evidence::Words { spans } => {
                let mut words: Vec<&str> = Vec::new();
                for found in spans.iter().filter_map(|span| text.get(span.clone())) {
                    if !words.iter().any(|word| word.eq_ignore_ascii_case(found)) {
                        words.push(found);
                    }
                }
                let more = if words.len() > NAMED { ", …" } else { "" };
                words.truncate(NAMED);
                reasons.push(format!("“{}”{more}", words.join("”, “")));
            }
            _ => {}
        }
    }
    format!("[{}] {}", label.theme, reasons.join("; "))
}
