//! The pages that count: a trend, the keywords of a part of the corpus, the words near what a query finds. Each is a chart, a
//! table whose numbers lead to their paragraphs, and a file to keep.

mod answer;
mod form;
mod page;
mod rows;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use quotable_export::Format;

use self::answer::{Reach, answer};
use crate::export_file::{self, FileKind};
use crate::failure::Failure;
use crate::layout::{self, Section};
use crate::limits::Limits;
use crate::site::Site;
use crate::work;

pub(crate) use self::form::{AnalyseForm, Kind};

type Form = Result<Query<AnalyseForm>, QueryRejection>;

/// Answers `/analyse`.
pub(crate) async fn start() -> Redirect {
    Redirect::to("/analyse/trend")
}

/// Answers `/analyse/trend`, `/analyse/trend.svg`, `/analyse/trend.csv` and their like.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    let (kind, end) = name.split_once('.').map_or((name.as_str(), None), |(kind, end)| (kind, Some(end)));
    let Some(kind) = Kind::of(kind) else {
        return Err(Failure::not_found("There are trend, keywords and collocates."));
    };
    match end {
        None => Ok(analysis(&site, kind, form).await),
        Some("svg") => chart(&site, kind, form).await,
        Some(end) => file(&site, &name, kind, end, form).await,
    }
}

async fn analysis(site: &Arc<Site>, kind: Kind, form: AnalyseForm) -> Response {
    if !form.asks(kind) {
        return layout::page(kind.title(), Section::Analyse, &page::start(kind, &form)).into_response();
    }
    let asked = form.clone();
    let found = work::run(site, move |site, limits| answer(site, kind, &asked, limits, Reach::Page)).await;
    match found {
        Ok(answer) => {
            let title = format!("{}: {}", form.search.in_words(), kind.title());
            layout::page(&title, Section::Analyse, &page::found(kind, &form, &answer)).into_response()
        }
        Err(failure) => {
            let body = page::failed(kind, &form, &failure);
            (failure.status, layout::page(kind.title(), Section::Analyse, &body)).into_response()
        }
    }
}

/// The chart: the same picture as the command draws.
async fn chart(site: &Arc<Site>, kind: Kind, form: AnalyseForm) -> Result<Response, Failure> {
    let svg = work::run(site, move |site, limits| {
        let answer = answer(site, kind, &form, limits, Reach::Page)?;
        answer.chart(&form).map_err(|_| Failure::unexpected())
    })
    .await?;
    // A picture runs nothing, also where it is opened by itself.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CONTENT_SECURITY_POLICY, policy)], svg).into_response())
}

async fn file(
    site: &Arc<Site>,
    name: &str,
    kind: Kind,
    end: &str,
    form: AnalyseForm,
) -> Result<Response, Failure> {
    let Some(file) = FileKind::of(end) else {
        return Err(Failure::not_found("There are svg, csv, xlsx and jsonl."));
    };
    let answer = work::run(site, move |site, limits| answer(site, kind, &form, limits, Reach::All)).await?;
    export_file::response(site, name, file, move |format, out| answer.write(format, out)).await
}

/// The records of an analysis, all of them.
///
/// # Errors
/// If there is no query, or it cannot be answered.
pub(crate) fn records(
    site: &Site,
    kind: Kind,
    form: &AnalyseForm,
    limits: &Limits,
) -> Result<Vec<serde_json::Value>, Failure> {
    let mut lines = Vec::new();
    let written = answer(site, kind, form, limits, Reach::All)?.write(Format::Jsonl, &mut lines);
    written.map_err(|_| Failure::unexpected())?;
    let records = serde_json::Deserializer::from_slice(&lines).into_iter();
    records.collect::<Result<_, _>>().map_err(|_| Failure::unexpected())
}
