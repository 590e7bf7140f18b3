//! What a caller may ask of a check.

use quotable_query::Query;
use quotable_query::analyse::fold;
use quotable_report::{Date, ReportKind};
use serde::{Deserialize, Serialize};

use crate::{CancelFlag, CodeBook, Snapshot};

/// How quotations are to be checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckOptions {
    /// Paragraphs that come into question, as a query of filters: `authority:… date:…`. All if there is none.
    pub filter: Option<Query>,
    /// The code book by which `theme:` in the filter finds topics; by headings alone if there is none.
    pub codebook: Option<CodeBook>,
    /// The part of the corpus that comes into question, as
    /// [`SearchOptions::within`](crate::SearchOptions::within). The whole if there is none.
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

/// What report an article is about, guessed from its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The key of the authority that the article names most.
    pub authority: String,
    /// The name as the corpus has it.
    pub name: String,
    /// How often the article names it.
    pub mentions: u32,
    /// The path of the report, where the article's dates tell which of the authority's it is.
    pub report: Option<String>,
}

impl Snapshot {
    /// Guesses what report an article is about: that of the authority it names most, published last before the
    /// article or within the week behind. `published` is the day of the article, if it is known. `None` if no
    /// authority of the corpus is named.
    pub fn about(&self, article: &str, published: Option<Date>) -> Option<About> {
        let text = format!(" {} ", fold(article));
        let mut best: Option<About> = None;
        for entry in self.table().entries() {
            let Some(authority) = entry.authority.as_ref().filter(|_| entry.kind != ReportKind::Article)
            else {
                continue;
            };
            if best.as_ref().is_some_and(|best| best.authority == authority.key) {
                continue;
            }
            let key = fold(&authority.key);
            let named = |name: &str| text.matches(name).count();
            let mentions = named(&format!(" {key} ")) + named(&format!(" {key}'s "));
            let mentions = u32::try_from(mentions).unwrap_or(u32::MAX);
            // Of equals the longer name is the one that is meant: it holds the shorter.
            let rank = |about: &About| (about.mentions, about.authority.len());
            if mentions > 0 && best.as_ref().is_none_or(|best| (mentions, key.len()) > rank(best)) {
                let name = authority.name.clone();
                best = Some(About { authority: authority.key.clone(), name, mentions, report: None });
            }
        }
        let mut about = best?;
        about.report = published.and_then(|day| self.report_before(&about.authority, day));
        Some(about)
    }

    /// The last report of an authority published up to a week behind a day: papers see reports early.
    fn report_before(&self, authority: &str, day: Date) -> Option<String> {
        let days =
            |date: Date| i64::from(date.year()) * 372 + i64::from(date.month()) * 31 + i64::from(date.day());
        let mine = self.table().entries().iter().filter(|entry| {
            entry.kind != ReportKind::Article
                && entry.authority.as_ref().is_some_and(|found| found.key == authority)
        });
        mine.filter(|entry| entry.published.is_some_and(|published| days(published) <= days(day) + 7))
            .max_by_key(|entry| entry.published)
            .map(|entry| entry.path.clone())
    }
}
