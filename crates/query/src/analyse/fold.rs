//! How one character folds.

use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible, is_combining_mark,
};

/// What a character is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or digit: stands in a word, and can begin one.
    Letter,
    /// An apostrophe of any shape: stands inside a word only.
    Apostrophe,
    /// A diacritic: belongs to the word it follows and is dropped from it.
    Diacritic,
    /// A mark that is no mere diacritic (an Indic vowel sign): belongs to the word it follows and is kept.
    Mark,
    /// A soft hyphen, joiner or the like, which nobody sees: dropped, and parts nothing.
    Ignorable,
    /// Everything else: parts words.
    Separator,
}

/// Says what a character is, and appends what it folds to (nothing, unless it is a letter or a kept mark).
pub(super) fn fold_char(c: char, out: &mut String) -> Class {
    if is_apostrophe(c) {
        return Class::Apostrophe;
    }
    if is_ignorable(c) {
        return Class::Ignorable;
    }
    if is_combining_mark(c) {
        return fold_mark(c, out);
    }
    let start = out.len();
    let mut class = Class::Separator;
    let mut whole = true; // the expansion holds nothing that would part it
    decompose_compatible(c, |part| match part {
        _ if is_apostrophe(part) => whole = false,
        _ if is_combining_mark(part) => {
            fold_mark(part, out);
        }
        _ if part.is_alphanumeric() => {
            fold_case(part, out);
            class = Class::Letter;
        }
        _ => whole = false,
    });
    if class == Class::Letter && whole {
        return Class::Letter;
    }
    // One character never becomes two words: a vulgar fraction or "a.m." in one sign stays as it is.
    out.truncate(start);
    if class == Class::Letter && c.is_alphanumeric() {
        fold_case(c, out);
        return Class::Letter;
    }
    decomposes_to_apostrophe(c).unwrap_or(Class::Separator)
}

fn decomposes_to_apostrophe(c: char) -> Option<Class> {
    let mut parts = 0;
    let mut apostrophes = 0;
    decompose_compatible(c, |part| {
        parts += 1;
        apostrophes += usize::from(is_apostrophe(part));
    });
    (parts == 1 && apostrophes == 1).then_some(Class::Apostrophe)
}

/// Drops what is a diacritic by its combining class; keeps vowel signs, viramas, nuktas and voicing marks,
/// without which a word of its script is another word.
fn fold_mark(c: char, out: &mut String) -> Class {
    match canonical_combining_class(c) {
        1 | 10..=36 | 200.. => Class::Diacritic,
        0 if ('\u{20DD}'..='\u{20E4}').contains(&c) => Class::Diacritic, // enclosing circles and the like
        _ => {
            out.push(c);
            Class::Mark
        }
    }
}

/// Full case folding of a decomposed letter, and the letters that only look decomposable.
fn fold_case(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => return out.push(c),
        'ø' | 'Ø' => return out.push('o'),
        'ł' | 'Ł' => return out.push('l'),
        'đ' | 'Đ' => return out.push('d'),
        'ħ' | 'Ħ' => return out.push('h'),
        'ŧ' | 'Ŧ' => return out.push('t'),
        'ı' => return out.push('i'),
        'ŉ' => return out.push('n'),
        'æ' | 'Æ' => return out.push_str("ae"),
        'œ' | 'Œ' => return out.push_str("oe"),
        _ => {}
    }
    // By way of the capital: that brings together what lower case alone leaves apart (final sigma, sharp s).
    for folded in c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
        // A capital can lower to a letter with a mark.
        decompose_canonical(folded, |part| {
            if is_combining_mark(part) {
                fold_mark(part, out);
            } else {
                out.push(part);
            }
        });
    }
}

/// Straight, curly, prime, backtick, acute and modifier apostrophes: all the shapes that text gives to one sign.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{00B4}'
            | '\u{02B9}'..='\u{02BD}'
            | '\u{2018}'..='\u{201B}'
            | '\u{2032}'
            | '\u{2035}'
            | '\u{FF07}'
            | '\u{FF40}'
    )
}

/// Characters that stand in text and are not seen.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' // soft hyphen
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' // zero width space, joiners, direction marks
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' // variation selectors
            | '\u{FEFF}' // byte order mark
            | '\u{E0100}'..='\u{E01EF}'
    )
}
