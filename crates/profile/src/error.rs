//! Errors in a profile or register, at their place.

use std::fmt;

/// An error in a profile or a register: file, line, message and cure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileError {
    /// The name of the file.
    pub file: String,
    /// The line, one-based; `None` if the error is of the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: String,
}

impl ProfileError {
    /// An error of a file as a whole.
    #[must_use]
    pub fn new(file: impl Into<String>, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, message: message.into(), cure: cure.into() }
    }

    /// The same error, at a line (one-based).
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}; {}", self.message, self.cure)
    }
}

impl std::error::Error for ProfileError {}

/// The number of the line, one-based, that holds the byte `at` of `text`.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}
