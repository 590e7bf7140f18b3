//! What a command that did not fail reports by its exit status.

/// Whether there was anything to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Exit status 0.
    Found,
    /// Exit status 1.
    Nothing,
}

impl Outcome {
    /// `Found` if anything was counted.
    pub(crate) fn of(count: u64) -> Self {
        if count > 0 { Self::Found } else { Self::Nothing }
    }
}
