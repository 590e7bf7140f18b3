//! Paragraphs, occurrences, counts and files: `search`, `kwic`, `count`, `reports`, `paragraphs`.

use std::collections::HashSet;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use quotable::query::{self, Limits, Query, Scope};
use quotable::{
    CancelFlag, CodeBook, CountSort, Duplicates, Facet, Hits as FoundHits, LineSort, Search, SearchOptions,
    Snapshot, Sort, Source, Unjudged, sort_lines,
};
use quotable_export::completeness::Completeness;
use quotable_export::hit::HitOptions;

use crate::answer::{Answer, Rows};
use crate::answers::chunks::Chunks;
use crate::answers::counts::Counts;
use crate::answers::hits::{FoundHit, Hits};
use crate::answers::lines::Concordance;
use crate::answers::paragraphs::Paragraphs;
use crate::answers::sources::Sources;
use crate::error::raise;
use crate::interrupt::run;
use crate::opening::Opened;
use crate::options::Options;
use crate::remarks::{Remarks, dated_by_inspection};

/// A query with its options, ready to be searched.
pub(crate) struct Asked {
    pub(crate) query: Query,
    pub(crate) options: SearchOptions,
    pub(crate) cancel: CancelFlag,
    /// How the query was read.
    pub(crate) notes: Vec<String>,
}

impl Asked {
    /// Reads the option `query`, narrowed by the filters of the other options.
    pub(crate) fn new(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Self> {
        let (query, notes) = read(py, &options.need::<String>("query")?)?;
        Self::of(py, opened, options, query, notes)
    }

    /// A query, narrowed by the filters of the options.
    pub(crate) fn of(
        py: Python<'_>,
        opened: &Opened,
        options: &Options<'_>,
        query: Query,
        notes: Vec<String>,
    ) -> PyResult<Self> {
        let cancel = CancelFlag::new();
        let book = options.code_book()?;
        let query = options.narrow(query)?;
        book.resolve(&query).map_err(|error| raise(py, &error.into()))?;
        let options = opened.place.restrict(options.search(&cancel)?).codebook(book);
        Ok(Self { query, options, cancel, notes })
    }

    /// The search, if there is a report to look in.
    pub(crate) fn search(&self, snapshot: &Snapshot) -> quotable::Result<Search> {
        let search = snapshot.search_with(&self.query, &self.options)?;
        search.require_reports()?;
        Ok(search)
    }

    /// The answer of a search, with what to know of it.
    fn answer(self, rows: impl Rows + 'static, search: Search, is_dated: bool) -> quotable::Result<Answer> {
        let cancel = self.cancel.clone();
        let notes = self.notes(&search)?;
        Ok(Answer::new(rows, notes).with_remarks(Remarks::new(search, cancel, is_dated)))
    }

    /// What to know of the answer: how the query was read, and what it lacks.
    pub(crate) fn notes(self, search: &Search) -> quotable::Result<Vec<String>> {
        let mut notes = self.notes;
        notes.extend(unjudged(search)?);
        notes.extend(lacking(Completeness::from(&search.provenance())));
        Ok(notes)
    }
}

/// The reports that filters left out, or kept, without knowing whether they pass, and those that a filter by date took by
/// the end of their inspection.
pub(crate) fn unjudged(search: &Search) -> quotable::Result<Vec<String>> {
    let in_words = |unjudged: Unjudged| {
        let (them, field) = (if unjudged.reports == 1 { "it" } else { "them" }, &unjudged.field);
        match unjudged.kept {
            true => format!("{unjudged}; -{field}:none leaves {them} out"),
            false => format!("{unjudged}; {field}:none finds {them}"),
        }
    };
    let mut notes: Vec<String> = search.unjudged()?.into_iter().map(in_words).collect();
    let by_inspection = search.provenance().dated_by_inspection;
    notes.extend((by_inspection > 0).then(|| dated_by_inspection(by_inspection)));
    Ok(notes)
}

/// Reads what a person typed.
pub(crate) fn read(py: Python<'_>, text: &str) -> PyResult<(Query, Vec<String>)> {
    let reading = query::read(text, &Limits::default()).map_err(|error| raise(py, &error.into()))?;
    Ok((reading.query, reading.notes))
}

/// The files that an answer lacks, in words.
pub(crate) fn lacking(completeness: Completeness) -> Vec<String> {
    [completeness.in_words(), completeness.passed_over()].into_iter().flatten().collect()
}

pub(crate) fn search(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let mut asked = Asked::new(py, opened, options)?;
    let sort = options.named::<Sort>("sort")?.unwrap_or_default();
    asked.options = asked.options.sort(sort);
    let snapshot = opened.index.snapshot();
    let (limit, offset) =
        (options.get::<usize>("limit")?.unwrap_or(usize::MAX), options.get("offset")?.unwrap_or(0));
    if let Some(unit) = options.text("unit")? {
        if unit != "theme" {
            return Err(PyValueError::new_err(format!("unit: “{unit}” is not known; the only one is theme")));
        }
        if options.text("scope")?.is_none() {
            asked.options = asked.options.scope(Scope::Theme);
        }
        let cancel = asked.cancel.clone();
        return run(py, &cancel, || {
            let search = asked.search(&snapshot)?;
            let found = search.top_chunks(limit)?;
            let chunks = Chunks { found, provenance: search.provenance() };
            asked.answer(chunks, search, false)
        });
    }
    let group = options.named::<Facet>("group")?;
    let each = options.get::<usize>("each")?.unwrap_or(if options.get::<usize>("limit")?.is_some() {
        3
    } else {
        usize::MAX
    });
    let sample = options.get::<usize>("sample")?;
    let seed = options.get::<u64>("seed")?.unwrap_or(1);
    let context = options.get::<u32>("context")?.unwrap_or(0);
    let hit_options = HitOptions::default()
        .sentences(options.flag("sentences")?)
        .context(context > 0)
        .group(group.clone())
        .ranked(sort == Sort::Relevance);
    let cancel = asked.cancel.clone();
    let is_dated = matches!(sort, Sort::Date | Sort::Oldest) || group.as_ref().is_some_and(Facet::is_dated);
    run(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        let (found, groups, counts) = match (&group, sample) {
            (Some(facet), _) => {
                let found = search.top_grouped(facet.clone(), limit, each)?;
                let mut hits = Vec::new();
                let mut groups = Vec::new();
                for (at, mut group) in found.groups.into_iter().enumerate() {
                    let of_group = std::mem::take(&mut group.hits).into_iter();
                    hits.extend(of_group.map(|hit| FoundHit {
                        hit,
                        neighbours: Vec::new(),
                        group: Some(at),
                    }));
                    groups.push(group);
                }
                (hits, groups, found.counts)
            }
            (None, Some(size)) => plain(search.sample(size, seed)?),
            (None, None) => plain(search.page(offset, limit)?),
        };
        let provenance = search.provenance();
        let options = hit_options.complete(&provenance);
        let mut hits = Hits { found, groups, counts, options, provenance };
        if context > 0 {
            for found in &mut hits.found {
                found.neighbours = snapshot.around(&found.hit.id, context)?;
            }
        }
        asked.answer(hits, search, is_dated)
    })
}

/// Hits without groups.
fn plain(found: FoundHits) -> (Vec<FoundHit>, Vec<quotable::Group>, quotable::Counts) {
    let hits = found.hits.into_iter().map(|hit| FoundHit { hit, neighbours: Vec::new(), group: None });
    (hits.collect(), Vec::new(), found.counts)
}

pub(crate) fn count(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let mut asked = Asked::new(py, opened, options)?;
    asked.options = asked.options.sort(Sort::Date);
    let by = options.all_named::<Facet>("by")?;
    let sort = match options.text("sort")?.as_deref() {
        None | Some("value") => CountSort::Value,
        Some("count") => CountSort::Count,
        Some("rate") => CountSort::Rate,
        Some(other) => {
            return Err(PyValueError::new_err(format!("sort: “{other}” is none of value, count, rate")));
        }
    };
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let is_dated = by.iter().any(Facet::is_dated);
    run(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        let mut table = if by.is_empty() {
            // The library counts by at least one facet; the total is the same for any. Kind has the fewest values.
            let mut table = search.count_by(&[Facet::Kind])?;
            table.by.clear();
            table.rows.clear();
            table
        } else {
            search.count_by(&by)?
        };
        table.sort(sort);
        asked.answer(Counts(table), search, is_dated)
    })
}

pub(crate) fn kwic(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let mut asked = Asked::new(py, opened, options)?;
    asked.options = asked.options.sort(Sort::Date);
    let words = options.get::<u32>("words")?.unwrap_or(8);
    let sort = options.named::<LineSort>("sort")?.unwrap_or(LineSort::Date);
    let (limit, offset) =
        (options.get::<usize>("limit")?.unwrap_or(usize::MAX), options.get("offset")?.unwrap_or(0));
    let (sample, seed) = (options.get::<usize>("sample")?, options.get::<u64>("seed")?.unwrap_or(1));
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let is_dated = matches!(sort, LineSort::Date | LineSort::Oldest);
    run(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        let mut found = match sample {
            Some(size) => search.sample_concordance(words, words, size, seed)?,
            None => search.concordance(words, words)?,
        };
        let counts = found.counts();
        let lines = if sort == LineSort::Date {
            for _ in 0..offset {
                if found.lend()?.is_none() {
                    break;
                }
            }
            found.take(limit).collect::<quotable::Result<Vec<_>>>()?
        } else {
            let mut lines = found.collect::<quotable::Result<Vec<_>>>()?;
            sort_lines(&mut lines, sort);
            lines.into_iter().skip(offset).take(limit).collect()
        };
        let lines = Concordance { lines, counts, provenance: search.provenance(), search: search.clone() };
        asked.answer(lines, search, is_dated)
    })
}

pub(crate) fn reports(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let (snapshot, place) = (opened.index.snapshot(), &opened.place);
    let mut notes = Vec::new();
    let typed = match options.text("query")? {
        Some(text) => {
            let (query, read_notes) = read(py, &text)?;
            notes.extend(read_notes);
            Some(query)
        }
        None => None,
    };
    let query = typed.into_iter().chain(options.filter()?).reduce(Query::and);
    let only_problems = options.flag("problems")?;
    // A copy is listed too, and so is a report that has tables alone.
    let searched = options.search(&cancel)?.duplicates(Duplicates::Keep).tables(true).notes(true);
    let searched = place.restrict(searched).codebook(options.code_book()?);
    let sources = run(py, &cancel, || {
        let mut listed: Vec<Source> = snapshot.reports()?;
        listed.retain(|source| place.contains(&source.path) && (!only_problems || has_problems(source)));
        if let Some(query) = &query {
            let search = snapshot.search_with(query, &searched)?;
            search.require_reports()?;
            let passed: HashSet<String> =
                search.count_by_report()?.into_iter().map(|report| report.path).collect();
            listed.retain(|source| passed.contains(&source.path));
        }
        if only_problems {
            listed.extend(snapshot.skipped(place.within.as_deref()));
        }
        Ok(listed)
    })?;
    Ok(Answer::new(Sources::new(sources, only_problems), notes))
}

fn has_problems(source: &Source) -> bool {
    source.failure.is_some() || source.copy_of.is_some() || !source.warnings.is_empty()
}

pub(crate) fn paragraphs(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Paragraphs> {
    let cancel = CancelFlag::new();
    let (query, book) = (options.filter()?.unwrap_or(Query::All), options.code_book()?);
    let searched = place_options(opened, options, &cancel, book)?;
    let snapshot = opened.index.snapshot();
    run(py, &cancel, || {
        let search = snapshot.search_with(&query, &searched)?;
        search.require_reports()?;
        let options = HitOptions::default().ranked(false).complete(&search.provenance());
        Ok(Paragraphs { count: search.count_paragraphs()?, search, options })
    })
}

fn place_options(
    opened: &Opened,
    options: &Options<'_>,
    cancel: &CancelFlag,
    book: CodeBook,
) -> PyResult<SearchOptions> {
    Ok(opened.place.restrict(options.search(cancel)?).codebook(book).most_steps(u64::MAX))
}
