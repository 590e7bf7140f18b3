//! The search page, from an answer.

use maud::{Markup, html};
use quotable_export::number::{counted, grouped};

use super::answer::{Answer, Chips, Found, HITS, LINES, Overview, reach};
use super::form::{CHIPS, SearchForm};
use super::{hit, reading};
use crate::export_file::FileKind;
use crate::failure::{Failure, message};
use crate::text::{text, value};

/// Values of a facet that are shown before "more".
const FIRST_VALUES: usize = 8;

/// The page before anything is asked.
pub(super) fn start(form: &SearchForm, overview: &Overview) -> Markup {
    let status = &overview.status;
    let examples = [
        ("\"care leavers\"", "two words side by side"),
        ("unalloc*", "all words that begin so"),
        ("caseload* w/5 high", "near each other, in any order"),
        ("staff -agency", "without a word"),
    ];
    html! {
        h1 { "Search the reports" }
        (search_box(form))
        p.lead {
            (counted(status.reports, "reports")) " of " (counted(overview.authorities as u64, "authorities"))
            @if let Some((first, last)) = overview.years { ", published " (first) " to " (last) }
            ", " (counted(status.paragraphs, "paragraphs")) ", " (counted(status.words, "words")) "."
            @if status.failed > 0 { " " a href="/corpus#problems" { (counted(status.failed, "files")) " could not be read" } "." }
            @if status.unfinished { " Some files are still to be read." }
        }
        div.columns {
            section aria-labelledby="how" {
                h2 #how { "How to ask" }
                dl.examples {
                    @for (query, what) in examples {
                        dt { a href=(form.with("/", &[("q", query)])) { code { (query) } } } dd { (what) }
                    }
                    @if let Some(theme) = overview.themes.first() {
                        @let query = format!("child* theme:{}", theme.name);
                        dt { a href=(form.with("/", &[("q", &query)])) { code { (query) } } } dd { "in the sections on one theme" }
                    }
                }
            }
            @if !overview.themes.is_empty() {
                section aria-labelledby="themes" {
                    h2 #themes { "Themes" }
                    ul.plain {
                        @for theme in overview.themes.iter() {
                            li { a.chip href=(form.with("/", &[("theme", &theme.name)])) { span { (text(&theme.title)) } " " span.n { (grouped(theme.paragraphs)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The page of a search that is not answered.
pub(super) fn failed(form: &SearchForm, failure: &Failure) -> Markup {
    html! {
        h1.hidden { "Search the reports" }
        (search_box(form))
        (active(form))
        section.failure role="alert" { h2 { (failure.title) } (message(&failure.message)) }
    }
}

/// The page of an answer.
pub(super) fn results(form: &SearchForm, answer: &Answer) -> Markup {
    let nothing = answer.counts.paragraphs == 0;
    html! {
        h1.hidden { "Search the reports" }
        (search_box(form))
        (active(form))
        @for note in &answer.notes { p.note { (text(note)) } }
        @if nothing { (reading::nothing(answer, form)) }
        (reading::hints(&answer.hints, form))
        (reading::explained(answer, form))
        @if !nothing {
            div.results.wide[form.is_concordance()] {
                aside.facets aria-label="Narrow the search" { @for chips in &answer.chips { (facet(chips, form)) } }
                section.found aria-labelledby="found" {
                    (counts(answer))
                    (views(form))
                    (found(form, answer))
                    (further(form))
                    (downloads(form))
                }
            }
        }
        (notes(form, answer))
    }
}

fn search_box(form: &SearchForm) -> Markup {
    html! {
        form.search role="search" action="/" method="get" {
            label for="q" { "Words, or a query" }
            div.row {
                input #q type="search" accesskey="s" name="q" value=(value(&form.q)) autocomplete="off" spellcheck="false" maxlength="10000";
                button type="submit" { "Search" }
            }
            @for (name, kept) in form.kept(&["q", "tables", "notes", "boilerplate"]) {
                input type="hidden" name=(name) value=(value(kept));
            }
            div.options {
                (option("tables", "on", !form.tables.is_empty(), "tables too"))
                (option("notes", "on", !form.notes.is_empty(), "footnotes too"))
                (option("boilerplate", "exclude", form.boilerplate == "exclude", "without boilerplate"))
            }
        }
    }
}

fn option(name: &str, value: &str, is_set: bool, label: &str) -> Markup {
    html! { label.check { input type="checkbox" name=(name) value=(value) checked[is_set]; " " (label) } }
}

/// The filters in force, each with a link that takes it away.
fn active(form: &SearchForm) -> Markup {
    let set: Vec<(&str, &str)> = CHIPS.into_iter().filter(|(name, _)| !form.value(name).is_empty()).collect();
    html! {
        @if !set.is_empty() {
            ul.chips aria-label="Filters" {
                @for (name, title) in set {
                    li {
                        a.chip.on href=(form.with("/", &[(name, "")])) {
                            (title) ": " (text(form.value(name))) span aria-hidden="true" { " ×" }
                            span.hidden { ", remove" }
                        }
                    }
                }
            }
        }
    }
}

fn counts(answer: &Answer) -> Markup {
    let counts = &answer.counts;
    let rate = counts.occurrences as f64 * 10_000.0 / answer.extent.words.max(1) as f64;
    html! {
        h2.counts #found {
            (grouped(counts.occurrences)) " " @if counts.occurrences == 1 { "occurrence" } @else { "occurrences" }
        }
        p.counts {
            "in " strong { (grouped(counts.paragraphs)) } " of " (counted(answer.extent.paragraphs, "paragraphs"))
            ", " strong { (grouped(counts.reports)) } " of " (counted(answer.extent.reports, "reports"))
            @if counts.occurrences > 0 { "; " (format!("{rate:.2}")) " per 10,000 words" }
            @if counts.boilerplate.paragraphs > 0 {
                "; " (counted(counts.boilerplate.occurrences, "occurrences")) " in boilerplate"
            }
            @if !counts.exact { "; not all was counted" }
            "."
        }
        @if let Some(lacking) = answer.completeness.in_words() {
            p.note { (lacking) " (" a href="/corpus#problems" { "which" } ")." }
        }
        span.hidden { (reach(answer)) }
    }
}

fn views(form: &SearchForm) -> Markup {
    let is_lines = form.is_concordance();
    let sorts: &[(&str, &str)] = if is_lines {
        &[("", "date"), ("left", "word before"), ("right", "word after"), ("authority", "authority")]
    } else if form.q.trim().is_empty() {
        &[("", "date"), ("authority", "authority")]
    } else {
        &[("", "relevance"), ("date", "date"), ("authority", "authority")]
    };
    let is_known = sorts.iter().any(|(sort, _)| *sort == form.sort);
    let current = if is_known { form.sort.as_str() } else { "" };
    html! {
        div.views {
            nav aria-label="View" {
                @for (view, label) in [("", "Paragraphs"), ("lines", "Concordance")] {
                    a href=(form.with("/", &[("view", view), ("sort", "")])) aria-current=[(is_lines == (view == "lines")).then_some("true")] { (label) }
                }
            }
            nav aria-label="Order" {
                span { "by" }
                @for (sort, label) in sorts {
                    a href=(form.with("/", &[("sort", sort)])) aria-current=[(*sort == current).then_some("true")] { (*label) }
                }
            }
        }
    }
}

fn found(form: &SearchForm, answer: &Answer) -> Markup {
    let before = form.before();
    match &answer.found {
        Found::Hits(hits, next) => html! {
            ol.hits start=(before + 1) {
                @for (number, found) in (before + 1..).zip(hits) { (hit::hit(found, form, number, answer.has_files)) }
            }
            @let further = next.as_ref().map(|cursor| {
                let from = (before + HITS as u64).to_string();
                form.with("/", &[("after", cursor.as_str()), ("from", &from)])
            });
            (pages(form, before, hits.len() as u64, answer.counts.paragraphs, further))
        },
        Found::Lines { lines, more, unsorted } => html! {
            @if *unsorted { p.note { "There are too many to sort: they come in the order of dates." } }
            div.scroll tabindex="0" role="region" aria-label="Concordance" {
                table.kwic {
                    thead { tr { th scope="col" { "before" } th scope="col" { "found" } th scope="col" { "after" } th scope="col" { "where" } } }
                    tbody { @for one in lines { (hit::line(one, form)) } }
                }
            }
            @let further = more.then(|| form.with("/", &[("from", &(before + LINES as u64).to_string())]));
            (pages(form, before, lines.len() as u64, answer.counts.occurrences, further))
        },
    }
}

fn pages(form: &SearchForm, before: u64, shown: u64, all: u64, next: Option<String>) -> Markup {
    html! {
        nav.pages aria-label="Pages of the answer" {
            @if before > 0 { a href=(form.with("/", &[])) { "First page" } }
            span { (grouped(before + 1)) "–" (grouped(before + shown)) " of " (grouped(all)) }
            @if let Some(next) = next { a rel="next" href=(next) { "Next page" } }
        }
    }
}

/// The values of a facet, as links that filter by one.
fn facet(chips: &Chips, form: &SearchForm) -> Markup {
    let title = CHIPS.iter().find(|(name, _)| *name == chips.name).map_or(chips.name, |(_, title)| title);
    let (first, rest) = chips.values.split_at(chips.values.len().min(FIRST_VALUES));
    let value = |chip: &super::answer::Chip| {
        let of = chip.all_reports.map(|all| format!(" of {}", grouped(all))).unwrap_or_default();
        let what = chip.leaves.map(|(paragraphs, reports)| {
            format!("{} in {}{of} reports", counted(paragraphs, "paragraphs"), grouped(reports))
        });
        html! {
            li {
                a.chip href=(form.with("/", &[(chips.name, &chip.value)])) title=[what] {
                    span { (text(&chip.label)) }
                    @if let Some((paragraphs, _)) = chip.leaves { " " span.n { (grouped(paragraphs)) } }
                }
            }
        }
    };
    let is_counted = chips.values.iter().all(|chip| chip.leaves.is_some());
    html! {
        section.facet {
            h2.sub { (title) }
            @if !is_counted { p.small { a href=(form.with("/", &[("themes", "on")])) { "count them" } } }
            ul.plain { @for chip in first { (value(chip)) } }
            @if !rest.is_empty() {
                details { summary { (grouped(rest.len() as u64)) " more" } ul.plain { @for chip in rest { (value(chip)) } } }
            }
        }
    }
}

/// The analyses of the same query.
fn further(form: &SearchForm) -> Markup {
    let path = |kind: &str| form.with(&format!("/analyse/{kind}"), &[("view", ""), ("sort", "")]);
    html! {
        p.further {
            @if !form.q.trim().is_empty() {
                "Count it by " a href=(path("trend")) { "year" } ", or see the "
                a href=(path("collocates")) { "words nearby" } " and the "
                a href=(path("keywords")) { "words of these paragraphs" } "."
            } @else { "See the " a href=(path("keywords")) { "words of these paragraphs" } "." }
        }
    }
}

fn downloads(form: &SearchForm) -> Markup {
    let what = if form.is_concordance() { "lines" } else { "hits" };
    html! {
        p.downloads {
            "Everything found, as "
            @for (at, (end, label)) in FileKind::OFFERED.into_iter().enumerate() {
                @if at > 0 { ", " }
                a href=(form.with(&format!("/download/{what}.{end}"), &[])) download { (label) }
            }
            "; the counts by year as "
            a href=(form.with("/download/years.csv", &[])) download { "CSV" } "."
        }
    }
}

/// What the reader must know besides.
fn notes(form: &SearchForm, answer: &Answer) -> Markup {
    let left_out = [(answer.left_out.tables, "tables"), (answer.left_out.notes, "notes")];
    html! {
        ul.notes {
            @for (count, name) in left_out.into_iter().filter(|(count, _)| *count > 0) {
                li {
                    (counted(count, "paragraphs")) " more in " @if name == "notes" { "footnotes" } @else { "tables" } ": "
                    a href=(form.with("/", &[(name, "on")])) { "search them too" }
                }
            }
            @for unjudged in &answer.unjudged { li { (text(unjudged)) } }
            @if answer.undated > 0 && form.sort == "date" { li { (counted(answer.undated, "reports")) " without a date come last." } }
        }
    }
}
