//! Aligns a quotation with the paragraphs in which it may stand.

use std::collections::HashSet;
use std::ops::Range;

use quotable_index::{Hit, Result, Sort};

use crate::align::{Item, Step, align};
use crate::compare::{Comparison, Difference, Knowledge as _, Pair, compare};
use crate::corpus::{Corpus, within};
use crate::edit::Edit;
use crate::likeness::Forms;
use crate::token::{Token, TokenKind, source_tokens};

/// How many candidates are aligned.
const CANDIDATES: usize = 24;
/// A longer paragraph is aligned only around what of it is alike.
const STRETCH: usize = 1_200;

/// A candidate aligned.
pub(crate) struct Aligned {
    pub(crate) hit: Hit,
    pub(crate) tokens: Vec<Token>,
    pub(crate) steps: Vec<Step>,
    pub(crate) score: i32,
}

/// Aligns quotations with paragraphs of a corpus.
pub(crate) struct Aligner<'a> {
    pub(crate) corpus: Corpus<'a>,
    forms: Forms,
}

impl<'a> Aligner<'a> {
    pub(crate) fn new(corpus: Corpus<'a>) -> Self {
        Self { corpus, forms: Forms::default() }
    }

    /// The candidate that aligns best; of equals the first that was found. Within one report if it is named.
    pub(crate) fn best(
        &mut self,
        text: &str,
        tokens: &[Token],
        report: Option<&str>,
    ) -> Result<Option<Aligned>> {
        let plain = tokens.iter().all(Token::is_word);
        let side_by_side = if plain { self.corpus.phrase(&text[span(tokens)], report)? } else { None };
        let found = match side_by_side {
            Some(found) => found,
            None => {
                let Some(query) = self.corpus.candidates(tokens) else { return Ok(None) };
                self.corpus.top(within(query, report), CANDIDATES, Sort::Relevance)?
            }
        };
        let mut best: Option<Aligned> = None;
        for hit in found.hits.into_iter().take(CANDIDATES) {
            let source = source_tokens(&hit.text);
            // What cannot be better than the best need not be aligned.
            if best.as_ref().is_some_and(|best| self.at_most(tokens, &source) <= best.score) {
                continue;
            }
            let aligned = self.align(tokens, hit, source);
            if best.as_ref().is_none_or(|best| aligned.score > best.score) {
                best = Some(aligned);
            }
        }
        Ok(best)
    }

    /// What an alignment scores at most: every word that the source has in whatever order, and half of each other, as if
    /// it had a form of it.
    fn at_most(&mut self, tokens: &[Token], source: &[Token]) -> i32 {
        let there: HashSet<&str> = source.iter().map(|token| token.text.as_str()).collect();
        let worth = |token: &Token| {
            let worth = self.corpus.vocabulary.worth(token);
            if there.contains(token.text.as_str()) { worth } else { worth / 2 }
        };
        tokens.iter().map(worth).sum()
    }

    pub(crate) fn align(&mut self, tokens: &[Token], hit: Hit, mut source: Vec<Token>) -> Aligned {
        if source.len() > STRETCH + 2 * tokens.len() {
            source = stretch(source, &hit.matches, STRETCH + 2 * tokens.len());
        }
        let foreign: Vec<bool> = tokens.iter().map(|token| self.corpus.vocabulary.foreign(token)).collect();
        let items: Vec<Item> = tokens
            .iter()
            .map(|token| match token.kind {
                TokenKind::Ellipsis => Item::Ellipsis,
                TokenKind::Bracket => Item::Bracket,
                _ => Item::Word { worth: self.corpus.vocabulary.worth(token) },
            })
            .collect();
        let forms = &mut self.forms;
        let likeness =
            |quoted: usize, at: usize| forms.likeness(&tokens[quoted], foreign[quoted], &source[at]);
        let mut found = align(&items, source.len(), likeness);
        keep_to_the_sentence(&mut found.steps, tokens, &source);
        Aligned { hit, steps: found.steps, score: found.score, tokens: source }
    }

    pub(crate) fn compare(
        &mut self,
        quoted: &str,
        quoted_tokens: &[Token],
        source: &str,
        source_tokens: &[Token],
        steps: &[Step],
    ) -> Comparison {
        let pair = Pair { quoted, quoted_tokens, source, source_tokens };
        compare(pair, steps, &mut self.forms, &mut self.corpus.vocabulary)
    }
}

/// A word that ends the quotation where the source has none left in its sentence was added, and stands for none of the
/// next sentence; so with one at the beginning.
fn keep_to_the_sentence(steps: &mut [Step], quoted: &[Token], source: &[Token]) {
    let begins = |tokens: &[Token], at: usize| tokens.get(at).is_none_or(|token| token.begins);
    if let Some(step) = steps.last_mut()
        && let Step::Other { quoted: at, source: there } = *step
        && begins(source, there)
        && !begins(quoted, at)
    {
        *step = Step::Added { quoted: at };
    }
    if let Some(step) = steps.first_mut()
        && let Step::Other { quoted: at, source: there } = *step
        && begins(source, there + 1)
        && !begins(quoted, at + 1)
    {
        *step = Step::Added { quoted: at };
    }
}

/// From the first to the last word.
pub(crate) fn span(tokens: &[Token]) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
        _ => 0..0,
    }
}

/// The stretch of a long paragraph that holds most of what was found in it.
fn stretch(source: Vec<Token>, matches: &[Range<usize>], most: usize) -> Vec<Token> {
    let places: Vec<usize> =
        matches.iter().map(|found| source.partition_point(|token| token.bytes.end <= found.start)).collect();
    let mut best = (0, 0);
    let mut last = 0;
    for (first, &start) in places.iter().enumerate() {
        last = last.max(first);
        while places.get(last).is_some_and(|&place| place < start + most / 2) {
            last += 1;
        }
        best = best.max((last - first, start));
    }
    let start = best.1.saturating_sub(most / 4);
    let end = (start + most).min(source.len());
    source.into_iter().skip(start).take(end - start).collect()
}

/// Differences as edits, the gravest first; equals in the order of the quotation.
pub(crate) fn edits(text: &str, source: &str, differences: Vec<Difference>, place: usize) -> Vec<Edit> {
    let mut edits: Vec<Edit> = differences
        .into_iter()
        .map(|found| Edit {
            kind: found.kind,
            place,
            quoted_text: text.get(found.quoted.clone()).unwrap_or_default().to_owned(),
            quoted: found.quoted,
            source_text: source.get(found.source.clone()).unwrap_or_default().to_owned(),
            source: found.source,
        })
        .collect();
    edits.sort_by_key(|edit| (edit.kind, edit.quoted.start));
    edits
}
