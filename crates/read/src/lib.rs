//! Reads files into blocks: headings, paragraphs, list items, cells and notes, each with its page.
//!
//! This crate knows formats and nothing of inspections. [`Readers`] finds the [`Reader`] for a file, and the
//! reader gives a [`Document`]: [`Block`]s of [`Line`]s in reading order, as the format itself tells them,
//! with warnings about what could not be read.
//!
//! ```
//! use std::path::Path;
//! use quotable_read::{Budget, Readers};
//!
//! let readers = Readers::default();
//! let document = readers.read(Path::new("visit.txt"), b"1. Leaders know the service well.", &Budget::default())?;
//! assert_eq!(document.blocks[0].text(), "1. Leaders know the service well.");
//! # Ok::<(), quotable_read::ReadError>(())
//! ```
//!
//! A reader never panics and never hangs on purpose: it looks at its [`Budget`] wherever the length of a loop
//! is the file's choice. What a reader cannot hold back (a decompressor that fills the memory) is for the
//! caller, who may run it in a process of its own.

mod block;
mod budget;
mod bullet;
#[cfg(test)]
mod contract;
mod document;
#[cfg(feature = "docx")]
mod docx;
mod encoding;
mod error;
#[cfg(feature = "html")]
mod html;
#[cfg(any(feature = "docx", feature = "html"))]
mod inline_text;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(any(feature = "docx", feature = "html"))]
mod number_format;
#[cfg(feature = "pdf")]
mod pdf;
mod reader;
mod readers;
mod sniff;
#[cfg(any(feature = "docx", feature = "html"))]
mod table_grid;
#[cfg(test)]
mod template;
mod text;

pub use block::{Block, BlockKind, Line, Look};
pub use budget::Budget;
pub use bullet::{is_bullet, is_dash, opens_with_bullet};
pub use document::{Document, Warning};
#[cfg(feature = "docx")]
pub use docx::Docx;
pub use error::{ReadError, ReadErrorKind};
#[cfg(feature = "html")]
pub use html::Html;
#[cfg(feature = "markdown")]
pub use markdown::Markdown;
#[cfg(feature = "pdf")]
pub use pdf::{BlocksBy, Pdf};
pub use reader::Reader;
pub use readers::Readers;
pub use text::PlainText;
