//! The reports of the corpus, the files that were not read, and the refresh.

mod add;

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use maud::{Markup, html};
use quotable::report::OVERALL_AREA;
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

/// Reports on one page: each takes a block of the store to read.
const REPORTS: usize = 500;

/// The form of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CorpusForm {
    /// How many reports to pass over.
    from: usize,
}

/// What the page shows.
struct Corpus {
    /// Reports before those of this page.
    before: usize,
    /// The reports of this page.
    reports: Vec<Source>,
    /// Reports on all pages.
    all: usize,
    unread: Vec<quotable::Failure>,
    skipped: Vec<quotable::Failure>,
    status: Status,
    refresh: RefreshState,
    token: String,
    may_refresh: bool,
    may_add: bool,
}

/// Answers `/corpus`.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    form: Result<Query<CorpusForm>, QueryRejection>,
) -> Result<Html<String>, Failure> {
    let Ok(Query(form)) = form else {
        return Err(Failure::bad_request(
            "The link is not one of this page’s: “from” is the number of reports to pass over.",
        ));
    };
    let corpus = work::run(&site, move |site, _| {
        let snapshot = site.snapshot();
        let all = snapshot.report_heads().count();
        let of_page = snapshot.report_heads().skip(form.from).take(REPORTS);
        let reports = of_page
            .filter_map(|head| snapshot.source(head.path).transpose())
            .collect::<quotable::Result<_>>()?;
        Ok(Corpus {
            before: form.from.min(all),
            reports,
            all,
            unread: snapshot.unread(None),
            skipped: snapshot.skipped(None).into_iter().filter_map(|source| source.failure).collect(),
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
    let title = match corpus.before {
        0 => "Reports".to_owned(),
        before => format!("Reports from {}", grouped(before as u64 + 1)),
    };
    Ok(layout::framed(&title, Section::Corpus, &head, &page(&corpus)))
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
    let doubted =
        corpus.reports.iter().filter(|source| !source.warnings.is_empty() || source.copy_of.is_some());
    let doubted: Vec<&Source> = doubted.collect();
    let is_whole = corpus.reports.len() == corpus.all;
    html! {
        h1 { "Reports" }
        p.lead {
            (counted(status.reports, "reports")) ", " (counted(status.paragraphs, "paragraphs")) ", " (counted(status.words, "words"))
            @if let Some(committed) = status.committed { "; read " (committed) }
            "."
        }
        (refreshing(corpus))
        @if !is_whole { (pages(corpus, "above")) }
        div.scroll tabindex="0" role="region" aria-label="Reports" {
            table {
                thead { tr {
                    th scope="col" { "Authority" } th scope="col" { "Published" } th scope="col" { "Kind" } th scope="col" { "Overall" }
                    th.number scope="col" { "Paragraphs" } th.number scope="col" { "Pages" } th scope="col" { "File" }
                } }
                tbody { @for source in &corpus.reports { (row(source)) } }
            }
        }
        @if !is_whole { (pages(corpus, "below")) }
        h2 #problems { "Files that were not read, or read with doubt" }
        @if corpus.unread.is_empty() && corpus.skipped.is_empty() && doubted.is_empty() {
            p { @if is_whole { "There are none." } @else { "There are none among these reports." } }
        }
        (failures("Not read", &corpus.unread))
        (failures("Passed over", &corpus.skipped))
        @if !doubted.is_empty() {
            details {
                summary { @if is_whole { "Read with doubt, or copies: " } @else { "Read with doubt, or copies, among these reports: " } (grouped(doubted.len() as u64)) }
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
    let overall = source.judgements.iter().find(|judgement| judgement.area == OVERALL_AREA);
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

/// The number of reports shown, and links to the others.
fn pages(corpus: &Corpus, place: &str) -> Markup {
    let Corpus { before, reports, all, .. } = corpus;
    let (shown, end) = (reports.len(), before + reports.len());
    html! {
        nav.pages aria-label={ "Pages of the reports, " (place) } {
            @if *before > 0 {
                a href="/corpus" { "First page" }
                a rel="prev" href={ "/corpus?from=" (before.saturating_sub(REPORTS)) } { "Previous page" }
            }
            @if shown == 0 { span { "There are only " (grouped(*all as u64)) } } @else { span { (grouped(*before as u64 + 1)) "–" (grouped(end as u64)) " of " (grouped(*all as u64)) } }
            @if end < *all { a rel="next" href={ "/corpus?from=" (end) } { "Next page" } }
        }
    }
}

fn failures(title: &str, failures: &[quotable::Failure]) -> Markup {
    html! {
        @if !failures.is_empty() {
            details open[title == "Not read"] {
                summary { (title) ": " (grouped(failures.len() as u64)) }
                ul { @for failure in failures { li { (text(&failure.to_string())) } } }
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
