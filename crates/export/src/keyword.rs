//! Keywords: what one part of a corpus has more of than another.

use std::io::{self, Write};

use quotable_index::{Extent, Id, Keyword, KeywordPart, KeywordSort, Keywords};
use serde::Serialize;

use crate::cell::Cell;
use crate::collocate::probability;
use crate::csv::{CsvWriter, VALUE_SEPARATOR};
use crate::example::{self, Example, ExampleRecord};
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
use crate::provenance::{AnswerProvenance, ProvenanceRecord};
use crate::table::Table;
use crate::theme::ExtentRecord;

/// A keyword as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct KeywordRecord<'k> {
    /// The folded words, with single spaces between.
    pub words: &'k str,
    /// Number of words.
    pub length: u8,
    /// Occurrences in the target.
    pub count: u64,
    /// Occurrences in the reference.
    pub reference_count: u64,
    /// Occurrences for every 10,000 words of the target.
    pub per_10_000_words: f64,
    /// Occurrences for every 10,000 words of the reference.
    pub reference_per_10_000_words: f64,
    /// Occurrences in the boilerplate of the target.
    pub boilerplate: u64,
    /// Log ratio.
    pub log_ratio: f64,
    /// %DIFF; `None` where the reference has none.
    pub percent_difference: Option<f64>,
    /// Simple maths.
    pub simple_maths: f64,
    /// The odds ratio; `None` where the reference has none.
    pub odds_ratio: Option<f64>,
    /// Log-likelihood G2 of the two counts.
    pub log_likelihood: f64,
    /// Log-likelihood G2 over the whole table.
    pub log_likelihood_of_table: f64,
    /// Chi-squared.
    pub chi_squared: f64,
    /// The probability of the G2 over the whole table by chance.
    pub p: f64,
    /// The same, adjusted for the number of tests.
    pub p_adjusted: f64,
    /// Reports of the target that have it.
    pub reports: u64,
    /// Deviation of proportions over the reports of the target.
    pub dp: f64,
    /// The same, normalised.
    pub dp_norm: f64,
    /// Juilland's D over the reports of the target.
    pub juilland_d: f64,
    /// `target`, or `reference` for a word that the reference has more of.
    pub more_in: &'static str,
    /// The ids of paragraphs that have it.
    pub examples: &'k [Id],
    /// The first occurrence in the first of them.
    pub example: Option<ExampleRecord<'k>>,
    /// The two parts.
    pub parts: KeywordPartsRecord<'k>,
    /// What makes the numbers repeatable: of the target.
    pub provenance: ProvenanceRecord<'k>,
}

/// The two parts that keywords compare.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct KeywordPartsRecord<'k> {
    /// The text of the target.
    pub target: ExtentRecord,
    /// The text of the reference.
    pub reference: ExtentRecord,
    /// Boilerplate of the target that is counted apart.
    pub boilerplate: ExtentRecord,
    /// Paragraphs of the target that the reference would have too.
    pub in_both: u64,
    /// The query of the reference; `None` for the rest.
    pub against: Option<&'k str>,
    /// Different words and sequences that were tested.
    pub tested: u64,
}

impl<'k> KeywordRecord<'k> {
    /// The record of a row.
    pub fn new(row: &'k Keyword, all: &'k Keywords) -> Self {
        Self {
            words: &row.words,
            length: row.length,
            count: row.count,
            reference_count: row.reference_count,
            per_10_000_words: row.per_10_000_words,
            reference_per_10_000_words: row.reference_per_10_000_words,
            boilerplate: row.boilerplate,
            log_ratio: row.log_ratio,
            percent_difference: row.percent_difference,
            simple_maths: row.simple_maths,
            odds_ratio: row.odds_ratio,
            log_likelihood: row.log_likelihood,
            log_likelihood_of_table: row.log_likelihood_of_table,
            chi_squared: row.chi_squared,
            p: row.p,
            p_adjusted: row.p_adjusted,
            reports: row.reports,
            dp: row.dp,
            dp_norm: row.dp_norm,
            juilland_d: row.juilland_d,
            more_in: row.part.as_str(),
            examples: &row.examples,
            example: row.example.as_ref().map(ExampleRecord::new),
            parts: KeywordPartsRecord {
                target: ExtentRecord::new(&all.target),
                reference: ExtentRecord::new(&all.reference),
                boilerplate: ExtentRecord::new(&all.boilerplate),
                in_both: all.in_both,
                against: all.against.as_deref(),
                tested: tested(row, all),
            },
            provenance: ProvenanceRecord::new(&all.provenance),
        }
    }
}

/// How many words and sequences of the part that a row is of were tested.
fn tested(row: &Keyword, all: &Keywords) -> u64 {
    match row.part {
        KeywordPart::Target => all.tested,
        KeywordPart::Reference => all.reference_tested,
    }
}

/// The names of the columns before those of the provenance.
const NAMES: [&str; 29] = [
    "words",
    "length",
    "count",
    "reference_count",
    "per_10_000_words",
    "reference_per_10_000_words",
    "boilerplate_count",
    "log_ratio",
    "percent_difference",
    "simple_maths",
    "odds_ratio",
    "log_likelihood",
    "log_likelihood_of_table",
    "chi_squared",
    "p",
    "p_adjusted",
    "reports",
    "dp",
    "dp_norm",
    "juilland_d",
    "target_words",
    "target_reports",
    "reference_words",
    "reference_reports",
    "boilerplate_words",
    "in_both",
    "tested",
    "against",
    "sort",
];

/// The columns after those of the provenance and before those of the example.
const LAST: [&str; 2] = ["more_in", "examples"];

/// The names of the columns of CSV.
pub fn names() -> Vec<&'static str> {
    NAMES.into_iter().chain(AnswerProvenance::NAMES).chain(LAST).chain(example::NAMES).collect()
}

/// The cells of a row, in the order of the [`names`].
pub fn cells<'k>(row: &'k Keyword, all: &'k Keywords) -> Vec<Cell<'k>> {
    let own: [Cell<'k>; 29] = [
        Cell::from(&row.words),
        u32::from(row.length).into(),
        row.count.into(),
        row.reference_count.into(),
        Cell::exact(row.per_10_000_words),
        Cell::exact(row.reference_per_10_000_words),
        row.boilerplate.into(),
        Cell::exact(row.log_ratio),
        row.percent_difference.map_or(Cell::Empty, Cell::exact),
        Cell::exact(row.simple_maths),
        row.odds_ratio.map_or(Cell::Empty, Cell::exact),
        Cell::exact(row.log_likelihood),
        Cell::exact(row.log_likelihood_of_table),
        Cell::exact(row.chi_squared),
        Cell::exact(row.p),
        Cell::exact(row.p_adjusted),
        row.reports.into(),
        Cell::exact(row.dp),
        Cell::exact(row.dp_norm),
        Cell::exact(row.juilland_d),
        all.target.words.into(),
        all.target.reports.into(),
        all.reference.words.into(),
        all.reference.reports.into(),
        all.boilerplate.words.into(),
        all.in_both.into(),
        tested(row, all).into(),
        all.against.as_deref().into(),
        all.sort.as_str().into(),
    ];
    let examples: Vec<String> = row.examples.iter().map(ToString::to_string).collect();
    let last: [Cell<'k>; 2] = [row.part.as_str().into(), examples.join(VALUE_SEPARATOR).into()];
    let provenance = AnswerProvenance::cells(&all.provenance);
    own.into_iter().chain(provenance).chain(last).chain(example::cells(row.example.as_ref())).collect()
}

/// The table that people read, of what the target has more of. The bar is the value that the rows are sorted by.
pub fn to_table(all: &Keywords) -> Table {
    table_of(&all.rows, all)
}

/// The same of what the reference has more of: negative keywords.
pub fn to_reference_table(all: &Keywords) -> Table {
    table_of(&all.reference_rows, all)
}

/// An example of each row, in their order, those of the reference last.
pub fn examples(all: &Keywords) -> Vec<Example> {
    let rows = all.rows.iter().chain(&all.reference_rows);
    rows.filter_map(|row| row.example.as_ref().map(|line| Example::new(&row.words, line))).collect()
}

fn table_of(rows: &[Keyword], all: &Keywords) -> Table {
    let numbers =
        ["here", "there", "per 10,000", "there per 10,000", "log ratio", "G2", "p adjusted", "reports", "DP"];
    let mut table = Table::new(["words"], numbers);
    for row in rows {
        let cells = vec![
            row.words.clone(),
            grouped(row.count),
            grouped(row.reference_count),
            format!("{:.2}", row.per_10_000_words),
            format!("{:.2}", row.reference_per_10_000_words),
            format!("{:.2}", row.log_ratio),
            format!("{:.1}", row.log_likelihood),
            probability(row.p_adjusted),
            grouped(row.reports),
            format!("{:.2}", row.dp),
        ];
        // The bar shows how far the rates are apart, whichever part has more.
        let value = match (all.sort, row.part) {
            (KeywordSort::Count, KeywordPart::Reference) => row.reference_count as f64,
            (KeywordSort::SimpleMaths, KeywordPart::Reference) => 1.0 / row.simple_maths,
            (sort, KeywordPart::Reference) => sort.value(row).abs(),
            (sort, KeywordPart::Target) => sort.value(row),
        };
        table.push_with_bar(cells, Some(value).filter(|value| value.is_finite() && *value >= 0.0));
    }
    table
}

/// The lines under the table: the two parts, what was left out, and the provenance.
pub fn notes(all: &Keywords) -> Vec<String> {
    let part = |extent: &Extent| {
        let Extent { words, paragraphs, reports, .. } = extent;
        let (words, paragraphs) = (counted(*words, "words"), counted(*paragraphs, "paragraphs"));
        format!("{words} in {paragraphs} of {}", counted(*reports, "reports"))
    };
    let mut notes = Vec::new();
    if (all.rows.len() as u64) < all.found {
        let shown = grouped(all.rows.len() as u64);
        notes.push(format!("showing {shown} of {}", counted(all.found, "keywords")));
    }
    if (all.reference_rows.len() as u64) < all.reference_found {
        let shown = grouped(all.reference_rows.len() as u64);
        let all = counted(all.reference_found, "keywords");
        notes.push(format!("showing {shown} of {all} of the other part"));
    }
    notes.push(format!("here: {}: {}", all.provenance.query, part(&all.target)));
    let against = all.against.as_deref().unwrap_or("the rest");
    notes.push(format!("there: {against}: {}", part(&all.reference)));
    if all.in_both > 0 {
        let are =
            if all.in_both == 1 { "is in both parts and counts" } else { "are in both parts and count" };
        notes.push(format!("{} {are} here alone", counted(all.in_both, "paragraphs")));
    }
    if all.boilerplate.words > 0 {
        notes.push(format!("boilerplate, counted apart: {}", part(&all.boilerplate)));
    }
    let mut tested = format!("{} tested", counted(all.tested, "different words and sequences"));
    if all.reference_tested > 0 {
        tested.push_str(&format!(", and {} of the other part", grouped(all.reference_tested)));
    }
    notes.push(tested);
    notes.push(all.provenance.to_string());
    notes
}

/// The heading above the table of the reference.
pub const MORE_THERE: &str = "more frequent there";

/// Writes keywords, then those of the reference.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, format: Format, all: &Keywords) -> io::Result<()> {
    let mut rows = all.rows.iter().chain(&all.reference_rows);
    match format {
        Format::Jsonl => rows.try_for_each(|row| {
            jsonl::write(out, &Versioned::of(KeywordRecord::new(row, all), &all.provenance))
        }),
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(names())?;
            rows.try_for_each(|row| csv.row(cells(row, all)))
        }
        Format::Markdown => {
            if !all.reference_rows.is_empty() {
                markdown::write_table(out, &to_table(all))?;
                writeln!(out, "\n{}\n", markdown::escape_block(MORE_THERE))?;
                markdown::write_with_notes(out, &to_reference_table(all), &notes(all))?;
            } else {
                markdown::write_with_notes(out, &to_table(all), &notes(all))?;
            }
            example::write_markdown(out, &examples(all))
        }
    }
}

/// The name of an order for people.
pub(crate) fn sort_name(sort: KeywordSort) -> &'static str {
    match sort {
        KeywordSort::LogLikelihood => "G2",
        KeywordSort::LogRatio => "log ratio",
        KeywordSort::SimpleMaths => "simple maths",
        KeywordSort::PercentDifference => "%DIFF",
        KeywordSort::OddsRatio => "odds ratio",
        KeywordSort::ChiSquared => "chi-squared",
        KeywordSort::Count => "occurrences",
        other => other.as_str(),
    }
}
