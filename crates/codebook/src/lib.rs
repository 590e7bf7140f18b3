//! Code books: named queries, and the themes that some of them are.

mod apply;
mod coverage;
mod label;
mod place;
mod read;
mod run;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use quotable_query::Query;
use serde::{Deserialize, Serialize};

pub use self::coverage::{Coverage, Extent, Tally, Themes};
pub use self::label::{Evidence, Label, Passage};
pub use self::run::Row;

use self::label::Labeller;
use crate::error::{Error, ErrorKind, Result};

/// A TOML file of named queries, read, checked and made ready. Clones share it.
///
/// A *topic* labels the paragraphs that it is about; a *concept* gathers the ways in which one thing is said.
/// Both can be named in a query, as `@name`.
///
/// ```
/// use quotable::CodeBook;
///
/// let book = CodeBook::parse(
///     "mine.toml",
///     r#"
///     [[query]]
///     name = "waiting"
///     query = 'unallocated OR "not allocated"'
///
///     [[query]]
///     name = "care-leavers"
///     kind = "topic"
///     query = '"care leavers" @waiting'
///     "#,
/// )?;
/// let labels = book.labels("Too many care leavers are not allocated to an adviser.");
/// assert_eq!(labels[0].theme, "care-leavers");
/// assert!(CodeBook::builtin().get("unallocated-work").is_some());
/// # Ok::<(), quotable::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CodeBook(Held);

/// Where the book is. The one built in is read when it is first looked into: most searches ask for none of its names.
#[derive(Debug, Clone)]
enum Held {
    Builtin,
    Given(Arc<Book>),
}

#[derive(Debug, Default)]
struct Book {
    hash: String,
    title: Option<String>,
    codes: Vec<Code>,
    by_name: BTreeMap<String, usize>,
    labeller: Labeller,
}

/// One named query of a code book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Code {
    /// The name: lower-case letters and digits in parts joined by hyphens.
    pub name: String,
    /// What the name stands for, in words for a reader; the name where the file gives none.
    pub title: String,
    /// What belongs to it and what does not.
    pub description: Option<String>,
    /// What it is for.
    pub kind: CodeKind,
    /// The themes of sections whose paragraphs it labels too, whatever their words.
    pub sections: Vec<String>,
    /// The query as it is written.
    pub query: Query,
    /// The query with every name in it replaced.
    pub resolved: Query,
}

/// What a named query is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// It labels paragraphs: a theme.
    Topic,
    /// It is there to be named.
    #[default]
    Concept,
}

impl CodeKind {
    /// The stable name, `topic` or `concept`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Concept => "concept",
        }
    }
}

/// The most bytes of a code book's file.
const LONGEST: u64 = 1 << 20;

impl CodeBook {
    /// The code book that comes with the library: 18 themes of inspections of children's services, and the concepts
    /// that they are made of.
    pub fn builtin() -> Self {
        Self(Held::Builtin)
    }

    fn book(&self) -> &Book {
        // A test holds that it reads; an empty book is better than a panic.
        static BUILTIN: LazyLock<Book> =
            LazyLock::new(|| Book::parse("themes.toml", include_str!("themes.toml")).unwrap_or_default());
        match &self.0 {
            Held::Builtin => &BUILTIN,
            Held::Given(book) => book,
        }
    }

    /// Reads a code book from its text. The name stands in errors.
    ///
    /// # Errors
    /// [`CodeBook`](ErrorKind::CodeBook) with file, line, column and cure: what is not TOML, a key that is not
    /// known, a value of the wrong type, a name twice, a query that cannot be read, a name that stands for nothing
    /// or for itself, a topic that asks for more than words.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        Book::parse(name, text).map(|book| Self(Held::Given(Arc::new(book))))
    }

    /// Reads a code book from a file.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse), or if the file cannot be read, is over one MiB, or is not UTF-8.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let io = |error| Error::io("the code book could not be read", path, error);
        let refused = |message: &str| Error::new(ErrorKind::CodeBook, message).at(path);
        if std::fs::metadata(path).map_err(io)?.len() > LONGEST {
            return Err(refused("the code book is larger than one MiB: split it"));
        }
        let bytes = std::fs::read(path).map_err(io)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| refused("the code book is not UTF-8 text: save it as UTF-8"))?;
        Self::parse(&path.to_string_lossy(), &text)
    }

    /// The title of the book.
    pub fn title(&self) -> Option<&str> {
        self.book().title.as_deref()
    }

    /// The hash of the book's text, which tells one state of it from another: 32 hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.book().hash
    }

    /// Every named query, in the order of the file.
    pub fn codes(&self) -> &[Code] {
        &self.book().codes
    }

    /// The themes, in the order of the file.
    pub fn topics(&self) -> impl Iterator<Item = &Code> {
        self.book().codes.iter().filter(|code| code.kind == CodeKind::Topic)
    }

    /// A named query.
    pub fn get(&self, name: &str) -> Option<&Code> {
        self.book().by_name.get(name).and_then(|&at| self.book().codes.get(at))
    }

    /// The query of that name, with every name in it replaced.
    pub fn query(&self, name: &str) -> Option<Query> {
        self.get(name).map(|code| code.resolved.clone())
    }

    /// The themes of a paragraph, in the order of the file, each with what gave it.
    ///
    /// A theme of the section gives the labels whose `sections` hold it; the words give those whose query matches.
    pub fn labels<'a>(&self, passage: impl Into<Passage<'a>>) -> Vec<Label> {
        self.book().labeller.label_and_count(&passage.into()).0
    }
}

impl Book {
    fn parse(name: &str, text: &str) -> Result<Self> {
        let codes = read::book(text).and_then(|(title, codes)| Self::new(title, codes));
        let mut book = codes.map_err(|fault| Error::new(ErrorKind::CodeBook, fault.shown(name, text)))?;
        book.hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        book.hash.truncate(32);
        Ok(book)
    }
}
