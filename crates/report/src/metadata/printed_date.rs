//! Dates and periods as reports print them: `6 November 2017 to 30 November 2017`, `3 June – 25 June 2014`.
//!
//! Text is read as tokens (day, month, year, range sign), tokens as dates that may lack month or year, and the gaps are
//! filled from the dates behind. jiff's calendar decides in the end whether there is such a date.

use crate::date::{Date, MONTHS, Period};

/// A token of a printed date, or of the text between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Day(u8),
    Month(u8),
    Year(u16),
    /// `to`, `–`, `-`, `until`: a period from the date before to the date behind.
    Range,
    /// `and`, `,`, `;`: another period.
    Separator,
    /// A word that belongs to no date.
    Other,
}

/// A date as printed, possibly without month or year.
#[derive(Debug, Clone, Copy, Default)]
struct PartialDate {
    day: u8,
    month: Option<u8>,
    year: Option<u16>,
    /// True if a range follows: the next date is the last day of the period.
    opens_range: bool,
}

/// The periods that `text` prints, in order of time. A single date is a period of one day. Month and year that a date
/// lacks (`3 – 25 June 2014`) are those of the next date that has them.
pub(crate) fn periods(text: &str) -> Vec<Period> {
    let mut dates = partial_dates(text);
    // Backwards: a date lacks what the next one prints for both.
    let (mut month, mut year) = (None, None);
    for date in dates.iter_mut().rev() {
        // `15 December to 10 January 2020` begins in the year before.
        let turns_year = date.opens_range && date.month.zip(month).is_some_and(|(this, next)| this > next);
        if date.year.is_none() && turns_year {
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
        // 31 February: a misprint, or numbers that were no date.
        let Some(day) = Date::new(year, month, date.day) else { continue };
        if date.opens_range && start.is_none() {
            start = Some(day);
        } else {
            // Days printed in the wrong order are put right.
            let first = start.take().unwrap_or(day);
            periods.push(Period { start: first.min(day), end: first.max(day) });
        }
    }
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// The earliest date that `text` prints.
pub(crate) fn earliest_date(text: &str) -> Option<Date> {
    periods(text).first().map(|period| period.start)
}

/// The date in a file's name: `2018-01-29 report.pdf`, else the last one in words: `report - 29 january 2018.pdf`.
pub(crate) fn date_in_file_name(path: &str) -> Option<Date> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let iso =
        (0..stem.len()).filter_map(|start| stem.get(start..start + 10)).find_map(|part| part.parse().ok());
    iso.or_else(|| periods(&stem.replace('_', " ")).last().map(|period| period.end))
}

/// The dates of `text` in order of print. Reading stops at the first other word behind a complete date: from there on
/// numbers may mean anything.
fn partial_dates(text: &str) -> Vec<PartialDate> {
    let mut dates: Vec<PartialDate> = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Day(day) => dates.push(PartialDate { day, ..PartialDate::default() }),
            Token::Month(month) => {
                if let Some(last) = dates.last_mut().filter(|last| last.month.is_none()) {
                    last.month = Some(month);
                }
            }
            Token::Year(year) => {
                if let Some(last) = dates.last_mut().filter(|last| last.year.is_none()) {
                    last.year = Some(year);
                }
            }
            Token::Range => {
                if let Some(last) = dates.last_mut() {
                    last.opens_range = true;
                }
            }
            Token::Separator => {}
            Token::Other if dates.last().is_some_and(|last| last.year.is_some()) => break,
            Token::Other => {}
        }
    }
    dates
}

/// The tokens of `text`. Digits and letters part even without a space (`6th`).
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
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
        tokens.extend(token(word));
    }
    tokens
}

/// The token of a word or sign; `None` for what may stand inside a date (`th`, `of`, a space, a full stop).
fn token(word: &str) -> Option<Token> {
    if let Ok(number) = word.parse::<u16>() {
        let day = u8::try_from(number).ok().filter(|day| word.len() <= 2 && (1..=31).contains(day));
        let is_year = word.len() == 4 && (1900..=2199).contains(&number);
        return Some(match day {
            Some(day) => Token::Day(day),
            None if is_year => Token::Year(number),
            None => Token::Other,
        });
    }
    let lower = word.to_lowercase();
    match lower.as_str() {
        "st" | "nd" | "rd" | "th" | "of" | "the" => None,
        "to" | "until" | "–" | "-" | "—" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2212}" => {
            Some(Token::Range)
        }
        "and" | "&" | "," | ";" => Some(Token::Separator),
        _ if word.chars().all(char::is_alphabetic) => Some(month(&lower).map_or(Token::Other, Token::Month)),
        _ => None,
    }
}

/// The number of the month (one-based) with a name in lower case, abbreviated to three letters or more: `sep`, `sept`.
fn month(name: &str) -> Option<u8> {
    let is_name = |month: &&str| month.to_lowercase().starts_with(name);
    (1..).zip(MONTHS).find(|(_, month)| name.len() >= 3 && is_name(month)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        periods(text).iter().map(|period| format!("{}/{}", period.start, period.end)).collect()
    }

    #[test]
    fn every_printed_form_of_a_period_is_read() {
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
    fn a_period_may_span_new_year_and_a_text_may_hold_two() {
        assert_eq!(read("9 December to 17 January 2020"), ["2019-12-09/2020-01-17"]);
        assert_eq!(
            read("20 to 24 May and 3 to 7 June 2019"),
            ["2019-05-20/2019-05-24", "2019-06-03/2019-06-07"]
        );
        assert_eq!(read("29 January 2018"), ["2018-01-29/2018-01-29"]);
        assert_eq!(read("2 Sept 2019"), ["2019-09-02/2019-09-02"]);
    }

    #[test]
    fn impossible_and_incomplete_dates_are_skipped() {
        for text in ["", "31 February 2019", "in the year 2019", "to – and", "99 Smarch 2017"] {
            assert!(read(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_file_name_may_hold_a_date() {
        let date = |path| date_in_file_name(path).map(|date| date.to_string());
        assert_eq!(
            date("99001_westmere/services inspection - 29 january 2018.pdf").as_deref(),
            Some("2018-01-29")
        );
        assert_eq!(date("westmere_2018-01-29.txt").as_deref(), Some("2018-01-29"));
        assert_eq!(date("westmere.txt"), None);
    }
}
