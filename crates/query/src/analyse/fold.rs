//! Folds single characters.

use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible, is_combining_mark,
};

use crate::chars::{is_apostrophe, is_ignorable};

/// The role of a character in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or digit. Words begin with one.
    Letter,
    /// An apostrophe of any shape. Part of a word only between letters.
    Apostrophe,
    /// A diacritic. Part of the word before it, and dropped by folding.
    Diacritic,
    /// Any other combining mark, such as an Indic vowel sign. Part of the word before it, and kept.
    Mark,
    /// A character that is not displayed, such as a soft hyphen or joiner. Dropped, and does not end a word.
    Ignorable,
    /// Everything else. Ends a word.
    Separator,
}

/// The class of a character. Appends its folded form to `out`: nothing unless it is a letter or a kept mark.
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
    let mut whole = true; // the expansion has no separator or apostrophe
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
    // One character must not become two words: keep a vulgar fraction or an "a.m." sign as it is.
    out.truncate(start);
    if class == Class::Letter && c.is_alphanumeric() {
        fold_case(c, out);
        return Class::Letter;
    }
    decomposes_to_apostrophe(c).unwrap_or(Class::Separator)
}

/// The apostrophe class for a compatibility form of an apostrophe alone.
fn decomposes_to_apostrophe(c: char) -> Option<Class> {
    let mut parts = 0;
    let mut apostrophes = 0;
    decompose_compatible(c, |part| {
        parts += 1;
        apostrophes += usize::from(is_apostrophe(part));
    });
    (parts == 1 && apostrophes == 1).then_some(Class::Apostrophe)
}

/// Drops diacritics, by their canonical combining class (Unicode Standard, section 3.11); keeps vowel signs, viramas,
/// nuktas and voicing marks, without which a word of their scripts is a different word.
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

/// Full case folding of a decomposed letter. Also folds letters with strokes and ligatures that Unicode does not
/// decompose.
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
    // Through upper case, which unites letters that lower case keeps apart (final sigma, sharp s).
    for folded in c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
        // Lower case can add a mark, as for the dotted capital I.
        decompose_canonical(folded, |part| {
            if is_combining_mark(part) {
                fold_mark(part, out);
            } else {
                out.push(part);
            }
        });
    }
}
