//! Splits text into sentences.
//!
//! The boundaries are those of Unicode Standard Annex #29, "Unicode Text Segmentation", section 5, by the crate
//! `unicode-segmentation`. The annex knows no abbreviations: it ends a sentence at every full stop before a capital. A
//! boundary is removed again behind an abbreviation (`Mr. Shah`, `s. 47`), an initial (`J. Okafor`) or a number that
//! opens the text (`1. Leaders`), and before text that begins in lower case or holds no word.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations that seldom end a sentence: lower case, without the final stop.
const ABBREVIATIONS: [&str; 24] = [
    "mr", "mrs", "ms", "dr", "prof", "rev", "st", "no", "nos", "para", "paras", "p", "pp", "s", "ss", "reg",
    "regs", "vs", "v", "cf", "e.g", "i.e", "approx", "art",
];

/// The sentences of a text: byte ranges that tile it. White space belongs to the sentence before it.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for piece in bounded_runs(text).flat_map(UnicodeSegmentation::split_sentence_bounds) {
        let start = end;
        end += piece.len();
        match sentences.last_mut() {
            Some(last) if continues(&text[last.clone()], piece) => last.end = end,
            _ => sentences.push(start..end),
        }
    }
    debug_assert_eq!(end, text.len(), "sentences tile the text");
    sentences
}

/// Signs in a row, without a letter or digit between; more occur in no real text.
const LONGEST_SIGN_RUN: usize = 256;

/// Cuts `text` inside runs of signs longer than [`LONGEST_SIGN_RUN`]. Rule SB8 of the annex looks ahead from each sign
/// behind a full stop to the next letter, which takes time with the square of the run.
fn bounded_runs(text: &str) -> impl Iterator<Item = &str> {
    let mut signs = 0;
    text.split_inclusive(move |letter: char| {
        signs = if letter.is_alphanumeric() { 0 } else { signs + 1 };
        signs % LONGEST_SIGN_RUN == LONGEST_SIGN_RUN - 1
    })
}

/// True if `next` continues `sentence`, although the annex puts a boundary between them.
fn continues(sentence: &str, next: &str) -> bool {
    let sentence = sentence.trim_end();
    let begins = next.chars().find(|letter| letter.is_alphanumeric());
    if begins.is_none_or(char::is_lowercase) {
        return true;
    }
    let Some(body) = sentence.strip_suffix('.') else { return false };
    let word = body
        .rsplit_once(|letter: char| letter.is_whitespace() || letter == '(')
        .map_or(body, |(_, word)| word);
    let opening_number = word.len() == body.len() && word.bytes().all(|byte| byte.is_ascii_digit());
    // A single capital is an initial, but `I` is mostly the pronoun.
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    opening_number || initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences of `text` as strings.
    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_at_stops_and_quoted_questions() {
        assert_eq!(split("Plans are late. Some are lost."), ["Plans are late. ", "Some are lost."]);
        assert_eq!(split("Leaders ask ‘why?’ Few answer."), ["Leaders ask ‘why?’ ", "Few answer."]);
    }

    #[test]
    fn abbreviations_initials_and_numbers_end_no_sentence() {
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
        fn sentences_tile_any_text(text in "\\PC{0,80}|([A-Za-z]{1,5}[.?!’\" \n]{1,3}){0,12}") {
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
