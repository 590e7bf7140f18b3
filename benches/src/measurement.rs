//! Measurements, and CSV files of them.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::stats::Spread;

/// One measured quantity: a row of a CSV file.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// The engine or program measured.
    pub engine: String,
    /// Size of the corpus, with its unit: `(30_000, "paragraphs")`.
    pub corpus: (u64, &'static str),
    /// The class of query, or the kind of work.
    pub kind: String,
    /// The query; empty if there is none.
    pub query: String,
    /// What was measured: `top 10`, `peak memory`.
    pub figure: String,
    /// The unit of the values.
    pub unit: &'static str,
    /// The values; `None` if the engine cannot do this.
    pub values: Option<Spread>,
    /// Why the values do not count; empty if they do.
    pub fault: String,
}

const HEADER: &str = "engine,corpus,corpus unit,kind,query,figure,unit,min,median,max,n,fault";

/// Appends measurements to a CSV file (RFC 4180, but with lines that end in `\n`). A new file gets a header.
///
/// # Errors
/// If the file cannot be written.
pub fn append_csv(path: &Path, measurements: &[Measurement]) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    let mut text = String::new();
    if file.metadata()?.len() == 0 {
        text.push_str(HEADER);
        text.push('\n');
    }
    for measurement in measurements {
        text.push_str(&csv_row(measurement));
    }
    file.write_all(text.as_bytes())
}

fn csv_row(measurement: &Measurement) -> String {
    let Measurement { engine, corpus: (size, size_unit), kind, query, figure, unit, values, fault } =
        measurement;
    let values = values.map_or_else(
        || ",,,".to_owned(),
        |Spread { min, median, max, n }| format!("{min},{median},{max},{n}"),
    );
    let [engine, kind, query, figure, fault] = [engine, kind, query, figure, fault].map(|text| quoted(text));
    format!("{engine},{size},{size_unit},{kind},{query},{figure},{unit},{values},{fault}\n")
}

/// A text as a CSV field.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_file_has_one_header_and_quotes_its_fields() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let measurement = Measurement {
            engine: "tantivy".to_owned(),
            corpus: (30, "paragraphs"),
            kind: "phrase".to_owned(),
            query: "\"care leavers\"".to_owned(),
            figure: "top 10".to_owned(),
            unit: "us",
            values: Some(Spread { min: 1.0, median: 2.5, max: 3.0, n: 5 }),
            fault: String::new(),
        };
        append_csv(&path, std::slice::from_ref(&measurement)).unwrap();
        append_csv(&path, &[Measurement { values: None, fault: "wrong, twice".to_owned(), ..measurement }])
            .unwrap();
        assert_eq!(
            std::fs::read_to_string(path).unwrap(),
            format!(
                "{HEADER}\n\
                 tantivy,30,paragraphs,phrase,\"\"\"care leavers\"\"\",top 10,us,1,2.5,3,5,\n\
                 tantivy,30,paragraphs,phrase,\"\"\"care leavers\"\"\",top 10,us,,,,,\"wrong, twice\"\n"
            )
        );
    }
}
