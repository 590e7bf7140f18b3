//! Dates as the field prints them: `6 November 2017 to 30 November 2017`, `3 June – 25 June 2014`.

use crate::{Date, MONTHS, Period};

/// One part of a printed date, or what stands between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day(u8),
    Month(u8),
    Year(u16),
    /// `to`, `–`, `-`, `until`: the two days and all between.
    Range,
    /// `and`, `,`, `;`: another period.
    Then,
    /// A word that belongs to no date.
    Other,
}

/// A date of which a part may be missing.
#[derive(Debug, Clone, Copy, Default)]
struct Partial {
    day: u8,
    month: Option<u8>,
    year: Option<u16>,
    /// True if a range leads from this date to the next.
    leads: bool,
}

/// The periods that a text prints, in order of time; a text without dates has none. What is missing of a date
/// (`3 June – 25 June 2014`) is taken from the next one that has it.
pub(crate) fn periods(text: &str) -> Vec<Period> {
    let mut dates = partials(text);
    let (mut month, mut year) = (None, None);
    for date in dates.iter_mut().rev() {
        let own_year = date.year.is_some();
        // `15 December to 10 January 2020` begins the year before.
        if !own_year && date.leads && date.month.zip(month).is_some_and(|(this, next)| this > next) {
            year = year.map(|year: u16| year.saturating_sub(1));
        }
        month = date.month.or(month);
        year = date.year.or(year);
        (date.month, date.year) = (month, year);
    }
    let mut periods = Vec::new();
    let mut start = None;
    for date in dates {
        let (Some(month), Some(year)) = (date.month, date.year) else { continue };
        let Some(day) = Date::new(year, month, date.day) else { continue };
        if date.leads && start.is_none() {
            start = Some(day);
        } else {
            let first = start.take().unwrap_or(day);
            periods.push(Period { start: first.min(day), end: first.max(day) });
        }
    }
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// The first single date that a text prints.
pub(crate) fn first_date(text: &str) -> Option<Date> {
    periods(text).first().map(|period| period.start)
}

fn partials(text: &str) -> Vec<Partial> {
    let mut dates: Vec<Partial> = Vec::new();
    for part in parts(text) {
        match part {
            Part::Day(day) => dates.push(Partial { day, ..Partial::default() }),
            Part::Month(month) => {
                if let Some(last) = dates.last_mut().filter(|last| last.month.is_none()) {
                    last.month = Some(month);
                }
            }
            Part::Year(year) => {
                if let Some(last) = dates.last_mut().filter(|last| last.year.is_none()) {
                    last.year = Some(year);
                }
            }
            Part::Range => {
                if let Some(last) = dates.last_mut() {
                    last.leads = true;
                }
            }
            Part::Then => {}
            // Behind the last date the text may go on about anything.
            Part::Other if dates.last().is_some_and(|last| last.year.is_some()) => break,
            Part::Other => {}
        }
    }
    dates
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            let same =
                |letter: char| letter.is_alphanumeric() && letter.is_ascii_digit() == first.is_ascii_digit();
            rest.find(|letter: char| !same(letter)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        rest = after;
        if let Some(part) = part(word) {
            parts.push(part);
        }
    }
    parts
}

fn part(word: &str) -> Option<Part> {
    if let Ok(number) = word.parse::<u16>() {
        return match (word.len(), number) {
            (1 | 2, 1..=31) => u8::try_from(number).ok().map(Part::Day),
            (4, 1900..=2199) => Some(Part::Year(number)),
            _ => Some(Part::Other),
        };
    }
    let lower = word.to_lowercase();
    match lower.as_str() {
        "st" | "nd" | "rd" | "th" | "of" | "the" => None,
        "to" | "until" | "–" | "-" | "—" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2212}" => {
            Some(Part::Range)
        }
        "and" | "&" | "," | ";" => Some(Part::Then),
        _ if word.chars().all(char::is_alphabetic) => {
            // Three letters tell a month: `Sept`, `Sep.`, `September`.
            let month = MONTHS.iter().position(|month| {
                let month = month.to_lowercase();
                lower.len() >= 3 && month.starts_with(&lower) || lower == "sept" && month == "september"
            });
            let month = month.and_then(|index| u8::try_from(index + 1).ok());
            Some(month.map_or(Part::Other, Part::Month))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        periods(text).iter().map(|period| format!("{}/{}", period.start, period.end)).collect()
    }

    #[test]
    fn reads_every_printed_form() {
        for text in [
            "6 November 2017 to 30 November 2017",
            "6 November – 30 November 2017",
            "6–30 November 2017",
            "6 to 30 November 2017",
            "6th Nov. 2017- 30th November, 2017",
            "Inspection dates: 6 November 2017 until 30 November 2017 Lead inspector: A May",
        ] {
            assert_eq!(read(text), ["2017-11-06/2017-11-30"], "{text}");
        }
    }

    #[test]
    fn reads_years_that_turn_and_periods_that_are_two() {
        assert_eq!(read("9 December to 17 January 2020"), ["2019-12-09/2020-01-17"]);
        assert_eq!(
            read("20 to 24 May and 3 to 7 June 2019"),
            ["2019-05-20/2019-05-24", "2019-06-03/2019-06-07"]
        );
        assert_eq!(read("29 January 2018"), ["2018-01-29/2018-01-29"]);
    }

    #[test]
    fn what_is_no_date_gives_none() {
        for text in ["", "31 February 2019", "in the year 2019", "to – and", "99 Smarch 2017"] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
