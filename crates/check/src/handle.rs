//! Checks as methods of an index and of its snapshots.

use quotable_index::{Index, Result, Snapshot};
use quotable_report::Date;

use crate::about::About;
use crate::check::check;
use crate::guess;
use crate::options::CheckOptions;
use crate::quotation::Quotation;
use crate::verdict::Check;

/// Checks quotations against the reports of an index. See the [crate] for how.
pub trait CheckQuotations {
    /// Checks a quotation against all reports.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn check(&self, quotation: &Quotation) -> Result<Check> {
        self.check_with(quotation, &CheckOptions::default())
    }

    /// The same as [`check`](Self::check), with options.
    ///
    /// # Errors
    /// Those of [`Snapshot::search`] for the filter, [`Cancelled`](quotable_index::ErrorKind::Cancelled), or if the
    /// index cannot be read.
    fn check_with(&self, quotation: &Quotation, options: &CheckOptions) -> Result<Check>;

    /// Guesses which report an article is about: one of the authority that it names most, the last one published
    /// before the article or within the week after it. `published` is the day of the article, if it is known. `None`
    /// if no authority of the corpus is named.
    fn about(&self, article: &str, published: Option<Date>) -> Option<About>;

    /// The same as [`about`](Self::about), but prefers the report of the authority in which most of the quotations are
    /// found: what an article quotes tells more than its date. Scare quotes are ignored, and so is every quotation
    /// after the first 100.
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
