//! What reading one file may cost.

use std::time::Duration;

use clap::{Args as Group, value_parser};
use quotable::read::Budget;

/// Under which the options stand that bound what a file may do.
const LIMITS: &str = "Limits";

/// A file that asks for more is not read, and said to be so.
#[derive(Debug, Clone, Copy, Group)]
pub(crate) struct Limits {
    /// Give up on a file after so many seconds
    #[arg(long, value_name = "N", help_heading = LIMITS, default_value_t = Limits::default().file_seconds)]
    #[arg(value_parser = value_parser!(u64).range(1..=86_400))]
    pub(crate) file_seconds: u64,

    /// Give up on a file that takes more memory, in MiB, to read
    #[arg(long, value_name = "MIB", help_heading = LIMITS, default_value_t = Limits::default().file_memory)]
    #[arg(value_parser = value_parser!(u64).range(1..=1 << 24))]
    pub(crate) file_memory: u64,

    /// Give up on a file that holds more text, in MiB, or unfolds to that much more
    #[arg(long, value_name = "MIB", help_heading = LIMITS, default_value_t = Limits::default().file_text)]
    #[arg(value_parser = value_parser!(u64).range(1..=4096))]
    pub(crate) file_text: u64,

    /// Leave files alone that are larger, in MiB
    #[arg(long, value_name = "MIB", help_heading = LIMITS, default_value_t = Limits::default().file_size)]
    #[arg(value_parser = value_parser!(u64).range(1..=1 << 24))]
    pub(crate) file_size: u64,

    /// Give up on what is nested deeper within a file
    #[arg(long, value_name = "N", help_heading = LIMITS, default_value_t = Limits::default().file_nesting)]
    #[arg(value_parser = value_parser!(u64).range(1..=256))]
    pub(crate) file_nesting: u64,
}

impl Default for Limits {
    /// Those of the library, and 2 GiB of memory.
    fn default() -> Self {
        let budget = Budget::default();
        Self {
            file_seconds: budget.time.as_secs(),
            file_memory: 2048,
            file_text: budget.output as u64 >> 20,
            file_size: budget.input >> 20,
            file_nesting: budget.nesting as u64,
        }
    }
}

impl Limits {
    /// All but the memory, which only a process of its own can be held to.
    pub(crate) fn budget(&self) -> Budget {
        let mut budget = Budget::default();
        budget.time = Duration::from_secs(self.file_seconds);
        budget.input = self.file_size << 20;
        budget.output = usize::try_from(self.file_text << 20).unwrap_or(usize::MAX);
        budget.nesting = usize::try_from(self.file_nesting).unwrap_or(usize::MAX);
        budget
    }
}
