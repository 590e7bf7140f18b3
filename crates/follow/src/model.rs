//! What is learnt from a corpus before reports are compared: how common each stem is, and which stems are alike.

use quotable_index::{Hit, Result, SearchOptions, Snapshot};
use quotable_query::Query;
use quotable_report::Role;

use crate::stem::{StemId, Stems};
use crate::term::Terms;
use crate::thesaurus::{Thesaurus, dot};

/// The weight of common stems in the vector of a sentence (Arora, Liang and Ma, *A simple but tough-to-beat baseline for
/// sentence embeddings*, ICLR 2017).
const COMMON: f64 = 3e-3;
/// Paragraphs from one report of progress to the next.
pub(crate) const AT_ONCE: u64 = 256;
/// The most paragraphs whose vectors give the direction that all texts share.
const SAMPLE: usize = 4_000;

/// What a corpus teaches: frequencies of stems, a thesaurus, and the direction that all its texts have in common.
///
/// The same corpus gives the same model.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) stems: Stems,
    pub(crate) thesaurus: Thesaurus,
    pub(crate) terms: Terms,
    /// In how many paragraphs each stem is.
    paragraphs_with: Vec<u32>,
    paragraphs: u32,
    /// The stems of all paragraphs.
    stems_in_all: u64,
    /// The direction that all texts share, taken out of their vectors.
    shared: Vec<f32>,
}

/// A text in stems, with the vectors of its sentences.
#[derive(Debug, Clone)]
pub(crate) struct Stemmed {
    pub(crate) stems: Vec<StemId>,
    pub(crate) sentences: Vec<Vec<StemId>>,
    pub(crate) vectors: Vec<Vec<f32>>,
}

impl Model {
    /// Learns from all body paragraphs that the options select; filters, order and scope are those of a search for all.
    ///
    /// # Errors
    /// [`Damaged`](quotable_index::ErrorKind::Damaged) or [`Io`](quotable_index::ErrorKind::Io) if the index cannot be read,
    /// [`Cancelled`](quotable_index::ErrorKind::Cancelled) if the options say so.
    pub fn learn(snapshot: &Snapshot, options: &SearchOptions) -> Result<Self> {
        let options = options.clone().most_steps(u64::MAX);
        let mut stems = Stems::default();
        let mut sentences = Vec::new();
        let mut texts = Vec::new();
        let mut paragraphs_with: Vec<u32> = Vec::new();
        let mut paragraphs = 0;
        let mut stems_in_all = 0;
        let search = snapshot.search_with(&Query::All, &options)?;
        let total = search.count()?.paragraphs;
        let mut hits = search.every()?;
        let mut done = 0;
        while let Some(hit) = hits.lend()? {
            if done % AT_ONCE == 0 {
                options.advance("reading the reports", done, total)?;
            }
            done += 1;
            if !is_text(hit.role) {
                continue;
            }
            let mut all = Vec::new();
            for sentence in sentence_texts(hit) {
                let sentence = stems.of(sentence);
                all.extend_from_slice(&sentence);
                if sentence.len() > 1 {
                    sentences.push(sentence);
                }
            }
            stems_in_all += all.len() as u64;
            all.sort_unstable();
            all.dedup();
            paragraphs += 1;
            paragraphs_with.resize(stems.len(), 0);
            all.iter().for_each(|&stem| paragraphs_with[stem as usize] += 1);
            texts.push(all);
        }
        let least = if paragraphs < 3_000 { 3 } else { 8 };
        let mut advance = |done, rounds| options.advance("learning which words are alike", done, rounds);
        let thesaurus = Thesaurus::learn(&sentences, &paragraphs_with, least, &mut advance)?;
        let terms = Terms::learn(&sentences, stems.len());
        let mut model =
            Self { stems, thesaurus, terms, paragraphs_with, paragraphs, stems_in_all, shared: Vec::new() };
        model.shared = model.shared_direction(&texts);
        Ok(model)
    }

    /// How telling a stem is: the inverse of its document frequency, as BM25 has it.
    pub(crate) fn rarity(&self, stem: StemId) -> f64 {
        let with = f64::from(self.paragraphs_with.get(stem as usize).copied().unwrap_or(0));
        (1.0 + (f64::from(self.paragraphs) - with + 0.5) / (with + 0.5)).max(1.0).ln()
    }

    /// The number of paragraphs learnt from.
    pub(crate) fn paragraphs(&self) -> u32 {
        self.paragraphs
    }

    /// The average number of stems of a paragraph.
    pub(crate) fn average_length(&self) -> f64 {
        self.stems_in_all as f64 / f64::from(self.paragraphs.max(1))
    }

    /// A text, cut at its sentences.
    pub(crate) fn stemmed<'t>(&mut self, sentences: impl IntoIterator<Item = &'t str>) -> Stemmed {
        let sentences: Vec<_> =
            sentences.into_iter().map(|sentence| self.stems.of(sentence)).filter(|s| !s.is_empty()).collect();
        let vectors = sentences.iter().map(|sentence| self.vector(sentence)).collect();
        Stemmed { stems: sentences.concat(), sentences, vectors }
    }

    /// The vector of a sentence without the direction that all share, of length one.
    fn vector(&self, stems: &[StemId]) -> Vec<f32> {
        let mut vector = self.sum(stems);
        let share = dot(&vector, &self.shared);
        vector.iter_mut().zip(&self.shared).for_each(|(value, shared)| *value -= share * shared);
        let length = dot(&vector, &vector).sqrt().max(1e-9);
        vector.iter_mut().for_each(|value| *value /= length);
        vector
    }

    /// The sum of the vectors of the distinct stems, common ones counting less.
    fn sum(&self, stems: &[StemId]) -> Vec<f32> {
        let mut distinct = stems.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let mut sum = vec![0.0; self.thesaurus.dimensions()];
        for stem in distinct {
            let Some(vector) = self.thesaurus.vector(stem) else { continue };
            let with = f64::from(self.paragraphs_with.get(stem as usize).copied().unwrap_or(0));
            let weight = (COMMON / (COMMON + with / f64::from(self.paragraphs.max(1)))) as f32;
            sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += weight * value);
        }
        sum
    }

    /// The first principal direction of texts, by power iteration.
    fn shared_direction(&self, texts: &[Vec<StemId>]) -> Vec<f32> {
        let size = self.thesaurus.dimensions();
        let step = texts.len().div_ceil(SAMPLE).max(1);
        let mut moments = vec![0.0_f32; size * size];
        for text in texts.iter().step_by(step) {
            let vector = self.sum(text);
            for (row, &left) in moments.chunks_exact_mut(size.max(1)).zip(&vector) {
                row.iter_mut().zip(&vector).for_each(|(sum, &right)| *sum += left * right);
            }
        }
        let mut direction = vec![1.0_f32; size];
        for _ in 0..50 {
            let next: Vec<f32> = moments.chunks_exact(size.max(1)).map(|row| dot(row, &direction)).collect();
            let length = dot(&next, &next).sqrt();
            if length < 1e-9 {
                return vec![0.0; size];
            }
            direction = next.into_iter().map(|value| value / length).collect();
        }
        direction
    }
}

/// True for paragraphs that say what was found.
pub(crate) fn is_text(role: Role) -> bool {
    matches!(role, Role::Body | Role::Bullet | Role::Quote)
}

/// The sentences of a paragraph.
pub(crate) fn sentence_texts(hit: &Hit) -> impl Iterator<Item = &str> {
    hit.sentences.iter().filter_map(|sentence| hit.text.get(sentence.clone()))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use quotable_index::{CancelFlag, ErrorKind, Index};

    use super::*;

    #[test]
    fn learning_reports_progress_and_stops_when_it_is_cancelled() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer.put_bytes("a.txt", b"The grey heron waits by the mill. The mill waits.").unwrap();
        writer.finish().unwrap();
        let steps = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&steps);
        let options = SearchOptions::default().progress(move |now| seen.lock().unwrap().push(now.step));
        Model::learn(&index.snapshot(), &options).unwrap();
        assert_eq!(*steps.lock().unwrap().first().unwrap(), "reading the reports");
        let flag = CancelFlag::new();
        let raised = flag.clone();
        let options = SearchOptions::default().cancel(flag).progress(move |_| raised.cancel());
        let stopped = Model::learn(&index.snapshot(), &options);
        assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Cancelled);
    }
}
