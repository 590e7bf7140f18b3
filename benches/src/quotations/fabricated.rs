//! Fabricated sentences: in the words of reports, and in no report.

use quotable_testkit::Random;

use super::Sentence;

/// Replaces two of every five words by words of `other`.
pub fn replace_words(sentence: &str, other: &str, random: &mut Random) -> Option<String> {
    let mut words: Vec<&str> = sentence.split(' ').collect();
    let replacements: Vec<&str> = other.split(' ').filter(|word| word.len() >= 4).collect();
    let mut places: Vec<usize> = (0..words.len()).collect();
    random.shuffle(&mut places);
    for &at in places.iter().take(words.len() * 2 / 5) {
        words[at] = random.pick(&replacements)?;
    }
    Some(words.join(" "))
}

/// Shuffles the words of a sentence.
pub fn shuffle_words(sentence: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = sentence.split(' ').collect();
    random.shuffle(&mut words);
    words.join(" ")
}

/// Joins four words of each sentence, from the start of the first to the end of the last: every fragment occurs in some
/// report, the whole in none. `None` if a sentence is too short.
pub fn mosaic(sentences: &[Sentence]) -> Option<String> {
    const FRAGMENT: usize = 4;
    let mut mosaic: Vec<&str> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let words: Vec<&str> = sentence.text.split(' ').collect();
        let last = words.len().checked_sub(FRAGMENT)?;
        let start = last * number / (sentences.len() - 1).max(1);
        mosaic.extend(&words[start..start + FRAGMENT]);
    }
    Some(mosaic.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fabricated_sentences_have_the_words_of_real_ones() {
        let sentences =
            ["The quay is wet all day.", "Boats come in on the late tide.", "Gulls do not read files."];
        let sentence = |text: &str| Sentence { path: String::new(), paragraph: 0, text: text.to_owned() };
        assert_eq!(
            mosaic(&sentences.map(sentence)).unwrap(),
            "The quay is wet come in on the do not read files."
        );
        let mut random = Random::new(9);
        assert_eq!(shuffle_words("a b c d", &mut random).len(), 7);
        let replaced = replace_words("a b c d e", "lantern", &mut random).unwrap();
        assert_eq!(replaced.matches("lantern").count(), 2);
    }
}
