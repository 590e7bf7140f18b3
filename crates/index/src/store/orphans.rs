//! What a writer that did not come to its end left in the folder of an index.
//!
//! The engine keeps a list of its files and clears away those that no commit names. It does not know of the small
//! files that were still being written, and its list may be older than the folder; so the folder itself is asked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::IndexMeta;

use crate::store::commit::MANAGED;
use crate::store::directory::UNFINISHED;
use crate::store::summary::SummaryKey;

/// Files that are the engine's by their names and belong neither to a segment of the commit nor to its summary. While somebody writes, what he
/// is writing is among them: only under the lock is it sure that nobody needs them.
pub(crate) fn find(folder: &Path, commit: &IndexMeta) -> io::Result<Vec<PathBuf>> {
    let mut needed = commit.list_segment_files();
    needed.insert(SummaryKey::of(commit).file());
    let mut left = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = PathBuf::from(entry?.file_name());
        if is_engines(&name) && !needed.contains(&name) {
            left.push(folder.join(name));
        }
    }
    Ok(left)
}

/// Deletes them, as far as that can be done: what stays is in nobody's way. To be called under the lock.
pub(crate) fn clear(folder: &Path, commit: &IndexMeta) {
    for file in find(folder, commit).unwrap_or_default() {
        let _ = fs::remove_file(file);
    }
}

/// Deletes every file of an engine that keeps no commit any more. To be called under the lock.
pub(crate) fn clear_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if is_engines(&name) || name == Path::new(MANAGED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A small file not yet whole, or a segment's or a summary: 32 hexadecimal digits, a dot, and what of it the file holds.
fn is_engines(name: &Path) -> bool {
    const DIGITS: usize = 32;
    let Some(name) = name.to_str() else { return false };
    let is_segment = name.as_bytes().get(DIGITS) == Some(&b'.')
        && name.bytes().take(DIGITS).all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_segment || name.ends_with(UNFINISHED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_with_the_engines_names_are_its_own() {
        for name in [
            "3743861702ea458ea59d3ed37903727b.fast",
            "579dd1edd21346b8bf8b4ac55865d31d.37.del",
            "579dd1edd21346b8bf8b4ac55865d31d.summary",
        ] {
            assert!(is_engines(Path::new(name)), "{name}");
        }
        assert!(is_engines(Path::new("meta.json.unfinished.tmp")));
        let others = [
            "meta.json",
            ".managed.json",
            "lock",
            "corpus",
            "report.fast",
            "3743861702ea458ea59d3ed37903727b",
        ];
        for name in others {
            assert!(!is_engines(Path::new(name)), "{name}");
        }
    }
}
