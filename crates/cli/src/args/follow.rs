//! The arguments of `quotable follow`.

use std::path::PathBuf;

use clap::Args;

use super::TEMPLATE;
use super::check::CheckOutputArgs;
use super::location::{LocationArgs, RefreshArgs};

/// Follow what each inspection asked for into the next one of the same authority
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct FollowArgs {
    /// An authority, by any of its names or its number; or a report: its path, or a part of the path that no other report has
    #[arg(value_name = "AUTHORITY|REPORT")]
    pub(crate) target: String,

    /// Use the themes and concepts of your own code book
    #[arg(long, visible_alias = "codes", value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    #[command(flatten)]
    pub(crate) output: CheckOutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  quotable follow Marlowe reports/                each inspection into the next, the newest first
  quotable follow marlowe-2018 reports/           what this report asked for, in the next one
  quotable follow Marlowe --format html > marlowe.html   a page to open, print or send
  quotable follow Marlowe --codebook mine.toml    with concepts of your own";

const NOTES: &str = "\
Paragraphs are found and labelled by their words: they are candidates, and show their evidence. What
is not found is not solved. Words that are alike are learnt from all reports of the folder, so a
folder of many reports finds more.
Exit status: 0 if a report asked for anything, 1 if none did, 2 on an error.";
