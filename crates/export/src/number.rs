//! Numbers for people.

/// A whole number with a comma at every thousand: `7,454`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number and its noun, given in the plural with `s`: `1 report`, `2,000 reports`.
pub fn counted(number: u64, plural: &str) -> String {
    let noun = if number == 1 { plural.strip_suffix('s').unwrap_or(plural) } else { plural };
    format!("{} {noun}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_commas_and_one_has_no_s() {
        let grouped = [0, 999, 1000, 7_454, 1_000_000].map(grouped);
        assert_eq!(grouped, ["0", "999", "1,000", "7,454", "1,000,000"]);
        assert_eq!([counted(1, "reports"), counted(2, "reports")], ["1 report", "2 reports"]);
    }
}
