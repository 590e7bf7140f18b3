//! Quotation marks, told from apostrophes by what stands beside them.

/// Which marks go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Double,
    Single,
}

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its first byte.
    pub(super) at: usize,
    /// The byte behind it.
    pub(super) end: usize,
    pub(super) class: Class,
    pub(super) opens: bool,
    pub(super) closes: bool,
    /// True if its shape alone says that it is a mark and opens: it is no apostrophe.
    pub(super) sure: bool,
    /// True for what may as well be the apostrophe of a plural: an s before it, a space and a word behind it.
    pub(super) possessive: bool,
}

/// Words that begin with an apostrophe.
const ELISIONS: [&str; 9] = ["em", "til", "till", "tis", "twas", "cause", "n", "bout", "cos"];

/// The marks of a text, in order. Apostrophes between letters are left out.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let mut end = at + letter.len_utf8();
        let class = match letter {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\u{FF02}' => Class::Double,
            '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' => Class::Single,
            _ => {
                before = Some(letter);
                continue;
            }
        };
        let mut class = class;
        if class == Class::Single && letter != '‚' {
            // Two single marks of one shape are a double one.
            if letters.peek().is_some_and(|&(_, next)| next == letter) {
                class = Class::Double;
                letters.next();
                end += letter.len_utf8();
            }
        }
        let after = letters.peek().map(|&(_, next)| next);
        marks.extend(mark(text, letter, class, at..end, before, after));
        before = Some(letter);
    }
    marks
}

fn mark(
    text: &str,
    letter: char,
    class: Class,
    bytes: std::ops::Range<usize>,
    before: Option<char>,
    after: Option<char>,
) -> Option<Mark> {
    let free_before = before.is_none_or(|before| before.is_whitespace() || opens_text(before));
    let free_after = after.is_none_or(|after| after.is_whitespace() || closes_text(after));
    let spaced = (before.is_none_or(char::is_whitespace), after.is_none_or(char::is_whitespace));
    let inner = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if class == Class::Single && inner && !matches!(letter, '‹' | '›') {
        return None;
    }
    let (opens, closes, sure) = match letter {
        '“' | '„' | '‟' | '«' | '‘' | '‚' | '‛' | '‹' => {
            // The wrong way round, behind a word and before a space.
            let wrong = !spaced.0 && spaced.1;
            (!wrong, wrong, !wrong)
        }
        '”' | '»' | '›' => {
            let wrong = spaced.0 && !spaced.1;
            (wrong, !wrong, true)
        }
        '’' => (false, !spaced.0, false),
        // Straight: by the spaces; between two letters or two signs it may be either.
        _ if free_before && !spaced.1 => {
            (class == Class::Double || !is_elision(text, bytes.end), !spaced.0 && free_after, false)
        }
        _ if free_after => (false, !spaced.0, false),
        _ => (!spaced.1, !spaced.0, false),
    };
    let possessive = class == Class::Single
        && matches!(before, Some('s' | 'S' | 'x' | 'z'))
        && text[bytes.end..].starts_with(char::is_whitespace)
        && text[bytes.end..].trim_start().starts_with(char::is_alphanumeric);
    (opens || closes).then_some(Mark {
        at: bytes.start,
        end: bytes.end,
        class,
        opens,
        closes,
        sure,
        possessive,
    })
}

/// What a quotation may open behind, spaces apart.
fn opens_text(letter: char) -> bool {
    matches!(letter, '(' | '[' | '{' | '–' | '—' | '-' | '/' | '…' | '*' | '•')
        || matches!(letter, '"' | '“' | '‘' | '\'' | '«' | '„' | '>' | ':')
}

/// What may stand behind a closing mark, spaces apart.
fn closes_text(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '–' | '—' | '-' | '/' | '…')
        || matches!(letter, '"' | '”' | '’' | '\'' | '»' | '*' | '<' | '|')
}

fn is_elision(text: &str, from: usize) -> bool {
    let rest = &text[from..];
    let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let decade = word
        .strip_suffix('s')
        .is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    decade || (word.len() <= 5 && ELISIONS.contains(&word.to_lowercase().as_str()))
}
