//! Limits on the time, memory and nesting that reading one file may take.

use std::time::{Duration, Instant};

/// Limits for reading one file. A reader that reaches one stops with
/// [`OverBudget`](crate::error::ReadErrorKind::OverBudget).
///
/// Time is checked cooperatively: each reader calls [`is_over`](Self::is_over) in loops whose length the file
/// decides. Nothing interrupts a decoder that does not return; run the reader in a process of its own for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budget {
    /// Wall-clock time for one file.
    pub time: Duration,
    /// Maximum size of the source file, in bytes.
    pub input: u64,
    /// Maximum text of one file, in bytes. It also bounds decompression: the parts of a Word file may unpack to this
    /// many bytes, the streams of a PDF to sixteen times as many.
    pub output: usize,
    /// Maximum depth of nested structure, in levels: forms in forms, lists in lists.
    pub nesting: usize,
    /// When reading began. Set by `Readers::read`; `None` means that the clock does
    /// not run.
    pub started: Option<Instant>,
}

impl Default for Budget {
    /// 30 seconds, 512 MiB of input, 64 MiB of text, 64 levels: over ten times the largest report seen.
    fn default() -> Self {
        Self { time: Duration::from_secs(30), input: 512 << 20, output: 64 << 20, nesting: 64, started: None }
    }
}

impl Budget {
    /// This budget with its clock started now, unless it runs already.
    #[must_use]
    pub fn start(mut self) -> Self {
        self.started.get_or_insert_with(Instant::now);
        self
    }

    /// True once the time is used up. Always false before [`start`](Self::start).
    pub fn is_over(&self) -> bool {
        self.started.is_some_and(|started| started.elapsed() > self.time)
    }
}
