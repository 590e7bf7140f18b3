//! Where the reports are, where their index is, and which part of the corpus was named: as the command finds them.

use std::path::{Path, PathBuf};

use quotable::{Id, Index, Ownership, SearchOptions, path};

/// The folder of the index inside the folder of the reports.
pub(crate) const INDEX_FOLDER: &str = ".quotable";

/// A corpus, its index, and the part of the corpus that was named.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The folder of the sources, or the one file; `None` where only the index is known.
    pub(crate) corpus: Option<PathBuf>,
    /// The folder of the index, which may not exist yet.
    pub(crate) index: PathBuf,
    /// Where the index goes if the folder of the corpus cannot be written.
    pub(crate) fallback: Option<PathBuf>,
    /// The part of the corpus that was named, relative to it; `None` for the whole.
    pub(crate) within: Option<String>,
    /// Why the index is only read, in words that follow "the index in FOLDER".
    pub(crate) read_only: Option<&'static str>,
    /// What the user should know of the choice.
    pub(crate) notes: Vec<String>,
}

/// Where files that can be made again are kept, and which folders are not indexed by accident.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surroundings {
    pub(crate) cache: Option<PathBuf>,
    pub(crate) home: Option<PathBuf>,
}

impl Place {
    /// The index named, else the nearest indexed folder at or above `named`, else `named` itself.
    ///
    /// # Errors
    /// A sentence for people.
    pub(crate) fn find(named: &Path, index: Option<&Path>, around: &Surroundings) -> Result<Self, String> {
        let named = named.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!("there is no file or folder {}", named.display()),
            _ => format!("{} cannot be opened: {error}", named.display()),
        })?;
        let folder = if named.is_dir() { named.as_path() } else { named.parent().unwrap_or(&named) };
        if let Some(index) = index {
            return Self::with_index(&named, folder, index);
        }
        let mut notes = Vec::new();
        for ancestor in folder.ancestors() {
            let candidates = [Some(ancestor.join(INDEX_FOLDER)), around.cache_of(ancestor)];
            for index in candidates.into_iter().flatten() {
                if !index.is_symlink() && !Index::exists(&index) {
                    continue;
                }
                let from_above = || Index::ownership_from_above(&index).ok().and_then(fault);
                let Some(fault) = (if ancestor == folder { None } else { from_above() }) else {
                    return Ok(Self { notes, ..Self::of(ancestor, index, &named, around) });
                };
                notes.push(format!(
                    "the index in {} {fault}, so it is not used; to use it, open {}",
                    index.display(),
                    ancestor.display()
                ));
            }
        }
        if named.is_file()
            && let Some(index) = around.cache_of(&named)
        {
            // A file in no indexed folder is a corpus of its own: of a folder of downloads, nobody wants all files read.
            return Ok(Self { fallback: None, notes, ..Self::of(&named, index, &named, around) });
        }
        if around.is_home_or_root(folder) {
            return Err(home_or_root(folder));
        }
        Ok(Self { notes, ..Self::of(folder, folder.join(INDEX_FOLDER), &named, around) })
    }

    /// The place of an index that was named alone. Its reports may be on another machine.
    ///
    /// # Errors
    /// A sentence for people.
    pub(crate) fn of_index(index: &Path, around: &Surroundings) -> Result<Self, String> {
        let index = std::path::absolute(index).map_err(|error| format!("{}: {error}", index.display()))?;
        if !Index::exists(&index) {
            let index = index.display();
            return Err(format!(
                "there is no index in {index}; name the folder of the reports too, to make one"
            ));
        }
        let corpus = recorded(&index).filter(|corpus| corpus.exists());
        // An index from a stranger may record any folder.
        if let Some(corpus) = corpus.as_ref().filter(|corpus| around.is_home_or_root(corpus)) {
            return Err(home_or_root(corpus));
        }
        let none = Self::of(Path::new(""), index, Path::new(""), &Surroundings::default());
        Ok(Self { corpus, within: None, ..none })
    }

    /// The place of an index that was named.
    fn with_index(named: &Path, folder: &Path, index: &Path) -> Result<Self, String> {
        let index = std::path::absolute(index).map_err(|error| format!("{}: {error}", index.display()))?;
        let corpus = match recorded(&index) {
            Some(corpus) if named.starts_with(&corpus) => corpus,
            Some(corpus) => {
                return Err(format!(
                    "the index in {} belongs to {}; give the index of {} another folder",
                    index.display(),
                    corpus.display(),
                    named.display()
                ));
            }
            None => folder.to_owned(),
        };
        Ok(Self { fallback: None, ..Self::of(&corpus, index, named, &Surroundings::default()) })
    }

    fn of(corpus: &Path, index: PathBuf, named: &Path, around: &Surroundings) -> Self {
        let within = named.strip_prefix(corpus).ok().map(path::encode).filter(|within| !within.is_empty());
        let read_only =
            Index::ownership(&index).ok().filter(|owner| *owner != Ownership::Link).and_then(fault);
        Self {
            corpus: Some(corpus.to_owned()),
            fallback: around.cache_of(corpus).filter(|fallback| *fallback != index),
            index,
            within,
            read_only,
            notes: Vec::new(),
        }
    }

    /// Restricts a search to the part of the corpus that was named.
    pub(crate) fn restrict(&self, options: SearchOptions) -> SearchOptions {
        match &self.within {
            Some(within) => options.within(within),
            None => options,
        }
    }

    /// The path of a file in the corpus; `None` if it is not there.
    pub(crate) fn path_of(&self, file: &Path) -> Option<String> {
        let file = file.canonicalize().ok()?;
        let path = path::encode(file.strip_prefix(self.corpus.as_deref()?).ok()?);
        Some(path).filter(|path| !path.is_empty())
    }

    /// True if the source is in the part of the corpus that was named.
    pub(crate) fn contains(&self, source: &str) -> bool {
        let Some(within) = &self.within else { return true };
        source.strip_prefix(within.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The folder of the reports of an index: the one that it lies in, or the one that it records.
fn recorded(index: &Path) -> Option<PathBuf> {
    if index.file_name().is_some_and(|name| name == INDEX_FOLDER) {
        return index.parent().and_then(|parent| parent.canonicalize().ok());
    }
    Index::recorded_corpus(index)
}

fn home_or_root(folder: &Path) -> String {
    let folder = folder.display();
    format!("{folder} is a home or root folder, which is not indexed; name the folder of the reports")
}

impl Surroundings {
    fn is_home_or_root(&self, folder: &Path) -> bool {
        folder.parent().is_none() || self.home.as_deref().is_some_and(|home| home.starts_with(folder))
    }

    /// The index folder of a corpus that cannot be written, as the command names it.
    fn cache_of(&self, corpus: &Path) -> Option<PathBuf> {
        Some(self.cache.as_ref()?.join(Id::of_report(&path::encode(corpus)).to_string()))
    }
}

/// What keeps an index from being the user's own.
fn fault(ownership: Ownership) -> Option<&'static str> {
    match ownership {
        Ownership::Own => None,
        Ownership::OfAnotherUser { .. } => Some("belongs to another user"),
        Ownership::Link => Some("is a link to another place"),
        _ => Some("can be changed by other users"),
    }
}
