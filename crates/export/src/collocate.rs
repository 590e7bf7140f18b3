//! Collocates: what stands near the occurrences of a query.

use std::io::{self, Write};

use quotable_index::{Collocate, Collocates, Counts, Id, Measure};
use serde::Serialize;

use crate::cell::Cell;
use crate::counts::CountsRecord;
use crate::csv::{CsvWriter, VALUE_SEPARATOR};
use crate::example::{self, Example, ExampleRecord};
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
use crate::provenance::{AnswerProvenance, ProvenanceRecord};
use crate::table::Table;

/// A collocate as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CollocateRecord<'c> {
    /// The folded word, or the name of the concept.
    pub collocate: &'c str,
    /// The title of the concept; `None` for a word.
    pub title: Option<&'c str>,
    /// How often it stands in a window.
    pub observed: u64,
    /// How often it stands anywhere outside of the occurrences of the query.
    pub frequency: u64,
    /// How often chance would put it into the windows.
    pub expected: f64,
    /// logDice.
    pub log_dice: f64,
    /// Log-likelihood G2.
    pub log_likelihood: f64,
    /// The probability of this G2 by chance.
    pub p: f64,
    /// The same, adjusted for the number of words tested.
    pub p_adjusted: f64,
    /// Mutual information.
    pub mi: f64,
    /// MI3.
    pub mi3: f64,
    /// t-score.
    pub t_score: f64,
    /// z-score.
    pub z_score: f64,
    /// The Dice coefficient.
    pub dice: f64,
    /// Chi-squared.
    pub chi_squared: f64,
    /// The probability by Fisher's exact test.
    pub fisher: f64,
    /// Reports with a window that it stands in.
    pub reports: u64,
    /// Paragraphs with a window that it stands in.
    pub paragraphs: u64,
    /// How often it stands one word before an occurrence, two words, and so on; up to ten.
    pub left: &'c [u64],
    /// How often it stands one word after an occurrence, two words, and so on; up to ten.
    pub right: &'c [u64],
    /// The ids of paragraphs in which it stands in a window.
    pub examples: &'c [Id],
    /// An occurrence of the query in the first of them.
    pub example: Option<ExampleRecord<'c>>,
    /// The windows.
    pub window: WindowRecord,
    /// What the query found.
    pub counts: CountsRecord,
    /// What makes the numbers repeatable.
    pub provenance: ProvenanceRecord<'c>,
}

/// The windows around the occurrences of a query.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct WindowRecord {
    /// Words before an occurrence.
    pub left: u16,
    /// Words after an occurrence.
    pub right: u16,
    /// `sentence` or `paragraph`: where windows end.
    pub within: &'static str,
    /// Words in the windows, each once.
    pub window_words: u64,
    /// Words of the restricted corpus, without those of the occurrences.
    pub words: u64,
    /// Different words that were tested.
    pub tested: u64,
}

impl<'c> CollocateRecord<'c> {
    /// The record of a row.
    pub fn new(row: &'c Collocate, all: &'c Collocates) -> Self {
        Self {
            collocate: &row.name,
            title: row.title.as_deref(),
            observed: row.observed,
            frequency: row.frequency,
            expected: row.expected,
            log_dice: row.log_dice,
            log_likelihood: row.log_likelihood,
            p: row.p,
            p_adjusted: row.p_adjusted,
            mi: row.mi,
            mi3: row.mi3,
            t_score: row.t_score,
            z_score: row.z_score,
            dice: row.dice,
            chi_squared: row.chi_squared,
            fisher: row.fisher,
            reports: row.reports,
            paragraphs: row.paragraphs,
            left: &row.left,
            right: &row.right,
            examples: &row.examples,
            example: row.example.as_ref().map(ExampleRecord::new),
            window: WindowRecord {
                left: all.left,
                right: all.right,
                within: within(all),
                window_words: all.window_words,
                words: all.words,
                tested: all.tested,
            },
            counts: CountsRecord::new(&all.counts),
            provenance: ProvenanceRecord::new(&all.provenance),
        }
    }
}

fn within(all: &Collocates) -> &'static str {
    if all.within_sentence { "sentence" } else { "paragraph" }
}

/// The names of the columns before those of the provenance.
const NAMES: [&str; 27] = [
    "collocate", "title", "observed", "frequency", "expected", "log_dice", "log_likelihood", "p",
    "p_adjusted", "mi", "mi3", "t_score", "z_score", "dice", "chi_squared", "fisher", "reports",
    "paragraphs", "examples", "occurrences", "window_words", "words", "tested", "window_left",
    "window_right", "window_within", "measure",
];
/// The columns of positions, which come after those of the provenance.
const POSITIONS: [&str; 20] = [
    "L10", "L9", "L8", "L7", "L6", "L5", "L4", "L3", "L2", "L1", "R1", "R2", "R3", "R4", "R5", "R6", "R7",
    "R8", "R9", "R10",
];

/// The names of the columns of CSV.
pub fn names() -> Vec<&'static str> {
    NAMES.into_iter().chain(AnswerProvenance::NAMES).chain(POSITIONS).chain(example::NAMES).collect()
}

/// The cells of a row, in the order of the [`names`].
pub fn cells<'c>(row: &'c Collocate, all: &'c Collocates) -> Vec<Cell<'c>> {
    let examples: Vec<String> = row.examples.iter().map(ToString::to_string).collect();
    let own: [Cell<'c>; 27] = [
        Cell::from(&row.name),
        row.title.as_deref().into(),
        row.observed.into(),
        row.frequency.into(),
        Cell::exact(row.expected),
        Cell::exact(row.log_dice),
        Cell::exact(row.log_likelihood),
        Cell::exact(row.p),
        Cell::exact(row.p_adjusted),
        Cell::exact(row.mi),
        Cell::exact(row.mi3),
        Cell::exact(row.t_score),
        Cell::exact(row.z_score),
        Cell::exact(row.dice),
        Cell::exact(row.chi_squared),
        Cell::exact(row.fisher),
        row.reports.into(),
        row.paragraphs.into(),
        examples.join(VALUE_SEPARATOR).into(),
        all.counts.occurrences.into(),
        all.window_words.into(),
        all.words.into(),
        all.tested.into(),
        u32::from(all.left).into(),
        u32::from(all.right).into(),
        within(all).into(),
        all.measure.as_str().into(),
    ];
    let left = (0..10).rev().map(|at| row.left.get(at).copied().into());
    let right = (0..10).map(|at| row.right.get(at).copied().into());
    let provenance = AnswerProvenance::cells(&all.provenance);
    let example = example::cells(row.example.as_ref());
    own.into_iter().chain(provenance).chain(left).chain(right).chain(example).collect()
}

/// The measures that people see, if they ask for no others.
pub const SHOWN: [Measure; 2] = [Measure::LogDice, Measure::LogLikelihood];

/// The collocates of a query, and how to show them.
#[derive(Debug, Clone, Copy)]
pub struct CollocatesView<'c> {
    /// The collocates.
    pub collocates: &'c Collocates,
    /// The measures in the table that people read. CSV and JSON have all.
    pub measures: &'c [Measure],
}

impl CollocatesView<'_> {
    /// The table that people read, with the measure that sorts it as its bar.
    pub fn to_table(&self) -> Table {
        let all = self.collocates;
        let what = if all.concepts { "concept" } else { "word" };
        let measures = self.measures.iter().map(|measure| name(*measure).to_owned());
        let numbers = ["near", "in all", "expected"].map(str::to_owned).into_iter().chain(measures);
        let numbers = numbers.chain(["before", "after", "reports"].map(str::to_owned));
        let mut table = Table::new([what.to_owned()], numbers).with_last_column("example");
        for row in &all.rows {
            let mut cells = vec![row.title.clone().unwrap_or_else(|| row.name.clone())];
            cells.extend([grouped(row.observed), grouped(row.frequency), format!("{:.1}", row.expected)]);
            cells.extend(self.measures.iter().map(|measure| shown(*measure, row.score(*measure))));
            let [before, after] = [&row.left, &row.right].map(|side| side.iter().sum::<u64>());
            cells.extend([grouped(before), grouped(after), grouped(row.reports)]);
            cells.push(row.examples.first().map(ToString::to_string).unwrap_or_default());
            let score = row.score(all.measure);
            let bar = Some(score).filter(|score| *score >= 0.0 && !all.measure.is_probability());
            table.push_with_bar(cells, bar);
        }
        table
    }

    /// An example of each row, in their order.
    pub fn examples(&self) -> Vec<Example> {
        let example = |row: &Collocate| {
            let name = row.title.as_deref().unwrap_or(&row.name);
            row.example.as_ref().map(|line| Example::new(name, line))
        };
        self.collocates.rows.iter().filter_map(example).collect()
    }

    /// The lines under the table: what was counted, and the provenance.
    pub fn notes(&self) -> Vec<String> {
        let all = self.collocates;
        let Counts { occurrences, paragraphs, reports, .. } = all.counts;
        let sides = match (all.left, all.right) {
            (left, right) if left == right => format!("{left} words on each side"),
            (left, 0) => format!("{left} words before"),
            (0, right) => format!("{right} words after"),
            (left, right) => format!("{left} words before and {right} after"),
        };
        let mut notes = Vec::new();
        if (all.rows.len() as u64) < all.found {
            let shown = grouped(all.rows.len() as u64);
            notes.push(format!("showing {shown} of {}", counted(all.found, "collocates")));
        }
        notes.push(format!(
            "{} in {} of {}; windows of {sides}, to the end of the {}",
            counted(occurrences, "occurrences"),
            counted(paragraphs, "paragraphs"),
            counted(reports, "reports"),
            within(all),
        ));
        let mut totals = format!(
            "{} of {} are in a window; {} different ones tested",
            grouped(all.window_words),
            counted(all.words, "words"),
            grouped(all.tested)
        );
        if !all.function_words && !all.concepts {
            totals.push_str(", function words and numbers left out");
        }
        if let Some(restriction) = &all.restriction {
            totals.push_str(&format!("; among {restriction}"));
        }
        notes.push(totals);
        notes.push(all.provenance.to_string());
        notes
    }

    /// Writes the collocates.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write, format: Format) -> io::Result<()> {
        let all = self.collocates;
        match format {
            Format::Jsonl => all.rows.iter().try_for_each(|row| {
                jsonl::write(out, &Versioned::of(CollocateRecord::new(row, all), &all.provenance))
            }),
            Format::Csv(formulas) => {
                let mut csv = CsvWriter::new(out, formulas);
                csv.head(names())?;
                all.rows.iter().try_for_each(|row| csv.row(cells(row, all)))
            }
            Format::Markdown => {
                markdown::write_with_notes(out, &self.to_table(), &self.notes())?;
                example::write_markdown(out, &self.examples())
            }
        }
    }
}

/// The name of a measure for people.
fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::LogDice => "logDice",
        Measure::LogLikelihood => "G2",
        Measure::Mi => "MI",
        Measure::Mi3 => "MI3",
        Measure::TScore => "t",
        Measure::ZScore => "z",
        Measure::Dice => "Dice",
        Measure::ChiSquared => "chi-squared",
        other => other.as_str(),
    }
}

/// A value of a measure for people.
fn shown(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Fisher => probability(value),
        Measure::Dice => format!("{value:.4}"),
        Measure::LogLikelihood | Measure::ChiSquared => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A probability for people.
pub(crate) fn probability(value: f64) -> String {
    match value {
        value if value >= 0.001 => format!("{value:.3}"),
        value if value > 0.0 => format!("{value:.0e}"),
        _ => "0".to_owned(),
    }
}
