//! Themes, and how much of a corpus is about each.

use std::io::{self, Write};

use quotable_index::{Extent, Tally, Themes};
use quotable_report::Grade;
use serde::Serialize;

use crate::cell::Cell;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::named_query::year_name;
use crate::number::{counted, grouped};
use crate::provenance::{CorpusProvenance, ProvenanceRecord};
use crate::table::Table;

/// A theme as a line of JSON; or the text without any theme; or all text.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ThemeRecord<'t> {
    /// The name; `None` for the text without any theme, and for all text.
    pub theme: Option<&'t str>,
    /// `theme`; `none` for the text without any; `all` for all text.
    pub kind: &'static str,
    /// What the name means, in words.
    pub title: &'t str,
    /// The share of the words of the corpus, from 0 to 1.
    pub share: f64,
    /// Paragraphs under a heading of the theme.
    pub by_section: Option<u64>,
    /// Paragraphs whose words match the theme.
    pub by_words: Option<u64>,
    /// All its text.
    pub all: ExtentRecord,
    /// Its text by year of publication: first the text without a date.
    pub by_year: Vec<(Option<u16>, ExtentRecord)>,
    /// Its text by the grade of the area whose section it is in: first the text without a grade.
    pub by_grade: Vec<(Option<Grade>, ExtentRecord)>,
    /// What makes the numbers repeatable.
    pub provenance: ProvenanceRecord<'t>,
}

/// An amount of text.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct ExtentRecord {
    /// Paragraphs.
    pub paragraphs: u64,
    /// Their words.
    pub words: u64,
    /// Reports with at least one of them.
    pub reports: u64,
}

impl ExtentRecord {
    /// The record of an amount of text.
    pub fn new(extent: &Extent) -> Self {
        Self { paragraphs: extent.paragraphs, words: extent.words, reports: extent.reports }
    }
}

/// What themes can be split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ThemeFacet {
    /// The year of publication.
    Year,
    /// The grade of the area whose section the text is in.
    Grade,
}

impl ThemeFacet {
    /// The name of the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Grade => "grade",
        }
    }

    /// The text of each value, by name.
    fn extents(self, tally: &Tally) -> Vec<(String, Extent)> {
        match self {
            Self::Year => tally.by_year.iter().map(|(year, extent)| (year_name(*year), *extent)).collect(),
            Self::Grade => {
                let name =
                    |grade: &Option<Grade>| grade.as_ref().map_or("ungraded".to_owned(), Grade::to_string);
                tally.by_grade.iter().map(|(grade, extent)| (name(grade), *extent)).collect()
            }
        }
    }
}

/// The themes of a corpus, and how to split them.
#[derive(Debug, Clone, Copy)]
pub struct ThemesView<'t> {
    /// The themes.
    pub themes: &'t Themes,
    /// How the shares are split; `None` for no split. JSON has every split.
    pub by: Option<ThemeFacet>,
    /// Where the numbers come from.
    pub provenance: &'t CorpusProvenance,
}

/// A theme, the text without any, or all text.
struct Row<'t> {
    theme: Option<&'t str>,
    kind: &'static str,
    title: &'t str,
    share: f64,
    by_section: Option<u64>,
    by_words: Option<u64>,
    tally: &'t Tally,
}

impl Row<'_> {
    fn name(&self) -> &str {
        self.theme.unwrap_or(self.title)
    }
}

fn theme_rows(themes: &Themes) -> Vec<Row<'_>> {
    let share = |tally: &Tally| tally.all.share_of(&themes.whole.all);
    let named = themes.themes.iter().map(|coverage| Row {
        theme: Some(&coverage.theme),
        kind: "theme",
        title: &coverage.title,
        share: share(&coverage.tally),
        by_section: Some(coverage.by_section),
        by_words: Some(coverage.by_words),
        tally: &coverage.tally,
    });
    let rest = [("none", "without a theme", &themes.without), ("all", "all text", &themes.whole)];
    let rest = rest.into_iter().map(|(kind, title, tally)| Row {
        theme: None,
        kind,
        title,
        share: share(tally),
        by_section: None,
        by_words: None,
        tally,
    });
    named.chain(rest).collect()
}

/// The text of one value; none where the theme does not occur with it.
fn extent_of(extents: &[(String, Extent)], name: &str) -> Extent {
    extents.iter().find(|(other, _)| other == name).map_or_else(Extent::default, |(_, extent)| *extent)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

impl<'t> ThemesView<'t> {
    /// A record for each theme, then for the text without any, then for all text.
    pub fn records(&self) -> impl Iterator<Item = ThemeRecord<'t>> {
        let themes = self.themes;
        theme_rows(themes).into_iter().map(|row| {
            let year = |(year, extent): &(Option<u16>, Extent)| (*year, ExtentRecord::new(extent));
            let grade =
                |(grade, extent): &(Option<Grade>, Extent)| (grade.clone(), ExtentRecord::new(extent));
            ThemeRecord {
                theme: row.theme,
                kind: row.kind,
                title: row.title,
                share: row.share,
                by_section: row.by_section,
                by_words: row.by_words,
                all: ExtentRecord::new(&row.tally.all),
                by_year: row.tally.by_year.iter().map(year).collect(),
                by_grade: row.tally.by_grade.iter().map(grade).collect(),
                provenance: ProvenanceRecord::new(&themes.provenance),
            }
        })
    }

    /// The names of the columns of CSV.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names = vec!["theme", "kind", "title"];
        names.extend(self.by.map(ThemeFacet::name));
        names.extend(["paragraphs", "words", "share", "reports"]);
        if self.by.is_none() {
            names.extend(["by_section", "by_words"]);
        }
        names.extend(CorpusProvenance::NAMES);
        names
    }

    /// A row for each theme, or for each theme and value, in the order of the [`names`](Self::names).
    pub fn rows(&self) -> Vec<Vec<Cell<'t>>> {
        let start = |row: &Row<'t>| vec![row.theme.into(), row.kind.into(), row.title.into()];
        let extent_cells = |extent: &Extent, share: f64| {
            let Extent { paragraphs, words, reports, .. } = *extent;
            [paragraphs.into(), words.into(), Cell::rounded(share, 4), reports.into()]
        };
        let mut rows = Vec::new();
        for row in theme_rows(self.themes) {
            let Some(by) = self.by else {
                let mut cells = start(&row);
                cells.extend(extent_cells(&row.tally.all, row.share));
                cells.extend([row.by_section.into(), row.by_words.into()]);
                cells.extend(self.provenance.cells());
                rows.push(cells);
                continue;
            };
            let own = by.extents(row.tally);
            for (name, whole) in by.extents(&self.themes.whole) {
                let extent = extent_of(&own, &name);
                let mut cells = start(&row);
                cells.push(name.into());
                cells.extend(extent_cells(&extent, extent.share_of(&whole)));
                cells.extend(self.provenance.cells());
                rows.push(cells);
            }
        }
        rows
    }

    /// The table that people read: how much text, or the share of each value.
    pub fn to_table(&self) -> Table {
        match self.by {
            Some(by) => self.table_by(by),
            None => self.table_of_totals(),
        }
    }

    fn table_of_totals(&self) -> Table {
        let mut table =
            Table::new(["theme"], ["paragraphs", "words", "share", "reports", "by section", "by words"]);
        let or_dash = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), grouped);
        for row in theme_rows(self.themes) {
            let all = &row.tally.all;
            table.push(vec![
                row.name().to_owned(),
                grouped(all.paragraphs),
                grouped(all.words),
                percent(row.share),
                grouped(all.reports),
                or_dash(row.by_section),
                or_dash(row.by_words),
            ]);
        }
        table
    }

    /// Shares by value, and a last row of the words that they are shares of.
    fn table_by(&self, by: ThemeFacet) -> Table {
        let wholes = by.extents(&self.themes.whole);
        let names = wholes.iter().map(|(name, _)| name.as_str());
        let mut table = Table::new(["theme"], names.chain(["all"]));
        for row in theme_rows(self.themes).iter().filter(|row| row.kind != "all") {
            let own = by.extents(row.tally);
            let mut cells = vec![row.name().to_owned()];
            cells.extend(wholes.iter().map(|(name, whole)| percent(extent_of(&own, name).share_of(whole))));
            cells.push(percent(row.share));
            table.push(cells);
        }
        let mut words = vec!["words".to_owned()];
        words.extend(wholes.iter().map(|(_, whole)| grouped(whole.words)));
        words.push(grouped(self.themes.whole.all.words));
        table.push(words);
        table
    }

    /// The columns of a chart, with their words, and for each theme and the text without any its shares of these.
    #[allow(clippy::type_complexity, reason = "columns and rows")]
    pub(crate) fn shares(&self) -> (Vec<(String, u64)>, Vec<(String, Vec<f64>)>) {
        let Some(by) = self.by else { return Default::default() };
        let wholes = by.extents(&self.themes.whole);
        let rows = theme_rows(self.themes);
        let rows = rows.iter().filter(|row| row.kind != "all").map(|row| {
            let own = by.extents(row.tally);
            let shares = wholes.iter().map(|(name, whole)| extent_of(&own, name).share_of(whole));
            let name = if row.theme.is_some() { row.title } else { row.name() };
            (name.to_owned(), shares.collect())
        });
        let rows = rows.collect();
        (wholes.into_iter().map(|(name, whole)| (name, whole.words)).collect(), rows)
    }

    /// The lines under the table: the size of the corpus, and the provenance.
    pub fn notes(&self) -> [String; 2] {
        let all = &self.themes.whole.all;
        let size = format!(
            "{}, {}, {}; a share is one of words",
            counted(all.reports, "reports"),
            counted(all.paragraphs, "paragraphs"),
            counted(all.words, "words")
        );
        [size, self.provenance.to_string()]
    }

    /// Writes the themes.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write, format: Format) -> io::Result<()> {
        match format {
            Format::Jsonl => {
                let versioned = |record| Versioned::of(record, &self.themes.provenance);
                self.records().try_for_each(|record| jsonl::write(out, &versioned(record)))
            }
            Format::Csv(formulas) => {
                let mut csv = CsvWriter::new(out, formulas);
                csv.head(self.names())?;
                self.rows().into_iter().try_for_each(|row| csv.row(row))
            }
            Format::Markdown => {
                markdown::write_table(out, &self.to_table())?;
                writeln!(out)?;
                let mut notes = self.notes().into_iter();
                notes.try_for_each(|line| writeln!(out, "- {}", markdown::escape_block(&line)))
            }
        }
    }
}
