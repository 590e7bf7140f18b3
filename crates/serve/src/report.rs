//! The page of a report: to read, with what was searched marked.

mod answer;
mod page;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::failure::Failure;
use crate::layout::{self, Section};
use crate::site::Site;
use crate::work;

/// What is marked in the report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReadForm {
    /// The query whose words are marked.
    pub(crate) q: String,
    pub(crate) tables: String,
    pub(crate) notes: String,
    /// A paragraph, one-based, with bytes of it that are marked.
    pub(crate) p: String,
    pub(crate) start: String,
    pub(crate) end: String,
}

/// Answers `/report/{id}`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    form: Result<Query<ReadForm>, QueryRejection>,
) -> Result<Html<String>, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    let asked = form.clone();
    let read = work::run(&site, move |site, limits| answer::read(site, &id, &asked, limits)).await?;
    let title = quotable_export::report::name(&read.report).to_owned();
    Ok(layout::page(&title, Section::None, &page::report(&read, &form)))
}
