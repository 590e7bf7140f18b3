#![doc = include_str!("../README.md")]

pub mod bibliography;
mod cell;
pub mod chart;
pub mod check;
pub mod chunk;
pub mod citation;
pub mod collocate;
mod column;
pub mod compare;
pub mod completeness;
pub mod concordance;
pub mod count;
pub mod counts;
pub mod csl;
pub mod csv;
pub mod engine;
pub mod escape;
pub mod example;
mod excerpt;
pub mod fields;
pub mod follow;
mod format;
pub mod hit;
pub mod html;
pub mod jsonl;
pub mod keyword;
pub mod markdown;
pub mod named_query;
pub mod ngram;
pub mod number;
pub mod provenance;
pub mod report;
mod report_label;
pub mod similar;
pub mod source;
pub mod status;
mod table;
pub mod theme;
pub mod translate;
pub mod trend;
pub mod xlsx;

pub use cell::Cell;
pub use excerpt::Excerpt;
pub use format::{Format, Formulas};
pub use table::{Align, Table, TableColumn, TableRow};

/// The fields and columns of every record.
#[doc = include_str!("../FORMATS.md")]
pub mod formats {}
