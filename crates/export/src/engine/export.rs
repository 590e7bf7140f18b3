//! Exports a corpus, or what has changed of it since the last time.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use quotable_codebook::CodeBook;
use quotable_index::{CancelFlag, Snapshot};
use quotable_query::analyse::ANALYSER_VERSION;

use super::data::{ReportData, WrittenBy};
use super::error::ExportError;
use super::file::{ExportedFile, Output};
use super::format::EngineFormat;
use super::index_file;
use super::manifest::{ExportCommit, ExportCounts, ExportSettings, ExportedReport, Manifest, STAGING};
use super::part::{Part, write_deletes};
use super::plan::{Current, Plan, current_reports, refuse_cancelled};
use super::staging::{DonePart, Purpose, Staging};
use super::versioned::read_versioned;

/// The version of the columns. A new one behind the others does not raise it.
const COLUMNS: u32 = 1;
/// Held while an export writes.
const LOCK: &str = ".lock";

/// How a corpus is exported.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ExportOptions {
    /// For what.
    pub format: EngineFormat,
    /// The code book by which paragraphs have themes.
    pub codebook: CodeBook,
    /// Exports one file or folder of the corpus alone: a path relative to it.
    pub within: Option<String>,
    /// Stops the export when raised. It can be continued.
    pub cancel: CancelFlag,
    /// How many paragraphs a file of a table holds at least, but for the last one; 100,000 by default.
    pub part_paragraphs: u64,
}

impl ExportOptions {
    /// An export of the whole corpus, with the built-in code book.
    pub fn new(format: EngineFormat) -> Self {
        Self {
            format,
            codebook: CodeBook::builtin(),
            within: None,
            cancel: CancelFlag::new(),
            part_paragraphs: 100_000,
        }
    }

    /// Sets the code book.
    #[must_use]
    pub fn codebook(mut self, book: CodeBook) -> Self {
        self.codebook = book;
        self
    }

    /// Sets the file or folder of the corpus.
    #[must_use]
    pub fn within(mut self, path: Option<String>) -> Self {
        self.within = path;
        self
    }

    /// Sets the flag that stops the export.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }

    /// Sets how many paragraphs a file of a table holds at least.
    #[must_use]
    pub fn part_paragraphs(mut self, paragraphs: u64) -> Self {
        self.part_paragraphs = paragraphs.max(1);
        self
    }
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportProgress {
    /// Reports written.
    pub done: u64,
    /// Reports to write.
    pub total: u64,
}

/// What an export did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// The manifest, as it now is.
    pub manifest: Manifest,
    /// Reports that are new or have changed.
    pub changed: u64,
    /// Reports that were written: those, and for tables the others in the same files.
    pub written: u64,
    /// Reports that were exported before and are gone.
    pub removed: u64,
    /// Reports that an interrupted export had written already.
    pub taken_over: u64,
    /// Size of the files that were written.
    pub bytes: u64,
}

/// Exports a state of an index into a folder; a second time, what has changed since. Reads report by report, so that memory
/// does not grow with the corpus, but for a line on each report.
///
/// The files that the [manifest](Manifest) names are the export. It is replaced when all of them are on the disk, so an
/// export that is interrupted leaves the one before as it was, and the next takes over the parts that were complete. With
/// nothing changed, nothing is written.
///
/// ```
/// use quotable_export::engine::{EngineFormat, ExportOptions, export};
/// use quotable_index::Index;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Children wait.\n\nStaff are few.")?;
/// writer.finish()?;
/// let folder = tempfile::tempdir()?;
/// let options = ExportOptions::new(EngineFormat::Jsonl);
/// let done = export(&index.snapshot(), folder.path(), &options, |_| ())?;
/// assert_eq!((done.written, done.manifest.counts.paragraphs), (1, 2));
/// // Nothing has changed.
/// assert_eq!(export(&index.snapshot(), folder.path(), &options, |_| ())?.written, 0);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If the index cannot be read, a file cannot be written, the folder has other files or an export of another kind, or another
/// export is writing into it.
pub fn export(
    snapshot: &Snapshot,
    folder: &Path,
    options: &ExportOptions,
    mut progress: impl FnMut(ExportProgress),
) -> Result<Exported, ExportError> {
    fs::create_dir_all(folder).map_err(ExportError::file(folder))?;
    let before = Manifest::read(folder)?;
    let settings = settings(options);
    check_folder(folder, before.as_ref(), &settings)?;
    let _lock = lock(folder)?;
    if let Some(before) = &before {
        before.settle(folder)?;
    }
    let status = snapshot.status();
    let commit = ExportCommit::of(&status);
    if let Some(manifest) = before.as_ref().filter(|before| before.commit == commit) {
        Staging::remove(folder)?;
        let manifest = manifest.clone();
        return Ok(Exported { manifest, changed: 0, written: 0, removed: 0, taken_over: 0, bytes: 0 });
    }
    let (current, copies) = current_reports(snapshot, options.within.as_deref());
    let plan = Plan::new(
        snapshot,
        &options.codebook,
        options.format,
        &current,
        before.as_ref(),
        options.part_paragraphs,
        &options.cancel,
    )?;
    let run = before.as_ref().map_or(0, |before| before.run) + 1;
    let first_part = before.as_ref().map_or(1, |before| before.next_part);
    let purpose = Purpose {
        settings: settings.clone(),
        commit: commit.clone(),
        run,
        first_part,
        part_paragraphs: options.part_paragraphs,
    };
    let (mut staging, mut parts) = Staging::open(folder, &purpose)?;
    let taken_over = parts.iter().map(|part| part.reports.len() as u64).sum();
    let by = WrittenBy { corpus_hash: &commit.corpus_hash, run };
    let writing = Writing { snapshot, options, current: &current, plan: &plan, by };
    writing.write_parts(&mut staging, &mut parts, first_part, &mut progress)?;

    let mut files: Vec<ExportedFile> = before.iter().flat_map(|before| &before.files).cloned().collect();
    if !options.format.is_told_changes() {
        files.retain(|file| plan.kept_parts.contains(&file.part));
    }
    let mut added = Vec::new();
    if before.is_none() {
        added.extend(write_index_file(options.format, &staging.folder)?);
    }
    if options.format.is_told_changes() {
        let deletes = deletes(before.as_ref(), &plan, &parts);
        added.extend(write_deletes(options.format, &staging.folder, run, &deletes)?);
    }
    let next_part = parts.iter().map(|part| part.number + 1).max().unwrap_or(first_part);
    let written: Vec<ExportedReport> = parts.iter().flat_map(|part| part.reports.clone()).collect();
    added.extend(parts.into_iter().flat_map(|part| part.files));
    let bytes = added.iter().map(|file| file.bytes).sum();
    let is_new_run = !added.is_empty() || before.is_none();
    files.extend(added);
    let reports = merged(&current, before.as_ref(), &written);
    let unread = snapshot.unread(options.within.as_deref()).len() as u64;
    let manifest = Manifest {
        schema: 1,
        settings,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        run: if is_new_run { run } else { run - 1 },
        next_part,
        commit,
        complete: unread == 0 && !status.unfinished,
        counts: counts(&reports, copies, unread),
        files,
        reports,
    };
    manifest.write(folder)?;
    manifest.settle(folder)?;
    Staging::remove(folder)?;
    let removed = plan.gone.len() as u64;
    Ok(Exported {
        manifest,
        changed: plan.changed,
        written: written.len() as u64,
        removed,
        taken_over,
        bytes,
    })
}

fn settings(options: &ExportOptions) -> ExportSettings {
    ExportSettings {
        format: options.format.to_string(),
        columns: COLUMNS,
        analyser: ANALYSER_VERSION,
        codebook: options.codebook.hash().to_owned(),
        within: options.within.clone(),
    }
}

/// Fails if the folder has files of others, or an export of another kind.
fn check_folder(
    folder: &Path,
    before: Option<&Manifest>,
    settings: &ExportSettings,
) -> Result<(), ExportError> {
    const NEW: &str = "name a new folder with --out";
    if let Some(before) = before {
        let was = &before.settings;
        let message = if was.format != settings.format {
            format!("the folder holds an export to {}", was.format)
        } else if was.codebook != settings.codebook {
            "the folder holds an export with the themes of another code book".to_owned()
        } else if was.within != settings.within {
            let what = was
                .within
                .as_ref()
                .map_or_else(|| "all reports".to_owned(), |within| format!("{within} alone"));
            format!("the folder holds an export of {what}")
        } else if was != settings || before.schema != 1 {
            "the folder holds an export by another version of the program".to_owned()
        } else {
            return Ok(());
        };
        return Err(ExportError::folder(folder, message, NEW));
    }
    for entry in fs::read_dir(folder).map_err(ExportError::file(folder))? {
        let name = entry.map_err(ExportError::file(folder))?.file_name();
        if ![LOCK, STAGING, ".manifest.json.new"].iter().any(|own| name == *own) {
            let message = format!("the folder holds {}, which is no export", name.to_string_lossy());
            return Err(ExportError::folder(folder, message, NEW));
        }
    }
    Ok(())
}

/// Keeps a second export out until it is dropped.
fn lock(folder: &Path) -> Result<File, ExportError> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(ExportError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ExportError::folder(
            folder,
            "another export is writing into this folder",
            "wait for it to end",
        )),
        // Some file systems have no locks.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// What is written, and from where.
struct Writing<'w> {
    snapshot: &'w Snapshot,
    options: &'w ExportOptions,
    current: &'w [Current],
    plan: &'w Plan,
    by: WrittenBy<'w>,
}

impl Writing<'_> {
    /// Writes the reports of the plan that are in none of the `parts` yet.
    fn write_parts(
        &self,
        staging: &mut Staging,
        parts: &mut Vec<DonePart>,
        first_part: u64,
        progress: &mut dyn FnMut(ExportProgress),
    ) -> Result<(), ExportError> {
        let done: BTreeSet<String> =
            parts.iter().flat_map(|part| &part.reports).map(|report| report.id.clone()).collect();
        let mut number = parts.iter().map(|part| part.number + 1).max().unwrap_or(first_part);
        let total = self.plan.write.len() as u64;
        let mut open: Option<(Part, Vec<ExportedReport>)> = None;
        let wanted = self.plan.write.iter().filter_map(|place| self.current.get(*place));
        let left = wanted.filter(|report| !done.contains(&report.id));
        for (finished, report) in (done.len() as u64..).zip(left) {
            refuse_cancelled(&self.options.cancel)?;
            progress(ExportProgress { done: finished, total });
            let data = read_versioned(self.snapshot, &self.options.codebook, self.by, &report.path)?;
            let Some(data) = data else { continue };
            if open.as_ref().is_some_and(|(part, _)| part.is_full(self.options.part_paragraphs))
                && let Some(full) = open.take()
            {
                parts.push(close(full, staging)?);
            }
            let (part, reports) = match &mut open {
                Some(open) => open,
                None => {
                    let part = Part::begin(self.options.format, &staging.folder, self.by.run, number)?;
                    number += 1;
                    open.insert((part, Vec::new()))
                }
            };
            part.add(&data)?;
            reports.push(exported(&data, part.number));
        }
        if let Some(last) = open {
            parts.push(close(last, staging)?);
        }
        Ok(())
    }
}

fn close(
    (part, reports): (Part, Vec<ExportedReport>),
    staging: &mut Staging,
) -> Result<DonePart, ExportError> {
    let done = DonePart { number: part.number, files: part.finish()?, reports };
    staging.note(&done)?;
    Ok(done)
}

fn exported(data: &ReportData, part: u64) -> ExportedReport {
    let searched = data.paragraphs.iter().filter(|paragraph| paragraph.hit.role.is_body());
    ExportedReport {
        id: data.source.id.to_string(),
        path: data.source.path.clone(),
        version: data.version.clone(),
        part,
        paragraphs: data.paragraphs.len() as u64,
        searched: searched.clone().count() as u64,
        words: searched.map(|paragraph| u64::from(paragraph.hit.words)).sum(),
    }
}

/// The file by which the index is made in an engine.
fn write_index_file(format: EngineFormat, staging: &Path) -> Result<Option<ExportedFile>, ExportError> {
    let (name, text) = match format {
        EngineFormat::Quickwit => ("index.yaml", index_file::quickwit()),
        EngineFormat::OpenSearch => ("index.json", format!("{:#}\n", index_file::opensearch())),
        _ => return Ok(None),
    };
    let path: PathBuf = staging.join(name);
    let mut output = Output::create(path.clone())?;
    std::io::Write::write_all(&mut output, text.as_bytes()).map_err(ExportError::file(&path))?;
    let (bytes, blake3) = output.finish()?;
    let (path, table) = (name.to_owned(), "index".to_owned());
    Ok(Some(ExportedFile { path, table, part: 0, run: 1, rows: 0, bytes, blake3 }))
}

/// The reports that an engine knows and must forget, with their paragraphs before and now.
fn deletes(before: Option<&Manifest>, plan: &Plan, parts: &[DonePart]) -> Vec<(String, u64, u64)> {
    let written: HashMap<&str, u64> = parts
        .iter()
        .flat_map(|part| &part.reports)
        .map(|report| (report.id.as_str(), report.paragraphs))
        .collect();
    let gone: BTreeSet<&str> = plan.gone.iter().map(String::as_str).collect();
    let known = before.iter().flat_map(|before| &before.reports);
    let forgotten = known.filter_map(|report| {
        let now = written.get(report.id.as_str()).copied();
        let now = now.or_else(|| gone.contains(report.id.as_str()).then_some(0))?;
        Some((report.id.clone(), report.paragraphs, now))
    });
    forgotten.collect()
}

/// The reports of the export, in report order.
fn merged(current: &[Current], before: Option<&Manifest>, written: &[ExportedReport]) -> Vec<ExportedReport> {
    let old = before.iter().flat_map(|before| &before.reports);
    // Those written come later and so replace the others.
    let by_id: HashMap<&str, &ExportedReport> =
        old.chain(written).map(|report| (report.id.as_str(), report)).collect();
    current
        .iter()
        .filter_map(|report| by_id.get(report.id.as_str()).map(|report| (*report).clone()))
        .collect()
}

fn counts(reports: &[ExportedReport], copies: u64, unread: u64) -> ExportCounts {
    ExportCounts {
        reports: reports.len() as u64,
        paragraphs: reports.iter().map(|report| report.paragraphs).sum(),
        searched: reports.iter().map(|report| report.searched).sum(),
        words: reports.iter().map(|report| report.words).sum(),
        copies,
        unread,
    }
}
