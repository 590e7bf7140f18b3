//! A hit and a line of a concordance as they are shown.

use maud::{Markup, html};
use quotable::report::Citation;
use quotable::{Hit, Line};
use quotable_export::Excerpt;
use quotable_export::hit::citation_with_notes;

use super::form::SearchForm;
use crate::grade::grade_tag;
use crate::link::link;
use crate::printer::is_printed;
use crate::strip::strip;
use crate::text::{marked, text};

/// The link to a paragraph in its report, with the same words marked.
pub(super) fn reading_link(id: &quotable::Id, form: &SearchForm) -> String {
    let anchor = id.ordinal().map(|ordinal| format!("#p{ordinal}")).unwrap_or_default();
    let (q, tables, notes) = (form.q.trim(), form.tables.as_str(), form.notes.as_str());
    let path = format!("/report/{}", id.report());
    link(&path, &[("q", q), ("tables", tables), ("notes", notes)]) + &anchor
}

/// The link to the forms of a citation.
fn cite_link(id: &quotable::Id, bytes: Option<(usize, usize)>) -> String {
    let (start, end) = bytes.map(|(start, end)| (start.to_string(), end.to_string())).unwrap_or_default();
    link(&format!("/cite/{id}"), &[("start", &start), ("end", &end)])
}

/// One hit: its words, its citation, where to go on, and what to copy.
pub(super) fn hit(hit: &Hit, form: &SearchForm, number: u64, has_files: bool) -> Markup {
    let excerpt = Excerpt::of(hit);
    let cited = citation_with_notes(hit);
    let bytes = hit.matches.first().zip(hit.matches.last()).map(|(first, last)| (first.start, last.end));
    let ordinal = hit.id.ordinal().map(|ordinal| ordinal.to_string()).unwrap_or_default();
    let (start, end) = bytes.map(|(start, end)| (start.to_string(), end.to_string())).unwrap_or_default();
    let quoted = [("p", ordinal.as_str()), ("start", start.as_str()), ("end", end.as_str())];
    let page = hit.citation.page.filter(|_| has_files && is_printed(&hit.citation.path));
    let path = format!("/report/{}", hit.id.report());
    let report =
        hit.citation.authority.as_deref().or(hit.citation.title.as_deref()).unwrap_or(&hit.citation.path);
    html! {
        li.hit value=(number) {
            article aria-label={ "Hit " (number) } {
                p.source {
                    a href=(reading_link(&hit.id, form)) { (text(report)) }
                    @if let Some(dated) = hit.citation.dated { " " span.when { (dated.in_words()) } }
                    @if let Some(grade) = &hit.citation.grade { " " (grade_tag(grade.as_str())) }
                }
                blockquote { p { (marked(&excerpt.text, &excerpt.matches)) } }
                p.cite { (text(&cited)) }
                p.go {
                    a href=(reading_link(&hit.id, form)) { "Read in the report" }
                    @if let Some(page) = page {
                        a href=(link(&format!("{path}/page/{page}"), &[quoted.as_slice(), &[("q", form.q.trim())]].concat())) { "See page " (page) }
                    }
                    a href=(cite_link(&hit.id, bytes)) { "Cite" }
                    code { (hit.id) }
                }
                @if let Some(page) = page { (strip(&path, page, &quoted, false)) }
            }
        }
    }
}

/// Where a line stands, in short: whose report, of which day, and the paragraph and page.
fn place(citation: &Citation) -> String {
    let named = [&citation.authority, &citation.title];
    let name = named.into_iter().flatten().next().unwrap_or(&citation.path);
    let day = citation.dated.map(|day| format!(", {}", day.in_words())).unwrap_or_default();
    let paragraph = citation.paragraph.as_ref().map(|number| format!(", para {number}")).unwrap_or_default();
    let page = citation.page.map(|page| format!(", p. {page}")).unwrap_or_default();
    format!("{name}{day}{paragraph}{page}")
}

/// A row of a concordance.
pub(super) fn line(line: &Line, form: &SearchForm) -> Markup {
    let cite = line.citation.to_string();
    html! {
        tr {
            td.pre { span { (text(&line.pre)) } }
            td.key { a href=(reading_link(&line.id, form)) { (text(&line.keyword)) } }
            td.post { span { (text(&line.post)) } }
            td.where title=(text(&cite)) { (text(&place(&line.citation))) }
        }
    }
}
