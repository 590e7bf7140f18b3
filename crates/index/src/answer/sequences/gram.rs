//! What is counted of a word or sequence of words, and which are kept.

/// What the words of a paragraph count for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// The part in question.
    Target,
    /// Boilerplate of the part in question, which is counted apart.
    TargetBoilerplate,
    /// The part that it is compared with.
    Reference,
    /// Nothing.
    #[default]
    Neither,
}

/// Which sequences are kept, by their counts in the target.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    pub(crate) count: u64,
    pub(crate) reports: u64,
}

impl Thresholds {
    /// True for a sequence with these counts. One that does not occur never passes.
    pub(super) fn pass(self, count: u32, reports: u32) -> bool {
        count > 0 && u64::from(count) >= self.count && u64::from(reports) >= self.reports
    }
}

/// Stands for no sequence.
pub(super) const NONE: u32 = u32::MAX;

/// A sequence of words, and its counts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Gram {
    /// The number of the sequence without its last word, one level below.
    pub(super) stem: u32,
    /// The number of its last word.
    pub(super) last: u32,
    /// Occurrences in the target.
    pub(crate) count: u32,
    /// Reports of the target that have it.
    pub(crate) reports: u32,
    /// Occurrences in the boilerplate of the target.
    pub(crate) boilerplate: u32,
    /// Occurrences in the reference.
    pub(crate) reference: u32,
}

/// Adds to a count. The occurrences of an index are at most its words, but a forged one can say anything.
#[inline]
pub(super) fn add(count: &mut u32, occurrences: u32) {
    *count = count.saturating_add(occurrences);
}

impl Gram {
    /// A single word, before it is counted.
    pub(super) fn of_word(word: u32) -> Self {
        Self { stem: NONE, last: word, ..Self::default() }
    }

    /// Adds occurrences in one part. Reports are counted apart.
    #[inline]
    pub(super) fn add(&mut self, part: Part, occurrences: u32) {
        match part {
            Part::Target => add(&mut self.count, occurrences),
            Part::TargetBoilerplate => add(&mut self.boilerplate, occurrences),
            Part::Reference => add(&mut self.reference, occurrences),
            Part::Neither => {}
        }
    }
}
