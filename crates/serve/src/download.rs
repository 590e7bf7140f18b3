//! The whole answer as a file, sent while it is made.

use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use quotable::{Facet, Search};
use quotable_export::completeness::Completeness;
use quotable_export::concordance::OccurrenceWriter;
use quotable_export::hit::{HitInContext, HitOptions, HitWriter};
use quotable_export::{Format, Formulas, count, xlsx};

use crate::failure::Failure;
use crate::search::{AROUND, SearchForm, options, query_of};
use crate::site::Site;
use crate::stream::streamed;
use crate::work;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Hits,
    Lines,
    Years,
}

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Rows(Format),
    Workbook,
}

impl Form {
    fn kind(self) -> &'static str {
        match self {
            Self::Rows(Format::Jsonl) => "application/x-ndjson; charset=utf-8",
            Self::Rows(_) => "text/csv; charset=utf-8",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format in which rows are written first.
    fn rows(self) -> Format {
        match self {
            Self::Rows(format) => format,
            Self::Workbook => Format::Csv(Formulas::Typed),
        }
    }
}

fn parse(name: &str) -> Option<(What, Form)> {
    let (what, end) = name.split_once('.')?;
    let what = match what {
        "hits" => What::Hits,
        "lines" => What::Lines,
        "years" => What::Years,
        _ => return None,
    };
    let form = match end {
        "csv" => Form::Rows(Format::Csv(Formulas::Guarded)),
        "jsonl" => Form::Rows(Format::Jsonl),
        "xlsx" => Form::Workbook,
        _ => return None,
    };
    Some((what, form))
}

/// Answers `/download/hits.csv` and its like.
pub(crate) async fn download(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    form: Result<Query<SearchForm>, QueryRejection>,
) -> Result<Response, Failure> {
    let Some((what, kind)) = parse(&name) else {
        return Err(Failure::not_found("There are hits, lines and years, each as csv, xlsx or jsonl."));
    };
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    let body = work::run(&site, move |site, limits| {
        let (query, _) = query_of(&form)?;
        // A download takes as long as the client reads.
        let mut options = options(site, &form, limits);
        options.deadline = None;
        let search = site.snapshot().search_with(&query, &options)?;
        search.require_reports()?;
        Ok(search)
    })
    .await
    .map(|search| body(search, what, kind))?;
    let file = format!("attachment; filename=\"{name}\"");
    Ok(([(CONTENT_TYPE, kind.kind().to_owned()), (CONTENT_DISPOSITION, file)], body).into_response())
}

/// The body of an answer, which a thread of its own writes.
fn body(search: Search, what: What, form: Form) -> Body {
    let (mut writer, body) = streamed();
    tokio::task::spawn_blocking(move || {
        let written = match form {
            Form::Rows(format) => write(&search, what, format, &mut writer),
            Form::Workbook => workbook(&search, what, form.rows(), &mut writer),
        };
        writer.end(written);
    });
    body
}

fn write(search: &Search, what: What, format: Format, out: &mut impl Write) -> io::Result<()> {
    let completeness = Completeness::from(&search.provenance());
    match what {
        What::Hits => {
            let options = HitOptions::default().complete(completeness).ranked(false);
            let mut writer = HitWriter::new(out, format, options)?;
            for hit in search.every().map_err(io::Error::other)? {
                writer.hit(&HitInContext::new(&hit.map_err(io::Error::other)?))?;
            }
            writer.end()
        }
        What::Lines => {
            let mut writer = OccurrenceWriter::new(out, format, completeness)?;
            for line in search.concordance(AROUND, AROUND).map_err(io::Error::other)? {
                writer.line(&line.map_err(io::Error::other)?)?;
            }
            writer.end()
        }
        What::Years => {
            let table = search.count_by(&[Facet::Year]).map_err(io::Error::other)?;
            count::write(out, format, &table)
        }
    }
}

/// A workbook is written whole before any of it is sent: its directory stands at the end and is needed at the start.
fn workbook(search: &Search, what: What, format: Format, out: &mut impl Write) -> io::Result<()> {
    let mut rows = tempfile::tempfile()?;
    {
        let mut buffered = io::BufWriter::new(&mut rows);
        write(search, what, format, &mut buffered)?;
        buffered.flush()?;
    }
    rows.seek(SeekFrom::Start(0))?;
    let mut book = tempfile::tempfile()?;
    xlsx::write(BufReader::new(&rows), concat!("quotable ", env!("CARGO_PKG_VERSION")), &mut book)?;
    book.seek(SeekFrom::Start(0))?;
    io::copy(&mut book.take(u64::MAX), out).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_downloads_are_few() {
        assert!(
            parse("hits.csv").is_some() && parse("lines.xlsx").is_some() && parse("years.jsonl").is_some()
        );
        for name in ["hits", "hits.", "hits.exe", "../hits.csv", ".csv", "", "hits.csv.csv"] {
            assert!(parse(name).is_none(), "{name}");
        }
    }
}
