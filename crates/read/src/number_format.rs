//! Numbers as lists print them.

/// How a list prints its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// `1, 2, 3`.
    Decimal,
    /// `a, b, c`.
    Letter,
    /// `A, B, C`.
    Capital,
    /// `i, ii, iii`.
    Roman,
    /// `I, II, III`.
    CapitalRoman,
}

impl Numeral {
    /// The number in this form; in decimals where the form has no such number.
    pub(crate) fn of(self, number: i64) -> String {
        match (self, u32::try_from(number)) {
            (Self::Letter, Ok(number @ 1..=702)) => letters(number),
            (Self::Capital, Ok(number @ 1..=702)) => letters(number).to_uppercase(),
            (Self::Roman, Ok(number @ 1..=3999)) => roman(number),
            (Self::CapitalRoman, Ok(number @ 1..=3999)) => roman(number).to_uppercase(),
            _ => number.to_string(),
        }
    }
}

/// `a` to `z`, then `aa`.
fn letters(number: u32) -> String {
    let letter = |index: u32| char::from_u32(u32::from('a') + index);
    let number = number - 1;
    let first = (number / 26).checked_sub(1).and_then(letter);
    first.into_iter().chain(letter(number % 26)).collect()
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
    use super::Numeral;

    #[test]
    fn every_form_counts() {
        let forms = |number| {
            [Numeral::Decimal, Numeral::Letter, Numeral::Capital, Numeral::Roman, Numeral::CapitalRoman]
                .map(|form| form.of(number))
        };
        assert_eq!(forms(4), ["4", "d", "D", "iv", "IV"]);
        assert_eq!(forms(27), ["27", "aa", "AA", "xxvii", "XXVII"]);
        assert_eq!(forms(-1), ["-1"; 5]);
    }
}
