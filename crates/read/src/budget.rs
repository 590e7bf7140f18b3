//! Limits on the time, memory and nesting that reading one file may take.

use std::time::{Duration, Instant};

use crate::processor_clock::ProcessorClock;

/// Limits for reading one file. A reader that reaches one stops with
/// [`OverBudget`](crate::error::ReadErrorKind::OverBudget).
///
/// Time is checked cooperatively: each reader calls [`is_over`](Self::is_over) in loops whose length the file
/// decides. Nothing interrupts a decoder that does not return; run the reader in a process of its own for that.
///
/// On Unix, time is the processor time of the thread that [started](Self::start) the clock: a program that was stopped,
/// a machine that slept or one that was busy with other work has not used up a file's time. Elsewhere it is wall-clock
/// time. A reader that waits, for another program or for a network, uses no processor time and needs a clock of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budget {
    /// Processor time for one file; wall-clock time where the system does not count processor time.
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
    /// Started together with the wall clock.
    pub(crate) processor: Option<ProcessorClock>,
}

impl Default for Budget {
    /// 30 seconds, 512 MiB of input, 64 MiB of text, 64 levels: over ten times the largest report seen.
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            input: 512 << 20,
            output: 64 << 20,
            nesting: 64,
            started: None,
            processor: None,
        }
    }
}

impl Budget {
    /// This budget with its clock started now, unless it runs already.
    #[must_use]
    pub fn start(mut self) -> Self {
        if self.started.is_none() {
            self.started = Some(Instant::now());
            self.processor = ProcessorClock::start();
        }
        self
    }

    /// True once the time is used up. Always false before [`start`](Self::start).
    ///
    /// On another thread than the one that started the clock, the processor time is that of the whole process, and time
    /// is over no later than it would be by the threads' own. A clock started by setting `started` is a wall clock.
    pub fn is_over(&self) -> bool {
        // No thread uses more processor time than has passed, and the wall clock is the cheaper one to look at.
        self.started.is_some_and(|started| started.elapsed() > self.time)
            && self.processor.and_then(|clock| clock.elapsed()).is_none_or(|used| used > self.time)
    }
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::thread;

    use super::*;

    const TIME: Duration = Duration::from_millis(40);

    fn work_until(is_over: impl Fn() -> bool) {
        let began = Instant::now();
        while !is_over() {
            assert!(began.elapsed() < Duration::from_secs(60), "the time is never over");
            (0..10_000).for_each(|number| {
                black_box(number);
            });
        }
    }

    #[test]
    fn time_is_over_once_the_work_has_taken_it() {
        let budget = Budget { time: TIME, ..Budget::default() };
        assert!(!budget.is_over(), "the clock does not run");
        let budget = budget.start();
        work_until(|| budget.is_over());
        assert!(budget.started.is_some_and(|started| started.elapsed() > TIME));
        // A second start changes nothing.
        assert!(budget.start().is_over());
    }

    /// As while the process is stopped, or the machine sleeps.
    #[cfg(unix)]
    #[test]
    fn time_without_work_is_not_counted() {
        let budget = Budget { time: TIME, ..Budget::default() }.start();
        thread::sleep(TIME * 3);
        assert!(!budget.is_over());
        work_until(|| budget.is_over());
    }

    #[test]
    fn another_thread_sees_time_end() {
        let budget = Budget { time: TIME, ..Budget::default() }.start();
        thread::scope(|scope| {
            scope.spawn(|| work_until(|| budget.is_over()));
        });
    }

    #[test]
    fn a_clock_set_by_hand_is_a_wall_clock() {
        let budget = Budget { time: TIME, started: Some(Instant::now()), ..Budget::default() };
        thread::sleep(TIME * 2);
        assert!(budget.is_over());
    }
}
