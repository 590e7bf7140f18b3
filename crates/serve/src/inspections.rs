//! The inspections of each authority, in the order of time.

use std::collections::BTreeMap;

use quotable::report::{Date, Grade, Period, ReportKind};
use quotable::{Id, ReportHead, Snapshot};

use crate::link::link;

/// A report on an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inspection {
    pub(crate) id: Id,
    pub(crate) path: String,
    pub(crate) day: Option<Date>,
    pub(crate) series: Option<String>,
    /// The grade as a whole.
    overall: Option<Grade>,
    is_graded: bool,
}

impl Inspection {
    fn of(head: &ReportHead<'_>) -> Self {
        Self {
            id: Id::of_report(head.path),
            path: head.path.to_owned(),
            day: head.published.or_else(|| Period::last_day(head.inspected)),
            series: head.series.map(str::to_owned),
            overall: head
                .grades
                .iter()
                .find(|given| given.area == "overall")
                .map(|given| given.grade.clone()),
            is_graded: !head.grades.is_empty(),
        }
    }

    /// The grade as a whole, if one was given.
    pub(crate) fn overall(&self) -> Option<&str> {
        self.overall.as_ref().map(Grade::as_str)
    }

    /// `12 June 2018`.
    pub(crate) fn day_in_words(&self) -> String {
        self.day.map_or_else(|| "no date".to_owned(), |day| day.in_words())
    }

    /// `12 June 2018: Inspection of …`.
    pub(crate) fn in_words(&self) -> String {
        let day = self.day_in_words();
        match &self.series {
            Some(series) => format!("{day}: {series}"),
            None => day,
        }
    }
}

/// An authority, and its inspections, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inspected {
    pub(crate) name: String,
    pub(crate) inspections: Vec<Inspection>,
}

impl Inspected {
    /// Each inspection with the one after it. Where some give grades, visits that give none are passed over.
    pub(crate) fn pairs(&self) -> impl DoubleEndedIterator<Item = (&Inspection, &Inspection)> {
        let has_grades = self.inspections.iter().any(|one| one.is_graded);
        let kept: Vec<&Inspection> =
            self.inspections.iter().filter(|one| !has_grades || one.is_graded).collect();
        let pairs: Vec<_> =
            kept.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        pairs.into_iter()
    }
}

/// Every authority with its inspections, by name.
pub(crate) fn inspected(snapshot: &Snapshot) -> Vec<Inspected> {
    let mut by_key: BTreeMap<&str, Inspected> = BTreeMap::new();
    let heads: Vec<ReportHead<'_>> = snapshot.report_heads().collect();
    for head in heads.iter().filter(|head| head.kind == ReportKind::Report && head.copy_of.is_none()) {
        let Some(authority) = head.authority else { continue };
        let new = || Inspected { name: authority.name.clone(), inspections: Vec::new() };
        by_key.entry(authority.key.as_str()).or_insert_with(new).inspections.push(Inspection::of(head));
    }
    let mut all: Vec<Inspected> = by_key.into_values().collect();
    for one in &mut all {
        one.inspections.sort_by(|left, right| (left.day, &left.path).cmp(&(right.day, &right.path)));
    }
    all.sort_by(|left, right| left.name.cmp(&right.name));
    all
}

/// The link to what came of an inspection.
pub(crate) fn follow_link(earlier: &Inspection, later: &Inspection) -> String {
    link("/follow", &[("earlier", &earlier.id.to_string()), ("later", &later.id.to_string())])
}
