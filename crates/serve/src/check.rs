//! The page that checks an article: each of its quotations, beside the words of the reports.

mod article;
mod page;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use quotable::prelude::*;
use quotable::{CheckOptions, SearchOptions};
use quotable_export::check::{CheckFormat, CheckWriter, CheckedArticle};

use crate::failure::Failure;
use crate::kept::Checked;
use crate::layout::{self, Section};
use crate::limits::Limits;
use crate::site::Site;
use crate::work;

pub(crate) use self::article::Input;

/// The most quotations of one article that are checked.
const MOST_QUOTATIONS: usize = 2_000;

/// The most places of one quotation that are named; all are counted.
const MOST_PLACES: usize = 20;

/// The longest that the check of an article may take.
pub(crate) const TIME: Duration = Duration::from_secs(180);

/// Answers `/check`.
pub(crate) async fn ask() -> Html<String> {
    layout::page("Check an article", Section::Check, &page::form())
}

/// Answers the form of `/check`.
pub(crate) async fn check(
    State(site): State<Arc<Site>>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, Failure> {
    let unread = || {
        Failure::bad_request(
            "The article did not arrive whole, or has more than 32 MiB. Give only the part with the quotations.",
        )
    };
    let mut form = form.map_err(|_| unread())?;
    let (mut pasted, mut file, mut name) = (String::new(), Vec::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(|_| unread())? {
        match field.name() {
            Some("text") => pasted = field.text().await.map_err(|_| unread())?,
            Some("file") => {
                name = field.file_name().unwrap_or_default().to_owned();
                file = field.bytes().await.map_err(|_| unread())?.to_vec();
            }
            _ => {}
        }
    }
    let input = if file.is_empty() { Input::Text(pasted) } else { Input::File { name, bytes: file } };
    let _turn = work::turn(&site.check_permits).await?;
    let checked = work::run_for(&site, TIME, move |site, limits| checked(site, input, limits)).await?;
    let id = site.checks.put(checked);
    Ok(Redirect::to(&format!("/check/{id}")))
}

/// Reads and checks an article.
///
/// # Errors
/// If it cannot be read, or the check is stopped.
pub(crate) fn checked(site: &Site, input: Input, limits: &Limits) -> Result<Checked, Failure> {
    let (name, article) = article::read(site, input)?;
    let mut options = CheckOptions::default()
        .quotations(MOST_QUOTATIONS)
        .places(MOST_PLACES)
        .cancel(limits.cancel.clone())
        .codebook(site.book.clone());
    options.within.clone_from(&site.within);
    let snapshot = site.snapshot();
    let all = snapshot.search_with(&quotable::query::Query::All, &SearchOptions::default())?;
    all.require_reports()?;
    let check = snapshot.check_article(&article, &options)?;
    Ok(Checked { name, check })
}

/// Answers `/check/{id}`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    let checked = site.checks.get(&id).ok_or_else(gone)?;
    let title = format!("Checked: {}", checked.name);
    Ok(layout::page(&title, Section::Check, &page::verdicts(&checked, &id, site.corpus.is_some())))
}

/// Answers `/check/{id}/page`: the page that stands alone, to save and send.
pub(crate) async fn save(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let checked = site.checks.get(&id).ok_or_else(gone)?;
    let article = CheckedArticle { name: &checked.name, check: &checked.check };
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let written = CheckWriter::new(&mut out, CheckFormat::Page, &[]).and_then(|mut writer| {
        writer.article(&article)?;
        writer.end()
    });
    written.map_err(|_| Failure::unexpected())?;
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"quotations checked.html\""),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        ),
    ];
    Ok((headers, out).into_response())
}

fn gone() -> Failure {
    Failure::not_found(
        "This check is not kept any more: the last ones are, until quotable serve ends. Check the article again.",
    )
}
