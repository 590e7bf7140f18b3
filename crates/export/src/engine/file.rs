//! Files of an export: counted and hashed while they are written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ExportError;

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportedFile {
    /// Its path below the folder of the export, with `/`.
    pub path: String,
    /// What its rows are: the name of a table, `deletes`, or `index`.
    pub table: String,
    /// The number of the part that it belongs to. Parts of one run follow one another.
    pub part: u64,
    /// The number of the run that wrote it: 1 for the first export into the folder.
    pub run: u64,
    /// How many rows it has.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// The BLAKE3 hash of its bytes, in hexadecimal digits.
    pub blake3: String,
}

/// A file that is being written.
pub(super) struct Output {
    inner: BufWriter<File>,
    hasher: blake3::Hasher,
    bytes: u64,
    path: PathBuf,
}

impl Output {
    /// Creates the file and the folders above it; an older one is replaced.
    pub(super) fn create(path: PathBuf) -> Result<Self, ExportError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(ExportError::file(folder))?;
        }
        let file = File::create(&path).map_err(ExportError::file(&path))?;
        Ok(Self {
            inner: BufWriter::with_capacity(1 << 18, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
            path,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes so far.
    pub(super) fn len(&self) -> u64 {
        self.bytes
    }

    /// Makes sure that the file is on the disk. Returns its size and hash.
    pub(super) fn finish(self) -> Result<(u64, String), ExportError> {
        let Self { inner, hasher, bytes, path } = self;
        let file =
            inner.into_inner().map_err(io::IntoInnerError::into_error).map_err(ExportError::file(&path))?;
        file.sync_all().map_err(ExportError::file(&path))?;
        Ok((bytes, hasher.finalize().to_hex().to_string()))
    }
}

impl Write for Output {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.hasher.update(buffer.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
