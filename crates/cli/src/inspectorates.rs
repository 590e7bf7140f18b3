//! What the user knows of the reports: profiles of inspectorates, and metadata from a table.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use quotable::report::Profiles;
use quotable::{Index, IndexBuilder, MetadataTable};
use quotable_export::number::counted;

use crate::console::Console;
use crate::error::{Error, Result};
use crate::location::{INDEX_FOLDER, Location};

/// The folder of profiles inside the folder of the index.
const PROFILES_FOLDER: &str = "profiles";
/// The table of metadata in the folder of the reports.
const METADATA_FILE: &str = "quotable.csv";
/// How many paths are named in a note.
const NAMED_PATHS: usize = 5;
/// Bytes; a larger table is refused.
const LARGEST_TABLE: u64 = 256 << 20;

/// Profiles and metadata for the reports of a location.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inspectorates {
    /// `None` for the built-in ones alone.
    profiles: Option<Profiles>,
    metadata: Option<(PathBuf, MetadataTable)>,
}

impl Inspectorates {
    /// Loads the user's profiles, from `--profiles` and from the folder of the index, and the table of metadata, from
    /// `--metadata` or beside the reports. A profile that is wrong is left out with a note; a table that is wrong is an
    /// error, because its rows would be missing from every answer.
    pub(crate) fn load(location: &Location, console: &Console) -> Result<Self> {
        let mut profiles = None;
        // An index elsewhere is of the same reports.
        let beside = location.corpus.as_ref().map(|corpus| corpus.join(INDEX_FOLDER).join(PROFILES_FOLDER));
        let own = Some(location.index.join(PROFILES_FOLDER)).filter(|own| beside.as_ref() != Some(own));
        let there = |folder: Option<PathBuf>| folder.filter(|folder| folder.is_dir());
        let folders = [there(beside), there(own), location.profiles.clone()];
        for folder in folders.into_iter().flatten() {
            profiles = Some(with_folder(profiles.as_ref(), &folder, console)?);
        }
        let beside = location.corpus.as_ref().map(|corpus| corpus.join(METADATA_FILE));
        let file = location.metadata.clone().or_else(|| beside.filter(|file| file.is_file()));
        let metadata = file.map(|file| table(&file).map(|table| (file, table))).transpose()?;
        Ok(Self { profiles, metadata })
    }

    /// Gives profiles and metadata to an index that is about to be opened.
    pub(crate) fn configure(&self, mut builder: IndexBuilder) -> IndexBuilder {
        if let Some(profiles) = &self.profiles {
            builder = builder.profiles(profiles.clone());
        }
        if let Some((_, table)) = &self.metadata {
            builder = builder.metadata(table.clone());
        }
        builder
    }

    /// The table, which a refresh must not take for a file that it passes over.
    pub(crate) fn table(&self) -> Option<&Path> {
        self.metadata.as_ref().map(|(file, _)| file.as_path())
    }

    /// Notes the rows of the table that no file has, and the files that it leaves out.
    pub(crate) fn note_unmatched(&self, index: &Index, console: &Console) {
        let Some((file, table)) = &self.metadata else { return };
        let snapshot = index.snapshot();
        let there: HashSet<&str> = snapshot.report_heads().map(|head| head.path).collect();
        let name = file
            .file_name()
            .map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
        let without: Vec<(&str, u64)> =
            table.paths().into_iter().filter(|(path, _)| !there.contains(path)).collect();
        if !without.is_empty() {
            let mut shown: Vec<String> = without
                .iter()
                .take(NAMED_PATHS)
                .map(|(path, line)| format!("{path} (line {line})"))
                .collect();
            if without.len() > NAMED_PATHS {
                shown.push(format!("and {} more", without.len() - NAMED_PATHS));
            }
            let rows = counted(without.len() as u64, "rows");
            let matches = if without.len() == 1 { "matches" } else { "match" };
            console.note(format!("{rows} of {name} {matches} no report: {}", shown.join(", ")));
        }
        let left_out = there.iter().filter(|path| !table.has(path)).count();
        if left_out > 0 {
            console.note(format!("{name} has no row for {}", counted(left_out as u64, "reports")));
        }
    }
}

/// The profiles with those of a folder of the user's.
pub(crate) fn with_folder(profiles: Option<&Profiles>, folder: &Path, console: &Console) -> Result<Profiles> {
    if !folder.is_dir() {
        let error = Error::new(format!("there is no folder {}", folder.display()));
        return Err(error.cure("give --profiles the folder that holds your profiles (*.toml)"));
    }
    let (profiles, errors) = profiles.unwrap_or_else(|| Profiles::built_in()).with_folder(folder);
    for error in errors {
        console.note(format!("profile left out: {error}"));
    }
    Ok(profiles)
}

/// Reads a table of metadata.
fn table(file: &Path) -> Result<MetadataTable> {
    let refuse = |what: String| Error::new(format!("{} cannot be used: {what}", file.display()));
    let length = std::fs::metadata(file).map_err(|error| refuse(error.to_string()))?.len();
    if length > LARGEST_TABLE {
        return Err(refuse("it is too large".to_owned()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => {
            refuse("it is not UTF-8".to_owned()).cure("save the table as CSV in UTF-8")
        }
        _ => refuse(error.to_string()),
    })?;
    MetadataTable::parse(&text).map_err(|error| refuse(error.to_string()))
}
