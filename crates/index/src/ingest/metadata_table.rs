//! Metadata of files from a table: a spreadsheet saved as CSV, with a column `path` and any others.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use quotable_report::profile::{Profiles, authority_key};
use quotable_report::{Authority, Date, FieldName, FieldValue, Framework, Period, Report, ReportKind};

use crate::ingest::hints::Hints;

/// Metadata of files, by path. Where a cell is filled, it takes the place of what was read of the file.
///
/// The columns `title`, `authority`, `urn`, `published`, `inspected` (`2024-06-03 to 2024-06-14`), `lead_inspector`,
/// `framework`, `kind` (report, article or other), `inspectorate` and `byline` are the standard ones. Every other column is
/// a field of the report: a day as `2024-06-03`, a number, else words. Columns that `quotable reports --format csv` writes and
/// that follow from the rest are passed over.
///
/// ```
/// use quotable_index::{Facet, Index, MetadataTable};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let table = MetadataTable::parse("path;published;vessel\na.txt;2024-06-03;tug\nb.txt;;launch\n")?;
/// assert_eq!(table.fields().collect::<Vec<_>>(), ["vessel"]);
/// let index = Index::builder().metadata(table).in_memory()?;
/// let mut writer = index.writer()?;
/// for path in ["a.txt", "b.txt"] {
///     writer.put_bytes(path, b"The pier leans.")?;
/// }
/// writer.finish()?;
/// assert_eq!(index.search(&"pier vessel:tug date:2024".parse()?)?.count()?.paragraphs, 1);
/// let table = index.search(&"pier".parse()?)?.count_by(&["vessel".parse::<Facet>()?])?;
/// assert_eq!(table.rows.len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct MetadataTable {
    rows: HashMap<String, Row>,
    columns: Vec<String>,
}

/// A row: the filled cells by the name of their column.
#[derive(Debug, Clone)]
struct Row {
    line: u64,
    cells: BTreeMap<String, String>,
}

/// The error of a table that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MetadataError {
    /// The line, one-based.
    pub line: u64,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for MetadataError {}

/// Names that the query language gives another meaning.
const RESERVED: [&str; 8] = ["theme", "section", "date", "page", "para", "grade", "year", "report"];

/// Columns that `quotable reports` writes and that follow from the rest: so that its table, corrected by hand, is a table
/// of metadata.
const EXPORTED: [&str; 24] = [
    "id",
    "inspected_from",
    "inspected_to",
    "overall",
    "leaders",
    "help_and_protection",
    "in_care",
    "care_leavers",
    "adoption",
    "lscb",
    "paragraphs",
    "words",
    "pages",
    "table_rows",
    "notes",
    "warnings",
    "failure",
    "reason",
    "authority_key",
    "region",
    "series",
    "complete",
    "unread",
    "schema",
];

impl MetadataTable {
    /// The columns with a meaning of their own, besides `path`: any other that is allowed is a field of the corpus's own.
    pub const STANDARD: [&str; 10] = [
        "title", "authority", "urn", "published", "inspected", "lead_inspector", "framework", "kind",
        "inspectorate", "byline",
    ];

    /// Parses a table. Commas, semicolons or tabs separate the cells, whichever the first line has most of. Paths are
    /// relative to the corpus; a backslash counts as `/`.
    ///
    /// # Errors
    /// If there is no column `path`, if a column has no name that a field can have, or if a path is there twice, or if a
    /// cell of a standard column is not what that column holds.
    pub fn parse(text: &str) -> Result<Self, MetadataError> {
        // With one sign for a line end, the lines are counted right.
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let first = text.lines().next().unwrap_or_default();
        let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
        let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
        let error = |line: u64, message: String| MetadataError { line, message };
        let header = reader.headers().map_err(|fault| error(1, fault.to_string()))?.clone();
        let columns: Vec<String> =
            header.iter().map(|name| name.trim().to_lowercase().replace([' ', '-'], "_")).collect();
        let Some(path_column) = columns.iter().position(|name| name == "path") else {
            return Err(error(1, "there is no column “path”; name the columns in the first line".to_owned()));
        };
        for (at, name) in columns.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if columns[..at].contains(name) {
                return Err(error(1, format!("two columns are called “{name}”; rename or remove one")));
            }
        }
        for name in columns.iter().filter(|name| !name.is_empty() && *name != "path") {
            if RESERVED.contains(&name.as_str()) {
                let message =
                    format!("“{name}” is a field that every report has; give the column another name");
                return Err(error(1, message));
            }
            if !Self::STANDARD.contains(&name.as_str()) && name.parse::<FieldName>().is_err() {
                return Err(error(
                    1,
                    format!("“{name}” cannot be the name of a field; use letters and digits"),
                ));
            }
        }
        let mut rows: HashMap<String, Row> = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(|fault| {
                let line = fault.position().map_or(1, csv::Position::line);
                error(line, "the row cannot be read; save the table as CSV in UTF-8".to_owned())
            })?;
            let line = record.position().map_or(1, csv::Position::line);
            let path = record.get(path_column).unwrap_or_default().trim().replace('\\', "/");
            let path = path.trim_start_matches("./").to_owned();
            if path.is_empty() {
                continue;
            }
            let is_read = |name: &str| !name.is_empty() && name != "path" && !EXPORTED.contains(&name);
            let cells = columns.iter().zip(record.iter()).filter(|(name, _)| is_read(name));
            let cells = cells.map(|(name, cell)| (name.clone(), cell.trim().to_owned()));
            let cells: BTreeMap<String, String> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
            check(&cells).map_err(|message| error(line, message))?;
            if let Some(before) = rows.insert(path.clone(), Row { line, cells }) {
                return Err(error(
                    line,
                    format!("{path} is there twice, first in line {}; remove one", before.line),
                ));
            }
        }
        Ok(Self { rows, columns })
    }

    /// The paths of the table, each with its line, in the order of the lines.
    pub fn paths(&self) -> Vec<(&str, u64)> {
        let mut paths: Vec<(&str, u64)> =
            self.rows.iter().map(|(path, row)| (path.as_str(), row.line)).collect();
        paths.sort_unstable_by_key(|(_, line)| *line);
        paths
    }

    /// True if the table has a row for the file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.rows.contains_key(path)
    }

    /// The names of the columns that are fields of reports.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let names = self.columns.iter().map(String::as_str);
        names.filter(|name| {
            !name.is_empty() && *name != "path" && !Self::STANDARD.contains(name) && !EXPORTED.contains(name)
        })
    }

    pub(crate) fn row_hash(&self, path: &str) -> Option<[u8; 32]> {
        let row = self.rows.get(path)?;
        let mut hasher = blake3::Hasher::new();
        for (name, cell) in &row.cells {
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
            hasher.update(&(cell.len() as u64).to_le_bytes()).update(cell.as_bytes());
        }
        Some(hasher.finalize().into())
    }

    pub(crate) fn hints(&self, path: &str) -> Hints {
        let cell = |name: &str| self.rows.get(path).and_then(|row| row.cells.get(name));
        Hints {
            kind: cell("kind").and_then(|kind| ReportKind::named(kind)),
            framework: cell("framework").and_then(|name| name.parse::<Framework>().ok()),
            ..Hints::default()
        }
    }

    /// Writes the cells of its row into a report.
    pub(crate) fn apply(&self, profiles: &Profiles, report: &mut Report) {
        let Some(row) = self.rows.get(&report.path) else { return };
        let cell = |name: &str| row.cells.get(name).cloned();
        report.title = cell("title").or(report.title.take());
        report.byline = cell("byline").or(report.byline.take());
        report.inspectorate = cell("inspectorate").or(report.inspectorate.take());
        report.lead_inspector = cell("lead_inspector").or(report.lead_inspector.take());
        if let Some(framework) = cell("framework").and_then(|name| name.parse::<Framework>().ok()) {
            report.series = profiles.named(framework.as_str()).and_then(|profile| profile.title.clone());
            report.framework = Some(framework);
        }
        if let Some(kind) = cell("kind").and_then(|kind| ReportKind::named(&kind)) {
            report.kind = kind;
        }
        if let Some(day) = cell("published").and_then(|text| text.parse().ok()) {
            report.published = Some(day);
        }
        if let Some(periods) = cell("inspected").and_then(|text| periods(&text)) {
            report.inspected = periods;
        }
        if let Some(name) = cell("authority") {
            // The register of the profile that read the report, if it has one.
            let profile = report.framework.as_ref().and_then(|framework| profiles.named(framework.as_str()));
            let register = profile.unwrap_or_else(|| profiles.general()).rules.register.as_deref();
            let register = register.and_then(|name| profiles.register(name));
            let key = if register.is_some() { authority_key(&name) } else { name.to_lowercase() };
            let mut authority = Authority::new(name.clone(), key);
            if let Some(known) = register.and_then(|register| register.find(&name)) {
                authority.key.clone_from(&known.key);
                authority.region.clone_from(&known.region);
                let names = std::iter::once(&known.name).chain(&known.aliases).chain(&known.numbers);
                authority.aliases = names.cloned().collect();
            }
            // The number that was read is that of the authority that was read.
            let before = report.authority.take().filter(|before| before.key == authority.key);
            authority.urn = before.and_then(|before| before.urn);
            report.authority = Some(authority);
        }
        if let (Some(urn), Some(authority)) = (cell("urn"), &mut report.authority) {
            authority.urn = Some(urn);
        }
        for (name, cell) in row.cells.iter().filter(|(name, _)| !Self::STANDARD.contains(&name.as_str())) {
            if let (Ok(name), Some(value)) = (name.parse(), FieldValue::guess(cell)) {
                report.fields.insert(name, value);
            }
        }
    }
}

/// Checks the cells of the standard columns.
fn check(cells: &BTreeMap<String, String>) -> Result<(), String> {
    if let Some(text) = cells.get("published")
        && text.parse::<Date>().is_err()
    {
        return Err(format!("published is “{text}”, which is not a day; write it as 2024-06-03"));
    }
    if let Some(text) = cells.get("inspected")
        && periods(text).is_none()
    {
        return Err(format!("inspected is “{text}”; write it as 2024-06-03 to 2024-06-14"));
    }
    if let Some(text) = cells.get("kind")
        && ReportKind::named(text).is_none()
    {
        return Err(format!("kind is “{text}”; write report, article or other"));
    }
    if let Some(text) = cells.get("framework")
        && text.parse::<Framework>().is_err()
    {
        return Err(format!("framework is “{text}”; write letters and digits, with hyphens between words"));
    }
    Ok(())
}

/// The period of `2024-06-03 to 2024-06-14`, or the day of `2024-06-03`.
fn periods(text: &str) -> Option<Vec<Period>> {
    let days: Option<Vec<Date>> = text.split(" to ").map(|day| day.trim().parse().ok()).collect();
    match days?.as_slice() {
        [day] => Some(vec![Period { start: *day, end: *day }]),
        [start, end] if start <= end => Some(vec![Period { start: *start, end: *end }]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_the_place_of_what_was_read_and_other_columns_are_fields() {
        let table = MetadataTable::parse(
            "path;Authority;published;Vessel;tonnage\r\na/b.pdf;Westmere;2024-06-03;the tug Anna;1200\nc.pdf;;;;\n",
        )
        .unwrap();
        let mut report = Report::new("a/b.pdf");
        report.title = Some("A title".to_owned());
        table.apply(Profiles::built_in(), &mut report);
        assert_eq!(report.authority.as_ref().unwrap().key, "westmere");
        assert_eq!(report.published.unwrap().to_string(), "2024-06-03");
        assert_eq!(report.title.as_deref(), Some("A title"));
        let fields: Vec<String> =
            report.fields.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        assert_eq!(fields, ["tonnage=Number(1200.0)", "vessel=Text(\"the tug Anna\")"]);
        assert_eq!(table.fields().collect::<Vec<_>>(), ["vessel", "tonnage"]);
        assert!(table.row_hash("c.pdf").is_some() && table.row_hash("d.pdf").is_none());
        assert_eq!(table.paths(), [("a/b.pdf", 2), ("c.pdf", 3)]);
    }

    #[test]
    fn what_a_column_cannot_hold_is_an_error_with_its_line() {
        for (text, line, words) in [
            ("file\na", 1, "no column “path”"),
            ("path,published\na,3 June 2024", 2, "write it as 2024-06-03"),
            ("path,kind\na,report\nb,essay", 3, "report, article or other"),
            ("path\na\na", 3, "first in line 2"),
            ("path,§\na,b", 1, "cannot be the name of a field"),
            ("path,Vessel,vessel\na,b,c", 1, "two columns are called “vessel”"),
            ("path,grade\na,b", 1, "a field that every report has"),
            ("path,inspected\na,2024-06-14 to 2024-06-03", 2, "2024-06-03 to 2024-06-14"),
        ] {
            let error = MetadataTable::parse(text).map(drop).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            assert!(error.message.contains(words), "{error}");
        }
    }
}
