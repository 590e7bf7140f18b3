//! Whether a search has any report to look in. If it has none, says why, with the nearest values that exist.

use std::sync::Arc;

use quotable_query::{Filter, Query, Scope};

use crate::answer::count::restriction;
use crate::answer::explain::near;
use crate::error::{Error, ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::filter::ReportField;
use crate::store::state::State;

/// The most files that an error names.
const NAMED: usize = 5;

/// Fails if no report is in the scope of a search: in the part of the corpus that is searched, and passed by the filters
/// at the top of the query.
pub(crate) fn require_reports(compiled: &CompiledQuery) -> Result<()> {
    let CompiledQuery { state, options, .. } = compiled;
    // Their entries are not needed, and decoding all takes longer than most searches.
    let sources = state.sources();
    if !sources.numbers().any(|source| compiled.plan.is_within(source) && sources.is_read(source)) {
        return Err(no_reports(state, options.within.as_deref()));
    }
    let Some(restriction) = restriction(&compiled.read) else { return Ok(()) };
    let counts = |query: &Query| -> Result<u64> {
        // A report of tables alone is a report too.
        let options = options.clone().scope(Scope::Paragraph).tables(true).notes(true);
        Ok(CompiledQuery::new(state, query, &options)?.count()?.reports)
    };
    if counts(&restriction)? > 0 {
        return Ok(());
    }
    let parts = match &restriction {
        Query::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let passed = parts.iter().map(|part| Ok((part, counts(part)?))).collect::<Result<Vec<_>>>()?;
    let Some((part, _)) = passed.iter().find(|(_, reports)| *reports == 0) else {
        let each: Vec<String> =
            passed.iter().map(|(part, reports)| format!("{part} passes {}", counted(*reports))).collect();
        let message = format!("no report passes all filters: {}; leave one out", each.join(", "));
        return Err(Error::new(ErrorKind::UnknownValue, message));
    };
    Err(passes_none(state, part)?)
}

/// The error for a filter that passes no report, with the nearest values.
fn passes_none(state: &State, part: &Query) -> Result<Error> {
    let near = match part {
        Query::Filter(filter) => near(state, filter)?,
        _ => Vec::new(),
    };
    let cure = match (part, near.as_slice()) {
        (Query::Filter(filter), []) if is_known_of_none(state, filter)? => {
            format!("of none is it known; leave it out, or look with {}:none", filter.field.name())
        }
        (_, []) => "leave it out, or see quotable reports".to_owned(),
        (Query::Filter(Filter { field, .. }), near) => {
            let near: Vec<String> =
                near.iter().map(|value| format!("{}:{}", field.name(), quoted(value))).collect();
            format!("the nearest: {}", near.join(", "))
        }
        _ => String::new(),
    };
    Ok(Error::new(ErrorKind::UnknownValue, format!("no report passes {part}; {cure}")).near(near))
}

/// True if no report has a value of the field of a filter.
fn is_known_of_none(state: &State, filter: &Filter) -> Result<bool> {
    let Some(field) = ReportField::of(state, &filter.field)? else { return Ok(false) };
    Ok(!state.sources().entries().iter().any(|entry| field.is_known(entry)))
}

/// A value as it is typed after a colon.
fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

fn counted(reports: u64) -> String {
    format!("{reports} report{}", if reports == 1 { "" } else { "s" })
}

/// The error for a part of the corpus without any report, which says what became of its files.
pub(crate) fn no_reports(state: &Arc<State>, within: Option<&str>) -> Error {
    let table = state.sources();
    let lost: Vec<_> = table.unread(within).chain(table.skipped(within)).collect();
    let whole = within.filter(|within| !within.is_empty());
    let message = match (lost.as_slice(), whole) {
        ([], None) => "there are no reports here".to_owned(),
        ([], Some(within)) => {
            let near = crate::answer::explain::near_path(state.sources().entries(), within);
            let cure = match near.as_slice() {
                [] => String::new(),
                near => format!("; the nearest: {}", near.join(", ")),
            };
            format!("there are no reports in {within}{cure}")
        }
        ([one], within) if within == Some(one.path) || table.len() == 1 => {
            let why = one.failure.map_or("", |(_, why)| why);
            format!("{} was not read: {why}", one.path)
        }
        (lost, _) => {
            let shown = lost
                .iter()
                .take(NAMED)
                .map(|header| format!("{}: {}", header.path, header.failure.map_or("", |(_, why)| why)));
            let more =
                if lost.len() > NAMED { format!("; and {} more", lost.len() - NAMED) } else { String::new() };
            let files = if lost.len() == 1 {
                "its only file was not read".to_owned()
            } else {
                format!("none of its {} files was read", lost.len())
            };
            let place = whole.unwrap_or("here");
            let place = if place == "here" { "here".to_owned() } else { format!("in {place}") };
            format!("there are no reports {place}: {files}\n{}{more}", shown.collect::<Vec<_>>().join("\n"))
        }
    };
    Error::new(ErrorKind::NoReports, message)
}
