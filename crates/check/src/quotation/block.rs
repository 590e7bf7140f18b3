//! Block quotations: whole paragraphs quoted without marks.

use std::collections::BTreeMap;

use super::ParagraphText;
use super::spans::{Span, SpanPart, Spans};
use super::speaker;
use super::words::is_credit;

/// Words; a shorter paragraph is no block quotation unless the format marks it.
const SHORTEST_BLOCK: usize = 6;

/// Paragraphs without marks behind one that announces a quotation (`The report says:`).
pub(super) fn announced(paragraphs: &[ParagraphText<'_>], marked: &Spans) -> Vec<Span> {
    let is_block = |(index, pair): &(usize, &[ParagraphText<'_>])| {
        let [before, block] = pair else { return false };
        let announced = before.text.trim_end().ends_with(':') && speaker::announces(before.text);
        let text = block.text.trim();
        let sentence = text.starts_with(|first: char| first.is_uppercase() || first == '…' || first == '[')
            && text.ends_with(['.', '!', '?', '…']);
        let long = text.split_whitespace().nth(SHORTEST_BLOCK - 1).is_some();
        block.may_be_block && announced && sentence && long && marked.longest_in(index + 1).is_none()
    };
    let blocks = paragraphs.windows(2).enumerate().filter(is_block);
    blocks.map(|(index, pair)| Span::block(SpanPart::whole(index + 1, pair[1].text))).collect()
}

/// Paragraphs that the format marks as quoted, each as a quotation: two that adjoin may be from two places. Quotations in
/// marks inside become one deeper. A paragraph that is almost all in marks is left out: it is a quotation already.
pub(super) fn set_apart(paragraphs: &[ParagraphText<'_>], marked: &mut Spans) -> Vec<Span> {
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, span) in marked.kept_mut().iter().enumerate() {
        for part in &span.parts {
            inside.entry(part.paragraph).or_default().push(index);
        }
    }
    let mut blocks: Vec<Span> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.set_apart) {
        let mut whole = SpanPart::whole(index, paragraph.text);
        if let Some(credit) = credit_start(paragraph.text) {
            whole.bytes.end = paragraph.text[..credit].trim_end().len();
        }
        let inside = inside.get(&index).map(Vec::as_slice).unwrap_or_default();
        let longest = marked.longest_in(index).unwrap_or(0);
        if longest * 5 >= whole.bytes.len() * 4 || is_credit(paragraph.text) {
            continue;
        }
        for &span in inside {
            if let Some(span) = marked.kept_mut().get_mut(span) {
                span.depth += 1;
            }
        }
        blocks.push(Span::block(whole));
    }
    blocks
}

/// Where a credit begins at the end of a quoted paragraph, behind the end of a sentence: `… they said. — Ada Quill`.
fn credit_start(text: &str) -> Option<usize> {
    let at = text.rfind(['—', '–', '―']).filter(|&at| is_credit(&text[at..]))?;
    let before = text[..at].trim_end();
    let ends = before.ends_with(['.', '!', '?', '”', '’', '"']) && before.len() < at;
    let name = text[at..].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    (ends && name.starts_with(char::is_uppercase) && !name.trim_end().ends_with('.')).then_some(at)
}
