//! Where results go: standard output, or a file that is complete or not there.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Seek as _, StdoutLock, Write};
use std::path::{Path, PathBuf};

use quotable_export::number::counted;
use quotable_export::xlsx;
use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::pager::{Pager, PagerCommand};

/// Writes results.
pub(crate) struct Output {
    sink: BufWriter<Sink>,
    /// The file that the results belong into; `None` for standard output.
    file: Option<PathBuf>,
    /// The name of the sheet, if the results are rows of which a workbook is made at the end.
    sheet: Option<&'static str>,
}

enum Sink {
    Standard(StdoutLock<'static>),
    /// Standard output on a terminal.
    Paged(Pager),
    /// Something that is written to as it is: a pipe, a device.
    Open(File),
    /// A file beside the one that it becomes at the end.
    Temporary(NamedTempFile),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::Paged(pager) => pager.write(bytes),
            Self::Open(file) => file.write(bytes),
            Self::Temporary(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Paged(pager) => pager.flush(),
            Self::Open(file) => file.flush(),
            Self::Temporary(file) => file.flush(),
        }
    }
}

impl Output {
    /// Opens the file, or standard output, on which results longer than the lines of the screen go through a pager, if one is
    /// given.
    pub(crate) fn open(
        file: Option<&Path>,
        sheet: Option<&'static str>,
        pager: Option<(PagerCommand, usize)>,
    ) -> Result<Self> {
        let is_workbook = sheet.is_some();
        let file = file.filter(|file| *file != Path::new("-"));
        let sink = match file {
            None if is_workbook => Sink::Temporary(NamedTempFile::new().map_err(Error::from)?),
            None => match pager {
                Some((command, height)) => Sink::Paged(Pager::new(io::stdout().lock(), command, height)),
                None => Sink::Standard(io::stdout().lock()),
            },
            // A pipe or a device is no file to replace.
            Some(file) if !is_workbook && fs::metadata(file).is_ok_and(|found| !found.is_file()) => {
                Sink::Open(
                    fs::OpenOptions::new()
                        .write(true)
                        .open(file)
                        .map_err(|error| unwritable(file, &error))?,
                )
            }
            Some(file) => Sink::Temporary(beside(file).map_err(|error| unwritable(file, &error))?),
        };
        Ok(Self { sink: BufWriter::with_capacity(64 << 10, sink), file: file.map(Path::to_owned), sheet })
    }

    /// True while a pager has the screen, on which nothing else may be written.
    pub(crate) fn is_paged(&self) -> bool {
        matches!(self.sink.get_ref(), Sink::Paged(pager) if pager.is_open())
    }

    /// Ends the results. After a command that failed, an unfinished file is removed and one that was there stays as it was.
    /// Returns what did not fit into a workbook, in words.
    pub(crate) fn finish(self, succeeded: bool) -> Result<Option<String>> {
        let Self { sink, file, sheet } = self;
        let sink = match sink.into_inner() {
            Ok(sink) => sink,
            Err(error) => return Err(failed(file.as_deref(), error.error())),
        };
        let written = |error: &io::Error| failed(file.as_deref(), error);
        match sink {
            Sink::Standard(mut out) => out.flush().map_err(Error::from).map(|()| None),
            Sink::Paged(pager) => pager.finish().map_err(Error::from).map(|()| None),
            Sink::Open(mut open) => open.flush().map_err(|error| written(&error)).map(|()| None),
            Sink::Temporary(_) if !succeeded => Ok(None),
            Sink::Temporary(mut rows) if sheet.is_some() => {
                rows.rewind().map_err(|error| written(&error))?;
                let about = concat!("quotable ", env!("CARGO_PKG_VERSION"));
                let mut workbook = match &file {
                    Some(file) => beside(file),
                    None => NamedTempFile::new(),
                }
                .map_err(|error| written(&error))?;
                let shortened =
                    xlsx::write_sheet(BufReader::new(&rows), sheet.unwrap_or_default(), about, &mut workbook)
                        .map_err(|error| written(&error))?;
                match &file {
                    Some(file) => persist(workbook, file)?,
                    None => {
                        workbook.rewind()?;
                        io::copy(&mut workbook, &mut io::stdout().lock())?;
                    }
                }
                Ok(in_words(shortened))
            }
            Sink::Temporary(temporary) => match &file {
                Some(file) => persist(temporary, file).map(|()| None),
                None => Ok(None),
            },
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sink.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// A file beside another one, readable by whom the user's other new files are.
fn beside(file: &Path) -> io::Result<NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(mode);
    builder.prefix(".quotable-").tempfile_in(folder)
}

fn persist(temporary: NamedTempFile, file: &Path) -> Result<()> {
    temporary.persist(file).map(drop).map_err(|error| unwritable(file, &error.error))
}

fn failed(file: Option<&Path>, error: &io::Error) -> Error {
    match file {
        Some(file) => unwritable(file, error),
        None => io::Error::new(error.kind(), error.to_string()).into(),
    }
}

fn unwritable(file: &Path, error: &io::Error) -> Error {
    let name = file.to_string_lossy();
    if file.is_dir() {
        return Error::new(format!("the results could not be written to {name}: it is a folder"))
            .cure("name a file in it, such as results.csv");
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        let folder = folder.to_string_lossy();
        return Error::new(format!(
            "the results could not be written to {name}: there is no folder {folder}"
        ))
        .cure("make the folder first, or name a file in one that exists");
    }
    // The error of a temporary file names that file too.
    let why = error.to_string();
    let why = why.split(" at path ").next().unwrap_or_default();
    Error::new(format!("the results could not be written to {name}: {why}"))
        .cure("name a file in a folder that exists and that you may write to")
}

fn in_words(shortened: xlsx::Shortened) -> Option<String> {
    let rows = (shortened.rows > 0).then(|| {
        format!("{} did not fit into the workbook: use --format csv for all", counted(shortened.rows, "rows"))
    });
    let cells = (shortened.cells > 0).then(|| {
        format!("{} were cut to the length that a workbook allows", counted(shortened.cells, "cells"))
    });
    let notes: Vec<_> = rows.into_iter().chain(cells).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}
