//! What a caller may ask of a check.

use quotable_codebook::CodeBook;
use quotable_index::CancelFlag;
use quotable_query::Query;

use crate::about::About;

/// How quotations are to be checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckOptions {
    /// Paragraphs that come into question, as a query of filters: `authority:… date:…`. All if there is none.
    pub filter: Option<Query>,
    /// The code book by which `theme:` in the filter finds topics; by headings alone if there is none.
    pub codebook: Option<CodeBook>,
    /// The part of the corpus that comes into question, as
    /// [`SearchOptions::within`](quotable_index::SearchOptions::within). The whole if there is none.
    pub within: Option<String>,
    /// The report that the article is about. Its places come first; it never changes a verdict.
    pub about: Option<About>,
    /// How many places are given at most. They are counted all the same.
    pub places: usize,
    /// Raised to stop.
    pub cancel: CancelFlag,
}

impl Default for CheckOptions {
    /// All reports, none preferred, at most 200 places: more than any sentence stands at that says something.
    fn default() -> Self {
        Self {
            filter: None,
            codebook: None,
            within: None,
            about: None,
            places: 200,
            cancel: CancelFlag::new(),
        }
    }
}

impl CheckOptions {
    /// The same options, with only the paragraphs that pass the filter.
    #[must_use]
    pub fn filter(mut self, filter: Query) -> Self {
        self.filter = Some(filter);
        self
    }

    /// The same options, with the themes of a code book.
    #[must_use]
    pub fn codebook(mut self, book: CodeBook) -> Self {
        self.codebook = Some(book);
        self
    }

    /// The same options, in one file or folder of the corpus.
    #[must_use]
    pub fn within(mut self, path: impl Into<String>) -> Self {
        self.within = Some(path.into());
        self
    }

    /// The same options, with the places of one report first.
    #[must_use]
    pub fn about(mut self, about: Option<About>) -> Self {
        self.about = about;
        self
    }

    /// The same options, with at most so many places.
    #[must_use]
    pub fn places(mut self, places: usize) -> Self {
        self.places = places;
        self
    }

    /// The same options, stopped by the given flag.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }
}
