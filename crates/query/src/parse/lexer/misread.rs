//! Notes on words that are searched as they stand, where an operator may have been meant.

use super::super::foreign;
use super::Lexer;
use crate::chars::is_space;
use crate::sentence;

impl Lexer<'_> {
    /// Notes `care!` and `w3`, which are searched as words.
    pub(super) fn note_truncation(&mut self, chunk: &str) {
        let word = chunk.strip_suffix('!').filter(|word| word.ends_with(char::is_alphabetic));
        let text = self.cursor.text.trim_matches(is_space);
        let is_prose = sentence::is_sentence(text) || text.contains([',', ';', '.']);
        if let Some(word) = word.filter(|_| !is_prose) {
            self.notes.add(format!("the ! of “{chunk}” is not searched; for any ending write {word}*"));
        }
        let followed = !self.cursor.text[self.cursor.at..].trim_matches(is_space).is_empty();
        let window = foreign::window_without_slash(chunk).filter(|_| self.after_part() && followed);
        window.into_iter().for_each(|note| self.notes.add(note));
    }

    /// Notes words with a slash between them, by which people mean either: `neglect/abuse`.
    pub(super) fn note_either(&mut self, chunk: &str) {
        let parts: Vec<&str> = chunk.split('/').collect();
        let is_word = |part: &&str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
        if parts.len() > 1 && parts.iter().all(is_word) && chunk != "and/or" {
            self.notes.add(format!(
                "{chunk} finds these words side by side; for either write {}",
                parts.join(" OR ")
            ));
        }
    }

    /// Notes a window in words: `care within 5 words of leavers`.
    pub(super) fn note_window_in_words(&mut self, chunk: &str) {
        if !["within", "near"].iter().any(|name| chunk.eq_ignore_ascii_case(name)) || !self.after_part() {
            return;
        }
        let mut rest = self.cursor.text[self.cursor.at..].split(is_space).filter(|word| !word.is_empty());
        let Some(distance) = rest.next().and_then(|word| word.parse::<u32>().ok()) else { return };
        if rest
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("words") || word.eq_ignore_ascii_case("word"))
        {
            self.notes.add(format!(
                "“{chunk} {distance} words of” is searched as words; for words near each other write care w/{distance} leavers"
            ));
        }
    }

    /// Notes `and`, `or` and `not` in small letters, where an operator may have been meant.
    pub(super) fn note_small_operator(&mut self, chunk: &str) {
        let is = |operator: &str| chunk.eq_ignore_ascii_case(operator);
        let followed = !self.cursor.text[self.cursor.at..].trim_matches(is_space).is_empty();
        let cure = if is("or") && self.after_part() {
            "for either of two write OR in capitals"
        } else if is("and") && self.after_part() {
            "leave it out, since words side by side are both wanted, or write AND in capitals"
        } else if is("not") {
            "to exclude the next word write NOT in capitals, or -word"
        } else {
            return;
        };
        if followed {
            self.notes.add_small_operator(format!("“{chunk}” is searched as a word; {cure}"));
        }
    }
}
