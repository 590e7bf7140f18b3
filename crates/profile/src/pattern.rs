//! Regular expressions of profiles.

use std::fmt;
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};

/// Bytes that a compiled expression may take. One of a few hundred signs needs far less.
const LARGEST: usize = 1 << 20;

/// A regular expression in the syntax of the crate `regex`, matched in time in proportion to the text: no expression
/// can run away. It is compiled when it is first asked for, since the built-in profiles have a thousand of them, and most
/// commands need few.
#[derive(Clone)]
pub struct Pattern {
    text: Arc<str>,
    /// `None` inside for an expression that is not valid: it matches nothing.
    compiled: Arc<OnceLock<Option<Regex>>>,
}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// The reason, in words, if the expression is not valid or too large.
    pub fn new(text: &str) -> Result<Self, String> {
        let regex = compile(text)?;
        let pattern = Self::unchecked(text);
        let _ = pattern.compiled.set(Some(regex));
        Ok(pattern)
    }

    /// An expression that is known to be valid.
    pub(crate) fn unchecked(text: &str) -> Self {
        Self { text: text.into(), compiled: Arc::default() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.text).ok()).as_ref()
    }

    /// The expression as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True if the expression matches anywhere in `text`.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// The value that the expression finds in `text`: the group `v` where it has one, else all that it matches.
    #[must_use]
    pub fn value<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.group(text, "v")
    }

    /// The text of a named group, else all that the expression matches; `None` if it does not match.
    #[must_use]
    pub fn group<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        let found = self.regex()?.captures(text)?;
        found.name(name).or_else(|| found.get(0)).map(|part| part.as_str())
    }

    /// True if the expression has a group of that name.
    #[must_use]
    pub fn has_group(&self, name: &str) -> bool {
        self.regex().is_some_and(|regex| regex.capture_names().flatten().any(|group| group == name))
    }

    /// The first match and what follows it: the bytes of the match.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        self.regex()?.find(text).map(|found| found.range())
    }
}

fn compile(text: &str) -> Result<Regex, String> {
    RegexBuilder::new(text).size_limit(LARGEST).dfa_size_limit(LARGEST).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the pattern is too large".to_owned(),
        // The last line says what is wrong; those above it draw the place.
        error => {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            format!("the pattern is not valid: {}", reason.trim_start_matches("error: "))
        }
    })
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_the_group_or_the_match() {
        let pattern = Pattern::new("^Visit to (?P<v>.+?) on").unwrap();
        assert_eq!(pattern.value("Visit to Westmere on Monday"), Some("Westmere"));
        assert_eq!(Pattern::new(r"\d+").unwrap().value("No. 12a"), Some("12"));
        assert_eq!(pattern.value("A visit"), None);
    }

    #[test]
    fn errors_are_in_words_and_large_patterns_are_refused() {
        let error = Pattern::new("(open").unwrap_err();
        assert!(error.starts_with("the pattern is not valid: unclosed group"), "{error}");
        assert_eq!(Pattern::new(r"(\w{500}){500}").unwrap_err(), "the pattern is too large");
    }
}
