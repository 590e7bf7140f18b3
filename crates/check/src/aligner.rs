//! Aligns a quotation with candidate paragraphs and picks the best.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::RandomState;
use quotable_index::{Hit, Result, Sort};

use crate::align::{Item, Step, WordMatch, align};
use crate::compare::{Comparison, Difference, Pair, WordInfo as _, compare};
use crate::corpus::{Corpus, in_report};
use crate::edit::Edit;
use crate::forms::Forms;
use crate::token::{Token, TokenKind, source_tokens};

/// The most candidates that are aligned.
const CANDIDATES: usize = 24;
/// The most tokens of a paragraph that are aligned, beyond twice those of the quotation. Of a longer paragraph, the window
/// with the most matches is used: alignment costs the product of both lengths.
const MAX_TOKENS: usize = 1_200;

/// The most pairs of a quoted word and a word of a candidate that are compared for one quotation, past its first candidate.
/// A quotation of a hundred words and paragraphs of a thousand take a tenth of it; it bounds the time for quotations of
/// thousands of words, whose source is among the first candidates anyway.
const MOST_PAIRS: usize = 25_000_000;

/// A candidate paragraph with its alignment.
pub(crate) struct Aligned {
    pub(crate) hit: Hit,
    /// The tokens of the aligned part of the paragraph; steps index into them.
    pub(crate) tokens: Vec<Token>,
    pub(crate) steps: Vec<Step>,
    pub(crate) score: i32,
}

/// Finds and aligns candidates. Keeps comparisons of words from one alignment to the next.
pub(crate) struct Aligner<'a> {
    pub(crate) corpus: Corpus<'a>,
    forms: Forms,
}

impl<'a> Aligner<'a> {
    pub(crate) fn new(corpus: Corpus<'a>) -> Self {
        Self { corpus, forms: Forms::default() }
    }

    /// The candidate with the highest alignment score; of equals the first. Searches one report if `report` names it.
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
                let Some(query) = self.corpus.candidate_query(tokens) else { return Ok(None) };
                self.corpus.search(in_report(query, report), CANDIDATES, Sort::Relevance)?
            }
        };
        let quoted = self.prepare(tokens);
        let mut best: Option<Aligned> = None;
        let mut pairs = 0_usize;
        for hit in found.hits.into_iter().take(CANDIDATES) {
            if self.corpus.is_younger(&hit.citation.path) {
                continue;
            }
            let source = source_tokens(&hit.text);
            let more = tokens.len() * source.len().min(MAX_TOKENS + 2 * tokens.len());
            if best.is_some() && pairs + more > MOST_PAIRS {
                break;
            }
            // Skip candidates whose upper bound does not beat the best score.
            if best.as_ref().is_some_and(|best| quoted.max_score(&source) <= best.score) {
                continue;
            }
            pairs += more;
            let aligned = self.align_prepared(&quoted, hit, source);
            if best.as_ref().is_none_or(|best| aligned.score > best.score) {
                best = Some(aligned);
            }
        }
        Ok(best)
    }

    /// Aligns a quotation with the paragraph of `hit`; `source` is the tokens of its text.
    pub(crate) fn align(&mut self, tokens: &[Token], hit: Hit, source: Vec<Token>) -> Aligned {
        let quoted = self.prepare(tokens);
        self.align_prepared(&quoted, hit, source)
    }

    fn prepare<'t>(&mut self, tokens: &'t [Token]) -> Quoted<'t> {
        let vocabulary = &mut self.corpus.vocabulary;
        let unknown = tokens.iter().map(|token| vocabulary.unknown(token)).collect();
        let weights = tokens.iter().map(|token| vocabulary.weight(token)).collect();
        let (distinct, count) = distinct(tokens);
        Quoted { tokens, unknown, weights, distinct, count }
    }

    fn align_prepared(&mut self, quoted: &Quoted<'_>, hit: Hit, mut source: Vec<Token>) -> Aligned {
        let tokens = quoted.tokens;
        if source.len() > MAX_TOKENS + 2 * tokens.len() {
            source = densest_window(source, &hit.matches, MAX_TOKENS + 2 * tokens.len());
        }
        let items: Vec<Item> = tokens
            .iter()
            .zip(&quoted.weights)
            .map(|(token, &weight)| match token.kind {
                TokenKind::Ellipsis => Item::Ellipsis,
                TokenKind::Bracket => Item::Bracket,
                _ => Item::Word { weight },
            })
            .collect();
        // Words recur, so each pair of distinct words is compared once.
        let (source_distinct, width) = distinct(&source);
        let mut known: Vec<Option<WordMatch>> = vec![None; quoted.count * width];
        let forms = &mut self.forms;
        let word_match = |at: usize, there: usize| {
            let known = &mut known[quoted.distinct[at] * width + source_distinct[there]];
            *known.get_or_insert_with(|| forms.word_match(&tokens[at], quoted.unknown[at], &source[there]))
        };
        let mut found = align(&items, source.len(), word_match);
        respect_sentence_ends(&mut found.steps, tokens, &source);
        Aligned { hit, steps: found.steps, score: found.score, tokens: source }
    }

    /// Turns an alignment into edits and a similarity.
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

/// The tokens of a quotation, with what the corpus says of them.
struct Quoted<'t> {
    tokens: &'t [Token],
    /// Whether the corpus lacks a word.
    unknown: Vec<bool>,
    weights: Vec<i32>,
    /// The number of a token's word, counted from zero; equal words have one number.
    distinct: Vec<usize>,
    count: usize,
}

impl Quoted<'_> {
    /// Upper bound of an alignment's score: the weight of each quoted word that the source has, in any order, and half the
    /// weight of the others, as if the source had a form of each.
    fn max_score(&self, source: &[Token]) -> i32 {
        let there: HashSet<&str, RandomState> = source.iter().map(|token| token.text.as_str()).collect();
        let weight = |(token, &weight): (&Token, &i32)| {
            if there.contains(token.text.as_str()) { weight } else { weight / 2 }
        };
        self.tokens.iter().zip(&self.weights).map(weight).sum()
    }
}

/// The number of each token's word, equal ones numbered alike, and how many numbers there are.
fn distinct(tokens: &[Token]) -> (Vec<usize>, usize) {
    let mut numbers: HashMap<(&str, TokenKind), usize, RandomState> = HashMap::default();
    let numbered = tokens
        .iter()
        .map(|token| {
            let next = numbers.len();
            *numbers.entry((token.text.as_str(), token.kind)).or_insert(next)
        })
        .collect();
    (numbered, numbers.len())
}

/// Turns a replacement at either end of the quotation into an addition if it reaches into another sentence of the source:
/// a word added at the end of a sentence does not replace the first word of the next one.
fn respect_sentence_ends(steps: &mut [Step], quoted: &[Token], source: &[Token]) {
    let opens_sentence =
        |tokens: &[Token], at: usize| tokens.get(at).is_none_or(|token| token.opens_sentence);
    if let Some(step) = steps.last_mut()
        && let Step::Replaced { quoted: at, source: there } = *step
        && opens_sentence(source, there)
        && !opens_sentence(quoted, at)
    {
        *step = Step::Added { quoted: at };
    }
    if let Some(step) = steps.first_mut()
        && let Step::Replaced { quoted: at, source: there } = *step
        && opens_sentence(source, there + 1)
        && !opens_sentence(quoted, at + 1)
    {
        *step = Step::Added { quoted: at };
    }
}

/// The bytes from the first to the last token.
pub(crate) fn span(tokens: &[Token]) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
        _ => 0..0,
    }
}

/// A window of at most `most` tokens around the half-size window with the most matches. `matches` are byte ranges in order.
fn densest_window(source: Vec<Token>, matches: &[Range<usize>], most: usize) -> Vec<Token> {
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

/// Differences as edits, the gravest first, then by place in the quotation.
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
