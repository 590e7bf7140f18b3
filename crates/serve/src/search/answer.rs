//! The answer to a search, from one state of the index.

use std::collections::HashMap;
use std::sync::Arc;

use quotable::query::{self, Field, Limits as QueryLimits, Query};
use quotable::{
    Boilerplate, Counts, ErrorKind, Explanation, Extent, Facet, Hint, Hit, LeftOut, Line, LineSort, Search,
    SearchOptions, Snapshot, Sort, Status, sort_lines,
};
use quotable_export::completeness::Completeness;
use quotable_export::number::counted;

use super::form::SearchForm;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::site::Site;
use crate::themes::Theme;

/// Hits of one page.
pub(crate) const HITS: usize = 20;
/// Lines of one page of a concordance.
pub(crate) const LINES: usize = 50;
/// Words on each side in a concordance.
pub(crate) const AROUND: u32 = 12;
/// Lines that are sorted; a concordance of more comes in the order of dates alone.
const MOST_SORTED: usize = 100_000;
/// Values of each facet that are offered.
const MOST_VALUES: usize = 200;

/// The answer to a search.
pub(super) struct Answer {
    /// The query as it was read, with the filters.
    pub(super) read: String,
    /// Notes on how it was read.
    pub(super) notes: Vec<String>,
    pub(super) counts: Counts,
    /// The text that was searched.
    pub(super) extent: Extent,
    pub(super) found: Found,
    pub(super) chips: Vec<Chips>,
    /// `None` where it is not asked for, or would take too long.
    pub(super) explanation: Option<Explanation>,
    pub(super) hints: Vec<Hint>,
    pub(super) left_out: LeftOut,
    /// What filters left out without knowing whether they would pass it.
    pub(super) unjudged: Vec<String>,
    /// Reports without a date.
    pub(super) undated: u64,
    pub(super) completeness: Completeness,
    /// What another person needs to repeat the counts.
    pub(super) provenance: String,
    /// True if the files of the reports are here.
    pub(super) has_files: bool,
}

/// What is shown of what was found.
pub(super) enum Found {
    /// Hits, and the cursor of the last one if there are more.
    Hits(Vec<Hit>, Option<String>),
    /// Lines, and whether there are more. The order is that of dates if `unsorted`: there are too many lines to sort.
    Lines { lines: Vec<Line>, more: bool, unsorted: bool },
}

/// The values of one facet.
pub(super) struct Chips {
    /// The parameter that filters by it.
    pub(super) name: &'static str,
    pub(super) values: Vec<Chip>,
}

/// A value, and what it would leave.
pub(super) struct Chip {
    pub(super) value: String,
    /// What people call it.
    pub(super) label: String,
    /// Paragraphs and reports that it would leave; `None` if they were not counted.
    pub(super) leaves: Option<(u64, u64)>,
    /// Reports with any text of the value, where that is a denominator.
    pub(super) all_reports: Option<u64>,
}

/// What the corpus holds, for the page before a search.
pub(super) struct Overview {
    pub(super) status: Status,
    /// The first and last year of publication.
    pub(super) years: Option<(u16, u16)>,
    pub(super) authorities: usize,
    /// The themes that the corpus has.
    pub(super) themes: Arc<Vec<Theme>>,
}

pub(super) fn overview(site: &Site) -> Overview {
    let snapshot = site.snapshot();
    let mut years: Option<(u16, u16)> = None;
    let mut authorities = std::collections::BTreeSet::new();
    for head in snapshot.report_heads() {
        if let Some(day) = head.published {
            let (first, last) = years.unwrap_or((day.year(), day.year()));
            years = Some((first.min(day.year()), last.max(day.year())));
        }
        authorities.extend(head.authority.map(|authority| authority.key.as_str()));
    }
    let authorities = authorities.len();
    let themes = site.themes(&snapshot);
    Overview { status: snapshot.status(), years, authorities, themes }
}

/// The query of the box and of the chips, with notes on how it was read.
///
/// # Errors
/// If the query cannot be read.
pub(crate) fn query_of(form: &SearchForm) -> Result<(Query, Vec<String>), Failure> {
    let (query, notes) = match form.q.trim() {
        "" => (None, Vec::new()),
        text => read_query(text).map(|(query, notes)| (Some(query), notes))?,
    };
    let all = query.into_iter().chain(filters(form)).reduce(Query::and);
    Ok((all.unwrap_or(Query::All), notes))
}

/// A query as it was typed, with notes on how it was read.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read_query(text: &str) -> Result<(Query, Vec<String>), Failure> {
    let reading = query::read(text.trim(), &QueryLimits::default());
    let reading = reading.map_err(|error| Failure::bad_request(error.to_string()))?;
    Ok((reading.query, reading.notes))
}

/// The filters of the chips.
pub(crate) fn filters(form: &SearchForm) -> Option<Query> {
    let text = |field: Field, value: &str| (!value.is_empty()).then(|| Query::filter(field, value));
    let year = match form.year.as_str() {
        "" => None,
        "none" => text(Field::Date, "none"),
        year => Some(Query::range(Field::Date, Some(year), Some(year))),
    };
    let filters = [
        text(Field::Authority, &form.authority),
        year,
        text(Field::Theme, &form.theme),
        text(Field::Grade, &form.grade),
        text(Field::Framework, &form.series),
    ];
    filters.into_iter().flatten().reduce(Query::and)
}

/// The options of the form.
pub(crate) fn options(site: &Site, form: &SearchForm, limits: &Limits) -> SearchOptions {
    let boilerplate = if form.boilerplate == "exclude" { Boilerplate::Exclude } else { Boilerplate::Include };
    let has_words = !form.q.trim().is_empty();
    // Without words nothing is relevant.
    let usual = if has_words { Sort::Relevance } else { Sort::Date };
    site.options(limits)
        .tables(!form.tables.is_empty())
        .notes(!form.notes.is_empty())
        .boilerplate(boilerplate)
        .sort(form.sort.parse().unwrap_or(usual))
}

pub(super) fn answer(site: &Site, form: &SearchForm, limits: &Limits) -> Result<Answer, Failure> {
    let snapshot = site.snapshot();
    let (query, notes) = query_of(form)?;
    let options = options(site, form, limits);
    let search = snapshot.search_with(&query, &options)?;
    search.require_reports()?;
    let (counts, found) = if form.is_concordance() { lines(&search, form)? } else { hits(&search, form)? };
    let nothing = counts.paragraphs == 0;
    // Explaining asks for each part by itself, which takes longer than the answer.
    let explanation =
        if nothing || !form.explain.is_empty() { unless_too_long(search.explain())? } else { None };
    let hints = unless_too_long(search.hints(&counts))?.unwrap_or_default();
    let chips = if nothing { Vec::new() } else { chips(site, &snapshot, &search, form)? };
    let unjudged = search.unjudged()?;
    let provenance = search.provenance();
    Ok(Answer {
        read: query.to_string(),
        notes,
        counts,
        extent: search.extent()?,
        found,
        chips,
        explanation,
        hints,
        left_out: unless_too_long(search.left_out())?.unwrap_or_default(),
        unjudged: unjudged.iter().map(ToString::to_string).collect(),
        undated: search.dating().undated,
        completeness: (&provenance).into(),
        provenance: provenance.to_string(),
        has_files: site.corpus.is_some(),
    })
}

/// `None` for an addition to an answer that takes more than one answer may.
fn unless_too_long<T>(result: quotable::Result<T>) -> Result<Option<T>, Failure> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::OverLimit => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn hits(search: &Search, form: &SearchForm) -> Result<(Counts, Found), Failure> {
    let found = match form.after.as_str() {
        "" => search.top(HITS + 1)?,
        cursor => search.top_after(HITS + 1, &cursor.to_owned().into())?,
    };
    let (counts, mut hits) = (found.counts, found.hits);
    let more = hits.len() > HITS;
    hits.truncate(HITS);
    let next = hits.last().filter(|_| more).map(|hit| hit.cursor.to_string());
    Ok((counts, Found::Hits(hits, next)))
}

fn lines(search: &Search, form: &SearchForm) -> Result<(Counts, Found), Failure> {
    let stream = search.concordance(AROUND, AROUND)?;
    let counts = stream.counts();
    let sort = form.sort.parse().unwrap_or(LineSort::Date);
    let skipped = usize::try_from(form.before()).unwrap_or(usize::MAX);
    let is_sorted = sort != LineSort::Date && counts.occurrences <= MOST_SORTED as u64;
    let mut lines = if is_sorted {
        let mut all = stream.collect::<quotable::Result<Vec<Line>>>()?;
        sort_lines(&mut all, sort);
        all.drain(..skipped.min(all.len()));
        all
    } else {
        stream.skip(skipped).take(LINES + 1).collect::<quotable::Result<Vec<Line>>>()?
    };
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    Ok((counts, Found::Lines { lines, more, unsorted: sort != LineSort::Date && !is_sorted }))
}

/// The values that what was found has, for facets without a filter.
fn chips(
    site: &Site,
    snapshot: &Snapshot,
    search: &Search,
    form: &SearchForm,
) -> Result<Vec<Chips>, Failure> {
    let facets = [
        ("authority", Facet::Authority),
        ("year", Facet::Year),
        ("grade", Facet::Grade),
        ("series", Facet::Framework),
    ];
    let open: Vec<(&str, [Facet; 1])> = facets
        .into_iter()
        .filter(|(name, _)| form.value(name).is_empty())
        .map(|(name, facet)| (name, [facet]))
        .collect();
    let tables =
        search.count_by_each(&open.iter().map(|(_, facets)| facets.as_slice()).collect::<Vec<_>>())?;
    let labels = Labels::of(snapshot);
    let mut all = Vec::new();
    for ((name, _), table) in open.into_iter().zip(tables) {
        let rows = table.rows.into_iter().filter(|row| row.paragraphs > 0);
        let mut values: Vec<Chip> = rows
            .filter_map(|row| {
                let value = row.values.into_iter().next().flatten()?;
                let (paragraphs, reports) = (row.paragraphs, row.reports);
                Some(Chip {
                    label: labels.of_value(name, &value),
                    value,
                    leaves: Some((paragraphs, reports)),
                    all_reports: Some(row.all_reports),
                })
            })
            .collect();
        match name {
            "authority" => values.sort_by_key(|chip| std::cmp::Reverse(chip.leaves)),
            "year" => values.reverse(),
            _ => {}
        }
        values.truncate(MOST_VALUES);
        all.push(Chips { name, values });
    }
    if form.theme.is_empty() {
        all.insert(all.len().min(2), themes(site, snapshot, search, form)?);
    }
    all.retain(|chips| !chips.values.is_empty());
    Ok(all)
}

/// What people call the values of facets.
struct Labels<'a> {
    /// The printed names of authorities, by key.
    authorities: HashMap<&'a str, &'a str>,
    /// The names of series, by that of the framework.
    series: HashMap<&'a str, &'a str>,
}

impl<'a> Labels<'a> {
    fn of(snapshot: &'a Snapshot) -> Self {
        let (mut authorities, mut series) = (HashMap::new(), HashMap::new());
        for head in snapshot.report_heads() {
            if let Some(authority) = head.authority {
                authorities.entry(authority.key.as_str()).or_insert(authority.name.as_str());
            }
            if let (Some(framework), Some(name)) = (head.framework, head.series) {
                series.entry(framework.as_str()).or_insert(name);
            }
        }
        Self { authorities, series }
    }

    /// The printed name of an authority, the kind of inspection in words; the value itself if it has no name.
    fn of_value(&self, facet: &str, value: &str) -> String {
        let printed = match facet {
            "authority" => self.authorities.get(value),
            "series" => self.series.get(value),
            _ => None,
        };
        printed.map_or_else(|| value.replace('-', " "), |printed| (*printed).to_owned())
    }
}

/// The themes of the corpus, with what each would leave if that is asked for. A theme is found by sections and by words, so that
/// each is a search.
fn themes(site: &Site, snapshot: &Snapshot, search: &Search, form: &SearchForm) -> Result<Chips, Failure> {
    let mut values = Vec::new();
    for theme in site.themes(snapshot).iter() {
        let (value, label) = (theme.name.clone(), theme.title.clone());
        let leaves = if form.themes.is_empty() {
            None
        } else {
            let query = search.query().clone().and(Query::filter(Field::Theme, theme.name.as_str()));
            let counts = snapshot.search_with(&query, search.options())?.count()?;
            Some((counts.paragraphs, counts.reports))
        };
        if leaves.is_none_or(|(paragraphs, _)| paragraphs > 0) {
            values.push(Chip { value, label, leaves, all_reports: None });
        }
    }
    Ok(Chips { name: "theme", values })
}

/// `5 paragraphs in 3 of 12 reports`.
pub(super) fn reach(answer: &Answer) -> String {
    let counts = &answer.counts;
    format!(
        "{} in {} of {}",
        counted(counts.occurrences, "occurrences"),
        counted(counts.paragraphs, "paragraphs"),
        counted(answer.extent.paragraphs, "paragraphs")
    )
}
