//! From files to the store: walk, read, refresh, write.

pub(crate) mod batch;
pub(crate) mod options;
pub(crate) mod pipeline;
pub(crate) mod reading;
pub(crate) mod refresh;
pub(crate) mod settings;
pub(crate) mod walk;
pub mod worker;
pub(crate) mod writer;
