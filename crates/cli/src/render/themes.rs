//! How much of a corpus each theme covers.

use std::io::{self, Write};

use quotable::report::Grade;
use quotable::{Extent, Tally, Themes};
use serde::Serialize;

use crate::args::themes::Part;
use crate::render::csv::{self, Cell};
use crate::render::jsonl::{self, Versioned};
use crate::render::markdown::escaped;
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::render::provenance::{OfCorpus, Under};
use crate::render::table::Table;

/// A theme, or what stands for all text or for what has none.
#[derive(Debug, Serialize)]
struct Row<'t> {
    /// The name of the theme; `null` for the text without any, and for all text.
    theme: Option<&'t str>,
    /// What the row is of: `theme`, `none`, `all`.
    kind: &'static str,
    title: &'t str,
    /// The share of the words of the corpus, from 0 to 1.
    share: f64,
    by_section: Option<u64>,
    by_words: Option<u64>,
    #[serde(flatten)]
    tally: &'t Tally,
}

fn rows(themes: &Themes) -> Vec<Row<'_>> {
    let share = |tally: &Tally| tally.all.share_of(&themes.whole.all);
    let mut rows: Vec<Row<'_>> = themes
        .themes
        .iter()
        .map(|one| Row {
            theme: Some(&one.theme),
            kind: "theme",
            title: &one.title,
            share: share(&one.tally),
            by_section: Some(one.by_section),
            by_words: Some(one.by_words),
            tally: &one.tally,
        })
        .collect();
    let other = |kind, title, tally| Row {
        theme: None,
        kind,
        title,
        share: share(tally),
        by_section: None,
        by_words: None,
        tally,
    };
    rows.push(other("none", "without a theme", &themes.without));
    rows.push(other("all", "all text", &themes.whole));
    rows
}

impl Row<'_> {
    fn name(&self) -> &str {
        self.theme.unwrap_or(self.title)
    }
}

/// A part of the corpus, and how much of a theme stands in it.
type Parts = Vec<(String, Extent)>;

fn parts(tally: &Tally, by: Part) -> Parts {
    match by {
        Part::Year => tally
            .by_year
            .iter()
            .map(|(year, extent)| (year.map_or_else(|| "undated".to_owned(), |it| it.to_string()), *extent))
            .collect(),
        Part::Grade => tally
            .by_grade
            .iter()
            .map(|(grade, extent)| (grade.map_or("ungraded", Grade::as_str).to_owned(), *extent))
            .collect(),
    }
}

fn of(parts: &Parts, name: &str) -> Extent {
    parts.iter().find(|(part, _)| part == name).map_or_else(Extent::default, |(_, extent)| *extent)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// The themes of a corpus, and by what they are told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'t> {
    pub(crate) themes: &'t Themes,
    pub(crate) by: Option<Part>,
    pub(crate) corpus: &'t OfCorpus,
}

/// A table for people.
pub(crate) fn text(page: &mut Page<'_>, told: Told<'_>) -> io::Result<()> {
    table(told).text(page)?;
    page.blank()?;
    foot(told).iter().try_for_each(|line| page.text("", 0, line, &[]))
}

/// The same table in Markdown.
pub(crate) fn markdown(out: &mut dyn Write, told: Told<'_>) -> io::Result<()> {
    table(told).markdown(out)?;
    writeln!(out)?;
    foot(told).iter().try_for_each(|line| writeln!(out, "- {}", escaped(line)))
}

fn foot(told: Told<'_>) -> [String; 2] {
    let all = &told.themes.whole.all;
    let among = format!(
        "{}, {}, {}; a share is one of words",
        counted(all.reports, "reports"),
        counted(all.paragraphs, "paragraphs"),
        counted(all.words, "words")
    );
    [among, told.corpus.to_string()]
}

fn table(told: Told<'_>) -> Table {
    let rows = rows(told.themes);
    let Some(by) = told.by else {
        let mut table =
            Table::new(["theme"], ["paragraphs", "words", "share", "reports", "by section", "by words"]);
        let dash = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), grouped);
        for row in &rows {
            let all = &row.tally.all;
            let [paragraphs, words, reports] = [all.paragraphs, all.words, all.reports].map(grouped);
            let share = percent(row.share);
            let (by_section, by_words) = (dash(row.by_section), dash(row.by_words));
            table.row(vec![row.name().to_owned(), paragraphs, words, share, reports, by_section, by_words]);
        }
        return table;
    };
    let wholes = parts(&told.themes.whole, by);
    let names = wholes.iter().map(|(name, _)| name.as_str());
    let mut table = Table::new(["theme"], names.chain(["all"]));
    for row in rows.iter().filter(|row| row.kind != "all") {
        let own = parts(row.tally, by);
        let mut line = vec![row.name().to_owned()];
        line.extend(wholes.iter().map(|(name, whole)| percent(of(&own, name).share_of(whole))));
        line.push(percent(row.share));
        table.row(line);
    }
    let mut words = vec!["words".to_owned()];
    words.extend(wholes.iter().map(|(_, whole)| grouped(whole.words)));
    words.push(grouped(told.themes.whole.all.words));
    table.row(words);
    table
}

/// A row for each theme, or for each theme and part of the corpus.
pub(crate) fn csv(out: &mut dyn Write, told: Told<'_>, raw: bool) -> io::Result<()> {
    let Told { themes, by, corpus } = told;
    let part = match by {
        Some(Part::Year) => Some("year"),
        Some(Part::Grade) => Some("grade"),
        None => None,
    };
    let mut head = vec!["theme", "kind", "title"];
    head.extend(part);
    head.extend(["paragraphs", "words", "share", "reports"]);
    if part.is_none() {
        head.extend(["by_section", "by_words"]);
    }
    head.extend(OfCorpus::HEAD);
    csv::row(out, &head.iter().map(|name| Cell::text(Some(name))).collect::<Vec<_>>(), raw)?;
    for row in rows(themes) {
        let start = || vec![Cell::text(row.theme), Cell::text(Some(row.kind)), Cell::text(Some(row.title))];
        let extent = |cells: &mut Vec<Cell>, extent: &Extent, share: f64| {
            cells.extend([extent.paragraphs, extent.words].map(Cell::Number));
            cells.push(Cell::Text(format!("{share:.4}")));
            cells.push(Cell::Number(extent.reports));
        };
        let Some(by) = by else {
            let mut cells = start();
            extent(&mut cells, &row.tally.all, row.share);
            cells.extend([Cell::text(row.by_section), Cell::text(row.by_words)]);
            cells.extend(corpus.cells());
            csv::row(out, &cells, raw)?;
            continue;
        };
        let own = parts(row.tally, by);
        for (name, whole) in parts(&themes.whole, by) {
            let here = of(&own, &name);
            let mut cells = start();
            cells.push(Cell::Text(name));
            extent(&mut cells, &here, here.share_of(&whole));
            cells.extend(corpus.cells());
            csv::row(out, &cells, raw)?;
        }
    }
    Ok(())
}

/// An object for each theme, then for the text without any, then for all text: by year and by grade too.
pub(crate) fn json(out: &mut dyn Write, told: Told<'_>) -> Result<(), serde_json::Error> {
    let provenance = &told.themes.provenance;
    let mut one = |record| jsonl::line(out, &Versioned::new(Under { record, provenance }));
    rows(told.themes).iter().try_for_each(&mut one)
}
