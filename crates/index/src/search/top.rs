//! The first hits of a search.
//!
//! With counts, every match is visited. Without counts and by relevance, paragraphs that cannot be among the first `n`
//! are skipped: once `n` are found, the worst of them sets a threshold, and an upper bound of the score is compared
//! with it, first for whole blocks of postings and then for single paragraphs by their word frequencies, before
//! positions are read. This is dynamic pruning by block-max scores: Ding and Suel, "Faster Top-k Document Retrieval
//! Using Block-Max Indexes" (SIGIR 2011). Nothing that could be among the first is skipped, so the hits equal those
//! found with counts.
//!
//! Four loops share the work, chosen for each segment by the shape of the query: [`word`](TopHits::word),
//! [`windowed`](TopHits::windowed), [`near`](TopHits::near) and, for all else, [`pruned`](TopHits::pruned).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::evaluate::{BlockMax, Needed, Scorer, SingleWord, max_near_occurrences, open_near};
use crate::search::fetch::fetch_all;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::{Counts, Cursor, Hit, Hits};
use crate::search::options::{Boilerplate, Sort};
use crate::search::order::{HitOrder, SortKey};
use crate::search::scan::{Batch, Collector, ScanOptions, SegmentParagraphs, scan_into};
use crate::search::score::Bm25;
use crate::search::tally::Counted;
use crate::store::engine_panic::catch_engine_panic;

/// The first `n` hits, after the cursor if there is one, and the counts of the whole search.
pub(crate) fn counted(compiled: &CompiledQuery, n: usize, after: Option<&Cursor>) -> Result<Hits> {
    let (counts, top) = count_and_find(compiled, n, after)?;
    Ok(Hits { counts, hits: top.into_hits(0)? })
}

/// The `n` hits after the first `skipped`, and the counts of the whole search.
pub(crate) fn page(compiled: &CompiledQuery, skipped: usize, n: usize) -> Result<Hits> {
    let (counts, top) = count_and_find(compiled, skipped.saturating_add(n), None)?;
    Ok(Hits { counts, hits: top.into_hits(skipped)? })
}

fn count_and_find<'a>(
    compiled: &'a CompiledQuery,
    n: usize,
    after: Option<&Cursor>,
) -> Result<(Counts, TopHits<'a>)> {
    let top = TopHits::new(compiled, n);
    let after = after.map(|cursor| top.order.key_at_cursor(cursor)).transpose()?;
    let mut counted = CountedTop { top, after, counted: Counted::new(compiled) };
    let options = ScanOptions { scored: true, ..ScanOptions::default() };
    catch_engine_panic(|| scan_into(compiled, options, &mut counted))?;
    Ok((counted.counted.counts(), counted.top))
}

/// Counts all that matches and keeps the first hits.
struct CountedTop<'a> {
    top: TopHits<'a>,
    /// The hits up to this one are not wanted.
    after: Option<SortKey>,
    counted: Counted,
}

impl Collector for CountedTop<'_> {
    fn collect(&mut self, found: FoundParagraph, doc: SegmentDoc) {
        self.counted.collect(found, doc);
        if self.after.is_none_or(|after| self.top.order.key(&found) > after) {
            self.top.offer(found);
        }
    }

    fn exclude(&mut self, found: FoundParagraph) {
        self.counted.exclude(found);
    }

    /// Sums up the whole batch, and looks at single paragraphs only where they score enough: one by one measured twice as slow.
    fn collect_batch(&mut self, batch: &Batch<'_>) -> bool {
        let takes = self.after.is_none() && self.counted.collect_batch(batch);
        if takes {
            self.top.offer_batch(batch);
        }
        takes
    }
}

/// The first `n` hits, without counts.
pub(crate) fn uncounted(compiled: &CompiledQuery, n: usize) -> Result<Vec<Hit>> {
    let mut top = TopHits::new(compiled, n);
    if n == 0 {
        return Ok(Vec::new());
    }
    if compiled.options.sort == Sort::Relevance {
        catch_engine_panic(|| top.find_by_score())?;
    } else {
        compiled.each(true, |found, _| {
            top.offer(found);
        })?;
    }
    top.into_hits(0)
}

/// The first hits found so far.
struct TopHits<'a> {
    compiled: &'a CompiledQuery,
    order: HitOrder<'a>,
    /// Number of hits wanted.
    limit: usize,
    /// A heap with the worst of them on top, to be replaced first.
    best: BinaryHeap<(SortKey, FoundParagraph)>,
    /// By relevance, once `limit` are found: the rounded score and the source of the worst.
    worst: Option<(u64, Reverse<u32>)>,
    /// A lower bound of the scores that can still be among the first, in one comparison: see [`Bm25::least_score`].
    threshold: f64,
    /// For each small count of the only unit of a query, a length class from which the score is below the threshold, as far as
    /// that was seen; 256 for none. The threshold only rises, so what was seen once holds for the rest of the search.
    too_long: [u16; SMALL_COUNTS],
}

/// Counts for which [`TopHits::too_long`] is kept.
const SMALL_COUNTS: usize = 16;

/// Number of documents whose candidates are gathered before they are checked one by one.
const CANDIDATE_SPAN: DocId = 8 * 1024;

impl<'a> TopHits<'a> {
    fn new(compiled: &'a CompiledQuery, limit: usize) -> Self {
        let (order, best) = (HitOrder::new(compiled), BinaryHeap::new());
        let (threshold, too_long) = (f64::NEG_INFINITY, [256; SMALL_COUNTS]);
        Self { compiled, order, limit, best, worst: None, threshold, too_long }
    }

    /// Keeps a paragraph if it is among the first so far; true if it is.
    #[inline]
    fn offer(&mut self, found: FoundParagraph) -> bool {
        found.score >= self.threshold && self.insert(found)
    }

    /// The same for a paragraph whose score reaches the threshold, as few do.
    #[inline(never)]
    fn insert(&mut self, found: FoundParagraph) -> bool {
        let key = self.order.key(&found);
        if self.best.len() < self.limit {
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
            && self.best.len() == self.limit
        {
            let score = Bm25::quantise(worst.score);
            self.worst = Some((score, Reverse(worst.source)));
            self.threshold = Bm25::least_score(score);
        }
        true
    }

    /// Offers the paragraphs of a batch.
    ///
    /// Nearly all score too low, and most are told by a comparison of two small numbers: of those in which a word occurs as often,
    /// a longer one scores no more.
    fn offer_batch(&mut self, batch: &Batch<'_>) {
        let bm25 = &self.compiled.bm25;
        for (&doc, &count) in batch.docs.iter().zip(batch.counts) {
            let length = batch.paragraphs.length(doc);
            let class = u16::from(length.0);
            let too_long = self.too_long.get_mut(count as usize);
            if too_long.as_ref().is_some_and(|too_long| class >= **too_long) {
                continue;
            }
            if !bm25.may_reach(self.threshold, count, length) {
                if let Some(too_long) = too_long {
                    *too_long = class;
                }
                continue;
            }
            let score = bm25.score([count], length);
            if self.may_enter(score, batch.source.source) {
                self.offer_searched(batch.paragraphs.found_in(batch.source, doc, count, score));
            }
        }
    }

    /// Offers a paragraph unless it is excluded as boilerplate. True if it was kept and `limit` are found, so that the
    /// threshold may have risen.
    fn offer_searched(&mut self, found: FoundParagraph) -> bool {
        if found.boilerplate > 0 && self.compiled.options.boilerplate == Boilerplate::Exclude {
            return false;
        }
        self.offer(found) && self.best.len() == self.limit
    }

    /// False if no paragraph of `source`, or of a later source, with a score of at most `max_score` can be among the
    /// first.
    fn may_enter(&self, max_score: f64, source: u32) -> bool {
        if max_score < self.threshold {
            return false;
        }
        // Equal scores come in report order, so a later source loses the tie.
        self.worst.is_none_or(|worst| (Bm25::quantise(max_score), Reverse(source)) >= worst)
    }

    /// Fetches the hits, in order, without the first `skipped`.
    fn into_hits(self, skipped: usize) -> Result<Vec<Hit>> {
        let best = self.best.into_sorted_vec();
        fetch_all(self.compiled, best.iter().skip(skipped).map(|(_, found)| found))
    }

    /// Finds the first hits by relevance.
    fn find_by_score(&mut self) -> Result<()> {
        let CompiledQuery { state, plan, options, .. } = self.compiled;
        let mut interrupt = options.interrupt();
        let scorer_interrupt = interrupt.clone();
        for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
            interrupt.look()?;
            let ranges = state.sources().ranges(segment);
            let mut paragraphs =
                SegmentParagraphs::open(self.compiled, plan.searched.as_deref(), segment, reader)?;
            let needed = Needed::Frequencies;
            let mut scorer = self.compiled.open(reader, segment, needed, &scorer_interrupt)?;
            // Block-max scores cost a little to read, so they are opened only where they bound the score of the query.
            let bounded = scorer.has_max_score();
            if bounded {
                scorer.set_block_max(&block_max(self.compiled, reader)?);
            }
            if let Some(word) = scorer.single_word() {
                self.word(word, &mut paragraphs, &mut interrupt)?;
                continue;
            }
            if scorer.prefers_windows(reader.max_doc(), plan.units) {
                self.windowed(&mut scorer, &mut paragraphs, reader, &mut interrupt)?;
                continue;
            }
            if let Some((mut words, ordered)) =
                open_near(plan, state, reader, ranges, segment, &scorer_interrupt)?
                && words.prefers_windows(reader.max_doc(), 2)
            {
                self.near(&mut words, ordered, &mut scorer, &mut paragraphs, reader, &mut interrupt)?;
                continue;
            }
            self.pruned(&mut scorer, &mut paragraphs, bounded, &mut interrupt)?;
        }
        Ok(())
    }

    /// For one word that alone makes the score: skips the blocks of its postings that score too low, and scores the
    /// rest by frequency and length before anything else is checked.
    fn word(
        &mut self,
        mut word: SingleWord<'_, '_>,
        paragraphs: &mut SegmentParagraphs<'_>,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let bm25 = &self.compiled.bm25;
        let most = bm25.most(Some(0));
        let mut candidates = Vec::new();
        let mut doc = word.posting.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let next = paragraphs.seek(doc);
            if next > doc {
                doc = word.posting.seek(next);
                continue;
            }
            let (share, end) = word.posting.max_share(doc);
            // Postings of word pairs have no block-max scores and count as one long block: limit it.
            let end = end.min(doc.saturating_add(CANDIDATE_SPAN));
            if !self.may_enter(share * most, paragraphs.least_source(end)) {
                doc = word.posting.seek(end);
                continue;
            }
            // Score all of the block first, then check the few candidates that reach the threshold: the first loop
            // stays short and free of look-ups by source.
            candidates.clear();
            word.posting.for_each(doc, end, |doc, count| {
                let score = bm25.score([count], paragraphs.length(doc));
                if score >= self.threshold {
                    candidates.push((doc, count, score));
                }
            });
            for &(doc, count, score) in &candidates {
                // The threshold may have risen since the candidate was gathered.
                let is_searched = score >= self.threshold && paragraphs.seek(doc) == doc;
                if is_searched && self.may_enter(score, paragraphs.source()) && word.others_match(doc) {
                    self.offer_searched(paragraphs.found(doc, count, score));
                }
            }
            doc = word.posting.doc();
        }
        interrupt.look()
    }

    /// For frequent words without positions: visits every match, a window of documents at a time.
    fn windowed(
        &mut self,
        scorer: &mut Scorer<'_>,
        paragraphs: &mut SegmentParagraphs<'_>,
        reader: &SegmentReader,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let CompiledQuery { plan, bm25, .. } = self.compiled;
        if let Some(words) = scorer.lone_words() {
            return paragraphs
                .each_batch(words, reader.max_doc(), interrupt, |batch| self.offer_batch(batch));
        }
        let table = bm25.table(scorer.cost());
        paragraphs.each_windowed(
            scorer,
            plan.units,
            reader.max_doc(),
            interrupt,
            |paragraphs, source, doc, frequencies| {
                let score = table.score(frequencies.counts(doc), paragraphs.length(doc));
                if self.may_enter(score, source.source) {
                    let occurrences = frequencies.counts(doc).fold(0, u32::saturating_add);
                    self.offer_searched(paragraphs.found_in(source, doc, occurrences, score));
                }
            },
        )
    }

    /// For two frequent words near each other: `words` is the conjunction of both, whose frequencies bound the number
    /// of occurrences. Positions are read, by `scorer`, only where the bound reaches the threshold.
    fn near(
        &mut self,
        words: &mut Scorer<'_>,
        ordered: bool,
        scorer: &mut Scorer<'_>,
        paragraphs: &mut SegmentParagraphs<'_>,
        reader: &SegmentReader,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let table = self.compiled.bm25.table(words.cost());
        paragraphs.each_windowed(
            words,
            2,
            reader.max_doc(),
            interrupt,
            |paragraphs, source, doc, frequencies| {
                let length = paragraphs.length(doc);
                let mut counts = frequencies.counts(doc);
                let (left, right) = (counts.next().unwrap_or(0), counts.next().unwrap_or(0));
                let max_score = table.score([max_near_occurrences(left, right, ordered)], length);
                if self.may_enter(max_score, source.source) {
                    // The proximity is the only unit of the plan; the two words are units of `words` alone.
                    let mut counts = [0];
                    let (matched, occurrences) = scorer.count_occurrences(doc, &mut counts);
                    if matched.is_hit() {
                        let score = table.score(counts, length);
                        self.offer_searched(paragraphs.found_in(source, doc, occurrences, score));
                    }
                }
            },
        )
    }

    /// For any other query: goes from candidate to candidate, and skips blocks and paragraphs that score too low if the
    /// scorer is `bounded`, that is, knows upper bounds of scores.
    fn pruned(
        &mut self,
        scorer: &mut Scorer<'_>,
        paragraphs: &mut SegmentParagraphs<'_>,
        bounded: bool,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        let CompiledQuery { plan, bm25, .. } = self.compiled;
        let table = bm25.table(scorer.cost());
        let mut counts = vec![0_u32; plan.units];
        let mut block_end = 0;
        let mut doc = scorer.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let next = paragraphs.seek(doc);
            if next > doc {
                doc = scorer.seek(next);
                continue;
            }
            if bounded && doc >= block_end {
                let (max_score, end) = scorer.max_score(doc, bm25);
                if !self.may_enter(max_score, paragraphs.least_source(end)) {
                    doc = scorer.seek(end);
                    continue;
                }
                block_end = end;
            }
            let length = paragraphs.length(doc);
            if bounded {
                counts.fill(0);
                scorer.max_frequencies(doc, &mut counts);
                let max_score = table.score(counts.iter().copied(), length);
                if !self.may_enter(max_score, paragraphs.source()) {
                    doc = scorer.seek(doc + 1);
                    continue;
                }
            }
            counts.fill(0);
            let (matched, occurrences) = scorer.count_occurrences(doc, &mut counts);
            if matched.is_hit() {
                let score = table.score(counts.iter().copied(), length);
                if self.offer_searched(paragraphs.found(doc, occurrences, score)) {
                    // The threshold has risen: check the rest of the block again.
                    block_end = 0;
                }
            }
            doc = scorer.seek(doc + 1);
        }
        interrupt.look()
    }
}

/// The reader of block-max scores for each field that is searched.
fn block_max(compiled: &CompiledQuery, reader: &SegmentReader) -> Result<Vec<(Field, Arc<BlockMax>)>> {
    let block_max = |field: &Field| {
        let norms = reader.get_fieldnorms_reader(*field)?;
        let words = reader.inverted_index(*field)?.total_num_tokens();
        Ok((*field, Arc::new(BlockMax::new(norms, words, compiled.bm25.average_length()))))
    };
    compiled.plan.fields.iter().map(block_max).collect::<tantivy::Result<_>>().map_err(Error::of_engine)
}
