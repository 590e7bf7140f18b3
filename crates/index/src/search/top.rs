//! The first hits of a search, without counts: what cannot be among them is not looked at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::evaluate::{BlockMax, Needed, Scorer, SingleWord, max_near_occurrences, open, open_near};
use crate::search::fetch::fetch;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Cursor, Hit, Hits};
use crate::search::options::{Boilerplate, Sort};
use crate::search::order::{HitOrder, SortKey};
use crate::search::scan::SegmentParagraphs;
use crate::search::score::Bm25;
use crate::store::engine_panic::catch_engine_panic;

/// The first `n` hits, after the cursor if there is one, and the counts of the whole search.
pub(crate) fn counted(compiled: &CompiledQuery, n: usize, after: Option<&Cursor>) -> Result<Hits> {
    let mut best = TopHits::new(compiled, n);
    let after = after.map(|cursor| best.order.key_of(cursor)).transpose()?;
    let counts = compiled.each(true, |found, _| {
        if after.is_none_or(|after| best.order.key(&found) > after) {
            best.offer(found);
        }
    })?;
    Ok(Hits { counts, hits: best.hits()? })
}

/// The first `n` hits, without counts.
pub(crate) fn uncounted(compiled: &CompiledQuery, n: usize) -> Result<Vec<Hit>> {
    let mut best = TopHits::new(compiled, n);
    if n == 0 {
        return Ok(Vec::new());
    }
    if compiled.options.sort == Sort::Relevance {
        catch_engine_panic(|| best.find())?;
    } else {
        compiled.each(true, |found, _| {
            best.offer(found);
        })?;
    }
    best.hits()
}

/// The first of those that were found.
struct TopHits<'a> {
    compiled: &'a CompiledQuery,
    order: HitOrder<'a>,
    most: usize,
    /// The worst of them stands on top, to be thrown out first.
    best: BinaryHeap<(SortKey, FoundParagraph)>,
    /// The score and the source of that, once there are as many as are wanted, if scores are their order.
    worst: Option<(u64, Reverse<u32>)>,
    /// What scores less than this is none of them.
    cutoff: f64,
}

/// Of how many documents the candidates are gathered before they are looked at.
const AT_ONCE: DocId = 8 * 1024;

impl<'a> TopHits<'a> {
    fn new(compiled: &'a CompiledQuery, most: usize) -> Self {
        let (order, best) = (HitOrder::new(compiled), BinaryHeap::new());
        Self { compiled, order, most, best, worst: None, cutoff: f64::NEG_INFINITY }
    }

    /// Keeps it if it is one of the best by now; says whether it is.
    fn offer(&mut self, found: FoundParagraph) -> bool {
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
            let score = Bm25::units(worst.score);
            self.worst = Some((score, Reverse(worst.source)));
            self.cutoff = Bm25::before(score);
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
        self.worst.is_none_or(|worst| (Bm25::units(most), Reverse(source)) >= worst)
    }

    /// Finds the best by score.
    fn find(&mut self) -> Result<()> {
        let CompiledQuery { state, plan, options, .. } = self.compiled;
        let mut interrupt = options.interrupt();
        let stop = interrupt.clone();
        for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
            interrupt.look()?;
            let runs = state.sources().ranges(segment);
            let mut searched =
                SegmentParagraphs::open(self.compiled, plan.within.as_deref(), segment, reader)?;
            let mut node = open(plan, state.fields(), reader, runs, segment, Needed::Frequencies, &stop)?;
            let bounded = node.has_max_score();
            if bounded {
                node.set_block_max(&block_max(self.compiled, reader)?);
            }
            if let Some(word) = node.single_word() {
                self.word(word, &mut searched, &mut interrupt)?;
                continue;
            }
            if node.prefers_windows(reader.max_doc(), plan.units) {
                self.sweep(&mut node, &mut searched, reader, &mut interrupt)?;
                continue;
            }
            if let Some((mut words, ordered)) = open_near(plan, state.fields(), reader, runs, segment, &stop)?
                && words.prefers_windows(reader.max_doc(), 2)
            {
                self.near(&mut words, ordered, &mut node, &mut searched, reader, &mut interrupt)?;
                continue;
            }
            self.skip(&mut node, &mut searched, bounded, &mut interrupt)?;
        }
        Ok(())
    }

    /// Finds those of a segment by looking at every paragraph that matches.
    fn sweep(
        &mut self,
        node: &mut Scorer<'_>,
        searched: &mut SegmentParagraphs<'_>,
        reader: &SegmentReader,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let CompiledQuery { plan, bm25, .. } = self.compiled;
        let table = bm25.table(node.cost());
        searched.sweep(node, plan.units, reader.max_doc(), interrupt, |searched, run, doc, often| {
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
        words: &mut Scorer<'_>,
        ordered: bool,
        node: &mut Scorer<'_>,
        searched: &mut SegmentParagraphs<'_>,
        reader: &SegmentReader,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let table = self.compiled.bm25.table(words.cost());
        searched.sweep(words, 2, reader.max_doc(), interrupt, |searched, run, doc, often| {
            let length = searched.length(doc);
            let mut counts = often.counts(doc);
            let (left, right) = (counts.next().unwrap_or(0), counts.next().unwrap_or(0));
            let most = table.score([max_near_occurrences(left, right, ordered)], length);
            if self.may_hold(most, run.source) {
                let mut counts = [0];
                let (standing, occurrences) = node.count_occurrences(doc, &mut counts);
                if standing.is_hit() {
                    let score = table.score(counts, length);
                    self.consider(searched.found_in(run, doc, occurrences, score));
                }
            }
        })
    }

    /// Finds those of a segment by the blocks of one word, and skips those that cannot have any.
    fn word(
        &mut self,
        mut word: SingleWord<'_, '_>,
        searched: &mut SegmentParagraphs<'_>,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let bm25 = &self.compiled.bm25;
        let most = bm25.most(Some(0));
        let mut candidates = Vec::new();
        let mut doc = word.posting.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let next = searched.seek(doc);
            if next > doc {
                doc = word.posting.seek(next);
                continue;
            }
            let (share, end) = word.posting.max_share(doc);
            // Of pairs nothing is known of blocks.
            let end = end.min(doc.saturating_add(AT_ONCE));
            if !self.may_hold(share * most, searched.least_source(end)) {
                doc = word.posting.seek(end);
                continue;
            }
            candidates.clear();
            word.posting.for_each(doc, end, |doc, often| {
                let score = bm25.score([often], searched.length(doc));
                if score >= self.cutoff {
                    candidates.push((doc, often, score));
                }
            });
            for &(doc, often, score) in &candidates {
                let is_searched = score >= self.cutoff && searched.seek(doc) == doc;
                if is_searched && self.may_hold(score, searched.source()) && word.others_match(doc) {
                    self.consider(searched.found(doc, often, score));
                }
            }
            doc = word.posting.doc();
        }
        interrupt.look()
    }

    /// Finds those of a segment, and skips what cannot be among the best if the node can say how high scores get.
    fn skip(
        &mut self,
        node: &mut Scorer<'_>,
        searched: &mut SegmentParagraphs<'_>,
        bounded: bool,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let CompiledQuery { plan, bm25, .. } = self.compiled;
        let table = bm25.table(node.cost());
        let mut counts = vec![0_u32; plan.units];
        let mut block_end = 0;
        let mut doc = node.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let next = searched.seek(doc);
            if next > doc {
                doc = node.seek(next);
                continue;
            }
            if bounded && doc >= block_end {
                let (max_score, end) = node.max_score(doc, bm25);
                if !self.may_hold(max_score, searched.least_source(end)) {
                    doc = node.seek(end);
                    continue;
                }
                block_end = end;
            }
            let length = searched.length(doc);
            if bounded {
                counts.fill(0);
                node.max_frequencies(doc, &mut counts);
                let most = table.score(counts.iter().copied(), length);
                if !self.may_hold(most, searched.source()) {
                    doc = node.seek(doc + 1);
                    continue;
                }
            }
            counts.fill(0);
            let (standing, occurrences) = node.count_occurrences(doc, &mut counts);
            if standing.is_hit() {
                let score = table.score(counts.iter().copied(), length);
                if self.consider(searched.found(doc, occurrences, score)) {
                    // The block may have nothing more for us.
                    block_end = 0;
                }
            }
            doc = node.seek(doc + 1);
        }
        interrupt.look()
    }

    /// Offers what is not left out as boilerplate; true if it is one of the best by now, of as many as are wanted.
    fn consider(&mut self, found: FoundParagraph) -> bool {
        if found.boilerplate > 0 && self.compiled.options.boilerplate == Boilerplate::Exclude {
            return false;
        }
        self.offer(found) && self.best.len() == self.most
    }
}

/// What says how high scores get in each field that is searched.
fn block_max(compiled: &CompiledQuery, reader: &SegmentReader) -> Result<Vec<(Field, Arc<BlockMax>)>> {
    let block_max = |field: &Field| {
        let norms = reader.get_fieldnorms_reader(*field)?;
        let words = reader.inverted_index(*field)?.total_num_tokens();
        Ok((*field, Arc::new(BlockMax::new(norms, words, compiled.bm25.average_length()))))
    };
    compiled.plan.fields.iter().map(block_max).collect::<tantivy::Result<_>>().map_err(Error::of_engine)
}
