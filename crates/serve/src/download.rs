//! The whole answer to a search as a file, sent while it is made.

use std::io::{self, Write};
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use quotable::{CancelFlag, Facet, Search};
use quotable_export::completeness::Completeness;
use quotable_export::concordance::OccurrenceWriter;
use quotable_export::hit::{HitInContext, HitOptions, HitWriter};
use quotable_export::{Format, count};

use crate::export_file::{self, FileKind};
use crate::failure::Failure;
use crate::limits::Limits;
use crate::search::{AROUND, SearchForm, options, query_of};
use crate::site::Site;
use crate::work;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Hits,
    Lines,
    Years,
}

fn parse(name: &str) -> Option<(What, FileKind)> {
    let (what, end) = name.split_once('.')?;
    let what = match what {
        "hits" => What::Hits,
        "lines" => What::Lines,
        "years" => What::Years,
        _ => return None,
    };
    Some((what, FileKind::of(end)?))
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
    let search = work::run(&site, move |site, limits| {
        let (query, _) = query_of(&form)?;
        // A download goes on after this work is done: it takes as long as the client reads, and ends with the client.
        let mut options = options(site, &form, &Limits { cancel: CancelFlag::new(), ..limits.clone() });
        options.deadline = None;
        let search = site.snapshot().search_with(&query, &options)?;
        search.require_reports()?;
        Ok(search)
    })
    .await?;
    export_file::response(&site, &name, kind, move |format, out| write(&search, what, format, out)).await
}

fn write(search: &Search, what: What, format: Format, mut out: &mut dyn Write) -> io::Result<()> {
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
            count::write(&mut out, format, &table)
        }
    }
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
