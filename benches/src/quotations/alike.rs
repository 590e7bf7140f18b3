//! Sentences of other reports that are like a sentence and not the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use quotable::query::analyse::words;

use super::Sentence;

/// The words of each sentence as numbers, in order, each once.
#[derive(Debug)]
pub struct Alike<'s> {
    sentences: &'s [Sentence],
    words: Vec<Vec<u32>>,
    /// The sentences in which a word stands.
    standing: HashMap<u32, Vec<u32>>,
}

/// In so many sentences a word stands at most by which others are looked for.
const COMMON: usize = 2_000;

impl<'s> Alike<'s> {
    /// Numbers the words of the sentences.
    pub fn new(sentences: &'s [Sentence]) -> Self {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut standing: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut all = Vec::with_capacity(sentences.len());
        for (at, sentence) in (0..).zip(sentences) {
            let mut found: Vec<u32> = Vec::new();
            for word in words(&sentence.text) {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                found.push(*numbers.entry(word.text).or_insert(next));
            }
            found.sort_unstable();
            found.dedup();
            for &word in &found {
                standing.entry(word).or_default().push(at);
            }
            all.push(found);
        }
        Self { sentences, words: all, standing }
    }

    /// The sentence of another report that shares the most words with the one of this number, and the share of their
    /// words that both have (Jaccard). What has the very same words is left out.
    pub fn most(&self, number: usize) -> Option<(&'s Sentence, f64)> {
        let own = self.words.get(number)?;
        let rare =
            own.iter().filter_map(|word| self.standing.get(word)).filter(|found| found.len() <= COMMON);
        let candidates: HashSet<u32> = rare.flatten().copied().collect();
        let mut best: Option<(usize, f64)> = None;
        for at in candidates.into_iter().map(|at| at as usize) {
            if self.sentences[at].path == self.sentences[number].path || self.words[at] == *own {
                continue;
            }
            let share = share(own, &self.words[at]);
            if best.is_none_or(|(other, most)| share > most || (share == most && at < other)) {
                best = Some((at, share));
            }
        }
        best.map(|(at, share)| (&self.sentences[at], share))
    }
}

/// The share of the words of two sorted lists that both have.
fn share(left: &[u32], right: &[u32]) -> f64 {
    let both = left.iter().filter(|word| right.binary_search(word).is_ok()).count();
    let all = left.len() + right.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likest_of_another_report_is_found() {
        let sentence =
            |path: &str, text: &str| Sentence { path: path.to_owned(), paragraph: 0, text: text.to_owned() };
        let all = [
            sentence("a", "Plans are late and long."),
            sentence("a", "Plans are late and short."),
            sentence("b", "Long and late are plans."),
            sentence("b", "Plans are late and dear."),
            sentence("c", "Boats are late."),
        ];
        let (likest, share) = Alike::new(&all).most(0).unwrap();
        assert_eq!(likest.text, "Plans are late and dear.");
        assert!((share - 4.0 / 6.0).abs() < 1e-9, "{share}");
    }
}
