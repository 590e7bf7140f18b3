//! The labels that a file gives its pages: `i`, `ii`, `101`.

use serde::{Deserialize, Serialize};

/// The labels of the pages of a file, as its program shows them beside the pages: `iv` for the fourth page of a preface.
/// Most files have none, and their pages are known by their number alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLabels(Vec<LabelRange>);

/// The labels of a page and of those that follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LabelRange {
    /// The number of the first page, one-based.
    pub page: u32,
    /// The text before the number; empty for most.
    pub prefix: String,
    /// How the number is written.
    pub style: LabelStyle,
    /// The number of the first page's label.
    pub first: u32,
}

/// How the number of a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum LabelStyle {
    /// No number: the prefix alone.
    None,
    /// `12`.
    Decimal,
    /// `xii`.
    SmallRoman,
    /// `XII`.
    LargeRoman,
    /// `l`; behind `z` come `aa`, `bb`.
    SmallLetters,
    /// `L`.
    LargeLetters,
}

impl LabelRange {
    /// Labels without a prefix.
    pub fn new(page: u32, style: LabelStyle, first: u32) -> Self {
        Self { page, prefix: String::new(), style, first }
    }
}

impl PageLabels {
    /// Labels by range, in the order of pages.
    pub fn new(mut ranges: Vec<LabelRange>) -> Self {
        ranges.sort_by_key(|range| range.page);
        Self(ranges)
    }

    /// True if the file labels no page.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ranges, in the order of pages.
    pub fn ranges(&self) -> &[LabelRange] {
        &self.0
    }

    /// The label of a page, one-based; `None` if the file gives it none, or no other than its number.
    pub fn at(&self, page: u32) -> Option<String> {
        let after = self.0.partition_point(|range| range.page <= page);
        let range = self.0.get(after.checked_sub(1)?)?;
        let number = range.first.checked_add(page - range.page)?;
        let label = format!("{}{}", range.prefix, range.style.write(number));
        (!label.is_empty() && label != page.to_string()).then_some(label)
    }
}

impl LabelStyle {
    fn write(self, number: u32) -> String {
        match self {
            Self::None => String::new(),
            Self::Decimal => number.to_string(),
            Self::SmallRoman => roman(number).to_lowercase(),
            Self::LargeRoman => roman(number),
            Self::SmallLetters => letters(number).to_lowercase(),
            Self::LargeLetters => letters(number),
        }
    }
}

/// A number in Roman numerals; in digits if it is too large for them.
fn roman(mut number: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            text.push_str(numeral);
            number -= value;
        }
    }
    text
}

/// A number in letters: A to Z, then AA to ZZ, and so on. In digits if that takes more than eight letters.
fn letters(number: u32) -> String {
    let Some(before) = number.checked_sub(1) else { return number.to_string() };
    let (times, letter) = (before / 26 + 1, b'A' + (before % 26) as u8);
    if times > 8 { number.to_string() } else { char::from(letter).to_string().repeat(times as usize) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_the_labels_of_their_range() {
        let mut appendix = LabelRange::new(7, LabelStyle::LargeLetters, 1);
        appendix.prefix = "App-".to_owned();
        let labels = PageLabels::new(vec![
            LabelRange::new(4, LabelStyle::Decimal, 101),
            LabelRange::new(1, LabelStyle::SmallRoman, 1),
            appendix,
            LabelRange::new(9, LabelStyle::Decimal, 9),
        ]);
        let all: Vec<_> = (1..=9).map(|page| labels.at(page).unwrap_or_default()).collect();
        assert_eq!(
            all,
            ["i", "ii", "iii", "101", "102", "103", "App-A", "App-B", ""],
            "the last is its number"
        );
        assert_eq!(PageLabels::default().at(3), None);
        assert_eq!(roman(1994), "MCMXCIV");
        assert_eq!((letters(26), letters(28)), ("Z".to_owned(), "BB".to_owned()));
    }
}
