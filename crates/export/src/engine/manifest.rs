//! The manifest of an export: which files belong to it, which version of each report they hold, and what all of it adds up to.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use quotable_index::Status;
use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::file::ExportedFile;

/// The name of the manifest in the folder of the export.
pub const MANIFEST: &str = "manifest.json";
/// Where files are written before they belong to the export.
pub(super) const STAGING: &str = ".staging";

/// What an export consists of. It is written last: the files that it names are the export, whatever else is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// 1. While it is 1, fields are only added.
    pub schema: u32,
    /// What the rows were made by. An export by others is not continued.
    #[serde(flatten)]
    pub settings: ExportSettings,
    /// The version of the program that wrote it last.
    pub version: String,
    /// How many exports into this folder wrote anything.
    pub run: u64,
    /// The number of the next part.
    pub next_part: u64,
    /// The state of the index that the export equals.
    pub commit: ExportCommit,
    /// False if files of the corpus were still to be read, or could not be read.
    pub complete: bool,
    /// How much is exported.
    pub counts: ExportCounts,
    /// The files, run by run and part by part.
    pub files: Vec<ExportedFile>,
    /// The reports.
    pub reports: Vec<ExportedReport>,
}

/// What decides how the rows of a report come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportSettings {
    /// `parquet`, `jsonl`, `quickwit` or `opensearch`.
    pub format: String,
    /// The version of the columns.
    pub columns: u32,
    /// The version of the rules by which text is cut into words.
    pub analyser: u32,
    /// A hash of the code book by which paragraphs have themes.
    pub codebook: String,
    /// The file or folder of the corpus that is exported; `None` for the whole.
    pub within: Option<String>,
}

/// A state of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportCommit {
    /// The hash of the corpus.
    pub corpus_hash: String,
    /// The number of the commit.
    pub generation: u64,
    /// When it was made, in seconds since 1970, UTC; 0 before the first.
    pub committed: u64,
}

impl ExportCommit {
    pub(super) fn of(status: &Status) -> Self {
        Self {
            corpus_hash: status.corpus_hash.clone(),
            generation: status.generation,
            committed: status.committed.map_or(0, |moment| moment.seconds()),
        }
    }
}

/// Sums over all that is exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportCounts {
    /// Reports.
    pub reports: u64,
    /// Paragraphs, with rows of tables and footnotes.
    pub paragraphs: u64,
    /// Paragraphs that are searched unasked.
    pub searched: u64,
    /// The words of those.
    pub words: u64,
    /// Files that are copies of another, which are not exported.
    pub copies: u64,
    /// Files that could not be read.
    pub unread: u64,
}

/// A report of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportedReport {
    /// The stable id.
    pub id: String,
    /// The path, relative to the corpus.
    pub path: String,
    /// A hash of all that is exported of it.
    pub version: String,
    /// The part that holds it.
    pub part: u64,
    /// Its paragraphs, with rows of tables and footnotes.
    pub paragraphs: u64,
    /// Its paragraphs that are searched unasked.
    pub searched: u64,
    /// The words of those.
    pub words: u64,
}

impl Manifest {
    /// Reads the manifest of a folder; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be read, or is not one.
    pub fn read(folder: &Path) -> Result<Option<Self>, ExportError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ExportError::File { path, error }),
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| {
            let message = format!("{MANIFEST} is not the manifest of an export ({error})");
            ExportError::folder(folder, message, "name another folder, or delete this one and export again")
        })
    }

    /// Replaces the manifest of a folder. From then on, the files that it names are the export.
    pub(super) fn write(&self, folder: &Path) -> Result<(), ExportError> {
        let path = folder.join(".manifest.json.new");
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(std::io::Error::from)
            .map_err(ExportError::file(&path))?;
        text.push(b'\n');
        let mut file = File::create(&path).map_err(ExportError::file(&path))?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(ExportError::file(&path))?;
        fs::rename(&path, folder.join(MANIFEST)).map_err(ExportError::file(&path))
    }

    /// Makes the folder hold exactly the files of the manifest: moves those that still wait to their places, and deletes
    /// those of earlier exports. Done again after it was interrupted, it ends the same.
    ///
    /// # Errors
    /// If a file is nowhere, or of another size.
    pub(super) fn settle(&self, folder: &Path) -> Result<(), ExportError> {
        for file in &self.files {
            let (place, waiting) = (folder.join(&file.path), folder.join(STAGING).join(&file.path));
            if waiting.exists() {
                if let Some(parent) = place.parent() {
                    fs::create_dir_all(parent).map_err(ExportError::file(parent))?;
                }
                fs::rename(&waiting, &place).map_err(ExportError::file(&place))?;
            }
            let size = fs::metadata(&place).map(|metadata| metadata.len()).ok();
            if size != Some(file.bytes) {
                let message = match size {
                    None => format!("{} is missing", file.path),
                    Some(size) => format!("{} has {size} bytes and should have {}", file.path, file.bytes),
                };
                return Err(ExportError::folder(folder, message, "export into a new folder"));
            }
        }
        self.delete_others(folder)
    }

    /// Deletes files of exports that the manifest does not name. Files of other names are left alone.
    fn delete_others(&self, folder: &Path) -> Result<(), ExportError> {
        let named: BTreeSet<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        let folders: BTreeSet<&str> = self
            .files
            .iter()
            .filter_map(|file| file.path.rsplit_once('/'))
            .map(|(parent, _)| parent)
            .collect();
        for parent in folders {
            let place = folder.join(parent);
            for entry in fs::read_dir(&place).map_err(ExportError::file(&place))? {
                let entry = entry.map_err(ExportError::file(&place))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with("part-") && !named.contains(format!("{parent}/{name}").as_str()) {
                    fs::remove_file(entry.path()).map_err(ExportError::file(&entry.path()))?;
                }
            }
        }
        Ok(())
    }
}
