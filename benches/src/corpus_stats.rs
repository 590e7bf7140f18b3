//! Statistics of a corpus that tell whether another corpus resembles it, without showing any of its text.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use quotable::query::analyse::each_word;
use quotable::report::Report;

/// Collects statistics, report by report.
#[derive(Debug, Default)]
pub struct CorpusStats {
    /// The number of each distinct word, by first occurrence.
    numbers: HashMap<String, u32>,
    /// Of each word, its occurrences and the paragraphs that have it.
    words: Vec<(u32, u32)>,
    /// Occurrences of each pair of adjacent words.
    pairs: HashMap<(u32, u32), u32>,
    /// Occurrences of each sequence of [`NGRAM`] words, by hash.
    ngrams: HashMap<u64, u32>,
    /// The reports that have each long paragraph, by hash of the paragraph.
    holders: HashMap<u64, HashSet<u32>>,
    /// The hash of every long paragraph.
    long_paragraphs: Vec<u64>,
    /// Lengths of paragraphs in words.
    paragraphs: Vec<u32>,
    /// Lengths of sentences in words.
    sentences: Vec<u32>,
    /// Distinct words after so many tokens.
    growth: Vec<(u64, usize)>,
    reports: u32,
    bytes: u64,
    tokens: u64,
}

/// A paragraph of at least this many words counts as boilerplate if [`BOILERPLATE_REPORTS`] reports have it.
const BOILERPLATE_WORDS: usize = 12;
const BOILERPLATE_REPORTS: usize = 5;
/// Length of the word sequences whose repetition is counted.
const NGRAM: usize = 5;

impl CorpusStats {
    /// Adds the body paragraphs of a report.
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
        for ngram in numbers.windows(NGRAM) {
            *self.ngrams.entry(hasher.hash_one(ngram)).or_default() += 1;
        }
        if numbers.len() >= BOILERPLATE_WORDS {
            let hash = hasher.hash_one(&numbers);
            self.holders.entry(hash).or_default().insert(self.reports);
            self.long_paragraphs.push(hash);
        }
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            self.words[number as usize].1 += 1;
        }
    }

    /// The statistics, each with its name.
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
        for (name, paragraphs) in
            [("1", 1..=1), ("2 to 10", 2..=10), ("11 to 100", 11..=100), ("over 100", 101..=u32::MAX)]
        {
            let number = self.words.iter().filter(|(_, of_word)| paragraphs.contains(of_word)).count();
            rows.push((
                format!("% of distinct words in {name} paragraphs"),
                100.0 * number as f64 / self.words.len() as f64,
            ));
        }
        let repetitions: Vec<f64> = self
            .words
            .iter()
            .filter(|(count, _)| (50..=1000).contains(count))
            .map(|(count, paragraphs)| f64::from(*count) / f64::from(*paragraphs))
            .collect();
        rows.push((
            "occurrences a paragraph of a word with 50 to 1000 occurrences".to_owned(),
            repetitions.iter().sum::<f64>() / repetitions.len().max(1) as f64,
        ));
        let mut pairs: Vec<u32> = self.pairs.values().copied().collect();
        rows.push(("distinct pairs".to_owned(), pairs.len() as f64));
        shares(&mut rows, "pairs", &mut pairs, tokens - paragraphs);
        let ngrams: u64 = self.ngrams.values().map(|count| u64::from(*count)).sum();
        let repeated: u64 =
            self.ngrams.values().filter(|count| **count > 1).map(|count| u64::from(*count)).sum();
        rows.push((
            format!("% of sequences of {NGRAM} words that occur more than once"),
            100.0 * repeated as f64 / ngrams as f64,
        ));
        let is_boilerplate =
            |hash: &&u64| self.holders.get(hash).is_some_and(|reports| reports.len() >= BOILERPLATE_REPORTS);
        let boilerplate = self.long_paragraphs.iter().filter(is_boilerplate).count();
        rows.push((
            "% of paragraphs that are boilerplate".to_owned(),
            100.0 * boilerplate as f64 / paragraphs,
        ));
        rows
    }

    /// Share of the text that the words up to a rank make up, at ranks that grow by two fifths. The generator of
    /// `quotable-testkit` draws words by these shares.
    pub fn cumulative_shares(&self) -> Vec<(usize, f64)> {
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

/// Adds the share of the whole that the most frequent items make up.
fn shares(rows: &mut Vec<(String, f64)>, name: &str, counts: &mut [u32], whole: f64) {
    counts.sort_unstable_by(|one, other| other.cmp(one));
    for top in [1, 10, 100, 1_000, 10_000, 100_000] {
        if top <= counts.len() {
            let sum: u64 = counts[..top].iter().map(|count| u64::from(*count)).sum();
            rows.push((format!("% of text in the {top} most frequent {name}"), 100.0 * sum as f64 / whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use quotable::report::Paragraph;

    use super::*;

    #[test]
    fn words_and_pairs_are_counted() {
        let mut stats = CorpusStats::default();
        let mut report = Report::new("a.txt");
        report.paragraphs = vec![Paragraph::new("The lamp and the lamp."), Paragraph::new("The lamp.")];
        stats.add(&report);
        let rows: HashMap<String, f64> = stats.rows().into_iter().collect();
        assert_eq!(rows["words"], 7.0);
        assert_eq!(rows["distinct words"], 3.0);
        // `the lamp` three times of five pairs.
        assert_eq!(rows["% of text in the 1 most frequent pairs"], 60.0);
        assert_eq!(stats.cumulative_shares().last(), Some(&(3, 1.0)));
    }
}
