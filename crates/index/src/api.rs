//! The public handles. Each file lists the methods of one handle; each method is one call into `answer`, `search`, `ingest`
//! or `store`.

pub(crate) mod codebook;
pub(crate) mod index;
pub(crate) mod snapshot;
