//! Rust sources as words and signs. As much of the language as the rules of the house need: a parser such as `syn` would
//! be exact, and with the features it needs here have every derive macro of the workspace compiled once more.

/// A token. Comments, literals and lifetimes are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// An identifier or keyword.
    Word(String),
    /// `::`
    PathSeparator,
    /// Any other sign.
    Sign(char),
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest);
        if skipped > 0 {
            rest = &rest[skipped..];
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            all.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if let Some(after) = rest.strip_prefix("::") {
            all.push(Token::PathSeparator);
            rest = after;
        } else {
            if !first.is_whitespace() {
                all.push(Token::Sign(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    all
}

/// Bytes of the comment, literal or lifetime at the beginning; 0 if there is none.
fn skipped(text: &str) -> usize {
    let to = |end: Option<usize>| end.unwrap_or(text.len());
    if text.starts_with("//") {
        return to(text.find('\n'));
    }
    if text.starts_with("/*") {
        return to(text.find("*/").map(|end| end + 2));
    }
    let unprefixed = text.strip_prefix('b').unwrap_or(text);
    let prefix = text.len() - unprefixed.len();
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = prefix + 1 + hashes + 1;
            return to(text[start..].find(&close).map(|end| start + end + close.len()));
        }
    }
    if unprefixed.starts_with('"') {
        return prefix + quoted(unprefixed, '"');
    }
    if let Some(inside) = unprefixed.strip_prefix('\'') {
        // 'a' and '\n' are literals, 'a without a second quote is a lifetime.
        let mut letters = inside.chars();
        return match (letters.next(), letters.next()) {
            (Some('\\'), _) => prefix + quoted(unprefixed, '\''),
            (Some(letter), Some('\'')) => prefix + 1 + letter.len_utf8() + 1,
            _ => prefix + 1 + to(inside.find(|c: char| !c.is_alphanumeric() && c != '_')).min(inside.len()),
        };
    }
    0
}

/// Bytes of a literal that begins and ends with a quote; `\` takes the next letter with it.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = true;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn comments_and_literals_are_left_out() {
    let words = |text: &str| tokens(text).into_iter().filter(|token| matches!(token, Token::Word(_))).count();
    assert_eq!(words("a /* b */ c // d\n \"e \\\" f\" 'g' '\\'' h<'i>"), 3);
    assert_eq!(words("r#\"a \"b\" c\"# d b\"e\" br\"f\""), 1);
}
