//! Numbers for people.

/// A whole number with a comma at every thousand: `7,454`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A number and what it counts, which ends in `s` unless there is one: `1 report`, `2,000 reports`.
pub(crate) fn counted(number: u64, plural: &str) -> String {
    let noun = if number == 1 { plural.strip_suffix('s').unwrap_or(plural) } else { plural };
    format!("{} {noun}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let shown: Vec<_> = [0, 999, 1000, 7_454, 1_000_000].map(grouped).into();
        assert_eq!(shown, ["0", "999", "1,000", "7,454", "1,000,000"]);
        assert_eq!([counted(1, "reports"), counted(2, "reports")], ["1 report", "2 reports"]);
    }
}
