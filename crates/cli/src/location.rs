//! Where the corpus is, where its index is, and which part of the corpus was named.

use std::path::{Path, PathBuf};

use quotable::query::{Field, Query};
use quotable::{Id, Index, SearchOptions, path};

use crate::args::LocationArgs;
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::index_owner;

/// The folder of the index inside the corpus folder.
pub(crate) const INDEX_FOLDER: &str = ".quotable";

/// A corpus, its index, and the part of the corpus that was named.
#[derive(Debug)]
pub(crate) struct Location {
    /// The folder of the sources; `None` where only the index is known.
    pub(crate) corpus: Option<PathBuf>,
    /// The folder of the index, which may not exist yet.
    pub(crate) index: PathBuf,
    /// Where the index goes if the corpus folder is not writable.
    pub(crate) fallback_cache: Option<PathBuf>,
    /// The file or folder named inside the corpus; `None` for the whole corpus.
    pub(crate) within: Option<Within>,
    /// Why the index may be read and not written, in words that follow "the index in FOLDER"; `None` if it may.
    pub(crate) read_only: Option<String>,
    /// A folder of profiles that the user named.
    pub(crate) profiles: Option<PathBuf>,
    /// A table of metadata that the user named.
    pub(crate) metadata: Option<PathBuf>,
    /// True if `within` is the folder that the user stands in, and not one that was named.
    pub(crate) is_current_folder: bool,
    /// What the user must know of the choice of the index, for standard error.
    pub(crate) notes: Vec<String>,
}

/// A file or folder of a corpus.
#[derive(Debug)]
pub(crate) struct Within {
    /// Relative to the corpus, encoded as the index writes paths.
    pub(crate) path: String,
    is_folder: bool,
}

impl Location {
    /// Finds the corpus and index that the arguments name: the index given by `--index`, else the nearest indexed
    /// folder at or above PATH, else PATH itself. `index_here` allows a home or root folder.
    ///
    /// Without PATH, the current folder is the part of the corpus to search. A file in no indexed folder is a corpus of
    /// its own, with its index in the user's cache: of `~/Downloads`, nobody wants all files read.
    ///
    /// An index in a folder above that is not the user's own is passed over, with a note: a refresh would write the
    /// text of that whole folder into it.
    pub(crate) fn find(args: &LocationArgs, index_here: bool, environment: &Environment) -> Result<Self> {
        let found = Self::find_index(args, index_here, environment)?;
        let place = &args.place;
        Ok(Self { profiles: place.profiles.clone(), metadata: place.metadata.clone(), ..found })
    }

    fn find_index(args: &LocationArgs, index_here: bool, environment: &Environment) -> Result<Self> {
        let named = args.path.as_deref().map(absolute).transpose()?;
        if let Some(index) = &args.place.index {
            return with_index(index, named.as_deref(), index_here, environment);
        }
        let start = match &named {
            Some(path) => path.clone(),
            None => absolute(Path::new("."))?,
        };
        let folder = containing_folder(&start);
        let mut notes = Vec::new();
        for ancestor in folder.ancestors() {
            let candidates = [Some(ancestor.join(INDEX_FOLDER)), fallback_cache(ancestor, environment)];
            for index in candidates.into_iter().flatten() {
                if !index.is_symlink() && !Index::exists(&index) {
                    continue;
                }
                let fault = if ancestor == folder { None } else { index_owner::fault_from_above(&index) };
                let Some(fault) = fault else {
                    let found = Self::new(ancestor, index, Some(&start), environment);
                    let is_current_folder = named.is_none() && found.within.is_some();
                    return Ok(Self { notes, is_current_folder, ..found });
                };
                let (index, above) = (index.display(), ancestor.display());
                notes.push(format!(
                    "the index in {index} {fault}, so it is not used; to use it, name the folder {above}, or give --index"
                ));
            }
        }
        if start.is_file()
            && let Some(index) = fallback_cache(&start, environment)
        {
            return Ok(Self { fallback_cache: None, notes, ..Self::new(&start, index, None, environment) });
        }
        refuse_home_or_root(folder, index_here, environment)?;
        let new = Self::new(folder, folder.join(INDEX_FOLDER), named.as_deref(), environment);
        Ok(Self { notes, ..new })
    }

    fn new(corpus: &Path, index: PathBuf, named: Option<&Path>, environment: &Environment) -> Self {
        let within = named.and_then(|named| Within::new(corpus, named));
        Self {
            corpus: Some(corpus.to_owned()),
            read_only: index_owner::fault_of_named(&index),
            index,
            fallback_cache: fallback_cache(corpus, environment),
            within,
            profiles: None,
            metadata: None,
            is_current_folder: false,
            notes: Vec::new(),
        }
    }

    /// The same location, for a command that is about the whole corpus unless PATH names a part of it.
    pub(crate) fn of_whole_corpus(self) -> Self {
        let within = self.within.filter(|_| !self.is_current_folder);
        Self { within, is_current_folder: false, ..self }
    }

    /// The file that is the whole corpus; `None` for a corpus that is a folder.
    pub(crate) fn single_file(&self) -> Option<&Path> {
        self.corpus.as_deref().filter(|corpus| corpus.is_file())
    }

    /// True if the index would go into a corpus folder marked read-only, or into an index folder that is not the user's
    /// own. An administrator can write there anyway, so trying is no test.
    pub(crate) fn is_read_only(&self) -> bool {
        if self.read_only.is_some() {
            return true;
        }
        let corpus = self.corpus.as_ref().filter(|corpus| self.index.starts_with(corpus));
        let metadata = corpus.and_then(|corpus| corpus.metadata().ok());
        metadata.is_some_and(|metadata| metadata.permissions().readonly())
    }

    /// Writes the path of the corpus into an index kept outside it, so that `--index` alone finds the sources.
    ///
    /// # Errors
    /// If the index folder is not writable.
    pub(crate) fn record_corpus(&self, index: &Index) -> Result<()> {
        let Some(corpus) = &self.corpus else { return Ok(()) };
        if self.index == corpus.join(INDEX_FOLDER) {
            return Ok(());
        }
        Ok(index.record_corpus(corpus)?)
    }

    /// Restricts a search to the part of the corpus that was named.
    pub(crate) fn restrict(&self, options: SearchOptions) -> SearchOptions {
        match &self.within {
            Some(within) => options.within(&within.path),
            None => options,
        }
    }

    /// A filter that leaves out one file; `None` if the file is not in the corpus.
    pub(crate) fn filter_without(&self, file: &Path) -> Option<Query> {
        let file = file.canonicalize().ok()?;
        let own = Within::new(self.corpus.as_deref()?, &file)?;
        Some(Query::Not(Box::new(own.filter())))
    }

    /// The path of a file in the corpus; `None` if it is not there.
    pub(crate) fn path_of(&self, file: &Path) -> Option<String> {
        Within::new(self.corpus.as_deref()?, &file.canonicalize().ok()?).map(|own| own.path)
    }

    /// True if the source is in the part of the corpus that was named.
    pub(crate) fn contains(&self, source: &str) -> bool {
        self.within.as_ref().is_none_or(|within| within.contains(source))
    }
}

impl Within {
    /// `None` if `named` is the corpus itself, or outside it.
    fn new(corpus: &Path, named: &Path) -> Option<Self> {
        let path = path::encode(named.strip_prefix(corpus).ok()?);
        Some(Self { path, is_folder: named.is_dir() }).filter(|within| !within.path.is_empty())
    }

    fn filter(&self) -> Query {
        let end = if self.is_folder { "/*" } else { "" };
        Query::filter(Field::Path, format!("/{}{end}", self.path))
    }

    fn contains(&self, source: &str) -> bool {
        source
            .strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || self.is_folder && rest.starts_with('/'))
    }
}

/// The location of an index given by `--index`.
fn with_index(
    index: &Path,
    named: Option<&Path>,
    index_here: bool,
    environment: &Environment,
) -> Result<Location> {
    let index = std::path::absolute(index).map_err(|error| cannot_open(index, &error))?;
    // The user has decided, and is told.
    let fault = index_owner::fault_of_named(&index).into_iter();
    let notes = fault
        .map(|fault| format!("the index in {} {fault}; it is used because --index names it", index.display()))
        .collect::<Vec<_>>();
    // With the corpus named, the record is not needed: opening the index writes it again.
    let recorded = match recorded_corpus(&index) {
        Err(_) if named.is_some() => None,
        recorded => recorded.map_err(|error| {
            error.cure("name the folder of the reports beside --index; that writes the record again")
        })?,
    };
    let location = |corpus: Option<PathBuf>, named: Option<&Path>| {
        let within = corpus.as_deref().zip(named).and_then(|(corpus, named)| Within::new(corpus, named));
        let (index, notes) = (index.clone(), notes.clone());
        Ok(Location {
            corpus,
            index,
            fallback_cache: None,
            within,
            read_only: None,
            profiles: None,
            metadata: None,
            is_current_folder: false,
            notes,
        })
    };
    match (named, recorded) {
        (Some(named), Some(corpus)) if named.starts_with(&corpus) => location(Some(corpus), Some(named)),
        (Some(named), Some(corpus)) => {
            let what = format!("the index in {} belongs to {}", index.display(), corpus.display());
            Err(Error::new(what)
                .cure(format!("give --index another folder for the index of {}", named.display())))
        }
        // A copied index answers on a machine that does not have its sources.
        (None, Some(corpus)) => {
            // An index from a stranger may record any folder.
            refuse_home_or_root(&corpus, index_here, environment)?;
            location(Some(corpus).filter(|corpus| corpus.exists()), None)
        }
        (None, None) if Index::exists(&index) => location(None, None),
        (named, None) => {
            let start = named.map_or_else(|| absolute(Path::new(".")), |named| Ok(named.to_owned()))?;
            if start.is_file() && !Index::exists(&index) {
                return location(Some(start), None);
            }
            let folder = containing_folder(&start);
            refuse_home_or_root(folder, index_here, environment)?;
            location(Some(folder.to_owned()), named)
        }
    }
}

/// The corpus of an existing index: the folder around `.quotable`, else the path recorded in the index.
///
/// # Errors
/// If the record is damaged.
fn recorded_corpus(index: &Path) -> Result<Option<PathBuf>> {
    if index.file_name().is_some_and(|name| name == INDEX_FOLDER) {
        return Ok(index.parent().and_then(|corpus| corpus.canonicalize().ok()));
    }
    Ok(Index::try_recorded_corpus(index)?)
}

/// The index folder of a corpus that is not writable: in the user's cache, named by a hash of the corpus path.
fn fallback_cache(corpus: &Path, environment: &Environment) -> Option<PathBuf> {
    Some(environment.cache.as_ref()?.join(Id::of_report(&path::encode(corpus)).to_string()))
}

/// Refuses to index a home or root folder by accident: run there without PATH, the command would read every file of
/// the user.
fn refuse_home_or_root(folder: &Path, index_here: bool, environment: &Environment) -> Result<()> {
    let home = environment.home.as_deref().and_then(|home| home.canonicalize().ok());
    let what = match home {
        _ if index_here => return Ok(()),
        _ if folder.parent().is_none() => "a root folder",
        Some(home) if home == folder => "a home folder",
        Some(home) if home.starts_with(folder) => "a folder of home folders",
        _ => return Ok(()),
    };
    let error = Error::new(format!("{} is {what}, which is not indexed by default", folder.display()));
    Err(error.cure("name the folder of the reports, or add --index-here to index all of it"))
}

fn absolute(path: &Path) -> Result<PathBuf> {
    path.canonicalize().map_err(|error| cannot_open(path, &error))
}

/// How to write a path that does not exist as it is written, for one that only another place would understand: a home
/// folder that the shell did not put in, or the path of another system.
pub(crate) fn path_cure(path: &Path, home: Option<&Path>) -> Option<String> {
    let text = path.to_str()?;
    if let (Some(rest), Some(home)) = (text.strip_prefix("~/"), home) {
        let whole = home.join(rest);
        return Some(format!(
            "~ means your home folder only outside quotation marks; write {} instead",
            whole.display()
        ));
    }
    let is_drive = |text: &str| {
        text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
            && text.get(1..3).is_some_and(|rest| rest == ":\\" || rest == ":/")
    };
    if cfg!(unix) && (is_drive(text) || text.starts_with("\\\\")) {
        return Some(
            "this is a path of Windows; write it as this system has it, such as /mnt/c/Reports".to_owned(),
        );
    }
    if cfg!(unix) && text.contains('\\') {
        return Some(format!("on this system folders are separated by /: write {}", text.replace('\\', "/")));
    }
    None
}

fn cannot_open(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            let missing = Error::new(format!("there is no file or folder {}", path.display()));
            let home = std::env::home_dir();
            match path_cure(path, home.as_deref()) {
                Some(cure) => missing.cure(cure),
                None => missing,
            }
        }
        std::io::ErrorKind::PermissionDenied => {
            Error::new(format!("{} cannot be opened: you have no permission to read it", path.display()))
                .cure("ask its owner, or whoever runs the system, for permission")
        }
        _ => Error::new(format!("{} cannot be opened: {error}", path.display())),
    }
}

/// The path itself if it is a folder, else the folder of the file.
fn containing_folder(path: &Path) -> &Path {
    if path.is_dir() { path } else { path.parent().unwrap_or(path) }
}
