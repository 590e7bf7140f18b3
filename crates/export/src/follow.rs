//! What one inspection asked for, followed into the next: as records, rows, Markdown and a page.

mod markdown;
mod page;
mod row;

use std::io::{self, Write};

use quotable_follow::{FollowUp, FollowVerdict, Followed};

use crate::check::CheckFormat;
use crate::completeness::Completeness;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::number::counted;
use crate::table::Table;

pub use self::row::FollowRecord;

/// How requests are grouped for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FollowGroup {
    /// The later report asks again.
    AskedAgain,
    /// The later report criticises it.
    Criticised,
    /// The later report praises part of it.
    InPart,
    /// The later report praises it.
    ReadsBetter,
    /// No paragraph was found whose words are enough.
    NotFound,
}

impl FollowGroup {
    /// Every group, in the order in which people read them.
    pub const ALL: [Self; 5] =
        [Self::AskedAgain, Self::Criticised, Self::InPart, Self::ReadsBetter, Self::NotFound];

    /// The group of a request.
    pub fn of(followed: &Followed) -> Self {
        match followed.verdict {
            _ if followed.is_asked_again() => Self::AskedAgain,
            FollowVerdict::Persists => Self::Criticised,
            FollowVerdict::Partly | FollowVerdict::Mixed => Self::InPart,
            FollowVerdict::Improved => Self::ReadsBetter,
            _ => Self::NotFound,
        }
    }

    /// The stable name: `asked-again`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AskedAgain => "asked-again",
            Self::Criticised => "criticised",
            Self::InPart => "in-part",
            Self::ReadsBetter => "reads-better",
            Self::NotFound => "not-found",
        }
    }

    /// The heading for people.
    pub fn heading(self) -> &'static str {
        match self {
            Self::AskedAgain => "Asked for again",
            Self::Criticised => "Still criticised",
            Self::InPart => "In part",
            Self::ReadsBetter => "Reads better",
            Self::NotFound => "Not found",
        }
    }

    /// What the group means, for people.
    pub fn note(self) -> &'static str {
        match self {
            Self::AskedAgain => "The later report asks for it in its own list of what must improve.",
            Self::Criticised => "The words of the nearest paragraphs criticise.",
            Self::InPart => "Some of the words praise, others criticise.",
            Self::ReadsBetter => "The words of the nearest paragraphs praise.",
            Self::NotFound => {
                "No paragraph has enough of its words; the nearest three are shown. This does not mean that it is solved."
            }
        }
    }
}

/// The parts of a request that fare differently, with their verdicts: none unless the verdict on the request is mixed.
pub(crate) fn differing_parts(followed: &Followed) -> impl Iterator<Item = (&str, FollowVerdict)> {
    let parts = followed.parts.iter().filter(|_| followed.verdict == FollowVerdict::Mixed);
    let clear =
        parts.filter(|part| matches!(part.verdict, FollowVerdict::Improved | FollowVerdict::Persists));
    clear.filter_map(|part| Some((followed.request.hit.text.get(part.text.clone())?.trim(), part.verdict)))
}

/// How the parts of a request fare that differ, as a line for people: `reads better: “…”; criticised: “…”`.
pub fn parts_in_words(followed: &Followed) -> Option<String> {
    let in_words = |verdict| if verdict == FollowVerdict::Improved { "reads better" } else { "criticised" };
    let parts = differing_parts(followed).map(|(part, verdict)| format!("{}: “{part}”", in_words(verdict)));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Said once, beside every answer.
pub const CAVEAT: &str = "These are candidates, found by the words of both reports. Whether a finding was mended is for the \
                          reader to judge.";

/// One inspection followed into the next, with the names of both reports.
#[derive(Debug, Clone, Copy)]
pub struct FollowView<'f> {
    /// The answer.
    pub answer: &'f FollowUp,
    /// The name of the earlier report, for people.
    pub earlier: &'f str,
    /// The name of the later report, for people.
    pub later: &'f str,
}

impl<'f> FollowView<'f> {
    /// The requests of a group, in the order of the earlier report.
    pub fn group(&self, group: FollowGroup) -> Vec<&'f Followed> {
        self.answer.followed.iter().filter(|followed| FollowGroup::of(followed) == group).collect()
    }

    /// The line of sums: `12 requests: 3 asked for again, 2 still criticised, …`.
    pub fn summary(&self) -> String {
        let groups = FollowGroup::ALL.map(|group| (group, self.group(group).len()));
        let parts: Vec<_> = groups
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(group, count)| format!("{count} {}", group.heading().to_lowercase()))
            .collect();
        let requests = counted(self.answer.followed.len() as u64, "requests");
        let new = match self.answer.new.len() {
            0 => String::new(),
            count => format!("; {count} asked for in the later report alone"),
        };
        if parts.is_empty() {
            format!("{requests}{new}")
        } else {
            format!("{requests}: {}{new}", parts.join(", "))
        }
    }

    /// The areas that the later report does not judge any more, as a sentence.
    pub fn no_longer_judged(&self) -> Option<String> {
        let areas: Vec<_> =
            self.answer.no_longer_judged().map(|change| change.area.as_str().replace('-', " ")).collect();
        (!areas.is_empty()).then(|| format!("No longer judged in the later report: {}.", areas.join(", ")))
    }

    /// The grades of both reports as a table.
    pub fn grades(&self) -> Table {
        let mut table = Table::new(["area", "earlier", "later"], [""; 0]);
        let name = |grade: &Option<_>| grade.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        for change in &self.answer.grades {
            table.push(vec![change.area.to_string(), name(&change.earlier), name(&change.later)]);
        }
        table
    }

    /// The concepts of the code book by inspection, as a table: paragraphs that have each.
    pub fn concepts(&self) -> Table {
        let mut table = Table::new(["concept"], ["earlier", "later"]);
        for row in &self.answer.concepts {
            table.push(vec![row.title.clone(), row.earlier.to_string(), row.later.to_string()]);
        }
        let (earlier, later) = self.answer.paragraphs;
        table.push_total(vec!["paragraphs in all".to_owned(), earlier.to_string(), later.to_string()]);
        table
    }
}

/// Writes answers in a format. Nothing follows the last.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    format: CheckFormat,
    views: &[FollowView<'_>],
    completeness: Completeness,
) -> io::Result<()> {
    match format {
        CheckFormat::Common(Format::Jsonl) => {
            for view in views {
                for record in FollowRecord::of(view) {
                    jsonl::write(out, &Versioned::of(record, completeness))?;
                }
            }
            Ok(())
        }
        CheckFormat::Common(Format::Csv(formulas)) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(FollowRecord::names())?;
            for view in views {
                for record in FollowRecord::of(view) {
                    csv.row(record.cells())?;
                }
            }
            Ok(())
        }
        CheckFormat::Common(Format::Markdown) => views.iter().try_for_each(|view| markdown::write(out, view)),
        CheckFormat::Page => page::write(out, views),
    }
}
