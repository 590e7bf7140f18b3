//! The arguments of `quotable profile`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::TEMPLATE;

/// Show, write and try profiles: files that say how the reports of an inspectorate are read
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct ProfileArgs {
    #[command(subcommand)]
    pub(crate) command: ProfileCommand,
}

const EXAMPLES: &str = "\
Examples:
  quotable profile list                          the profiles that there are
  quotable profile show ofsted-send              one of them, to copy from
  quotable profile new ports reports/ > ports.toml    a draft, from your reports
  quotable profile test ports.toml reports/      what it reads, what it misses";

const NOTES: &str = "\
A profile is a text file, and needs no programming. Write a draft into a file
with >, change it in a text editor, and test it until nothing is missed. Then
put it into reports/.quotable/profiles/ and the next search reads by it.
A worked example, and every word that a profile may have:
https://github.com/quotable-search/quotable/blob/main/crates/profile/PROFILES.md";

const NEW_EXAMPLES: &str = "\
Examples:
  quotable profile new ports reports/ > ports.toml
  quotable profile new ports reports/ --reports 100 > ports.toml";

const NEW_NOTES: &str = "\
The draft goes to standard output: write it into a file with >. The folder
should hold reports of one series, ten or more, of different years.";

const TEST_EXAMPLES: &str = "\
Examples:
  quotable profile test ports.toml reports/            how often each rule reads
  quotable profile test ports.toml reports/ --all      every value it reads
  quotable profile test ports.toml hartle.pdf --all    one report
  quotable profile test ofsted-send reports/           a built-in profile";

const TEST_NOTES: &str = "\
Nothing is changed. Profiles (*.toml) and registers (*.csv) that lie beside the
profile are loaded too. Exit status: 0 if the profile recognises any report, 1
if it recognises none, 2 on an error.";

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// List the profiles, with the inspectorate and the reports each was tried on
    List(ProfileListArgs),
    /// Show the text of a profile, to copy from
    Show(ProfileShowArgs),
    /// Write a first draft of a profile, from a folder of reports
    New(ProfileNewArgs),
    /// Show what a profile reads in a folder of reports, and what it misses
    Test(ProfileTestArgs),
}

/// The arguments of `profile list`.
#[derive(Debug, Args)]
pub(crate) struct ProfileListArgs {
    /// Also list your own profiles, in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) profiles: Option<PathBuf>,
}

/// The arguments of `profile show`.
#[derive(Debug, Args)]
pub(crate) struct ProfileShowArgs {
    /// The name of the profile, as quotable profile list shows it
    pub(crate) name: String,

    /// Also look among your own profiles, in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) profiles: Option<PathBuf>,
}

/// The arguments of `profile new`.
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = NEW_EXAMPLES, after_help = NEW_NOTES)]
pub(crate) struct ProfileNewArgs {
    /// A name for the series, in small letters with hyphens: care-homes
    pub(crate) name: String,

    /// A folder of reports of that series, or one report
    pub(crate) folder: PathBuf,

    /// Read at most N reports
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) reports: usize,
}

/// The arguments of `profile test`.
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = TEST_EXAMPLES, after_help = TEST_NOTES)]
pub(crate) struct ProfileTestArgs {
    /// Your profile (a file such as ports.toml), or the name of a built-in one
    pub(crate) profile: String,

    /// A folder of reports, or one report
    pub(crate) folder: PathBuf,

    /// Read at most N reports
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) reports: usize,

    /// Also show what each rule finds, report by report
    #[arg(long)]
    pub(crate) all: bool,
}
