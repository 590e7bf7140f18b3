//! Options of a check.

use quotable_codebook::CodeBook;
use quotable_index::{CancelFlag, Duplicates};
use quotable_query::Query;

use crate::about::About;

/// Options for checking quotations.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckOptions {
    /// Restricts the paragraphs that count as sources, as a query of filters: `authority:… date:…`. `None`: all.
    pub filter: Option<Query>,
    /// The code book for `theme:` in the filter. `None`: themes come from headings alone.
    pub codebook: Option<CodeBook>,
    /// Restricts the corpus to one file or folder, as [`SearchOptions::within`](quotable_index::SearchOptions::within)
    /// does. `None`: the whole corpus.
    pub within: Option<String>,
    /// Whether copies of a report count as one.
    pub duplicates: Duplicates,
    /// The report that the article is about. Its places are listed first; the verdict does not depend on it.
    pub about: Option<About>,
    /// The most places that are returned. [`Check::total`](crate::Check::total) counts all of them.
    pub places: usize,
    /// Stops the check when raised.
    pub cancel: CancelFlag,
}

impl Default for CheckOptions {
    /// All reports, none preferred, at most 200 places: a sentence found in more is boilerplate.
    fn default() -> Self {
        Self {
            filter: None,
            codebook: None,
            within: None,
            duplicates: Duplicates::default(),
            about: None,
            places: 200,
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

    /// The same options with the places of one report first.
    #[must_use]
    pub fn about(mut self, about: Option<About>) -> Self {
        self.about = about;
        self
    }

    /// The same options with at most `places` places.
    #[must_use]
    pub fn places(mut self, places: usize) -> Self {
        self.places = places;
        self
    }

    /// The same options with a flag that stops the check.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }
}
