//! Other paragraphs that say the same: near copies, and those alike in content.
//!
//! Near copies are told by the resemblance and the containment of their shingles, runs of four words (Broder, *On the
//! resemblance and containment of documents*, SEQUENCES 1997), which are compared exactly and not by a sketch. Content is
//! compared by BM25 over stems and by sentence vectors, fused by reciprocal rank (Cormack, Clarke and Büttcher, *Reciprocal
//! rank fusion*, SIGIR 2009).

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use quotable_index::{Hit, Id, Result, SearchOptions, Snapshot};
use quotable_query::{Query, analyse};
use quotable_report::sentences;

use crate::matching::Wanted;
use crate::model::{AT_ONCE, Model, is_text, sentence_texts};
use crate::stem::StemId;
use crate::thesaurus::dot;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Containment from which a paragraph is a near copy.
const COPY: f64 = 0.5;
/// The constant of reciprocal rank fusion.
const FUSION: f64 = 60.0;
/// Paragraphs that are ranked by vectors too, the best by BM25.
const RANKED: usize = 300;

/// A paragraph that is like a text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Similar {
    /// The paragraph; its matches are the words, by their stems, that the text has too.
    pub hit: Hit,
    /// The share of the shingles of both that both have, from 0 to 1.
    pub resemblance: f64,
    /// The share of the shingles of the shorter of both that both have, from 0 to 1.
    pub containment: f64,
    /// For the order alone; 0 for a near copy.
    pub score: f64,
}

/// The paragraphs like a text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SimilarParagraphs {
    /// Near copies, the nearest first.
    pub copies: Vec<Similar>,
    /// How many near copies there are in all.
    pub total_copies: u64,
    /// Paragraphs that are alike in content and no near copies, the most alike first.
    pub alike: Vec<Similar>,
}

/// The paragraphs most like a text, up to `limit` near copies and as many alike in content. `without` is left out: the
/// paragraph that the text was taken from.
///
/// # Errors
/// [`Damaged`](quotable_index::ErrorKind::Damaged) or [`Io`](quotable_index::ErrorKind::Io) if the index cannot be read,
/// [`Cancelled`](quotable_index::ErrorKind::Cancelled) if the options say so.
pub fn similar(
    snapshot: &Snapshot,
    model: &mut Model,
    text: &str,
    without: Option<&Id>,
    limit: usize,
    options: &SearchOptions,
) -> Result<SimilarParagraphs> {
    let ranges = sentences(text);
    let own = model.stemmed(ranges.iter().filter_map(|range| text.get(range.clone())));
    let wanted = Wanted::new(model, &own, Vec::new());
    let shingles = shingles(text);
    let average = model.average_length();
    let (mut copies, mut scored) = (Vec::new(), Vec::new());
    let options = options.clone().most_steps(u64::MAX);
    let search = snapshot.search_with(&Query::All, &options)?;
    let total = search.count()?.paragraphs;
    for (done, hit) in (0..).zip(search.every()?) {
        let hit = hit?;
        if done % AT_ONCE == 0 {
            options.advance("comparing paragraphs", done, total)?;
        }
        if !is_text(hit.role) || without == Some(&hit.id) {
            continue;
        }
        let (resemblance, containment) = overlap(&shingles, &self::shingles(&hit.text));
        if containment >= COPY {
            copies.push(Similar { hit, resemblance, containment, score: 0.0 });
            continue;
        }
        let stems = model.stems.of(&hit.text);
        let score = wanted.bm25(&stems, average, 0.6);
        if score > 0.0 {
            scored.push(Similar { hit, resemblance, containment, score });
        }
    }
    let total_copies = copies.len() as u64;
    copies.sort_by(|left, right| {
        let by = |similar: &Similar| similar.containment + similar.resemblance;
        by(right).total_cmp(&by(left))
    });
    copies.truncate(limit);
    scored.sort_by(|left, right| right.score.total_cmp(&left.score));
    scored.truncate(RANKED);
    let likeness: Vec<f32> = scored
        .iter()
        .map(|similar| {
            let other = model.stemmed(sentence_texts(&similar.hit));
            let pairs =
                other.vectors.iter().flat_map(|left| own.vectors.iter().map(move |right| dot(left, right)));
            pairs.fold(0.0, f32::max)
        })
        .collect();
    let mut by_vector: Vec<usize> = (0..scored.len()).collect();
    by_vector.sort_by(|&left, &right| likeness[right].total_cmp(&likeness[left]).then(left.cmp(&right)));
    for (rank, similar) in scored.iter_mut().enumerate() {
        similar.score = 1.0 / (FUSION + rank as f64 + 1.0);
    }
    for (rank, &at) in by_vector.iter().enumerate() {
        scored[at].score += 1.0 / (FUSION + rank as f64 + 1.0);
    }
    scored.sort_by(|left, right| right.score.total_cmp(&left.score));
    scored.truncate(limit);
    for similar in copies.iter_mut().chain(&mut scored) {
        similar.hit.matches = shared_words(model, &wanted, &similar.hit.text);
    }
    Ok(SimilarParagraphs { copies, total_copies, alike: scored })
}

/// The words of a text whose stem the request has.
pub(crate) fn shared_words(model: &mut Model, wanted: &Wanted, text: &str) -> Vec<Range<usize>> {
    let stems: HashSet<StemId> = wanted.stems.iter().map(|(stem, _)| *stem).collect();
    let mut shared = Vec::new();
    analyse::each_word(text, |word, bytes| {
        if model.stems.number(word).is_some_and(|stem| stems.contains(&stem)) {
            shared.push(bytes);
        }
    });
    shared
}

/// The distinct runs of words of a text, as hashes. A text that is shorter than a run is one.
fn shingles(text: &str) -> HashSet<u64> {
    let words: Vec<String> = analyse::words(text).map(|word| word.text).collect();
    let hash = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    if words.len() < SHINGLE {
        return if words.is_empty() { HashSet::new() } else { HashSet::from([hash(&words)]) };
    }
    words.windows(SHINGLE).map(hash).collect()
}

/// Resemblance and containment.
fn overlap(left: &HashSet<u64>, right: &HashSet<u64>) -> (f64, f64) {
    let (shorter, longer) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if shorter.is_empty() {
        return (0.0, 0.0);
    }
    let both = shorter.iter().filter(|shingle| longer.contains(shingle)).count() as f64;
    (
        both / (left.len() + right.len()) as f64 / (1.0 - both / (left.len() + right.len()) as f64),
        both / shorter.len() as f64,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resemblance_is_symmetric_and_containment_of_the_shorter() {
        let long = shingles("one two three four five six");
        let short = shingles("two three four five");
        assert_eq!(overlap(&long, &long), (1.0, 1.0));
        let (resemblance, containment) = overlap(&long, &short);
        assert!((resemblance - 1.0 / 3.0).abs() < 1e-12 && containment == 1.0);
        assert_eq!(overlap(&long, &shingles("nothing of all this here")), (0.0, 0.0));
    }
}
