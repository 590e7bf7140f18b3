//! An inspectorate of one's own: its file format, its profile with a scale and areas, its metadata and fields.
//!
//! ```sh
//! cargo run -p quotable-examples --bin inspectorate
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;

use quotable::query::Query;
use quotable::read::{Block, BlockKind, Budget, Document, Line, ReadError, Reader, Readers};
use quotable::report::profile::Profiles;
use quotable::{Index, MetadataTable};

/// What the reports of the inspectorate look like. `PROFILES.md` has every key.
const PROFILE: &str = r#"
name = "harbour"
title = "Harbour inspection"
inspectorate = "The Harbour Board"

[recognise]
all = ['^Inspection of the harbour of ']

[authority]
register = "none"
name = [{ pattern = '^Inspection of the harbour of (?P<v>.+)$' }]

[dates]
published = [{ declared = ["published"] }]

[fields.vessel]
rules = [{ declared = ["vessel"] }]
[fields.berths]
type = "number"
rules = [{ declared = ["berths"] }]

[scales.harbour]
best-first = ["shipshape", "fair", "leaking"]

[[areas]]
name = "moorings"
labels = ['^moorings']
[[areas]]
name = "lights"
labels = ['^lights']

[[judgements]]
how = ["line"]
scale = "harbour"
"#;

/// Reads `.log` files: lines `key: value`, an empty line, and the text.
struct LogReader;

impl Reader for LogReader {
    fn format(&self) -> &'static str {
        "log"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        path.extension().is_some_and(|extension| extension == "log")
    }

    fn read(&self, bytes: &[u8], _budget: &Budget) -> Result<Document, ReadError> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\n\n").unwrap_or(("", &text));
        let mut document = Document::new(self.format());
        // Without this, what a file declares of itself may be left over from a template, and is not believed.
        document.trusted = true;
        for (key, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            document.properties.push((key.to_lowercase(), value.to_owned()));
        }
        for line in body.lines().filter(|line| !line.is_empty()) {
            document.blocks.push(Block::new(BlockKind::Paragraph, vec![Line::plain(line)]));
        }
        Ok(document)
    }
}

const REPORTS: [(&str, &str); 3] = [
    (
        "2025/anchor.log",
        "Published: 2025-03-02\nVessel: tug\nBerths: 12\n\nInspection of the harbour of Anchorhithe\nMoorings: leaking\n\
         Lights: shipshape\nThe pier leans, and two ropes of the pier have parted since the winter.\n",
    ),
    (
        "2026/anchor.log",
        "Published: 2026-03-09\nVessel: launch\nBerths: 14\n\nInspection of the harbour of Anchorhithe\nMoorings: fair\n\
         Lights: shipshape\nThe pier is mended. Its ropes are new.\n",
    ),
    (
        "2026/sandwick.log",
        "Published: 2026-05-01\nVessel: tug\nBerths: 4\n\nInspection of the harbour of Sandwick\nMoorings: leaking\n\
         Lights: fair\nNobody has looked at the pier for years.\n",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let (profiles, errors) = Profiles::built_in().with([("harbour.toml".to_owned(), PROFILE.to_owned())]);
    if let Some(error) = errors.into_iter().next() {
        return Err(error.into());
    }
    let mut readers = Readers::default();
    readers.push(LogReader);
    let table = MetadataTable::parse("path,master\n2026/sandwick.log,E. Thole\n")?;
    let index = Index::builder().readers(readers).profiles(profiles).metadata(table);
    let index = index
        // Facts that follow from others; raise the version when the step changes.
        .understand(1, |report| {
            let year = report.published.map(|day| f64::from(day.year()));
            if let (Some(year), Ok(name)) = (year, "season".parse()) {
                report.fields.insert(name, year.into());
            }
        })
        .in_memory()?;
    let mut writer = index.writer()?;
    for (path, text) in REPORTS {
        writer.put_bytes(path, text.as_bytes())?;
    }
    writer.finish()?;

    for query in ["pier moorings:leaking", "pier vessel:tug berths:10..20", "pier master:thole season:2026"] {
        println!("{query}");
        for hit in index.search(&query.parse()?)?.every()? {
            let hit = hit?;
            println!("    {}\n        {}", hit.text, hit.citation);
        }
    }
    let pier: Query = "pier".parse()?;
    for facet in ["moorings", "vessel"] {
        println!("pier by {facet}");
        for row in index.search(&pier)?.count_by(&[facet.parse()?])?.rows {
            let value = row.values.first().and_then(Option::as_deref).unwrap_or("not known");
            println!("    {value}: {} in {} of {} reports", row.occurrences, row.reports, row.all_reports);
        }
    }
    Ok(())
}
