//! Labels: the themes of a text, with evidence.

use std::collections::HashMap;
use std::ops::Range;

use quotable_query::matcher::{Condition, Positions};
use quotable_query::{Leaf, Matcher, QueryError, Text};
use quotable_report::{Profiles, Role};
use serde::{Deserialize, Serialize};

use crate::code::{Code, CodeKind};

/// A theme of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// The name of the topic.
    pub theme: String,
    /// The evidence for the label, the heading first; never empty.
    pub evidence: Vec<Evidence>,
}

/// Evidence for a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Evidence {
    /// The paragraph is in a section of the theme.
    Section {
        /// The heading as printed.
        heading: String,
    },
    /// The words match the query of the topic.
    Words {
        /// The occurrences: byte ranges of the text, sorted, without overlaps. Empty if the query matches by absent words
        /// alone.
        spans: Vec<Range<usize>>,
    },
}

/// A text to label, with what is known about its context.
#[derive(Debug, Clone, Default)]
pub struct Passage<'a> {
    text: &'a str,
    sentences: Option<&'a [Range<usize>]>,
    section: Option<(&'a str, &'a str)>,
    imprint: bool,
}

impl<'a> Passage<'a> {
    /// A text without context. Its sentences are detected when it is labelled.
    pub fn new(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Sets the sentences, as byte ranges of the text.
    #[must_use]
    pub fn sentences(mut self, sentences: &'a [Range<usize>]) -> Self {
        self.sentences = Some(sentences);
        self
    }

    /// Sets the role of the paragraph. The words of an [imprint](Role::Imprint) give no labels.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.imprint = role == Role::Imprint;
        self
    }

    /// Sets the theme of the section, with its heading.
    #[must_use]
    pub fn under(mut self, theme: &'a str, heading: &'a str) -> Self {
        self.section = Some((theme, heading));
        self
    }

    /// Sets the headings above the paragraph, outermost first, and the theme of the section. The innermost heading with this
    /// theme becomes the evidence.
    #[must_use]
    pub fn within(self, theme: Option<&'a str>, headings: &'a [String]) -> Self {
        let Some(theme) = theme else { return self };
        let names = |heading: &&String| Profiles::built_in().has_theme(heading, theme);
        let heading = headings.iter().rev().find(names).or_else(|| headings.last());
        self.under(theme, heading.map_or("", String::as_str))
    }
}

impl<'a> From<&'a str> for Passage<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

/// All topics of a book, compiled together.
///
/// Topics share many leaves (single words and word patterns). Each distinct leaf has a number, and labelling makes one pass
/// over the words of a text that finds the positions of all leaves: exact words by a hash map, patterns by their first
/// letter. Each topic's matcher is then evaluated on the positions of its own leaves.
#[derive(Debug, Default)]
pub(super) struct Labeller {
    topics: Vec<Topic>,
    leaves: Vec<Leaf>,
    /// Leaves that match one word, by that word.
    exact: HashMap<String, Vec<usize>>,
    /// Patterns with a literal prefix, by its first letter.
    patterns: HashMap<char, Vec<usize>>,
    /// Patterns without a literal prefix, tried on every word.
    open: Vec<usize>,
}

/// A compiled topic.
#[derive(Debug)]
struct Topic {
    name: String,
    sections: Vec<String>,
    matcher: Matcher,
    /// The number of each leaf of the matcher in the labeller.
    leaves: Vec<usize>,
    /// True if the topic matches a text without any of its leaves, as one of `NOT` does. Other topics are skipped quickly.
    holds_without: bool,
}

impl Labeller {
    /// Compiles a query, which validates it, and adds it if it is a topic.
    pub(super) fn add(&mut self, code: &Code) -> Result<(), QueryError> {
        let matcher = Matcher::new(&code.resolved)?;
        if code.kind == CodeKind::Topic {
            let leaves = matcher.leaves().iter().map(|leaf| self.number(leaf)).collect();
            let one_word = std::iter::once(0..1).collect();
            let empty =
                Positions { words: 1, sentences: one_word, leaves: vec![Vec::new(); matcher.leaves().len()] };
            let holds_without = matcher.evaluate(&empty, |_: Condition<'_>| false).is_hit;
            let (name, sections) = (code.name.clone(), code.sections.clone());
            self.topics.push(Topic { name, sections, matcher, leaves, holds_without });
        }
        Ok(())
    }

    /// The number of a leaf; new leaves are added.
    fn number(&mut self, leaf: &Leaf) -> usize {
        if let Some(known) = self.leaves.iter().position(|known| known.query() == leaf.query()) {
            return known;
        }
        self.leaves.push(leaf.clone());
        self.leaves.len() - 1
    }

    /// Builds the maps from words to leaves, after the last topic was added.
    pub(super) fn index_leaves(&mut self) {
        for (number, leaf) in self.leaves.iter().enumerate() {
            let place = match (leaf.exact(), leaf.literal_prefix().chars().next()) {
                (Some(word), _) => self.exact.entry(word.to_owned()).or_default(),
                (None, Some(first)) => self.patterns.entry(first).or_default(),
                (None, None) => &mut self.open,
            };
            place.push(number);
        }
    }

    /// The word positions of each leaf in the text.
    fn positions(&self, text: &Text) -> Vec<Vec<u32>> {
        let mut all = vec![Vec::new(); self.leaves.len()];
        let none = Vec::new();
        for (position, word) in (0..).zip(text.words()) {
            let exact = self.exact.get(word).unwrap_or(&none);
            let patterns = word.chars().next().and_then(|first| self.patterns.get(&first)).unwrap_or(&none);
            let matching = patterns.iter().chain(&self.open).filter(|&&leaf| self.leaves[leaf].matches(word));
            for &leaf in exact.iter().chain(matching) {
                all[leaf].push(position);
            }
        }
        all
    }

    /// The labels of a text, and its number of words.
    pub(super) fn label_and_count(&self, passage: &Passage<'_>) -> (Vec<Label>, u32) {
        let text = match passage.sentences {
            Some(sentences) => Text::with_sentences(passage.text, sentences),
            None => Text::with_sentences(passage.text, &quotable_report::sentences(passage.text)),
        };
        let found = self.positions(&text);
        let sentences = text.sentences();
        let mut labels = Vec::new();
        for topic in &self.topics {
            let mut evidence = Vec::new();
            if let Some((theme, heading)) = passage.section
                && topic.sections.iter().any(|section| section == theme)
            {
                evidence.push(Evidence::Section { heading: heading.to_owned() });
            }
            // Skip the evaluation for a topic with no leaf in the text, which most are.
            let may_match = topic.holds_without || topic.leaves.iter().any(|&leaf| !found[leaf].is_empty());
            if may_match && !passage.imprint {
                let leaves = topic.leaves.iter().map(|&leaf| found[leaf].clone()).collect();
                let positions = Positions { words: text.word_count(), sentences: sentences.clone(), leaves };
                // Topics have no filters: conditions do not occur.
                let outcome = topic.matcher.evaluate(&positions, |_: Condition<'_>| false);
                if outcome.is_hit {
                    let bytes = outcome.occurrences.iter().map(|interval| text.bytes(interval.positions()));
                    evidence.push(Evidence::Words { spans: merge_overlaps(bytes) });
                }
            }
            if !evidence.is_empty() {
                labels.push(Label { theme: topic.name.clone(), evidence });
            }
        }
        (labels, text.word_count())
    }
}

/// Merges overlapping ranges; `ranges` are sorted by start.
fn merge_overlaps(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}
