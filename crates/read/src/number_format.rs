//! Formats of list numbers: `ST_NumberFormat` of Word (ECMA-376 part 1, 17.18.59), `type` of `ol` in HTML.

/// The format of a list number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// `1, 2, 3`.
    Decimal,
    /// `a, b, c`.
    LowerLetter,
    /// `A, B, C`.
    UpperLetter,
    /// `i, ii, iii`.
    LowerRoman,
    /// `I, II, III`.
    UpperRoman,
}

impl NumberFormat {
    /// The number in this format; in decimals if the format cannot write it.
    pub(crate) fn format(self, number: i64) -> String {
        match (self, u32::try_from(number)) {
            (Self::LowerLetter, Ok(number @ 1..=702)) => letters(number),
            (Self::UpperLetter, Ok(number @ 1..=702)) => letters(number).to_uppercase(),
            (Self::LowerRoman, Ok(number @ 1..=3999)) => roman(number),
            (Self::UpperRoman, Ok(number @ 1..=3999)) => roman(number).to_uppercase(),
            _ => number.to_string(),
        }
    }
}

/// `a` to `z`, then `aa`. `number` is from 1 to 702, which is `zz`.
fn letters(number: u32) -> String {
    debug_assert!((1..=702).contains(&number), "{number} takes more than two letters");
    let letter = |index: u32| char::from(b'a' + (index % 26) as u8);
    let number = number - 1;
    let first = (number / 26).checked_sub(1).map(letter);
    first.into_iter().chain([letter(number)]).collect()
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;

    #[test]
    fn numbers_are_written_in_every_format() {
        let forms = |number| {
            [
                NumberFormat::Decimal,
                NumberFormat::LowerLetter,
                NumberFormat::UpperLetter,
                NumberFormat::LowerRoman,
                NumberFormat::UpperRoman,
            ]
            .map(|form| form.format(number))
        };
        assert_eq!(forms(4), ["4", "d", "D", "iv", "IV"]);
        assert_eq!(forms(27), ["27", "aa", "AA", "xxvii", "XXVII"]);
        assert_eq!(forms(-1), ["-1"; 5]);
    }
}
