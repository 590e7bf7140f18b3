//! The command line: every argument, with its help.

mod check;
mod follow;
mod index;
mod limits;
mod location;
mod output;
mod packaging;
mod profile;
mod query;
mod show;
mod similar;
mod themes;
mod value;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub(crate) use self::check::{CheckArgs, CheckOutputArgs};
pub(crate) use self::follow::FollowArgs;
pub(crate) use self::index::{
    Access, IndexArgs, IndexCommand, ReadWorkerArgs, RebuildArgs, StatusArgs, VerifyArgs,
};
pub(crate) use self::limits::LimitArgs;
pub(crate) use self::location::{LocationArgs, PlaceArgs, RefreshArgs, ScanArgs};
pub(crate) use self::output::{Cite, Color, Format, OutputArgs};
pub(crate) use self::packaging::{CompletionsArgs, ManArgs};
pub(crate) use self::profile::{
    ProfileArgs, ProfileCommand, ProfileListArgs, ProfileNewArgs, ProfileShowArgs, ProfileTestArgs,
};
pub(crate) use self::query::{
    CountArgs, FilterArgs, Include, KwicArgs, KwicSort, QueryArgs, Scope, SearchArgs, SearchSort,
};
pub(crate) use self::show::{ReportsArgs, ShowArgs, Unit};
pub(crate) use self::similar::SimilarArgs;
pub(crate) use self::themes::{RunArgs, ThemesArgs, ThemesBy};

/// Help begins with examples, then usage: most people look for a command line to copy.
const TEMPLATE: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Finds, counts and cites quotations in a folder of inspection reports
#[derive(Debug, Parser)]
#[command(name = "quotable", version, help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
#[command(subcommand_required = true, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour: auto means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value_t, value_enum)]
    // A fixed order keeps this last in every command's help, however many options that has.
    #[arg(display_order = 100)]
    pub(crate) color: Color,

    /// Write the results into this file
    #[arg(short, long, global = true, value_name = "FILE", display_order = 99)]
    pub(crate) output: Option<PathBuf>,
}

impl Command {
    /// The form of the command's results; `None` for a command that has none.
    pub(crate) fn output(&self) -> Option<OutputArgs> {
        match self {
            Self::Search(args) => Some(args.output),
            Self::Count(args) => Some(args.output),
            Self::Kwic(args) => Some(args.output),
            Self::Show(args) => Some(args.output),
            Self::Check(args) => Some(args.output.common()),
            Self::Similar(args) => Some(args.output),
            Self::Follow(args) => Some(args.output.common()),
            Self::Reports(args) => Some(args.output),
            Self::Themes(args) => Some(args.output),
            Self::Run(args) => Some(args.output),
            Self::Index(args) => args.output(),
            Self::Profile(_) | Self::Completions(_) | Self::Man(_) | Self::ReadWorker(_) => None,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  quotable search '\"care leavers\" unallocated' reports/   quotations, each with its citation
  quotable count 'unalloc*' --by year                      how often, year by year
  quotable kwic 'caseload*' --sort right                   every occurrence with the words around it
  quotable show k3v9x2m7qa.12                              a paragraph in its context
  quotable check article.html reports/                     whether the reports say what is quoted
  quotable reports reports/                                every report, with dates and grades";

const NOTES: &str = "\
The index is kept in .quotable/ inside the folder of reports; every search brings it up to date.
Exit status: 0 if anything was found, 1 if nothing was, 2 on an error.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Search(SearchArgs),
    Count(CountArgs),
    Kwic(KwicArgs),
    Show(ShowArgs),
    Check(CheckArgs),
    Follow(FollowArgs),
    Similar(SimilarArgs),
    Reports(ReportsArgs),
    Themes(ThemesArgs),
    Run(RunArgs),
    Index(IndexArgs),
    Profile(ProfileArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    /// Reads files for a refresh, in a separate process
    #[command(hide = true)]
    ReadWorker(ReadWorkerArgs),
}
