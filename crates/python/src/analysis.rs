//! Counts of many words or queries at once: `collocates`, `keywords`, `ngrams`, `trend`, `themes`, `run`.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use quotable::prelude::*;
use quotable::query::Query;
use quotable::{
    Boilerplate, CancelFlag, CollocateOptions, Facet, KeywordOptions, Measure, NgramOptions, Period,
    SearchOptions, Sort, TrendQuery,
};
use quotable_export::collocate::SHOWN;
use quotable_export::completeness::Completeness;
use quotable_export::provenance::CorpusProvenance;
use quotable_export::theme::ThemeFacet;

use crate::answer::Answer;
use crate::answers::codes::{CodeRows, ThemeRows};
use crate::answers::series::TrendRows;
use crate::answers::words::{CollocateRows, KeywordRows, NgramRows};
use crate::error::raise;
use crate::finding::{Asked, lacking, read};
use crate::interrupt::run as run_watched;
use crate::opening::Opened;
use crate::options::Options;

/// Rows of a list of words, unless `limit` says otherwise.
const LISTED: usize = 50;

/// The most rows: `limit`, or all of them where it is `None`.
fn limit(options: &Options<'_>) -> PyResult<usize> {
    Ok(if options.flag("all")? { usize::MAX } else { options.get("limit")?.unwrap_or(LISTED) })
}

pub(crate) fn collocates(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let mut asked = Asked::new(py, opened, options)?;
    asked.options = asked.options.sort(Sort::Date);
    let window = options.get::<u16>("window")?.unwrap_or(5);
    let within_sentence = match options.text("within")?.as_deref() {
        None | Some("paragraph") => false,
        Some("sentence") => true,
        Some(other) => {
            return Err(PyValueError::new_err(format!("within: “{other}” is none of sentence, paragraph")));
        }
    };
    let mut measures = options.all_named::<Measure>("measure")?;
    let mut wanted = CollocateOptions::default()
        .left(options.get("left")?.unwrap_or(window))
        .right(options.get("right")?.unwrap_or(window))
        .within_sentence(within_sentence)
        .min_count(options.get("min_count")?.unwrap_or(3))
        .min_reports(options.get("min_reports")?.unwrap_or(1))
        .function_words(options.flag("function_words")?)
        .concepts(options.flag("concepts")?)
        .limit(limit(options)?);
    if let Some(measure) = measures.first() {
        wanted = wanted.measure(*measure);
    }
    if let Some(score) = options.get("min_score")? {
        wanted = wanted.min_score(score);
    }
    if measures.is_empty() {
        measures = SHOWN.to_vec();
    }
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let (rows, notes) = run_watched(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        let all = search.collocates(&wanted)?;
        Ok((CollocateRows { all, measures }, asked.notes(&search)?))
    })?;
    Ok(Answer::new(rows, notes))
}

pub(crate) fn keywords(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let asked = Asked::new(py, opened, options)?;
    let mut notes = Vec::new();
    let against = match options.text("against")? {
        Some(text) => {
            let (query, read_notes) = read(py, &text)?;
            notes.extend(read_notes);
            Some(options.narrow(query)?)
        }
        None => None,
    };
    let rest = options.filter()?.unwrap_or(Query::All);
    let boilerplate =
        if options.flag("with_boilerplate")? { Boilerplate::Include } else { Boilerplate::Exclude };
    let mut wanted = KeywordOptions::default()
        .min_log_ratio(options.get("min_log_ratio")?.unwrap_or(0.0))
        .function_words(options.flag("function_words")?)
        .boilerplate(boilerplate)
        .both(options.flag("both")?)
        .limit(limit(options)?);
    if let Some(lengths) = options.lengths("words")? {
        wanted = wanted.lengths(lengths);
    }
    if let Some(count) = options.get("min_count")? {
        wanted = wanted.min_count(count);
    }
    if let Some(reports) = options.get("min_reports")? {
        wanted = wanted.min_reports(reports);
    }
    if let Some(p) = options.get("max_p")? {
        wanted = wanted.max_p(p);
    }
    if let Some(dp) = options.get("max_dp")? {
        wanted = wanted.max_dp(dp);
    }
    if let Some(sort) = options.named("sort")? {
        wanted = wanted.sort(sort);
    }
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let (rows, more) = run_watched(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        let other = snapshot.search_with(against.as_ref().unwrap_or(&rest), &asked.options)?;
        other.require_reports()?;
        let found = match against {
            Some(_) => search.keywords(Some(&other), &wanted)?,
            None => search.keywords_in(&other, &wanted)?,
        };
        Ok((KeywordRows(found), asked.notes(&search)?))
    })?;
    notes.extend(more);
    Ok(Answer::new(rows, notes))
}

pub(crate) fn ngrams(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let (query, notes) = match options.text("query")? {
        Some(text) => read(py, &text)?,
        None => (Query::All, Vec::new()),
    };
    let asked = Asked::of(py, opened, options, query, notes)?;
    let lengths = options.lengths("words")?.unwrap_or(1..=1);
    // Most sequences occur once, and to count them all takes memory in proportion.
    let least = if *lengths.end() > 1 { 5 } else { 1 };
    let mut wanted = NgramOptions::default()
        .lengths(lengths)
        .min_count(options.get("min_count")?.unwrap_or(least))
        .min_reports(options.get("min_reports")?.unwrap_or(1))
        .function_words(options.flag("function_words")?)
        .limit(limit(options)?);
    if let Some(pattern) = options.text("match")? {
        wanted = wanted.pattern(pattern);
    }
    if let Some(sort) = options.named("sort")? {
        wanted = wanted.sort(sort);
    }
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let (rows, notes) = run_watched(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        Ok((NgramRows(search.ngrams(&wanted)?), asked.notes(&search)?))
    })?;
    Ok(Answer::new(rows, notes))
}

pub(crate) fn trend(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let book = options.code_book()?;
    let mut notes = Vec::new();
    let mut queries = Vec::new();
    for text in options.get::<Vec<String>>("queries")?.unwrap_or_default() {
        let (query, read_notes) = read(py, &text)?;
        book.resolve(&query).map_err(|error| raise(py, &error.into()))?;
        notes.extend(read_notes);
        queries.push(TrendQuery { name: query.to_string(), query: options.narrow(query)? });
    }
    if options.flag("codes")? {
        for one in TrendQuery::of_codes(&book) {
            queries.push(TrendQuery { query: options.narrow(one.query)?, ..one });
        }
    }
    if queries.is_empty() {
        return Err(PyValueError::new_err("trend: give a query, or codes=True for those of the code book"));
    }
    let by = options.named::<Period>("by")?.unwrap_or(Period::Year);
    let share = options.flag("share")?;
    let searched = opened.place.restrict(options.search(&cancel)?).codebook(book);
    let snapshot = opened.index.snapshot();
    let (rows, more) = run_watched(py, &cancel, || {
        let all = snapshot.search_with(&Query::All, &searched)?;
        all.require_reports()?;
        let trend = snapshot.trend(&queries, by, &searched)?;
        for (series, query) in trend.series.iter().zip(&queries) {
            if series.total.all_reports == 0 {
                snapshot.search_with(&query.query, &searched)?.require_reports()?;
            }
        }
        Ok((TrendRows { trend, share }, lacking(Completeness::from(&all.provenance()))))
    })?;
    notes.extend(more);
    Ok(Answer::new(rows, notes))
}

/// The search for the whole corpus, for the numbers of a code book.
fn whole(opened: &Opened, options: &Options<'_>, cancel: &CancelFlag) -> PyResult<SearchOptions> {
    let options = SearchOptions::default().duplicates(options.duplicates()?).cancel(cancel.clone());
    Ok(opened.place.restrict(options))
}

pub(crate) fn themes(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let (book, file) = (options.code_book()?, options.get::<PathBuf>("codebook")?);
    let by = match options.text("by")?.as_deref() {
        None => None,
        Some("year") => Some(ThemeFacet::Year),
        Some("grade") => Some(ThemeFacet::Grade),
        Some(other) => return Err(PyValueError::new_err(format!("by: “{other}” is none of year, grade"))),
    };
    let searched = whole(opened, options, &cancel)?;
    let snapshot = opened.index.snapshot();
    let rows = run_watched(py, &cancel, || {
        snapshot.search_with(&Query::All, &searched)?.require_reports()?;
        let themes = snapshot.themes_with(&book, &searched)?;
        let provenance = CorpusProvenance::new(&themes.provenance, file.as_deref());
        Ok(ThemeRows { themes, by, provenance })
    })?;
    let notes = lacking(rows.provenance.completeness());
    Ok(Answer::new(rows, notes))
}

pub(crate) fn run(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let (book, file) = (options.code_book()?, options.get::<PathBuf>("codebook")?);
    let by = options.all_named::<Facet>("by")?;
    let searched = whole(opened, options, &cancel)?;
    let snapshot = opened.index.snapshot();
    let rows = run_watched(py, &cancel, || {
        let whole = snapshot.search_with(&Query::All, &searched)?;
        whole.require_reports()?;
        let tables = snapshot.tabulate_codes(&book, &searched, &by)?;
        let rows = book.run(&snapshot, &searched)?;
        // The provenance of the table is that of a search for everything, not of any one query.
        let provenance = CorpusProvenance::new(&whole.provenance(), file.as_deref());
        Ok(CodeRows { rows, tables, by, provenance })
    })?;
    let notes = lacking(rows.provenance.completeness());
    Ok(Answer::new(rows, notes))
}
