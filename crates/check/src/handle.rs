//! The trait that adds checking to indexes and snapshots.

use quotable_index::{Index, Result, Snapshot};
use quotable_report::Date;

use crate::about::About;
use crate::check::check;
use crate::guess;
use crate::options::CheckOptions;
use crate::quotation::Quotation;
use crate::verdict::Check;

/// Checks quotations against the reports of an index. The [crate] documentation describes the method.
///
/// ```
/// use quotable_check::{CheckQuotations, Verdict, quotations_in};
/// use quotable_index::Index;
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", "For 26 young people no personal adviser is allocated at all.".as_bytes())?;
/// writer.finish()?;
/// // An article needs no file.
/// let article = "The report says: “For 36 young people no personal adviser is allocated at all.”";
/// let check = index.check(&quotations_in(article)[0])?;
/// assert_eq!((check.verdict, check.edits[0].source_text.as_str()), (Verdict::Altered, "26"));
/// # Ok::<(), quotable_index::Error>(())
/// ```
pub trait CheckQuotations {
    /// Checks a quotation against all reports.
    ///
    /// # Errors
    /// [`Damaged`](quotable_index::ErrorKind::Damaged) or [`Io`](quotable_index::ErrorKind::Io) if the index cannot be read.
    fn check(&self, quotation: &Quotation) -> Result<Check> {
        self.check_with(quotation, &CheckOptions::default())
    }

    /// The same as [`check`](Self::check), with options.
    ///
    /// # Errors
    /// Those of [`Snapshot::search`] for the filter, [`Cancelled`](quotable_index::ErrorKind::Cancelled), and those of
    /// [`check`](Self::check).
    fn check_with(&self, quotation: &Quotation, options: &CheckOptions) -> Result<Check>;

    /// Guesses which report an article is about: the last report of the authority that it names most, published before the
    /// article or at most seven days after it. `published` is the day of the article, if known. `None` if the article names
    /// no authority of the corpus in its first mebibyte.
    fn about(&self, article: &str, published: Option<Date>) -> Option<About>;

    /// The same as [`about`](Self::about), but prefers the report of the authority that has most of the quotations: they are
    /// better evidence than the date of the article. Scare quotes are ignored, and so are quotations after the first 100.
    ///
    /// # Errors
    /// Those of [`check_with`](Self::check_with).
    fn about_quoting(
        &self,
        article: &str,
        published: Option<Date>,
        quotations: &[Quotation],
    ) -> Result<Option<About>>;
}

impl CheckQuotations for Snapshot {
    fn check_with(&self, quotation: &Quotation, options: &CheckOptions) -> Result<Check> {
        check(self, options, &quotation.text)
    }

    fn about(&self, article: &str, published: Option<Date>) -> Option<About> {
        guess::by_names(self, article, published)
    }

    fn about_quoting(
        &self,
        article: &str,
        published: Option<Date>,
        quotations: &[Quotation],
    ) -> Result<Option<About>> {
        guess::by_quotations(self, article, published, quotations)
    }
}

impl CheckQuotations for Index {
    fn check_with(&self, quotation: &Quotation, options: &CheckOptions) -> Result<Check> {
        self.snapshot().check_with(quotation, options)
    }

    fn about(&self, article: &str, published: Option<Date>) -> Option<About> {
        self.snapshot().about(article, published)
    }

    fn about_quoting(
        &self,
        article: &str,
        published: Option<Date>,
        quotations: &[Quotation],
    ) -> Result<Option<About>> {
        self.snapshot().about_quoting(article, published, quotations)
    }
}
