//! The amounts of text of two parts, and how a sequence is spread over the reports of one.

use quotable_stats::Dispersion;

use super::gram::Part;
use super::parts::Parts;
use crate::answer::extent::Extent;

/// The amounts of text of two parts.
pub(crate) struct Sizes {
    pub(crate) target: Extent,
    pub(crate) reference: Extent,
    pub(crate) boilerplate: Extent,
    /// By source, the number of words of the target.
    by_source: Vec<u64>,
    /// The number of words of the shortest report of the target; `None` if it has no words.
    smallest: Option<u64>,
}

impl Sizes {
    /// The amounts of text of two parts, each paragraph counted for the part that `seen` makes of its own.
    pub(super) fn of(parts: &Parts, seen: impl Fn(Part) -> Part) -> Self {
        let mut sizes = Self {
            target: Extent::default(),
            reference: Extent::default(),
            boilerplate: Extent::default(),
            by_source: Vec::new(),
            smallest: None,
        };
        let mut last = [None; 3];
        for (paragraph, part) in parts.subcorpus().paragraphs().iter().zip(&parts.parts) {
            let part = seen(*part);
            let (extent, last) = match part {
                Part::Target => (&mut sizes.target, &mut last[0]),
                Part::Reference => (&mut sizes.reference, &mut last[1]),
                Part::TargetBoilerplate => (&mut sizes.boilerplate, &mut last[2]),
                Part::Neither => continue,
            };
            let words = paragraph.len() as u64;
            extent.paragraphs += 1;
            extent.words += words;
            extent.reports += u64::from(last.replace(paragraph.source) != Some(paragraph.source));
            if part == Part::Target {
                let source = paragraph.source as usize;
                if sizes.by_source.len() <= source {
                    sizes.by_source.resize(source + 1, 0);
                }
                sizes.by_source[source] += words;
            }
        }
        sizes.smallest = sizes.by_source.iter().copied().filter(|words| *words > 0).min();
        sizes
    }
}

/// How a sequence is spread over the reports of the target.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    /// Gries's deviation of proportions.
    pub(crate) dp: f64,
    /// The same, divided by its largest possible value.
    pub(crate) dp_norm: f64,
    /// Juilland's D.
    pub(crate) juilland_d: f64,
    /// Indexes of the first paragraphs of up to three reports that have it.
    pub(crate) examples: [u32; EXAMPLES],
}

/// Example paragraphs of a keyword.
const EXAMPLES: usize = 3;

/// The spread of one sequence while its reports are counted.
#[derive(Clone)]
pub(super) struct Spreading {
    dispersion: Dispersion,
    examples: [u32; EXAMPLES],
}

impl Spreading {
    /// That of a sequence without occurrences.
    pub(super) fn new(sizes: &Sizes) -> Self {
        Self { dispersion: Dispersion::new(sizes.target.words), examples: [u32::MAX; EXAMPLES] }
    }

    /// Adds the occurrences in one report, and the index of the first paragraph that has one. Reports come in report order.
    pub(super) fn add_source(&mut self, sizes: &Sizes, source: u32, count: u64, first: u32) {
        self.dispersion.add(count, sizes.by_source.get(source as usize).copied().unwrap_or(0));
        if let Some(example) = self.examples.iter_mut().find(|example| **example == u32::MAX) {
            *example = first;
        }
    }

    /// The spread over all reports of the target.
    pub(super) fn finish(self, sizes: &Sizes) -> Spread {
        let reports = usize::try_from(sizes.target.reports).unwrap_or(usize::MAX);
        Spread {
            dp: self.dispersion.dp(),
            dp_norm: self.dispersion.dp_norm(sizes.smallest),
            juilland_d: self.dispersion.juilland_d(reports),
            examples: self.examples,
        }
    }
}
