//! The command line: every argument, with its help.

mod check;
mod codebook;
mod collocates;
mod compare;
mod export;
mod file_name;
mod follow;
mod index;
mod limits;
mod location;
mod output;
mod packaging;
mod profile;
mod query;
mod serve;
mod show;
mod similar;
mod themes;
mod translate;
mod trend;
mod value;
mod words;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::error::Result;

pub(crate) use self::check::{CheckArgs, CheckOutputArgs};
pub(crate) use self::codebook::{
    CodebookArgs, CodebookCheckArgs, CodebookCommand, CodebookListArgs, CodebookNewArgs, CodebookShowArgs,
};
pub(crate) use self::collocates::CollocatesArgs;
pub(crate) use self::compare::CompareArgs;
pub(crate) use self::export::ExportArgs;
pub(crate) use self::follow::FollowArgs;
pub(crate) use self::index::{
    Access, IndexArgs, IndexCommand, ReadWorkerArgs, RebuildArgs, StatusArgs, VerifyArgs,
};
pub(crate) use self::limits::LimitArgs;
pub(crate) use self::location::{LocationArgs, PlaceArgs, RefreshArgs, ScanArgs};
pub(crate) use self::output::{Cite, Color, Format, OutputArgs};
pub(crate) use self::packaging::{CompletionsArgs, HelpArgs, ManArgs};
pub(crate) use self::profile::{
    ProfileArgs, ProfileCommand, ProfileListArgs, ProfileNewArgs, ProfileShowArgs, ProfileTestArgs,
};
pub(crate) use self::query::{
    CountArgs, FilterArgs, Include, KwicArgs, KwicSort, QueryArgs, QueryLimitArgs, RowSort, Scope,
    SearchArgs, SearchSort,
};
#[cfg(feature = "pdf")]
pub(crate) use self::serve::DrawWorkerArgs;
pub(crate) use self::serve::ServeArgs;
pub(crate) use self::show::{ReportSort, ReportsArgs, ShowArgs, Unit};
pub(crate) use self::similar::SimilarArgs;
pub(crate) use self::themes::{RunArgs, ThemesArgs, ThemesBy};
pub(crate) use self::translate::TranslateArgs;
pub(crate) use self::trend::{TrendArgs, TrendBy};
pub(crate) use self::words::{KeywordsArgs, NgramsArgs, TextArgs, VocabularyArgs, WordsArgs};

/// Help begins with examples, then usage: most people look for a command line to copy.
const TEMPLATE: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Finds, counts and cites quotations in a folder of inspection reports
#[derive(Debug, Parser)]
#[command(name = "quotable", version, help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
#[command(subcommand_required = true, arg_required_else_help = true, max_term_width = 100)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour: auto means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value_t, value_enum)]
    // A fixed order keeps this last in every command's help, however many options that has.
    #[arg(display_order = 100)]
    pub(crate) color: Color,

    /// Do not show results that are longer than the screen in a pager (less, or what QUOTABLE_PAGER or PAGER names)
    #[arg(long, global = true, display_order = 101)]
    pub(crate) no_pager: bool,

    /// Write the results into this file
    #[arg(short, long, global = true, value_name = "FILE", display_order = 99)]
    pub(crate) output: Option<PathBuf>,
}

impl Command {
    /// The filters that options make: each as a query has it, and as it was typed.
    pub(crate) fn option_words(&self) -> Vec<(String, String)> {
        match self {
            Self::Search(SearchArgs { query, .. })
            | Self::Count(CountArgs { query, .. })
            | Self::Kwic(KwicArgs { query, .. }) => query.filters.in_words(),
            Self::Collocates(args) => args.query.filters.in_words(),
            Self::Keywords(args) => args.text.filters.in_words(),
            Self::Words(args) => args.vocabulary.text.filters.in_words(),
            Self::Ngrams(args) => args.vocabulary.text.filters.in_words(),
            Self::Trend(args) => args.filters.in_words(),
            Self::Check(args) => args.filters.in_words(),
            Self::Reports(args) => query::filters_in_words(
                args.authority.as_deref(),
                None,
                args.from.as_deref(),
                args.to.as_deref(),
            ),
            _ => Vec::new(),
        }
    }

    /// What the rows of the command are, for the name of a sheet.
    pub(crate) fn sheet(&self) -> &'static str {
        match self {
            Self::Search(SearchArgs { unit: Some(_), .. }) => "sections",
            Self::Search(_) | Self::Similar(_) => "paragraphs",
            Self::Count(_) => "counts",
            Self::Kwic(_) => "occurrences",
            Self::Collocates(_) => "collocates",
            Self::Keywords(_) => "keywords",
            Self::Words(_) => "words",
            Self::Ngrams(_) => "ngrams",
            Self::Trend(_) => "trend",
            Self::Check(CheckArgs { reverse: true, .. }) => "paragraphs used",
            Self::Check(_) => "quotations",
            Self::Compare(_) => "comparison",
            Self::Follow(_) => "requests",
            Self::Reports(_) | Self::Show(_) => "reports",
            Self::Themes(_) => "themes",
            Self::Run(_) => "queries",
            _ => "status",
        }
    }

    /// The form of the command's results; `None` for a command that has none.
    pub(crate) fn output(&self) -> Option<OutputArgs> {
        match self {
            Self::Search(args) => Some(args.output),
            Self::Count(args) => Some(args.output),
            Self::Kwic(args) => Some(args.output),
            Self::Collocates(args) => Some(args.output),
            Self::Keywords(args) => Some(args.output),
            Self::Words(args) => Some(args.vocabulary.output),
            Self::Ngrams(args) => Some(args.vocabulary.output),
            Self::Trend(args) => Some(args.output),
            Self::Show(args) => Some(args.output),
            Self::Check(args) => Some(args.output.common()),
            Self::Compare(args) => Some(args.output),
            Self::Similar(args) => Some(args.output),
            Self::Follow(args) => Some(args.output.common()),
            Self::Reports(args) => Some(args.output),
            Self::Themes(args) => Some(args.output),
            Self::Run(args) => Some(args.output),
            Self::Index(args) => args.output(),
            #[cfg(feature = "pdf")]
            Self::DrawWorker(_) => None,
            Self::Codebook(_)
            | Self::Export(_)
            | Self::Translate(_)
            | Self::Help(_)
            | Self::Profile(_)
            | Self::Serve(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::ReadWorker(_) => None,
        }
    }
}

impl Args {
    /// Takes the format that the name of the output file asks for, where no option names one. Returns what to say of it.
    ///
    /// # Errors
    /// If the name asks for a format that the command does not write.
    pub(crate) fn follow_output_name(&mut self) -> Result<Option<String>> {
        let Some(file) = self.output.as_deref() else { return Ok(None) };
        match &mut self.command {
            // Citations have forms of their own.
            Command::Search(SearchArgs { citing, .. })
            | Command::Show(ShowArgs { citing, .. })
            | Command::Check(CheckArgs { citing, .. })
                if citing.cite.is_some() =>
            {
                Ok(None)
            }
            // A whole text, or the structure of a report, is text.
            Command::Show(ShowArgs { text, structure, .. }) if *text || *structure => Ok(None),
            Command::Search(args) => args.output.follow_name(file),
            Command::Count(args) => args.output.follow_name(file),
            Command::Kwic(args) => args.output.follow_name(file),
            Command::Collocates(args) => args.output.follow_name(file),
            Command::Keywords(args) => args.output.follow_name(file),
            Command::Words(args) => args.vocabulary.output.follow_name(file),
            Command::Ngrams(args) => args.vocabulary.output.follow_name(file),
            Command::Trend(args) => args.output.follow_name(file),
            Command::Show(args) => args.output.follow_name(file),
            Command::Check(args) => args.output.follow_name(file),
            Command::Similar(args) => args.output.follow_name(file),
            Command::Compare(args) => args.output.follow_name(file),
            Command::Follow(args) => args.output.follow_name(file),
            Command::Reports(args) => args.output.follow_name(file),
            Command::Themes(args) => args.output.follow_name(file),
            Command::Run(args) => args.output.follow_name(file),
            Command::Index(args) => args.follow_output_name(file),
            #[cfg(feature = "pdf")]
            Command::DrawWorker(_) => Ok(None),
            Command::Codebook(_)
            | Command::Export(_)
            | Command::Translate(_)
            | Command::Help(_)
            | Command::Profile(_)
            | Command::Serve(_)
            | Command::Completions(_)
            | Command::Man(_)
            | Command::ReadWorker(_) => Ok(None),
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  quotable search '\"care leavers\" unallocated' reports/   quotations, each with its citation
  quotable count 'unalloc*' --by year                      how often, year by year
  quotable kwic 'caseload*' --sort right                   every occurrence with the words around it
  quotable collocates caseloads                            the words that stand near it
  quotable keywords --in grade:inadequate --against grade:good   the words that set them apart
  quotable trend 'unalloc*' --svg trend.svg                rates by year, with a chart
  quotable show k3v9x2m7qa.12                              a paragraph in its context
  quotable check article.html reports/                     whether the reports say what is quoted
  quotable reports reports/                                every report, with dates and grades
  quotable serve reports/                                  all of this on a page in the browser";

const NOTES: &str = "\
quotable help query says how to write a query; other topics: fields, profiles, codebook.
The index is kept in .quotable/ inside the folder of reports; every search brings it up to date.
Exit status: 0 if anything was found, 1 if nothing was, 2 on an error.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Search(SearchArgs),
    Count(CountArgs),
    Kwic(KwicArgs),
    // By the names that other concordancers have, too.
    #[command(aliases = ["collocations", "collocation"])]
    Collocates(CollocatesArgs),
    #[command(alias = "keyness")]
    Keywords(KeywordsArgs),
    #[command(aliases = ["wordlist", "vocabulary"])]
    Words(WordsArgs),
    #[command(aliases = ["n-grams", "clusters"])]
    Ngrams(NgramsArgs),
    #[command(alias = "trends")]
    Trend(TrendArgs),
    Show(ShowArgs),
    Check(CheckArgs),
    Follow(FollowArgs),
    Similar(SimilarArgs),
    Compare(CompareArgs),
    Reports(ReportsArgs),
    Themes(ThemesArgs),
    Run(RunArgs),
    Export(ExportArgs),
    Translate(TranslateArgs),
    Serve(ServeArgs),
    Codebook(CodebookArgs),
    Index(IndexArgs),
    Profile(ProfileArgs),
    Help(HelpArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    /// Reads files for a refresh, in a separate process
    #[command(hide = true)]
    ReadWorker(ReadWorkerArgs),
    /// Draws a page of a PDF for the page in the browser, in a separate process
    #[cfg(feature = "pdf")]
    #[command(hide = true)]
    DrawWorker(DrawWorkerArgs),
}
