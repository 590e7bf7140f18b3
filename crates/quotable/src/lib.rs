#![doc = include_str!("../README.md")]

mod align;
mod around;
mod batch;
mod best;
mod builder;
pub mod check;
mod chunk;
mod codebook;
mod collect;
mod concordance;
mod copies;
mod count;
pub mod csl;
mod cut;
mod directory;
mod document;
mod entry;
mod error;
mod evaluate;
mod every;
mod expansion;
pub mod explain;
mod facet;
mod failure;
mod fetch;
mod filter;
mod group;
mod guard;
mod hash;
mod hit;
mod id;
mod index;
mod intervals;
mod leftover;
mod lexicon;
mod lock;
mod moment;
mod options;
mod order;
mod pairs;
pub mod path;
mod pipeline;
mod plan;
mod portable;
mod provenance;
mod reading;
mod refresh;
mod schema;
mod score;
mod search;
mod selector;
mod snapshot;
mod source;
mod summary;
mod table;
mod tokenizer;
mod verify;
mod vocabulary;
mod walk;
mod watch;
pub mod worker;
mod writer;

pub use builder::IndexBuilder;
pub use check::{About, Check, CheckOptions, Edit, EditKind, Place, Verdict};
pub use chunk::{Chunk, Chunks};
pub use codebook::{
    Code, CodeBook, CodeKind, Coverage, Evidence, Extent, Label, Passage, Row, Tally, Themes,
};
pub use concordance::{Line, LineSort, Lines, sort_lines};
pub use count::{CountRow, CountTable};
pub use error::{Error, ErrorKind, Result};
pub use explain::Explanation;
pub use facet::Facet;
pub use failure::{Failure, FailureKind};
pub use group::{Group, Groups};
pub use hit::{Counts, Cursor, Every, Hit, Hits, Share};
pub use id::Id;
pub use index::Index;
pub use lock::Holder;
pub use moment::Moment;
pub use options::{Boilerplate, CancelFlag, Progress, ProgressCall, RefreshOptions, SearchOptions, Sort};
pub use provenance::Provenance;
pub use refresh::Refresh;
pub use search::{ReportCount, Search};
pub use selector::Selector;
pub use snapshot::Snapshot;
pub use source::{Origin, Source, Status};
pub use verify::{Flaw, Verification};
pub use writer::Writer;

pub use quotable_query as query;
pub use quotable_read as read;
pub use quotable_report as report;
pub use quotable_report::{Quotation, quotations, quotations_in};

/// The README of the project, whose example must run.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct ProjectReadme;
