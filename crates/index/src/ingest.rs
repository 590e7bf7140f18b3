//! From files to the store: walk through a corpus, read its files, write their reports.
//!
//! [`refresh`] compares a [`walk`] with the index, the [`pipeline`] reads the files that changed, in threads or in
//! [`worker`] processes, with [`ocr`] where pages are pictures, and a [`batch`] writes their reports and commits. [`writer`] writes reports that are no files.

mod batch;
pub(crate) mod found_files;
mod hints;
pub(crate) mod metadata_table;
pub(crate) mod ocr;
pub(crate) mod options;
mod page_picture;
mod pipeline;
mod reading;
mod recognition;
pub(crate) mod refresh;
pub(crate) mod settings;
mod skip;
pub(crate) mod understanding;
mod walk;
pub mod worker;
pub(crate) mod writer;
