//! Clocks of the processor time that this program has used.

use std::thread::ThreadId;
use std::time::Duration;

/// The processor time that reading a file has taken since this clock started.
///
/// Unlike the time of day, it stands still while the program is stopped, the machine sleeps, or other programs have the
/// processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProcessorClock {
    /// The thread that started the clock.
    thread: ThreadId,
    /// What that thread had used.
    of_thread: Duration,
    /// What all threads of the process together had used.
    of_process: Duration,
}

impl ProcessorClock {
    /// A clock started now; `None` on systems that do not count processor time.
    pub(crate) fn start() -> Option<Self> {
        let thread = std::thread::current().id();
        Some(Self { thread, of_thread: used_by_thread()?, of_process: used_by_process()? })
    }

    /// The time that this thread has used, if it started the clock. Another thread cannot ask for that, and gets the
    /// time that all threads have used, which is at least as long. `None` if the system cannot tell any more.
    pub(crate) fn elapsed(&self) -> Option<Duration> {
        let (now, before) = if std::thread::current().id() == self.thread {
            (used_by_thread()?, self.of_thread)
        } else {
            (used_by_process()?, self.of_process)
        };
        Some(now.saturating_sub(before))
    }
}

/// What a clock has counted, for tests of how long something takes: on a busy machine too. Zero where the system does not
/// count processor time.
#[cfg(test)]
pub(crate) fn used(clock: Option<ProcessorClock>) -> Duration {
    clock.and_then(|clock| clock.elapsed()).unwrap_or_default()
}

#[cfg(unix)]
fn used_by_thread() -> Option<Duration> {
    rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime).try_into().ok()
}

#[cfg(unix)]
fn used_by_process() -> Option<Duration> {
    rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).try_into().ok()
}

#[cfg(not(unix))]
fn used_by_thread() -> Option<Duration> {
    None
}

#[cfg(not(unix))]
fn used_by_process() -> Option<Duration> {
    None
}
