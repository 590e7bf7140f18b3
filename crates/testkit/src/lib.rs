//! Input for tests and benches, generated from a seed: hostile files, random corpora, and the random generator they
//! share.
//!
//! [`crafted_files`] are written by hand to attack a reader: reference cycles, decompression bombs, false lengths, deep
//! nesting. [`CorruptedFiles`] damages good files at random. [`corpus`] generates reports of any number. The same seed
//! gives the same bytes on every machine, so nothing generated is kept in the repository.

pub mod corpus;
mod corrupted;
mod crafted;
mod file;
mod format_tokens;
pub mod fuzz;
mod pictured;
mod random;

pub use corrupted::CorruptedFiles;
pub use crafted::crafted_files;
pub use crafted::docx::docx_archive;
pub use crafted::docx::docx_archive as zip_archive;
pub use crafted::pdf::deeply_nested_pdf;
pub use file::TestFile;
pub use format_tokens::format_tokens;
pub use pictured::{grey_picture, pdf_with_pictures};
pub use random::Random;
