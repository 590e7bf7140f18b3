//! What an alignment says: the edits, and how similar the two are.

use std::ops::Range;

use crate::align::Step;
use crate::edit::EditKind;
use crate::likeness::{Forms, negates};
use crate::token::{Token, TokenKind};
use crate::verdict::FEWEST;

/// Two texts and their words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) quoted: &'a str,
    pub(super) quoted_tokens: &'a [Token],
    pub(super) source: &'a str,
    pub(super) source_tokens: &'a [Token],
}

/// An edit by its byte ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: EditKind,
    pub(super) quoted: Range<usize>,
    pub(super) source: Range<usize>,
}

/// What an alignment says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    /// In the order of the quotation.
    pub(super) differences: Vec<Difference>,
    /// From 0 to 1.
    pub(super) similarity: f64,
    /// How many words of the quotation stand in the source as they are.
    pub(super) kept: usize,
    /// The stretch of the source, in bytes.
    pub(super) source: Range<usize>,
    /// True if all that was done is one cut: every word stands there in order, so many at least on either side of it.
    pub(super) cut: bool,
}

/// What is known of words beyond their letters.
pub(super) trait Knowledge {
    /// What it is worth to find the word: see [`WORTH`](crate::align::WORTH).
    fn worth(&mut self, token: &Token) -> i32;
    /// True if the corpus does not know the word.
    fn foreign(&mut self, token: &Token) -> bool;
    /// True if the word is, or is part of, an authority's name.
    fn is_name(&self, word: &str) -> bool;
}

/// A change costs in full up to so much, and a third beyond: one long change is less than many short ones.
const LONG_CHANGE: f64 = 150.0;
const BEYOND: f64 = 0.35;
/// What a form of the same word keeps of its worth.
const FORM: f64 = 0.7;
/// What an ellipsis or a bracket costs.
const DECLARED: f64 = 10.0;
/// A number that was cut with more words than this is no changed number.
const CLAUSE: usize = 4;

pub(super) fn compare(
    pair: Pair<'_>,
    steps: &[Step],
    forms: &mut Forms,
    knowledge: &mut impl Knowledge,
) -> Comparison {
    let mut maker = Maker {
        pair,
        differences: Vec::new(),
        gained: 0.0,
        lost: 0.0,
        kept: 0,
        forms,
        knowledge,
        last: None,
        done: (0, 0),
    };
    let mut block: (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut reached: Option<Range<usize>> = None;
    for step in steps {
        match step {
            Step::Same { quoted, source } => {
                maker.close(&mut block);
                maker.same(*quoted, *source);
            }
            Step::Like { quoted, source } | Step::Other { quoted, source } => {
                block.0.push(*quoted);
                block.1.push(*source);
            }
            Step::Added { quoted } => block.0.push(*quoted),
            Step::Missing { source } => block.1.push(*source),
            Step::Stands { quoted, source } => {
                maker.close(&mut block);
                maker.declared(*quoted, source.clone());
            }
        }
        let touched = match step {
            Step::Same { source, .. } | Step::Like { source, .. } | Step::Other { source, .. } => {
                *source..*source + 1
            }
            Step::Missing { source } => *source..*source + 1,
            Step::Stands { source, .. } => source.clone(),
            Step::Added { .. } => 0..0,
        };
        if !touched.is_empty() {
            let start = reached.as_ref().map_or(touched.start, |reached| reached.start);
            reached = Some(start..touched.end);
        }
    }
    maker.close(&mut block);
    let source = reached.map_or(0..0, |reached| bytes_of(pair.source_tokens, reached, 0));
    let total = maker.gained + maker.lost;
    let similarity = if total > 0.0 { maker.gained / total } else { 0.0 };
    Comparison { differences: maker.differences, similarity, kept: maker.kept, source, cut: is_cut(steps) }
}

/// True if the steps leave out words in one place and nothing else, with so many words as make a quotation on either side.
fn is_cut(steps: &[Step]) -> bool {
    let is_same = |step: &&Step| matches!(step, Step::Same { .. });
    let is_missing = |step: &Step| matches!(step, Step::Missing { .. });
    let before = steps.iter().take_while(is_same).count();
    let after = steps.iter().rev().take_while(is_same).count();
    let between = steps.get(before..steps.len().saturating_sub(after)).unwrap_or_default();
    before.min(after) >= FEWEST && !between.is_empty() && between.iter().all(is_missing)
}

/// The bytes of a range of tokens; an empty range stands before the token `at`.
fn bytes_of(tokens: &[Token], range: Range<usize>, at: usize) -> Range<usize> {
    match (tokens.get(range.start), range.end.checked_sub(1).and_then(|last| tokens.get(last))) {
        (Some(first), Some(last)) if range.start < range.end => first.bytes.start..last.bytes.end,
        _ => {
            let start = tokens.get(at).or(tokens.last()).map_or(0, |token| token.bytes.start);
            start..start
        }
    }
}

struct Maker<'a, 'f, K> {
    pair: Pair<'a>,
    differences: Vec<Difference>,
    gained: f64,
    lost: f64,
    kept: usize,
    forms: &'f mut Forms,
    knowledge: &'f mut K,
    /// The last words that are the same, if nothing stood between.
    last: Option<(usize, usize)>,
    /// How far the words of both have been dealt with.
    done: (usize, usize),
}

impl<K: Knowledge> Maker<'_, '_, K> {
    fn same(&mut self, quoted: usize, source: usize) {
        let (left, right) = (&self.pair.quoted_tokens[quoted], &self.pair.source_tokens[source]);
        self.gained += f64::from(self.knowledge.worth(left));
        self.kept += 1;
        if let Some(last) = self.last
            && last == (quoted.wrapping_sub(1), source.wrapping_sub(1))
        {
            self.gap(last, (quoted, source));
        }
        self.last = Some((quoted, source));
        self.done = (quoted + 1, source + 1);
        let (from, to) = (&self.pair.source[right.bytes.clone()], &self.pair.quoted[left.bytes.clone()]);
        let Some(kind) = surface(left, to, from, quoted == 0) else { return };
        // Two words of one contraction are one edit.
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

    /// Compares what stands between two words that are the same.
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

    /// An ellipsis or a bracket.
    fn declared(&mut self, quoted: usize, source: Range<usize>) {
        let token = &self.pair.quoted_tokens[quoted];
        let cut = &self.pair.source_tokens[source.clone()];
        let bytes = bytes_of(self.pair.source_tokens, source.clone(), source.start);
        self.lost += DECLARED;
        self.last = None;
        self.done = (quoted + 1, source.end);
        let kind = if token.kind == TokenKind::Bracket {
            let inside = crate::token::source_tokens(&token.text);
            let (there, here) = (numbers(&refs(&inside)), numbers(&refs(cut)));
            let other = there != here && !there.is_empty() && !here.is_empty();
            let kind = if other { EditKind::Number } else { EditKind::Bracket };
            negation(&refs(&inside), &refs(cut)).unwrap_or(kind)
        } else if denies_the_rest(cut) {
            EditKind::NegationLost
        } else {
            EditKind::Ellipsis
        };
        let quoted = token.bytes.clone();
        self.push(kind, quoted, bytes);
    }

    /// Ends a run of words that differ.
    fn close(&mut self, block: &mut (Vec<usize>, Vec<usize>)) {
        let (left, right) = std::mem::take(block);
        if left.is_empty() && right.is_empty() {
            return;
        }
        self.last = None;
        let quoted: Vec<&Token> = left.iter().map(|&at| &self.pair.quoted_tokens[at]).collect();
        let source: Vec<&Token> = right.iter().map(|&at| &self.pair.source_tokens[at]).collect();
        let joined = |tokens: &[&Token]| tokens.iter().map(|token| token.text.as_str()).collect::<String>();
        // One negation for another leaves the sense.
        let denials =
            |tokens: &[&Token]| tokens.iter().filter(|token| token.kind == TokenKind::Negation).count();
        let kept_denials = denials(&quoted).min(denials(&source));
        let worth_of = |knowledge: &mut K, tokens: &[&Token]| -> f64 {
            let mut skip = kept_denials;
            let counts = tokens.iter().filter(|token| {
                let skipped = token.kind == TokenKind::Negation && skip > 0;
                skip -= usize::from(skipped);
                !skipped
            });
            counts.map(|token| f64::from(knowledge.worth(token))).sum()
        };
        let (here, there) = (worth_of(self.knowledge, &quoted), worth_of(self.knowledge, &source));
        // Letters alone: `1921` for `19–21` is another number, and `notable` for `not able` another sense.
        let plain = |token: &&Token| token.kind == TokenKind::Word;
        let apart = !left.is_empty() && !right.is_empty() && quoted.iter().chain(&source).all(plain);
        if apart && joined(&quoted) == joined(&source) {
            self.gained += here;
            self.kept += left.len();
            self.block(EditKind::Dash, &left, &right);
            return;
        }
        let pairs = left.len() == right.len();
        let form = |forms: &mut Forms, knowledge: &mut K, quoted: &Token, source: &Token| {
            let foreign = knowledge.foreign(quoted);
            forms.form(quoted, foreign, source)
        };
        let all_forms = pairs
            && quoted
                .iter()
                .zip(&source)
                .all(|(quoted, source)| form(self.forms, self.knowledge, quoted, source).is_some());
        if all_forms {
            self.gained += here * FORM;
            self.lost += here * (1.0 - FORM);
        } else {
            let size = here.max(there);
            // What was cut costs no more for being long: nothing was put into the source's mouth.
            let beyond = if left.is_empty() { 0.0 } else { BEYOND };
            self.lost += size.min(LONG_CHANGE) + (size - LONG_CHANGE).max(0.0) * beyond;
        }
        if let Some(kind) = self.grave(&quoted, &source) {
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
                form(self.forms, self.knowledge, quoted, source).unwrap_or(EditKind::Changed)
            })
            .collect();
        let mut start = 0;
        for at in 0..kinds.len() {
            if kinds.get(at + 1) != Some(&kinds[at]) {
                self.block(kinds[at], &left[start..=at], &right[start..=at]);
                start = at + 1;
            }
        }
    }

    /// Whether a change turns the sense round.
    fn grave(&self, quoted: &[&Token], source: &[&Token]) -> Option<EditKind> {
        if let Some(kind) = negation(quoted, source) {
            return Some(kind);
        }
        let (there, here) = (numbers(quoted), numbers(source));
        let whole_clause = there.is_empty() && source.len() > CLAUSE && quoted.is_empty();
        if there != here && !whole_clause {
            return Some(EditKind::Number);
        }
        let named = |token: &Token| token.capital || self.knowledge.is_name(&token.text);
        let alone = |tokens: &[&Token], others: &[&Token]| {
            tokens.iter().any(|token| named(token) && others.iter().all(|other| other.text != token.text))
        };
        let small = quoted.len().max(source.len()) <= CLAUSE;
        let replaced = !quoted.is_empty() && !source.is_empty();
        let other = alone(quoted, source) || alone(source, quoted);
        (other && (small || replaced)).then_some(EditKind::Name)
    }

    fn block(&mut self, kind: EditKind, left: &[usize], right: &[usize]) {
        let range = |tokens: &[Token], places: &[usize], at: usize| match (places.first(), places.last()) {
            (Some(&first), Some(&last)) => bytes_of(tokens, first..last + 1, first),
            _ => bytes_of(tokens, 0..0, at),
        };
        // Where one side has nothing, the other says where.
        let (done_left, done_right) = self.done;
        let quoted = range(self.pair.quoted_tokens, left, done_left);
        let source = range(self.pair.source_tokens, right, done_right);
        self.push(kind, quoted, source);
        self.done = (
            left.last().map_or(done_left, |last| last + 1),
            right.last().map_or(done_right, |last| last + 1),
        );
    }

    fn push(&mut self, kind: EditKind, quoted: Range<usize>, source: Range<usize>) {
        self.differences.push(Difference { kind, quoted, source });
    }
}

fn refs(tokens: &[Token]) -> Vec<&Token> {
    tokens.iter().collect()
}

fn numbers(tokens: &[&Token]) -> Vec<String> {
    let mut numbers: Vec<String> = tokens
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Number | TokenKind::Sign))
        .map(|token| token.text.clone())
        .collect();
    numbers.sort();
    numbers
}

/// True if what an ellipsis leaves out denies what it leaves: a negation at either end of the cut that opens no sentence
/// of its own, or anywhere in a cut too short to be a clause.
fn denies_the_rest(cut: &[Token]) -> bool {
    let denies = |token: &Token| token.kind == TokenKind::Negation && !token.begins;
    let ends = cut.first().is_some_and(denies) || cut.last().is_some_and(denies);
    ends || (cut.len() <= CLAUSE && cut.iter().any(denies))
}

/// Whether one side denies more often than the other.
fn negation(quoted: &[&Token], source: &[&Token]) -> Option<EditKind> {
    let count = |tokens: &[&Token]| tokens.iter().filter(|token| token.kind == TokenKind::Negation).count();
    let (mut there, mut here) = (count(quoted), count(source));
    const MOST: usize = 12;
    for left in quoted.iter().take(MOST) {
        for right in source.iter().take(MOST) {
            there += usize::from(negates(&left.text, &right.text));
            here += usize::from(negates(&right.text, &left.text));
        }
    }
    match there.cmp(&here) {
        std::cmp::Ordering::Less => Some(EditKind::NegationLost),
        std::cmp::Ordering::Greater => Some(EditKind::NegationGained),
        std::cmp::Ordering::Equal => None,
    }
}

/// How two words differ that are compared as one.
fn surface(token: &Token, quoted: &str, source: &str, first: bool) -> Option<EditKind> {
    if quoted == source {
        return None;
    }
    if quotable_query::analyse::fold(quoted) != quotable_query::analyse::fold(source) {
        let number = matches!(token.kind, TokenKind::Number | TokenKind::Sign);
        return Some(if number { EditKind::NumberForm } else { EditKind::Contraction });
    }
    let straight = |text: &str| text.replace(['’', '‘', 'ʼ', '`', '´', '′'], "'");
    let (quoted, source) = (straight(quoted), straight(source));
    if quoted == source {
        return Some(EditKind::Marks);
    }
    if quoted.to_lowercase() != source.to_lowercase() {
        return Some(EditKind::Letters);
    }
    let rest = |text: &str| text.chars().skip(1).collect::<String>();
    let at_start = first && rest(&quoted) == rest(&source);
    Some(if at_start { EditKind::CaseAtStart } else { EditKind::Case })
}

/// How two stretches without words differ.
fn gap_kind(quoted: &str, source: &str) -> EditKind {
    let only = |drop: fn(char) -> bool| {
        let kept = |text: &str| text.chars().filter(|&letter| !drop(letter)).collect::<String>();
        kept(quoted) == kept(source)
    };
    if only(|letter| letter.is_whitespace() || matches!(letter, '\u{AD}' | '\u{200B}' | '\u{FEFF}')) {
        EditKind::Spacing
    } else if only(|letter| {
        letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '‘'..='‟' | '«' | '»')
    }) {
        EditKind::Marks
    } else if only(|letter| letter.is_whitespace() || matches!(letter, '-' | '‐'..='―' | '−')) {
        EditKind::Dash
    } else {
        EditKind::Punctuation
    }
}
