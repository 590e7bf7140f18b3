//! The commit file: the program and version that wrote the index, and its state.
//!
//! tantivy keeps the commit in `meta.json`, with a payload from its user: [`CommitInfo`]. Payload and schema are
//! checked before tantivy opens the index, so that an index of another version or another program is refused for that
//! reason and not as damaged.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use tantivy::schema::Schema;

use crate::error::{Error, ErrorKind, Result};
use crate::moment::Moment;
use crate::store::packed_tokens;
use crate::store::schema::{FORMAT, Fields};

/// The name of tantivy's commit file.
pub(super) const COMMIT: &str = "meta.json";
/// The name of the file in which tantivy lists its files.
pub(super) const MANAGED: &str = ".managed.json";

/// The payload of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitInfo {
    /// See [`FORMAT`].
    pub(crate) format: u32,
    /// The version of the analyser that tokenised the text.
    pub(crate) analyser: u32,
    /// Number of commits so far.
    pub(crate) generation: u64,
    /// When the commit was made; the beginning of 1970 before the first.
    pub(crate) committed: Moment,
    /// True if every file that the last refresh found has been read.
    pub(crate) complete: bool,
    /// True if the index may be read by users who may not read all of its sources.
    pub(crate) shared: bool,
}

impl CommitInfo {
    /// The payload of an index without a commit.
    pub(crate) fn new() -> Self {
        let analyser = packed_tokens::VERSION;
        Self {
            format: FORMAT,
            analyser,
            generation: 0,
            committed: Moment::default(),
            complete: false,
            shared: false,
        }
    }

    /// Reads the payload of a commit. Fails for those of other versions.
    pub(super) fn read(payload: Option<&str>) -> Result<Self> {
        let Some(payload) = payload else { return Ok(Self::new()) };
        Versions::of(payload).map_or_else(|| Err(older()), Versions::check)?;
        serde_json::from_str(payload)
            .map_err(|error| Error::damaged("meta.json holds a payload that cannot be read").because(error))
    }
}

/// The fields of the payload that every version can read of every other. Compared by format, then by analyser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Versions {
    format: u32,
    analyser: u32,
}

impl Versions {
    /// `None` if the payload is of the time before it had versions.
    fn of(payload: &str) -> Option<Self> {
        serde_json::from_str(payload).ok()
    }

    /// Fails unless both are of this version.
    fn check(self) -> Result<()> {
        match self.cmp(&Self { format: FORMAT, analyser: packed_tokens::VERSION }) {
            Ordering::Equal => Ok(()),
            Ordering::Less => Err(older()),
            Ordering::Greater => Err(Error::new(
                ErrorKind::NewerFormat,
                "the index was written by a newer version of this program; update the program, or rebuild the index",
            )),
        }
    }
}

/// The error for an index that an older version wrote.
pub(super) fn older() -> Error {
    Error::new(
        ErrorKind::OlderFormat,
        "the index was written by an older version of this program; rebuild it from its sources",
    )
}

/// The fields of tantivy's commit file that tell whose index it is.
#[derive(Debug, Deserialize)]
struct CommitFile {
    schema: Vec<NamedField>,
    payload: Option<String>,
}

#[derive(Debug, Deserialize)]
struct NamedField {
    name: String,
}

/// Checks by its commit file that an index is of this program and this version. Returns true if the file has a payload,
/// which every commit of this program writes. A file that is not JSON passes: tantivy then reports the damage.
pub(super) fn check_owner(commit_file: &[u8]) -> Result<bool> {
    /// Fields that every version had.
    const OURS: [&str; 4] = ["text", "key", "entry", "record"];
    let Ok(commit) = serde_json::from_slice::<CommitFile>(commit_file) else { return Ok(false) };
    let is_ours = OURS.iter().all(|ours| commit.schema.iter().any(|field| field.name == *ours));
    if !is_ours {
        let message = "the folder holds the index of another program; name another folder";
        return Err(Error::new(ErrorKind::Foreign, message));
    }
    match commit.payload.as_deref() {
        None => Ok(false),
        Some(payload) => Versions::of(payload).map_or_else(|| Err(older()), Versions::check).map(|()| true),
    }
}

/// Checks the schema of an index that [`check_owner`] let pass.
pub(super) fn check_schema(schema: &Schema, fields: &Fields, has_payload: bool) -> Result<()> {
    match (*schema == fields.schema, has_payload) {
        (true, _) => Ok(()),
        // The payload is of this version, so the schema should be too.
        (false, true) => Err(Error::damaged("meta.json holds fields that are not those of its version")),
        // Created by an older version, which never committed to it.
        (false, false) => Err(older()),
    }
}
