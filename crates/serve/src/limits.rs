//! When the work for a request must end.

use std::time::Instant;

use quotable::CancelFlag;

/// When the work for a request must end.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Raised when the client has gone.
    pub(crate) cancel: CancelFlag,
    pub(crate) deadline: Instant,
}
