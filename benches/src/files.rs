//! Folders: listing, loading, size, and dropping them from the page cache.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use quotable_testkit::TestFile;

/// Every file under a folder, without hidden files and folders, sorted by path.
///
/// # Errors
/// If a folder cannot be listed.
pub fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Loads every file under a folder, under a number and its own extension as the name.
///
/// # Errors
/// If a folder cannot be listed or a file cannot be read.
pub fn load_files(folder: &Path) -> io::Result<Vec<TestFile>> {
    let load = |(number, path): (usize, PathBuf)| {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        Ok(TestFile::new(format!("{number}.{extension}"), fs::read(&path)?))
    };
    files_in(folder)?.into_iter().enumerate().map(load).collect()
}

/// The size of the files directly in a folder, in bytes.
///
/// # Errors
/// If the folder cannot be listed.
pub fn folder_size(folder: &Path) -> io::Result<u64> {
    let sizes = fs::read_dir(folder)?.map(|entry| entry?.metadata());
    sizes.map(|metadata| metadata.map(|metadata| metadata.len())).sum()
}

/// Drops the files directly in a folder from the page cache, with GNU `dd`. False where that is not possible.
pub fn drop_from_page_cache(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().all(|entry| {
        let mut dd = Command::new("dd");
        dd.arg(format!("if={}", entry.path().display())).args(["iflag=nocache", "count=0"]);
        dd.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    })
}
