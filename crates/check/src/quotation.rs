//! Finds the quotations of an article: text in quotation marks or in blocks, and who speaks.
//!
//! Marks are paired by shape and neighbours in one pass over each paragraph, so a missing mark costs its own quotation
//! alone and the work grows with the length of the text. The rules:
//!
//! - Marks may be straight or curly, single or double, guillemets, or two single marks typed for a double one. A pair may
//!   open in one shape and close in another. Single quotations nest in double ones and double in single.
//! - An apostrophe between letters is no mark. One behind a letter (`managers’`) closes only if no later mark does so
//!   better; one before a letter (`’90s`) opens nothing.
//! - A quotation left open at the end of a paragraph continues in the next if that opens with a mark again; short lines
//!   between (a caption, “Read more”) are stepped over. Otherwise it ends there and is not `closed`.
//! - A paragraph without marks behind one that ends in `the report says:` is a block quotation, and so are paragraphs
//!   that the format marks as quoted (`<blockquote>`, `>` in Markdown), unless they are in marks as a whole.
//! - One to three words that are no sentence are [`Scare`](QuotationKind::Scare) quotes: the writer's distance from a word
//!   rather than somebody's speech.
//!
//! The speaker is told from the English words around, which come along as evidence.

mod block;
mod clause;
mod marks;
mod pair;
mod spans;
mod speaker;
mod word_lists;
mod words;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use quotable_report::{Report, Role, UnknownName};

use crate::claim::Claim;

pub(crate) use self::words::sentence_start;

/// Text that an article quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quotation {
    /// The words quoted: the parts with a space between, without the outer marks.
    pub text: String,
    /// Its places in the article: one part for each paragraph it runs over. Empty if it is from no article.
    pub parts: Vec<QuotedPart>,
    /// Where a further paragraph of the article begins: bytes of `text`. One fewer than `parts`.
    #[serde(default)]
    pub breaks: Vec<usize>,
    /// Speech, scare quote or block.
    pub kind: QuotationKind,
    /// The number of quotations around it: 0 for most, 1 for a quotation within a quotation.
    pub depth: u32,
    /// False if its closing mark is missing.
    pub closed: bool,
    /// True if the article denies it in its own words before it: `leaders are not “fully aware”`, `lacked “an overview”`.
    #[serde(default)]
    pub negated: bool,
    /// The speaker, as the article tells.
    pub speaker: Speaker,
    /// The words of the article that tell the speaker.
    pub evidence: Option<Evidence>,
    /// What is claimed, for a text of kind [`Claim`](QuotationKind::Claim).
    #[serde(default)]
    pub claim: Option<Claim>,
}

impl Quotation {
    /// A quotation from no article: no parts, no speaker.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let kind = kind_in_marks(&text);
        Self {
            text,
            parts: Vec::new(),
            breaks: Vec::new(),
            kind,
            depth: 0,
            closed: true,
            negated: false,
            speaker: Speaker::Unattributed,
            evidence: None,
            claim: None,
        }
    }
}

/// The part of a quotation in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedPart {
    /// The index of the paragraph, zero-based.
    pub paragraph: usize,
    /// The bytes between the marks: of the paragraph's text, or of the whole text for [`quotations_in`].
    pub bytes: Range<usize>,
}

/// The kind of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum QuotationKind {
    /// Words said or written by someone, in marks.
    Marked,
    /// One to three words in marks that are no sentence.
    Scare,
    /// A paragraph of its own without marks, announced by the one before it or marked by the format.
    Block,
    /// Words of a report without marks or announcement, in the article's own prose.
    Unmarked,
    /// A [claim](Claim) about a report in the article's own words.
    Claim,
}

impl QuotationKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Marked, Self::Scare, Self::Block, Self::Unmarked, Self::Claim];

    /// The name used in tables and JSON: `scare`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Marked => "marked",
            Self::Scare => "scare",
            Self::Block => "block",
            Self::Unmarked => "unmarked",
            Self::Claim => "claim",
        }
    }
}

impl fmt::Display for QuotationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for QuotationKind {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// The speaker of a quotation, as the article tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who")]
#[non_exhaustive]
pub enum Speaker {
    /// The report or those who wrote it: “the report says”, “inspectors found”, “Ofsted warned”.
    Report,
    /// A person, or a body without a name.
    Person {
        /// The name as printed; `None` for `a parent`, `the council`.
        name: Option<String>,
    },
    /// A body other than the inspectorate: a council, a department, a charity.
    Organisation {
        /// The name as printed; `None` for a spokesperson of no body that is named.
        name: Option<String>,
    },
    /// The article does not tell.
    #[default]
    Unattributed,
}

/// The words of an article that tell a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The index of the paragraph, zero-based.
    pub paragraph: usize,
    /// Their bytes: of the paragraph's text, or of the whole text for [`quotations_in`].
    pub bytes: Range<usize>,
    /// The words.
    pub text: String,
}

/// Finds the quotations of an article, in the order in which they begin, outside tables and footnotes.
///
/// ```
/// use quotable_check::{Speaker, quotations};
/// use quotable_report::{Paragraph, Report};
///
/// let mut article = Report::default();
/// article.paragraphs.push(Paragraph::new("The report said: “Plans drift.” Mr Vane said he was ‘sorry’."));
/// let found = quotations(&article);
/// assert_eq!((found[0].text.as_str(), &found[0].speaker), ("Plans drift.", &Speaker::Report));
/// assert_eq!(found[1].text, "sorry");
/// ```
pub fn quotations(article: &Report) -> Vec<Quotation> {
    first_quotations(article, usize::MAX).quotations
}

/// The first quotations of an article, and how many it has in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FirstQuotations {
    /// The first, in the order in which they begin.
    pub quotations: Vec<Quotation>,
    /// The number of all, these included.
    pub total: u64,
}

/// The same as [`quotations`], but keeps the first `most` alone: a text of many megabytes can hold millions. Memory is
/// bounded by the text of those that are kept.
pub fn first_quotations(article: &Report, most: usize) -> FirstQuotations {
    let searched = article.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.role.is_body());
    let paragraphs: Vec<ParagraphText<'_>> = searched
        .map(|(number, paragraph)| ParagraphText {
            number,
            text: &paragraph.text,
            offset: 0,
            may_be_block: paragraph.role == Role::Body,
            set_apart: paragraph.role == Role::Quote,
            bullet: paragraph.role == Role::Bullet,
        })
        .collect();
    find(&paragraphs, most)
}

/// Finds the quotations of a plain text with empty lines between its paragraphs. Byte ranges are of the whole text.
///
/// ```
/// use quotable_check::quotations_in;
///
/// let article = "The report said: “Plans drift.” Nobody denied it.";
/// let found = quotations_in(article);
/// assert_eq!(found[0].text, "Plans drift.");
/// assert_eq!(&article[found[0].parts[0].bytes.clone()], "Plans drift.");
/// ```
pub fn quotations_in(text: &str) -> Vec<Quotation> {
    first_quotations_in(text, usize::MAX).quotations
}

/// The same as [`quotations_in`], but keeps the first `most` alone, as [`first_quotations`] does.
pub fn first_quotations_in(text: &str, most: usize) -> FirstQuotations {
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
    let paragraphs: Vec<ParagraphText<'_>> = paragraphs
        .into_iter()
        .enumerate()
        .map(|(number, range)| {
            let text = &text[range.clone()];
            let may_be_block = !text.trim_start().starts_with(['•', '*', '-', '–']);
            ParagraphText { number, text, offset: range.start, may_be_block, set_apart: false, bullet: false }
        })
        .collect();
    find(&paragraphs, most)
}

/// A paragraph to be searched for quotations.
#[derive(Debug, Clone, Copy)]
struct ParagraphText<'t> {
    /// Its index in the article.
    number: usize,
    text: &'t str,
    /// Added to byte ranges of `text` to get those of the result.
    offset: usize,
    /// True if it may be a block quotation without being marked as one: no bullet, no heading.
    may_be_block: bool,
    /// True if the format marks it as quoted.
    set_apart: bool,
    /// True for an item of a list, without its bullet. The dash of `— Ada Quill` is read as one.
    bullet: bool,
}

/// Spans kept beyond those wanted: the speaker of a quotation is read up to where the next one begins.
const MORE_SPANS: usize = 16;

fn find(paragraphs: &[ParagraphText<'_>], most: usize) -> FirstQuotations {
    let mut spans = pair::pair(paragraphs, most.saturating_add(MORE_SPANS));
    let announced = block::announced(paragraphs, &spans);
    let set_apart = block::set_apart(paragraphs, &mut spans);
    for block in set_apart.into_iter().chain(announced) {
        spans.push(block);
    }
    let total = spans.total();
    let mut spans = spans.into_first();
    let speakers = speaker::speakers(paragraphs, &spans);
    spans.truncate(most);
    let mut quotations = Vec::with_capacity(spans.len());
    for (span, (speaker, evidence)) in spans.into_iter().zip(speakers) {
        let mut text = String::new();
        let mut parts = Vec::with_capacity(span.parts.len());
        let mut breaks = Vec::new();
        for part in &span.parts {
            let Some(paragraph) = paragraphs.get(part.paragraph) else {
                debug_assert!(false, "spans are of these paragraphs");
                continue;
            };
            if !text.is_empty() {
                text.push(' ');
                breaks.push(text.len());
            }
            // The paragraphs of a plain text may hold line ends.
            for (at, word) in paragraph.text[part.bytes.clone()].split_whitespace().enumerate() {
                if at > 0 {
                    text.push(' ');
                }
                text.push_str(word);
            }
            let bytes = part.bytes.start + paragraph.offset..part.bytes.end + paragraph.offset;
            parts.push(QuotedPart { paragraph: paragraph.number, bytes });
        }
        let kind = if span.block { QuotationKind::Block } else { kind_in_marks(&text) };
        let (depth, closed) = (span.depth, span.closed);
        let first = span.parts.first().and_then(|part| Some((paragraphs.get(part.paragraph)?.text, part)));
        let negated = first.is_some_and(|(text, part)| words::is_negated_before(text, part.bytes.start));
        quotations.push(Quotation {
            text,
            parts,
            breaks,
            kind,
            depth,
            closed,
            negated,
            speaker,
            evidence,
            claim: None,
        });
    }
    FirstQuotations { quotations, total }
}

/// Words at most in scare quotes.
const MOST_SCARE_WORDS: usize = 3;

/// The kind of a quotation in marks: scare quotes around up to three words, unless they are a sentence.
fn kind_in_marks(text: &str) -> QuotationKind {
    let short = text.split_whitespace().nth(MOST_SCARE_WORDS).is_none();
    let sentence = text.starts_with(char::is_uppercase) && text.ends_with(['.', '?', '!']);
    if short && !sentence { QuotationKind::Scare } else { QuotationKind::Marked }
}

#[cfg(test)]
mod tests;
