//! The answer, from one state of the index.

use std::io::{self, Write};

use quotable::query::Query;
use quotable::{CollocateOptions, Collocates, KeywordOptions, Keywords, Trend, TrendQuery};
use quotable_export::chart::{self, TrendValue};
use quotable_export::collocate::{CollocatesView, SHOWN};
use quotable_export::{Format, keyword, trend};

use super::form::{AnalyseForm, Kind};
use crate::failure::Failure;
use crate::limits::Limits;
use crate::search::{filters, options, read_query};
use crate::site::Site;

/// Rows of a page and of its chart.
const ROWS: usize = 50;

/// How much of the answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// What a page shows.
    Page,
    /// All of it.
    All,
}

/// An answer, and the queries that it is about, without the filters.
pub(super) enum Answer {
    Trend(Trend, Vec<Query>),
    Keywords(Keywords, Query),
    Collocates(Collocates, Query),
}

pub(super) fn answer(
    site: &Site,
    kind: Kind,
    form: &AnalyseForm,
    limits: &Limits,
    reach: Reach,
) -> Result<Answer, Failure> {
    if !form.asks(kind) {
        return Err(Failure::bad_request("There is no query: give words to count."));
    }
    match kind {
        Kind::Trend => of_trend(site, form, limits),
        Kind::Keywords => of_keywords(site, form, limits, reach),
        Kind::Collocates => of_collocates(site, form, limits, reach),
    }
}

fn narrowed(query: Query, form: &AnalyseForm) -> Query {
    filters(&form.search).into_iter().fold(query, Query::and)
}

fn of_trend(site: &Site, form: &AnalyseForm, limits: &Limits) -> Result<Answer, Failure> {
    let read = |text| read_query(text).map(|(query, _)| query);
    let queries = form.queries().map(read).collect::<Result<Vec<_>, _>>()?;
    let series = queries
        .iter()
        .map(|query| TrendQuery { name: query.to_string(), query: narrowed(query.clone(), form) })
        .collect::<Vec<_>>();
    let snapshot = site.snapshot();
    let options = options(site, &form.search, limits);
    snapshot.search_with(&Query::All, &options)?.require_reports()?;
    let trend = snapshot.trend(&series, form.period(), &options)?;
    Ok(Answer::Trend(trend, queries))
}

/// Against the rest of what the filters leave, unless a query is named.
fn of_keywords(site: &Site, form: &AnalyseForm, limits: &Limits, reach: Reach) -> Result<Answer, Failure> {
    let typed = match form.search.q.trim() {
        "" => None,
        text => Some(read_query(text)?.0),
    };
    let restriction = filters(&form.search);
    let target = match (&typed, &restriction) {
        (Some(typed), _) => narrowed(typed.clone(), form),
        (None, Some(restriction)) => restriction.clone(),
        (None, None) => Query::All,
    };
    // A part that is told by the filters alone is compared with all other reports.
    let restriction = restriction.filter(|_| typed.is_some());
    let against = match form.against.trim() {
        "" => None,
        text => {
            let (query, _) = read_query(text)?;
            Some(restriction.clone().into_iter().fold(query, Query::and))
        }
    };
    let snapshot = site.snapshot();
    let options = options(site, &form.search, limits);
    let search = snapshot.search_with(&target, &options)?;
    search.require_reports()?;
    let whole = against.clone().or(restriction).unwrap_or(Query::All);
    let other = snapshot.search_with(&whole, &options)?;
    let length = form.words_of_keyword();
    let wanted = KeywordOptions::default().lengths(length..=length).sort(form.keyword_sort());
    let wanted = wanted.limit(if reach == Reach::All { usize::MAX } else { ROWS });
    let found = match against {
        Some(_) => search.keywords(Some(&other), &wanted)?,
        None => search.keywords_in(&other, &wanted)?,
    };
    Ok(Answer::Keywords(found, typed.unwrap_or(Query::All)))
}

fn of_collocates(site: &Site, form: &AnalyseForm, limits: &Limits, reach: Reach) -> Result<Answer, Failure> {
    let (typed, _) = read_query(&form.search.q)?;
    let options = options(site, &form.search, limits);
    let search = site.snapshot().search_with(&narrowed(typed.clone(), form), &options)?;
    search.require_reports()?;
    let wanted = CollocateOptions::default()
        .window(form.words_of_window())
        .within_sentence(form.within == "sentence")
        .concepts(!form.concepts.is_empty())
        .measure(form.collocate_measure())
        .limit(if reach == Reach::All { usize::MAX } else { ROWS });
    Ok(Answer::Collocates(search.collocates(&wanted)?, typed))
}

impl Answer {
    /// The picture of it, as SVG.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub(super) fn chart(&self, form: &AnalyseForm) -> io::Result<String> {
        match self {
            Self::Trend(found, _) => {
                let is_share = !form.share.is_empty();
                chart::trend(found, if is_share { TrendValue::ShareOfReports } else { TrendValue::Rate })
            }
            Self::Keywords(found, _) => chart::keywords(found),
            Self::Collocates(found, _) => chart::collocates(found),
        }
    }

    /// Writes its rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub(super) fn write(&self, format: Format, mut out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Trend(found, _) => trend::write(&mut out, format, found),
            Self::Keywords(found, _) => keyword::write(&mut out, format, found),
            Self::Collocates(found, _) => view(found).write(&mut out, format),
        }
    }

    /// What the numbers are of, and what makes them repeatable.
    pub(super) fn notes(&self) -> Vec<String> {
        match self {
            Self::Trend(found, _) => trend::notes(found),
            Self::Keywords(found, _) => keyword::notes(found),
            Self::Collocates(found, _) => view(found).notes(),
        }
    }

    /// Why there is no row, if so.
    pub(super) fn nothing(&self) -> Option<&'static str> {
        match self {
            Self::Trend(found, _) => found
                .series
                .iter()
                .all(|series| series.total.paragraphs == 0)
                .then_some("Nothing is found in any period."),
            Self::Keywords(found, _) => found.rows.is_empty().then_some(
                "No word is more frequent here beyond chance. A larger part of the reports may have some.",
            ),
            Self::Collocates(found, _) if found.counts.paragraphs == 0 => Some("Nothing is found."),
            Self::Collocates(found, _) if found.counts.occurrences == 0 => {
                Some("The query has no words, so that nothing is near them: add words to it.")
            }
            Self::Collocates(found, _) => found
                .rows
                .is_empty()
                .then_some("No word is near often enough. Look at more words on each side."),
        }
    }
}

pub(super) fn view(found: &Collocates) -> CollocatesView<'_> {
    CollocatesView { collocates: found, measures: &SHOWN }
}
