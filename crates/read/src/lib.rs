#![doc = include_str!("../README.md")]

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
mod page_labels;
#[cfg(feature = "pdf")]
mod pdf;
mod processor_clock;
mod reader;
mod readers;
mod regular_file;
mod sniff;
#[cfg(any(feature = "docx", feature = "html"))]
mod table_grid;
#[cfg(test)]
mod template;
mod text;
mod text_gap;

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
pub use page_labels::{LabelRange, LabelStyle, PageLabels};
#[cfg(feature = "pdf")]
pub use pdf::{BlocksBy, Pdf};
pub use reader::Reader;
pub use readers::Readers;
pub use regular_file::open_regular;
pub use text::PlainText;
