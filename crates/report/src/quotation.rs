//! Quotations in an article: what stands in quotation marks or is set as a block, and who is said to speak.
//!
//! Marks are paired by their place between letters and spaces and by their shape, never by a bounded search for
//! the next one, so that a mark that is missing costs its own quotation alone. The work grows with the length of
//! the text, whatever marks stand in it. The rules:
//!
//! - Straight and curly, single and double marks, guillemets, and two single marks for a double one. A pair may
//!   open in one shape and close in another; single stands in double and double in single.
//! - An apostrophe between letters is none of these. One behind a letter (`managers’`) closes only if nothing
//!   later does better; one before a letter (`’90s`) opens nothing.
//! - A quotation left open at the end of a paragraph goes on in the next if that opens with a mark again; short
//!   lines between (a caption, “Read more”) are stepped over. Otherwise it ends there, and is not `closed`.
//! - A paragraph without marks behind one that ends in `the report says:` is a block quotation; and so are paragraphs that
//!   the format sets apart as quoted (`<blockquote>`, `>` in Markdown), unless they stand in marks.
//! - One to three words that are no sentence are [`Scare`](QuotationKind::Scare): words held at a distance.
//!
//! Who speaks is told from the words around, which are given as evidence; they are read in English.

mod context;
mod marks;
mod pair;
mod speaker;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{Report, Role};

/// Text that someone puts in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quotation {
    /// What is quoted: the parts with a space between, without the outer marks.
    pub text: String,
    /// Where it stands: one part for each paragraph over which it runs.
    pub parts: Vec<QuotedPart>,
    /// What kind of quotation it is.
    pub kind: QuotationKind,
    /// In how many other quotations it stands: 0 for most, 1 for one within a quotation.
    pub depth: u32,
    /// False if its closing mark is missing.
    pub closed: bool,
    /// Who is said to speak.
    pub speaker: Speaker,
    /// The words that say so.
    pub evidence: Option<Evidence>,
}

impl Quotation {
    /// A quotation that stands in no article: its text alone.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let kind = kind_of(&text);
        Self {
            text,
            parts: Vec::new(),
            kind,
            depth: 0,
            closed: true,
            speaker: Speaker::Unattributed,
            evidence: None,
        }
    }
}

/// The part of a quotation that stands in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedPart {
    /// The number of the paragraph, zero-based.
    pub paragraph: usize,
    /// The bytes between the marks: of the paragraph's text, or of the whole text for [`quotations_in`].
    pub bytes: Range<usize>,
}

/// What kind of quotation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum QuotationKind {
    /// Words said or written by someone, in marks.
    Marked,
    /// One to three words in marks that are no sentence.
    Scare,
    /// A paragraph of its own without marks, announced by the one before it or set apart by the format.
    Block,
}

impl QuotationKind {
    /// The name used in tables and JSON: `scare`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Marked => "marked",
            Self::Scare => "scare",
            Self::Block => "block",
        }
    }
}

/// Who is said to speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who")]
#[non_exhaustive]
pub enum Speaker {
    /// The report or those who wrote it: “the report says”, “inspectors found”, “Ofsted warned”.
    Report,
    /// A person or a body other than the inspectorate.
    Person {
        /// The name as printed, where one stands there.
        name: Option<String>,
    },
    /// Nobody is named.
    #[default]
    Unattributed,
}

/// The words that say who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The number of the paragraph, zero-based.
    pub paragraph: usize,
    /// Where they stand: of the paragraph's text, or of the whole text for [`quotations_in`].
    pub bytes: Range<usize>,
    /// The words.
    pub text: String,
}

/// The quotations of an article, in the order in which they begin. Tables and notes are left out.
///
/// ```
/// use quotable_report::{Paragraph, Report, Speaker, quotations};
///
/// let mut article = Report::default();
/// article.paragraphs.push(Paragraph::new("The report said: “Plans drift.” Mr Vane said he was ‘sorry’."));
/// let found = quotations(&article);
/// assert_eq!((found[0].text.as_str(), &found[0].speaker), ("Plans drift.", &Speaker::Report));
/// assert_eq!(found[1].text, "sorry");
/// ```
pub fn quotations(article: &Report) -> Vec<Quotation> {
    let text_of = |paragraph: &crate::Paragraph| paragraph.text.clone();
    let read = |role: Role| role.is_body();
    let texts: Vec<(usize, String, Role)> = article
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| read(paragraph.role))
        .map(|(index, paragraph)| (index, text_of(paragraph), paragraph.role))
        .collect();
    let paragraphs: Vec<Piece<'_>> = texts
        .iter()
        .map(|(number, text, role)| Piece {
            number: *number,
            text,
            offset: 0,
            block: *role == Role::Body,
            set: *role == Role::Quote,
        })
        .collect();
    find(&paragraphs)
}

/// The quotations of a plain text, whose paragraphs are parted by empty lines. Byte ranges are of the whole text.
pub fn quotations_in(text: &str) -> Vec<Quotation> {
    let mut paragraphs = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.extend(start.take().map(|start: usize| start..at));
        } else if start.is_none() {
            start = Some(at);
        }
        at += line.len();
    }
    paragraphs.extend(start.map(|start| start..at));
    let pieces = paragraphs.into_iter().enumerate().map(|(number, range)| {
        let text = &text[range.clone()];
        let block = !text.trim_start().starts_with(['•', '*', '-', '–']);
        Piece { number, text, offset: range.start, block, set: false }
    });
    find(&pieces.collect::<Vec<_>>())
}

/// A paragraph as the finder sees it.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    /// Its number in the article.
    number: usize,
    text: &'t str,
    /// What is to be added to its byte ranges.
    offset: usize,
    /// True if it could be a block quotation: no bullet, no heading.
    block: bool,
    /// True if the format sets it apart as quoted.
    set: bool,
}

fn find(pieces: &[Piece<'_>]) -> Vec<Quotation> {
    let mut found = pair::pair(pieces);
    let blocks = context::blocks(pieces, &found);
    let set_apart = context::set_apart(pieces, &mut found);
    found.extend(set_apart.into_iter().chain(blocks));
    found.sort_by_key(|found| (found.parts.first().map(|part| (part.piece, part.bytes.start)), found.depth));
    let mut quotations: Vec<Quotation> = Vec::with_capacity(found.len());
    let speakers = speaker::speakers(pieces, &found);
    for (found, (speaker, evidence)) in found.into_iter().zip(speakers) {
        let mut text = String::new();
        let mut parts = Vec::with_capacity(found.parts.len());
        for part in &found.parts {
            let Some(piece) = pieces.get(part.piece) else { continue };
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&piece.text[part.bytes.clone()]);
            let bytes = part.bytes.start + piece.offset..part.bytes.end + piece.offset;
            parts.push(QuotedPart { paragraph: piece.number, bytes });
        }
        // A line end of a plain text is a space.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = if found.block { QuotationKind::Block } else { kind_of(&text) };
        let (depth, closed) = (found.depth, found.closed);
        quotations.push(Quotation { text, parts, kind, depth, closed, speaker, evidence });
    }
    quotations
}

/// A few words are held at a distance, unless they are a sentence.
fn kind_of(text: &str) -> QuotationKind {
    let short = text.split_whitespace().nth(3).is_none();
    let sentence = text.starts_with(char::is_uppercase) && text.ends_with(['.', '?', '!']);
    if short && !sentence { QuotationKind::Scare } else { QuotationKind::Marked }
}

#[cfg(test)]
mod tests;
