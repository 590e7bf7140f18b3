//! Dispersion plots: a stripe for each report, a mark for each occurrence.

use std::io;

use quotable_index::{Dispersal, ReportOccurrences};

use super::bars::foot;
use super::canvas::{
    Anchor, BLACK, GREY, MARGIN, PALE, WIDTH, count, cut, draw, foot_height, head_height, whole,
};
use crate::number::{counted, grouped};

/// The most stripes of a chart.
const MOST_STRIPES: usize = 60;
const ROW: i32 = 18;

/// A stripe for each report with an occurrence, newest first, from its first word to its last, with a mark for each
/// occurrence. Of many reports, those with the most occurrences.
///
/// # Errors
/// If the chart cannot be drawn.
pub fn dispersion(found: &Dispersal) -> io::Result<String> {
    let mut shown: Vec<&ReportOccurrences> =
        found.reports.iter().filter(|report| !report.occurrences.is_empty()).collect();
    let with_any = shown.len();
    if with_any > MOST_STRIPES {
        let mut counts: Vec<(usize, usize)> =
            shown.iter().enumerate().map(|(at, report)| (report.occurrences.len(), at)).collect();
        counts.sort_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
        let mut kept: Vec<usize> = counts.into_iter().take(MOST_STRIPES).map(|(_, at)| at).collect();
        kept.sort_unstable();
        shown = kept.into_iter().filter_map(|at| shown.get(at).copied()).collect();
    }
    let title = format!("Where reports have {}", found.provenance.query);
    let mut lines = vec![format!(
        "{} in {} of {} reports; each stripe is a report from its first word to its last",
        counted(found.counts.occurrences, "occurrences"),
        grouped(with_any as u64),
        grouped(found.reports.len() as u64)
    )];
    if shown.len() < with_any {
        lines.push(format!("the {} reports with the most occurrences", shown.len()));
    }
    let foot = foot(&found.provenance);
    let top = head_height(&title, &lines) + 12;
    let bottom = top + ROW * count(shown.len()).max(1);
    draw(bottom + 44 + foot_height(&foot), |canvas| {
        canvas.head(&title, &lines)?;
        let (left, right) = (MARGIN + 280, WIDTH - MARGIN - 50);
        for (row, report) in (0..).zip(&shown) {
            let y = top + ROW * row + ROW / 2;
            let name = report.authority.as_deref().unwrap_or(&report.path);
            let day = report.dated.map(|day| format!(" {day}")).unwrap_or_default();
            let room = 270 - 6 * count(day.len());
            canvas.text((left - 8, y), Anchor::Right, 12, BLACK, &(cut(name, room, 12) + &day))?;
            canvas.fill((left, y - 6), (right, y + 6), PALE)?;
            for occurrence in &report.occurrences {
                // Exact up to 2^53.
                let part = (*occurrence as f64 + 0.5) / report.words.max(1) as f64;
                let x = left + whole(part * f64::from(right - left));
                canvas.line(&[(x, y - 6), (x, y + 6)], 2, BLACK)?;
            }
            let count = grouped(report.occurrences.len() as u64);
            canvas.text((right + 8, y), Anchor::Left, 11, GREY, &count)?;
        }
        for (part, name) in [(0, "beginning"), (1, "middle"), (2, "end")] {
            let x = left + (right - left) * part / 2;
            canvas.text((x, bottom + 12), Anchor::Middle, 11, GREY, name)?;
        }
        canvas.foot(bottom + 40, &foot)
    })
}
