//! Values of arguments that people write in several ways.

use quotable::Facet;
use quotable::query::{Field, Limits, Query};

/// A number of things to show.
pub(crate) fn number(text: &str) -> Result<usize, String> {
    let digits: String = text.trim().chars().filter(|&c| c != ',').collect();
    digits.parse().map_err(|_| "write a whole number in digits, such as 10".to_owned())
}

/// The size of a sample.
pub(crate) fn sample(text: &str) -> Result<usize, String> {
    match number(text)? {
        0 => Err("a sample of none shows nothing; write 1 or more".to_owned()),
        size => Ok(size),
    }
}

/// The number that a random sample depends on.
pub(crate) fn seed(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| "write any whole number in digits, such as 7".to_owned())
}

/// A facet to count by; blanks around it, and the name of several, are allowed.
pub(crate) fn facet(text: &str) -> Result<Facet, String> {
    const SEVERAL: [(&str, &str); 13] = [
        ("years", "year"),
        ("months", "month"),
        ("dates", "year"),
        ("date", "year"),
        ("authorities", "authority"),
        ("councils", "authority"),
        ("council", "authority"),
        ("regions", "region"),
        ("frameworks", "framework"),
        ("themes", "theme"),
        ("grades", "grade"),
        ("reports", "report"),
        ("sections", "section"),
    ];
    let name = text.trim().to_lowercase();
    let name = SEVERAL.iter().find(|(several, _)| *several == name).map_or(text.trim(), |(_, one)| *one);
    if name.is_empty() {
        return Err("a name is missing: write --by year,region without a comma at the end".to_owned());
    }
    name.parse().map_err(|error: quotable::Error| error.to_string())
}

/// [`number`] for options of a smaller type.
pub(crate) fn small_number(text: &str) -> Result<u32, String> {
    u32::try_from(number(text)?).map_err(|_| "this number is too large".to_owned())
}

/// The number of a page.
pub(crate) fn page(text: &str) -> Result<usize, String> {
    match number(text)? {
        0 => Err("pages are counted from 1".to_owned()),
        page => Ok(page),
    }
}

/// A year, month or day, as queries write it: also reads a day as `29/01/2018`.
pub(crate) fn date(text: &str) -> Result<String, String> {
    let in_digits = with_month_in_digits(text.trim());
    let parts: Vec<&str> = in_digits.split(['/', '.', '-']).map(str::trim).collect();
    let two_digits = |part: &str| {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| format!("{part:0>2}"))
    };
    let read = match *parts.as_slice() {
        [day, month, year] if year.len() == 4 => {
            two_digits(day).zip(two_digits(month)).map(|(day, month)| format!("{year}-{month}-{day}"))
        }
        [year, month, day] => {
            two_digits(month).zip(two_digits(day)).map(|(month, day)| format!("{year}-{month}-{day}"))
        }
        [month, year] if year.len() == 4 => two_digits(month).map(|month| format!("{year}-{month}")),
        [year, month] => two_digits(month).map(|month| format!("{year}-{month}")),
        [year] => Some(year.to_owned()),
        _ => None,
    };
    let is_date =
        |date: &String| Query::range(Field::Date, Some(date), None).check(&Limits::default()).is_ok();
    read.filter(is_date).ok_or_else(|| match school_year(text.trim()) {
        Some((from, to)) => {
            format!("for the year {} write --from {from}-04 --to {to}-03 (April to March)", text.trim())
        }
        None => "write a year, month or day: 2018, 2018-01 or 29/01/2018".to_owned(),
    })
}

/// The two years of `2018/19` and the like.
fn school_year(text: &str) -> Option<(u32, u32)> {
    let (first, second) = text.split_once(['/', '-', '–'])?;
    let year: u32 = first.parse().ok().filter(|_| first.len() == 4)?;
    let next = (year + 1).to_string();
    (second == next || next.get(2..) == Some(second)).then_some((year, year + 1))
}

/// A date with the name of a month, as `1/06/2018`; any other text as it is.
fn with_month_in_digits(text: &str) -> String {
    const MONTHS: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ];
    let words: Vec<String> = text
        .split([' ', ',', '-', '/', '.'])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let lower = word.to_lowercase();
            let month = MONTHS.iter().position(|month| {
                lower.len() >= 3 && month.starts_with(&lower) || lower == "sept" && *month == "september"
            });
            match month {
                Some(month) => format!("m{:02}", month + 1),
                // The ending of `1st`.
                None => lower.trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned(),
            }
        })
        .collect();
    match words.as_slice() {
        [month, year] if month.starts_with('m') => format!("{}/{year}", &month[1..]),
        [day, month, year] if month.starts_with('m') => format!("{day}/{}/{year}", &month[1..]),
        [month, day, year] if month.starts_with('m') => format!("{day}/{}/{year}", &month[1..]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{date, number};

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, read) in [
            ("2018", "2018"),
            ("2018-06", "2018-06"),
            ("2018-6-9", "2018-06-09"),
            ("29/01/2018", "2018-01-29"),
            ("1.6.2018", "2018-06-01"),
            ("06/2018", "2018-06"),
            ("June 2018", "2018-06"),
            ("1st Sept 2018", "2018-09-01"),
            ("June 9, 2018", "2018-06-09"),
            ("9-Jun-2018", "2018-06-09"),
        ] {
            assert_eq!(date(text).unwrap(), read);
        }
        for text in ["29/13/2018", "32/01/2018", "January", "18", "1/2/18", ""] {
            assert!(date(text).unwrap_err().contains("29/01/2018"), "{text}");
        }
        assert!(date("2018/19").unwrap_err().contains("--from 2018-04 --to 2019-03"));
        assert_eq!((number("1,000"), number("three").is_err()), (Ok(1000), true));
    }
}
