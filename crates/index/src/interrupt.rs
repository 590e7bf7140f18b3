//! Searches that are told to stop, or take too long.

use std::time::Instant;

use crate::cancel::CancelFlag;
use crate::error::{Error, ErrorKind, Result};

/// Looks from time to time whether a search is to stop. Once it is, it stays so.
#[derive(Debug, Clone)]
pub(crate) struct Interrupt {
    cancel: CancelFlag,
    deadline: Option<Instant>,
    steps: u32,
}

/// So few that even steps over many postings are soon looked at, and so many that looking costs nothing beside them.
const STEPS: u32 = 32;

impl Interrupt {
    pub(crate) fn new(cancel: CancelFlag, deadline: Option<Instant>) -> Self {
        Self { cancel, deadline, steps: 0 }
    }

    /// To be called at every step of a loop: fails when the search is to stop.
    pub(crate) fn step(&mut self) -> Result<()> {
        self.steps += 1;
        if self.steps < STEPS {
            return Ok(());
        }
        self.look()
    }

    /// The same for what cannot fail: it ends as if there were no more, and whoever called it has to
    /// [look](Self::look).
    pub(crate) fn is_over(&mut self) -> bool {
        self.step().is_err()
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
