//! Orphans: files in the folder of an index that a killed writer left behind.
//!
//! tantivy lists its files and deletes those that no commit needs. It does not know of small files that were still
//! being written, and after a crash its list may lack files that exist. So orphans are found by listing the folder.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::IndexMeta;

use crate::store::commit::MANAGED;
use crate::store::directory::UNFINISHED;
use crate::store::directory::folder::IndexFolder;
use crate::store::summary::SummaryKey;

/// The names of the files with names of an index that neither a segment of the commit nor its summary needs. While another process
/// writes, its new files are among them: only under the lock are they all orphans.
pub(super) fn find(folder: &IndexFolder, commit: &IndexMeta) -> io::Result<Vec<PathBuf>> {
    let mut needed = commit.list_segment_files();
    needed.insert(SummaryKey::of(commit).file());
    let names = folder.names()?.into_iter().map(PathBuf::from);
    Ok(names.filter(|name| is_index_file(name) && !needed.contains(name)).collect())
}

/// Deletes the orphans. Best effort: errors are ignored. Call under the lock.
pub(super) fn clear(folder: &IndexFolder, commit: &IndexMeta) {
    for name in find(folder, commit).unwrap_or_default() {
        let _ = folder.remove(&name);
    }
}

/// Deletes all files of an index whose commit file is gone. Leaves files with other names. Call under the lock.
pub(super) fn clear_all(folder: &IndexFolder) -> io::Result<()> {
    for name in folder.names()?.into_iter().map(PathBuf::from) {
        if is_index_file(&name) || name == Path::new(MANAGED) {
            folder.remove(&name)?;
        }
    }
    Ok(())
}

/// True for names of small files being written, and of files of segments and summaries: 32 hexadecimal digits, a dot
/// and an extension.
fn is_index_file(name: &Path) -> bool {
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
    fn index_files_are_told_from_others_by_name() {
        for name in [
            "3743861702ea458ea59d3ed37903727b.fast",
            "579dd1edd21346b8bf8b4ac55865d31d.37.del",
            "579dd1edd21346b8bf8b4ac55865d31d.summary",
        ] {
            assert!(is_index_file(Path::new(name)), "{name}");
        }
        assert!(is_index_file(Path::new("meta.json.unfinished.tmp")));
        let others = [
            "meta.json",
            ".managed.json",
            "lock",
            "corpus",
            "report.fast",
            "3743861702ea458ea59d3ed37903727b",
        ];
        for name in others {
            assert!(!is_index_file(Path::new(name)), "{name}");
        }
    }
}
