//! What a paragraph is about, and what says so.

use std::collections::HashMap;
use std::ops::Range;

use quotable_query::matcher::{Condition, Positions};
use quotable_query::{Leaf, Matcher, QueryError, Text};
use quotable_report::Role;
use serde::{Deserialize, Serialize};

use crate::code::{Code, CodeKind};

/// A theme of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// The name of the topic.
    pub theme: String,
    /// What gave the label: never empty, the heading first.
    pub evidence: Vec<Evidence>,
}

/// What gave a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Evidence {
    /// The paragraph stands under a heading of the theme.
    Section {
        /// The heading as printed.
        heading: String,
    },
    /// The words match the topic's query.
    Words {
        /// The occurrences: byte ranges of the text, in order and apart. Empty where the query asks only for what
        /// must not be there.
        spans: Vec<Range<usize>>,
    },
}

/// A text to be labelled.
#[derive(Debug, Clone, Default)]
pub struct Passage<'a> {
    text: &'a str,
    sentences: Option<&'a [Range<usize>]>,
    section: Option<(&'a str, &'a str)>,
    imprint: bool,
}

impl<'a> Passage<'a> {
    /// A text by itself, whose sentences are found when it is labelled.
    pub fn new(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Gives the sentences, byte ranges of the text.
    #[must_use]
    pub fn sentences(mut self, sentences: &'a [Range<usize>]) -> Self {
        self.sentences = Some(sentences);
        self
    }

    /// Says what the paragraph is: an [imprint](Role::Imprint) is about no theme, whatever its words.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.imprint = role == Role::Imprint;
        self
    }

    /// Says that it stands under a heading of a theme.
    #[must_use]
    pub fn under(mut self, theme: &'a str, heading: &'a str) -> Self {
        self.section = Some((theme, heading));
        self
    }

    /// Says which headings it stands under, outermost first, and the theme that they give. The heading of the theme
    /// is the innermost that has it.
    #[must_use]
    pub fn within(self, theme: Option<&'a str>, headings: &'a [String]) -> Self {
        let Some(theme) = theme else { return self };
        let names = |heading: &&String| quotable_report::theme::of_heading(heading) == Some(theme);
        let heading = headings.iter().rev().find(names).or_else(|| headings.last());
        self.under(theme, heading.map_or("", String::as_str))
    }
}

impl<'a> From<&'a str> for Passage<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

/// The topics compiled together: each distinct leaf is looked for once, however many topics hold it.
#[derive(Debug, Default)]
pub(super) struct Labeller {
    topics: Vec<Topic>,
    leaves: Vec<Leaf>,
    /// Leaves of one word, by it.
    exact: HashMap<String, Vec<usize>>,
    /// The others, by the first letter of what they match.
    patterns: HashMap<char, Vec<usize>>,
    /// Those that may begin with any letter.
    open: Vec<usize>,
}

#[derive(Debug)]
struct Topic {
    name: String,
    sections: Vec<String>,
    matcher: Matcher,
    /// For each leaf of the matcher, its number here.
    leaves: Vec<usize>,
    /// True if it holds of a text in which none of its leaves stands.
    holds_without: bool,
}

impl Labeller {
    /// Compiles the query; keeps it if it is a topic.
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

    fn number(&mut self, leaf: &Leaf) -> usize {
        if let Some(known) = self.leaves.iter().position(|known| known.query() == leaf.query()) {
            return known;
        }
        self.leaves.push(leaf.clone());
        self.leaves.len() - 1
    }

    /// Sorts the leaves, once all topics are there.
    pub(super) fn ready(&mut self) {
        for (number, leaf) in self.leaves.iter().enumerate() {
            let place = match (leaf.exact(), leaf.literal_prefix().chars().next()) {
                (Some(word), _) => self.exact.entry(word.to_owned()).or_default(),
                (None, Some(first)) => self.patterns.entry(first).or_default(),
                (None, None) => &mut self.open,
            };
            place.push(number);
        }
    }

    /// Where each leaf stands in the text.
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

    /// The labels, and how many words the text holds.
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
            // Most topics have no word in most texts.
            let may = topic.holds_without || topic.leaves.iter().any(|&leaf| !found[leaf].is_empty());
            if may && !passage.imprint {
                let leaves = topic.leaves.iter().map(|&leaf| found[leaf].clone()).collect();
                let positions = Positions { words: text.word_count(), sentences: sentences.clone(), leaves };
                // Topics ask nothing but words: there are no conditions to decide.
                let outcome = topic.matcher.evaluate(&positions, |_: Condition<'_>| false);
                if outcome.is_hit {
                    let bytes = outcome.occurrences.iter().map(|interval| text.bytes(interval.positions()));
                    evidence.push(Evidence::Words { spans: apart(bytes) });
                }
            }
            if !evidence.is_empty() {
                labels.push(Label { theme: topic.name.clone(), evidence });
            }
        }
        (labels, text.word_count())
    }
}

/// Joins ranges that overlap; they come by start.
fn apart(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}
