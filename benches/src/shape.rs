//! The shape of a corpus: numbers that say whether one is like another, without a word of either.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use quotable::query::analyse::each_word;
use quotable::report::Report;

/// Gathers the shape of a corpus, report by report.
#[derive(Debug, Default)]
pub struct Shape {
    numbers: HashMap<String, u32>,
    /// For each word, how often it stands, and in how many paragraphs.
    words: Vec<(u32, u32)>,
    pairs: HashMap<(u32, u32), u32>,
    runs: HashMap<u64, u32>,
    copies: HashMap<u64, HashSet<u32>>,
    paragraphs: Vec<u32>,
    sentences: Vec<u32>,
    growth: Vec<(u64, usize)>,
    reports: u32,
    bytes: u64,
    tokens: u64,
    long_copies: Vec<u64>,
}

/// The number of words from which a paragraph that stands in five reports is boilerplate.
const LONG: usize = 12;
/// The number of words of a run of words.
const RUN: usize = 5;

impl Shape {
    /// Adds the paragraphs of a report that are searched unasked.
    pub fn add(&mut self, report: &Report) {
        self.reports += 1;
        for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()) {
            self.bytes += paragraph.text.len() as u64;
            self.sentences.extend(paragraph.sentences.iter().map(|sentence| {
                let mut count = 0;
                each_word(&paragraph.text[sentence.clone()], |_, _| count += 1);
                count
            }));
            self.add_text(&paragraph.text);
        }
    }

    fn add_text(&mut self, text: &str) {
        let mut numbers = Vec::new();
        each_word(text, |word, _| {
            let next = self.words.len() as u32;
            let number = match self.numbers.get(word) {
                Some(number) => *number,
                None => {
                    self.numbers.insert(word.to_owned(), next);
                    self.words.push((0, 0));
                    next
                }
            };
            self.words[number as usize].0 += 1;
            self.tokens += 1;
            if matches!(self.tokens, 10_000 | 100_000 | 1_000_000 | 10_000_000) {
                self.growth.push((self.tokens, self.words.len()));
            }
            numbers.push(number);
        });
        self.paragraphs.push(numbers.len() as u32);
        for pair in numbers.windows(2) {
            *self.pairs.entry((pair[0], pair[1])).or_default() += 1;
        }
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        for run in numbers.windows(RUN) {
            *self.runs.entry(hasher.hash_one(run)).or_default() += 1;
        }
        if numbers.len() >= LONG {
            let hash = hasher.hash_one(&numbers);
            self.copies.entry(hash).or_default().insert(self.reports);
            self.long_copies.push(hash);
        }
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            self.words[number as usize].1 += 1;
        }
    }

    /// The numbers, each with its name.
    pub fn rows(&self) -> Vec<(String, f64)> {
        let tokens = self.tokens as f64;
        let paragraphs = self.paragraphs.len() as f64;
        let mut rows = vec![
            ("reports".to_owned(), f64::from(self.reports)),
            ("paragraphs".to_owned(), paragraphs),
            ("words".to_owned(), tokens),
            ("bytes a word".to_owned(), self.bytes as f64 / tokens),
            ("paragraphs a report".to_owned(), paragraphs / f64::from(self.reports)),
        ];
        for (name, lengths) in [("paragraph", &self.paragraphs), ("sentence", &self.sentences)] {
            let mut sorted = lengths.clone();
            sorted.sort_unstable();
            for percent in [5, 10, 25, 40, 50, 60, 75, 90, 95, 99] {
                let at = sorted.len() * percent / 100;
                rows.push((
                    format!("words a {name}, {percent} %"),
                    sorted.get(at).copied().unwrap_or(0).into(),
                ));
            }
        }
        for (tokens, types) in &self.growth {
            rows.push((format!("distinct words among {tokens}"), *types as f64));
        }
        rows.push(("distinct words".to_owned(), self.words.len() as f64));
        let mut counts: Vec<u32> = self.words.iter().map(|(count, _)| *count).collect();
        shares(&mut rows, "words", &mut counts, tokens);
        for (name, range) in
            [("1", 1..=1), ("2 to 10", 2..=10), ("11 to 100", 11..=100), ("over 100", 101..=u32::MAX)]
        {
            let number = self.words.iter().filter(|(_, paragraphs)| range.contains(paragraphs)).count();
            rows.push((
                format!("% of distinct words in {name} paragraphs"),
                100.0 * number as f64 / self.words.len() as f64,
            ));
        }
        let often: Vec<f64> = self
            .words
            .iter()
            .filter(|(count, _)| (50..=1000).contains(count))
            .map(|(count, paragraphs)| f64::from(*count) / f64::from(*paragraphs))
            .collect();
        rows.push((
            "times a word of 50 to 1000 stands in a paragraph that has it".to_owned(),
            often.iter().sum::<f64>() / often.len().max(1) as f64,
        ));
        let mut pairs: Vec<u32> = self.pairs.values().copied().collect();
        rows.push(("distinct pairs".to_owned(), pairs.len() as f64));
        shares(&mut rows, "pairs", &mut pairs, tokens - paragraphs);
        let runs: u64 = self.runs.values().map(|count| u64::from(*count)).sum();
        let again: u64 = self.runs.values().filter(|count| **count > 1).map(|count| u64::from(*count)).sum();
        rows.push((
            format!("% of runs of {RUN} words that stand more than once"),
            100.0 * again as f64 / runs as f64,
        ));
        let copied = |hash: &&u64| self.copies.get(hash).is_some_and(|reports| reports.len() >= 5);
        let copied = self.long_copies.iter().filter(copied).count();
        rows.push(("% of paragraphs that are boilerplate".to_owned(), 100.0 * copied as f64 / paragraphs));
        rows
    }

    /// The share of the text that words up to a rank make up, at some ranks: what a generator needs to draw words.
    pub fn ranks(&self) -> Vec<(usize, f64)> {
        let mut counts: Vec<u32> = self.words.iter().map(|(count, _)| *count).collect();
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let mut rows = Vec::new();
        let (mut sum, mut next) = (0_u64, 1_usize);
        for (rank, count) in (1..).zip(counts) {
            sum += u64::from(count);
            if rank == next {
                rows.push((rank, sum as f64 / self.tokens as f64));
                next = (next + 1).max(next * 7 / 5);
            }
        }
        rows
    }
}

/// Which share of the whole the most frequent make up.
fn shares(rows: &mut Vec<(String, f64)>, name: &str, counts: &mut [u32], whole: f64) {
    counts.sort_unstable_by(|one, other| other.cmp(one));
    for first in [1, 10, 100, 1_000, 10_000, 100_000] {
        if first <= counts.len() {
            let sum: u64 = counts[..first].iter().map(|count| u64::from(*count)).sum();
            rows.push((format!("% of text in the {first} most frequent {name}"), 100.0 * sum as f64 / whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use quotable::report::Paragraph;

    use super::*;

    #[test]
    fn words_pairs_and_runs_are_counted() {
        let mut shape = Shape::default();
        let mut report = Report::new("a.txt");
        report.paragraphs = vec![Paragraph::new("The lamp and the lamp."), Paragraph::new("The lamp.")];
        shape.add(&report);
        let rows: HashMap<String, f64> = shape.rows().into_iter().collect();
        assert_eq!(rows["words"], 7.0);
        assert_eq!(rows["distinct words"], 3.0);
        // `the lamp` three times of five pairs.
        assert_eq!(rows["% of text in the 1 most frequent pairs"], 60.0);
        assert_eq!(shape.ranks().last(), Some(&(3, 1.0)));
    }
}
