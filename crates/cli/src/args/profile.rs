//! The arguments of `quotable profile`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::TEMPLATE;

/// Show, write and try the profiles that say how the reports of an inspectorate are read
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES)]
pub(crate) struct ProfileArgs {
    #[command(subcommand)]
    pub(crate) command: ProfileCommand,
}

const EXAMPLES: &str = "\
Examples:
  quotable profile list                             the profiles that there are
  quotable profile show ofsted-send                 one of them, to copy from
  quotable profile new harbours reports/ > harbours.toml    a first draft, from a folder of reports
  quotable profile test harbours.toml reports/      what each rule reads in each report, and what it misses
Put a profile that works into .quotable/profiles in the folder of reports; it is used from then on.";

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// List the profiles
    List(ProfileListArgs),
    /// Show the text of a profile
    Show(ProfileShowArgs),
    /// Draft a profile from a folder of reports
    New(ProfileNewArgs),
    /// Show what a profile reads in each report of a folder, and what it misses
    Test(ProfileTestArgs),
}

/// The arguments of `profile list`.
#[derive(Debug, Args)]
pub(crate) struct ProfileListArgs {
    /// Also list the profiles in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) profiles: Option<PathBuf>,
}

/// The arguments of `profile show`.
#[derive(Debug, Args)]
pub(crate) struct ProfileShowArgs {
    /// The name of the profile
    pub(crate) name: String,

    /// Also look in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) profiles: Option<PathBuf>,
}

/// The arguments of `profile new`.
#[derive(Debug, Args)]
pub(crate) struct ProfileNewArgs {
    /// The name of the series, in small letters with hyphens: harbour-safety
    pub(crate) name: String,

    /// A folder of reports of that series, or one report
    pub(crate) folder: PathBuf,

    /// Read at most N reports
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) reports: usize,
}

/// The arguments of `profile test`.
#[derive(Debug, Args)]
pub(crate) struct ProfileTestArgs {
    /// The profile: a file, or the name of a built-in one
    pub(crate) profile: String,

    /// A folder of reports, or one report
    pub(crate) folder: PathBuf,

    /// Read at most N reports
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) reports: usize,

    /// Show every report, not only what each rule missed
    #[arg(long)]
    pub(crate) all: bool,
}
