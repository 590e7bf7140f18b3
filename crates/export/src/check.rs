//! Quotations of an article, checked: the verdict, where each was found, and what was changed.

mod markdown;
mod record;
mod reverse;
mod row;
mod summary;
mod words;

use std::io::{self, Write};

use quotable_check::About;
use quotable_check::Check;
use quotable_check::Quotation;
use quotable_check::QuotationKind;
use quotable_check::{Speaker, Verdict};

use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};

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
    /// have the words. Words that the article puts into the report's mouth and that no report has are none: they count.
    pub fn is_scare(&self) -> bool {
        let invented = self.quotation.speaker == Speaker::Report
            && self.quotation.evidence.is_some()
            && self.check.verdict == Verdict::Absent;
        self.quotation.kind == QuotationKind::Scare && !invented
    }
}

/// Writes checked quotations one after another.
#[derive(Debug)]
pub struct CheckWriter<W> {
    out: W,
    format: Format,
    about: Option<About>,
}

impl<W: Write> CheckWriter<W> {
    /// Writes the head, if the format has one.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, format: Format) -> io::Result<Self> {
        if let Format::Csv(formulas) = format {
            CsvWriter::new(&mut out, formulas).head(CheckRow::names())?;
        }
        Ok(Self { out, format, about: None })
    }

    /// Sets what the article is about, which every line of JSON repeats.
    pub fn set_about(&mut self, about: Option<&About>) {
        self.about = about.cloned();
    }

    /// Writes one quotation.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn quotation(&mut self, checked: &CheckedQuotation<'_>) -> io::Result<()> {
        let out = &mut self.out;
        match self.format {
            Format::Jsonl => {
                let record = CheckedQuotationRecord::new(checked).about(self.about.as_ref());
                jsonl::write(out, &Versioned::of(record, checked.check))
            }
            Format::Csv(formulas) => CsvWriter::new(out, formulas).row(CheckRow::new(checked).cells()),
            Format::Markdown => markdown::write(out, checked),
        }
    }

    /// Writes the summary below the quotations, in formats that have room for it; says whether it did.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(mut self, summary: &CheckSummary) -> io::Result<bool> {
        if self.format != Format::Markdown {
            return Ok(false);
        }
        writeln!(self.out, "{}", crate::markdown::escape_block(&summary.to_string()))?;
        Ok(true)
    }
}
