//! Stops a search that was cancelled, is past its deadline or does more work than it may.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use crate::cancel::CancelFlag;
use crate::error::{Error, ErrorKind, Result};

/// Checks every few steps whether a search must stop. Once it must, every later check says so too.
///
/// Clones share one account of steps, so that all loops of an answer together stay within its limit. The account counts
/// work and reads no clock: the same query over the same index always takes the same number of steps.
#[derive(Debug, Clone)]
pub(crate) struct Interrupt {
    cancel: CancelFlag,
    deadline: Option<Instant>,
    account: Arc<Account>,
    /// Calls of [`step`](Self::step) since the last check.
    calls: u32,
    /// Steps that are not in the account yet.
    pending: u64,
}

/// The steps of one answer.
#[derive(Debug)]
pub(crate) struct Account {
    taken: AtomicU64,
    most: u64,
    /// The fault of the index that makes the answer impossible.
    damage: OnceLock<String>,
}

impl Account {
    /// An account of at most so many steps.
    pub(crate) fn new(most: u64) -> Arc<Self> {
        Arc::new(Self { taken: AtomicU64::new(0), most, damage: OnceLock::new() })
    }

    /// The steps taken so far.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }
}

/// Calls from one check to the next. A step may walk over many postings, so a check must come soon; a check reads the
/// clock, so not at every step.
const CALLS: u32 = 32;
/// Steps charged from one check to the next.
const CHARGED: u64 = 1 << 12;

impl Interrupt {
    pub(crate) fn new(cancel: CancelFlag, deadline: Option<Instant>, account: Arc<Account>) -> Self {
        Self { cancel, deadline, account, calls: 0, pending: 0 }
    }

    /// One that never fires, for work that is bounded by itself.
    pub(crate) fn never() -> Self {
        Self::new(CancelFlag::default(), None, Account::new(u64::MAX))
    }

    /// Call at every step of a loop. Fails when the search must stop; checks at every [`CALLS`]th call only.
    pub(crate) fn step(&mut self) -> Result<()> {
        self.pending += 1;
        self.calls += 1;
        if self.calls < CALLS {
            return Ok(());
        }
        self.look()
    }

    /// Call for work whose amount is known: a step is about what it takes to decode a posting or to merge a position.
    /// Fails when the search must stop; checks after every [`CHARGED`] steps only.
    pub(crate) fn charge(&mut self, steps: u64) -> Result<()> {
        self.pending = self.pending.saturating_add(steps);
        if self.pending < CHARGED {
            return Ok(());
        }
        self.look()
    }

    /// Call in a loop over work that is charged elsewhere, such as by another thread that does the same. Fails when the search must stop;
    /// checks at every [`CALLS`]th call only.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.calls += 1;
        if self.calls < CALLS {
            return Ok(());
        }
        self.look()
    }

    /// [`charge`](Self::charge) for work on so many items.
    pub(crate) fn charge_items(&mut self, items: usize) -> Result<()> {
        self.charge(items as u64)
    }

    /// [`step`](Self::step) for iterators, which cannot fail: they end early, and their caller must then call
    /// [`look`](Self::look), or it would take half an answer for a whole one.
    pub(crate) fn is_over(&mut self) -> bool {
        self.step().is_err()
    }

    /// Makes every check of this answer fail: a part of the index that it needs is damaged. For evaluators, which cannot
    /// fail themselves.
    pub(crate) fn damaged(&self, error: &Error) {
        // Of several faults the first is reported.
        let _ = self.account.damage.set(error.to_string());
    }

    /// Checks now. Fails when the search must stop.
    pub(crate) fn look(&mut self) -> Result<()> {
        self.calls = 0;
        let pending = std::mem::take(&mut self.pending);
        let before = self.account.taken.fetch_add(pending, Ordering::Relaxed);
        if self.cancel.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled, "the search was stopped before it had an answer"));
        }
        if let Some(fault) = self.account.damage.get() {
            return Err(Error::damaged(fault.clone()));
        }
        if before.saturating_add(pending) > self.account.most {
            return Err(Error::new(
                ErrorKind::OverLimit,
                format!(
                    "the query takes too much work: more than {} million steps; narrow it by a filter, write more letters \
                     of its patterns, use fewer of them, split the query, or raise the limit",
                    self.account.most.div_ceil(1_000_000)
                ),
            ));
        }
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Error::new(
                ErrorKind::Deadline,
                "the search took longer than its time limit; ask a narrower question, or allow more time",
            ));
        }
        Ok(())
    }

    /// Steps in the account. Those of clones are in it once they have checked.
    #[cfg(test)]
    pub(crate) fn taken(&self) -> u64 {
        self.account.taken.load(Ordering::Relaxed) + self.pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_draw_on_one_account() {
        let mut one = Interrupt::new(CancelFlag::default(), None, Account::new(100));
        let mut other = one.clone();
        one.charge(60).unwrap();
        one.look().unwrap();
        other.charge(60).unwrap();
        assert_eq!(other.look().unwrap_err().kind(), ErrorKind::OverLimit);
        assert_eq!(one.look().unwrap_err().kind(), ErrorKind::OverLimit);
        assert_eq!(one.taken(), 120);
    }

    #[test]
    fn work_that_is_charged_elsewhere_can_be_stopped() {
        let flag = CancelFlag::default();
        let mut interrupt = Interrupt::new(flag.clone(), None, Account::new(1));
        assert!((0..10 * CALLS).all(|_| interrupt.check().is_ok()));
        assert_eq!(interrupt.taken(), 0);
        flag.cancel();
        assert!((0..CALLS).any(|_| interrupt.check().is_err()));
    }
}
