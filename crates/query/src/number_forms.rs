//! The ways in which a number may be written.

use crate::chars::is_space;
use crate::printed;
use crate::query::Query;

/// The parts of a number that has several ways of writing.
struct Parts<'t> {
    currency: &'t str,
    /// The digits before the decimal point, without commas.
    digits: String,
    /// The decimal point and what follows it, or nothing.
    decimals: &'t str,
    percent: bool,
}

/// Digits of a number that may be written with commas.
const GROUPED: usize = 4;

impl<'t> Parts<'t> {
    /// `None` for what is not a number, or can be written in one way only.
    fn of(text: &'t str) -> Option<Self> {
        let rest = text.trim_start_matches(printed::is_currency);
        let currency = &text[..text.len() - rest.len()];
        let rest_without_sign = rest.strip_suffix('%');
        let (rest, percent) = (rest_without_sign.unwrap_or(rest), rest_without_sign.is_some());
        let (whole, decimals) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fraction = decimals.strip_prefix('.');
        let groups: Vec<&str> = whole.split(',').collect();
        let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3)
            && (groups.len() == 1 || (1..=3).contains(&groups[0].len()));
        if currency.chars().count() > 1
            || !is_grouped
            || !groups.iter().all(|group| all_digits(group))
            || !fraction.is_none_or(all_digits)
        {
            return None;
        }
        let digits = groups.concat();
        (digits.len() >= GROUPED || percent).then_some(Self { currency, digits, decimals, percent })
    }
}

/// The normal form of a number that has several ways of writing; `None` for any other text.
pub(crate) fn normal(text: &str) -> Option<String> {
    let text = text.trim_matches(is_space);
    Parts::of(text).map(|_| text.to_owned())
}

/// The ways in which a number may be written: with commas and without, with `%` and with `per cent` and `percent`. Empty
/// for what is not a number, or can be written in one way only.
pub(crate) fn forms(text: &str) -> Vec<Query> {
    let Some(Parts { currency, digits, decimals, percent }) = Parts::of(text) else { return Vec::new() };
    let mut wholes = Vec::new();
    if digits.len() >= GROUPED {
        let mut grouped = String::new();
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        wholes.push(grouped);
    }
    wholes.insert(0, digits);
    let mut forms = Vec::new();
    for whole in wholes {
        let number = format!("{currency}{whole}{decimals}");
        if percent {
            forms.push(Query::number(format!("{number}%")));
            let number = Query::number(number);
            forms.push(Query::phrase([number.clone(), Query::word("per cent")]));
            forms.push(Query::phrase([number, Query::word("percent")]));
        } else {
            forms.push(Query::number(number));
        }
    }
    forms
}

impl Query {
    /// The query with every [number in all its ways](Query::NumberForms) written out as alternatives. A phrase with such a
    /// number becomes one phrase for each way. Finds what the query finds.
    #[must_use]
    pub fn written_out(self) -> Self {
        let all = |parts: Vec<Self>| parts.into_iter().map(Self::written_out).collect();
        let one = |part: Box<Self>| Box::new(part.written_out());
        match self {
            Self::NumberForms(number) => Self::any_of(forms(&number)),
            Self::Phrase(parts) if parts.iter().any(|part| matches!(part, Self::NumberForms(_))) => {
                let mut phrases = vec![Vec::new()];
                for part in parts {
                    let ways = match part {
                        Self::NumberForms(number) => forms(&number),
                        part => vec![part],
                    };
                    phrases = phrases
                        .iter()
                        .flat_map(|before| {
                            ways.iter().map(|way| before.iter().cloned().chain([way.clone()]).collect())
                        })
                        .collect();
                }
                Self::any_of(phrases.into_iter().map(Self::Phrase))
            }
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)).normalised(),
            Self::Not(part) => Self::Not(one(part)),
            Self::Near { left, right, distance, ordered } => {
                Self::Near { left: one(left), right: one(right), distance, ordered }
            }
            Self::NotNear { left, right, distance } => {
                Self::NotNear { left: one(left), right: one(right), distance }
            }
            Self::NotBeside { left, right, distance, side } => {
                Self::NotBeside { left: one(left), right: one(right), distance, side }
            }
            Self::Within { scope, query } => Self::Within { scope, query: one(query) },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{forms, normal};
    use crate::query::Query;

    #[test]
    fn numbers_have_the_forms_that_are_printed() {
        for (number, ways) in [
            ("1000", "1000 OR 1,000"),
            ("1,000", "1000 OR 1,000"),
            ("£1234567.5", "£1234567.5 OR £1,234,567.5"),
            ("97%", "97% OR \"97 per cent\" OR \"97 percent\""),
        ] {
            assert_eq!(Query::any_of(forms(number)).to_string(), ways);
        }
        for text in ["12", "£1.2", "1,00", "1000,000", "1000m", "", "1.2.3", "££1000", ",000"] {
            assert_eq!(normal(text), None, "{text}");
        }
    }

    #[test]
    fn a_phrase_is_written_out_for_each_form() {
        let query: Query = "\"over 1,000~ staff\" w/5 x".parse().unwrap();
        assert_eq!(query.to_string(), "\"over 1,000~ staff\" w/5 x");
        let out = "(\"over 1000 staff\" OR \"over 1,000 staff\") w/5 x";
        assert_eq!(query.written_out().to_string(), out);
    }
}
