//! Lines that are written from right to left.
//!
//! A content stream places glyphs and says nothing of the direction of reading, so that Hebrew and Arabic are found in
//! the order in which they stand. The order in which they are read follows from the Unicode bidirectional algorithm
//! (UAX #9), applied backwards: a line is mostly of one direction, and runs of the other are read the other way.

/// True for letters of the scripts that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko and the
/// presentation forms of Hebrew and Arabic.
pub(super) fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !is_number(letter)
}

/// True for the digits of Arabic, which are written from left to right.
fn is_number(letter: char) -> bool {
    letter.is_numeric()
}

/// The direction of a part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    LeftToRight,
    RightToLeft,
    /// Spaces and signs.
    Neutral,
}

fn direction(text: &str) -> Direction {
    if text.chars().any(is_right_to_left) {
        Direction::RightToLeft
    } else if text.chars().any(char::is_alphanumeric) {
        Direction::LeftToRight
    } else {
        Direction::Neutral
    }
}

/// The parts of a line, which stand from left to right, in the order in which they are read.
pub(super) fn logical_order(mut parts: Vec<(&str, bool)>) -> Vec<(&str, bool)> {
    let letters = |of: Direction| {
        let is_letter = |text: &str| of == Direction::RightToLeft || text.chars().any(char::is_alphabetic);
        parts.iter().filter(|(text, _)| direction(text) == of && is_letter(text)).count()
    };
    let is_right_to_left = letters(Direction::RightToLeft) >= letters(Direction::LeftToRight);
    if is_right_to_left {
        parts.reverse();
    }
    let minority = if is_right_to_left { Direction::LeftToRight } else { Direction::RightToLeft };
    let directions: Vec<Direction> = parts.iter().map(|(text, _)| direction(text)).collect();
    let mut at = 0;
    let mut reversed = vec![is_right_to_left; parts.len()];
    while at < parts.len() {
        if directions[at] != minority {
            at += 1;
            continue;
        }
        // A run of the other direction, up to its last letter: signs at its ends belong to the line.
        let run = directions[at..]
            .iter()
            .take_while(|direction| **direction == minority || **direction == Direction::Neutral);
        let length = run.clone().count();
        let length = (1..=length).rev().find(|length| directions[at + length - 1] == minority).unwrap_or(1);
        parts[at..at + length].reverse();
        reversed[at..at + length].fill(!is_right_to_left);
        at += length;
    }
    for ((text, _), reversed) in parts.iter_mut().zip(reversed) {
        if reversed {
            *text = mirrored(text);
        }
    }
    parts
}

/// A bracket as it is written from right to left.
fn mirrored(text: &str) -> &str {
    match text {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "«" => "»",
        "»" => "«",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text read of a line that shows `visual` from left to right.
    fn read(visual: &str) -> String {
        let letters: Vec<String> = visual.chars().map(String::from).collect();
        let parts = letters.iter().map(|letter| (letter.as_str(), false)).collect();
        logical_order(parts).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_line_of_hebrew_is_read_from_the_right() {
        assert_eq!(read("ריעה תצעומ"), "מועצת העיר");
        assert_eq!(read(".(םישנא) 24 ויה"), "היו 24 (אנשים).");
    }

    #[test]
    fn words_of_another_script_keep_their_order() {
        assert_eq!(read("Hall הצעומה"), "המועצה Hall");
        assert_eq!(read("the םולש תיב house, 12"), "the בית שלום house, 12");
    }
}
