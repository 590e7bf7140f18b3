//! What may be typed after `quotable`. Nothing else stands here.

mod asking;
mod check;
mod limits;
mod output;
pub(crate) mod themes;

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand};

pub(crate) use self::asking::{Asking, Count, Filters, Kwic, LineSort, Part, Scope, Search, Sort, Unit};
pub(crate) use self::check::Check;
pub(crate) use self::limits::Limits;
pub(crate) use self::output::{Cite, Citing, Color, Format, Output};
pub(crate) use self::themes::{Run, Themes};

/// Examples first, then usage: people read help from the top.
const TEMPLATE: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Under which the options stand that concern the index.
const INDEXING: &str = "Index";

/// Finds, counts and cites quotations in a folder of inspection reports
#[derive(Debug, Parser)]
#[command(name = "quotable", version, help_template = TEMPLATE, before_help = EXAMPLES, after_help = EXIT)]
#[command(subcommand_required = true, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Args {
    /// What is to be done.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Use colour on a terminal, unless NO_COLOR is set; or always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value_t, value_enum)]
    // Its place in the help is not to hang on how many commands there are.
    #[arg(display_order = 100)]
    pub(crate) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  quotable search '\"care leavers\" unallocated' reports/   quotations, each with its citation
  quotable count 'unalloc*' --by year                      how often, with what to divide it by
  quotable kwic 'caseload*' --sort right                   every occurrence with the words around it
  quotable show k3v9x2m7qa.12                              a paragraph found, in its context
  quotable check article.html reports/                     whether a report says what is quoted
  quotable reports reports/                                what was understood of every file";

const EXIT: &str = "\
The index is kept in .quotable/ in the folder searched, and brought up to date by every search.
Exit status: 0 if anything was found, 1 if nothing, 2 on an error.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Search(Search),
    Count(Count),
    Kwic(Kwic),
    Show(Show),
    Check(Check),
    Reports(Reports),
    Themes(Themes),
    Run(Run),
    Index(Index),
    /// Reads files for a refresh, in a process of its own
    #[command(hide = true)]
    ReadWorker(ReadWorker),
}

/// Show a paragraph in its context, or what was understood of a report
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = SHOW)]
pub(crate) struct Show {
    /// An id from a hit, or a report: its path, a part of it that no other has, or its id
    #[arg(value_name = "ID|REPORT")]
    pub(crate) what: String,

    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    /// Show so many paragraphs before and after
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) context: u32,

    /// The whole theme chunk of the paragraph: all that stands under its theme's heading
    #[arg(long, value_name = "UNIT", value_enum, conflicts_with_all = ["text", "structure", "cite"])]
    pub(crate) unit: Option<Unit>,

    /// The whole text of the report
    #[arg(long, conflicts_with_all = ["structure", "format", "cite"])]
    pub(crate) text: bool,

    /// Outline, pages and numbers of every paragraph, and its themes with what gave them
    #[arg(long, conflicts_with_all = ["format", "cite"])]
    pub(crate) structure: bool,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) citing: Citing,
}

const SHOW: &str = "\
Examples:
  quotable show k3v9x2m7qa.12                     the paragraph of a hit, two before and two after
  quotable show reports/marlowe-2018.pdf          title, dates, judgements, outline
  quotable show marlowe-2018 --structure          every paragraph's page, number and themes
  quotable show marlowe-2018 --text | less        the whole text";

/// List every file: authority, dates, framework, overall grade, size, problems
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = REPORTS)]
pub(crate) struct Reports {
    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    /// Only files with problems, and what they are
    #[arg(long)]
    pub(crate) problems: bool,

    #[command(flatten)]
    pub(crate) output: Output,
}

const REPORTS: &str = "\
Examples:
  quotable reports reports/
  quotable reports --problems                     files that could not be read, or only in part
  quotable reports --format csv > reports.csv";

/// Bring the index up to date, and say what was done
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = INDEX, args_conflicts_with_subcommands = true)]
pub(crate) struct Index {
    #[command(subcommand)]
    pub(crate) command: Option<IndexCommand>,

    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// Wait so many seconds for another process that is writing
    #[arg(long, value_name = "SECONDS", default_value_t = 0, help_heading = INDEXING)]
    pub(crate) wait: u64,

    /// Read files again that could not be read, or not within the limits
    #[arg(long, help_heading = INDEXING)]
    pub(crate) retry: bool,

    /// Copy the index to a new folder, which answers without the sources: quotable search QUERY --index FOLDER
    #[arg(long, value_name = "FOLDER", help_heading = INDEXING)]
    pub(crate) to: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

const INDEX: &str = "\
Examples:
  quotable index reports/
  quotable index status reports/                  what the index holds, and of when
  quotable index verify reports/                  whether it is sound and current
  quotable index rebuild reports/                 read every file again
  quotable index reports/ --retry --file-seconds 300   with more time for each file that failed
  quotable index reports/ --to elsewhere/         a copy to take along; it holds the text";

/// What else can be done with an index.
#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Say what the index holds and when it was written, without reading any file
    Status(Status),
    /// Read the whole index and say what is wrong with it, and which files are not what was read
    Verify(Verify),
    /// Read every file again, and make the index anew if it is damaged or of another version
    Rebuild(Rebuild),
}

/// The arguments of `index verify`.
#[derive(Debug, Group)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) place: Place,

    /// Lines for people (text), or one JSON object (jsonl)
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: Format,
}

/// The arguments of `index rebuild`.
#[derive(Debug, Group)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// The arguments of `index status`.
#[derive(Debug, Group)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) output: Output,
}

/// Where the corpus and its index are.
#[derive(Debug, Group)]
pub(crate) struct Place {
    /// A folder, or a file [default: the nearest indexed folder at or above this one, else this one]
    pub(crate) path: Option<PathBuf>,

    /// Keep the index in this folder [default: .quotable in the folder of the reports]
    #[arg(long, value_name = "FOLDER", help_heading = INDEXING)]
    pub(crate) index: Option<PathBuf>,
}

/// How the index is brought up to date first.
#[derive(Debug, Group)]
pub(crate) struct Refreshing {
    /// Answer from the index as it is, without looking at the files
    #[arg(long, help_heading = INDEXING)]
    pub(crate) no_refresh: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// What may be read.
#[derive(Debug, Group)]
pub(crate) struct Reading {
    /// Index a home folder or a root folder, which is never done unasked
    #[arg(long, help_heading = INDEXING)]
    pub(crate) index_here: bool,

    /// Follow links, out of the folder too
    #[arg(long, help_heading = INDEXING)]
    pub(crate) follow_links: bool,
}

/// The arguments of the worker.
#[derive(Debug, Group)]
pub(crate) struct ReadWorker {
    /// The most memory, in MiB
    #[arg(long, default_value_t = Limits::default().file_memory)]
    pub(crate) memory: u64,

    /// The most time of the processor for one file, in seconds
    #[arg(long, default_value_t = 300)]
    pub(crate) seconds: u64,
}
