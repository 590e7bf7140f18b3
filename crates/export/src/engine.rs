//! A corpus for the engines of others: its paragraphs with their citations as Parquet for DuckDB, pandas and Spark, as documents
//! for Quickwit and OpenSearch, or as lines of JSON. `ENGINES.md` says when to use which, and how to load it.
//!
//! What decides whether counts there equal ours is the column `words`: the folded words of a paragraph with single spaces
//! between. An engine that splits it at spaces has our words, at our places.

mod columns;
mod data;
mod document;
mod error;
mod export;
mod file;
mod format;
mod index_file;
mod manifest;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod plan;
mod staging;
mod value;
mod versioned;

pub use self::columns::{ExportColumn, ExportTable};
pub use self::error::ExportError;
pub use self::export::{ExportOptions, ExportProgress, Exported, export};
pub use self::file::ExportedFile;
pub use self::format::EngineFormat;
pub use self::index_file::INDEX_NAME;
pub use self::manifest::{ExportCommit, ExportCounts, ExportSettings, ExportedReport, MANIFEST, Manifest};
pub use self::value::ColumnType;
