//! The printed page of a report, with the quotation boxed, and the file itself.

#[cfg(feature = "pdf")]
mod boxes;
mod file;
mod page;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Response};
use quotable::Id;
use serde::Deserialize;

use crate::failure::Failure;
use crate::layout::{self, Section};
use crate::site::Site;
use crate::work;

pub(crate) use self::file::show as file;

/// What is boxed on a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PageForm {
    /// A paragraph, one-based.
    p: String,
    /// Bytes of the paragraph; all of it, if they are not given.
    start: String,
    end: String,
    /// The query that the reader came with.
    q: String,
    /// 1 to 3: how large the page is shown.
    z: String,
    /// `1` for the part of the page around the boxes alone.
    crop: String,
}

/// Answers `/report/{id}/page/{page}`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Path((id, number)): Path<(String, u32)>,
    form: Result<Query<PageForm>, QueryRejection>,
) -> Result<Html<String>, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    let asked = form.clone();
    let sheet = work::run(&site, move |site, _| sheet(site, &id, number, &asked)).await?;
    let title = format!("Page {number} of {}", quotable_export::report::name(&sheet.report));
    Ok(layout::page(&title, Section::None, &page::sheet(&sheet, &form)))
}

/// Answers `/report/{id}/svg/{page}`.
pub(crate) async fn svg(
    State(site): State<Arc<Site>>,
    Path((id, number)): Path<(String, u32)>,
    form: Result<Query<PageForm>, QueryRejection>,
) -> Result<Response, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    let svg = work::run(&site, move |site, _| {
        let sheet = sheet(site, &id, number, &form)?;
        Ok(sheet.svg)
    })
    .await?;
    // A drawing is shown as an image and runs nothing, also where it is opened by itself.
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CONTENT_SECURITY_POLICY, policy)], svg).into_response())
}

/// A printed page, drawn.
pub(crate) struct Sheet {
    id: Id,
    report: quotable::report::Report,
    number: u32,
    pages: u32,
    /// Points.
    size: (f32, f32),
    svg: String,
    quoted: Option<Quoted>,
}

/// The words that are boxed.
struct Quoted {
    ordinal: u32,
    text: String,
    cite: String,
    /// False if they were not found on the page.
    is_boxed: bool,
    /// The first and last page on which they stand.
    pages: (u32, u32),
}

/// Without the reader of PDFs there are no printed pages.
#[cfg(not(feature = "pdf"))]
fn sheet(_: &Site, _: &str, _: u32, _: &PageForm) -> Result<Sheet, Failure> {
    Err(Failure::not_found("This build shows no printed pages."))
}

#[cfg(feature = "pdf")]
fn sheet(site: &Site, name: &str, number: u32, form: &PageForm) -> Result<Sheet, Failure> {
    let missing = || {
        Failure::not_found(
            "There is no such report in the index. It may have been removed since the link was made.",
        )
    };
    let id = name.parse::<Id>().map_err(|_| missing())?.report();
    let snapshot = site.snapshot();
    let report = snapshot.report(&id.to_string())?.ok_or_else(missing)?;
    if !crate::printer::is_printed(&report.path) {
        return Err(Failure::not_found("Printed pages are shown of PDF files alone."));
    }
    if number == 0 || number > report.pages {
        return Err(Failure::not_found(format!("The report has pages 1 to {}.", report.pages)));
    }
    let (name, generation) = (id.to_string(), snapshot.status().generation);
    let failed = |message: String| {
        let message = format!("Page {number} of {} is not shown: {message}", report.path);
        Failure::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "This page cannot be drawn", message)
    };
    let open = || file::open(site, &report.path);
    let drawn = site.printer.draw(&name, generation, number, open, failed)?;
    let (quoted, boxes) = quoted(&report, form, number, &drawn.page);
    let svg = drawn.with_boxes(&boxes, !form.crop.is_empty());
    let (pages, size) = (drawn.page.pages, (drawn.page.width, drawn.page.height));
    Ok(Sheet { id, report, number, pages, size, svg, quoted })
}

/// The words to box, and their boxes.
#[cfg(feature = "pdf")]
fn quoted(
    report: &quotable::report::Report,
    form: &PageForm,
    number: u32,
    page: &quotable::read::PrintedPage,
) -> (Option<Quoted>, Vec<[f32; 4]>) {
    let ordinal: u32 = form.p.parse().unwrap_or(0);
    let at = (ordinal as usize).wrapping_sub(1);
    let Some(paragraph) = report.paragraphs.get(at) else { return (None, Vec::new()) };
    let all = 0..paragraph.text.len();
    let wanted = form.start.parse().unwrap_or(0)..form.end.parse().unwrap_or(all.end);
    let wanted =
        if paragraph.text.get(wanted.clone()).is_some_and(|words| !words.is_empty()) { wanted } else { all };
    let on_page = bytes_on_page(paragraph, number);
    let found = boxes::boxes(page, &paragraph.text, on_page, wanted.clone());
    let last = paragraph.page_at(wanted.end.saturating_sub(1));
    let pages = (paragraph.page_at(wanted.start).unwrap_or(number), last.unwrap_or(number));
    let cite = quotable::report::Citation::of(report, at, wanted.clone());
    let quoted = Quoted {
        ordinal,
        text: paragraph.text.get(wanted).unwrap_or_default().to_owned(),
        cite: cite.map(|cite| cite.to_string()).unwrap_or_default(),
        is_boxed: found.is_some(),
        pages,
    };
    (Some(quoted), found.unwrap_or_default())
}

/// The bytes of a paragraph that stand on a page.
#[cfg(feature = "pdf")]
fn bytes_on_page(paragraph: &quotable::report::Paragraph, number: u32) -> std::ops::Range<usize> {
    let mut starts = paragraph.pages.starts().skip_while(|(_, page)| *page != number);
    let Some((start, _)) = starts.next() else { return 0..0 };
    let end = starts.next().map_or(paragraph.text.len(), |(end, _)| end);
    start..end
}
