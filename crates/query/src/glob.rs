//! Patterns with wildcards: `*` and `?`.

/// A pattern over a whole text: `*` is any characters, or none, and `?` is one character; no other character is
/// special.
///
/// Unlike in a shell, `*` passes `/` too.
///
/// ```
/// use quotable_query::Glob;
///
/// assert!(Glob::new("organi?e").matches("organise"));
/// assert!(!Glob::new("organi?e").matches("Organise"));
/// assert!(Glob::ignoring_case("*/2018*").matches_path("marlowe/reports/2018.PDF"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    pattern: Vec<char>,
    ignore_case: bool,
}

impl Glob {
    /// A pattern whose letters match themselves alone.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        Self { pattern: pattern.chars().collect(), ignore_case: false }
    }

    /// A pattern whose letters match their capitals too.
    #[must_use]
    pub fn ignoring_case(pattern: &str) -> Self {
        Self { pattern: pattern.to_lowercase().chars().collect(), ignore_case: true }
    }

    /// True if the pattern matches the whole text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        if self.ignore_case {
            return matches(&self.pattern, &text.to_lowercase());
        }
        matches(&self.pattern, text)
    }

    /// True if the pattern matches the whole path, or its end after some `/`; a pattern that begins with `/` must
    /// match the whole path. `path` is relative and separated by `/`.
    #[must_use]
    pub fn matches_path(&self, path: &str) -> bool {
        if self.pattern.first() == Some(&'/') {
            return self.matches(&format!("/{path}"));
        }
        self.matches(path) || path.match_indices('/').any(|(at, _)| self.matches(&path[at + 1..]))
    }
}

/// Matches greedily, and on a mismatch lets the last `*` take one character more. Earlier stars need no second try: a
/// longer match of theirs only leaves less text for the last one. So the work is at most pattern times text.
fn matches(pattern: &[char], text: &str) -> bool {
    let (mut at, mut rest) = (0, text.chars());
    // The pattern after the last star, and the text that the star has not yet taken.
    let mut last_star: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        if pattern.get(at) == Some(&'*') {
            at += 1;
            last_star = Some((at, rest.clone()));
            continue;
        }
        match (pattern.get(at), rest.next()) {
            (None, None) => return true,
            (Some('?'), Some(_)) => at += 1,
            (Some(wanted), Some(c)) if *wanted == c => at += 1,
            _ => {
                let Some((after_star, mut untaken)) = last_star.take() else { return false };
                if untaken.next().is_none() {
                    return false;
                }
                (at, rest) = (after_star, untaken.clone());
                last_star = Some((after_star, untaken));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Glob;

    /// The definition: a star takes every number of characters in turn.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', rest @ ..] => (0..=text.len()).any(|taken| naive(rest, &text[taken..])),
            ['?', rest @ ..] => !text.is_empty() && naive(rest, &text[1..]),
            [c, rest @ ..] => text.first() == Some(c) && naive(rest, &text[1..]),
        }
    }

    #[test]
    fn a_glob_matches_the_whole_text() {
        assert!(Glob::ignoring_case("sif*").matches("SIF-reinspection"));
        assert!(!Glob::ignoring_case("sif").matches("sif-reinspection"));
        assert!(Glob::new("*a*b?").matches("xxaxxabc"));
        assert!(!Glob::new("Sif").matches("sif"));
    }

    #[test]
    fn a_path_matches_from_any_folder_on() {
        let matches = |pattern, path| Glob::ignoring_case(pattern).matches_path(path);
        assert!(matches("2018.pdf", "80432_marlowe/2018.pdf"));
        assert!(matches("*marlowe/*", "80432_marlowe/2018.pdf"));
        assert!(!matches("018.pdf", "80432_marlowe/2018.pdf"));
        assert!(matches("/north/*", "north/2018.pdf"));
        assert!(!matches("/north/*", "old/north/2018.pdf"));
    }

    proptest! {
        #[test]
        fn a_glob_matches_as_defined(pattern in "[ab*?]{0,7}", text in "[ab]{0,7}") {
            let (letters, characters): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(Glob::new(&pattern).matches(&text), naive(&letters, &characters));
        }
    }
}
