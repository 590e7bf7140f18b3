//! Every paragraph of a report as it was understood: section, number, page, themes.

use std::io;

use quotable::report::{Paragraph, Report, Role, Section};
use quotable::{CodeBook, Evidence, Id, Label, Passage};
use quotable_export::escape::escape;
use quotable_export::report::DEEPEST;

use crate::render::page::Page;
use crate::render::width::{columns, cut, pad};

/// The least columns for the first words of a paragraph.
const LEAST_TEXT: usize = 40;
/// The indent of the evidence of a theme.
const EVIDENCE_INDENT: usize = 36;
/// How many different words are named as evidence of a theme.
const NAMED_WORDS: usize = 5;

/// Writes one line for each paragraph (id, page, number, role, first words, indented as in the outline), and below it
/// one for each theme, with the evidence.
pub(crate) fn write(page: &mut Page<'_>, report: &Report, book: &CodeBook) -> io::Result<()> {
    let id = Id::of_report(&report.path);
    for (ordinal, paragraph) in (1..).zip(&report.paragraphs) {
        let above: Vec<&Section> = report.above(paragraph.section).map(|(_, section)| section).collect();
        let cells = [
            (id.paragraph(ordinal).to_string(), 15),
            (paragraph.pages.first().map_or_else(|| "-".to_owned(), |page| format!("p{page}")), 5),
            (paragraph.number.clone().unwrap_or_else(|| "-".to_owned()), 5),
            (paragraph.role.as_str().to_owned(), 7),
        ];
        let mut line = String::new();
        for (cell, width) in cells {
            let start = columns(&line);
            line.push_str(&escape(&cell));
            pad(&mut line, start + width);
            line.push(' ');
        }
        let depth = above.len().saturating_sub(usize::from(paragraph.role == Role::Heading)).min(DEEPEST);
        line.push_str(&"  ".repeat(depth));
        let left = page.width.saturating_sub(columns(&line)).max(LEAST_TEXT);
        // Cut before measuring: in a damaged file one word can be as long as the file.
        let text = &paragraph.text[..paragraph.text.floor_char_boundary(4 * left)];
        let text = cut(&escape(text), left);
        if paragraph.role == Role::Heading {
            writeln!(page.out, "{line}{}", page.paint.heading(text))?;
        } else {
            writeln!(page.out, "{line}{text}")?;
        }
        if paragraph.role.is_body() {
            for label in labels(book, paragraph, &above) {
                page.text("", EVIDENCE_INDENT, &evidence(&label, &paragraph.text), &[])?;
            }
        }
    }
    Ok(())
}

fn labels(book: &CodeBook, paragraph: &Paragraph, above: &[&Section]) -> Vec<Label> {
    let passage = Passage::new(&paragraph.text).sentences(&paragraph.sentences).role(paragraph.role);
    let themed = above.iter().find_map(|section| Some((section.theme.as_deref()?, section.title.as_str())));
    match themed {
        Some((theme, heading)) => book.labels(passage.under(theme, heading)),
        None => book.labels(passage),
    }
}

/// The theme, and its evidence: the heading above the paragraph, the words in it.
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
                let more = if words.len() > NAMED_WORDS { ", …" } else { "" };
                words.truncate(NAMED_WORDS);
                reasons.push(format!("“{}”{more}", words.join("”, “")));
            }
            _ => {}
        }
    }
    format!("[{}] {}", label.theme, reasons.join("; "))
}
