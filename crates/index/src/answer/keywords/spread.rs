//! The amounts of text of two parts, and how sequences are spread over the reports of one.

use quotable_stats::Dispersion;

use crate::answer::extent::Extent;
use crate::answer::grams::{Grams, Part};
use crate::answer::parts::Parts;
use crate::error::Result;
use crate::interrupt::Interrupt;

/// The amounts of text of two parts.
pub(crate) struct Sizes {
    pub(crate) target: Extent,
    pub(crate) reference: Extent,
    pub(crate) boilerplate: Extent,
    /// By source, the number of words of the target.
    by_source: Vec<u64>,
}

impl Sizes {
    pub(crate) fn of(parts: &Parts) -> Self {
        let mut sizes = Self {
            target: Extent::default(),
            reference: Extent::default(),
            boilerplate: Extent::default(),
            by_source: Vec::new(),
        };
        let mut last = [None; 3];
        for (paragraph, part) in parts.forward.paragraphs().iter().zip(&parts.parts) {
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
            if *part == Part::Target {
                let source = paragraph.source as usize;
                if sizes.by_source.len() <= source {
                    sizes.by_source.resize(source + 1, 0);
                }
                sizes.by_source[source] += words;
            }
        }
        sizes
    }
}

/// How a sequence is spread over the reports of the target.
#[derive(Clone)]
pub(crate) struct Spread {
    pub(crate) dispersion: Dispersion,
    /// Indexes of the first paragraphs of up to three reports that have it.
    pub(crate) examples: [u32; EXAMPLES],
}

/// Example paragraphs of a keyword.
const EXAMPLES: usize = 3;

/// For each of some sequences, given by length and number, how often each report of the target has it.
///
/// # Errors
/// Those of [`Grams::each_in_target`].
pub(crate) fn spread(
    grams: &Grams<'_>,
    sequences: &[(usize, u32)],
    sizes: &Sizes,
    interrupt: &mut Interrupt,
) -> Result<Vec<Spread>> {
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for (row, (length, number)) in (0..).zip(sequences) {
        if rows.len() <= *length {
            rows.resize(length + 1, Vec::new());
        }
        if let Some(rows) = rows.get_mut(*length) {
            if rows.len() <= *number as usize {
                rows.resize(*number as usize + 1, u32::MAX);
            }
            rows[*number as usize] = row;
        }
    }
    // The last report of each row, and its occurrences so far.
    let mut last: Vec<(u32, u64)> = vec![(u32::MAX, 0); sequences.len()];
    let none = Spread { dispersion: Dispersion::new(sizes.target.words), examples: [u32::MAX; EXAMPLES] };
    let mut spread = vec![none; sequences.len()];
    let words = |source: u32| sizes.by_source.get(source as usize).copied().unwrap_or(0);
    grams.each_in_target(interrupt, |at, paragraph, length, number| {
        let row = rows.get(length).and_then(|rows| rows.get(number as usize)).copied().unwrap_or(u32::MAX);
        let (Some(last), Some(spread)) = (last.get_mut(row as usize), spread.get_mut(row as usize)) else {
            return;
        };
        if last.0 != paragraph.source {
            spread.dispersion.add(last.1, words(last.0));
            *last = (paragraph.source, 0);
            if let Some(example) = spread.examples.iter_mut().find(|example| **example == u32::MAX) {
                *example = at;
            }
        }
        last.1 += 1;
    })?;
    for ((source, count), spread) in last.into_iter().zip(&mut spread) {
        spread.dispersion.add(count, words(source));
    }
    Ok(spread)
}

/// DP, its normalised form and Juilland's D.
pub(crate) fn measures(spread: &Dispersion, sizes: &Sizes) -> (f64, f64, f64) {
    let smallest = sizes.by_source.iter().copied().filter(|words| *words > 0).min();
    let reports = usize::try_from(sizes.target.reports).unwrap_or(usize::MAX);
    (spread.dp(), spread.dp_norm(smallest), spread.juilland_d(reports))
}
