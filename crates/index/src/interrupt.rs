//! Stops a search that was cancelled or is past its deadline.

use std::time::Instant;

use crate::cancel::CancelFlag;
use crate::error::{Error, ErrorKind, Result};

/// Checks every few steps whether a search must stop. Once it must, every later check says so too.
#[derive(Debug, Clone)]
pub(crate) struct Interrupt {
    cancel: CancelFlag,
    deadline: Option<Instant>,
    /// Steps since the last check.
    steps: u32,
}

/// Steps from one check to the next. A step may walk over many postings, so a check must come soon; a check reads the
/// clock, so not at every step.
const STEPS: u32 = 32;

impl Interrupt {
    pub(crate) fn new(cancel: CancelFlag, deadline: Option<Instant>) -> Self {
        Self { cancel, deadline, steps: 0 }
    }

    /// Call at every step of a loop. Fails when the search must stop; checks at every [`STEPS`]th call only.
    pub(crate) fn step(&mut self) -> Result<()> {
        self.steps += 1;
        if self.steps < STEPS {
            return Ok(());
        }
        self.look()
    }

    /// [`step`](Self::step) for iterators, which cannot fail: they end early, and their caller must then call
    /// [`look`](Self::look), or it would take half an answer for a whole one.
    pub(crate) fn is_over(&mut self) -> bool {
        self.step().is_err()
    }

    /// Checks now. Fails when the search must stop.
    pub(crate) fn look(&mut self) -> Result<()> {
        self.steps = 0;
        if self.cancel.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled, "the search was stopped before it had an answer"));
        }
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Error::new(
                ErrorKind::Deadline,
                "the search took longer than its time limit; ask a narrower question, or allow more time",
            ));
        }
        Ok(())
    }
}
