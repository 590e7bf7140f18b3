//! Dates and periods as reports print them: `6 November 2017 to 30 November 2017`, `3 June – 25 June 2014`, `June 3,
//! 2014`, `03/06/2014`, `2014-06-03`.
//!
//! Text is read as tokens (day, month, year, range sign), tokens as dates that may lack month or year, and the gaps are
//! filled from the dates behind. jiff's calendar decides in the end whether there is such a date.

use quotable_profile::DateOrder;

use crate::date::{Date, MONTHS, Period};

/// A token of a printed date, or of the text between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Day(u8),
    Month(u8),
    Year(u16),
    /// `to`, `–`, `-`, `until`: a period from the date before to the date behind.
    Range,
    /// `,`, `;`: another period.
    Separator,
    /// `and`: another period, or the other end of one behind `between`.
    And,
    /// `between`: the next `and` joins the ends of a period.
    Between,
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
    periods_in(text, DateOrder::Dmy)
}

/// The same, with the order of day and month in dates written with digits.
pub(crate) fn periods_in(text: &str, order: DateOrder) -> Vec<Period> {
    let mut dates = partial_dates(text, order);
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
    // Forwards: `June 3 to 14, 2014` prints the month before the first day alone.
    let mut month = None;
    for date in &mut dates {
        date.month = date.month.or(month);
        month = date.month;
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

/// The day that is all that `text` prints.
pub(crate) fn lone_day(text: &str, order: DateOrder) -> Option<Date> {
    let is_part = |token: &Token| matches!(token, Token::Day(_) | Token::Month(_) | Token::Year(_));
    let tokens = tokens(text, order);
    if tokens.len() != 3 || !tokens.iter().all(is_part) {
        return None;
    }
    match periods_in(text, order).as_slice() {
        [Period { start, end }] if start == end => Some(*start),
        _ => None,
    }
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
fn partial_dates(text: &str, order: DateOrder) -> Vec<PartialDate> {
    let mut dates: Vec<PartialDate> = Vec::new();
    let mut between = false;
    // A month printed before its day.
    let mut month_before = None;
    for token in tokens(text, order) {
        match token {
            Token::Day(day) => {
                dates.push(PartialDate { day, month: month_before.take(), ..PartialDate::default() });
            }
            Token::Month(month) => match dates.last_mut().filter(|last| last.month.is_none()) {
                Some(last) => last.month = Some(month),
                None => month_before = Some(month),
            },
            Token::Year(year) => {
                month_before = None;
                if let Some(last) = dates.last_mut().filter(|last| last.year.is_none()) {
                    last.year = Some(year);
                }
            }
            Token::Range => {
                if let Some(last) = dates.last_mut() {
                    last.opens_range = true;
                }
            }
            Token::Between => between = true,
            // `between 28 November and 1 December 2023` is a period.
            Token::And if std::mem::take(&mut between) => {
                if let Some(last) = dates.last_mut() {
                    last.opens_range = true;
                }
            }
            Token::Separator | Token::And => {}
            Token::Other if dates.last().is_some_and(|last| last.year.is_some()) => break,
            Token::Other => month_before = None,
        }
    }
    dates
}

/// The tokens of `text`. Digits and letters part even without a space (`6th`).
fn tokens(text: &str, order: DateOrder) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut behind_digit = false;
    while let Some(first) = rest.chars().next() {
        if let Some((date, length)) = numeric_date(rest, order).filter(|_| !behind_digit) {
            tokens.extend(date);
            rest = &rest[length..];
            behind_digit = true;
            continue;
        }
        behind_digit = first.is_ascii_digit();
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

/// The day, month and year of a date in digits at the front of `text` (`03/06/2014`, `3.6.2014`, `2014-06-03`), and its
/// length in bytes. Where only one order of day and month makes a date, it is that one.
fn numeric_date(text: &str, order: DateOrder) -> Option<([Token; 3], usize)> {
    let number = |from: usize| -> Option<(u16, usize)> {
        let digits = text.get(from..)?.bytes().take_while(u8::is_ascii_digit).count();
        let value = text[from..from + digits].parse().ok()?;
        Some((value, digits))
    };
    let sign = |at: usize, signs: &[u8]| text.as_bytes().get(at).copied().filter(|sign| signs.contains(sign));
    let (first, first_length) = number(0)?;
    let separator = sign(first_length, b"/.-")?;
    let (second, second_length) = number(first_length + 1)?;
    let at = first_length + 1 + second_length;
    sign(at, &[separator])?;
    let (third, third_length) = number(at + 1)?;
    let length = at + 1 + third_length;
    let (year, month, day) = match (first_length, second_length, third_length) {
        (4, 2, 2) if separator == b'-' => (first, second, third),
        (1..=2, 1..=2, 4) if separator != b'-' => {
            let month_first = (order == DateOrder::Mdy && first <= 12) || second > 12;
            if month_first { (third, first, second) } else { (third, second, first) }
        }
        _ => return None,
    };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Date::new(year, month, day)?;
    Some(([Token::Day(day), Token::Month(month), Token::Year(year)], length))
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
        "and" | "&" => Some(Token::And),
        "," | ";" => Some(Token::Separator),
        "between" => Some(Token::Between),
        "through" => Some(Token::Range),
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
            "between 6 and 30 November 2017",
            "between 6 November 2017 and 30 November 2017",
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
    fn a_month_may_come_first_and_a_date_may_be_in_digits() {
        assert_eq!(read("January 20, 2020"), ["2020-01-20/2020-01-20"]);
        assert_eq!(read("January 20 to 24, 2020"), ["2020-01-20/2020-01-24"]);
        assert_eq!(read("20/01/2020 – 24.1.2020"), ["2020-01-20/2020-01-24"]);
        assert_eq!(read("2020-01-20 to 2020-01-24"), ["2020-01-20/2020-01-24"]);
        assert_eq!(read("on 1/20/2020"), ["2020-01-20/2020-01-20"], "no other order makes a date");
        assert!(read("12/13/14 and 1.2.3").is_empty());
        let american = periods_in("12/9/2019-1/10/2020", DateOrder::Mdy);
        let days: Vec<String> =
            american.iter().map(|period| format!("{}/{}", period.start, period.end)).collect();
        assert_eq!(days, ["2019-12-09/2020-01-10"]);
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
