//! The index on disk: schema, documents, lexicon, commits, locks.
//!
//! tantivy keeps the inverted index, columns and stored documents of every segment. This room decides which documents
//! and fields there are, reads one commit as a [`State`](state::State), and keeps readers and writers of several
//! processes apart. Nothing here knows of queries.

pub(crate) mod boilerplate;
pub(crate) mod commit;
mod copies;
pub(crate) mod copy;
pub(crate) mod directory;
pub(crate) mod document;
pub(crate) mod engine_panic;
pub(crate) mod entry;
pub(crate) mod fingerprint;
mod hash;
pub(crate) mod kept_documents;
pub(crate) mod kept_sums;
pub(crate) mod keyword;
pub(crate) mod lexicon;
pub(crate) mod lock;
pub(crate) mod open;
mod orphans;
pub(crate) mod ownership;
pub(crate) mod packed_tokens;
mod packing;
pub(crate) mod pairs;
pub(crate) mod readable_by;
pub(crate) mod record;
pub(crate) mod schema;
pub(crate) mod shared_document;
pub(crate) mod sources;
pub(crate) mod state;
mod stored_bytes;
mod summary;
mod text_print;
pub(crate) mod tokens;
pub(crate) mod verify;
pub(crate) mod vocabulary;
pub(crate) mod word_counts;
