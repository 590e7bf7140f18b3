//! Turns an alignment into edits and a similarity.

mod meaning;
mod surface;

use std::ops::Range;

use self::meaning::{CLAUSE, drops_negation, negation_kind, numbers};
use self::surface::{gap_kind, surface_kind};
use crate::align::Step;
use crate::edit::EditKind;
use crate::forms::Forms;
use crate::token::{Token, TokenKind, source_tokens};
use crate::verdict::FEWEST;

/// A quotation and a source, each with its tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) quoted: &'a str,
    pub(super) quoted_tokens: &'a [Token],
    pub(super) source: &'a str,
    pub(super) source_tokens: &'a [Token],
}

/// An edit as byte ranges of both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: EditKind,
    pub(super) quoted: Range<usize>,
    pub(super) source: Range<usize>,
}

/// The result of comparing a quotation with a source along an alignment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    /// Sorted by place in the quotation.
    pub(super) differences: Vec<Difference>,
    /// From 0 to 1: see the crate documentation.
    pub(super) similarity: f64,
    /// The number of quoted words that the source has unchanged.
    pub(super) kept: usize,
    /// The aligned bytes of the source.
    pub(super) source: Range<usize>,
    /// True if the only change is one run of words left out, with at least [`FEWEST`] words kept on each side.
    pub(super) cut: bool,
}

/// Facts about words that come from the corpus. A trait, so that this module does not depend on the index.
pub(super) trait WordInfo {
    /// The score of finding the word: see [`MAX_WEIGHT`](crate::align::MAX_WEIGHT).
    fn weight(&mut self, token: &Token) -> i32;
    /// True if no paragraph of the corpus has the word.
    fn unknown(&mut self, token: &Token) -> bool;
    /// True if the word is part of the name of an authority.
    fn is_name(&self, word: &str) -> bool;
}

/// A change costs its full weight up to `LONG_CHANGE`, and `LONG_CHANGE_RATE` of the weight above it: one long change is
/// less serious than many short ones.
const LONG_CHANGE: f64 = 150.0;
const LONG_CHANGE_RATE: f64 = 0.35;
/// The share of its weight that another form of the same word keeps.
const FORM_SHARE: f64 = 0.7;
/// The cost of an ellipsis or a bracket. Low: the writer declared the change.
const PLACEHOLDER_COST: f64 = 10.0;

/// Compares `pair` along `steps`, an alignment of its tokens.
pub(super) fn compare(
    pair: Pair<'_>,
    steps: &[Step],
    forms: &mut Forms,
    words_info: &mut impl WordInfo,
) -> Comparison {
    let mut comparer = Comparer {
        pair,
        differences: Vec::new(),
        shared: 0.0,
        cost: 0.0,
        kept: 0,
        forms,
        words_info,
        last: None,
        consumed: (0, 0),
    };
    let mut block: (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut reached: Option<Range<usize>> = None;
    for step in steps {
        match step {
            Step::Same { quoted, source } => {
                comparer.end_block(&mut block);
                comparer.same(*quoted, *source);
            }
            Step::Form { quoted, source } | Step::Replaced { quoted, source } => {
                block.0.push(*quoted);
                block.1.push(*source);
            }
            Step::Added { quoted } => block.0.push(*quoted),
            Step::Missing { source } => block.1.push(*source),
            Step::Placeholder { quoted, source } => {
                comparer.end_block(&mut block);
                comparer.placeholder(*quoted, source.clone());
            }
        }
        let touched = match step {
            Step::Same { source, .. } | Step::Form { source, .. } | Step::Replaced { source, .. } => {
                *source..*source + 1
            }
            Step::Missing { source } => *source..*source + 1,
            Step::Placeholder { source, .. } => source.clone(),
            Step::Added { .. } => 0..0,
        };
        if !touched.is_empty() {
            let start = reached.as_ref().map_or(touched.start, |reached| reached.start);
            reached = Some(start..touched.end);
        }
    }
    comparer.end_block(&mut block);
    let source = reached.map_or(0..0, |reached| bytes_of(pair.source_tokens, reached, 0));
    let total = comparer.shared + comparer.cost;
    let similarity = if total > 0.0 { comparer.shared / total } else { 0.0 };
    Comparison {
        differences: comparer.differences,
        similarity,
        kept: comparer.kept,
        source,
        cut: is_cut(steps),
    }
}

fn is_same_text(left: &[Token], right: &[Token]) -> bool {
    !left.is_empty()
        && left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| left.text == right.text)
}

/// True if the steps are equal words but for one run of missing words, with at least [`FEWEST`] equal words on each side.
fn is_cut(steps: &[Step]) -> bool {
    let is_same = |step: &&Step| matches!(step, Step::Same { .. });
    let is_missing = |step: &Step| matches!(step, Step::Missing { .. });
    let before = steps.iter().take_while(is_same).count();
    let after = steps.iter().rev().take_while(is_same).count();
    let between = steps.get(before..steps.len().saturating_sub(after)).unwrap_or_default();
    before.min(after) >= FEWEST && !between.is_empty() && between.iter().all(is_missing)
}

/// The bytes of a range of tokens; for an empty range, the empty range before token `at`.
fn bytes_of(tokens: &[Token], range: Range<usize>, at: usize) -> Range<usize> {
    match (tokens.get(range.start), range.end.checked_sub(1).and_then(|last| tokens.get(last))) {
        (Some(first), Some(last)) if range.start < range.end => first.bytes.start..last.bytes.end,
        _ => {
            let start = tokens.get(at).or(tokens.last()).map_or(0, |token| token.bytes.start);
            start..start
        }
    }
}

/// Walks an alignment and collects differences and weights.
struct Comparer<'a, 'f, K> {
    pair: Pair<'a>,
    differences: Vec<Difference>,
    shared: f64,
    cost: f64,
    kept: usize,
    forms: &'f mut Forms,
    words_info: &'f mut K,
    /// The last pair of equal tokens, as (quoted, source); `None` after a difference.
    last: Option<(usize, usize)>,
    /// The number of tokens consumed of each side, as (quoted, source).
    consumed: (usize, usize),
}

impl<K: WordInfo> Comparer<'_, '_, K> {
    /// Adds a pair of equal tokens, and the differences in their letters and in the gap before them.
    fn same(&mut self, quoted: usize, source: usize) {
        let (left, right) = (&self.pair.quoted_tokens[quoted], &self.pair.source_tokens[source]);
        self.shared += f64::from(self.words_info.weight(left));
        self.kept += 1;
        if let Some(last) = self.last
            && last == (quoted.wrapping_sub(1), source.wrapping_sub(1))
        {
            self.gap(last, (quoted, source));
        }
        self.last = Some((quoted, source));
        self.consumed = (quoted + 1, source + 1);
        let (from, to) = (&self.pair.source[right.bytes.clone()], &self.pair.quoted[left.bytes.clone()]);
        let Some(kind) = surface_kind(left, to, from, quoted == 0) else { return };
        // A contraction is two tokens over the same bytes: report it once.
        let again = self.differences.last().is_some_and(|last| {
            last.kind == kind && (last.quoted == left.bytes || last.source == right.bytes)
        });
        if again && let Some(last) = self.differences.last_mut() {
            last.quoted = last.quoted.start..left.bytes.end.max(last.quoted.end);
            last.source = last.source.start..right.bytes.end.max(last.source.end);
        } else {
            self.push(kind, left.bytes.clone(), right.bytes.clone());
        }
    }

    /// Compares the text between two neighbouring pairs of equal tokens.
    fn gap(&mut self, before: (usize, usize), after: (usize, usize)) {
        let between = |tokens: &[Token], before: usize, after: usize| {
            let (start, end) = (tokens[before].bytes.end, tokens[after].bytes.start);
            start..end.max(start)
        };
        let left = between(self.pair.quoted_tokens, before.0, after.0);
        let right = between(self.pair.source_tokens, before.1, after.1);
        let (to, from) = (&self.pair.quoted[left.clone()], &self.pair.source[right.clone()]);
        if to != from {
            self.push(gap_kind(to, from), left, right);
        }
    }

    /// The source tokens that a bracket stands for: those beside it that are its own words, where the alignment has none. A
    /// bracket at either end of a quotation costs less without.
    fn own_words(&self, token: &Token, source: Range<usize>) -> Range<usize> {
        if token.kind != TokenKind::Bracket || !source.is_empty() {
            return source;
        }
        let inside = source_tokens(&token.text);
        let at = source.start;
        let sides = [at.saturating_sub(inside.len())..at, at..at + inside.len()];
        let is_own = |side: &Range<usize>| {
            let words = self.pair.source_tokens.get(side.clone());
            words.is_some_and(|words| is_same_text(&inside, words))
        };
        sides.into_iter().find(is_own).unwrap_or(source)
    }

    /// Adds an ellipsis or a bracket with the source tokens that it replaces.
    fn placeholder(&mut self, quoted: usize, source: Range<usize>) {
        let token = &self.pair.quoted_tokens[quoted];
        let source = self.own_words(token, source);
        let cut = &self.pair.source_tokens[source.clone()];
        let bytes = bytes_of(self.pair.source_tokens, source.clone(), source.start);
        self.cost += PLACEHOLDER_COST;
        self.last = None;
        self.consumed = (quoted + 1, source.end);
        let kind = if token.kind == TokenKind::Bracket {
            // An insertion may still change a number or a negation: that outweighs its being declared.
            let inside = source_tokens(&token.text);
            if is_same_text(&inside, cut) {
                // `[A] child was seen`, of `A child was seen`: nothing but the brackets is added.
                self.cost -= PLACEHOLDER_COST;
                let quoted = token.bytes.clone();
                self.push(EditKind::Punctuation, quoted, bytes);
                return;
            }
            let (there, here) = (numbers(&refs(&inside)), numbers(&refs(cut)));
            let other = there != here && !there.is_empty() && !here.is_empty();
            let kind = if other { EditKind::Number } else { EditKind::Bracket };
            negation_kind(&refs(&inside), &refs(cut)).unwrap_or(kind)
        } else if drops_negation(cut) {
            EditKind::NegationLost
        } else {
            EditKind::Ellipsis
        };
        let quoted = token.bytes.clone();
        self.push(kind, quoted, bytes);
    }

    /// Ends a block of differing tokens, given as their indexes on each side: names its edits and adds its cost.
    fn end_block(&mut self, block: &mut (Vec<usize>, Vec<usize>)) {
        let (left, right) = std::mem::take(block);
        if left.is_empty() && right.is_empty() {
            return;
        }
        self.last = None;
        let quoted: Vec<&Token> = left.iter().map(|&at| &self.pair.quoted_tokens[at]).collect();
        let source: Vec<&Token> = right.iter().map(|&at| &self.pair.source_tokens[at]).collect();
        let joined = |tokens: &[&Token]| tokens.iter().map(|token| token.text.as_str()).collect::<String>();
        // A negation replaced by another keeps the sense: as many as both sides have cost nothing.
        let count_negations =
            |tokens: &[&Token]| tokens.iter().filter(|token| token.kind == TokenKind::Negation).count();
        let kept_negations = count_negations(&quoted).min(count_negations(&source));
        let weight_of = |words_info: &mut K, tokens: &[&Token]| -> f64 {
            let mut skip = kept_negations;
            let counts = tokens.iter().filter(|token| {
                let skipped = token.kind == TokenKind::Negation && skip > 0;
                skip -= usize::from(skipped);
                !skipped
            });
            counts.map(|token| f64::from(words_info.weight(token))).sum()
        };
        let (here, there) = (weight_of(self.words_info, &quoted), weight_of(self.words_info, &source));
        // Words written together or apart (`out of date`, `outofdate`). Plain words only: `1921` for `19–21` changes a
        // number, and `notable` for `not able` the sense.
        let plain = |token: &&Token| token.kind == TokenKind::Word;
        let apart = !left.is_empty() && !right.is_empty() && quoted.iter().chain(&source).all(plain);
        if apart && joined(&quoted) == joined(&source) {
            self.shared += here;
            self.kept += left.len();
            self.block(EditKind::Dash, &left, &right);
            return;
        }
        let pairs = left.len() == right.len();
        let form = |forms: &mut Forms, words_info: &mut K, quoted: &Token, source: &Token| {
            let unknown = words_info.unknown(quoted);
            forms.form(quoted, unknown, source)
        };
        let all_forms = pairs
            && quoted
                .iter()
                .zip(&source)
                .all(|(quoted, source)| form(self.forms, self.words_info, quoted, source).is_some());
        if all_forms {
            self.shared += here * FORM_SHARE;
            self.cost += here * (1.0 - FORM_SHARE);
        } else {
            let size = here.max(there);
            // A pure omission has a capped cost: nothing is ascribed to the source that it does not say.
            let beyond = if left.is_empty() { 0.0 } else { LONG_CHANGE_RATE };
            self.cost += size.min(LONG_CHANGE) + (size - LONG_CHANGE).max(0.0) * beyond;
        }
        // A sentence left out whole takes its negations and numbers with it: the words that stay keep their sense.
        let opens = |at: usize| self.pair.source_tokens.get(at).is_none_or(|token| token.opens_sentence);
        let (first, last) = (right.first().copied(), right.last().copied());
        let sentences =
            left.is_empty() && first.is_some_and(opens) && last.is_some_and(|last| opens(last + 1));
        if let Some(kind) = self.grave_kind(&quoted, &source).filter(|_| !sentences) {
            self.block(kind, &left, &right);
            return;
        }
        if !pairs {
            let kind = match (left.is_empty(), right.is_empty()) {
                (true, _) => EditKind::Missing,
                (_, true) => EditKind::Added,
                _ => EditKind::Changed,
            };
            self.block(kind, &left, &right);
            return;
        }
        let kinds: Vec<EditKind> = quoted
            .iter()
            .zip(&source)
            .map(|(quoted, source)| {
                form(self.forms, self.words_info, quoted, source).unwrap_or(EditKind::Changed)
            })
            .collect();
        // One edit for each run of pairs of the same kind.
        let mut start = 0;
        for at in 0..kinds.len() {
            if kinds.get(at + 1) != Some(&kinds[at]) {
                self.block(kinds[at], &left[start..=at], &right[start..=at]);
                start = at + 1;
            }
        }
    }

    /// The kind of a block that changes a negation, a number or a name; `None` for any other block.
    fn grave_kind(&self, quoted: &[&Token], source: &[&Token]) -> Option<EditKind> {
        if let Some(kind) = negation_kind(quoted, source) {
            return Some(kind);
        }
        let (there, here) = (numbers(quoted), numbers(source));
        // A number left out with a whole clause was not changed.
        let whole_clause = there.is_empty() && source.len() > CLAUSE && quoted.is_empty();
        if there != here && !whole_clause {
            return Some(EditKind::Number);
        }
        let named = |token: &Token| token.capital || self.words_info.is_name(&token.text);
        let alone = |tokens: &[&Token], others: &[&Token]| {
            tokens.iter().any(|token| named(token) && others.iter().all(|other| other.text != token.text))
        };
        let small = quoted.len().max(source.len()) <= CLAUSE;
        let replaced = !quoted.is_empty() && !source.is_empty();
        let other = alone(quoted, source) || alone(source, quoted);
        (other && (small || replaced)).then_some(EditKind::Name)
    }

    /// Adds one edit over the tokens `left` of the quotation and `right` of the source.
    fn block(&mut self, kind: EditKind, left: &[usize], right: &[usize]) {
        let range = |tokens: &[Token], places: &[usize], at: usize| match (places.first(), places.last()) {
            (Some(&first), Some(&last)) => bytes_of(tokens, first..last + 1, first),
            _ => bytes_of(tokens, 0..0, at),
        };
        // A side without tokens gets an empty range where the walk has arrived.
        let (quoted_consumed, source_consumed) = self.consumed;
        let quoted = range(self.pair.quoted_tokens, left, quoted_consumed);
        let source = range(self.pair.source_tokens, right, source_consumed);
        self.push(kind, quoted, source);
        self.consumed = (
            left.last().map_or(quoted_consumed, |last| last + 1),
            right.last().map_or(source_consumed, |last| last + 1),
        );
    }

    fn push(&mut self, kind: EditKind, quoted: Range<usize>, source: Range<usize>) {
        self.differences.push(Difference { kind, quoted, source });
    }
}

fn refs(tokens: &[Token]) -> Vec<&Token> {
    tokens.iter().collect()
}
