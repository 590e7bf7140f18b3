//! The arguments of commands that take a query: `search`, `count`, `kwic`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, value_parser};
use quotable::query::{Field, Query};
use quotable::{Duplicates, Facet, SearchOptions};

use super::TEMPLATE;
use super::limits::LIMITS_HEADING;
use super::location::{LocationArgs, RefreshArgs};
use super::output::{CiteArgs, OutputArgs};
use super::show::Unit;
use super::value;
use crate::error::{Error, Result};
use crate::shell::quoted_if_needed;

/// A query, and where to look.
#[derive(Debug, Args)]
pub(crate) struct QueryArgs {
    /// What to find: words, "a phrase", OR, NOT, ( ), wildcard*, field:value, @name
    pub(crate) query: String,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Also search the rows of tables, or footnotes [default: neither]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    pub(crate) include: Vec<Include>,

    /// Leave out paragraphs that are the same, word for word, in five or more reports
    #[arg(long)]
    pub(crate) no_boilerplate: bool,

    /// How close together the search words must be: in the same sentence, paragraph, theme section or report
    /// [default: paragraph]
    #[arg(long, value_name = "UNIT", value_enum)]
    pub(crate) scope: Option<Scope>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    #[command(flatten)]
    pub(crate) limits: QueryLimitArgs,
}

/// What answering one query may cost. A query beyond a limit is refused.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct QueryLimitArgs {
    /// Refuse a query that stands for more than N words of the reports, each counted wherever it is used
    #[arg(long, value_name = "N", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = SearchOptions::default().most_lists as u64, value_parser = value_parser!(u64).range(1..))]
    pub(crate) query_words: u64,

    /// Refuse a query that takes more than N million steps of work
    #[arg(long, value_name = "N", help_heading = LIMITS_HEADING)]
    #[arg(default_value_t = SearchOptions::default().most_steps / MILLION)]
    #[arg(value_parser = value_parser!(u64).range(1..=u64::MAX / MILLION))]
    pub(crate) query_steps: u64,
}

const MILLION: u64 = 1_000_000;

impl QueryLimitArgs {
    /// The options of a search with these limits.
    pub(crate) fn options(&self) -> SearchOptions {
        let words = usize::try_from(self.query_words).unwrap_or(usize::MAX);
        let defaults = SearchOptions::default();
        // Who raises the sum means to raise it for a single pattern too.
        let pattern = defaults.most_expansions.max(words);
        defaults
            .most_expansions(pattern)
            .most_lists(words)
            .most_steps(self.query_steps.saturating_mul(MILLION))
    }
}

/// Which reports and paragraphs to look in.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Only reports on this authority, by any of its names or its number; the same as authority:NAME in the query
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,

    /// Only paragraphs on this theme; the same as theme:NAME in the query
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,

    /// Only reports published in or after this year, month or day (2018, 2018-06, 2018-06-19)
    #[arg(long, value_name = "DATE", value_parser = value::date)]
    pub(crate) from: Option<String>,

    /// Only reports published in or before this year, month or day
    #[arg(long, value_name = "DATE", value_parser = value::date)]
    pub(crate) to: Option<String>,

    /// Take @names and themes from this code book, a TOML file [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) copies: CopyArgs,
}

impl FilterArgs {
    /// The filters of these options: each as a query has it, and as it was typed.
    pub(super) fn in_words(&self) -> Vec<(String, String)> {
        let [authority, theme, from, to] =
            [&self.authority, &self.theme, &self.from, &self.to].map(|value| value.as_deref());
        filters_in_words(authority, theme, from, to)
    }
}

/// The filters of options: each as a query has it, and as it was typed.
pub(super) fn filters_in_words(
    authority: Option<&str>,
    theme: Option<&str>,
    from: Option<&str>,
    to: Option<&str>,
) -> Vec<(String, String)> {
    let named = |field: Field, option: &str, value: Option<&str>| {
        let value = value?;
        Some((Query::filter(field, value).to_string(), format!("{option} {}", quoted_if_needed(value))))
    };
    let option = |name: &str, value: Option<&str>| value.map(|value| format!("{name} {value}"));
    let dates = option("--from", from).into_iter().chain(option("--to", to)).collect::<Vec<_>>();
    let dates =
        (!dates.is_empty()).then(|| (Query::range(Field::Date, from, to).to_string(), dates.join(" ")));
    let named = [named(Field::Authority, "--authority", authority), named(Field::Theme, "--theme", theme)];
    named.into_iter().chain([dates]).flatten().collect()
}

/// Whether copies of a report count.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CopyArgs {
    /// Count reports that are there several times (the same file, the same words, or PDF and Word of one report) once, or
    /// keep every file
    #[arg(long, value_name = "WHAT", value_enum, default_value_t)]
    pub(crate) duplicates: CopiesCount,
}

impl CopyArgs {
    /// As the library has it.
    pub(crate) fn duplicates(self) -> Duplicates {
        match self.duplicates {
            CopiesCount::Once => Duplicates::Once,
            CopiesCount::Keep => Duplicates::Keep,
        }
    }
}

/// What copies count as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CopiesCount {
    #[default]
    Once,
    Keep,
}

/// Find paragraphs, best first, and quote them with their citations
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = SEARCH_EXAMPLES, after_help = SEARCH_NOTES)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,

    /// Show at most N paragraphs; with --group, at most N groups
    #[arg(short = 'n', long, alias = "max", value_name = "N", default_value_t = 10, conflicts_with = "all", value_parser = value::number)]
    pub(crate) limit: usize,

    /// Show everything found; newest report first, unless --sort is given
    #[arg(long)]
    pub(crate) all: bool,

    /// Order: best match first, newest or oldest report first, or by authority [default: relevance]
    #[arg(long, value_name = "ORDER", value_enum)]
    pub(crate) sort: Option<SearchSort>,

    #[command(flatten)]
    pub(crate) paging: PagingArgs,

    #[command(flatten)]
    pub(crate) sampling: SampleArgs,

    /// Group the paragraphs by report, theme, section or any other facet that quotable count --help lists
    #[arg(long, value_name = "FACET", conflicts_with_all = ["sample", "offset", "page"], value_parser = value::facet)]
    pub(crate) group: Option<Facet>,

    /// Find whole theme sections (all paragraphs under one theme heading) instead of single paragraphs; the search
    /// words may be anywhere in the section, unless --scope is given
    #[arg(
        long,
        value_name = "UNIT",
        value_enum,
        conflicts_with_all = ["group", "context", "sentences", "full", "cite", "sample", "offset", "page"]
    )]
    pub(crate) unit: Option<Unit>,

    /// Show at most N paragraphs of each group [default: 3; with --all, every one]
    #[arg(long, value_name = "N", requires = "group", value_parser = value::number)]
    pub(crate) each: Option<usize>,

    /// Also show the N paragraphs before and after each one found, marked as context
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "cite", value_parser = value::small_number)]
    pub(crate) context: u32,

    /// Quote only the sentences that match, not the whole paragraph
    #[arg(long)]
    pub(crate) sentences: bool,

    /// Quote whole paragraphs in text and Markdown, however long they are
    #[arg(long, conflicts_with = "sentences")]
    pub(crate) full: bool,

    /// First show how the query was understood, and how much each part of it finds
    #[arg(long)]
    pub(crate) explain: bool,

    /// Also open the report of the first paragraph shown, at its page
    #[arg(long)]
    pub(crate) open: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) citing: CiteArgs,
}

const SEARCH_EXAMPLES: &str = "\
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
Matched words are in colour on a terminal, and between « and » elsewhere. A long paragraph is cut to
the sentences that match, and those to about 4,000 letters, unless --full is given; … marks what was
left out. With --context, > marks the paragraph found and · the paragraphs around it. With --group
or --unit, everything shown is held in memory first. If a query begins with -, write -- before it.";

/// Which part of what is found is shown.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct PagingArgs {
    /// Leave out the first N that would be shown
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = value::number)]
    pub(crate) offset: usize,

    /// Show page N: with -n 10, page 2 begins with the 11th
    #[arg(long, value_name = "N", conflicts_with_all = ["all", "offset"], value_parser = value::page)]
    pub(crate) page: Option<usize>,
}

impl PagingArgs {
    /// How many are left out before the first that is shown; `limit` is the size of a page.
    pub(crate) fn skipped(self, limit: usize) -> usize {
        self.page.map_or(self.offset, |page| page.saturating_sub(1).saturating_mul(limit))
    }

    /// What to say where the page is behind the last one, or more is left out than there is; `None` elsewhere.
    pub(crate) fn past_the_last(self, limit: usize, all: u64) -> Option<String> {
        let limit = limit as u64;
        match self.page {
            Some(page) if all > 0 && limit > 0 && (page as u64 - 1).saturating_mul(limit) >= all => {
                Some(format!("there is no page {page}; the last is --page {}", all.div_ceil(limit)))
            }
            None if all > 0 && self.offset as u64 >= all => {
                Some(format!("--offset {} leaves all of them out", self.offset))
            }
            _ => None,
        }
    }
}

/// A random sample of what is found.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct SampleArgs {
    /// Show N drawn at random instead of the first N; the same seed draws the same ones again
    #[arg(long, value_name = "N", conflicts_with_all = ["all", "limit", "offset", "page"], value_parser = value::sample)]
    pub(crate) sample: Option<usize>,

    /// The number that decides which are drawn; any other number draws others [default: 1]
    #[arg(long, value_name = "NUMBER", value_parser = value::seed)]
    seed: Option<u64>,
}

impl SampleArgs {
    /// The number that decides which are drawn.
    ///
    /// # Errors
    /// If it is given and no sample is asked for.
    pub(crate) fn seed(self) -> Result<u64> {
        if self.seed.is_some() && self.sample.is_none() {
            let what = "--seed says which paragraphs a random sample draws, and no sample is asked for";
            return Err(Error::new(what).cure("add --sample with a number: --sample 50 --seed 1"));
        }
        Ok(self.seed.unwrap_or(1))
    }
}

/// Count occurrences, paragraphs and reports, beside the totals to compare them with
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = COUNT_EXAMPLES, after_help = COUNT_NOTES)]
pub(crate) struct CountArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,

    /// Give a row for each value of a facet, or for each combination of values of two or three [default: one row in all]
    #[arg(long, value_name = "FACET,…", value_delimiter = ',', value_parser = value::facet)]
    pub(crate) by: Vec<Facet>,

    /// Order of the rows: by value, most occurrences first, or highest rate first
    #[arg(long, value_name = "ORDER", default_value_t, value_enum)]
    pub(crate) sort: RowSort,

    /// First show how the query was understood, and how much each part of it finds
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const COUNT_EXAMPLES: &str = "\
Examples:
  quotable count 'unalloc*' --by year reports/
  quotable count '\"care leavers\"' --by authority,year --format csv > counts.csv
  quotable count 'unalloc*' --by authority --sort rate   where it is said most often
  quotable count 'drift delay' --scope sentence --no-boilerplate";

const COUNT_NOTES: &str = "\
Facets: year, month, inspected (the last day of the inspection), inspected-year, authority, region,
framework, theme, section, grade, kind, report; the grade given to an area (overall, leaders,
well-led); and every other column of quotable reports --format csv that a profile or a table of
yours adds.
Filters in the query (date:, authority: and the like) also narrow the totals; words do not. On a
terminal, bars show the occurrences per 10,000 words.";

/// List every occurrence with the words around it (key word in context)
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = KWIC_EXAMPLES, after_help = KWIC_NOTES)]
pub(crate) struct KwicArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,

    /// List at most N occurrences
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100, conflicts_with = "all", value_parser = value::number)]
    pub(crate) limit: usize,

    /// List every occurrence
    #[arg(long)]
    pub(crate) all: bool,

    /// Order: newest or oldest report first, by the words before (left) or after (right), or by authority
    #[arg(long, value_name = "ORDER", default_value_t, value_enum)]
    pub(crate) sort: KwicSort,

    #[command(flatten)]
    pub(crate) paging: PagingArgs,

    #[command(flatten)]
    pub(crate) sampling: SampleArgs,

    /// Also draw where in each report the occurrences are into this file, an SVG picture: a stripe for each report, a mark for
    /// each occurrence
    #[arg(long, value_name = "FILE", display_order = 95)]
    pub(crate) svg: Option<PathBuf>,

    /// Show N words on each side
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = value::small_number)]
    pub(crate) words: u32,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const KWIC_EXAMPLES: &str = "\
Examples:
  quotable kwic 'caseload*' reports/
  quotable kwic '\"care leavers\"' --sort right --words 5
  quotable kwic unallocated --sample 50 --seed 1   fifty at random, the same ones each time
  quotable kwic unallocated --svg unallocated.svg   a dispersion plot
  quotable kwic unallocated --all --format csv > kwic.csv   quanteda's columns, and the citation";

const KWIC_NOTES: &str = "\
On a terminal, lines are cut to its width, and one narrower than 60 columns shows neither authority
nor id; the other formats have every word asked for. With --all, --sort date writes lines as they are found; the other
orders keep them all in memory first.";

/// Orders of paragraphs found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchSort {
    Relevance,
    #[value(aliases = ["report", "newest"])]
    Date,
    #[value(alias = "date-ascending")]
    Oldest,
    Authority,
}

/// Orders of the rows of a count table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowSort {
    #[default]
    Value,
    Count,
    Rate,
}

/// Orders of a concordance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum KwicSort {
    #[default]
    #[value(alias = "newest")]
    Date,
    Oldest,
    Left,
    Right,
    Authority,
}

/// Text that is searched only on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Include {
    Tables,
    Notes,
}

/// The unit that must hold all search words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    Sentence,
    Paragraph,
    Theme,
    Report,
}
