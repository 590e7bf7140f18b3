//! Days: those that a text names, and that of a report.

use std::ops::Range;

use jiff::civil;
use quotable_index::ReportHead;
use quotable_query::analyse::Words;
use quotable_report::{Date, MONTHS, Period};

/// A month or day that a text names: `29 January 2018`, `January 29`, `November 2017`, `29/01/2018`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedDay {
    /// Its bytes.
    pub(crate) bytes: Range<usize>,
    pub(crate) year: Option<u16>,
    pub(crate) month: u8,
    pub(crate) day: Option<u8>,
}

impl NamedDay {
    /// The day, if the text names all of it.
    pub(crate) fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?)
    }

    /// True if `date` is this day, as far as the text names it.
    pub(crate) fn is(&self, date: Date) -> bool {
        self.month == date.month()
            && self.year.is_none_or(|year| year == date.year())
            && self.day.is_none_or(|day| day == date.day())
    }
}

/// Years that a text may mean by four digits.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

/// A word of a text that may be part of a date.
struct Part {
    bytes: Range<usize>,
    /// One to twelve, for the name of a month.
    month: Option<u8>,
    number: Option<u16>,
}

/// The months and days that a text names, in order. The name of a month alone is none: `may` and `march` are words.
pub(crate) fn named_days(text: &str) -> Vec<NamedDay> {
    let mut parts: Vec<Part> = Vec::new();
    let mut words = Words::new(text);
    while words.advance() {
        let word = words.text();
        let month = MONTHS.iter().position(|month| {
            month.eq_ignore_ascii_case(word) || (word.len() == 3 && month[..3].eq_ignore_ascii_case(word))
        });
        let capital = text.get(words.bytes()).is_some_and(|word| word.starts_with(char::is_uppercase));
        let month = month.filter(|_| capital).and_then(|at| u8::try_from(at + 1).ok());
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let ordinal = matches!(word.get(digits.len()..), Some("" | "st" | "nd" | "rd" | "th"));
        let number = if digits.len() <= 4 && ordinal { digits.parse().ok() } else { None };
        parts.push(Part { bytes: words.bytes(), month, number });
    }
    let day = |at: Option<usize>| {
        let number = at.and_then(|at| parts.get(at)).and_then(|part| part.number)?;
        u8::try_from(number).ok().filter(|day| (1..=31).contains(day))
    };
    let year = |at: usize| parts.get(at).and_then(|part| part.number).filter(|year| YEARS.contains(year));
    let near = |one: usize, two: usize| {
        let (Some(one), Some(two)) = (parts.get(one), parts.get(two)) else { return false };
        text.get(one.bytes.end..two.bytes.start)
            .is_some_and(|gap| gap.len() <= 2 && !gap.contains(['.', ';', ':', '(']))
    };
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if let Some(month) = part.month {
            let before = at.checked_sub(1).filter(|&before| near(before, at));
            let (mut first, mut last) = (at, at);
            let mut day_found = day(before);
            if day_found.is_some() {
                first = at - 1;
            } else if near(at, at + 1)
                && let Some(behind) = day(Some(at + 1))
            {
                (day_found, last) = (Some(behind), at + 1);
            }
            let year_found = if near(last, last + 1) { year(last + 1) } else { None };
            if year_found.is_some() {
                last += 1;
            }
            if day_found.is_some() || year_found.is_some() {
                let bytes = parts[first].bytes.start..parts[last].bytes.end;
                found.push(NamedDay { bytes, year: year_found, month, day: day_found });
            }
        } else if let (Some(year), Some(month), Some(day)) = (year(at), day(Some(at + 1)), day(Some(at + 2)))
            && month <= 12
            && text.get(part.bytes.end..parts[at + 1].bytes.start) == Some("-")
            && text.get(parts[at + 1].bytes.end..parts[at + 2].bytes.start) == Some("-")
        {
            // `2019-03-05`
            let bytes = part.bytes.start..parts[at + 2].bytes.end;
            found.push(NamedDay { bytes, year: Some(year), month, day: Some(day) });
        } else if let (Some(day), Some(month), Some(year)) = (day(Some(at)), day(Some(at + 1)), year(at + 2))
            && month <= 12
        {
            let gap = |at: usize| text.get(parts[at].bytes.end..parts[at + 1].bytes.start);
            if gap(at) == gap(at + 1) && matches!(gap(at), Some("/" | ".")) {
                let bytes = part.bytes.start..parts[at + 2].bytes.end;
                found.push(NamedDay { bytes, year: Some(year), month, day: Some(day) });
            }
        }
    }
    found
}

/// Words from a year to the word that says it is the year of a report.
const YEAR_REACH: usize = 3;

/// The years that a text names as those of reports: `the 2018 inspection`, `inspected in 2018`. One that a text looks back
/// to (`the previous inspection, in 2018`) is none.
pub(crate) fn years_of_reports(text: &str) -> Vec<u16> {
    const OF_REPORTS: [&str; 8] =
        ["inspection", "inspected", "inspectors", "report", "reported", "reinspection", "visit", "visited"];
    const LOOKING_BACK: [&str; 10] =
        ["previous", "previously", "last", "earlier", "since", "before", "former", "then", "after", "until"];
    let mut words = Words::new(text);
    // Each word in its folded form, and whether a sentence may end before it.
    let mut all: Vec<(String, bool)> = Vec::new();
    let mut end = 0;
    while words.advance() {
        let gap = text.get(end..words.bytes().start).unwrap_or_default();
        all.push((words.text().to_owned(), gap.contains(['.', ';', '!', '?', '\n'])));
        end = words.bytes().end;
    }
    let year_at = |at: usize| all[at].0.parse::<u16>().ok().filter(|year| YEARS.contains(year));
    let mut years: Vec<u16> = Vec::new();
    for (at, year) in (0..all.len()).filter_map(|at| Some((at, year_at(at)?))) {
        // The words of its sentence within reach.
        let (first, last) = (at.saturating_sub(YEAR_REACH), (at + 1 + YEAR_REACH).min(all.len()));
        let from = (first..=at).rev().find(|&word| all[word].1).unwrap_or(first);
        let to = (at + 1..last).find(|&word| all[word].1).unwrap_or(last);
        let near = &all[from..to];
        let has = |list: &[&str]| near.iter().any(|(word, _)| list.contains(&word.as_str()));
        if has(&OF_REPORTS) && !has(&LOOKING_BACK) && !years.contains(&year) {
            years.push(year);
        }
    }
    years
}

/// The day of a report: that of publication. The last day of the inspection stands in for one that is not known.
pub(crate) fn day_of(head: &ReportHead<'_>) -> Option<Date> {
    head.published.or_else(|| head.inspected.iter().map(|period| period.end).max())
}

/// How many days before a report is published an article about it may appear: newspapers see reports early.
pub const EARLY_DAYS: i64 = 7;

/// True if a report of that day is published so long after an article that it cannot be its source.
pub(crate) fn is_younger(report: Date, article: Date) -> bool {
    days_between(article, report).is_some_and(|early| early > EARLY_DAYS)
}

/// True if a report is published after an article, and so cannot be its source. False if either day is not known.
pub(crate) fn is_too_young(head: &ReportHead<'_>, article: Option<Date>) -> bool {
    article.zip(day_of(head)).is_some_and(|(article, day)| is_younger(day, article))
}

/// True if a report is published, or its inspection begins or ends, in that year.
pub(crate) fn is_of_year(head: &ReportHead<'_>, year: u16) -> bool {
    let days = head.inspected.iter().flat_map(|period| [period.start, period.end]).chain(head.published);
    days.map(Date::year).any(|found| found == year)
}

/// True if a day lies in one of the periods, as far as it is named.
pub(crate) fn is_within(periods: &[Period], day: &NamedDay) -> bool {
    periods.iter().any(|period| {
        day.date().is_some_and(|date| period.start <= date && date <= period.end)
            || day.is(period.start)
            || day.is(period.end)
    })
}

/// The number of days from one day to another; negative if `to` is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> Option<i64> {
    let (from, to) = (calendar_day(from)?, calendar_day(to)?);
    from.until(to).ok().map(|span| i64::from(span.get_days()))
}

/// The day in a calendar that can add days. Every `Date` is a real day of the years 1 to 9999, so that `None` cannot be.
fn calendar_day(date: Date) -> Option<civil::Date> {
    let (year, month, day) = (date.year().try_into(), date.month().try_into(), date.day().try_into());
    let converted = match (year, month, day) {
        (Ok(year), Ok(month), Ok(day)) => civil::Date::new(year, month, day).ok(),
        _ => None,
    };
    debug_assert!(converted.is_some(), "{date} is not a day of the calendar");
    converted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_across_the_end_of_a_month() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (from, to) in
            [("2018-02-28", "2018-03-07"), ("2020-02-28", "2020-03-06"), ("2019-12-30", "2020-01-06")]
        {
            assert_eq!(days_between(day(from), day(to)), Some(7), "{from}");
        }
        assert_eq!(days_between(day("2020-03-06"), day("2019-03-06")), Some(-366));
    }

    #[test]
    fn days_and_months_are_found_in_prose() {
        let shown = |text: &str| -> Vec<String> {
            let days = named_days(text).into_iter();
            days.map(|found| {
                let year = found.year.map_or("?".to_owned(), |year| year.to_string());
                let day = found.day.map_or("?".to_owned(), |day| day.to_string());
                format!("{year}-{}-{day} {}", found.month, &text[found.bytes])
            })
            .collect()
        };
        for (text, expected) in [
            ("Published on 29 January 2018, today", vec!["2018-1-29 29 January 2018"]),
            (
                "at March 31, 2017 and November 2017",
                vec!["2017-3-31 March 31, 2017", "2017-11-? November 2017"],
            ),
            ("As of October 31 last year", vec!["?-10-31 October 31"]),
            ("on the 3rd of May", vec![]),
            ("it may 12 times, 03/05/2019", vec!["2019-5-3 03/05/2019"]),
            ("ratio 1/2 in 2019. May 2020", vec!["2020-5-? May 2020"]),
            ("In May. 14 children", vec![]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn years_of_reports_are_told_from_those_looked_back_to() {
        let cases: [(&str, &[u16]); 8] = [
            ("The 2018 inspection of Orrery found much.", &[2018]),
            ("Orrery was inspected in 2018.", &[2018]),
            ("In 2018, inspectors wrote this; a report of 2022 said that.", &[2018, 2022]),
            ("The previous inspection, in 2018, was worse.", &[]),
            ("It has improved since the 2018 report.", &[]),
            ("It opened in 2018. Inspectors came.", &[]),
            ("Inspectors came. 2018 was another year.", &[]),
            ("2018", &[]),
        ];
        for (text, years) in cases {
            assert_eq!(years_of_reports(text), years, "{text}");
        }
    }
}
