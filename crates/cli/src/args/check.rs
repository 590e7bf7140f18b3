//! The arguments of `quotable check`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use quotable::Verdict;
use quotable_export::check::CheckFormat;

use super::location::{PlaceArgs, RefreshArgs};
use super::output::{CiteArgs, Format, OutputArgs};
use super::query::FilterArgs;
use super::{TEMPLATE, file_name};
use crate::error::Result;

/// Check every quotation in an article: which report says so, where, and what was changed
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
#[command(override_usage = "quotable check [OPTIONS] <ARTICLE>... [PATH]")]
pub(crate) struct CheckArgs {
    /// The articles: files (text, web pages saved as .html or .mhtml, e-mails, Word, OpenDocument, RTF, PDF and any other
    /// format that reports come in), a text in quotation marks, or - for standard input; last, if it is not the current
    /// one, the folder of reports (PATH)
    #[arg(value_name = "ARTICLE", required = true)]
    pub(crate) articles: Vec<PathBuf>,

    /// The report that the article is about, instead of the one that its quotations, names and dates point to: a path as
    /// quotable reports lists it, or an authority with a year, such as "Marlowe 2018"; none treats all reports alike
    #[arg(long, value_name = "REPORT")]
    pub(crate) about: Option<String>,

    /// The other way round: each paragraph of the reports that the articles use, quoted or without marks
    #[arg(long)]
    pub(crate) reverse: bool,

    /// Show only texts with these verdicts, separated by commas: altered,absent,elsewhere; the counts remain those of all
    #[arg(long, value_name = "VERDICTS", value_delimiter = ',')]
    pub(crate) only: Vec<Verdict>,

    /// Exit with 1 if any of the report's words are altered, spliced, elsewhere or absent, or if the report contradicts what
    /// the article claims of it; words that the article gives as nobody's count as the report's
    #[arg(long)]
    pub(crate) strict: bool,

    #[command(flatten)]
    pub(crate) place: PlaceArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    #[command(flatten)]
    pub(crate) output: CheckOutputArgs,

    #[command(flatten)]
    pub(crate) citing: CiteArgs,
}

/// The form of the results of `check`: that of every command, or a page.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CheckOutputArgs {
    /// Output format: text to read, html (a page that stands alone, to open, print or send), xlsx or csv for a spreadsheet,
    /// jsonl for a program (one JSON object a line), or markdown to paste [default: what the name of the file of -o ends
    /// in, else text]
    #[arg(long, value_name = "FORMAT", value_enum, display_order = 90)]
    format: Option<CheckForm>,

    /// The format that the name of the output file asks for.
    #[arg(skip)]
    by_name: Option<CheckForm>,

    /// The same as --format jsonl
    #[arg(long, conflicts_with = "format", display_order = 91)]
    json: bool,

    /// In CSV, begin with a byte order mark, so that Excel reads accents right
    #[arg(long, display_order = 92)]
    bom: bool,

    /// In CSV, write cells unchanged, even those that a spreadsheet would run as formulas
    #[arg(long, display_order = 92)]
    raw: bool,
}

/// Output formats of `check`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CheckForm {
    #[default]
    #[value(alias = "txt")]
    Text,
    #[value(alias = "htm")]
    Html,
    #[value(aliases = ["json", "ndjson"])]
    Jsonl,
    Csv,
    #[value(aliases = ["excel", "xls"])]
    Xlsx,
    #[value(alias = "md")]
    Markdown,
}

impl CheckOutputArgs {
    /// The format that `quotable-export` writes; `None` for text.
    pub(crate) fn export_format(self) -> Option<CheckFormat> {
        match self.form() {
            CheckForm::Html => Some(CheckFormat::Page),
            _ => self.common().export_format().map(CheckFormat::Common),
        }
    }

    /// The form as that of every command; a page counts as text.
    pub(crate) fn common(self) -> OutputArgs {
        let format = match self.form() {
            CheckForm::Html | CheckForm::Text => Format::Text,
            CheckForm::Jsonl => Format::Jsonl,
            CheckForm::Csv => Format::Csv,
            CheckForm::Xlsx => Format::Xlsx,
            CheckForm::Markdown => Format::Markdown,
        };
        OutputArgs { format: Some(format), by_name: None, raw: self.raw, json: false, bom: self.bom }
    }

    /// The form that was asked for, by any option or by the name of the output file.
    fn form(self) -> CheckForm {
        self.named().or(self.by_name).unwrap_or_default()
    }

    fn named(self) -> Option<CheckForm> {
        if self.json { Some(CheckForm::Jsonl) } else { self.format }
    }

    /// Takes the format that the name of the output file asks for, unless an option names one.
    pub(super) fn follow_name(&mut self, file: &Path) -> Result<Option<String>> {
        let found = file_name::of_form::<CheckForm>(file, self.named())?;
        self.by_name = found.form;
        Ok(found.note)
    }
}

const EXAMPLES: &str = "\
Examples:
  quotable check article.html reports/            each quotation, its verdict, its citation
  quotable check 'The report said \"plans drift\"' reports/   a text instead of a file
  quotable check *.eml reports/ --only altered,absent,elsewhere   what an editor must look at
  quotable check article.html --format html > checked.html   a page to print, sign and send
  quotable check - reports/ --from 2018 < pasted.txt   standard input, reports since 2018
  quotable check *.html reports/ --reverse        which paragraphs of the reports the press used
  quotable check article.html --strict && publish   exit status 1 if the report is misquoted
  quotable check article.html --format csv > checked.csv";

const NOTES: &str = "\
Verdicts: exact; exact-after-folding (the same but for capitals, quotation marks, dashes or
spacing); altered (every change is marked, the most serious first); spliced (joined from several
paragraphs); elsewhere (in other reports, not in the one that the article is about); absent (the
most similar sentence is shown).
The report's words come first, the worst of them before the others. People's words are counted
apart, since no report needs to have them; those in no report, and quotation marks around one to
three words, take a line each. Nothing is fetched from the web: save a page, and give the file.
Exit status: 0 if the article has a quotation, 1 if it has none (and with --strict, if the report is
misquoted or contradicts a claim), 2 on an error.";
