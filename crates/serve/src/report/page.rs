//! The page of a report.

use std::collections::HashMap;

use maud::{Markup, html};
use quotable::report::{Paragraph, Report, Role};
use quotable_export::number::counted;
use quotable_export::report::{details, name, warnings};

use super::ReadForm;
use super::answer::ReadReport;
use crate::grade::grade_tag;
use crate::inspections::follow_link;
use crate::link::link;
use crate::text::{marked, text};

/// Headings are indented no deeper in the outline.
const DEEPEST: usize = 4;

pub(super) fn report(read: &ReadReport, form: &ReadForm) -> Markup {
    let report = &read.report;
    let anchors = anchors(report);
    html! {
        (tools(read, form))
        div.report {
            nav.outline #outline aria-label="Outline" { (outline(report, &anchors)) }
            article.body {
                h1 { (text(report.title.as_deref().unwrap_or_else(|| name(report)))) }
                (facts(report))
                (judgements(report))
                (besides(read))
                (paragraphs(read, form))
            }
        }
    }
}

/// What is marked, with a link to the first of it, and the way back.
fn tools(read: &ReadReport, form: &ReadForm) -> Markup {
    let marked = read.marks.len() as u64;
    html! {
        div.tools {
            a href=(link("/", &[("q", form.q.trim())])) { "← Search" }
            @if let Some(first) = read.marks.keys().next() {
                span { (counted(marked, "paragraphs")) " marked" }
                a href={ "#p" (first) } { "First mark" }
            }
            a.narrow href="#outline" { "Outline" }
            @if read.has_pages { a href={ "/report/" (read.id) "/page/1" } { "Printed pages" } }
            @if read.has_file { a href={ "/report/" (read.id) "/file" } { "Open the file" } }
        }
        @if let Some(fault) = &read.query_fault { div.note { (crate::failure::message(fault)) } }
        @else if !form.q.trim().is_empty() && marked == 0 { p.note { "Nothing in this report matches " code { (text(&form.q)) } "." } }
    }
}

/// The number, from one, of the first paragraph of each section.
fn anchors(report: &Report) -> HashMap<u32, u32> {
    let mut anchors = HashMap::new();
    for (ordinal, paragraph) in (1..).zip(&report.paragraphs) {
        for (section, _) in report.above(paragraph.section) {
            anchors.entry(section).or_insert(ordinal);
        }
    }
    anchors
}

fn outline(report: &Report, anchors: &HashMap<u32, u32>) -> Markup {
    html! {
        @if report.sections.is_empty() { p.small { "No headings were found." } }
        ol {
            @for (at, section) in (0..).zip(&report.sections) {
                @let depth = report.above(section.parent).count().min(DEEPEST);
                li class={ "d" (depth) } {
                    @match anchors.get(&at) {
                        Some(ordinal) => a href={ "#p" (ordinal) } { (text(&section.title)) },
                        None => { (text(&section.title)) }
                    }
                    @if let Some(grade) = &section.grade { " " (grade_tag(grade.as_str())) }
                }
            }
        }
    }
}

fn facts(report: &Report) -> Markup {
    let shown = ["authority", "urn", "framework", "inspected", "published", "inspector", "size", "path"];
    html! {
        dl.facts {
            @for (name, value) in details(report).into_iter().filter(|(name, value)| shown.contains(name) && !value.is_empty()) {
                dt { (name) } dd { (text(&value)) }
            }
            @for (name, value) in &report.fields { dt { (text(name.as_str())) } dd { (text(&value.to_string())) } }
        }
    }
}

fn judgements(report: &Report) -> Markup {
    html! {
        @if !report.judgements.is_empty() {
            table {
                caption.hidden { "Judgements" }
                thead { tr { th scope="col" { "Judged" } th scope="col" { "Grade" } th.number scope="col" { "Page" } } }
                tbody {
                    @for judgement in &report.judgements {
                        tr {
                            td { (text(&judgement.label)) }
                            td { (grade_tag(judgement.grade.as_str())) }
                            td.number { @if let Some(page) = judgement.page { (page) } }
                        }
                    }
                }
            }
        }
    }
}

/// Copies, other inspections, and what was read with doubt.
fn besides(read: &ReadReport) -> Markup {
    let doubts: Vec<String> = warnings(&read.report).collect();
    html! {
        @if let Some((earlier, later)) = &read.next {
            p { a href=(follow_link(earlier, later)) { "What it asked for, in the inspection of " (later.day_in_words()) } }
        }
        @if !read.others.is_empty() {
            details {
                summary { "Other inspections of this authority (" (read.others.len()) ")" }
                ul {
                    @for other in &read.others {
                        li {
                            a href={ "/report/" (other.id) } { (text(&other.in_words())) }
                            @if let Some(overall) = other.overall() { " " (grade_tag(overall)) }
                        }
                    }
                }
            }
        }
        @if !read.copies.is_empty() {
            details { summary { "The same report in other files (" (read.copies.len()) ")" } ul { @for copy in &read.copies { li { (text(copy)) } } } }
        }
        @if !doubts.is_empty() {
            details { summary { "Read with doubt (" (doubts.len()) ")" } ul { @for doubt in &doubts { li { (text(doubt)) } } } }
        }
    }
}

fn paragraphs(read: &ReadReport, form: &ReadForm) -> Markup {
    let hits: Vec<u32> = read.marks.keys().copied().collect();
    let (mut page, mut last) = (None, 1);
    let mut shown = Vec::with_capacity(read.report.paragraphs.len());
    for (ordinal, paragraph) in (1_u32..).zip(&read.report.paragraphs) {
        let turned = paragraph.pages.first().filter(|first| Some(*first) != page);
        // A heading is at most one level below the one before it, so that no level is missing.
        let level = (read.report.above(paragraph.section).count().clamp(1, 3) + 1).min(last + 1);
        if paragraph.role == Role::Heading {
            last = level;
        }
        page = paragraph.pages.last().or(page);
        shown.push((ordinal, paragraph, turned, level));
    }
    html! {
        @for (ordinal, paragraph, turned, level) in shown {
            @if let Some(number) = turned {
                p.turn {
                    @if read.has_pages { a href={ "/report/" (read.id) "/page/" (number) } { "page " (number) } } @else { "page " (number) }
                }
            }
            (one(read, form, ordinal, paragraph, level, &hits))
        }
    }
}

fn one(
    read: &ReadReport,
    form: &ReadForm,
    ordinal: u32,
    paragraph: &Paragraph,
    level: usize,
    hits: &[u32],
) -> Markup {
    let marks = read.marks.get(&ordinal).map(Vec::as_slice).unwrap_or_default();
    let shown = marked(&paragraph.text, marks);
    let section = paragraph.section.and_then(|section| read.report.sections.get(section as usize));
    html! {
        div class={ "para " (paragraph.role.as_str()) } id={ "p" (ordinal) } {
            @if let Some(number) = &paragraph.number {
                a.no href={ "#p" (ordinal) } { (text(number)) }
            }
            @match (paragraph.role, level) {
                (Role::Heading, 0..=2) => h2 { (shown) (themes(section)) },
                (Role::Heading, 3) => h3 { (shown) (themes(section)) },
                (Role::Heading, _) => h4 { (shown) (themes(section)) },
                _ => p { (shown) }
            }
            @if !marks.is_empty() { (steps(read, form, ordinal, paragraph, hits)) }
        }
    }
}

fn themes(section: Option<&quotable::report::Section>) -> Markup {
    html! { @if let Some(theme) = section.and_then(|section| section.theme.as_ref()) { " " span.tag { (text(theme)) } } }
}

/// From a marked paragraph to those before and after it, and to its printed page.
fn steps(read: &ReadReport, form: &ReadForm, ordinal: u32, paragraph: &Paragraph, hits: &[u32]) -> Markup {
    let at = hits.binary_search(&ordinal).unwrap_or(0);
    let before = at.checked_sub(1).and_then(|at| hits.get(at));
    let after = hits.get(at + 1);
    let marks = read.marks.get(&ordinal);
    let first = marks.and_then(|marks| marks.first());
    let page = first.and_then(|first| paragraph.page_at(first.start));
    html! {
        p.see {
            @if let Some(before) = before { a href={ "#p" (before) } { "↑ previous" } }
            span { (at + 1) " of " (hits.len()) }
            @if let Some(after) = after { a href={ "#p" (after) } { "↓ next" } }
            @if let (true, Some(page), Some(first)) = (read.has_pages, page, first) {
                @let (p, start) = (ordinal.to_string(), first.start.to_string());
                @let end = marks.and_then(|marks| marks.last()).map_or(first.end, |last| last.end).to_string();
                @let path = format!("/report/{}/page/{page}", read.id);
                a href=(link(&path, &[("p", &p), ("start", &start), ("end", &end), ("q", form.q.trim())])) { "see page " (page) }
            }
        }
    }
}
