//! Sentences: the Unicode rules (UAX #29), mended for the abbreviations and numbers of the field.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations that end in a full stop and seldom end a sentence; lower case, without the stop.
const ABBREVIATIONS: [&str; 24] = [
    "mr", "mrs", "ms", "dr", "prof", "rev", "st", "no", "nos", "para", "paras", "p", "pp", "s", "ss", "reg",
    "regs", "vs", "v", "cf", "e.g", "i.e", "approx", "art",
];

/// The sentences of a text: byte ranges that tile it. White space belongs to the sentence before it.
///
/// UAX #29 ends a sentence at every full stop that a capital follows. Here it goes on behind an
/// abbreviation (`Mr. Shah`, `s. 47`), behind a number that opens it (`1. Leaders`), and where what follows
/// does not begin like a sentence.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for piece in stretches(text).flat_map(UnicodeSegmentation::split_sentence_bounds) {
        let start = end;
        end += piece.len();
        match sentences.last_mut() {
            Some(last) if goes_on(&text[last.clone()], piece) => last.end = end,
            _ => sentences.push(start..end),
        }
    }
    sentences
}

/// More signs in a row, without a letter or a digit among them, than stand in any text.
const SIGNS: usize = 256;

/// The text, cut where signs follow signs without end. For each sign behind a full stop the Unicode rules look ahead to
/// the next letter, which takes time with the square of their number.
fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let mut signs = 0;
    text.split_inclusive(move |letter: char| {
        signs = if letter.is_alphanumeric() { 0 } else { signs + 1 };
        signs % SIGNS == SIGNS - 1
    })
}

/// True if the sentence does not end where the Unicode rules end it.
fn goes_on(sentence: &str, next: &str) -> bool {
    let sentence = sentence.trim_end();
    let begins = next.chars().find(|letter| letter.is_alphanumeric());
    if begins.is_none_or(char::is_lowercase) {
        return true;
    }
    let Some(body) = sentence.strip_suffix('.') else { return false };
    let word = body.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or(body);
    let folded = word.to_lowercase();
    let opening_number = word.len() == body.len() && word.bytes().all(|byte| byte.is_ascii_digit());
    // One capital and a stop is an initial: `J. Okafor`.
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    opening_number || initial || ABBREVIATIONS.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn ends_where_a_reader_would() {
        assert_eq!(split("Plans are late. Some are lost."), ["Plans are late. ", "Some are lost."]);
        assert_eq!(split("Leaders ask ‘why?’ Few answer."), ["Leaders ask ‘why?’ ", "Few answer."]);
    }

    #[test]
    fn goes_on_behind_abbreviations_and_numbers() {
        for whole in [
            "Dr. Osei chairs the board.",
            "Inquiries under s. 47 are prompt.",
            "Some plans, e.g. Those for brothers, are brief.",
            "12. Leaders know this.",
            "The rate rose by 3.5 per cent.",
            "The work of J. Okafor is good.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    proptest::proptest! {
        #[test]
        fn tiles_any_text(text in "\\PC{0,80}|([A-Za-z]{1,5}[.?!’\" \n]{1,3}){0,12}") {
            let mut end = 0;
            for sentence in sentences(&text) {
                proptest::prop_assert_eq!(sentence.start, end);
                proptest::prop_assert!(text.is_char_boundary(sentence.end) && sentence.end > sentence.start);
                end = sentence.end;
            }
            proptest::prop_assert_eq!(end, text.len());
        }
    }
}
