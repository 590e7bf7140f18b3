//! What may be asked of the text: `search`, `count`, `kwic`, and what they have in common.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};
use quotable::Facet;

use super::{Citing, Output, Place, Refreshing, TEMPLATE};

/// What is looked for, and where.
#[derive(Debug, Group)]
pub(crate) struct Asking {
    /// What to find: words, "a phrase", OR, NOT, ( ), wildcard*, field:value, @name
    pub(crate) query: String,

    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    /// Search rows of tables or footnotes too [default: neither]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    pub(crate) include: Vec<Part>,

    /// Leave out paragraphs that stand, word for word, in five reports or more
    #[arg(long)]
    pub(crate) no_boilerplate: bool,

    /// The unit in which all that is asked for must stand [default: paragraph]
    #[arg(long, value_name = "UNIT", value_enum)]
    pub(crate) scope: Option<Scope>,

    #[command(flatten)]
    pub(crate) filters: Filters,
}

/// Of which reports and paragraphs.
#[derive(Debug, Group)]
pub(crate) struct Filters {
    /// Only reports on this authority, as the filter authority:
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,

    /// Only paragraphs of this theme, as the filter theme:
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,

    /// Only reports published in or after this year, month or day (2018, 2018-06, 2018-06-19)
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,

    /// Only reports published in or before this year, month or day
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,

    /// Take @names and themes from this code book [default: the one built in]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
}

/// Find paragraphs, best first, and quote them with their citations
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = SEARCH, after_help = SEARCH_NOTES)]
pub(crate) struct Search {
    #[command(flatten)]
    pub(crate) asking: Asking,

    /// Show so many paragraphs, or with --group so many groups
    #[arg(short = 'n', long, alias = "max", value_name = "N", default_value_t = 10, conflicts_with = "all")]
    pub(crate) limit: usize,

    /// Show everything found; in report order unless --sort says otherwise
    #[arg(long)]
    pub(crate) all: bool,

    /// The order: best first, newest report first, or by authority [default: relevance]
    #[arg(long, value_name = "ORDER", value_enum)]
    pub(crate) sort: Option<Sort>,

    /// Gather what is found by report, theme, section or any other facet of quotable count
    #[arg(long, value_name = "FACET")]
    pub(crate) group: Option<Facet>,

    /// Find theme chunks, the paragraphs under one theme heading, and not single ones; all that is asked for must
    /// stand in one, unless --scope says otherwise
    #[arg(
        long,
        value_name = "UNIT",
        value_enum,
        conflicts_with_all = ["group", "context", "sentences", "cite"]
    )]
    pub(crate) unit: Option<Unit>,

    /// Show so many paragraphs of each group [default: 3, with --all every one]
    #[arg(long, value_name = "N", requires = "group")]
    pub(crate) each: Option<usize>,

    /// Show so many paragraphs before and after, from the same report and marked as context
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "cite")]
    pub(crate) context: u32,

    /// Quote the sentences that match, and nothing else of the paragraph
    #[arg(long)]
    pub(crate) sentences: bool,

    /// Say first how the query was read, and what each part of it finds
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) citing: Citing,
}

const SEARCH: &str = "\
Examples:
  quotable search unallocated                     in the nearest indexed folder, or this one
  quotable search '\"care leavers\" -housing' reports/
  quotable search 'authority:marlowe* date:2014..2018 caseloads'
  quotable search '@caseloads theme:care-leavers'  a named query and a theme of the code book
  quotable search supervision --group report --sentences
  quotable search 'theme:care-leavers housing' --unit theme
  quotable search supervision --all --format jsonl > hits.jsonl
  quotable search supervision --cite csl > sources.json   for a reference manager";

const SEARCH_NOTES: &str = "\
Matched words are in colour on a terminal, and between « and » elsewhere. A long paragraph is cut
to the sentences that match, and … stands for what is left out. With --context the paragraph found
is behind > and the others are behind ·. Only --group holds all that it shows in memory. Write --
before a query that begins with -.";

/// Count occurrences, paragraphs and reports, with what they are to be divided by
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = COUNT, after_help = COUNT_NOTES)]
pub(crate) struct Count {
    #[command(flatten)]
    pub(crate) asking: Asking,

    /// A row for each value of this, or for each pair of values of two [default: the whole alone]
    #[arg(long, value_name = "FACET[,FACET]", value_delimiter = ',')]
    pub(crate) by: Vec<Facet>,

    /// Say first how the query was read, and what each part of it finds
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) output: Output,
}

const COUNT: &str = "\
Examples:
  quotable count 'unalloc*' --by year reports/
  quotable count '\"care leavers\"' --by authority,year --format csv > counts.csv
  quotable count 'drift delay' --scope sentence --no-boilerplate";

const COUNT_NOTES: &str = "\
Facets: year, authority, framework, theme, section, grade, kind, report, and the grade given to an
area: overall, leaders, help-and-protection, in-care, care-leavers, adoption, lscb.
Filters at the top of the query restrict what is divided by; words do not. Bars show the rate.";

/// List every occurrence with the words around it
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = KWIC, after_help = KWIC_NOTES)]
pub(crate) struct Kwic {
    #[command(flatten)]
    pub(crate) asking: Asking,

    /// List so many occurrences
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100, conflicts_with = "all")]
    pub(crate) limit: usize,

    /// List every occurrence
    #[arg(long)]
    pub(crate) all: bool,

    /// The order: newest report first, by the words before or behind, or by authority
    #[arg(long, value_name = "ORDER", default_value_t, value_enum)]
    pub(crate) sort: LineSort,

    /// Give so many words on either side
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(crate) words: u32,

    #[command(flatten)]
    pub(crate) output: Output,
}

const KWIC: &str = "\
Examples:
  quotable kwic 'caseload*' reports/
  quotable kwic '\"care leavers\"' --sort right --words 5
  quotable kwic unallocated --all --format csv > kwic.csv   quanteda's columns, and the citation";

const KWIC_NOTES: &str = "\
Lines in text are cut to the width of the terminal, and have no ids where it has fewer than 60
columns; the other formats have every word asked for.
With --all only --sort date gives the lines as they are found; the other orders hold them all in
memory first.";

/// The orders of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    Relevance,
    #[value(alias = "report")]
    Date,
    Authority,
}

/// The orders of a concordance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LineSort {
    #[default]
    Date,
    Left,
    Right,
    Authority,
}

/// What is searched only when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    Tables,
    Notes,
}

/// What is found and shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// The run of paragraphs under one theme heading
    Theme,
}

/// The units of a conjunction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    Sentence,
    Paragraph,
    Theme,
    Report,
}
