//! Code books, read and made ready.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use quotable_query::{Field, Filter, Query, QueryError, Scope, nearest};

use crate::code::{Code, CodeKind};
use crate::error::CodeBookError;
#[cfg(doc)]
use crate::error::CodeBookErrorKind;
use crate::fault::{Fault, offer};
use crate::label::{Label, Labeller, Passage};
use crate::parse::{self, Draft};

/// A TOML file of named queries, read, checked and made ready. Clones share it.
///
/// A *topic* labels the paragraphs that it is about; a *concept* gathers the ways in which one thing is said.
/// Both can be named in a query, as `@name`.
///
/// ```
/// use quotable_codebook::CodeBook;
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
/// # Ok::<(), quotable_codebook::CodeBookError>(())
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
    /// [`Invalid`](CodeBookErrorKind::Invalid) with file, line, column and cure: what is not TOML, a key that is not
    /// known, a value of the wrong type, a name twice, a query that cannot be read, a name that stands for nothing
    /// or for itself, a topic that asks for more than words.
    pub fn parse(name: &str, text: &str) -> Result<Self, CodeBookError> {
        Book::parse(name, text).map(|book| Self(Held::Given(Arc::new(book))))
    }

    /// Reads a code book from a file.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse), or if the file cannot be read, is over one MiB, or is not UTF-8.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, CodeBookError> {
        let path = path.as_ref();
        let io = |error| CodeBookError::io(path, error);
        let refused = |message: &str| CodeBookError::invalid(message).at(path);
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
        self.labels_and_words(&passage.into()).0
    }

    /// The themes of a paragraph as [`labels`](Self::labels) has them, and the number of its words, which labelling finds
    /// out anyway.
    pub fn labels_and_words(&self, passage: &Passage<'_>) -> (Vec<Label>, u32) {
        self.book().labeller.label_and_count(passage)
    }

    /// Replaces every `@name` in a query by the query of that name.
    ///
    /// # Errors
    /// [`Query`](CodeBookErrorKind::Query) if a name is not in the book, or the query grows beyond all use.
    pub fn resolve(&self, query: &Query) -> Result<Query, CodeBookError> {
        query.resolved(|name| self.query(name)).map_err(|error| {
            let at = error.query().get(error.span()).unwrap_or_default();
            let name = at.trim_start_matches('@');
            if self.get(name).is_some() {
                return CodeBookError::query(error, Vec::new());
            }
            let near = nearest(name, self.codes().iter().map(|code| code.name.as_str()));
            let cure = match near.as_slice() {
                [] => error.cure().to_owned(),
                near => format!("did you mean @{}", near.join(" or @")),
            };
            let error = QueryError::new(error.query(), error.span(), error.message(), cure);
            CodeBookError::query(error, near)
        })
    }
}

impl Book {
    /// Resolves the names, and holds each query to what its kind may ask.
    fn new(title: Option<String>, drafts: Vec<Draft>) -> Result<Self, Fault> {
        let mut queries = BTreeMap::new();
        for draft in &drafts {
            if queries.insert(draft.code.name.clone(), draft.code.query.clone()).is_some() {
                let message = format!("two queries are called {}", draft.code.name);
                return Err(Fault::new(draft.name.clone(), message, "give one of them another name"));
            }
        }
        let mut book = Self { title, ..Self::default() };
        for Draft { mut code, query, .. } in drafts {
            let resolved = code.query.resolved(|name| queries.get(name).cloned());
            code.resolved = resolved.map_err(|error| {
                let at = error.query().get(error.span()).unwrap_or_default();
                let mut fault = query.fault(&error, at);
                if let Some(name) = at.strip_prefix('@').filter(|name| !queries.contains_key(*name)) {
                    let near = offer(&nearest(name, queries.keys().map(String::as_str)));
                    fault = Fault::new(fault.span, error.message(), format!("{}{near}", error.cure()));
                }
                fault
            })?;
            if code.kind == CodeKind::Topic {
                words_alone(&code.resolved)
                    .map_err(|(message, cure)| Fault::new(query.value.clone(), message, cure))?;
            }
            book.labeller
                .add(&code)
                .map_err(|error| Fault::new(query.value.clone(), error.message(), error.cure()))?;
            book.by_name.insert(code.name.clone(), book.codes.len());
            book.codes.push(code);
        }
        book.labeller.ready();
        Ok(book)
    }

    fn parse(name: &str, text: &str) -> Result<Self, CodeBookError> {
        let codes = parse::book(text).and_then(|(title, codes)| Self::new(title, codes));
        let mut book = codes.map_err(|fault| CodeBookError::invalid(fault.shown(name, text)))?;
        book.hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        book.hash.truncate(32);
        Ok(book)
    }
}

/// A topic is decided by the words of one paragraph, so that any text can be labelled.
fn words_alone(query: &Query) -> Result<(), (String, &'static str)> {
    match query {
        Query::Filter(Filter { field: Field::Theme, .. }) => {
            Err(("a topic cannot name a theme".to_owned(), "name the query of that theme: @care-leavers"))
        }
        Query::Filter(Filter { field, .. }) => Err((
            format!("a topic is found by its words, and {}: is not one", field.name()),
            "leave the filter out, and give it where you search",
        )),
        Query::Within { scope: Scope::Theme | Scope::Report, .. } => {
            Err(("a topic is found in one paragraph".to_owned(), "use w/p or w/s instead of w/t and w/r"))
        }
        Query::Phrase(parts) | Query::And(parts) | Query::Or(parts) => parts.iter().try_for_each(words_alone),
        Query::Not(part) | Query::Within { query: part, .. } => words_alone(part),
        Query::Near { left, right, .. } | Query::NotNear { left, right, .. } => {
            words_alone(left).and_then(|()| words_alone(right))
        }
        _ => Ok(()),
    }
}
