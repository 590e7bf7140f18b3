//! Work that several threads share.

use std::num::NonZero;
use std::thread;

use crate::error::{Error, Result};

/// The most threads. Counting is bound by memory: more than a few gain nothing.
const MOST_THREADS: usize = 4;
/// Items below which another thread costs more than it saves.
const FEW_ITEMS: usize = 1 << 16;

/// How many threads to share the work on so many items.
pub(crate) fn threads_for(items: usize) -> usize {
    if items < FEW_ITEMS { 1 } else { threads() }
}

/// How many threads to share work that is worth it.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS)
}

/// Runs `work` in so many threads, this one among them, each with its number from 0, and returns their results in order.
pub(crate) fn in_threads<T: Send>(
    threads: usize,
    work: impl Fn(usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = (1..threads).map(|thread| scope.spawn(move || work(thread))).collect();
        let own = work(0);
        let panicked = |_| Err(Error::damaged("one of its parts cannot be read"));
        let others = others.into_iter().map(|other| other.join().unwrap_or_else(panicked));
        std::iter::once(own).chain(others).collect()
    })
}
