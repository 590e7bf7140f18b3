//! Which reports follow one another: the inspections of an authority, each with the next.

use std::fmt;

use quotable_index::{Error, ErrorKind, Id, ReportHead, SearchOptions, Snapshot};
use quotable_query::{Field, Query};
use quotable_report::{Date, Period, ReportKind};

/// A report and the next one of its authority.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pair {
    /// The earlier report.
    pub earlier: NamedReport,
    /// The report that follows it.
    pub later: NamedReport,
}

/// A report with a name for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedReport {
    /// The path of the report.
    pub path: String,
    /// Its authority, kind of inspection and day.
    pub name: String,
    day: Option<Date>,
    is_graded: bool,
}

/// Why no pair was found.
#[derive(Debug)]
#[non_exhaustive]
pub enum PairsError {
    /// No authority and no single report is called so.
    UnknownTarget(String),
    /// The authority of the report of this path is not known.
    UnknownAuthority(String),
    /// No later report follows the report of this path.
    NoLater(String),
    /// The authority of this name has one inspection report alone.
    OnlyOne(String),
    /// The index could not answer.
    Index(Error),
}

impl fmt::Display for PairsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTarget(target) => {
                write!(f, "no authority and no single report is called “{target}”")
            }
            Self::UnknownAuthority(path) => write!(f, "the authority of {path} is not known"),
            Self::NoLater(path) => write!(f, "no later inspection report follows {path}"),
            Self::OnlyOne(target) => write!(f, "there is only one inspection report of “{target}”"),
            Self::Index(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PairsError {}

impl From<Error> for PairsError {
    fn from(error: Error) -> Self {
        Self::Index(error)
    }
}

impl NamedReport {
    fn of(head: &ReportHead<'_>) -> Self {
        let day = head.published.or_else(|| Period::last_day(head.inspected));
        let authority = head.authority.map_or(head.path, |authority| authority.name.as_str());
        let dated = day.map_or_else(String::new, |day| format!(", {day}"));
        let series = head.series.map_or_else(String::new, |series| format!(", {series}"));
        Self {
            path: head.path.to_owned(),
            name: format!("{authority}{series}{dated}"),
            day,
            is_graded: !head.grades.is_empty(),
        }
    }
}

/// The inspections that `target` names, each with the next, the newest first. The target is an authority by any of its
/// names, or a report by its path or a part of it.
///
/// # Errors
/// If nothing is called so, if nothing follows, or if the index cannot be read.
pub fn pairs(snapshot: &Snapshot, target: &str, options: &SearchOptions) -> Result<Vec<Pair>, PairsError> {
    let by_authority = reports_of(snapshot, target, options);
    let (mut reports, only) = match by_authority {
        Ok(reports) if !reports.is_empty() => (reports, None),
        other => {
            let path = path_of(snapshot, target);
            let Some(path) = path else {
                return Err(match other {
                    Err(error) if error.kind() != ErrorKind::UnknownValue => error.into(),
                    _ => PairsError::UnknownTarget(target.to_owned()),
                });
            };
            let authority =
                snapshot.report_head(&path).and_then(|head| head.authority.map(|known| known.name.clone()));
            let Some(name) = authority else { return Err(PairsError::UnknownAuthority(path)) };
            (reports_of(snapshot, &name, options)?, Some(path))
        }
    };
    let has_grades = reports.iter().any(|report| report.is_graded);
    reports.retain(|report| !has_grades || report.is_graded || only.as_ref() == Some(&report.path));
    reports.sort_by(|left, right| (left.day, &left.path).cmp(&(right.day, &right.path)));
    let next = reports.windows(2).filter_map(|pair| match pair {
        [earlier, later] if only.as_ref().is_none_or(|only| *only == earlier.path) => {
            Some(Pair { earlier: earlier.clone(), later: later.clone() })
        }
        _ => None,
    });
    let mut pairs: Vec<_> = next.collect();
    pairs.reverse();
    if pairs.is_empty() {
        return Err(match only {
            Some(path) => PairsError::NoLater(path),
            None => PairsError::OnlyOne(target.to_owned()),
        });
    }
    Ok(pairs)
}

/// The inspection reports of an authority.
fn reports_of(
    snapshot: &Snapshot,
    name: &str,
    options: &SearchOptions,
) -> quotable_index::Result<Vec<NamedReport>> {
    let filter = Query::filter(Field::Authority, name);
    let counts = snapshot.search_with(&filter, options)?.count_by_report()?;
    let heads = counts.iter().filter_map(|report| snapshot.report_head(&report.path));
    Ok(heads
        .filter(|head| head.kind == ReportKind::Report && head.copy_of.is_none())
        .map(|head| NamedReport::of(&head))
        .collect())
}

/// The path of the report whose path or id is the target, or else of the only one whose path has it; `None` if none has it,
/// or several have.
pub fn path_of(snapshot: &Snapshot, target: &str) -> Option<String> {
    if let Some(head) = snapshot.report_head(target) {
        return Some(head.path.to_owned());
    }
    if let Ok(id) = target.parse::<Id>()
        && id.ordinal().is_none()
        && let Some(head) = snapshot.report_heads().find(|head| Id::of_report(head.path) == id)
    {
        return Some(head.path.to_owned());
    }
    let target = target.to_lowercase();
    let mut found = snapshot.report_heads().filter(|head| head.path.to_lowercase().contains(&target));
    let first = found.next()?;
    found.next().is_none().then(|| first.path.to_owned())
}
