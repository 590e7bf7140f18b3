//! Options of a check.

use quotable_codebook::CodeBook;
use quotable_index::{CancelFlag, Duplicates};
use quotable_query::Query;
use quotable_report::Date;

use crate::about::About;

/// Options for checking quotations.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckOptions {
    /// Restricts the paragraphs that count as sources, as a query of filters: `authority:… date:…`. `None`: all.
    pub filter: Option<Query>,
    /// The code book for `theme:` in the filter. `None`: themes come from headings alone.
    pub codebook: Option<CodeBook>,
    /// The path of the article itself, where it is a file of the corpus: never a place of its own words, not even one that
    /// [`filter`](Self::filter) leaves out. Add to the filter, too, that the path is another one.
    pub article: Option<String>,
    /// Restricts the corpus to one file or folder, as [`SearchOptions::within`](quotable_index::SearchOptions::within)
    /// does. `None`: the whole corpus.
    pub within: Option<String>,
    /// Whether copies of a report count as one.
    pub duplicates: Duplicates,
    /// What the article is about. Its reports are judged by first: words that stand in others alone are
    /// [`Elsewhere`](crate::Verdict::Elsewhere). `None`: a quotation is exact wherever it stands, and
    /// [`check_article`](crate::CheckArticles::check_article) guesses.
    pub about: Option<About>,
    /// The day of the article. A report that is published more than [`EARLY_DAYS`](crate::EARLY_DAYS) later is no source,
    /// unless [`about`](Self::about) has it. [`check_article`](crate::CheckArticles::check_article) sets it to the day that
    /// the article tells. `None`: reports of any day.
    pub published: Option<Date>,
    /// Whether [`check_article`](crate::CheckArticles::check_article) guesses what the article is about, if
    /// [`about`](Self::about) does not say.
    pub guess: bool,
    /// The most quotations that [`check_article`](crate::CheckArticles::check_article) checks.
    pub quotations: usize,
    /// Whether [`check_article`](crate::CheckArticles::check_article) looks for passages without quotation marks.
    pub passages: bool,
    /// Whether [`check_article`](crate::CheckArticles::check_article) looks for claims about the report.
    pub claims: bool,
    /// The most places that are returned. [`Check::total`](crate::Check::total) counts all of them.
    pub places: usize,
    /// The most places of a quotation that is too [short](crate::Check::short) to identify a source. Thousands of paragraphs
    /// may have its words, and fetching them takes most of the time of a check.
    pub short_places: usize,
    /// Stops the check when raised.
    pub cancel: CancelFlag,
}

impl Default for CheckOptions {
    /// All reports, none preferred, at most 200 places: a sentence found in more is boilerplate. 24 of a short quotation.
    fn default() -> Self {
        Self {
            filter: None,
            codebook: None,
            article: None,
            within: None,
            duplicates: Duplicates::default(),
            about: None,
            published: None,
            guess: true,
            quotations: usize::MAX,
            passages: true,
            claims: true,
            places: 200,
            short_places: 24,
            cancel: CancelFlag::new(),
        }
    }
}

impl CheckOptions {
    /// The same options with a [filter](Self::filter).
    #[must_use]
    pub fn filter(mut self, filter: Query) -> Self {
        self.filter = Some(filter);
        self
    }

    /// The same options with a [code book](Self::codebook).
    #[must_use]
    pub fn codebook(mut self, book: CodeBook) -> Self {
        self.codebook = Some(book);
        self
    }

    /// The same options within one file or folder of the corpus.
    #[must_use]
    pub fn within(mut self, path: impl Into<String>) -> Self {
        self.within = Some(path.into());
        self
    }

    /// The same options with copies of a report counted as one, or each by itself.
    #[must_use]
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// The same options with or without a guess at what an article is about.
    #[must_use]
    pub fn guess(mut self, guess: bool) -> Self {
        self.guess = guess;
        self
    }

    /// The same options with at most `quotations` quotations of an article.
    #[must_use]
    pub fn quotations(mut self, quotations: usize) -> Self {
        self.quotations = quotations;
        self
    }

    /// The same options with or without passages that have no quotation marks.
    #[must_use]
    pub fn passages(mut self, passages: bool) -> Self {
        self.passages = passages;
        self
    }

    /// The same options with or without claims about the report.
    #[must_use]
    pub fn claims(mut self, claims: bool) -> Self {
        self.claims = claims;
        self
    }

    /// The same options for an article that is known to be about these reports.
    #[must_use]
    pub fn about(mut self, about: Option<About>) -> Self {
        self.about = about;
        self
    }

    /// The same options for an article of that day.
    #[must_use]
    pub fn published(mut self, published: Option<Date>) -> Self {
        self.published = published;
        self
    }

    /// The same options with at most `places` places, of short quotations too.
    #[must_use]
    pub fn places(mut self, places: usize) -> Self {
        self.places = places;
        self.short_places = places;
        self
    }

    /// The same options with a flag that stops the check.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }
}
