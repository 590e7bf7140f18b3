//! The named queries of a code book as signs of what a text is about.

use quotable_codebook::CodeBook;
use quotable_index::{Result, SearchOptions, Snapshot};
use quotable_query::{Matcher, Text};

/// The queries of a code book, compiled: topics and concepts alike.
#[derive(Debug)]
pub struct Concepts {
    codes: Vec<(String, String, Matcher)>,
    /// In how many paragraphs of the corpus each is.
    paragraphs_with: Vec<u64>,
}

impl Concepts {
    /// Compiles the queries of a book, and counts the paragraphs of the corpus that each finds.
    ///
    /// # Errors
    /// [`Query`](quotable_index::ErrorKind::Query) if a query is not valid, which a parsed book has none of;
    /// [`Damaged`](quotable_index::ErrorKind::Damaged) or [`Io`](quotable_index::ErrorKind::Io) if the index cannot be read,
    /// [`Cancelled`](quotable_index::ErrorKind::Cancelled) if the options say so.
    pub fn learn(book: &CodeBook, snapshot: &Snapshot, options: &SearchOptions) -> Result<Self> {
        let mut codes = Vec::new();
        let mut paragraphs_with = Vec::new();
        let total = book.codes().len() as u64;
        for (done, code) in (0..).zip(book.codes()) {
            options.advance("counting concepts", done, total)?;
            codes.push((code.name.clone(), code.title.clone(), Matcher::new(&code.resolved)?));
            paragraphs_with.push(snapshot.search_with(&code.resolved, options)?.count()?.paragraphs);
        }
        Ok(Self { codes, paragraphs_with })
    }

    /// In how many paragraphs of the corpus one is.
    pub(crate) fn paragraphs_with(&self, at: usize) -> u64 {
        self.paragraphs_with.get(at).copied().unwrap_or(0)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True if the book is empty.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The name and the title of one.
    pub fn name(&self, at: usize) -> Option<(&str, &str)> {
        self.codes.get(at).map(|(name, title, _)| (name.as_str(), title.as_str()))
    }

    /// Which concepts a text has, as positions in the book, in order.
    pub fn of(&self, text: &str) -> Vec<usize> {
        let text = Text::new(text);
        let held = |(_, (_, _, matcher)): &(usize, &(String, String, Matcher))| {
            matcher.evaluate(&matcher.positions(&text), |_| false).is_hit
        };
        self.codes.iter().enumerate().filter(held).map(|(at, _)| at).collect()
    }
}
