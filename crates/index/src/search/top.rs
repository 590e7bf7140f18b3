//! The first hits of a search, without counts: what cannot be among them is not looked at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::{Error, Result};
use crate::interrupt::Watch;
use crate::search::compiled::Compiled;
use crate::search::evaluate::{Known, Node, Peaks, Word, most_windows, open, open_near};
use crate::search::fetch::fetch;
use crate::search::found::Found;
use crate::search::hit::{Cursor, Hit, Hits};
use crate::search::options::{Boilerplate, Sort};
use crate::search::order::{Key, Order};
use crate::search::scan::Searched;
use crate::search::score::Scale;
use crate::store::engine_panic::guarded;

/// The first `n` hits, after the cursor if there is one, and the counts of the whole search.
pub(crate) fn counted(compiled: &Compiled, n: usize, after: Option<&Cursor>) -> Result<Hits> {
    let mut best = Best::new(compiled, n);
    let after = after.map(|cursor| best.order.key_of(cursor)).transpose()?;
    let counts = compiled.each(true, |found, _| {
        if after.is_none_or(|after| best.order.key(&found) > after) {
            best.offer(found);
        }
    })?;
    Ok(Hits { counts, hits: best.hits()? })
}

/// The first `n` hits, without counts.
pub(crate) fn uncounted(compiled: &Compiled, n: usize) -> Result<Vec<Hit>> {
    let mut best = Best::new(compiled, n);
    if n == 0 {
        return Ok(Vec::new());
    }
    if compiled.options.sort == Sort::Relevance {
        guarded(|| best.find())?;
    } else {
        compiled.each(true, |found, _| {
            best.offer(found);
        })?;
    }
    best.hits()
}

/// The first of those that were found.
struct Best<'a> {
    compiled: &'a Compiled,
    order: Order<'a>,
    most: usize,
    /// The worst of them stands on top, to be thrown out first.
    best: BinaryHeap<(Key, Found)>,
    /// The score and the source of that, once there are as many as are wanted, if scores are their order.
    worst: Option<(u64, Reverse<u32>)>,
    /// What scores less than this is none of them.
    cutoff: f64,
}

/// Of how many documents the candidates are gathered before they are looked at.
const AT_ONCE: DocId = 8 * 1024;

impl<'a> Best<'a> {
    fn new(compiled: &'a Compiled, most: usize) -> Self {
        let (order, best) = (Order::new(compiled), BinaryHeap::new());
        Self { compiled, order, most, best, worst: None, cutoff: f64::NEG_INFINITY }
    }

    /// Keeps it if it is one of the best by now; says whether it is.
    fn offer(&mut self, found: Found) -> bool {
        if found.score < self.cutoff {
            return false;
        }
        let key = self.order.key(&found);
        if self.best.len() < self.most {
            self.best.push((key, found));
        } else if let Some(mut worst) = self.best.peek_mut()
            && key < worst.0
        {
            *worst = (key, found);
        } else {
            return false;
        }
        if self.compiled.options.sort == Sort::Relevance
            && let Some((_, worst)) = self.best.peek()
            && self.best.len() == self.most
        {
            let score = Scale::units(worst.score);
            self.worst = Some((score, Reverse(worst.source)));
            self.cutoff = Scale::before(score);
        }
        true
    }

    fn hits(self) -> Result<Vec<Hit>> {
        let best = self.best.into_sorted_vec();
        best.iter().map(|(_, found)| fetch(self.compiled, found)).collect()
    }

    /// False if a paragraph of a source cannot be among the best by score, whose score is at most that.
    fn may_hold(&self, most: f64, source: u32) -> bool {
        if most < self.cutoff {
            return false;
        }
        // Of the same score, that of the later source comes after.
        self.worst.is_none_or(|worst| (Scale::units(most), Reverse(source)) >= worst)
    }

    /// Finds the best by score.
    fn find(&mut self) -> Result<()> {
        let Compiled { state, plan, options, .. } = self.compiled;
        let mut watch = options.watch();
        let stop = watch.clone();
        for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
            watch.look()?;
            let runs = state.table().runs(segment);
            let mut searched = Searched::open(self.compiled, plan.within.as_deref(), segment, reader)?;
            let mut node = open(plan, state.fields(), reader, runs, segment, Known::Often, &stop)?;
            let bounded = node.is_bounded();
            if bounded {
                node.measure(&peaks(self.compiled, reader)?);
            }
            if let Some(word) = node.word() {
                self.word(word, &mut searched, &mut watch)?;
                continue;
            }
            if node.is_given_flat(reader.max_doc(), plan.units) {
                self.sweep(&mut node, &mut searched, reader, &mut watch)?;
                continue;
            }
            if let Some((mut words, ordered)) = open_near(plan, state.fields(), reader, runs, segment, &stop)?
                && words.is_given_flat(reader.max_doc(), 2)
            {
                self.near(&mut words, ordered, &mut node, &mut searched, reader, &mut watch)?;
                continue;
            }
            self.skip(&mut node, &mut searched, bounded, &mut watch)?;
        }
        Ok(())
    }

    /// Finds those of a segment by looking at every paragraph that matches.
    fn sweep(
        &mut self,
        node: &mut Node<'_>,
        searched: &mut Searched<'_>,
        reader: &SegmentReader,
        watch: &mut Watch,
    ) -> Result<()> {
        let Compiled { plan, scale, .. } = self.compiled;
        let table = scale.table(node.cost());
        searched.sweep(node, plan.units, reader.max_doc(), watch, |searched, run, doc, often| {
            let length = searched.length(doc);
            let score = table.score(often.counts(doc), length);
            if self.may_hold(score, run.source) {
                let occurrences = often.counts(doc).fold(0, u32::saturating_add);
                self.consider(searched.found_in(run, doc, occurrences, score));
            }
        })
    }

    /// Finds those of a segment of two words near each other, by how often each occurs: positions are read only where
    /// that may be often enough.
    fn near(
        &mut self,
        words: &mut Node<'_>,
        ordered: bool,
        node: &mut Node<'_>,
        searched: &mut Searched<'_>,
        reader: &SegmentReader,
        watch: &mut Watch,
    ) -> Result<()> {
        let table = self.compiled.scale.table(words.cost());
        searched.sweep(words, 2, reader.max_doc(), watch, |searched, run, doc, often| {
            let length = searched.length(doc);
            let mut counts = often.counts(doc);
            let (left, right) = (counts.next().unwrap_or(0), counts.next().unwrap_or(0));
            let most = table.score([most_windows(left, right, ordered)], length);
            if self.may_hold(most, run.source) {
                let mut counts = [0];
                let (standing, occurrences) = node.tally(doc, &mut counts);
                if standing.is_hit() {
                    let score = table.score(counts, length);
                    self.consider(searched.found_in(run, doc, occurrences, score));
                }
            }
        })
    }

    /// Finds those of a segment by the blocks of one word, and skips those that cannot have any.
    fn word(&mut self, mut word: Word<'_, '_>, searched: &mut Searched<'_>, watch: &mut Watch) -> Result<()> {
        let scale = &self.compiled.scale;
        let most = scale.most(Some(0));
        let mut candidates = Vec::new();
        let mut doc = word.posting.seek(0);
        while doc != TERMINATED {
            watch.step()?;
            let next = searched.seek(doc);
            if next > doc {
                doc = word.posting.seek(next);
                continue;
            }
            let (share, end) = word.posting.ceiling(doc);
            // Of pairs nothing is known of blocks.
            let end = end.min(doc.saturating_add(AT_ONCE));
            if !self.may_hold(share * most, searched.least_source(end)) {
                doc = word.posting.seek(end);
                continue;
            }
            candidates.clear();
            word.posting.each(doc, end, |doc, often| {
                let score = scale.score([often], searched.length(doc));
                if score >= self.cutoff {
                    candidates.push((doc, often, score));
                }
            });
            for &(doc, often, score) in &candidates {
                let is_searched = score >= self.cutoff && searched.seek(doc) == doc;
                if is_searched && self.may_hold(score, searched.source()) && word.holds(doc) {
                    self.consider(searched.found(doc, often, score));
                }
            }
            doc = word.posting.doc();
        }
        watch.look()
    }

    /// Finds those of a segment, and skips what cannot be among the best if the node can say how high scores get.
    fn skip(
        &mut self,
        node: &mut Node<'_>,
        searched: &mut Searched<'_>,
        bounded: bool,
        watch: &mut Watch,
    ) -> Result<()> {
        let Compiled { plan, scale, .. } = self.compiled;
        let table = scale.table(node.cost());
        let mut counts = vec![0_u32; plan.units];
        let mut block_end = 0;
        let mut doc = node.seek(0);
        while doc != TERMINATED {
            watch.step()?;
            let next = searched.seek(doc);
            if next > doc {
                doc = node.seek(next);
                continue;
            }
            if bounded && doc >= block_end {
                let (ceiling, end) = node.ceiling(doc, scale);
                if !self.may_hold(ceiling, searched.least_source(end)) {
                    doc = node.seek(end);
                    continue;
                }
                block_end = end;
            }
            let length = searched.length(doc);
            if bounded {
                counts.fill(0);
                node.most(doc, &mut counts);
                let most = table.score(counts.iter().copied(), length);
                if !self.may_hold(most, searched.source()) {
                    doc = node.seek(doc + 1);
                    continue;
                }
            }
            counts.fill(0);
            let (standing, occurrences) = node.tally(doc, &mut counts);
            if standing.is_hit() {
                let score = table.score(counts.iter().copied(), length);
                if self.consider(searched.found(doc, occurrences, score)) {
                    // The block may have nothing more for us.
                    block_end = 0;
                }
            }
            doc = node.seek(doc + 1);
        }
        watch.look()
    }

    /// Offers what is not left out as boilerplate; true if it is one of the best by now, of as many as are wanted.
    fn consider(&mut self, found: Found) -> bool {
        if found.copies > 0 && self.compiled.options.boilerplate == Boilerplate::Exclude {
            return false;
        }
        self.offer(found) && self.best.len() == self.most
    }
}

/// What says how high scores get in each field that is searched.
fn peaks(compiled: &Compiled, reader: &SegmentReader) -> Result<Vec<(Field, Arc<Peaks>)>> {
    let peaks = |field: &Field| {
        let norms = reader.get_fieldnorms_reader(*field)?;
        let words = reader.inverted_index(*field)?.total_num_tokens();
        Ok((*field, Arc::new(Peaks::new(norms, words, compiled.scale.average_length()))))
    };
    compiled.plan.fields.iter().map(peaks).collect::<tantivy::Result<_>>().map_err(Error::of_engine)
}
