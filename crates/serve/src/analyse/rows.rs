//! The tables, whose numbers lead to their paragraphs.

use maud::{Markup, html};
use quotable::query::{Field, Query};
use quotable::{Collocates, Keywords, Period, Series, Trend, TrendPoint};
use quotable_export::number::grouped;
use quotable_export::{Align, Table};

use super::answer::{Answer, view};
use super::form::AnalyseForm;
use crate::text::text;

pub(super) fn rows(answer: &Answer, form: &AnalyseForm) -> Markup {
    match answer {
        Answer::Trend(found, queries) => html! {
            @for (series, query) in found.series.iter().zip(queries) { (of_series(found, series, query, form)) }
        },
        Answer::Keywords(found, query) => of_keywords(found, query, form),
        Answer::Collocates(found, query) => of_collocates(found, query, form),
    }
}

/// A cell of a number that leads to its paragraphs; one of nothing leads nowhere.
fn number(count: u64, link: &str) -> Markup {
    html! { td.number { @if count > 0 { a href=(link) { (grouped(count)) } } @else { "0" } } }
}

fn of_series(trend: &Trend, series: &Series, query: &Query, form: &AnalyseForm) -> Markup {
    let heads =
        ["Occurrences", "Per 10,000 words", "95 % interval", "Reports", "Share of reports", "95 % interval"];
    html! {
        table {
            caption { code { (text(&series.name)) } }
            thead { tr {
                th scope="col" { (title_of(trend.by)) }
                @for head in heads { th.number scope="col" { (head) } }
            } }
            tbody {
                @for point in &series.points { (of_point(trend.by, point, query, form)) }
                (total(series, query, form))
            }
        }
    }
}

fn of_point(by: Period, point: &TrendPoint, query: &Query, form: &AnalyseForm) -> Markup {
    let link =
        form.paragraphs(&Query::and(query.clone(), in_period(by, point.period.as_deref())).to_string());
    html! {
        tr {
            th scope="row" { @match &point.period { Some(period) => (text(&period.replace('-', " "))), None => "not known" } }
            (numbers(point, &link))
        }
    }
}

fn total(series: &Series, query: &Query, form: &AnalyseForm) -> Markup {
    html! { tr.total { th scope="row" { "all" } (numbers(&series.total, &form.paragraphs(&query.to_string()))) } }
}

fn numbers(point: &TrendPoint, link: &str) -> Markup {
    let rate = |value: Option<f64>| value.map(|value| format!("{value:.2}")).unwrap_or_default();
    let share = |value: Option<f64>| value.map(|value| format!("{:.0} %", value * 100.0)).unwrap_or_default();
    let interval = |low: String, high: String| {
        if low.is_empty() { String::new() } else { format!("{low} to {high}") }
    };
    html! {
        (number(point.occurrences, link))
        td.number { (rate(point.per_10_000_words)) }
        td.number.quiet { (interval(rate(point.rate_low), rate(point.rate_high))) }
        td.number { (grouped(point.reports)) " of " (grouped(point.all_reports)) }
        td.number { (share(point.share_of_reports)) }
        td.number.quiet { (interval(share(point.share_low), share(point.share_high))) }
    }
}

fn title_of(by: Period) -> &'static str {
    match by {
        Period::Quarter => "Quarter",
        Period::Month => "Month",
        Period::Framework => "Framework",
        _ => "Year",
    }
}

/// The filter of a period, `None` for reports of which it is not known.
fn in_period(by: Period, period: Option<&str>) -> Query {
    let field = if by == Period::Framework { Field::Framework } else { Field::Date };
    let Some(period) = period else { return Query::filter(field, "none") };
    if by == Period::Framework {
        return Query::filter(field, period);
    }
    let quarter =
        period.split_once("-Q").and_then(|(year, quarter)| Some((year, quarter.parse::<u8>().ok()?)));
    match quarter {
        Some((year, quarter)) => {
            let month = |number: u8| format!("{year}-{number:02}");
            Query::range(field, Some(&month(3 * quarter - 2)), Some(&month(3 * quarter)))
        }
        None => Query::range(field, Some(period), Some(period)),
    }
}

/// The words of a row, side by side.
fn words(row: &str) -> Query {
    let mut words: Vec<Query> = row.split(' ').map(Query::word).collect();
    match words.pop() {
        Some(one) if words.is_empty() => one,
        last => Query::phrase(words.into_iter().chain(last)),
    }
}

fn of_keywords(found: &Keywords, query: &Query, form: &AnalyseForm) -> Markup {
    let table = quotable_export::keyword::to_table(found);
    let links = found.rows.iter().map(|row| {
        let both = if *query == Query::All {
            words(&row.words)
        } else {
            Query::and(query.clone(), words(&row.words))
        };
        // Boilerplate is counted apart.
        form.search.with("/", &[("q", &both.to_string()), ("boilerplate", "exclude")])
    });
    linked(&table, &links.collect::<Vec<_>>())
}

fn of_collocates(found: &Collocates, query: &Query, form: &AnalyseForm) -> Markup {
    let mut table = view(found).to_table();
    // The examples are the paragraphs that the numbers lead to.
    table.columns.pop();
    for row in &mut table.rows {
        row.cells.pop();
    }
    let window = u32::from(form.words_of_window());
    let links = found.rows.iter().map(|row| {
        let near = if found.concepts { Query::named(row.name.as_str()) } else { words(&row.name) };
        form.paragraphs(&Query::near(query.clone(), near, window).to_string())
    });
    linked(&table, &links.collect::<Vec<_>>())
}

/// A table whose rows begin with what they are of, and whose first number leads to its paragraphs.
fn linked(table: &Table, links: &[String]) -> Markup {
    let class = |align: Align| (align == Align::Right).then_some("number");
    html! {
        table {
            thead { tr { @for column in &table.columns { th scope="col" class=[class(column.align)] { (text(&column.name)) } } } }
            tbody {
                @for (row, link) in table.rows.iter().zip(links) {
                    tr {
                        @for (at, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                            @match at {
                                0 => th scope="row" { (text(cell)) },
                                1 => td class=[class(column.align)] { a href=(link) { (text(cell)) } },
                                _ => td class=[class(column.align)] { (text(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_filters() {
        let shown = |by, period| in_period(by, period).to_string();
        assert_eq!(shown(Period::Year, Some("2018")), "date:2018..2018");
        assert_eq!(shown(Period::Quarter, Some("2018-Q3")), "date:2018-07..2018-09");
        assert_eq!(shown(Period::Month, Some("2018-07")), "date:2018-07..2018-07");
        assert_eq!(shown(Period::Framework, Some("ilacs")), "framework:ilacs");
        assert_eq!(shown(Period::Month, None), "date:none");
    }

    #[test]
    fn words_are_a_phrase() {
        assert_eq!(words("drift").to_string(), "drift");
        assert_eq!(words("care leavers").to_string(), "\"care leavers\"");
    }
}
