//! Sentences that no report holds, of the words of reports.

use super::Sentence;
use super::chance::Chance;

/// Takes two words of five from another sentence: none of a report any more.
pub fn replaced(sentence: &str, other: &str, chance: &mut Chance) -> Option<String> {
    let mut words: Vec<&str> = sentence.split(' ').collect();
    let others: Vec<&str> = other.split(' ').filter(|word| word.len() >= 4).collect();
    let mut places: Vec<usize> = (0..words.len()).collect();
    chance.mix(&mut places);
    for &at in places.iter().take(words.len() * 2 / 5) {
        words[at] = chance.pick(&others)?;
    }
    Some(words.join(" "))
}

/// Puts the words of a sentence in another order.
pub fn disordered(sentence: &str, chance: &mut Chance) -> String {
    let mut words: Vec<&str> = sentence.split(' ').collect();
    chance.mix(&mut words);
    words.join(" ")
}

/// Four words each from the beginning, the middle and the end of several sentences: every stretch of it stands in some
/// report, and the whole in none.
pub fn mosaic(sentences: &[Sentence]) -> Option<String> {
    const STONE: usize = 4;
    let mut stones: Vec<&str> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let words: Vec<&str> = sentence.text.split(' ').collect();
        let last = words.len().checked_sub(STONE)?;
        let start = last * number / (sentences.len() - 1).max(1);
        stones.extend(&words[start..start + STONE]);
    }
    Some(stones.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> Sentence {
        Sentence { path: String::new(), paragraph: 0, text: text.to_owned() }
    }

    #[test]
    fn what_is_made_up_has_the_words_of_sentences() {
        let sentences =
            ["The quay is wet all day.", "Boats come in on the late tide.", "Gulls do not read files."];
        let made = mosaic(&sentences.map(sentence)).unwrap();
        assert_eq!(made, "The quay is wet come in on the not read files.".replace("not read", "do not read"));
        let mut chance = Chance::new(9);
        assert_eq!(disordered("a b c d", &mut chance).len(), 7);
        let made = replaced("a b c d e", "lantern", &mut chance).unwrap();
        assert_eq!(made.matches("lantern").count(), 2);
    }
}
