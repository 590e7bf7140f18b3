//! Bars: one for each word of a list.

use std::io;

use plotters::style::RGBColor;
use quotable_index::{Collocates, KeywordSort, Keywords, Measure, Ngrams, Provenance};

use super::canvas::{
    Anchor, BLACK, GREY, MARGIN, PALE, WIDTH, count, cut, draw, foot_height, head_height, tick_name, ticks,
    whole, width_of,
};
use crate::collocate::{CollocatesView, SHOWN};
use crate::keyword;
use crate::ngram;
use crate::number::grouped;

/// The most bars of a chart.
const MOST_BARS: usize = 40;
const ROW: i32 = 22;
const BAR: RGBColor = RGBColor(70, 100, 140);

/// What a bar chart shows.
struct BarChart {
    title: String,
    lines: Vec<String>,
    /// What the axis measures.
    axis: String,
    /// Name, value, and what is written beside the bar.
    bars: Vec<(String, f64, String)>,
    foot: Vec<String>,
}

/// The strongest collocates of a query, by the measure that sorts them.
///
/// # Errors
/// If the chart cannot be drawn.
pub fn collocates(all: &Collocates) -> io::Result<String> {
    let measure = all.measure;
    let value = |value: f64| if measure.is_probability() { -value.max(1e-300).log10() } else { value };
    let bars = all.rows.iter().take(MOST_BARS).map(|row| {
        let name = row.title.clone().unwrap_or_else(|| row.name.clone());
        let beside = format!("{} of {}", grouped(row.observed), grouped(row.frequency));
        (name, value(row.score(measure)), beside)
    });
    let notes = CollocatesView { collocates: all, measures: &SHOWN }.notes();
    let axis = match measure {
        Measure::LogDice => "logDice".to_owned(),
        Measure::LogLikelihood => "log-likelihood G2".to_owned(),
        Measure::Fisher => "Fisher's exact test: -log10 p".to_owned(),
        other => other.to_string(),
    };
    let what = if all.concepts { "Concepts" } else { "Words" };
    BarChart {
        title: format!("{what} near {}", all.provenance.query),
        lines: lines(notes, all.rows.len(), all.found),
        axis: format!("{axis}; beside each bar: times near, of times in all"),
        bars: bars.collect(),
        foot: foot(&all.provenance),
    }
    .draw()
}

/// The first keywords, by the value that sorts them.
///
/// # Errors
/// If the chart cannot be drawn.
pub fn keywords(all: &Keywords) -> io::Result<String> {
    let bars = all.rows.iter().take(MOST_BARS).map(|row| {
        let beside = format!("{} : {}", grouped(row.count), grouped(row.reference_count));
        let value = all.sort.value(row);
        // What the reference lacks altogether has no ratio.
        (row.words.clone(), if value.is_finite() { value } else { row.log_ratio }, beside)
    });
    let against = all.against.as_deref().unwrap_or("the rest");
    let axis = match all.sort {
        KeywordSort::LogLikelihood => "log-likelihood G2",
        sort => keyword::sort_name(sort),
    };
    BarChart {
        title: format!("Keywords of {} against {against}", all.provenance.query),
        lines: lines(keyword::notes(all), all.rows.len(), all.found),
        axis: format!("{axis}; beside each bar: times here : there"),
        bars: bars.collect(),
        foot: foot(&all.provenance),
    }
    .draw()
}

/// The first words or sequences, by their rate.
///
/// # Errors
/// If the chart cannot be drawn.
pub fn ngrams(all: &Ngrams) -> io::Result<String> {
    let bars = all.rows.iter().take(MOST_BARS).map(|row| {
        let beside = format!("{} in {} of {}", grouped(row.count), row.reports, all.extent.reports);
        (row.words.clone(), row.per_10_000_words, beside)
    });
    BarChart {
        title: format!("Words of {}", all.provenance.query),
        lines: lines(ngram::notes(all), all.rows.len(), all.found),
        axis: "occurrences per 10,000 words; beside each bar: times, and in how many reports".to_owned(),
        bars: bars.collect(),
        foot: foot(&all.provenance),
    }
    .draw()
}

/// The notes of an answer without its last, the provenance, and with the number of bars that are shown.
fn lines(mut notes: Vec<String>, rows: usize, found: u64) -> Vec<String> {
    notes.pop();
    notes.retain(|note| !note.starts_with("showing"));
    let shown = rows.min(MOST_BARS) as u64;
    if shown < found {
        notes.insert(0, format!("the first {} of {}", grouped(shown), grouped(found)));
    }
    notes
}

/// Where the numbers come from, with the whole hash of the corpus.
pub(super) fn foot(provenance: &Provenance) -> Vec<String> {
    vec![provenance.to_string(), format!("corpus {}", provenance.corpus_hash)]
}

impl BarChart {
    fn draw(&self) -> io::Result<String> {
        let top = head_height(&self.title, &self.lines) + 14;
        let bottom = top + ROW * count(self.bars.len()).max(1);
        let height = bottom + 56 + foot_height(&self.foot);
        draw(height, |canvas| {
            canvas.head(&self.title, &self.lines)?;
            if self.bars.is_empty() {
                canvas.text((MARGIN, top + 8), Anchor::Left, 13, BLACK, "nothing to show")?;
                return canvas.foot(bottom + 48, &self.foot);
            }
            let names = self.bars.iter().map(|(name, ..)| width_of(name, 13)).max().unwrap_or(0).min(300);
            let beside = self.bars.iter().map(|(_, _, text)| width_of(text, 11)).max().unwrap_or(0).min(220);
            let (left, right) = (MARGIN + names + 10, WIDTH - MARGIN - beside - 10);
            let values = || self.bars.iter().map(|(_, value, _)| *value).filter(|value| value.is_finite());
            let most = values().fold(0.0, f64::max);
            // Strengths may be below nought.
            let least = values().fold(0.0, f64::min);
            let ticks = ticks(most - least);
            let scale = f64::from(right - left) / ticks.last().copied().unwrap_or(1.0);
            let x = |value: f64| left + whole((value - least) * scale);
            let step = ticks.get(1).copied().unwrap_or(1.0);
            for tick in &ticks {
                let at = x(tick + least);
                canvas.line(&[(at, top), (at, bottom)], 1, PALE)?;
                let name = if least < 0.0 { format!("{:.1}", tick + least) } else { tick_name(*tick, step) };
                canvas.text((at, bottom + 12), Anchor::Middle, 11, GREY, &name)?;
            }
            for (row, (name, value, beside)) in (0..).zip(&self.bars) {
                let y = top + ROW * row + ROW / 2;
                canvas.text((left - 8, y), Anchor::Right, 13, BLACK, &cut(name, 300, 13))?;
                let (from, to) = (x(0.0_f64.max(least)), x(*value));
                canvas.fill((from.min(to), y - 7), (from.max(to).max(from.min(to) + 1), y + 7), BAR)?;
                canvas.text((from.max(to) + 6, y), Anchor::Left, 11, GREY, beside)?;
            }
            canvas.line(&[(left, top), (left, bottom)], 1, GREY)?;
            canvas.text((left, bottom + 30), Anchor::Left, 12, BLACK, &self.axis)?;
            canvas.foot(bottom + 54, &self.foot)
        })
    }
}
