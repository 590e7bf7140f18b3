#![doc = include_str!("../README.md")]

#[cfg(any(feature = "docx", feature = "epub", feature = "odt"))]
mod archive;
mod block;
mod budget;
mod bullet;
#[cfg(test)]
mod contract;
mod document;
#[cfg(feature = "docx")]
mod docx;
mod encoding;
#[cfg(feature = "epub")]
mod epub;
mod error;
#[cfg(any(feature = "docx", feature = "pdf"))]
mod form_sign;
#[cfg(feature = "html")]
mod html;
#[cfg(any(feature = "docx", feature = "html", feature = "odt", feature = "rtf"))]
mod inline_text;
#[cfg(feature = "mail")]
mod mail;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(feature = "mail")]
mod mime;
#[cfg(any(feature = "docx", feature = "html", feature = "odt"))]
mod number_format;
mod number_words;
#[cfg(feature = "odt")]
mod odt;
mod page_labels;
#[cfg(feature = "pdf")]
mod pdf;
mod processor_clock;
mod reader;
mod readers;
mod recognised;
mod regular_file;
#[cfg(feature = "rtf")]
mod rtf;
mod sniff;
#[cfg(any(feature = "docx", feature = "html", feature = "odt", feature = "rtf"))]
mod table_grid;
#[cfg(test)]
mod template;
mod text;
mod text_gap;
#[cfg(feature = "mail")]
mod web_archive;
#[cfg(any(feature = "docx", feature = "epub", feature = "odt"))]
mod xml;

pub use block::{Block, BlockKind, Line, Look};
pub use budget::Budget;
pub use bullet::{is_bullet, is_dash, opens_with_bullet};
pub use document::{Document, Warning};
#[cfg(feature = "docx")]
pub use docx::Docx;
#[cfg(feature = "epub")]
pub use epub::Epub;
pub use error::{ReadError, ReadErrorKind};
#[cfg(feature = "html")]
pub use html::Html;
#[cfg(feature = "mail")]
pub use mail::Mail;
#[cfg(feature = "markdown")]
pub use markdown::Markdown;
#[cfg(feature = "odt")]
pub use odt::Odt;
pub use page_labels::{LabelRange, LabelStyle, PageLabels};
#[cfg(feature = "pdf")]
pub use pdf::{BlocksBy, Pdf, PrintedLetter, PrintedPage, ScannedPage, pages_without_text};
pub use reader::Reader;
pub use readers::Readers;
pub use recognised::RecognisedPage;
pub use regular_file::open_regular;
#[cfg(feature = "rtf")]
pub use rtf::Rtf;
pub use text::PlainText;
#[cfg(feature = "mail")]
pub use web_archive::WebArchive;
