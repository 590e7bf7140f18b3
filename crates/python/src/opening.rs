//! Opens the index of a corpus and brings it up to date.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use quotable::report::Profiles;
use quotable::worker::{NEEDED_VARIABLES, WorkerCommand};
use quotable::{
    CancelFlag, ErrorKind, Index, IndexBuilder, MetadataTable, Ocr, RefreshOptions, Verification,
};

use crate::error::{fault, raise};
use crate::interrupt::{run, watched};
use crate::options::Options;
use crate::place::{INDEX_FOLDER, Place, Surroundings};

/// How many files that failed are named in a note.
const NAMED: usize = 5;

/// An open index, and what it is refreshed with.
pub(crate) struct Opened {
    pub(crate) place: Place,
    pub(crate) index: Index,
    settings: Settings,
}

/// What the user knows of the reports, and how they are read.
#[derive(Clone, Default)]
struct Settings {
    profiles: Option<Profiles>,
    metadata: Option<(PathBuf, MetadataTable)>,
    worker: Option<WorkerCommand>,
    threads: Option<usize>,
}

impl Settings {
    fn builder(&self) -> IndexBuilder {
        let mut builder = Index::builder();
        if let Some(profiles) = &self.profiles {
            builder = builder.profiles(profiles.clone());
        }
        if let Some((_, table)) = &self.metadata {
            builder = builder.metadata(table.clone());
        }
        if let Some(worker) = &self.worker {
            builder = builder.worker(worker.clone());
        }
        match self.threads {
            Some(threads) => builder.threads(threads),
            None => builder,
        }
    }
}

impl Opened {
    /// Opens the index that the options name, or creates it.
    pub(crate) fn new(py: Python<'_>, options: &Options<'_>) -> PyResult<Self> {
        let around = Surroundings { cache: options.get("cache")?, home: options.get("home")? };
        let (path, index) = (options.get::<PathBuf>("path")?, options.get::<PathBuf>("index")?);
        let place = match (&path, &index) {
            (None, Some(index)) => Place::of_index(index, &around),
            (path, index) => {
                Place::find(path.as_deref().unwrap_or(Path::new(".")), index.as_deref(), &around)
            }
        };
        let mut place = place.map_err(|what| fault(py, "not-found", &what))?;
        let settings = settings(options, &mut place)?;
        let may_create = options.flag("create")?;
        let rebuild = options.flag("rebuild")?;
        let (index, place) =
            py.detach(|| open(place, &settings, may_create, rebuild)).map_err(|refusal| match refusal {
                Refusal::Library(error) => raise(py, &error),
                Refusal::Words(what) => fault(py, "no-reports", &what),
            })?;
        Ok(Self { place, index, settings })
    }

    /// Brings the index up to date. `progress` is called with the number of files read, of all, and the last path.
    ///
    /// # Errors
    /// Those of a refresh for which the last state of the index cannot answer.
    pub(crate) fn refresh(&self, py: Python<'_>, options: &Options<'_>) -> PyResult<Vec<String>> {
        let mut notes = self.place.notes.clone();
        let Some(corpus) = self.place.corpus.as_ref().filter(|corpus| corpus.exists()) else {
            notes.push("the reports are not on this machine; answers are as of the last refresh".to_owned());
            return Ok(notes);
        };
        if let Some(why) = self.place.read_only {
            let index = self.place.index.display();
            notes.push(format!(
                "the index in {index} {why}, so it is only read; give index= a folder of your own"
            ));
            return Ok(notes);
        }
        let cancel = CancelFlag::new();
        let seen: Arc<Mutex<Option<(usize, usize, String)>>> = Arc::default();
        let shown = seen.clone();
        let ocr = options.text("ocr")?.map(|languages| Ocr::tesseract(&languages)).transpose();
        let ocr = ocr.map_err(|error| raise(py, &error))?;
        let wait = options.get::<f64>("wait")?.map(Duration::try_from_secs_f64).transpose();
        let wait = wait.map_err(|_| PyValueError::new_err("wait: give a number of seconds"))?;
        let first = if self.index.status().committed.is_none() { Duration::MAX } else { Duration::ZERO };
        let wait = wait.unwrap_or(first);
        let mut refresh = RefreshOptions::default()
            .cancel(cancel.clone())
            .follow_links(options.flag("follow_links")?)
            .allow_empty(options.flag("allow_empty")?)
            .reread(options.flag("reread")?)
            .retry(options.flag("retry")?)
            .ocr(ocr)
            .wait(wait)
            .progress(move |now| {
                if let Ok(mut seen) = seen.lock() {
                    *seen = Some((now.done, now.total, now.path.to_owned()));
                }
            });
        if let Some((table, _)) = &self.settings.metadata {
            refresh = refresh.no_report(table);
        }
        let progress = options.get::<Py<PyAny>>("progress")?;
        let look = |py: Python<'_>| {
            let now = shown.lock().ok().and_then(|mut seen| seen.take());
            match (&progress, now) {
                (Some(progress), Some(now)) => progress.call1(py, now).map(drop),
                _ => Ok(()),
            }
        };
        let done = watched(py, &cancel, || Ok(self.index.refresh_with(corpus, &refresh)), look)?;
        match done {
            Ok(done) => {
                if done.changed_anything() {
                    notes.push(done.to_string());
                }
                let failed: Vec<_> = done.failed.iter().chain(&done.problems).collect();
                notes.extend(failed.iter().take(NAMED).map(|failure| format!("not read: {failure}")));
                if failed.len() > NAMED {
                    notes.push(format!("and {} more; see reports(problems=True)", failed.len() - NAMED));
                }
            }
            Err(error) if self.can_answer(&error) => {
                notes.push(format!("{error}; answers are as of the last refresh"));
            }
            Err(error) => return Err(raise(py, &error)),
        }
        let status = self.index.status();
        if status.unfinished {
            notes.push(
                "the index is incomplete: some files are still to be read; refresh() reads them".to_owned(),
            );
        }
        Ok(notes)
    }

    /// The command of the process that reads files, where one can be started.
    pub(crate) fn worker(&self) -> Option<&WorkerCommand> {
        self.settings.worker.as_ref()
    }

    /// Checks the whole index for damage, and lists the files that have changed since they were read.
    pub(crate) fn verify(&self, py: Python<'_>) -> PyResult<Verification> {
        let corpus = self.place.corpus.as_deref().filter(|corpus| corpus.exists());
        run(py, &CancelFlag::new(), || self.index.verify(corpus))
    }

    /// A second handle of the same index, with metadata of its own.
    ///
    /// # Errors
    /// Those of opening it.
    pub(crate) fn with_metadata(&self, table: MetadataTable) -> quotable::Result<Index> {
        let metadata = Some((PathBuf::new(), table));
        Settings { metadata, ..self.settings.clone() }.builder().open(&self.place.index)
    }

    /// True if an older answer beats none.
    fn can_answer(&self, error: &quotable::Error) -> bool {
        matches!(error.kind(), ErrorKind::Locked | ErrorKind::ReadOnly | ErrorKind::AllGone)
            && self.index.status().committed.is_some()
    }
}

/// Why no index was opened.
enum Refusal {
    Library(quotable::Error),
    Words(String),
}

impl From<quotable::Error> for Refusal {
    fn from(error: quotable::Error) -> Self {
        Self::Library(error)
    }
}

fn open(
    mut place: Place,
    settings: &Settings,
    may_create: bool,
    rebuild: bool,
) -> Result<(Index, Place), Refusal> {
    if Index::exists(&place.index) {
        if place.read_only.is_some() {
            return Ok((Index::open_read_only(&place.index)?, place));
        }
        let index = match settings.builder().open(&place.index) {
            Err(error) if rebuild && is_replaced(error.kind()) => {
                place.notes.push(format!("{error}; a new index was built"));
                settings.builder().replace(&place.index)?
            }
            opened => opened?,
        };
        return Ok((index, place));
    }
    let corpus = place.corpus.clone().unwrap_or_default();
    if !may_create {
        let mut options = RefreshOptions::default();
        if let Some((table, _)) = &settings.metadata {
            options = options.no_report(table);
        }
        let found = settings.builder().find_files(&corpus, &options)?;
        if found.read == 0 {
            return Err(Refusal::Words(format!(
                "there are no reports in {}; reports are PDF, Word (.docx), HTML, Markdown or plain text files. For \
                 texts of your own alone, open it with create=True",
                corpus.display()
            )));
        }
    }
    let index = match settings.builder().open_or_create(&place.index) {
        Err(error) if error.kind() == ErrorKind::ReadOnly && place.fallback.is_some() => {
            let fallback = place.fallback.take().unwrap_or_default();
            let index = settings.builder().open_or_create(&fallback)?;
            place
                .notes
                .push(format!("the folder is not writable, so its index is kept in {}", fallback.display()));
            place.index = fallback;
            index
        }
        opened => opened?,
    };
    if place.index != corpus.join(INDEX_FOLDER) {
        index.record_corpus(&corpus)?;
    }
    Ok((index, place))
}

/// True if an index with this fault is built anew, and not read again.
fn is_replaced(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Damaged | ErrorKind::OlderFormat | ErrorKind::NewerFormat)
}

/// Loads the user's profiles, from `profiles` and from the folder of the index, and the table of metadata, from
/// `metadata` or beside the reports.
fn settings(options: &Options<'_>, place: &mut Place) -> PyResult<Settings> {
    let mut profiles: Option<Profiles> = None;
    let beside = place.corpus.as_ref().map(|corpus| corpus.join(INDEX_FOLDER).join("profiles"));
    let own = Some(place.index.join("profiles")).filter(|own| beside.as_ref() != Some(own));
    let named = options.get::<PathBuf>("profiles")?;
    if let Some(folder) = named.as_ref().filter(|folder| !folder.is_dir()) {
        let message =
            format!("profiles: there is no folder {}; name the one that holds *.toml", folder.display());
        return Err(PyValueError::new_err(message));
    }
    for folder in [beside, own, named].into_iter().flatten().filter(|folder| folder.is_dir()) {
        let (with, errors) = profiles.as_ref().unwrap_or_else(|| Profiles::built_in()).with_folder(&folder);
        profiles = Some(with);
        place.notes.extend(errors.into_iter().map(|error| format!("profile left out: {error}")));
    }
    let beside =
        place.corpus.as_ref().map(|corpus| corpus.join("quotable.csv")).filter(|file| file.is_file());
    let file = options.get::<PathBuf>("metadata")?.or(beside);
    let metadata = file.map(|file| Ok::<_, PyErr>((file.clone(), table(&file)?))).transpose()?;
    let threads = options.get("threads")?;
    Ok(Settings { profiles, metadata, worker: worker(options)?, threads })
}

/// Reads a table of metadata.
fn table(file: &Path) -> PyResult<MetadataTable> {
    let refuse = |what: &dyn std::fmt::Display| {
        PyValueError::new_err(format!("{} cannot be used: {what}", file.display()))
    };
    let text = std::fs::read_to_string(file).map_err(|error| refuse(&error))?;
    MetadataTable::parse(&text).map_err(|error| refuse(&error))
}

/// The command of the process that reads files, so that a file that crashes its reader does not end the notebook.
fn worker(options: &Options<'_>) -> PyResult<Option<WorkerCommand>> {
    let arguments = options.get::<Vec<String>>("worker")?;
    let Some((program, arguments)) = arguments.as_deref().and_then(<[String]>::split_first) else {
        return Ok(None);
    };
    let needed = NEEDED_VARIABLES.into_iter().filter_map(|name| Some((name.into(), std::env::var_os(name)?)));
    let command = WorkerCommand::new(program).environment(needed);
    Ok(Some(arguments.iter().fold(command, WorkerCommand::arg)))
}
