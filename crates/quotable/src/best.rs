//! The first hits of a search, without counts: what cannot be among them is not looked at.

use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{SegmentReader, TERMINATED};

use crate::collect::{Found, Searched};
use crate::evaluate::{Known, Peaks, open};
use crate::fetch::fetch;
use crate::guard::guarded;
use crate::order::{Key, Order};
use crate::search::Compiled;
use crate::watch::Watch;
use crate::{Boilerplate, Error, Hit, Result, Search, Sort};

impl Search {
    /// The first `n` hits in the order of [`SearchOptions::sort`](crate::SearchOptions::sort), without counts: those of
    /// [`top`](Self::top), which cost much less to find when nobody asks how many more there are.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top_hits(&self, n: usize) -> Result<Vec<Hit>> {
        let mut best = Best::new(&self.0, n);
        if self.0.options.sort == Sort::Relevance {
            guarded(|| best.find())?;
        } else {
            self.each(true, |found, _| best.offer(found))?;
        }
        best.hits()
    }
}

/// The first of those that were found.
pub(crate) struct Best<'a> {
    compiled: &'a Compiled,
    order: Order<'a>,
    most: usize,
    /// The worst of them stands on top, to be thrown out first.
    best: BinaryHeap<(Key, Found)>,
}

impl<'a> Best<'a> {
    pub(crate) fn new(compiled: &'a Compiled, most: usize) -> Self {
        Self { compiled, order: Order::new(compiled), most, best: BinaryHeap::new() }
    }

    pub(crate) fn order(&self) -> &Order<'a> {
        &self.order
    }

    pub(crate) fn offer(&mut self, found: Found) {
        let key = self.order.key(&found);
        if self.best.len() < self.most {
            self.best.push((key, found));
        } else if let Some(mut worst) = self.best.peek_mut()
            && key < worst.0
        {
            *worst = (key, found);
        }
    }

    pub(crate) fn hits(self) -> Result<Vec<Hit>> {
        let best = self.best.into_sorted_vec();
        best.iter().map(|(_, found)| fetch(self.compiled, found)).collect()
    }

    /// Whatever scores less than this is none of the best, whatever its place.
    fn floor(&self) -> f64 {
        if self.best.len() < self.most {
            return 0.0;
        }
        self.best.peek().map_or(f64::INFINITY, |(_, worst)| worst.score)
    }

    /// Finds the best by score.
    fn find(&mut self) -> Result<()> {
        let Compiled { snapshot, plan, scale, options, .. } = self.compiled;
        let mut watch = Watch::new(options);
        let stop = watch.clone();
        let mut counts = vec![0_u32; plan.units];
        for (segment, reader) in snapshot.searcher().segment_readers().iter().enumerate() {
            watch.look()?;
            let runs = snapshot.table().runs(segment);
            let mut searched = Searched::open(self.compiled, plan.within.as_deref(), segment, reader)?;
            let mut node = open(plan, snapshot.fields(), reader, runs, segment, Known::Often, &stop)?;
            let bounded = node.is_bounded();
            if bounded {
                node.measure(&peaks(self.compiled, reader)?);
            }
            let mut floor = self.floor();
            let mut block_end = 0;
            let mut doc = node.seek(0);
            while doc != TERMINATED {
                watch.step()?;
                if bounded && doc >= block_end {
                    let (ceiling, end) = node.ceiling(doc, scale);
                    if scale.is_below(ceiling, floor) {
                        doc = node.seek(end);
                        continue;
                    }
                    block_end = end;
                }
                let length = searched.length(doc);
                if bounded && floor > 0.0 {
                    counts.fill(0);
                    node.most(doc, &mut counts);
                    if scale.is_below(scale.estimate(&counts, length), floor) {
                        doc = node.seek(doc + 1);
                        continue;
                    }
                }
                let next = searched.seek(doc);
                if next > doc {
                    doc = node.seek(next);
                    continue;
                }
                counts.fill(0);
                let (standing, occurrences) = node.tally(doc, &mut counts);
                if standing.is_hit() {
                    let score = scale.score(&counts, length);
                    let found = searched.found(doc, occurrences, score);
                    if found.copies == 0 || options.boilerplate != Boilerplate::Exclude {
                        self.offer(found);
                        if self.floor() > floor {
                            // The block may have nothing more for us.
                            (floor, block_end) = (self.floor(), 0);
                        }
                    }
                }
                doc = node.seek(doc + 1);
            }
            watch.look()?;
        }
        Ok(())
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
