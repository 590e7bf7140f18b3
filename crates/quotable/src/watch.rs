//! Searches that are told to stop, or take too long.

use std::time::Instant;

use crate::{CancelFlag, Error, ErrorKind, Result, SearchOptions};

/// Looks from time to time whether a search is to stop.
#[derive(Debug)]
pub(crate) struct Watch {
    cancel: CancelFlag,
    deadline: Option<Instant>,
    steps: u32,
}

/// How many steps of a loop cost less than a millisecond or so together.
const STEPS: u32 = 512;

impl Watch {
    pub(crate) fn new(options: &SearchOptions) -> Self {
        Self { cancel: options.cancel.clone(), deadline: options.deadline, steps: 0 }
    }

    /// To be called at every step of a loop: fails when the search is to stop.
    pub(crate) fn step(&mut self) -> Result<()> {
        self.steps += 1;
        if self.steps < STEPS {
            return Ok(());
        }
        self.look()
    }

    /// Looks at once.
    pub(crate) fn look(&mut self) -> Result<()> {
        self.steps = 0;
        if self.cancel.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled, "the search was stopped"));
        }
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Error::new(
                ErrorKind::Deadline,
                "the search took longer than it was given; ask for less, or give it more time",
            ));
        }
        Ok(())
    }
}
