//! Which paragraphs of a later report speak to what an earlier one asked for.
//!
//! Five measures are standardised over the paragraphs of the report and added with weights: BM25 of the paragraph and of
//! its best sentence (Robertson and Zaragoza, *The probabilistic relevance framework*, 2009), how much of the request the best
//! sentence covers when alike stems count in part, the likeness of sentence vectors, and the concepts of the code book that
//! both have. Requests of the later report rank higher. The weights are those of a logistic regression, so that the sum is
//! read as a probability.

use std::collections::BTreeMap;

use crate::concepts::Concepts;
use crate::model::{Model, Stemmed};
use crate::stem::StemId;
use crate::term::REACH;
use crate::thesaurus::dot;

/// BM25 of the paragraph, BM25 of the best sentence, coverage, likeness of vectors, concepts.
const WEIGHTS: [f64; 5] = [0.347, 0.378, 0.338, 0.475, 0.734];
/// For a paragraph that asks for something.
const REQUEST: f64 = 0.445;
const BIAS: f64 = -4.819;
/// Stems less alike than this do not count as alike.
const ALIKE: f64 = 0.35;

/// A paragraph to rank.
pub(crate) struct Passage<'p> {
    pub(crate) text: &'p Stemmed,
    pub(crate) concepts: &'p [usize],
    pub(crate) is_request: bool,
}

/// How a paragraph fares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    /// An estimate of the probability that the paragraph speaks to the request.
    pub(crate) relevance: f64,
    /// The share of the request that the best sentence covers, from 0 to 1.
    pub(crate) coverage: f64,
    /// Whether the paragraph has one of the most telling terms of the request, itself and not what is alike.
    pub(crate) is_telling: bool,
}

/// How many terms of a request are telling at most: nothing without one of them speaks to it surely.
const TELLING: usize = 2;
/// A term that has less than this share of the weight of the most telling one is not telling.
const TELLING_SHARE: f64 = 0.5;

/// A request in stems.
pub(crate) struct Wanted {
    /// Distinct stems with their weights.
    pub(crate) stems: Vec<(StemId, f64)>,
    total: f64,
    vectors: Vec<Vec<f32>>,
    concepts: Vec<usize>,
    /// The most telling terms, of one stem or two.
    telling: Vec<Vec<StemId>>,
}

/// The most telling terms of a text: pairs of stems that the corpus has as a term, and stems that are in no such pair.
fn telling(model: &Model, text: &Stemmed, stems: &[(StemId, f64)]) -> Vec<Vec<StemId>> {
    let weight =
        |stem: StemId| stems.iter().find(|(other, _)| *other == stem).map_or(0.0, |(_, weight)| *weight);
    let pairs = text.sentences.iter().flat_map(|sentence| sentence.windows(2));
    let is_term = |pair: &&[StemId]| matches!(**pair, [first, second] if model.terms.is_term(first, second));
    let mut terms: Vec<Vec<StemId>> = pairs.filter(is_term).map(<[StemId]>::to_vec).collect();
    let in_pairs: Vec<StemId> = terms.concat();
    terms.extend(stems.iter().filter(|(stem, _)| !in_pairs.contains(stem)).map(|(stem, _)| vec![*stem]));
    let weight = |term: &Vec<StemId>| term.iter().map(|&stem| weight(stem)).sum::<f64>();
    terms.sort_by(|one, other| weight(other).total_cmp(&weight(one)).then_with(|| one.cmp(other)));
    terms.dedup();
    let most = terms.first().map_or(0.0, weight);
    // Where the most telling one has two stems it is the subject, and no single stem stands for it.
    let is_subject = terms.first().is_some_and(|first| first.len() > 1);
    terms.retain(|term| weight(term) >= TELLING_SHARE * most && (term.len() > 1 || !is_subject));
    terms.truncate(TELLING);
    terms
}

impl Wanted {
    pub(crate) fn new(model: &Model, text: &Stemmed, concepts: Vec<usize>) -> Self {
        let mut counts = BTreeMap::new();
        for &stem in &text.stems {
            *counts.entry(stem).or_insert(0_u32) += 1;
        }
        let weight =
            |(stem, count): (StemId, u32)| (stem, (1.0 + 0.5 * f64::from(count).ln()) * model.rarity(stem));
        let stems: Vec<_> = counts.into_iter().map(weight).collect();
        let total = stems.iter().map(|(_, weight)| weight).sum::<f64>().max(1e-9);
        let telling = telling(model, text, &stems);
        Self { stems, total, vectors: text.vectors.clone(), concepts, telling }
    }

    /// The share of the request that a sentence covers; alike stems count in part.
    pub(crate) fn coverage(&self, model: &Model, sentence: &[StemId]) -> f64 {
        let best = |stem: StemId| {
            if sentence.contains(&stem) {
                return 1.0;
            }
            let alike =
                sentence.iter().map(|&other| model.thesaurus.likeness(stem, other)).fold(0.0, f64::max);
            ((alike - ALIKE) / (1.0 - ALIKE)).max(0.0)
        };
        self.stems.iter().map(|&(stem, weight)| weight * best(stem)).sum::<f64>() / self.total
    }

    /// True if a paragraph, cut into sentences, has one of the most telling terms.
    pub(crate) fn is_told_in(&self, sentences: &[Vec<StemId>]) -> bool {
        let has = |sentence: &[StemId], term: &[StemId]| match *term {
            [stem] => sentence.contains(&stem),
            _ => sentence
                .windows(REACH + 1)
                .chain([sentence])
                .any(|near| near.len() <= REACH + 1 && term.iter().all(|stem| near.contains(stem))),
        };
        self.telling.iter().any(|term| sentences.iter().any(|sentence| has(sentence, term)))
    }

    /// BM25 of a text of which the average has `average` stems.
    pub(crate) fn bm25(&self, text: &[StemId], average: f64, length_weight: f64) -> f64 {
        const SATURATION: f64 = 1.2;
        let length = 1.0 - length_weight + length_weight * text.len() as f64 / average.max(1.0);
        let score = |&(stem, weight): &(StemId, f64)| {
            let count = text.iter().filter(|&&other| other == stem).count() as f64;
            weight * count * (SATURATION + 1.0) / (count + SATURATION * length)
        };
        self.stems.iter().map(score).sum()
    }
}

/// The match of each passage with a request. `concepts` says how rare each is.
pub(crate) fn rank(
    model: &Model,
    wanted: &Wanted,
    passages: &[Passage<'_>],
    concepts: &Concepts,
) -> Vec<Match> {
    let average = passages.iter().map(|passage| passage.text.stems.len() as f64).sum::<f64>()
        / passages.len().max(1) as f64;
    let rarity = |&concept: &usize| {
        let with = concepts.paragraphs_with(concept).max(1) as f64;
        (f64::from(model.paragraphs()).max(1.0) / with).max(1.0).ln()
    };
    let own: f64 = wanted.concepts.iter().map(rarity).sum();
    let mut measures: Vec<[f64; 5]> = Vec::with_capacity(passages.len());
    for passage in passages {
        let sentences = &passage.text.sentences;
        let best = |measure: &dyn Fn(&[StemId]) -> f64| {
            sentences.iter().map(|sentence| measure(sentence)).fold(0.0, f64::max)
        };
        let likeness = passage
            .text
            .vectors
            .iter()
            .flat_map(|vector| wanted.vectors.iter().map(move |own| dot(own, vector)));
        let both: f64 =
            passage.concepts.iter().filter(|concept| wanted.concepts.contains(concept)).map(rarity).sum();
        let other: f64 = passage.concepts.iter().map(rarity).sum();
        measures.push([
            wanted.bm25(&passage.text.stems, average, 0.6),
            best(&|sentence| wanted.bm25(sentence, average / 3.0, 0.3)),
            best(&|sentence| wanted.coverage(model, sentence)),
            f64::from(likeness.fold(0.0_f32, f32::max)),
            both / (1.0 + (own * other).sqrt()),
        ]);
    }
    let mut sums: Vec<f64> =
        passages.iter().map(|passage| BIAS + REQUEST * f64::from(u8::from(passage.is_request))).collect();
    for (at, weight) in WEIGHTS.iter().enumerate() {
        let count = measures.len().max(1) as f64;
        let mean = measures.iter().map(|measure| measure[at]).sum::<f64>() / count;
        let spread =
            (measures.iter().map(|measure| (measure[at] - mean).powi(2)).sum::<f64>() / count).sqrt();
        for (sum, measure) in sums.iter_mut().zip(&measures) {
            *sum += weight * (measure[at] - mean) / (spread + 1e-6);
        }
    }
    let relevance = |sum: &f64| 1.0 / (1.0 + (-sum).exp());
    let is_telling = |passage: &Passage<'_>| wanted.is_told_in(&passage.text.sentences);
    sums.iter()
        .zip(&measures)
        .zip(passages)
        .map(|((sum, measure), passage)| Match {
            relevance: relevance(sum),
            coverage: measure[2],
            is_telling: is_telling(passage),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use quotable_index::{Index, SearchOptions};

    use super::*;

    #[test]
    fn a_term_of_two_words_is_the_subject_of_a_request() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        // Private fostering is rare, and every other word of the request is common.
        for number in 0..40 {
            let rare = if number < 3 { " Private fostering is known." } else { "" };
            let text = format!("Practice meets statutory duties. Foster carers are praised.{rare}");
            writer.put_bytes(&format!("{number}.txt"), text.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let mut model = Model::learn(&index.snapshot(), &SearchOptions::default()).unwrap();
        let request = model.stemmed(["Practice on private fostering meets statutory duties."]);
        let wanted = Wanted::new(&model, &request, Vec::new());
        let mut is_told = |text: &str| {
            let sentences = model.stemmed([text]).sentences;
            wanted.is_told_in(&sentences)
        };
        assert!(is_told("Children who are privately fostered are seen."));
        assert!(!is_told("Foster carers meet statutory duties."));
    }
}
