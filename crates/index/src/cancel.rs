//! A flag by which one thread stops the work of another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks a search or a refresh in another thread to stop. Clones share the flag.
#[derive(Debug, Clone, Default)]
pub struct CancelFlag(Arc<AtomicBool>);

impl CancelFlag {
    /// A flag that is not raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Raises the flag, for good.
    pub fn cancel(&self) {
        // Relaxed: the flag guards no other memory, and a stop that is seen a little later is fine.
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once the flag is raised.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
