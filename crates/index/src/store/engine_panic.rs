//! What the engine does with damaged files, kept from whoever searches.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Result};

/// Runs what reads the index. The engine takes what is in its files for granted, and panics where it makes no sense;
/// looking at their checksums each time would cost more than most searches.
pub(crate) fn catch_engine_panic<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Error::damaged("the index is damaged: its files make no sense")))
}
