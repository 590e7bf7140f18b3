//! Limits on what reading one file may cost.

use std::time::Duration;

use clap::{Args, value_parser};
use quotable::read::Budget;

/// The help heading of the limits.
pub(super) const LIMITS_HEADING: &str = "Limits";

/// A file that exceeds a limit is not read, and is reported as failed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct LimitArgs {
    /// Give up on a file after N seconds of processor time
    #[arg(long, value_name = "N", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = Self::default().file_seconds, value_parser = value_parser!(u64).range(1..=86_400))]
    pub(crate) file_seconds: u64,

    /// Give up on a file that needs more memory than this, in MiB
    #[arg(long, value_name = "MIB", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = Self::default().file_memory, value_parser = value_parser!(u64).range(1..=1 << 24))]
    pub(crate) file_memory: u64,

    /// Give up on a file that holds more text than this, in MiB, or unpacks to much more
    #[arg(long, value_name = "MIB", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = Self::default().file_text, value_parser = value_parser!(u64).range(1..=4096))]
    pub(crate) file_text: u64,

    /// Skip files larger than this, in MiB
    #[arg(long, value_name = "MIB", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = Self::default().file_size, value_parser = value_parser!(u64).range(1..=1 << 24))]
    pub(crate) file_size: u64,

    /// Give up on a file whose parts are nested more than N deep
    #[arg(long, value_name = "N", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = Self::default().file_nesting, value_parser = value_parser!(u64).range(1..=256))]
    pub(crate) file_nesting: u64,
}

/// The default memory limit of a worker process, in MiB of address space. `commands/read_worker.rs` sets it.
const WORKER_MEMORY_MIB: u64 = 2048;

impl Default for LimitArgs {
    /// The limits of the library, and 2 GiB of memory.
    fn default() -> Self {
        let budget = Budget::default();
        Self {
            file_seconds: budget.time.as_secs(),
            file_memory: WORKER_MEMORY_MIB,
            file_text: budget.output as u64 >> 20,
            file_size: budget.input >> 20,
            file_nesting: budget.nesting as u64,
        }
    }
}

impl LimitArgs {
    /// Every limit but the memory, which only a process of its own can be held to.
    pub(crate) fn budget(&self) -> Budget {
        let mut budget = Budget::default();
        budget.time = Duration::from_secs(self.file_seconds);
        budget.input = self.file_size << 20;
        // On a 32-bit machine the largest number that fits is no limit, which is what was asked for.
        budget.output = usize::try_from(self.file_text << 20).unwrap_or(usize::MAX);
        budget.nesting = usize::try_from(self.file_nesting).unwrap_or(usize::MAX);
        budget
    }
}
