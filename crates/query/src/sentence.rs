//! Tells text that was pasted from text that was written as a query.

use crate::analyse::words;
use crate::chars::{is_apostrophe, is_dash, is_double_quote, is_space};
use crate::function_words::is_function_word;

/// The words that questions begin with.
const QUESTION_WORDS: [&str; 26] = [
    "what", "how", "who", "whom", "whose", "which", "when", "where", "why", "is", "are", "was", "were", "do",
    "does", "did", "can", "could", "will", "would", "should", "has", "have", "had", "may", "must",
];

/// Words of a sentence that was pasted; fewer may be a query in capitals.
const SENTENCE_WORDS: usize = 4;
/// Words of a text without capital or full stop that is text all the same: few queries have so many.
const PROSE_WORDS: usize = 6;
/// Words of a text that was pasted and not typed, if nothing else says so.
const LONG_WORDS: usize = 10;
/// Words in a row, all in capitals, that are a heading and not a list of abbreviations.
const HEADING_WORDS: usize = 3;

/// Marks that close after the end of a sentence.
fn closes(c: char) -> bool {
    is_double_quote(c) || is_apostrophe(c) || matches!(c, ')' | ']')
}

fn has_words(text: &str, most: usize) -> bool {
    words(text).take(most).count() == most
}

fn begins_with_capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// True for a whole sentence: it begins with a capital or number, and ends with a full stop, question mark or exclamation
/// mark, with no space after it.
pub(crate) fn is_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(closes);
    end.ends_with(['.', '?', '!'])
        && !end.ends_with("\\?")
        && begins_with_capital(text)
        && has_words(text, SENTENCE_WORDS)
}

/// True for a question of at least two words that ends with its question mark; space may stand before the mark, but not
/// after it. One in quotation marks may begin with a capital; another begins with a question word, or is a sentence.
pub(crate) fn is_question(text: &str, quoted: bool) -> bool {
    let Some(body) = before_question_mark(text) else { return false };
    let asks = || words(text).next().is_some_and(|word| QUESTION_WORDS.contains(&word.text.as_str()));
    let least = if quoted || asks() { 2 } else { SENTENCE_WORDS };
    !body.contains(['?', '*'])
        && has_words(text, least)
        && (asks() || text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase))
}

/// True for the end of a question: words, of which one that is not the last is a word such as *in* or *to*, and a question
/// mark. Has no other sign of the language.
pub(crate) fn is_end_of_question(text: &str) -> bool {
    let Some(body) = before_question_mark(text) else { return false };
    let is_plain = |c: char| {
        c.is_alphanumeric() || is_space(c) || is_apostrophe(c) || is_dash(c) || ",;.-£$€%".contains(c)
    };
    let is_operator = |chunk: &str| chunk.starts_with('-') || matches!(chunk, "AND" | "OR" | "NOT");
    let all: Vec<_> = words(body).collect();
    let function_word =
        all.split_last().is_some_and(|(_, before)| before.iter().any(|word| is_function_word(&word.text)));
    body.chars().all(is_plain) && !body.split(is_space).any(is_operator) && function_word
}

/// The text before the question mark at its end; `None` if it has none, or one that is escaped.
fn before_question_mark(text: &str) -> Option<&str> {
    let marks = text.trim_end_matches(['?', '!']);
    let is_question = text[marks.len()..].contains('?') && !marks.ends_with('\\');
    let body = marks.trim_end_matches(is_space);
    (is_question && body.ends_with(|c: char| c.is_alphanumeric() || closes(c))).then_some(body)
}

/// True if a word of a text without quotation marks has a sign at its end that the language has a meaning for, and text
/// another one.
pub(crate) fn has_ambiguous_sign(text: &str) -> bool {
    if text.starts_with(is_apostrophe) || text.contains(is_double_quote) {
        return false;
    }
    text.split(is_space).any(|chunk| {
        let chunk = chunk.trim_end_matches(|c| closes(c) || matches!(c, '.' | ',' | ';' | ':' | '!'));
        let body = chunk.trim_end_matches(['?', '*']);
        body.len() < chunk.len() && body.ends_with(char::is_alphanumeric)
    })
}

/// True for text that is more likely pasted than written as a query.
pub(crate) fn is_prose(text: &str) -> bool {
    is_sentence(text)
        || has_words(text, PROSE_WORDS)
        || has_words(text, SENTENCE_WORDS)
            && (begins_with_capital(text)
                || text.trim_end().trim_end_matches(closes).ends_with(['.', ';', ':']))
}

/// True for a text with more words than people type.
pub(crate) fn is_long(text: &str) -> bool {
    has_words(text, LONG_WORDS)
}

/// True for a word that is an operator in capitals, here or in another query language.
pub(crate) fn is_operator(word: &str) -> bool {
    let name = word.split('/').next().unwrap_or(word);
    matches!(
        name,
        "AND" | "OR" | "NOT" | "NEAR" | "WITHIN" | "ADJ" | "ONEAR" | "EXCEPT" | "ANDNOT" | "XOR" | "BUT"
    ) && (name == word || name.len() >= 3 && word[name.len() + 1..].bytes().all(|byte| byte.is_ascii_digit()))
}

/// True for a heading in capitals throughout, in which `NOT` and the like cannot be told from words.
pub(crate) fn is_heading_in_capitals(text: &str) -> bool {
    if text.contains(char::is_lowercase)
        || text.contains(|c: char| is_double_quote(c) || "*~%@:\\".contains(c))
    {
        return false;
    }
    let is_window = |word: &str| {
        let distance = word.strip_prefix("W/").or_else(|| word.strip_prefix("PRE/"));
        distance.is_some_and(|distance| distance.starts_with(|c: char| c.is_ascii_digit()))
    };
    if text.split(is_space).any(is_window) {
        return false;
    }
    let mut in_row = 0;
    text.split(is_space).any(|word| {
        in_row = if matches!(word, "AND" | "OR" | "NOT") { 0 } else { in_row + usize::from(is_word(word)) };
        in_row == HEADING_WORDS
    })
}

fn is_word(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::{is_end_of_question, is_heading_in_capitals, is_question, is_sentence};

    #[test]
    fn sentences_and_questions_are_told_from_queries() {
        for text in ["Most care leavers* stay.", "“Is it safe, and why?”", "12 homes were seen!"] {
            assert!(is_sentence(text), "{text}");
        }
        for text in ["social work* visits.", "Social work* assessments", "Is it safe\\?", "Care leavers."] {
            assert!(!is_sentence(text), "{text}");
        }
        for text in [
            "What needs to improve?",
            "is it safe?",
            "Are leaders (and staff) trained?",
            "Is it ?",
            "Is it so?!",
        ] {
            assert!(is_question(text, true), "{text}");
        }
        for text in ["social worker?", "Is it safe\\?", "Safe?", "What organi?e?", "What is it? ", "12 a?"] {
            assert!(!is_question(text, true), "{text}");
        }
        assert!(is_question("is it?", false) && !is_question("Care leaver?", false));
        for text in ["needs to improve?", "children in care?", "the plans ?"] {
            assert!(is_end_of_question(text), "{text}");
        }
        for text in [
            "care leaver?",
            "care the?",
            "care OR the leaver?",
            "in organi?e?",
            "in care\\?",
            "a w/5 b?",
            "the a? ",
        ] {
            assert!(!is_end_of_question(text), "{text}");
        }
    }

    #[test]
    fn headings_in_capitals_are_told_from_lists_of_abbreviations() {
        assert!(is_heading_in_capitals("CHILDREN WHO ARE NOT SAFE"));
        for text in
            ["SEND OR EHC OR SEN OR LAC", "SEND NOT EHC", "CHILDREN WHO ARE NOT safe", "A B C W/5 D NOT E"]
        {
            assert!(!is_heading_in_capitals(text), "{text}");
        }
    }
}
