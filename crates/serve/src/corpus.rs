//! The reports of the corpus, the files that were not read, and the refresh.

mod add;

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{Html, Redirect};
use maud::{Markup, html};
use quotable::{Source, Status};
use quotable_export::number::{counted, grouped};
use quotable_export::source::{copy_text, warning_text};
use serde::Deserialize;

use crate::failure::Failure;
use crate::grade::grade_tag;
use crate::layout::{self, Section};
use crate::refresh::State as RefreshState;
use crate::site::Site;
use crate::text::text;
use crate::work;

pub(crate) use self::add::add;

/// What the page shows.
struct Corpus {
    sources: Vec<Source>,
    skipped: Vec<Source>,
    status: Status,
    refresh: RefreshState,
    token: String,
    may_refresh: bool,
    may_add: bool,
}

/// Answers `/corpus`.
pub(crate) async fn show(State(site): State<Arc<Site>>) -> Result<Html<String>, Failure> {
    let corpus = work::run(&site, |site, _| {
        let snapshot = site.snapshot();
        Ok(Corpus {
            sources: snapshot.reports()?,
            skipped: snapshot.skipped(None),
            status: snapshot.status(),
            refresh: site.refresh.state(),
            token: site.guard.token.clone(),
            may_add: add::folder(site).is_some(),
            may_refresh: site.refresh.is_possible(site.corpus.as_deref()),
        })
    })
    .await?;
    // Without a script, the page loads itself again while a refresh runs.
    let head = html! { @if corpus.refresh.running.is_some() { noscript { meta http-equiv="refresh" content="2"; } } };
    Ok(layout::framed("Reports", Section::Corpus, &head, &page(&corpus)))
}

/// A form that writes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct WriteForm {
    token: String,
}

/// Answers the form that asks for a refresh.
pub(crate) async fn refresh(
    State(site): State<Arc<Site>>,
    form: Result<Form<WriteForm>, FormRejection>,
) -> Result<Redirect, Failure> {
    let token = form.map(|Form(form)| form.token).unwrap_or_default();
    site.guard.check_token(&token)?;
    site.refresh.start(&site.index, site.corpus.as_deref());
    Ok(Redirect::to("/corpus"))
}

fn page(corpus: &Corpus) -> Markup {
    let status = &corpus.status;
    let (read, failed): (Vec<&Source>, Vec<&Source>) =
        corpus.sources.iter().partition(|source| source.failure.is_none());
    let doubted = read.iter().filter(|source| !source.warnings.is_empty() || source.copy_of.is_some());
    let doubted: Vec<&&Source> = doubted.collect();
    html! {
        h1 { "Reports" }
        p.lead {
            (counted(status.reports, "reports")) ", " (counted(status.paragraphs, "paragraphs")) ", " (counted(status.words, "words"))
            @if let Some(committed) = status.committed { "; read " (committed) }
            "."
        }
        (refreshing(corpus))
        div.scroll tabindex="0" role="region" aria-label="Reports" {
            table {
                thead { tr {
                    th scope="col" { "Authority" } th scope="col" { "Published" } th scope="col" { "Kind" } th scope="col" { "Overall" }
                    th.number scope="col" { "Paragraphs" } th.number scope="col" { "Pages" } th scope="col" { "File" }
                } }
                tbody { @for source in &read { (row(source)) } }
            }
        }
        h2 #problems { "Files that were not read, or read with doubt" }
        @if failed.is_empty() && corpus.skipped.is_empty() && doubted.is_empty() { p { "There are none." } }
        (failures("Not read", &failed))
        (failures("Passed over", &corpus.skipped.iter().collect::<Vec<_>>()))
        @if !doubted.is_empty() {
            details {
                summary { "Read with doubt, or copies: " (grouped(doubted.len() as u64)) }
                dl { @for source in doubted {
                    dt { a href={ "/report/" (source.id) } { (text(&source.path)) } }
                    @if let Some(kept) = &source.copy_of { dd { (text(&copy_text(kept))) } }
                    @for warning in &source.warnings { dd { (text(&warning_text(warning))) } }
                } }
            }
        }
    }
}

fn row(source: &Source) -> Markup {
    let authority = source.authority.as_ref().map(|authority| authority.name.as_str());
    let name = authority.or(source.title.as_deref()).unwrap_or(&source.path);
    let overall = source.judgements.iter().find(|judgement| judgement.area == "overall");
    html! {
        tr {
            td { a href={ "/report/" (source.id) } { (text(name)) } }
            td.day { @if let Some(day) = source.published { (day.to_string()) } }
            td { (text(source.series.as_deref().unwrap_or(source.kind.as_str()))) }
            td { @if let Some(overall) = overall { (grade_tag(overall.grade.as_str())) } }
            td.number { (grouped(source.paragraphs)) }
            td.number { @if source.pages > 0 { (grouped(source.pages.into())) } }
            td.small { (text(&source.path)) }
        }
    }
}

fn failures(title: &str, sources: &[&Source]) -> Markup {
    html! {
        @if !sources.is_empty() {
            details open[title == "Not read"] {
                summary { (title) ": " (grouped(sources.len() as u64)) }
                ul { @for failure in sources.iter().filter_map(|source| source.failure.as_ref()) { li { (text(&failure.to_string())) } } }
            }
        }
    }
}

fn refreshing(corpus: &Corpus) -> Markup {
    html! {
        @if let Some(running) = &corpus.refresh.running {
            div #progress role="status" {
                p { @if running.total == 0 { "Looking for new and changed files" } @else { (running.done) " of " (running.total) " files read" } }
                progress max=(running.total.max(1)) value=(running.done) aria-label="Files read" {}
                @if running.failed > 0 { p { (counted(running.failed as u64, "files")) " could not be read." } }
                p.small { (text(&running.path)) }
            }
        } @else {
            @match &corpus.refresh.last {
                Some(Ok(done)) => p role="status" { "Last refresh: " (text(done)) },
                Some(Err(fault)) => p.note role="alert" { (text(fault)) },
                None => {}
            }
            @if corpus.may_refresh {
                form.write action="/corpus/refresh" method="post" {
                    input type="hidden" name="token" value=(corpus.token);
                    button type="submit" { "Look for new and changed files" }
                }
            }
            @if corpus.may_add {
                form.write action="/corpus/add" method="post" enctype="multipart/form-data" data-drop="add" {
                    input type="hidden" name="token" value=(corpus.token);
                    div.field {
                        label for="add" { "Add reports" }
                        input #add type="file" name="file" multiple required;
                        p.hint { "They are copied into the folder of the reports. They can also be dropped here." }
                    }
                    button type="submit" { "Add" }
                }
            }
        }
    }
}
