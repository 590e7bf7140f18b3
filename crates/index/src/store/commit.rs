//! What a commit says of itself, and whether this program may read it.
//!
//! tantivy keeps the commit in `meta.json` with a payload of ours: [`CommitInfo`]. The payload and the schema are read
//! before tantivy opens the index, so that an index of another version or another program is refused with the
//! right reason and not as damage.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use tantivy::schema::Schema;

use crate::error::{Error, ErrorKind, Result};
use crate::moment::Moment;
use crate::store::packed_tokens;
use crate::store::schema::{FORMAT, Fields};

/// The engine's commit file.
pub(crate) const COMMIT: &str = "meta.json";
/// The file in which the engine keeps a list of its files.
pub(crate) const MANAGED: &str = ".managed.json";

/// What a commit says of itself, in the engine's own commit file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitInfo {
    /// See [`FORMAT`].
    pub(crate) format: u32,
    /// The version of the analyser that cut the words.
    pub(crate) analyser: u32,
    /// Rises with every commit.
    pub(crate) generation: u64,
    /// When the commit was made; zero seconds before the first.
    pub(crate) committed: Moment,
    /// Whether every file that a refresh found has been read.
    pub(crate) complete: bool,
}

impl CommitInfo {
    /// The seal of an index to which nothing was ever committed.
    pub(crate) fn new() -> Self {
        let analyser = packed_tokens::VERSION;
        Self { format: FORMAT, analyser, generation: 0, committed: Moment::default(), complete: false }
    }

    /// Reads the seal of a commit; refuses those of other versions.
    pub(crate) fn read(payload: Option<&str>) -> Result<Self> {
        let Some(payload) = payload else { return Ok(Self::new()) };
        Versions::of(payload).map_or_else(|| Err(older()), Versions::check)?;
        serde_json::from_str(payload)
            .map_err(|error| Error::damaged("the commit record of the index could not be read").because(error))
    }
}

/// The part of a seal that every version can read of every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Versions {
    format: u32,
    analyser: u32,
}

impl Versions {
    /// `None` for what is no seal.
    fn of(payload: &str) -> Option<Self> {
        serde_json::from_str(payload).ok()
    }

    /// Refuses those of other versions.
    fn check(self) -> Result<()> {
        match self.cmp(&Self { format: FORMAT, analyser: packed_tokens::VERSION }) {
            Ordering::Equal => Ok(()),
            Ordering::Less => Err(older()),
            Ordering::Greater => Err(Error::new(
                ErrorKind::NewerFormat,
                "the index was written by a newer version; update this program, or rebuild the index",
            )),
        }
    }
}

/// What is said of an index that an older version wrote.
pub(crate) fn older() -> Error {
    Error::new(
        ErrorKind::OlderFormat,
        "the index was written by an older version; rebuild it from its sources",
    )
}

/// What is looked at of a commit file before the engine is.
#[derive(Debug, Deserialize)]
struct CommitFile {
    schema: Vec<NamedField>,
    payload: Option<String>,
}

#[derive(Debug, Deserialize)]
struct NamedField {
    name: String,
}

/// Looks in a commit file whose index it is: refuses those of other versions, and of other programs. Gives whether it has
/// a seal. What cannot be read at all is left to the engine.
pub(crate) fn check_owner(commit_file: &[u8]) -> Result<bool> {
    /// Fields that every version had.
    const OURS: [&str; 4] = ["text", "key", "entry", "record"];
    let Ok(commit) = serde_json::from_slice::<CommitFile>(commit_file) else { return Ok(false) };
    let is_ours = OURS.iter().all(|ours| commit.schema.iter().any(|field| field.name == *ours));
    if !is_ours {
        let message = "the folder holds an index of another program; name another folder";
        return Err(Error::new(ErrorKind::Foreign, message));
    }
    match commit.payload.as_deref() {
        None => Ok(false),
        Some(payload) => Versions::of(payload).map_or_else(|| Err(older()), Versions::check).map(|()| true),
    }
}

/// The engine's schema is of this version, by the seal; so it must be that of this version.
pub(crate) fn check_schema(schema: &Schema, fields: &Fields, has_seal: bool) -> Result<()> {
    match (*schema == fields.schema, has_seal) {
        (true, _) => Ok(()),
        (false, true) => Err(Error::damaged("the index is damaged: its fields are not those of its version")),
        // Made by another version, which never wrote to it.
        (false, false) => Err(older()),
    }
}
