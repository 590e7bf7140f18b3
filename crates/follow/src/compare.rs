//! Two reports, or the paragraphs of two queries, side by side.

use std::collections::HashMap;

use quotable_codebook::{CodeBook, CodeKind};
use quotable_index::{Extent, Hit, Keyword, KeywordOptions, Result, Search, SearchOptions, Snapshot};
use quotable_query::{Query, analyse};

use crate::model::is_text;

/// A passage must have so many words before it counts as the same in both: a shorter one is no wording of its own.
const LEAST_WORDS: u32 = 8;

/// One side of a comparison: the paragraphs that a query finds, of the whole corpus or of one file or folder.
#[derive(Debug, Clone)]
pub struct Side {
    /// The query.
    pub query: Query,
    /// The file or folder; `None` for the whole corpus.
    pub within: Option<String>,
}

/// How many paragraphs of either side have a named query of the code book.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeComparison {
    /// The name.
    pub name: String,
    /// What it is, in words.
    pub title: String,
    /// Topic or concept.
    pub kind: CodeKind,
    /// Paragraphs of the left side.
    pub left: u64,
    /// Paragraphs of the right side.
    pub right: u64,
}

/// Two sides compared.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// The text of the left side.
    pub left: Extent,
    /// The text of the right side.
    pub right: Extent,
    /// The named queries that either side has, in the order of the code book.
    pub codes: Vec<CodeComparison>,
    /// Words more frequent on the left, the most telling first.
    pub left_words: Vec<Keyword>,
    /// Words more frequent on the right.
    pub right_words: Vec<Keyword>,
    /// Passages that both have word for word, left and right, in the order of the left.
    pub same: Vec<(Hit, Hit)>,
}

/// Compares two sides, by the themes and concepts of the book, by words, and by passages that both have word for word.
///
/// # Errors
/// Those of [`Snapshot::search_with`] for either query.
pub fn compare(
    snapshot: &Snapshot,
    book: &CodeBook,
    (left, right): (&Side, &Side),
    keywords: &KeywordOptions,
    options: &SearchOptions,
) -> Result<Comparison> {
    let search = |side: &Side, query: Query| {
        let options = match &side.within {
            Some(within) => options.clone().within(within),
            None => options.clone(),
        };
        snapshot.search_with(&query, &options)
    };
    let (of_left, of_right) = (search(left, left.query.clone())?, search(right, right.query.clone())?);
    let mut codes = Vec::new();
    let total = book.codes().len() as u64;
    for (done, code) in (0..).zip(book.codes()) {
        options.advance("counting concepts", done, total)?;
        let count = |side: &Side| -> Result<u64> {
            Ok(search(side, side.query.clone().and(code.resolved.clone()))?.count()?.paragraphs)
        };
        let (left, right) = (count(left)?, count(right)?);
        if left + right > 0 {
            let (name, title) = (code.name.clone(), code.title.clone());
            codes.push(CodeComparison { name, title, kind: code.kind, left, right });
        }
    }
    Ok(Comparison {
        left: of_left.extent()?,
        right: of_right.extent()?,
        codes,
        left_words: of_left.keywords(Some(&of_right), keywords)?.rows,
        right_words: of_right.keywords(Some(&of_left), keywords)?.rows,
        same: same(&of_left, &of_right)?,
    })
}

/// The paragraphs that both sides have word for word.
fn same(left: &Search, right: &Search) -> Result<Vec<(Hit, Hit)>> {
    let mut known = HashMap::new();
    for hit in right.every()? {
        let hit = hit?;
        if is_text(hit.role) && hit.words >= LEAST_WORDS {
            known.entry(analyse::fold(&hit.text)).or_insert(hit);
        }
    }
    let mut both = Vec::new();
    for hit in left.every()? {
        let hit = hit?;
        if hit.words >= LEAST_WORDS
            && is_text(hit.role)
            && let Some(other) = known.get(&analyse::fold(&hit.text)).filter(|other| other.id != hit.id)
        {
            both.push((hit, other.clone()));
        }
    }
    Ok(both)
}
