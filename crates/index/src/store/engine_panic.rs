//! Panics of tantivy, turned into errors.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Result};

/// Runs a closure that reads the index, and turns a panic into an error of kind
/// [`Damaged`](crate::error::ErrorKind::Damaged).
///
/// tantivy trusts its files and panics on bytes that cannot be. Every byte that it reads has the right checksum, so only
/// a forged index or a fault of ours can make it panic.
pub(crate) fn catch_engine_panic<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Error::damaged("one of its files holds bytes that cannot be read")))
}
