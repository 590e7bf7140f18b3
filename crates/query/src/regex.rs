//! Regular expressions over one folded word.

use regex_automata::meta;
use regex_automata::util::syntax;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

use crate::analyse::{MAX_WORD, fold};
use crate::chars::{is_apostrophe, is_double_quote};
use crate::error::Fault;

/// The largest compiled pattern, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting of a pattern. Parsing one is recursive.
const MAX_NESTING: u32 = 32;

/// Compiles a pattern that must match a whole word. Capitals in it do not matter, since words are folded.
pub(crate) fn compile(pattern: &str) -> Result<meta::Regex, Fault> {
    // The pattern must be valid by itself: `a)|(b` would close the group that anchors it.
    check(pattern)?;
    meta::Regex::builder()
        .syntax(config())
        // A user's pattern must not take much memory, compiled or while it runs.
        .configure(meta::Config::new().nfa_size_limit(Some(MAX_BYTES)).hybrid_cache_capacity(MAX_BYTES))
        .build(&format!(r"\A(?:{pattern})\z"))
        .map_err(|error| {
            let message = match error.size_limit() {
                Some(_) => "the regular expression is too large".to_owned(),
                None => format!("the regular expression cannot be read: {}", last_line(&error.to_string())),
            };
            Fault::new(message, "write a simpler one, with fewer or smaller repetitions")
        })
}

fn config() -> syntax::Config {
    syntax::Config::new().case_insensitive(true).nest_limit(MAX_NESTING)
}

/// Checks a pattern without compiling it.
pub(crate) fn check(pattern: &str) -> Result<(), Fault> {
    if pattern.is_empty() {
        return Err(Fault::new("the regular expression is empty", "write a pattern between the slashes"));
    }
    if let Some(c) = pattern.chars().find(|c| c.is_whitespace() || is_double_quote(*c)) {
        return Err(Fault::new(
            format!("a regular expression matches one word, which never contains {c:?}"),
            "write a phrase of several: \"/car(e|ing)/ leavers\"",
        ));
    }
    if let Some(c) = pattern.chars().find(|&c| !c.is_ascii() && !is_kept(c)) {
        let folded = fold(&c.to_string());
        let cure = if is_apostrophe(c) {
            "write the straight apostrophe '".to_owned()
        } else {
            format!("write {folded:?} instead, or . for any letter")
        };
        return Err(Fault::new(
            format!("words are folded to plain letters before they are matched, so none contains {c:?}"),
            cure,
        ));
    }
    let parsed = syntax::parse_with(pattern, &config()).map_err(|error| {
        let cure = if pattern.starts_with(['*', '?']) {
            "in a regular expression write .* for any letters and . for one letter"
        } else {
            "correct the pattern, or put it in quotation marks if text was meant"
        };
        let reason = last_line(&error.to_string());
        Fault::new(format!("the regular expression cannot be read: {reason}"), cure)
    })?;
    check_intent(pattern)?;
    check_words(pattern, &parsed)
}

/// Refuses patterns of which a part can match in no word.
fn check_words(pattern: &str, parsed: &Hir) -> Result<(), Fault> {
    if let Some(sign) = foreign_sign(parsed) {
        let name = match sign {
            ',' => "a comma".to_owned(),
            '.' => "a full stop".to_owned(),
            c if c.is_whitespace() => "a space".to_owned(),
            c => format!("{c:?}"),
        };
        let cure = match sign {
            ',' | '.' => {
                "write a number with its signs without the slashes (1,250 or 5.2), or a phrase of several words: \
                 \"/\\d+/ /\\d+/\""
            }
            _ => {
                "write a phrase of several words: \"/car(e|ing)/ leavers\", or the text as printed: =\"a@b\""
            }
        };
        return Err(Fault::new(
            format!("a regular expression matches one word, and {name} separates words, so none contains it"),
            cure,
        ));
    }
    if pattern.starts_with('\'') || pattern.ends_with('\'') {
        return Err(Fault::new(
            "a word neither begins nor ends with an apostrophe",
            "write the letters beside it too: /.+'s/",
        ));
    }
    if parsed.properties().minimum_len().is_some_and(|least| least > MAX_WORD) {
        return Err(Fault::new("the regular expression is longer than any word", "make it shorter"));
    }
    Ok(())
}

/// A sign that some part of a pattern asks for and that no word has.
fn foreign_sign(pattern: &Hir) -> Option<char> {
    match pattern.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok()?.chars().find(|&c| !is_in_words(c)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            let has_letter =
                |range: &ClassUnicodeRange| (range.start()..=range.end()).take(MANY).any(is_in_words);
            if ranges.iter().any(has_letter) {
                return None;
            }
            let mut all = ranges.iter().flat_map(|range| (range.start()..=range.end()).take(MANY));
            let first = ranges.first()?.start();
            Some(all.find(|c| !c.is_control()).unwrap_or(first))
        }
        HirKind::Repetition(repetition) => {
            if repetition.max == Some(0) {
                None
            } else {
                foreign_sign(&repetition.sub)
            }
        }
        HirKind::Capture(capture) => foreign_sign(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(foreign_sign),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => None,
    }
}

/// Characters of a class that are looked at. Longer ranges have letters.
const MANY: usize = 4096;

/// True for characters that words may have.
fn is_in_words(c: char) -> bool {
    c.is_alphanumeric() || c == '\''
}

/// Refuses valid patterns that were surely meant as something else: wildcards, and words with hyphens.
fn check_intent(pattern: &str) -> Result<(), Fault> {
    let (mut class, mut escaped) = (0_usize, false);
    let mut before = '\0'; // the literal character before this one, or NUL
    for c in pattern.chars() {
        if escaped {
            (escaped, before) = (false, '\0');
            continue;
        }
        match c {
            '\\' => escaped = true,
            '[' => class += 1,
            ']' => class = class.saturating_sub(1),
            '-' if class == 0 => {
                return Err(Fault::new(
                    "a hyphen separates words, so no word contains one",
                    "write a phrase of several: \"/decisions?/ making\"",
                ));
            }
            '*' if class == 0 && before.is_alphanumeric() => {
                return Err(Fault::new(
                    format!(
                        "{before}* in a regular expression repeats the letter {before}; it is not a wildcard"
                    ),
                    format!("write .* for any letters, or {before}{{0,}} for the repetition"),
                ));
            }
            _ => {}
        }
        before = if class == 0 { c } else { '\0' };
    }
    Ok(())
}

/// True if folding a word only lowers this character.
fn is_kept(c: char) -> bool {
    fold(&c.to_string()) == c.to_lowercase().to_string()
}

/// The last line of an error of the regex crate, which has the reason; those before show the pattern.
fn last_line(error: &str) -> String {
    let line = error.lines().last().unwrap_or_default();
    line.trim().trim_start_matches("error: ").to_owned()
}

/// The plain letters and digits at the start of every match.
pub(crate) fn literal_prefix(pattern: &str) -> String {
    // Alternatives begin differently.
    if pattern.contains('|') {
        return String::new();
    }
    let end = pattern.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(pattern.len());
    let (literal, rest) = pattern.split_at(end);
    // A quantifier can make the last letter optional.
    let kept = literal.len() - usize::from(rest.starts_with(['?', '*', '{']) && !literal.is_empty());
    literal[..kept].to_ascii_lowercase()
}
