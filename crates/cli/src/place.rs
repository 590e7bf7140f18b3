//! Where the corpus is, where its index is, and which part of it is meant.

use std::fs;
use std::path::{Path, PathBuf};

use quotable::query::{Field, Query};
use quotable::{Id, Index, SearchOptions, path};

use crate::args;
use crate::environment::Environment;
use crate::error::{Error, Result};

/// The folder of the index in the folder that it is of.
const OWN: &str = ".quotable";
/// In an index that stands elsewhere, the file that says of which folder it is.
const RECORD: &str = "corpus";

/// A corpus, its index, and the part of it that was named.
#[derive(Debug)]
pub(crate) struct Place {
    /// The folder of the sources; `None` where only the index is known.
    pub(crate) corpus: Option<PathBuf>,
    /// The folder of the index, which may not exist yet.
    pub(crate) index: PathBuf,
    /// Where the index goes if the corpus cannot be written.
    pub(crate) refuge: Option<PathBuf>,
    /// What was named in the corpus: a file or folder, relative.
    pub(crate) within: Option<Within>,
}

/// A part of a corpus.
#[derive(Debug)]
pub(crate) struct Within {
    /// Relative to the corpus, as the index writes paths.
    pub(crate) path: String,
    /// True for a folder: all that is in it.
    pub(crate) folder: bool,
}

impl Place {
    /// Finds the place that the arguments name.
    pub(crate) fn find(named: &args::Place, index_here: bool, environment: &Environment) -> Result<Self> {
        let asked = named.path.as_deref().map(absolute).transpose()?;
        if let Some(index) = &named.index {
            return at_index(index, asked.as_deref(), index_here, environment);
        }
        let start = match &asked {
            Some(path) => path.clone(),
            None => absolute(Path::new("."))?,
        };
        let folder = folder_of(&start);
        for above in folder.ancestors() {
            for index in [Some(above.join(OWN)), refuge(above, environment)].into_iter().flatten() {
                if Index::exists(&index) {
                    return Ok(Self::new(above, index, asked.as_deref(), environment));
                }
            }
        }
        refuse(folder, index_here, environment)?;
        Ok(Self::new(folder, folder.join(OWN), asked.as_deref(), environment))
    }

    fn new(corpus: &Path, index: PathBuf, asked: Option<&Path>, environment: &Environment) -> Self {
        let within = asked.and_then(|asked| Within::new(corpus, asked));
        Self { corpus: Some(corpus.to_owned()), index, refuge: refuge(corpus, environment), within }
    }

    /// True if the index would stand in a corpus that is marked as not to be written. An administrator could write
    /// there all the same, and should not.
    pub(crate) fn is_marked(&self) -> bool {
        let corpus = self.corpus.as_ref().filter(|corpus| self.index.starts_with(corpus));
        let about = corpus.and_then(|corpus| corpus.metadata().ok());
        about.is_some_and(|about| about.permissions().readonly())
    }

    /// Says in an index that stands apart from its corpus, of which folder it is.
    pub(crate) fn record(&self) -> Result<()> {
        let Some(corpus) = &self.corpus else { return Ok(()) };
        if self.index == corpus.join(OWN) {
            return Ok(());
        }
        fs::write(self.index.join(RECORD), path::encode(corpus)).map_err(|error| {
            Error::new(format!("the index folder cannot be written ({}): {error}", self.index.display()))
        })
    }

    /// The options, for the part of the corpus that was named.
    pub(crate) fn narrow(&self, options: SearchOptions) -> SearchOptions {
        match &self.within {
            Some(within) => options.within(&within.path),
            None => options,
        }
    }

    /// What paragraphs pass that do not stand in the given file, if it is one of the corpus.
    pub(crate) fn filter_without(&self, file: &Path) -> Option<Query> {
        let file = file.canonicalize().ok()?;
        let own = Within::new(self.corpus.as_deref()?, &file)?;
        Some(Query::Not(Box::new(own.filter())))
    }

    /// True for the path of a source in the part of the corpus that was named.
    pub(crate) fn holds(&self, source: &str) -> bool {
        self.within.as_ref().is_none_or(|within| within.holds(source))
    }
}

impl Within {
    fn new(corpus: &Path, asked: &Path) -> Option<Self> {
        let path = path::encode(asked.strip_prefix(corpus).ok()?);
        Some(Self { path, folder: asked.is_dir() }).filter(|within| !within.path.is_empty())
    }

    fn filter(&self) -> Query {
        let end = if self.folder { "/*" } else { "" };
        Query::filter(Field::Path, format!("/{}{end}", self.path))
    }

    fn holds(&self, source: &str) -> bool {
        source
            .strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || self.folder && rest.starts_with('/'))
    }
}

/// The place of an index that was named.
fn at_index(
    index: &Path,
    asked: Option<&Path>,
    index_here: bool,
    environment: &Environment,
) -> Result<Place> {
    let index = std::path::absolute(index).map_err(|error| unusable(index, &error))?;
    let known = recorded(&index);
    let place = |corpus: Option<PathBuf>, asked: Option<&Path>| {
        let within = corpus.as_deref().zip(asked).and_then(|(corpus, asked)| Within::new(corpus, asked));
        Ok(Place { corpus, index: index.clone(), refuge: None, within })
    };
    match (asked, known) {
        (Some(asked), Some(corpus)) if asked.starts_with(&corpus) => place(Some(corpus), Some(asked)),
        (Some(asked), Some(corpus)) => {
            let what = format!("the index in {} is of {}", index.display(), corpus.display());
            Err(Error::new(what).cure(format!("give another folder with --index for {}", asked.display())))
        }
        // Its sources may be on another machine: it answers from what it holds.
        (None, Some(corpus)) => place(Some(corpus).filter(|corpus| corpus.is_dir()), None),
        (None, None) if Index::exists(&index) => place(None, None),
        (asked, None) => {
            let start = asked.map_or_else(|| absolute(Path::new(".")), |asked| Ok(asked.to_owned()))?;
            let folder = folder_of(&start);
            refuse(folder, index_here, environment)?;
            place(Some(folder.to_owned()), asked)
        }
    }
}

/// The folder that an index says it is of.
fn recorded(index: &Path) -> Option<PathBuf> {
    if index.file_name().is_some_and(|name| name == OWN) {
        return index.parent()?.canonicalize().ok();
    }
    let text = fs::read_to_string(index.join(RECORD)).ok()?;
    Some(Path::new(std::path::MAIN_SEPARATOR_STR).join(path::decode(text.trim_end())?))
}

/// Where the index of a folder goes that cannot be written: a name of its path, in the user's cache.
fn refuge(corpus: &Path, environment: &Environment) -> Option<PathBuf> {
    Some(environment.cache.as_ref()?.join(Id::of_report(&path::encode(corpus)).to_string()))
}

/// A home folder or a root folder is not what someone wants to be read from end to end.
fn refuse(folder: &Path, index_here: bool, environment: &Environment) -> Result<()> {
    let home = environment.home.as_deref().and_then(|home| home.canonicalize().ok());
    let what = match home {
        _ if index_here => return Ok(()),
        _ if folder.parent().is_none() => "a root folder",
        Some(home) if home == folder => "a home folder",
        Some(home) if home.starts_with(folder) => "a folder of home folders",
        _ => return Ok(()),
    };
    let error = Error::new(format!("{} is {what}, which is not indexed unasked", folder.display()));
    Err(error.cure("name the folder of the reports, or add --index-here if all of it is meant"))
}

fn absolute(path: &Path) -> Result<PathBuf> {
    path.canonicalize().map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::new(format!("there is no file or folder {}", path.display())),
        _ => Error::new(format!("{} cannot be opened: {error}", path.display())),
    }
}

fn folder_of(path: &Path) -> &Path {
    if path.is_dir() { path } else { path.parent().unwrap_or(path) }
}
