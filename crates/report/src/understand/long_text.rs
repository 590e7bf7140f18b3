//! Bounds the texts that a file can make as long as it likes.
//!
//! Every answer holds at least one whole paragraph, with its words and its occurrences, and cites the headings above it.
//! A small compressed file can unfold to a paragraph of a hundred megabytes; so paragraphs far beyond any printed one are
//! cut, and what a citation repeats is shortened.

use quotable_read::Warning;

use crate::field_value::FieldValue;
use crate::paragraph::Paragraph;
use crate::report::Report;
use crate::sentence::sentences;

/// Bytes; longer paragraphs are cut. The longest of the 44,000 paragraphs of some three hundred real reports has four
/// thousand.
pub(super) const LONGEST_PARAGRAPH: usize = 64 << 10;
/// Bytes; longer titles, headings and names are shortened. A heading that is printed as one fits many times over.
const LONGEST_NAME: usize = 1_000;

/// Adds a paragraph to the report, and finds its sentences. One of more than `longest` bytes becomes several of the same
/// role and section, and the report says so.
pub(super) fn push(report: &mut Report, mut paragraph: Paragraph, longest: usize) {
    if paragraph.text.len() <= longest {
        paragraph.sentences = sentences(&paragraph.text);
        report.paragraphs.push(paragraph);
        return;
    }
    let page = paragraph.pages.first();
    let before = report.paragraphs.len();
    let mut number = paragraph.number;
    let mut start = 0;
    let text = paragraph.text.as_str();
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let length = first_piece(rest, longest);
        let piece = rest[..length].trim_end();
        if !piece.is_empty() {
            report.paragraphs.push(Paragraph {
                role: paragraph.role,
                number: number.take(),
                section: paragraph.section,
                sentences: sentences(piece),
                text: piece.to_owned(),
                pages: paragraph.pages.part(start..start + piece.len()),
                fields: paragraph.fields.clone(),
            });
        }
        start += length;
        start += rest[length..].len() - rest[length..].trim_start().len();
    }
    let message = format!(
        "a paragraph of {} bytes was cut into {} shorter ones",
        text.len(),
        report.paragraphs.len() - before
    );
    let warning = Warning::new("long-paragraph", message);
    report.warnings.push(match page {
        Some(page) => warning.on_page(page),
        None => warning,
    });
}

/// The length of the first piece of a text that is too long: up to the last end of a sentence that fits, else the last
/// space, else the last character.
fn first_piece(text: &str, longest: usize) -> usize {
    if text.len() <= longest {
        return text.len();
    }
    // A piece has at least one character, however small the limit.
    let first = text.chars().next().map_or(0, char::len_utf8);
    let fits = &text[..text.floor_char_boundary(longest).max(first)];
    // The last sentence may go on behind what fits.
    let sentence = sentences(fits).last().map_or(0, |last| last.start);
    let space = || fits.rfind(char::is_whitespace).filter(|space| *space > 0);
    match sentence {
        0 => space().unwrap_or(fits.len()),
        end => end,
    }
}

/// The text of a title, heading or name, shortened if it is too long.
pub(super) fn shorten(text: &str) -> String {
    if text.len() <= LONGEST_NAME {
        return text.to_owned();
    }
    let fits = &text[..text.floor_char_boundary(LONGEST_NAME - '…'.len_utf8())];
    let space = fits.rfind(' ').filter(|space| *space > LONGEST_NAME / 2);
    format!("{}…", &fits[..space.unwrap_or(fits.len())])
}

/// Shortens the facts of a report that are texts.
pub(super) fn shorten_facts(report: &mut Report) {
    let facts = [&mut report.title, &mut report.byline, &mut report.lead_inspector];
    for fact in facts.into_iter().flatten() {
        *fact = shorten(fact);
    }
    for value in report.fields.values_mut() {
        if let FieldValue::Text(text) = value {
            *text = shorten(text);
        }
    }
    for judgement in &mut report.judgements {
        judgement.label = shorten(&judgement.label);
    }
    if let Some(authority) = &mut report.authority {
        for text in [&mut authority.name, &mut authority.key].into_iter().chain(&mut authority.urn) {
            *text = shorten(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Pages;
    use crate::paragraph::Role;

    fn cut(paragraph: Paragraph, longest: usize) -> Report {
        let mut report = Report::default();
        push(&mut report, paragraph, longest);
        report
    }

    fn texts(report: &Report) -> Vec<&str> {
        report.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect()
    }

    #[test]
    fn a_paragraph_that_fits_is_left_alone() {
        let paragraph = Paragraph::new("One is here. Two is here.");
        let report = cut(paragraph.clone(), paragraph.text.len());
        assert_eq!((report.paragraphs, report.warnings.len()), (vec![paragraph], 0));
    }

    #[test]
    fn sentences_are_kept_whole_where_they_fit() {
        let report = cut(Paragraph::new("One is here. Two is here. Three is here. Four."), 27);
        assert_eq!(texts(&report), ["One is here. Two is here.", "Three is here. Four."]);
        assert_eq!(report.paragraphs[0].sentences, [0..13, 13..25]);
        assert_eq!(report.warnings[0].code, "long-paragraph");
    }

    #[test]
    fn without_sentences_words_are_kept_whole_and_without_words_characters() {
        assert_eq!(texts(&cut(Paragraph::new("some words go on"), 11)), ["some words", "go on"]);
        assert_eq!(texts(&cut(Paragraph::new("ééééé"), 5)), ["éé", "éé", "é"]);
        assert_eq!(texts(&cut(Paragraph::new("éé"), 1)), ["é", "é"]);
    }

    #[test]
    fn every_byte_keeps_its_page_and_the_first_piece_the_number() {
        let mut paragraph = Paragraph::new("One is here. Two is here. Three is here. Four is here.");
        paragraph.role = Role::Note;
        paragraph.section = Some(3);
        paragraph.number = Some("7".to_owned());
        paragraph.pages = Pages::starting_on(4);
        paragraph.pages.turn(17, 5);
        paragraph.pages.turn(30, 6);
        let report = cut(paragraph.clone(), 16);
        let mut start = 0;
        for (at, piece) in report.paragraphs.iter().enumerate() {
            let place = start + paragraph.text[start..].find(&piece.text).unwrap();
            for byte in 0..piece.text.len() {
                assert_eq!(piece.page_at(byte), paragraph.page_at(place + byte), "{byte} of {}", piece.text);
            }
            assert_eq!((piece.role, piece.section), (Role::Note, Some(3)));
            assert_eq!(piece.number.as_deref(), (at == 0).then_some("7"));
            start = place + piece.text.len();
        }
        assert_eq!((start, report.paragraphs.len()), (paragraph.text.len(), 4));
    }

    #[test]
    fn names_are_shortened_at_a_space() {
        let long = "council ".repeat(200);
        let short = shorten(&long);
        assert!(short.ends_with("council…") && short.len() <= LONGEST_NAME, "{short}");
        assert_eq!(shorten("Westmere"), "Westmere");
        assert!(shorten(&"é".repeat(2_000)).len() <= LONGEST_NAME);
    }
}
