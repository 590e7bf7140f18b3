//! Articles, checked: the verdict on each quotation, where it was found, and what was changed.

mod article;
mod markdown;
mod page;
mod record;
mod reverse;
mod row;
mod summary;
mod words;

use std::io::{self, Write};

use quotable_check::{Check, Quotation, QuotationKind, Speaker, Verdict};

use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};

pub use self::article::{CheckedArticle, TextGroup, in_one_line, is_wanted};
pub use self::page::{PlaceHtml, write_article};
pub use self::record::{CheckRecord, CheckedQuotationRecord, InAboutRecord, PlaceRecord};
pub use self::reverse::{UseRecord, UseRow, UsedParagraphRecord, merged, use_in_words, write_used};
pub use self::row::CheckRow;
pub use self::summary::CheckSummary;
pub use self::words::similar_sentences;

/// A quotation of an article and the check of it.
#[derive(Debug, Clone, Copy)]
pub struct CheckedQuotation<'c> {
    /// Its number in the article, one-based.
    pub number: u64,
    /// The quotation.
    pub quotation: &'c Quotation,
    /// The check.
    pub check: &'c Check,
}

impl CheckedQuotation<'_> {
    /// True for scare quotes: one to three words in quotation marks, which quote no report though many reports may
    /// have the words. Words that the article says are the report’s, and that it does not have, are none: that is news.
    pub fn is_scare(&self) -> bool {
        let claimed = self.quotation.speaker == Speaker::Report
            && self.quotation.evidence.is_some()
            && !self.check.verdict.is_exact();
        self.quotation.kind == QuotationKind::Scare && !claimed
    }
}

/// The formats of checked articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckFormat {
    /// A format that every answer has.
    Common(Format),
    /// A web page that stands alone, for people: it may change.
    Page,
}

/// Writes checked articles one after another.
#[derive(Debug)]
pub struct CheckWriter<'o, W> {
    out: W,
    format: CheckFormat,
    /// The verdicts to write; all if empty.
    only: &'o [Verdict],
    /// True once the head of a page is written.
    begun: bool,
}

impl<'o, W: Write> CheckWriter<'o, W> {
    /// Writes the head, if the format has one. `only` keeps the texts with one of these verdicts, where `exact` stands for
    /// `exact-after-folding` too; all if it is empty.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, format: CheckFormat, only: &'o [Verdict]) -> io::Result<Self> {
        if let CheckFormat::Common(Format::Csv(formulas)) = format {
            CsvWriter::new(&mut out, formulas).head(CheckRow::names())?;
        }
        Ok(Self { out, format, only, begun: false })
    }

    /// Writes an article: lines and rows in its order, for people the worst first. Says whether the format has room for
    /// the [summary](CheckedArticle::summary).
    ///
    /// # Errors
    /// Those of `out`.
    pub fn article(&mut self, article: &CheckedArticle<'_>) -> io::Result<bool> {
        let out = &mut self.out;
        let only = self.only;
        let texts = article.texts().filter(|text| is_wanted(text.check.verdict, only));
        match self.format {
            CheckFormat::Common(Format::Jsonl) => {
                for text in texts {
                    let record = CheckedQuotationRecord::new(&text).about(article.check.about.as_ref());
                    jsonl::write(out, &Versioned::of(record.article(article.name), text.check))?;
                }
                Ok(false)
            }
            CheckFormat::Common(Format::Csv(formulas)) => {
                let mut writer = CsvWriter::new(out, formulas);
                for text in texts {
                    writer.row(CheckRow::new(&text).article(article.name).cells())?;
                }
                Ok(false)
            }
            CheckFormat::Common(Format::Markdown) => markdown::write(out, article, only).map(|()| true),
            CheckFormat::Page => {
                if !self.begun {
                    page::begin(out, article.title())?;
                    self.begun = true;
                }
                page::article(out, article, only, &|_| String::new()).map(|()| true)
            }
        }
    }

    /// Ends the output, if the format has an end.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(mut self) -> io::Result<()> {
        match self.format {
            CheckFormat::Page if self.begun => page::end(&mut self.out),
            _ => Ok(()),
        }
    }
}
