//! Where the corpus and its index are, and how the index is brought up to date.

use std::path::PathBuf;

use clap::Args;

/// The help heading of options that concern the index.
pub(super) const INDEX_HEADING: &str = "Index";

/// The corpus and its index.
#[derive(Debug, Default, Clone, Args)]
pub(crate) struct LocationArgs {
    /// The folder of reports, a folder in it, or one file, which is then read alone [default: the current folder]
    pub(crate) path: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) place: PlaceArgs,
}

/// Where the index is, and by what the corpus is read.
#[derive(Debug, Default, Clone, Args)]
pub(crate) struct PlaceArgs {
    /// Keep the index in this folder [default: .quotable inside the folder of reports]
    #[arg(long, value_name = "FOLDER", help_heading = INDEX_HEADING)]
    pub(crate) index: Option<PathBuf>,

    /// Also read the reports by your own profiles in this folder; those in .quotable/profiles are always used
    #[arg(long, value_name = "FOLDER", help_heading = INDEX_HEADING)]
    pub(crate) profiles: Option<PathBuf>,

    /// Take facts about the reports from this table: CSV with a column path, and any other columns [default: quotable.csv
    /// in the folder of reports, if there is one]
    #[arg(long, value_name = "FILE", help_heading = INDEX_HEADING)]
    pub(crate) metadata: Option<PathBuf>,
}

/// How the index is brought up to date before it answers.
#[derive(Debug, Args)]
pub(crate) struct RefreshArgs {
    /// Use the index as it is, without looking for new or changed files
    #[arg(long, help_heading = INDEX_HEADING)]
    pub(crate) no_refresh: bool,

    #[command(flatten)]
    pub(crate) scan: ScanArgs,
}

/// Which folders are read.
#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    /// Allow indexing a home folder or a root folder
    #[arg(long, help_heading = INDEX_HEADING)]
    pub(crate) index_here: bool,

    /// Follow symbolic links, also those that lead out of the folder
    #[arg(long, help_heading = INDEX_HEADING)]
    pub(crate) follow_links: bool,

    /// Empty the index if all reports are gone at once, as after they were deleted; without it, they are kept, since the
    /// folder of a share that is not mounted is empty too
    #[arg(long, help_heading = INDEX_HEADING)]
    pub(crate) allow_empty: bool,
}
