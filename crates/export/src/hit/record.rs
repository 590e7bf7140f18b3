//! A hit as a line of JSON.

use quotable_index::{Facet, Group, Hit, Id, Selector};
use quotable_report::Role;
use serde::Serialize;

use super::{HitInContext, HitOptions};
use crate::citation::CitationRecord;
use crate::counts::CountsRecord;
use crate::jsonl::byte_pairs;

/// A paragraph that matches.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct HitRecord<'h> {
    /// The stable id of the paragraph.
    pub id: &'h Id,
    /// The path of the report, relative to the corpus, with `/`.
    pub path: &'h str,
    /// The relevance (BM25); `None` where hits are not in order of relevance.
    pub score: Option<f64>,
    /// The occurrences that are counted: `[start, end]` in bytes of `text`. They may overlap; a window of words is one
    /// occurrence, from its first word to its last.
    pub occurrences: Vec<[usize; 2]>,
    /// The role of the paragraph in its report.
    pub role: Role,
    /// The stable name of the theme of its section.
    pub theme: Option<&'h str>,
    /// The whole paragraph.
    pub text: &'h str,
    /// The words that matched: `[start, end]` in bytes of `text`, in order and apart.
    pub matches: Vec<[usize; 2]>,
    /// The first occurrence, or the whole paragraph where no words were asked for, as a W3C TextQuoteSelector.
    pub selector: Selector,
    /// Where the quotation is, in parts.
    pub citation: CitationRecord<'h>,
    /// Where the quotation is, in words.
    pub cite: String,
    /// The number of reports with the same paragraph, if it is boilerplate.
    pub boilerplate: Option<u32>,
    /// The number of words of `text`.
    pub words: u32,
    /// The sentences that match: `[start, end]` in bytes of `text`; the whole paragraph where no words were asked for.
    pub sentences: Vec<[usize; 2]>,
    /// The texts of `sentences`, with [`HitOptions::sentences`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Vec<&'h str>>,
    /// The paragraphs around it, with [`HitOptions::context`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<ContextRecord<'h>>,
    /// The group that it belongs to, with [`HitOptions::group`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRecord<'h>>,
}

/// The paragraphs of the same report before and after a hit, in order.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ContextRecord<'h> {
    /// The paragraphs before it.
    pub before: Vec<ParagraphRecord<'h>>,
    /// The paragraphs after it.
    pub after: Vec<ParagraphRecord<'h>>,
}

/// A paragraph beside a hit.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ParagraphRecord<'h> {
    /// The stable id of the paragraph.
    pub id: &'h Id,
    /// The role of the paragraph in its report.
    pub role: Role,
    /// The whole paragraph.
    pub text: &'h str,
    /// Its printed number.
    pub paragraph: Option<&'h str>,
    /// The page on which it begins, one-based.
    pub page: Option<u32>,
}

/// The group of a hit.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct GroupRecord<'h> {
    /// The facet by which hits are grouped.
    pub by: Facet,
    /// Its value; `None` for hits whose value is not known.
    pub value: Option<&'h str>,
    /// How much the group holds.
    pub counts: CountsRecord,
}

impl<'h> HitRecord<'h> {
    /// The record of a hit.
    pub fn new(hit: &HitInContext<'h>, options: &HitOptions) -> Self {
        let HitInContext { hit, before, after, group } = *hit;
        let sentences = hit.matched_sentences();
        let quotes = || sentences.iter().filter_map(|bytes| hit.text.get(bytes.clone())).collect();
        let context = || ContextRecord { before: paragraphs(before), after: paragraphs(after) };
        let first = hit.occurrences.first().cloned().unwrap_or(0..hit.text.len());
        Self {
            id: &hit.id,
            path: &hit.citation.path,
            score: options.is_ranked.then_some(hit.score),
            occurrences: byte_pairs(&hit.occurrences),
            role: hit.role,
            theme: hit.theme.as_deref(),
            text: &hit.text,
            matches: byte_pairs(&hit.matches),
            selector: hit.selector(first),
            citation: CitationRecord::new(&hit.citation),
            cite: hit.citation.to_string(),
            boilerplate: hit.boilerplate,
            words: hit.words,
            quotes: options.sentences.then(quotes),
            sentences: byte_pairs(&sentences),
            context: options.context.then(context),
            group: options.group.clone().zip(group).map(|(by, group)| GroupRecord::new(by, group)),
        }
    }
}

impl<'h> ParagraphRecord<'h> {
    /// The record of a paragraph.
    pub fn new(hit: &'h Hit) -> Self {
        Self {
            id: &hit.id,
            role: hit.role,
            text: &hit.text,
            paragraph: hit.citation.paragraph.as_deref(),
            page: hit.citation.page,
        }
    }
}

impl<'h> GroupRecord<'h> {
    /// The record of a group of hits.
    pub fn new(by: Facet, group: &'h Group) -> Self {
        Self { by, value: group.value.as_deref(), counts: CountsRecord::new(&group.counts) }
    }
}

fn paragraphs(hits: &[Hit]) -> Vec<ParagraphRecord<'_>> {
    hits.iter().map(ParagraphRecord::new).collect()
}
