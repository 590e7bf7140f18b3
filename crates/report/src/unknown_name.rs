//! The error of a text that is none of the names of a type.

use std::fmt;

/// The error of parsing a name that the type does not have. `Display` lists those that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// The text that was parsed.
    pub text: String,
    /// The names that there are.
    pub names: Vec<&'static str>,
}

impl UnknownName {
    /// The value among `all` whose name is `text`, in any case, with spaces or underscores for hyphens: for `FromStr` of
    /// a type with stable names.
    ///
    /// # Errors
    /// If none has that name.
    pub fn find<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, Self> {
        let wanted = text.trim().to_lowercase().replace([' ', '_'], "-");
        let found = all.iter().copied().find(|value| name(*value) == wanted);
        let names = || all.iter().map(|value| name(*value)).collect();
        found.ok_or_else(|| Self { text: text.to_owned(), names: names() })
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a known name; write one of {}", self.text, self.names.join(", "))
    }
}

impl std::error::Error for UnknownName {}
