//! The traits that add checking to indexes and snapshots.

use quotable_index::{Index, Result, Snapshot};
use quotable_report::{Date, Report};

use crate::about::About;
use crate::article::ArticleCheck;
use crate::check::Checker;
use crate::guess::{self, Clues};
use crate::mentions::Names;
use crate::named;
use crate::options::CheckOptions;
use crate::quotation::Quotation;
use crate::verdict::Check;
use crate::whole;

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

    /// Guesses which report an article is about from names and dates: the authority that it names most, by any name that
    /// a register knows, and the last report on it that is not younger than the article. `published` is the day of the
    /// article, if known. `None` if the article names no authority of the corpus in its first mebibyte.
    fn about(&self, article: &str, published: Option<Date>) -> Option<About>;

    /// The same as [`about`](Self::about), but quotations vote too: those of four words or more that stand in few reports.
    /// They are better evidence than names and dates. Scare quotes are ignored, and so are quotations after the first 100.
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

/// Checks whole articles against the reports of an index.
pub trait CheckArticles {
    /// Checks an article: which reports it is about, each of its quotations, the passages that it takes over without
    /// marks, and what it claims about the reports. Without [`CheckOptions::about`], guesses the reports.
    ///
    /// # Errors
    /// Those of [`check_with`](CheckQuotations::check_with).
    fn check_article(&self, article: &Report, options: &CheckOptions) -> Result<ArticleCheck>;

    /// The reports that a reader names: the path of a report or the end of it; or an authority by any of its names, with
    /// or without a year, month or day behind it: `Marlowe 2018`. Of several reports on an authority, the last that is
    /// not younger than the article, `published`. `None` if no report has the path, or the authority none of that day.
    ///
    /// # Errors
    /// [`UnknownValue`](quotable_index::ErrorKind::UnknownValue) with similar names if no authority is called so, or if
    /// the index cannot be read.
    fn about_named(&self, name: &str, published: Option<Date>) -> Result<Option<About>>;
}

impl CheckQuotations for Snapshot {
    fn check_with(&self, quotation: &Quotation, options: &CheckOptions) -> Result<Check> {
        Checker::new(self, options).check(quotation)
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
        let clues = Clues { text: article, published, quotations };
        guess::by_quotations(self, &Names::of(self), &clues, &CheckOptions::default())
    }
}

impl CheckArticles for Snapshot {
    fn check_article(&self, article: &Report, options: &CheckOptions) -> Result<ArticleCheck> {
        whole::check(self, article, options)
    }

    fn about_named(&self, name: &str, published: Option<Date>) -> Result<Option<About>> {
        named::by_name(self, name, published)
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

impl CheckArticles for Index {
    fn check_article(&self, article: &Report, options: &CheckOptions) -> Result<ArticleCheck> {
        self.snapshot().check_article(article, options)
    }

    fn about_named(&self, name: &str, published: Option<Date>) -> Result<Option<About>> {
        self.snapshot().about_named(name, published)
    }
}
