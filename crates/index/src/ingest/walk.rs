//! Finds the files of a corpus.

use std::cell::RefCell;
use std::fs::{self, FileType, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use quotable_read::{Readers, open_regular};
use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, ErrorKind, Result};
use crate::failure::{Failure, FailureKind};
use crate::ingest::skip;
use crate::path;
use crate::store::fingerprint::Fingerprint;
use crate::store::readable_by::ReadableBy;

/// The result of a walk through a corpus, in the order of paths.
#[derive(Debug)]
pub(super) struct Walk {
    /// Files that a reader recognises.
    pub(super) files: Vec<CorpusFile>,
    /// Number of files that no reader recognises and that may be documents, and of links and special files passed over.
    pub(super) skipped: usize,
    /// The documents that no reader recognises, and hidden files and folders with reports, each with the cure.
    pub(super) not_read: Vec<Failure>,
    pub(super) problems: Vec<Failure>,
    /// Who may read all of the files.
    pub(super) readable_by: ReadableBy,
    /// Folders that could not be listed, and files whose metadata could not be read. Any file there may still exist.
    unlisted: Vec<String>,
}

/// A file that a reader recognises.
#[derive(Debug, Clone)]
pub(super) struct CorpusFile {
    /// The path relative to the corpus, as [`path::encode`] writes it.
    pub(crate) path: String,
    pub(crate) file: PathBuf,
    pub(super) fingerprint: Fingerprint,
    /// The name of the file's format.
    pub(crate) format: &'static str,
}

impl Walk {
    /// Takes out the files that are no reports from those that are not read.
    pub(super) fn without(mut self, corpus: &Path, no_reports: &[PathBuf]) -> Self {
        for file in no_reports {
            let Ok(file) = file.canonicalize() else { continue };
            let is_file = |found: &Failure| {
                let found = path::decode(&found.path).map(|path| corpus.join(path));
                found.is_some_and(|found| {
                    found.file_name() == file.file_name()
                        && found.canonicalize().is_ok_and(|found| found == file)
                })
            };
            let before = self.not_read.len();
            self.not_read.retain(|found| !is_file(found));
            self.skipped = self.skipped.saturating_sub(before - self.not_read.len());
        }
        self
    }

    /// True if a file that the walk did not find may exist all the same.
    pub(super) fn may_hold(&self, path: &str) -> bool {
        self.unlisted.iter().any(|folder| {
            let rest = path.strip_prefix(folder.as_str());
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Walks through a corpus: a folder, or one file. Leaves out hidden files and folders, and the folder of the index. `group` is the group of that
/// folder.
pub(super) fn walk(
    corpus: &Path,
    index: Option<&Path>,
    group: Option<u32>,
    readers: &Readers,
    follow: bool,
) -> Result<Walk> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            let message = "you have no permission to list the folder; ask its owner, or whoever runs the system, for it";
            Error::new(ErrorKind::Io, message).at(corpus)
        }
        _ => Error::new(ErrorKind::NotFound, "the folder of the corpus cannot be listed")
            .at(corpus)
            .because(error),
    };
    let is_file = corpus.is_file();
    if !is_file {
        fs::read_dir(corpus).map_err(unreadable)?;
    }
    // A corpus of one file: its path is its name.
    let base =
        if is_file { corpus.parent().filter(|parent| !parent.as_os_str().is_empty()) } else { Some(corpus) };
    let base = base.unwrap_or(Path::new("."));
    let root = base.canonicalize().map_err(unreadable)?;
    let index = index.and_then(|folder| folder.canonicalize().ok());
    // An index in the corpus is reached by the same folders as the files.
    let is_inside = index.as_ref().is_some_and(|index| index.starts_with(&root));
    let readable_by = if is_inside {
        ReadableBy::EVERYONE
    } else {
        let folder = root.metadata().map_err(unreadable)?;
        ReadableBy::EVERYONE.and_folder(&folder, group).and_above(&root, group)
    };
    let walk = Walk {
        files: Vec::new(),
        skipped: 0,
        not_read: Vec::new(),
        problems: Vec::new(),
        readable_by,
        unlisted: Vec::new(),
    };
    let mut walker = Walker { corpus: base, root, readers, group, folders: Vec::new(), walk };
    let entries = WalkDir::new(corpus).follow_links(follow).into_iter();
    let hidden = RefCell::new(Vec::new());
    let wanted = |entry: &DirEntry| {
        if entry.depth() == 0 {
            return true;
        }
        if entry.file_type().is_dir() && is_same(entry.path(), index.as_deref()) {
            return false;
        }
        if is_hidden(entry) {
            hidden.borrow_mut().push((entry.path().to_owned(), entry.file_type()));
            return false;
        }
        true
    };
    for entry in entries.filter_entry(wanted) {
        match entry {
            Ok(entry) => walker.visit(&entry),
            Err(error) => walker.problem(&error),
        }
    }
    hidden.into_inner().iter().for_each(|(path, kind)| walker.visit_hidden(path, *kind));
    // Sorted once, by the encoded paths: sorting every folder in the walk costs much more.
    let mut walk = walker.walk;
    walk.not_read.sort_by(|left, right| left.path.cmp(&right.path));
    walk.files.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    walk.problems.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(walk)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().first() == Some(&b'.')
}

fn is_same(folder: &Path, index: Option<&Path>) -> bool {
    // Names are compared first: resolving every folder would take longer than the walk.
    index.is_some_and(|index| {
        folder.file_name() == index.file_name() && folder.canonicalize().is_ok_and(|folder| folder == index)
    })
}

struct Walker<'a> {
    corpus: &'a Path,
    /// The path of the corpus, with links resolved.
    root: PathBuf,
    readers: &'a Readers,
    /// The group of the folder of the index.
    group: Option<u32>,
    /// Who may open the files of the current folder and of each folder above it, from the corpus down.
    folders: Vec<ReadableBy>,
    walk: Walk,
}

impl Walker<'_> {
    fn relative(&self, file: &Path) -> String {
        path::encode(file.strip_prefix(self.corpus).unwrap_or(file))
    }

    fn visit(&mut self, entry: &DirEntry) {
        let kind = entry.file_type();
        self.folders.truncate(entry.depth());
        if kind.is_dir() {
            self.enter(entry);
        } else if kind.is_symlink() {
            self.visit_link(entry.path());
        } else if kind.is_file() {
            self.visit_file(entry.path(), entry.path_is_symlink(), || {
                entry.metadata().map_err(io::Error::from)
            });
        } else {
            // Nobody takes an `app.sock` for a report.
            if entry.path_is_symlink() || self.readers.find(entry.path(), &[]).is_some() {
                self.visit_special(entry.path(), "this is");
            } else {
                self.walk.skipped += 1;
            }
        }
    }

    /// Notes who may open the files of a folder.
    fn enter(&mut self, folder: &DirEntry) {
        let Some(above) = self.folders.last() else {
            // The corpus itself: see `walk`.
            self.folders.push(self.walk.readable_by);
            return;
        };
        let mut readable_by = match folder.metadata() {
            Ok(metadata) => above.and_folder(&metadata, self.group),
            // It cannot be listed either.
            Err(_) => *above,
        };
        if folder.path_is_symlink() {
            readable_by = self.and_above_target(readable_by, folder.path());
        }
        self.folders.push(readable_by);
    }

    /// Those of `readable_by` who may reach what a link leads to, too.
    fn and_above_target(&self, readable_by: ReadableBy, link: &Path) -> ReadableBy {
        link.canonicalize().map_or(readable_by, |target| readable_by.and_above(&target, self.group))
    }

    /// Leaves out what is neither a file nor a folder. Opening a pipe could wait for ever.
    fn visit_special(&mut self, path: &Path, what: &str) {
        self.walk.skipped += 1;
        let message =
            format!("{what} a pipe, a socket or a device, which is not read; put a file in its place");
        self.report(self.relative(path), FailureKind::Special, message);
    }

    fn visit_file(&mut self, file: &Path, is_link: bool, metadata: impl FnOnce() -> io::Result<Metadata>) {
        if file.file_name().is_some_and(|name| skip::is_no_document(&name.to_string_lossy())) {
            return;
        }
        let Some(format) = self.recognise(file) else {
            if let Some(reason) = skip::reason(file) {
                self.walk.skipped += 1;
                let path = self.relative(file);
                self.walk.not_read.push(Failure::new(path, FailureKind::Skipped, reason));
            }
            return;
        };
        let path = self.relative(file);
        match metadata() {
            Ok(metadata) => {
                let fingerprint = Fingerprint::of(&metadata);
                let mut readable_by = self.folders.last().copied().unwrap_or(ReadableBy::EVERYONE);
                if is_link {
                    readable_by = self.and_above_target(readable_by, file);
                }
                let readable_by = readable_by.and_file(&metadata, self.group);
                self.walk.readable_by = self.walk.readable_by.and_also(readable_by);
                self.walk.files.push(CorpusFile { path, file: file.to_owned(), fingerprint, format });
            }
            Err(error) => {
                self.walk.unlisted.push(path.clone());
                let message =
                    format!("the file cannot be accessed ({error}); the index keeps its last report");
                self.report(path, FailureKind::Unreadable, message);
            }
        }
    }

    /// Visits a hidden file or folder, which is not read: one that holds a report is named.
    fn visit_hidden(&mut self, path: &Path, kind: FileType) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_report = |file: &Path| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            !skip::is_no_document(&name) && self.readers.find(file, &[]).is_some()
        };
        let what = if kind.is_file() && is_report(path) {
            "it is a hidden file"
        } else if kind.is_dir()
            && !skip::is_of_a_program(&name)
            && fs::read_dir(path).is_ok_and(|entries| entries.flatten().any(|entry| is_report(&entry.path())))
        {
            "it is a hidden folder, with reports"
        } else {
            return;
        };
        let message = format!("{what}; to have it read, rename it without the dot at the beginning");
        let path = self.relative(path);
        self.walk.not_read.push(Failure::new(path, FailureKind::Hidden, message));
    }

    /// The name of the file's format, by its extension; by its first bytes if it has none.
    fn recognise(&mut self, file: &Path) -> Option<&'static str> {
        if let Some(reader) = self.readers.find(file, &[]) {
            return Some(reader.format());
        }
        if file.extension().is_some() {
            return None;
        }
        let mut head = Vec::with_capacity(Readers::HEAD);
        let read =
            open_regular(file).and_then(|opened| opened.take(Readers::HEAD as u64).read_to_end(&mut head));
        if read.is_err() {
            let path = self.relative(file);
            self.walk.unlisted.push(path);
        }
        self.readers.find(file, &head).map(|reader| reader.format())
    }

    /// Visits a link that the walk does not follow. A link to a hidden file in the corpus counts as a file of the
    /// link's name: tools for large files, such as git-annex, keep them so. Other files and folders in the corpus are
    /// visited under their own names.
    fn visit_link(&mut self, link: &Path) {
        let metadata = fs::metadata(link);
        let kind = metadata.as_ref().ok().map(Metadata::file_type);
        // Looked at before the target's path, which a pipe that only a process holds does not have.
        if kind.is_some_and(is_special) {
            self.visit_special(link, "the link leads to");
            return;
        }
        let Ok(target) = link.canonicalize() else {
            if self.recognise(link).is_some() {
                let message = "the link leads nowhere; correct it or delete it";
                self.report(self.relative(link), FailureKind::Unreadable, message);
            } else {
                self.walk.skipped += 1;
            }
            return;
        };
        if let Ok(inside) = target.strip_prefix(&self.root) {
            let hidden =
                inside.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
            if hidden && kind.is_some_and(|kind| kind.is_file()) {
                self.visit_file(link, true, || metadata);
            } else {
                self.walk.skipped += 1;
            }
        } else if kind.is_some_and(|kind| kind.is_dir()) || self.recognise(link).is_some() {
            let message = "the link leads out of the corpus; follow links, or put the file itself there";
            self.report(self.relative(link), FailureKind::LinkOutside, message);
        } else {
            self.walk.skipped += 1;
        }
    }

    fn problem(&mut self, error: &walkdir::Error) {
        let path = error.path().map(|path| self.relative(path)).unwrap_or_default();
        if let Some(ancestor) = error.loop_ancestor() {
            let ancestor = self.relative(ancestor);
            let ancestor = if ancestor.is_empty() { "the corpus itself" } else { &ancestor };
            let message = format!("the link leads back to {ancestor} and was not followed; delete it");
            self.report(path, FailureKind::LinkLoop, message);
            return;
        }
        let why = error.io_error();
        match why.map(io::Error::kind) {
            // Deleted since its folder was listed, or a link that leads nowhere.
            Some(io::ErrorKind::NotFound) => match error.path().map(fs::symlink_metadata) {
                Some(Ok(_)) => {
                    self.report(
                        path,
                        FailureKind::Unreadable,
                        "the link leads nowhere; correct it or delete it",
                    );
                }
                _ => {
                    let message = "the file was deleted while the corpus was being listed";
                    self.report(path, FailureKind::Vanished, message);
                }
            },
            _ => {
                let why = why.map_or_else(|| error.to_string(), io::Error::to_string);
                let message =
                    format!("the folder cannot be listed ({why}); the index keeps the reports of its files");
                self.walk.unlisted.push(path.clone());
                self.report(path, FailureKind::Folder, message);
            }
        }
    }

    fn report(&mut self, path: String, kind: FailureKind, message: impl Into<String>) {
        self.walk.problems.push(Failure::new(path, kind, message));
    }
}

fn is_special(kind: FileType) -> bool {
    !(kind.is_file() || kind.is_dir())
}
