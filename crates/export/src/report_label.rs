//! Short names of reports, by which the rows of a table can be told apart.

use std::collections::HashMap;

use quotable_index::Snapshot;
use quotable_report::{Date, Period};

/// The names of some reports: date and authority, and the file where two have the same.
#[derive(Debug)]
pub(crate) struct ReportLabels(HashMap<String, String>);

impl ReportLabels {
    /// The names of the reports at these paths.
    pub(crate) fn of<'p>(snapshot: &Snapshot, paths: impl Iterator<Item = &'p str>) -> Self {
        let short: Vec<(&str, String)> = paths.map(|path| (path, short(snapshot, path))).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        short.iter().for_each(|(_, label)| *uses.entry(label).or_default() += 1);
        let label = |(path, label): &(&str, String)| {
            let is_unique = uses.get(label.as_str()) == Some(&1);
            let label = if is_unique { label.clone() } else { format!("{label}, {}", file_name(path)) };
            ((*path).to_owned(), label)
        };
        Self(short.iter().map(label).collect())
    }

    /// The name of the report at a path; the path itself of a report that is not known.
    pub(crate) fn label<'a>(&'a self, path: &'a str) -> &'a str {
        self.0.get(path).map_or(path, String::as_str)
    }
}

/// Date and authority, as far as they are known; else the name of the file.
fn short(snapshot: &Snapshot, path: &str) -> String {
    let head = snapshot.report_head(path);
    let day: Option<Date> =
        head.as_ref().and_then(|head| head.published.or_else(|| Period::last_day(head.inspected)));
    let authority = head.as_ref().and_then(|head| head.authority).map(|authority| authority.name.as_str());
    let name = authority.unwrap_or_else(|| file_name(path));
    day.map_or_else(|| name.to_owned(), |day| format!("{day} {name}"))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
