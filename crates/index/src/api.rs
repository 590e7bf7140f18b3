//! The handles that callers hold. Each file shows all that one handle can do; the work is done in the rooms below.

pub(crate) mod codebook;
pub(crate) mod index;
pub(crate) mod snapshot;
