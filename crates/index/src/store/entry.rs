//! What the index keeps of a source where all of them are needed at once.
//!
//! Entries are the manifest of the corpus: what was read, from which bytes, and what went wrong. They are part of
//! the index's own commit, so that they cannot disagree with it.

use std::cmp::Reverse;

use quotable_read::Budget;
use quotable_report::{Area, Authority, Date, Framework, Grade, Judgement, Period, Report, ReportKind, Role};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::failure::{Failure, FailureKind};
use crate::id::Id;
use crate::source::{Origin, Source};

/// The version of reading and understanding: raised when the same bytes would now give another report, so that
/// a refresh reads them again.
pub(crate) const READING: u32 = 2;

/// One source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) origin: Origin,
    /// The file as it was when it was read; `None` for what is not a file.
    pub(crate) file: Option<Fingerprint>,
    /// A hash of the bytes; of the report, for what is not a file; zeros if they could not be had.
    pub(crate) hash: [u8; 32],
    /// See [`READING`].
    pub(crate) reading: u32,
    /// The name of the format as which the file was read; empty for what is not a file.
    pub(crate) format: String,
    /// A hash of the budget within which it was read.
    pub(crate) budget: [u8; 8],
    pub(crate) failure: Option<(FailureKind, String)>,
    pub(crate) kind: ReportKind,
    pub(crate) title: Option<String>,
    pub(crate) authority: Option<Authority>,
    pub(crate) framework: Option<Framework>,
    pub(crate) inspected: Vec<Period>,
    pub(crate) published: Option<Date>,
    pub(crate) grades: Vec<(Area, Grade)>,
    pub(crate) pages: u32,
    /// Documents that follow the source's own in the index: all its paragraphs.
    pub(crate) documents: u32,
    /// Body, tables, notes.
    pub(crate) sizes: [Size; 3],
}

/// What tells that a file is the same without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    /// In bytes.
    pub(crate) size: u64,
    /// When it was last written: nanoseconds since 1970.
    pub(crate) modified: i64,
    /// False if it had been written so shortly before that it could be written again without its time changing.
    pub(crate) settled: bool,
}

/// How much of one kind of text there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Size {
    pub(crate) paragraphs: u32,
    pub(crate) words: u64,
}

/// Which of the three kinds of text a paragraph is: body, tables, notes.
pub(crate) fn part_of(role: Role) -> usize {
    match role {
        body if body.is_body() => 0,
        Role::Table => 1,
        _ => 2,
    }
}

/// The engine's limit on a value is 64 KiB; what a broken file may make endless is cut to far less.
const LONGEST: usize = 2000;
const MOST: usize = 64;

fn budget_hash(budget: &Budget) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    let Budget { time, input, output, nesting, .. } = *budget;
    hasher.update(&time.as_nanos().to_le_bytes()).update(&input.to_le_bytes());
    hasher.update(&(output as u64).to_le_bytes()).update(&(nesting as u64).to_le_bytes());
    hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default()
}

fn short(text: &str) -> String {
    text[..text.floor_char_boundary(LONGEST)].to_owned()
}

impl Entry {
    /// An entry of which nothing is known.
    pub(crate) fn unknown() -> Self {
        Self::blank("", Origin::File, None, [0; 32])
    }

    /// An entry of nothing yet but a name.
    fn blank(path: &str, origin: Origin, file: Option<Fingerprint>, hash: [u8; 32]) -> Self {
        Self {
            path: path.to_owned(),
            origin,
            file,
            hash,
            reading: READING,
            format: String::new(),
            budget: [0; 8],
            failure: None,
            kind: ReportKind::default(),
            title: None,
            authority: None,
            framework: None,
            inspected: Vec::new(),
            published: None,
            grades: Vec::new(),
            pages: 0,
            documents: 0,
            sizes: [Size::default(); 3],
        }
    }

    /// How many paragraphs and words there are in the given parts (body, tables, notes).
    pub(crate) fn size(&self, parts: [bool; 3]) -> (u64, u64) {
        let wanted = self.sizes.iter().zip(parts).filter(|(_, wanted)| *wanted);
        wanted.fold((0, 0), |(paragraphs, words), (size, _)| {
            (paragraphs + u64::from(size.paragraphs), words + size.words)
        })
    }

    /// The entry of a file that could not be read.
    pub(crate) fn failed(
        path: &str,
        file: Fingerprint,
        hash: [u8; 32],
        kind: FailureKind,
        why: &str,
    ) -> Self {
        let mut entry = Self::blank(path, Origin::File, Some(file), hash);
        entry.failure = Some((kind, short(why)));
        entry
    }

    /// The entry of a report; its sizes are still to be counted.
    pub(crate) fn of(
        path: &str,
        report: &Report,
        origin: Origin,
        file: Option<Fingerprint>,
        hash: [u8; 32],
    ) -> Self {
        let mut entry = Self::blank(path, origin, file, hash);
        entry.kind = report.kind;
        entry.title = report.title.as_deref().map(short);
        entry.authority = report.authority.as_ref().map(|authority| {
            let mut kept = Authority::new(short(&authority.name), short(&authority.key));
            kept.urn = authority.urn.as_deref().map(short);
            kept
        });
        entry.framework = report.framework;
        entry.inspected = report.inspected.iter().copied().take(MOST).collect();
        entry.published = report.published;
        let grade = |judgement: &Judgement| (judgement.area, judgement.grade);
        entry.grades = report.judgements.iter().map(grade).take(MOST).collect();
        entry.pages = report.pages;
        entry.documents = u32::try_from(report.paragraphs.len()).unwrap_or(u32::MAX);
        entry
    }

    /// The same entry with what the file was read by.
    pub(crate) fn read_by(mut self, format: &str, budget: &Budget) -> Self {
        self.format = short(format);
        self.budget = budget_hash(budget);
        self
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        postcard::to_stdvec(self)
            .map_err(|error| Error::damaged("an entry could not be written").because(error))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        postcard::from_bytes(bytes)
            .map_err(|error| Error::damaged("an entry of the index could not be read").because(error))
    }

    /// Report order: newest publication first, undated last, then by path.
    pub(crate) fn place(&self) -> (bool, Reverse<Option<Date>>, &str) {
        (self.published.is_none(), Reverse(self.published), self.path.as_str())
    }

    pub(crate) fn failure(&self) -> Option<Failure> {
        self.failure.as_ref().map(|(kind, message)| Failure::new(&self.path, *kind, message))
    }

    /// The public form; `report` is the report without its paragraphs, where there is one.
    pub(crate) fn to_source(&self, report: Option<Report>) -> Source {
        let report = report.unwrap_or_default();
        Source {
            id: Id::of_report(&self.path),
            path: self.path.clone(),
            origin: self.origin,
            failure: self.failure(),
            kind: report.kind,
            title: report.title,
            authority: report.authority,
            framework: report.framework,
            inspected: report.inspected,
            published: report.published,
            judgements: report.judgements,
            pages: report.pages,
            paragraphs: self.sizes[0].paragraphs.into(),
            words: self.sizes[0].words,
            table_rows: self.sizes[1].paragraphs.into(),
            notes: self.sizes[2].paragraphs.into(),
            warnings: report.warnings,
        }
    }
}

/// The first of what an entry holds, read without the rest: what a refresh asks of every source.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct EntryHeader<'a> {
    pub(crate) path: &'a str,
    pub(crate) origin: Origin,
    pub(crate) file: Option<Fingerprint>,
    pub(crate) hash: [u8; 32],
    reading: u32,
    pub(crate) format: &'a str,
    budget: [u8; 8],
    /// The message is not for the machine.
    #[serde(borrow)]
    pub(crate) failure: Option<(FailureKind, &'a str)>,
}

impl<'a> EntryHeader<'a> {
    pub(crate) fn of(entry: &'a Entry) -> Self {
        Self {
            path: &entry.path,
            origin: entry.origin,
            file: entry.file,
            hash: entry.hash,
            reading: entry.reading,
            format: &entry.format,
            budget: entry.budget,
            failure: entry.failure.as_ref().map(|(kind, why)| (*kind, why.as_str())),
        }
    }

    pub(crate) fn from_bytes(bytes: &'a [u8]) -> Result<Self> {
        Self::first(bytes)
    }

    /// The path alone.
    pub(crate) fn path_from_bytes(bytes: &'a [u8]) -> Result<&'a str> {
        Self::first(bytes)
    }

    fn first<T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
        let first = postcard::take_from_bytes(bytes).map(|(first, _)| first);
        first.map_err(|error| Error::damaged("an entry of the index could not be read").because(error))
    }

    /// True if reading the same bytes now would give the same: by the same rules and the same format, and within the
    /// same budget if it was the budget that failed them.
    pub(crate) fn reads_the_same(&self, format: &str, budget: &Budget) -> bool {
        let may_pass = self.failure.is_some_and(|(kind, _)| kind.may_pass());
        self.reading == READING && self.format == format && !(may_pass && self.budget != budget_hash(budget))
    }
}
