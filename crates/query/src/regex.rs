//! Regular expressions over one folded word.

use regex_automata::meta;
use regex_automata::util::syntax;

use crate::analyse::{fold, is_apostrophe};
use crate::chars::is_double_quote;
use crate::error::Fault;

/// The most bytes that a compiled pattern may take.
const SIZE: usize = 1 << 20;
/// How deeply a pattern may nest.
const NEST: u32 = 32;

/// Compiles a pattern that must match a whole word. Case does not matter, since words are folded.
pub(crate) fn compile(pattern: &str) -> Result<meta::Regex, Fault> {
    check(pattern)?;
    meta::Regex::builder()
        .syntax(config())
        .configure(meta::Config::new().nfa_size_limit(Some(SIZE)).hybrid_cache_capacity(SIZE))
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
    syntax::Config::new().case_insensitive(true).nest_limit(NEST)
}

/// What can be said against a pattern without compiling it.
pub(crate) fn check(pattern: &str) -> Result<(), Fault> {
    if pattern.is_empty() {
        return Err(Fault::new("the regular expression is empty", "write a pattern between the slashes"));
    }
    if let Some(c) = pattern.chars().find(|c| c.is_whitespace() || is_double_quote(*c)) {
        return Err(Fault::new(
            format!("a regular expression is of one word, which never holds {c:?}"),
            "write a phrase of several: \"/car(e|ing)/ leavers\"",
        ));
    }
    if let Some(c) = pattern.chars().find(|&c| !c.is_ascii() && !stays(c)) {
        let folded = fold(&c.to_string());
        let cure = if is_apostrophe(c) {
            "write the straight apostrophe '".to_owned()
        } else {
            format!("write {folded:?} for it, or . for any letter")
        };
        return Err(Fault::new(
            format!("words are folded before they are matched, so none holds {c:?}"),
            cure,
        ));
    }
    if let Err(error) = syntax::parse_with(pattern, &config()) {
        let cure = if pattern.starts_with(['*', '?']) {
            "in a regular expression any letters are .* and one letter is ."
        } else {
            "mend the pattern, or put it in quotation marks if text was meant"
        };
        let reason = last_line(&error.to_string());
        return Err(Fault::new(format!("the regular expression cannot be read: {reason}"), cure));
    }
    scan(pattern)
}

/// Catches what is a regular expression, but surely not the one that was meant.
fn scan(pattern: &str) -> Result<(), Fault> {
    let (mut class, mut escaped) = (0_usize, false);
    let mut before = '\0'; // the literal before this character, or nul
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
                    "a hyphen parts words, so no word holds one",
                    "write a phrase of several: \"/decisions?/ making\"",
                ));
            }
            '*' if class == 0 && before.is_alphanumeric() => {
                return Err(Fault::new(
                    format!("{before}* in a regular expression is the letter {before} repeated, no wildcard"),
                    format!("write .* for any letters, or {before}{{0,}} for the repetition"),
                ));
            }
            _ => {}
        }
        before = if class == 0 { c } else { '\0' };
    }
    Ok(())
}

fn stays(c: char) -> bool {
    fold(&c.to_string()) == c.to_lowercase().to_string()
}

fn last_line(error: &str) -> String {
    let line = error.lines().last().unwrap_or_default();
    line.trim().trim_start_matches("error: ").to_owned()
}

/// The plain letters that every match begins with.
pub(crate) fn literal_prefix(pattern: &str) -> String {
    if pattern.contains('|') {
        return String::new();
    }
    let end = pattern.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(pattern.len());
    let (literal, rest) = pattern.split_at(end);
    // What follows a letter can make it optional.
    let kept = literal.len() - usize::from(rest.starts_with(['?', '*', '{']) && !literal.is_empty());
    literal[..kept].to_ascii_lowercase()
}
