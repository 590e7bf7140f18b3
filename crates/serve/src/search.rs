//! The search page: hits with their marks and citations, how the query was read, and the values to filter by.

mod answer;
mod form;
mod hit;
mod page;
mod reading;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};

use crate::failure::Failure;
use crate::layout::{self, Section};
use crate::site::Site;
use crate::work;

pub(crate) use self::answer::{AROUND, filters, options, query_of, read_query};
pub(crate) use self::form::{CHIPS, SearchForm};

/// Answers `/`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    form: Result<Query<SearchForm>, QueryRejection>,
) -> Response {
    let Ok(Query(form)) = form else {
        return Failure::bad_request(
            "The link is not one of this page’s: a part of it is given twice, or is no text.",
        )
        .into_response();
    };
    if form.is_empty() {
        return match work::run(&site, |site, limits| Ok(answer::overview(site, limits))).await {
            Ok(overview) => {
                layout::page("Search", Section::Search, &page::start(&form, &overview)).into_response()
            }
            Err(failure) => failure.into_response(),
        };
    }
    let asked = form.clone();
    let title = format!("{}: search", form.in_words());
    match work::run(&site, move |site, limits| answer::answer(site, &asked, limits)).await {
        Ok(answer) => layout::page(&title, Section::Search, &page::results(&form, &answer)).into_response(),
        Err(failure) => {
            let status = failure.status;
            (status, layout::page(&title, Section::Search, &page::failed(&form, &failure))).into_response()
        }
    }
}
