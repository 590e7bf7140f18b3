//! The corpus that engines index, at any scale: real reports, or generated ones.
//!
//! A corpus is written to one file, one report a line, so that every engine reads the same bytes one report at a time
//! and a corpus larger than memory can be measured.

mod resampled;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Lines, Write};
use std::path::{Path, PathBuf};

use quotable::read::{Budget, Readers};
use quotable::report::Report;
use quotable_testkit::corpus::{GeneratedReports, to_markdown};

use self::resampled::Resampled;
use crate::error::Result;
use crate::files::files_in;

/// Paragraphs of a generated corpus at 1x: about as many as 200 reports have.
pub const PARAGRAPHS_AT_1X: u64 = 30_000;

/// Where reports come from.
#[derive(Debug)]
pub enum CorpusSource {
    /// The generator of `quotable-testkit`.
    Generated,
    /// Real reports; beyond 1x, reports resampled from their sentences.
    Real(Vec<Report>),
}

/// The kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorpusKind {
    /// Generated reports.
    Generated,
    /// Real reports.
    Real,
}

impl CorpusKind {
    /// The kind as it is written in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Real => "real",
        }
    }
}

impl CorpusSource {
    /// Reads the reports of a folder. Also returns the files that could not be read.
    ///
    /// Tables and footnotes are dropped: a search leaves them out by default, and every engine must hold the same
    /// paragraphs.
    ///
    /// # Errors
    /// If a file cannot be opened, or the folder has no reports.
    pub fn read(folder: &Path) -> Result<(Self, Vec<PathBuf>)> {
        let readers = Readers::default();
        let (mut reports, mut failed) = (Vec::new(), Vec::new());
        for path in files_in(folder)? {
            let Ok(document) = readers.read(&path, &std::fs::read(&path)?, &Budget::default()) else {
                failed.push(path);
                continue;
            };
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            let mut report = Report::from_document(&document, &name);
            report.paragraphs.retain(|paragraph| paragraph.role.is_body());
            reports.push(report);
        }
        if reports.iter().all(|report| report.paragraphs.is_empty()) {
            return Err(format!("{} has no reports", folder.display()).into());
        }
        Ok((Self::Real(reports), failed))
    }

    /// The kind of this source.
    pub fn kind(&self) -> CorpusKind {
        match self {
            Self::Generated => CorpusKind::Generated,
            Self::Real(_) => CorpusKind::Real,
        }
    }

    /// The reports of the corpus at `scale` times the size of 1x.
    pub fn reports(&self, scale: u64, seed: u64) -> Box<dyn Iterator<Item = Report> + '_> {
        match self {
            Self::Generated => Box::new(GeneratedReports::new(seed, scale * PARAGRAPHS_AT_1X)),
            Self::Real(reports) => Box::new(Resampled::new(reports, scale, seed)),
        }
    }
}

/// Writes a generated corpus as Markdown files.
///
/// # Errors
/// If a file cannot be written.
pub fn write_generated_markdown(folder: &Path, seed: u64, paragraphs: u64) -> io::Result<()> {
    for report in GeneratedReports::new(seed, paragraphs) {
        let path = folder.join(&report.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, to_markdown(&report))?;
    }
    Ok(())
}

/// A file of reports as JSON, one a line.
#[derive(Debug, Clone)]
pub struct CorpusFile {
    path: PathBuf,
}

impl CorpusFile {
    /// Refers to a file written earlier. The file is not opened yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Writes reports to a file, and creates its folder.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(path: impl Into<PathBuf>, reports: impl Iterator<Item = Report>) -> Result<Self> {
        let corpus = Self::at(path);
        if let Some(folder) = corpus.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = BufWriter::new(File::create(&corpus.path)?);
        for report in reports {
            serde_json::to_writer(&mut file, &report)?;
            file.write_all(b"\n")?;
        }
        file.flush()?;
        Ok(corpus)
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The lines of the file, each for [`report_of_line`].
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn lines(&self) -> io::Result<Lines<BufReader<File>>> {
        Ok(BufReader::with_capacity(1 << 20, File::open(&self.path)?).lines())
    }

    /// The reports in order, up to the first line that cannot be read.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn reports(&self) -> io::Result<impl Iterator<Item = Report> + use<>> {
        Ok(self.lines()?.map_while(io::Result::ok).map_while(|line| report_of_line(&line).ok()))
    }
}

/// Parses a line of a corpus file.
///
/// # Errors
/// If the line is not a report.
pub fn report_of_line(line: &str) -> Result<Report> {
    Ok(serde_json::from_str(line)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_file_round_trips() {
        let folder = tempfile::tempdir().unwrap();
        let reports: Vec<Report> = GeneratedReports::new(3, 500).collect();
        let corpus = CorpusFile::write(folder.path().join("a/corpus"), reports.iter().cloned()).unwrap();
        assert!(corpus.reports().unwrap().eq(reports));
    }

    #[test]
    fn tables_of_a_folder_are_dropped() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("a.md"),
            "# Wexcombe\n\n1. Plans are late.\n\n| Year | Grade |\n|---|---|\n| 2019 | good |\n| 2022 | poor |\n| 2024 | good |\n",
        )
        .unwrap();
        std::fs::write(folder.path().join("b.bin"), [0, 1, 2]).unwrap();
        let (source, failed) = CorpusSource::read(folder.path()).unwrap();
        let texts: Vec<String> = source
            .reports(1, 1)
            .flat_map(|report| report.paragraphs)
            .map(|paragraph| paragraph.text)
            .collect();
        assert_eq!(texts, ["Wexcombe", "Plans are late."]);
        assert_eq!(failed, [folder.path().join("b.bin")]);
    }
}
