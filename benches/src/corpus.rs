//! The text that engines are put to work on, at any scale: of reports that someone has, or made from a seed.
//!
//! It is written to one file, report after report, so that every engine reads the same, one report at a time: a corpus
//! that is larger than memory can be measured too.

mod recombined;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Lines, Write};
use std::path::{Path, PathBuf};

use quotable::read::{Budget, Readers};
use quotable::report::Report;
use serde::{Deserialize, Serialize};

use crate::engines::Outcome;
use crate::files::files;
use crate::generate;

use self::recombined::Recombined;

/// Paragraphs of a generated corpus at 1x: about what is in 200 reports.
pub const BASE: u64 = 30_000;

/// Where text comes from.
#[derive(Debug)]
pub enum Source {
    /// Reports in a language of our own.
    Generated,
    /// Reports that were read from files, and beyond 1x others like them.
    Real(Vec<Report>),
}

/// The name of a source, as runs have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A language of our own.
    Generated,
    /// Reports of someone's.
    Real,
}

impl Kind {
    /// The name, as files have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Real => "real",
        }
    }
}

impl Source {
    /// The reports of a folder, with what is searched unasked: tables and footnotes are left out, so that every engine
    /// has the same paragraphs. Gives what could not be read, too.
    ///
    /// # Errors
    /// If a file cannot be opened, or there is no report.
    pub fn read(folder: &Path) -> Outcome<(Self, Vec<PathBuf>)> {
        let readers = Readers::default();
        let (mut reports, mut failed) = (Vec::new(), Vec::new());
        for path in files(folder)? {
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
            return Err("there is no report in that folder".into());
        }
        Ok((Self::Real(reports), failed))
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Generated => Kind::Generated,
            Self::Real(_) => Kind::Real,
        }
    }

    /// So many times the text of 1x.
    pub fn times(&self, times: u64, seed: u64) -> Box<dyn Iterator<Item = Report> + '_> {
        match self {
            Self::Generated => Box::new(generate::Corpus::new(seed, times * BASE)),
            Self::Real(reports) => Box::new(Recombined::new(reports, times, seed)),
        }
    }
}

/// A file of reports, one a line.
#[derive(Debug, Clone)]
pub struct Corpus {
    path: PathBuf,
}

impl Corpus {
    /// The reports of a file that was written before.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Writes reports to a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(path: impl Into<PathBuf>, reports: impl Iterator<Item = Report>) -> Outcome<Self> {
        let corpus = Self::open(path);
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

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every report as it is written, for [`report`] to read.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn lines(&self) -> io::Result<Lines<BufReader<File>>> {
        Ok(BufReader::with_capacity(1 << 20, File::open(&self.path)?).lines())
    }

    /// The reports, in order, as far as they can be read.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn reports(&self) -> io::Result<impl Iterator<Item = Report> + use<>> {
        Ok(self.lines()?.map_while(Result::ok).map_while(|line| report(&line).ok()))
    }
}

/// The report of a line.
///
/// # Errors
/// If it is not one.
pub fn report(line: &str) -> Outcome<Report> {
    Ok(serde_json::from_str(line)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let made: Vec<Report> = generate::Corpus::new(3, 500).collect();
        let corpus = Corpus::write(folder.path().join("a/corpus"), made.iter().cloned()).unwrap();
        assert!(corpus.reports().unwrap().eq(made));
    }

    #[test]
    fn a_folder_is_read_without_its_tables() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("a.md"),
            "# Wexcombe\n\n1. Plans are late.\n\n| Year | Grade |\n|---|---|\n| 2019 | good |\n| 2022 | poor |\n| 2024 | good |\n",
        )
        .unwrap();
        std::fs::write(folder.path().join("b.bin"), [0, 1, 2]).unwrap();
        let (source, failed) = Source::read(folder.path()).unwrap();
        let texts: Vec<String> =
            source.times(1, 1).flat_map(|report| report.paragraphs).map(|paragraph| paragraph.text).collect();
        assert_eq!(texts, ["Wexcombe", "Plans are late."]);
        assert_eq!(failed, [folder.path().join("b.bin")]);
    }
}
