//! A quotation with its citation, in forms to copy.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use maud::{Markup, html};
use quotable::Hit;
use quotable::csl::CslRecord;
use quotable_export::hit::{HitInContext, HitOptions, HitWriter, citation_with_notes};
use quotable_export::{Excerpt, Format};
use serde::Deserialize;

use crate::failure::Failure;
use crate::layout::{Section, page};
use crate::site::Site;
use crate::text::{marked, text};
use crate::work;

/// The bytes of the paragraph that are cited; all of it, if they are not given.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CiteForm {
    start: String,
    end: String,
}

/// Answers `/cite/{id}`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    form: Result<Query<CiteForm>, QueryRejection>,
) -> Result<Html<String>, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request("The link is not one of this page’s."));
    };
    let hit = work::run(&site, move |site, _| {
        let missing = || Failure::not_found("There is no such paragraph in the index.");
        let snapshot = site.snapshot();
        let hit = snapshot.paragraph(&id)?.ok_or_else(missing)?;
        let (Ok(start), Ok(end)) = (form.start.parse::<usize>(), form.end.parse::<usize>()) else {
            return Ok(hit);
        };
        if hit.text.get(start..end).is_none_or(str::is_empty) {
            return Ok(hit);
        }
        snapshot.cite(&hit, start..end)?.ok_or_else(missing)
    })
    .await?;
    Ok(page("Cite", Section::None, &forms(&hit)))
}

fn forms(hit: &Hit) -> Markup {
    let cited = citation_with_notes(hit);
    let excerpt = Excerpt::sentences(hit);
    let plain = format!("“{}” {cited}", excerpt.text);
    let forms =
        [("text", "Text", plain), ("markdown", "Markdown", markdown(hit)), ("csl", "CSL JSON", csl(hit))];
    html! {
        h1 { "Cite" }
        blockquote { p { (marked(&excerpt.text, &excerpt.matches)) } }
        p.cite { (text(&cited)) }
        @for (id, label, form) in &forms {
            div.copy {
                label for=(id) { (*label) }
                textarea id=(id) readonly rows=(form.lines().count().clamp(3, 16)) { (lines(form)) }
                button type="button" data-copy=(id) hidden { "Copy" }
            }
        }
    }
}

/// A text with its line ends, each line escaped.
fn lines(form: &str) -> Markup {
    html! { @for (at, line) in form.lines().enumerate() { @if at > 0 { "\n" } (text(line)) } }
}

fn markdown(hit: &Hit) -> String {
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let written = HitWriter::new(&mut out, Format::Markdown, HitOptions::default().sentences(true))
        .and_then(|mut writer| writer.hit(&HitInContext::new(hit)));
    debug_assert!(written.is_ok());
    String::from_utf8_lossy(&out).trim_end().to_owned()
}

fn csl(hit: &Hit) -> String {
    serde_json::to_string_pretty(&[CslRecord::of_hit(hit)]).unwrap_or_default()
}
