//! Whose an index is, as people are told: an index of another user is not written to unasked.

use std::fs;
use std::path::Path;

use quotable::{Index, Ownership};

use crate::error::Error;

/// What keeps an index from being the user's own, in words that follow "the index in FOLDER".
fn fault(ownership: Ownership) -> Option<String> {
    match ownership {
        Ownership::Own => None,
        Ownership::OfAnotherUser { uid } => Some(format!("belongs to another user ({})", user_name(uid))),
        Ownership::Link => Some("is a link to another place".to_owned()),
        _ => Some("can be changed by other users".to_owned()),
    }
}

/// Why an index found in a folder above is not used; `None` if it is the user's own.
pub(crate) fn fault_from_above(index: &Path) -> Option<String> {
    fault(Index::ownership_from_above(index).ok()?)
}

/// Why an index may be read and not written; `None` if it is the user's own or does not exist. A link is left to the
/// library, which says what is wrong with it.
pub(crate) fn fault_of_named(index: &Path) -> Option<String> {
    let ownership = Index::ownership(index).ok()?;
    fault(ownership).filter(|_| ownership != Ownership::Link)
}

/// The error of a command that would write to an index that is not the user's own.
pub(crate) fn not_written(index: &Path, fault: &str) -> Error {
    let what = format!("the index in {} {fault}, so it is not written to", index.display());
    Error::new(what).cure("keep an index of your own elsewhere with --index FOLDER")
}

/// The name of a user, if the system lists it; else the number.
fn user_name(uid: u32) -> String {
    let (number, users) = (uid.to_string(), fs::read_to_string("/etc/passwd").unwrap_or_default());
    let mut fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let found = fields.find(|fields| fields.get(2) == Some(&number.as_str()));
    let name = found.as_ref().and_then(|fields| fields.first()).filter(|name| !name.is_empty());
    name.map_or(format!("number {number}"), |name| (*name).to_owned())
}
