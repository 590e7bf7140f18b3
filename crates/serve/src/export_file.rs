//! Answers as files to keep: rows are sent while they are written, a workbook once it is whole.

use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write};
use std::sync::Arc;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use quotable_export::{Format, Formulas, xlsx};

use crate::failure::Failure;
use crate::site::Site;
use crate::work;

/// How an answer is written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Rows(Format),
    Workbook,
}

impl FileKind {
    /// The kinds that a page offers: the end of the file name, and what people call it.
    pub(crate) const OFFERED: [(&str, &str); 3] =
        [("csv", "CSV"), ("xlsx", "Excel"), ("jsonl", "JSON lines")];

    /// The kind that the end of a file name tells.
    pub(crate) fn of(end: &str) -> Option<Self> {
        match end {
            "csv" => Some(Self::Rows(Format::Csv(Formulas::Guarded))),
            "jsonl" => Some(Self::Rows(Format::Jsonl)),
            "xlsx" => Some(Self::Workbook),
            _ => None,
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Rows(Format::Jsonl) => "application/x-ndjson; charset=utf-8",
            Self::Rows(_) => "text/csv; charset=utf-8",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// An answer as a file of this name. `write` writes its rows in a format, on a thread that may block.
///
/// # Errors
/// That the server is busy.
pub(crate) async fn response(
    site: &Arc<Site>,
    name: &str,
    kind: FileKind,
    write: impl FnOnce(Format, &mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Result<Response, Failure> {
    let sheet = name.split('.').next().unwrap_or(name).to_owned();
    let body = work::send(site, move |writer| match kind {
        FileKind::Rows(format) => write(format, writer),
        FileKind::Workbook => workbook(&sheet, write, writer),
    })
    .await?;
    let headers = [
        (CONTENT_TYPE, kind.content_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, body).into_response())
}

/// A workbook is written whole before any of it is sent: its directory is at the end and is needed at the start.
fn workbook(
    sheet: &str,
    write: impl FnOnce(Format, &mut dyn Write) -> io::Result<()>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut rows = tempfile::tempfile()?;
    {
        let mut buffered = io::BufWriter::new(&mut rows);
        write(Format::Csv(Formulas::Typed), &mut buffered)?;
        buffered.flush()?;
    }
    rows.seek(SeekFrom::Start(0))?;
    let mut book = tempfile::tempfile()?;
    let about = concat!("quotable ", env!("CARGO_PKG_VERSION"));
    xlsx::write_sheet(BufReader::new(&rows), sheet, about, &mut book)?;
    book.seek(SeekFrom::Start(0))?;
    io::copy(&mut book.take(u64::MAX), out).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_offered_is_known() {
        assert!(FileKind::OFFERED.into_iter().all(|(end, _)| FileKind::of(end).is_some()));
        for end in ["", "exe", "csv.csv", "CSV"] {
            assert_eq!(FileKind::of(end), None, "{end}");
        }
    }
}
