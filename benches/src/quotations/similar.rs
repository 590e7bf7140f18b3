//! Finds sentences that are similar and not the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use quotable::query::analyse::words;

use super::Sentence;

/// The sets of words of all sentences, and an inverted index of them.
#[derive(Debug)]
pub struct SimilarSentences<'s> {
    sentences: &'s [Sentence],
    /// The distinct words of each sentence, as sorted word numbers.
    word_sets: Vec<Vec<u32>>,
    /// The sentences that have each word, by word number.
    postings: HashMap<u32, Vec<u32>>,
}

/// Words in more sentences than this do not contribute candidates.
const MAX_POSTINGS: usize = 2_000;

impl<'s> SimilarSentences<'s> {
    /// Indexes the words of the sentences.
    pub fn new(sentences: &'s [Sentence]) -> Self {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut postings: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut word_sets = Vec::with_capacity(sentences.len());
        for (at, sentence) in (0..).zip(sentences) {
            let mut word_set: Vec<u32> = Vec::new();
            for word in words(&sentence.text) {
                let next = numbers.len() as u32;
                word_set.push(*numbers.entry(word.text).or_insert(next));
            }
            word_set.sort_unstable();
            word_set.dedup();
            for &word in &word_set {
                postings.entry(word).or_default().push(at);
            }
            word_sets.push(word_set);
        }
        Self { sentences, word_sets, postings }
    }

    /// The most similar sentence of another report to sentence `number`, and their Jaccard similarity. Sentences with the
    /// same set of words are left out.
    pub fn most_similar(&self, number: usize) -> Option<(&'s Sentence, f64)> {
        let own = self.word_sets.get(number)?;
        let postings = own.iter().filter_map(|word| self.postings.get(word));
        let candidates: HashSet<u32> =
            postings.filter(|found| found.len() <= MAX_POSTINGS).flatten().copied().collect();
        let mut best: Option<(usize, f64)> = None;
        for at in candidates.into_iter().map(|at| at as usize) {
            if self.sentences[at].path == self.sentences[number].path || self.word_sets[at] == *own {
                continue;
            }
            let similarity = jaccard(own, &self.word_sets[at]);
            // Ties go to the lower number: the order of a hash set is random.
            if best.is_none_or(|(other, most)| similarity > most || (similarity == most && at < other)) {
                best = Some((at, similarity));
            }
        }
        best.map(|(at, similarity)| (&self.sentences[at], similarity))
    }
}

/// Jaccard similarity of two sorted sets: the size of their intersection, divided by that of their union.
fn jaccard(left: &[u32], right: &[u32]) -> f64 {
    let intersection = left.iter().filter(|word| right.binary_search(word).is_ok()).count();
    let union = left.len() + right.len() - intersection;
    if union == 0 { 0.0 } else { intersection as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_sentence_is_of_another_report() {
        let sentence =
            |path: &str, text: &str| Sentence { path: path.to_owned(), paragraph: 0, text: text.to_owned() };
        let sentences = [
            sentence("a", "Plans are late and long."),
            sentence("a", "Plans are late and short."),
            sentence("b", "Long and late are plans."),
            sentence("b", "Plans are late and dear."),
            sentence("c", "Boats are late."),
        ];
        let (similar, similarity) = SimilarSentences::new(&sentences).most_similar(0).unwrap();
        assert_eq!(similar.text, "Plans are late and dear.");
        assert!((similarity - 4.0 / 6.0).abs() < 1e-9, "{similarity}");
    }
}
