//! `quotable follow`.

use quotable::follow::{Concepts, Model, follow};
use quotable::query::{Field, Query};
use quotable::report::{Date, Period, ReportKind};
use quotable::{CodeBook, ErrorKind, ReportHead, SearchOptions, Snapshot};
use quotable_export::follow::{FollowView, write};

use crate::args::FollowArgs;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::render::follow as text;

pub(super) fn run(args: &FollowArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let snapshot = corpus.index.snapshot();
    let options = SearchOptions::default();
    let pairs = pairs(&snapshot, &args.target, &corpus.location.restrict(options.clone()))?;
    let mut model = Model::learn(&snapshot, &options)?;
    let concepts = Concepts::learn(&CodeBook::builtin(), &snapshot, &options)?;
    let mut answers = Vec::new();
    for pair in &pairs {
        let paths = (pair.earlier.path.as_str(), pair.later.path.as_str());
        let answer = follow(&snapshot, &mut model, &concepts, paths, None, &options)?;
        if answer.followed.is_empty() {
            console.note(format!("{} asks for nothing under a heading that is known", pair.earlier.path));
        } else {
            answers.push((pair, answer));
        }
    }
    let views: Vec<_> = answers
        .iter()
        .map(|(pair, answer)| FollowView { answer, earlier: &pair.earlier.name, later: &pair.later.name })
        .collect();
    match args.output.export_format() {
        Some(format) => write(&mut console.out, format, &views, (&corpus.index.status()).into())?,
        None => views.iter().try_for_each(|view| text::write(&mut console.page(), view))?,
    }
    Ok(Outcome::of(views.len() as u64))
}

/// A report and the next one of its authority.
struct Pair {
    earlier: Named,
    later: Named,
}

/// A report with a name for people.
#[derive(Clone)]
struct Named {
    path: String,
    name: String,
    day: Option<Date>,
    is_graded: bool,
}

impl Named {
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

/// The inspections that the target names, each with the next, the newest first.
fn pairs(snapshot: &Snapshot, target: &str, options: &SearchOptions) -> Result<Vec<Pair>> {
    let by_authority = reports_of(snapshot, target, options);
    let (reports, only) = match by_authority {
        Ok(reports) if !reports.is_empty() => (reports, None),
        other => {
            let path = path_of(snapshot, target);
            let Some(path) = path else {
                return match other {
                    Err(error) if error.kind() != ErrorKind::UnknownValue => Err(error.into()),
                    _ => Err(Error::new(format!("no authority and no single report is called “{target}”"))
                        .cure("give a name as quotable reports lists it, or more of the path of the report")),
                };
            };
            let key = snapshot
                .report_head(&path)
                .and_then(|head| head.authority.map(|authority| authority.name.clone()));
            let Some(name) = key else {
                return Err(Error::new(format!("the authority of {path} is not known"))
                    .cure("give it in a table with the columns path and authority: --metadata FILE"));
            };
            (reports_of(snapshot, &name, options)?, Some(path))
        }
    };
    let mut reports = reports;
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
        let what = match only {
            Some(path) => format!("no later inspection report follows {path}"),
            None => format!("there is only one inspection report of “{target}”"),
        };
        return Err(Error::new(what)
            .cure("put the next report into the folder too; quotable reports lists what is there"));
    }
    Ok(pairs)
}

/// The inspection reports of an authority.
fn reports_of(snapshot: &Snapshot, name: &str, options: &SearchOptions) -> quotable::Result<Vec<Named>> {
    let filter = Query::filter(Field::Authority, name);
    let counts = snapshot.search_with(&filter, options)?.count_by_report()?;
    let heads = counts.iter().filter_map(|report| snapshot.report_head(&report.path));
    Ok(heads
        .filter(|head| head.kind == ReportKind::Report && head.copy_of.is_none())
        .map(|head| Named::of(&head))
        .collect())
}

/// The path of the only report whose path is the target or has it.
pub(super) fn path_of(snapshot: &Snapshot, target: &str) -> Option<String> {
    if let Some(head) = snapshot.report_head(target) {
        return Some(head.path.to_owned());
    }
    let target = target.to_lowercase();
    let mut found = snapshot.report_heads().filter(|head| head.path.to_lowercase().contains(&target));
    let first = found.next()?;
    found.next().is_none().then(|| first.path.to_owned())
}
