//! The list of inspections that can be followed, and what came of one.

use maud::{Markup, html};
use quotable::Hit;
use quotable::follow::Followed;
use quotable_export::Table;
use quotable_export::follow::{CAVEAT, FollowGroup, FollowView};

use super::FollowedPair;
use crate::inspections::{Inspected, follow_link};
use crate::text::{marked, text};

pub(super) fn list(all: &[Inspected]) -> Markup {
    let with_pairs: Vec<&Inspected> = all.iter().filter(|one| one.pairs().next().is_some()).collect();
    html! {
        h1 { "Follow an inspection" }
        p.lead { "What an inspection asked for, and what the next one of the same authority says of it." }
        @if with_pairs.is_empty() {
            p.note { "No authority has two inspections here. Put a later report into the folder too." }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Inspections" {
                table {
                    thead { tr { th scope="col" { "Authority" } th scope="col" { "From one inspection to the next" } } }
                    tbody {
                        @for of in with_pairs {
                            tr {
                                th scope="row" { (text(&of.name)) }
                                td { ul.plain {
                                    @for (earlier, later) in of.pairs().rev() {
                                        li { a href=(follow_link(earlier, later)) { (earlier.day_in_words()) " → " (later.day_in_words()) } }
                                    }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn followed(pair: &FollowedPair) -> Markup {
    let (earlier, later) = (pair.earlier.in_words(), pair.later.in_words());
    let view = FollowView { answer: &pair.answer, earlier: &earlier, later: &later };
    html! {
        h1 { "What was asked of " (text(&pair.name)) }
        p.lead {
            "Asked for: " a href={ "/report/" (pair.earlier.id) } { (text(&earlier)) } ". Followed into: "
            a href={ "/report/" (pair.later.id) } { (text(&later)) } "."
        }
        p { strong { (text(&view.summary())) } }
        p.note { (CAVEAT) }
        @if let Some(sentence) = view.no_longer_judged() { p { (text(&sentence)) } }
        @if pair.answer.followed.is_empty() { p.note { "The earlier report asks for nothing under a heading that is known." } }
        @if !pair.answer.blankets.is_empty() {
            section { h2 { "About everything at once" } @for blanket in &pair.answer.blankets { (quote(&blanket.hit)) } }
        }
        @for group in FollowGroup::ALL {
            @let requests = view.group(group);
            @if !requests.is_empty() { (of_group(group, &requests)) }
        }
        @if !pair.answer.new.is_empty() {
            section { h2 { "Asked for in the later report alone" } @for request in &pair.answer.new { (quote(&request.hit)) } }
        }
        section {
            h2 { "Grades and concepts" }
            @if !pair.answer.grades.is_empty() { (table(&view.grades())) }
            p { "Paragraphs of each report that have a concept of the code book:" }
            (table(&view.concepts()))
        }
    }
}

fn of_group(group: FollowGroup, requests: &[&Followed]) -> Markup {
    html! {
        section {
            h2 { (group.heading()) " (" (requests.len()) ")" }
            p { (group.note()) }
            @for followed in requests {
                article class={ "asked " (group.as_str()) } {
                    h3 { span.number { (followed.request.number) ". " } (text(&followed.request.hit.text)) }
                    (cite(&followed.request.hit))
                    @for candidate in followed.shown() {
                        div.answered { p.label { (candidate.outcome.in_words()) } (quote(&candidate.hit)) }
                    }
                }
            }
        }
    }
}

fn quote(hit: &Hit) -> Markup {
    html! { blockquote { p { (marked(&hit.text, &hit.matches)) } } (cite(hit)) }
}

fn cite(hit: &Hit) -> Markup {
    let anchor = hit.id.ordinal().map(|ordinal| format!("#p{ordinal}")).unwrap_or_default();
    html! {
        p.cite {
            (text(&hit.citation.to_string())) " "
            a href={ "/report/" (hit.id.report()) (anchor) } { "Read in the report" }
        }
    }
}

fn table(table: &Table) -> Markup {
    let mut out = Vec::new();
    // Writing into memory does not fail, and every cell is escaped by what writes it.
    let written = quotable_export::html::write_table(&mut out, table);
    debug_assert!(written.is_ok());
    html! { div.scroll tabindex="0" role="region" aria-label="Table" { (maud::PreEscaped(String::from_utf8_lossy(&out).into_owned())) } }
}
