//! Parts that are written and do not belong to the export yet: after an interruption, the next export takes them over.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::file::ExportedFile;
use super::manifest::{ExportCommit, ExportSettings, ExportedReport, STAGING};

/// What the waiting parts were written from and for. Parts of another state are thrown away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Purpose {
    pub(super) settings: ExportSettings,
    pub(super) commit: ExportCommit,
    pub(super) run: u64,
    pub(super) first_part: u64,
    pub(super) part_paragraphs: u64,
}

/// A part that is complete.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DonePart {
    pub(super) number: u64,
    pub(super) files: Vec<ExportedFile>,
    pub(super) reports: Vec<ExportedReport>,
}

/// The folder of waiting parts.
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    log: File,
    log_path: PathBuf,
}

impl Staging {
    /// Opens the folder. Returns the parts in it that are complete and serve the same purpose; others are deleted.
    pub(super) fn open(export: &Path, purpose: &Purpose) -> Result<(Self, Vec<DonePart>), ExportError> {
        let folder = export.join(STAGING);
        let log_path = folder.join("progress.jsonl");
        let done = waiting_parts(&folder, &log_path, purpose);
        if done.is_empty() {
            remove(&folder)?;
            fs::create_dir_all(&folder).map_err(ExportError::file(&folder))?;
        }
        // Written anew, since the last line may be cut.
        let mut log = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .open(&log_path)
            .map_err(ExportError::file(&log_path))?;
        let mut text = line(purpose, &log_path)?;
        for part in &done {
            text.extend(line(part, &log_path)?);
        }
        log.write_all(&text).map_err(ExportError::file(&log_path))?;
        Ok((Self { folder, log, log_path }, done))
    }

    /// Notes that a part is complete.
    pub(super) fn note(&mut self, part: &DonePart) -> Result<(), ExportError> {
        let text = line(part, &self.log_path)?;
        self.log
            .write_all(&text)
            .and_then(|()| self.log.sync_data())
            .map_err(ExportError::file(&self.log_path))
    }

    /// Deletes what is left of the folder.
    pub(super) fn remove(export: &Path) -> Result<(), ExportError> {
        remove(&export.join(STAGING))
    }
}

fn remove(folder: &Path) -> Result<(), ExportError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(ExportError::File { path: folder.to_owned(), error })
        }
        _ => Ok(()),
    }
}

fn line(record: &impl Serialize, path: &Path) -> Result<Vec<u8>, ExportError> {
    let mut text =
        serde_json::to_vec(record).map_err(std::io::Error::from).map_err(ExportError::file(path))?;
    text.push(b'\n');
    Ok(text)
}

/// The parts that the log names, up to the first that is not whole.
fn waiting_parts(folder: &Path, log: &Path, purpose: &Purpose) -> Vec<DonePart> {
    let Ok(file) = File::open(log) else { return Vec::new() };
    let mut lines = BufReader::new(file).lines().map_while(Result::ok);
    let same = lines.next().and_then(|line| serde_json::from_str::<Purpose>(&line).ok());
    if same.as_ref() != Some(purpose) {
        return Vec::new();
    }
    let is_whole = |part: &DonePart| {
        part.files.iter().all(|file| {
            fs::metadata(folder.join(&file.path)).is_ok_and(|metadata| metadata.len() == file.bytes)
        })
    };
    lines.map_while(|line| serde_json::from_str(&line).ok()).take_while(is_whole).collect()
}
