//! Values of arguments that people write in several ways.

use quotable::query::{Field, Limits, Query};

/// A number of things to show.
pub(crate) fn number(text: &str) -> Result<usize, String> {
    let digits: String = text.trim().chars().filter(|&c| c != ',').collect();
    digits.parse().map_err(|_| "write a whole number in digits, such as 10".to_owned())
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
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).map(str::trim).collect();
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
    read.filter(is_date).ok_or_else(|| "write a year, month or day: 2018, 2018-01 or 29/01/2018".to_owned())
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
        ] {
            assert_eq!(date(text).unwrap(), read);
        }
        for text in ["29/13/2018", "32/01/2018", "January", "18", "1/2/18", ""] {
            assert!(date(text).unwrap_err().contains("29/01/2018"), "{text}");
        }
        assert_eq!((number("1,000"), number("three").is_err()), (Ok(1000), true));
    }
}
