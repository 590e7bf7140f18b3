//! Parsed code books.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use quotable_query::{Field, Filter, Query, QueryError, Scope, nearest};

use crate::code::{Code, CodeKind};
use crate::error::CodeBookError;
#[cfg(doc)]
use crate::error::CodeBookErrorKind;
use crate::fault::{Fault, suggestion};
use crate::label::{Label, Labeller, Passage};
use crate::parse::{self, Draft, Parsed};

/// A code book: a TOML file of named queries, parsed, validated and compiled. Clones share it.
///
/// A *topic* labels paragraphs about a subject; a *concept* collects the phrases for one idea. A query can refer to both as
/// `@name`.
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
pub struct CodeBook(Contents);

/// The built-in book is parsed at its first use: most searches use none of its names.
#[derive(Debug, Clone)]
enum Contents {
    Builtin,
    Given(Arc<Book>),
}

/// A parsed code book.
#[derive(Debug, Default)]
struct Book {
    hash: String,
    title: Option<String>,
    codes: Vec<Code>,
    by_name: BTreeMap<String, usize>,
    labeller: Labeller,
}

/// The text of the built-in book.
const BUILTIN_TEXT: &str = include_str!("themes.toml");

/// The largest file that is read as a code book, in bytes.
const MAX_FILE_SIZE: u64 = 1 << 20;

impl CodeBook {
    /// The built-in code book: 18 themes of inspections of children's services, and the concepts that they use.
    pub fn builtin() -> Self {
        Self(Contents::Builtin)
    }

    /// The text of the built-in book, whose parts can be parsed alone.
    pub(crate) fn unparsed(&self) -> Option<&'static str> {
        matches!(self.0, Contents::Builtin).then_some(BUILTIN_TEXT)
    }

    fn book(&self) -> &Book {
        // A test parses the same file, so that the fallback is never used; it only avoids a panic.
        static BUILTIN: LazyLock<Book> =
            LazyLock::new(|| Book::parse("themes.toml", BUILTIN_TEXT).unwrap_or_default());
        match &self.0 {
            Contents::Builtin => &BUILTIN,
            Contents::Given(book) => book,
        }
    }

    /// Parses the text of a code book. `name` is the file name in error messages.
    ///
    /// # Errors
    /// [`Invalid`](CodeBookErrorKind::Invalid) with file, line, column and cure if the text is not TOML, has an unknown key, a
    /// value of the wrong type, a duplicate name, an invalid query, a reference to an unknown name or a cycle of references, or
    /// a topic that uses filters or wide scopes.
    pub fn parse(name: &str, text: &str) -> Result<Self, CodeBookError> {
        Book::parse(name, text).map(|book| Self(Contents::Given(Arc::new(book))))
    }

    /// What is wrong with the text of a code book, in the order of the text: of each entry the first fault. Empty for a text that
    /// [`parse`](Self::parse) takes; `parse` itself gives the first of them.
    ///
    /// ```
    /// use quotable_codebook::CodeBook;
    ///
    /// let faults = CodeBook::faults("mine.toml", "[[query]]\nname = 'Waits'\nquery = 'care'\n\n[[query]]\nname = 'b'");
    /// assert!(faults[0].message().contains("line 2") && faults[1].message().contains("a query has no query"));
    /// ```
    pub fn faults(name: &str, text: &str) -> Vec<CodeBookError> {
        let (_, faults) = Book::read(text);
        faults.iter().map(|fault| CodeBookError::invalid(fault.shown(name, text))).collect()
    }

    /// Reads and parses a code book file, which may be a pipe. Reads no more than one MiB.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse), or if the file cannot be read, is over one MiB, or is not UTF-8.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, CodeBookError> {
        let path = path.as_ref();
        Self::parse(&path.to_string_lossy(), &Self::read_text(path)?)
    }

    /// The text of a code book file, unparsed, for [`faults`](Self::faults).
    ///
    /// # Errors
    /// If the file cannot be read, is over one MiB, or is not UTF-8.
    pub fn read_text(path: impl AsRef<Path>) -> Result<String, CodeBookError> {
        let path = path.as_ref();
        let io = |error| CodeBookError::io(path, error);
        let refused = |message: &str| CodeBookError::invalid(message).at(path);
        let mut bytes = Vec::new();
        // The length is counted, since a pipe has none to ask for and a file may grow. One byte more than allowed shows
        // that it is too long.
        File::open(path).and_then(|file| file.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes)).map_err(io)?;
        if bytes.len() as u64 > MAX_FILE_SIZE {
            return Err(refused("the code book is larger than 1 MiB; split it into several files"));
        }
        String::from_utf8(bytes)
            .map_err(|_| refused("the code book is not UTF-8 text; save it again with the encoding UTF-8"))
    }

    /// The title of the book.
    pub fn title(&self) -> Option<&str> {
        self.book().title.as_deref()
    }

    /// The BLAKE3 hash of the text of the book, shortened to 32 hexadecimal digits. Identifies its version.
    pub fn hash(&self) -> &str {
        &self.book().hash
    }

    /// All named queries, in the order of the file.
    pub fn codes(&self) -> &[Code] {
        &self.book().codes
    }

    /// The topics, in the order of the file.
    pub fn topics(&self) -> impl Iterator<Item = &Code> {
        self.book().codes.iter().filter(|code| code.kind == CodeKind::Topic)
    }

    /// The entry with this name.
    pub fn get(&self, name: &str) -> Option<&Code> {
        self.book().by_name.get(name).and_then(|&at| self.book().codes.get(at))
    }

    /// The query with this name, with all names in it resolved.
    pub fn query(&self, name: &str) -> Option<Query> {
        self.get(name).map(|code| code.resolved.clone())
    }

    /// The themes of a paragraph, in the order of the file, with evidence.
    ///
    /// A topic labels a paragraph if its `sections` include the theme of the paragraph's section, or if its query matches the
    /// words.
    pub fn labels<'a>(&self, passage: impl Into<Passage<'a>>) -> Vec<Label> {
        self.labels_and_words(&passage.into()).0
    }

    /// The themes of a paragraph, as [`labels`](Self::labels) returns them, and its number of words, a by-product of
    /// labelling.
    pub fn labels_and_words(&self, passage: &Passage<'_>) -> (Vec<Label>, u32) {
        self.book().labeller.label_and_count(passage)
    }

    /// Replaces every `@name` in a query by the query with that name.
    ///
    /// # Errors
    /// [`Query`](CodeBookErrorKind::Query) if the book lacks a name, or the resolved query is too large.
    pub fn resolve(&self, query: &Query) -> Result<Query, CodeBookError> {
        query.resolved(|name| self.query(name)).map_err(|error| {
            let at = error.query().get(error.span()).unwrap_or_default();
            let name = at.trim_start_matches('@');
            if self.get(name).is_some() {
                // The name is known: the query grew too large. There is no nearer name to suggest.
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
    /// Resolves names and validates each query by its kind. Adds what is wrong to `faults`; a book with faults lacks entries.
    fn new(parsed: Parsed, faults: &mut Vec<Fault>) -> Self {
        let Parsed { title, drafts, names } = parsed;
        let mut queries = BTreeMap::new();
        for draft in &drafts {
            if queries.insert(draft.code.name.clone(), draft.code.query.clone()).is_some() {
                let message = format!("two queries are called {}", draft.code.name);
                faults.push(Fault::new(draft.name.clone(), message, "give one of them another name"));
            }
        }
        let mut book = Self { title, ..Self::default() };
        for draft in drafts {
            if let Err(fault) = book.add(draft, &queries, &names) {
                faults.push(fault);
            }
        }
        book.labeller.index_leaves();
        book
    }

    /// Adds an entry. `names` are those of all entries: one that has a fault itself stands for any text here, since its fault has
    /// been said.
    fn add(
        &mut self,
        draft: Draft,
        queries: &BTreeMap<String, Query>,
        names: &BTreeSet<String>,
    ) -> Result<(), Fault> {
        let Draft { mut code, query, .. } = draft;
        let known =
            |name: &str| queries.get(name).cloned().or_else(|| names.contains(name).then_some(Query::All));
        code.resolved = code.query.resolved(known).map_err(|error| {
            let at = error.query().get(error.span()).unwrap_or_default();
            let mut fault = query.fault(&error, at);
            if let Some(name) = at.strip_prefix('@').filter(|name| !queries.contains_key(*name)) {
                let near = suggestion(&nearest(name, queries.keys().map(String::as_str)));
                fault = Fault::new(fault.span, error.message(), format!("{}{near}", error.cure()));
            }
            fault
        })?;
        let at_query = |message: &str, cure: &str| Fault::new(query.value.clone(), message, cure);
        if code.kind == CodeKind::Topic {
            check_topic(&code.resolved).map_err(|(message, cure)| at_query(&message, cure))?;
        }
        self.labeller.add(&code).map_err(|error| at_query(error.message(), error.cure()))?;
        self.by_name.insert(code.name.clone(), self.codes.len());
        self.codes.push(code);
        Ok(())
    }

    /// Parses the text of a code book; the faults are in the order of the text.
    fn read(text: &str) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let parsed = parse::book(text, &mut faults);
        let mut book = Self::new(parsed, &mut faults);
        faults.sort_by_key(|fault| fault.span.start);
        book.hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        book.hash.truncate(32);
        (book, faults)
    }

    /// Parses the text of a code book; `name` is for errors.
    fn parse(name: &str, text: &str) -> Result<Self, CodeBookError> {
        let (book, faults) = Self::read(text);
        match faults.first() {
            Some(fault) => Err(CodeBookError::invalid(fault.shown(name, text))),
            None => Ok(book),
        }
    }
}

/// Checks that a topic depends on the words of one paragraph alone, so that any text can be labelled without an index. The
/// error is a message and its cure.
fn check_topic(query: &Query) -> Result<(), (String, &'static str)> {
    match query {
        Query::Filter(Filter { field: Field::Theme, .. }) => {
            Err(("a topic cannot name a theme".to_owned(), "name the query of that theme: @care-leavers"))
        }
        Query::Filter(Filter { field, .. }) => Err((
            format!("a topic is found by words alone, and {}: is a filter", field.name()),
            "leave the filter out, and add it to your search instead",
        )),
        Query::Within { scope: Scope::Theme | Scope::Report, .. } => Err((
            "a topic has to match within one paragraph".to_owned(),
            "use w/p or w/s instead of w/t and w/r",
        )),
        Query::Phrase(parts) | Query::And(parts) | Query::Or(parts) => parts.iter().try_for_each(check_topic),
        Query::Not(part) | Query::Within { query: part, .. } => check_topic(part),
        Query::Near { left, right, .. }
        | Query::NotNear { left, right, .. }
        | Query::NotBeside { left, right, .. } => check_topic(left).and_then(|()| check_topic(right)),
        _ => Ok(()),
    }
}
