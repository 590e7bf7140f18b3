//! The pages of an analysis.

use maud::{Markup, html};

use super::answer::Answer;
use super::form::{AnalyseForm, Kind};
use super::rows::rows;
use crate::export_file::FileKind;
use crate::failure::{Failure, message};
use crate::search::CHIPS;
use crate::text::{text, value};

/// The page before anything is asked.
pub(super) fn start(kind: Kind, form: &AnalyseForm, examples: &[(&str, &str)]) -> Markup {
    html! {
        (top(kind, form))
        @if !examples.is_empty() {
            h2 { "Examples" }
            dl.examples {
                @for (query, what) in examples {
                    dt { a href=(form.with(&path(kind), &[("q", query)])) { code { (query) } } } dd { (what) }
                }
            }
        }
    }
}

/// The page of what cannot be answered.
pub(super) fn failed(kind: Kind, form: &AnalyseForm, failure: &Failure) -> Markup {
    html! {
        (top(kind, form))
        div.failure role="alert" { h2 { (failure.title) } (message(&failure.message)) }
    }
}

pub(super) fn found(kind: Kind, form: &AnalyseForm, answer: &Answer) -> Markup {
    html! {
        (top(kind, form))
        @if let Some(nothing) = answer.nothing() {
            p.note { (nothing) }
        } @else {
            @let picture = form.with(&format!("{}.svg", path(kind)), &[]);
            div.scroll.chart tabindex="0" role="region" aria-label="Chart" {
                img src=(picture) width="960" alt={ "Chart: " (kind.title()) ". The table below has its numbers." };
            }
            div.scroll tabindex="0" role="region" aria-label="Table" { (rows(answer, form)) }
            p.downloads {
                "All of it, as "
                @for (at, (end, label)) in FileKind::OFFERED.into_iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(form.with(&format!("{}.{end}", path(kind)), &[])) download { (label) }
                }
                "; the chart as " a href=(picture) download={ (kind.name()) ".svg" } { "SVG" } "."
            }
        }
        ul.notes { @for note in answer.notes() { li { (text(&note)) } } }
    }
}

fn path(kind: Kind) -> String {
    format!("/analyse/{}", kind.name())
}

/// The kinds, and the form of one.
fn top(kind: Kind, form: &AnalyseForm) -> Markup {
    html! {
        h1 { "Analyse" }
        div.views {
            nav aria-label="Analyses" {
                @for other in Kind::ALL {
                    a href=(form.with(&path(other), &[("measure", "")])) aria-current=[(other == kind).then_some("true")] { (other.title()) }
                }
                a href="/follow" { "Follow" }
            }
        }
        p.lead.below { (kind.lead()) }
        form.search.analyse action=(path(kind)) method="get" {
            @match kind {
                Kind::Trend => (trend_fields(form)),
                Kind::Keywords => (keyword_fields(form)),
                Kind::Collocates => (collocate_fields(form))
            }
            @for (name, kept) in form.search.kept(&["q", "view", "sort"]) { input type="hidden" name=(name) value=(value(kept)); }
            button type="submit" { "Count" }
        }
        (filters(kind, form))
    }
}

fn field(id: &str, label: &str, entered: &str, hint: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) type="search" name=(id) value=(value(entered)) autocomplete="off" spellcheck="false" maxlength="10000"
                aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-hint"))];
            @if !hint.is_empty() { p.hint id={ (id) "-hint" } { (hint) } }
        }
    }
}

fn choice(id: &str, label: &str, chosen: &str, options: &[(&str, &str)]) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(id) {
                @for (value, shown) in options { option value=(value) selected[*value == chosen] { (shown) } }
            }
        }
    }
}

fn tick(name: &str, is_set: bool, label: &str) -> Markup {
    html! { label.check { input type="checkbox" name=(name) value="on" checked[is_set]; " " (label) } }
}

fn trend_fields(form: &AnalyseForm) -> Markup {
    let periods = [
        ("year", "year"),
        ("quarter", "quarter"),
        ("month", "month"),
        ("framework", "framework of inspection"),
    ];
    html! {
        (field("q", "Words, or a query", &form.search.q, ""))
        div.columns {
            (field("q2", "Beside it (may be empty)", &form.q2, ""))
            (field("q3", "And beside both (may be empty)", &form.q3, ""))
        }
        div.row.wrap {
            (choice("by", "By", form.period().as_str(), &periods))
            (tick("share", !form.share.is_empty(), "draw the share of reports"))
        }
    }
}

fn keyword_fields(form: &AnalyseForm) -> Markup {
    let lengths = [("1", "single words"), ("2", "two words"), ("3", "three words"), ("4", "four words")];
    let sorts = [
        ("log_likelihood", "how sure the difference is"),
        ("log_ratio", "how large the difference is"),
        ("count", "how often it is used"),
        ("reports", "how many reports use it"),
    ];
    html! {
        div.columns {
            (field("q", "The part to describe, as a query", &form.search.q, "Such as grade:inadequate, or date:2022.."))
            (field("against", "Compared with (empty: all the rest)", &form.against, "Such as grade:good"))
        }
        div.row.wrap {
            (choice("length", "What", &form.words_of_keyword().to_string(), &lengths))
            (choice("measure", "First", form.keyword_sort().as_str(), &sorts))
        }
    }
}

fn collocate_fields(form: &AnalyseForm) -> Markup {
    let windows =
        [("1", "1 word"), ("3", "3 words"), ("5", "5 words"), ("10", "10 words"), ("20", "20 words")];
    let ends = [("", "the paragraph"), ("sentence", "the sentence")];
    let measures = [
        ("log_dice", "logDice: how strong the bond is"),
        ("log_likelihood", "G2: how sure it is"),
        ("mi", "MI: how exclusive it is"),
    ];
    html! {
        (field("q", "Words, or a query", &form.search.q, ""))
        div.row.wrap {
            (choice("window", "On each side", &form.words_of_window().to_string(), &windows))
            (choice("within", "Not beyond", &form.within, &ends))
            (choice("measure", "First", form.collocate_measure().as_str(), &measures))
            (tick("concepts", !form.concepts.is_empty(), "concepts instead of words"))
        }
    }
}

/// The filters in force, each with a link that takes it away.
fn filters(kind: Kind, form: &AnalyseForm) -> Markup {
    let set: Vec<(&str, &str)> =
        CHIPS.into_iter().filter(|(name, _)| !form.search.value(name).is_empty()).collect();
    html! {
        @if !set.is_empty() {
            ul.chips aria-label="Filters" {
                @for (name, title) in set {
                    li {
                        a.chip.on href=(form.with(&path(kind), &[(name, "")])) {
                            (title) ": " (text(form.search.value(name))) span aria-hidden="true" { " ×" }
                            span.hidden { ", remove" }
                        }
                    }
                }
            }
        }
    }
}
