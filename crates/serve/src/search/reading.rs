//! How a query was read, and why it finds nothing.

use maud::{Markup, html};
use quotable::explain::{EmptyPart, FilterReach, LeafWords, Part, WordCount};
use quotable::{Explanation, Hint};
use quotable_export::number::{counted, grouped};

use super::answer::Answer;
use super::form::SearchForm;
use crate::text::text;

/// Words of a pattern that are named.
const NAMED: usize = 12;

/// How the query was read: its parts, its words and its filters.
pub(super) fn explained(answer: &Answer, form: &SearchForm) -> Markup {
    html! {
        details.explained open[!form.explain.is_empty()] {
            summary { "How the query was read: " code { (text(&answer.read)) } }
            @if let Some(explanation) = &answer.explanation {
                div.columns {
                    div { h2.sub { "Its parts" } ul.tree { (part(&explanation.tree)) } }
                    @if !explanation.leaves.is_empty() {
                        div { h2.sub { "Its words" } ul { @for leaf in &explanation.leaves { li { (text(&words(leaf))) } } } }
                    }
                    @if !explanation.filters.is_empty() {
                        div { h2.sub { "Its filters" } ul { @for filter in &explanation.filters { li { (text(&reach(filter))) } } } }
                    }
                }
            } @else if form.explain.is_empty() {
                p { a href=(form.with("/", &[("explain", "on")])) { "Its parts, its words and its filters, each with what it finds alone" } }
            } @else {
                p { "It has too many parts to be explained." }
            }
            p.small { (text(&answer.provenance)) }
        }
    }
}

fn part(tree: &Part) -> Markup {
    html! {
        li {
            @if tree.parts.is_empty() || tree.operator == "name" {
                code { (text(&tree.query)) } " (" (text(&tree.operator)) ")"
            } @else { (text(&tree.operator)) }
            @if !tree.parts.is_empty() { ul { @for inner in &tree.parts { (part(inner)) } } }
        }
    }
}

fn words(leaf: &LeafWords) -> String {
    let query = &leaf.query;
    match leaf.words.as_slice() {
        [] if leaf.nearest.is_empty() => format!("{query}: no word of the reports"),
        [] => format!("{query}: no word of the reports; the nearest: {}", listed(&leaf.nearest)),
        [one] if one.word == *query => {
            let paragraphs = counted(one.paragraphs, "paragraphs");
            format!("{query}: {} in {paragraphs}", counted(one.occurrences, "occurrences"))
        }
        all => format!("{query}: {}: {}", counted(all.len() as u64, "words"), listed(all)),
    }
}

fn listed(words: &[WordCount]) -> String {
    let shown = words.iter().take(NAMED).map(|word| format!("{} {}", word.word, grouped(word.occurrences)));
    let mut shown: Vec<String> = shown.collect();
    if words.len() > NAMED {
        shown.push(format!("and {} more", grouped((words.len() - NAMED) as u64)));
    }
    shown.join(", ")
}

fn reach(filter: &FilterReach) -> String {
    let (paragraphs, reports) =
        (counted(filter.paragraphs, "paragraphs"), counted(filter.reports, "reports"));
    let nearest = match filter.nearest.as_slice() {
        [] => String::new(),
        nearest => format!("; the nearest: {}", nearest.join(", ")),
    };
    format!("{}: {paragraphs} of {reports}{nearest}", filter.filter)
}

/// Queries that may have been meant, each as a link.
pub(super) fn hints(hints: &[Hint], form: &SearchForm) -> Markup {
    let offers: Vec<(String, String, String)> = hints
        .iter()
        .filter_map(|hint| match hint {
            Hint::Phrase { phrase, occurrences, .. } => {
                let found = format!("side by side: {}", counted(*occurrences, "occurrences"));
                Some(("As a phrase, ".to_owned(), phrase.clone(), found))
            }
            Hint::Concept { name, more } => Some((
                "The concept ".to_owned(),
                name.clone(),
                format!("{} more", counted(*more, "paragraphs")),
            )),
            Hint::Number { number, forms, more } => {
                let more = format!("{} more", counted(*more, "occurrences"));
                Some((format!("{number} is written in another way too, "), forms.clone(), more))
            }
            Hint::Name { filter } => {
                Some(("For the whole name, ".to_owned(), filter.clone(), "as a filter".to_owned()))
            }
            Hint::Either { filters } => {
                Some(("For either value, ".to_owned(), filters.clone(), "as filters".to_owned()))
            }
            _ => None,
        })
        .collect();
    html! {
        @if !offers.is_empty() {
            ul.hints {
                @for (lead, query, what) in &offers {
                    li { (text(lead)) a href=(form.with("/", &[("q", query)])) { code { (text(query)) } } ": " (text(what)) }
                }
            }
        }
    }
}

/// Why nothing is found, and what is near.
pub(super) fn nothing(answer: &Answer, form: &SearchForm) -> Markup {
    let searched = format!(
        "{} of {} were searched.",
        counted(answer.extent.paragraphs, "paragraphs"),
        counted(answer.extent.reports, "reports")
    );
    html! {
        section.nothing aria-labelledby="nothing" {
            h2 #nothing { "Nothing found" }
            p { (searched) }
            @if let Some(explanation) = &answer.explanation { (why(explanation, form)) }
        }
    }
}

fn why(explanation: &Explanation, form: &SearchForm) -> Markup {
    let left_out = explanation.counts.boilerplate.paragraphs;
    let parts = &explanation.tree.parts;
    html! {
        @if left_out > 0 {
            p {
                (counted(left_out, "paragraphs")) " left out as boilerplate: "
                a href=(form.with("/", &[("boilerplate", "")])) { "include it" }
            }
        } @else if explanation.empty.is_empty() {
            @if parts.len() > 1 { p { "Each part of the query finds something by itself, but not together in one paragraph." } }
        } @else {
            ul {
                @for part in &explanation.empty { li { (empty_part(part, form)) } }
            }
        }
    }
}

fn empty_part(part: &EmptyPart, form: &SearchForm) -> Markup {
    let nearest =
        part.nearest.iter().map(|near| near.word.as_str()).chain(part.values.iter().map(String::as_str));
    let nearest: Vec<&str> = nearest.take(NAMED).collect();
    html! {
        "Nothing is found by " code { (text(&part.query)) } " alone."
        @if !nearest.is_empty() {
            " The nearest: "
            @for (at, near) in nearest.iter().enumerate() {
                @if at > 0 { ", " }
                @if form.q.contains(part.query.as_str()) && part.values.is_empty() {
                    a href=(form.with("/", &[("q", &form.q.replacen(&part.query, near, 1))])) { (text(near)) }
                } @else { (text(near)) }
            }
            "."
        }
    }
}
