//! Entries: the metadata of all sources, kept in a column so that they load together.
//!
//! Entries are the manifest of the corpus: which files were read, from which bytes, and with which failures. They are
//! part of the commit, so they cannot disagree with it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use quotable_read::{Budget, Warning};
use quotable_report::{
    Area, Authority, Date, FieldName, FieldValue, Framework, Grade, Judgement, PageLabels, Period, Report,
    ReportKind, Role, Scale,
};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::failure::{Failure, FailureKind};
use crate::id::Id;
use crate::source::{Origin, Source};
use crate::store::fingerprint::Fingerprint;
use crate::store::text_print::TextPrint;

/// The version of reading a file into a report. Raise it when the same bytes would now give another report: a refresh
/// then reads all files again.
pub(crate) const READING: u32 = 8;

/// The metadata of one source. Its first fields, down to `failure`, are those of [`EntryHeader`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) origin: Origin,
    /// The file as it was when it was read; `None` for a report that was put in.
    pub(crate) file: Option<Fingerprint>,
    /// BLAKE3 of the file's bytes, or of a report that was put in; zeros if the file could not be opened.
    pub(crate) hash: [u8; 32],
    /// See [`READING`].
    pub(super) reading: u32,
    /// The name of the format that the file was read as; empty for a report that was put in.
    pub(crate) format: String,
    /// A hash of the budget that the file was read within.
    pub(crate) budget: [u8; 8],
    /// A hash of what else the report was made by: profiles, metadata from outside, an embedder's own step.
    pub(crate) made_by: [u8; 8],
    pub(crate) failure: Option<(FailureKind, String)>,
    pub(crate) scan: Scan,
    pub(crate) kind: ReportKind,
    pub(crate) title: Option<String>,
    pub(crate) authority: Option<Authority>,
    pub(crate) framework: Option<Framework>,
    pub(crate) series: Option<String>,
    pub(crate) inspectorate: Option<String>,
    pub(crate) inspected: Vec<Period>,
    pub(crate) published: Option<Date>,
    pub(crate) grades: Vec<GivenGrade>,
    pub(crate) fields: BTreeMap<FieldName, FieldValue>,
    pub(crate) pages: u32,
    /// Number of documents that follow the source's own in the index: one for each paragraph.
    pub(crate) documents: u32,
    /// The sizes of body, tables and notes.
    pub(crate) sizes: [Size; 3],
    /// The labels that the file gives its pages.
    pub(crate) page_labels: PageLabels,
    /// The pages whose text was recognised in pictures.
    pub(crate) ocr_pages: Vec<u32>,
    /// By which copies of the report are found.
    pub(super) print: TextPrint,
}

/// A grade that a report gives to an area of judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GivenGrade {
    /// The area.
    pub area: Area,
    /// The grade.
    pub grade: Grade,
    /// The scale of the grade.
    pub scale: Option<Scale>,
    /// The place of the grade on its scale, 1 for the best; `None` for a grade without a place.
    pub rank: Option<u16>,
}

impl GivenGrade {
    fn of(judgement: &Judgement) -> Self {
        Self {
            area: judgement.area.clone(),
            grade: judgement.grade.clone(),
            scale: judgement.scale.clone(),
            rank: judgement.rank,
        }
    }
}

/// Number of paragraphs and words of one kind of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Size {
    pub(crate) paragraphs: u32,
    pub(super) words: u64,
}

/// The kind of text of a paragraph, as an index into [`Entry::sizes`]: 0 body, 1 tables, 2 notes.
pub(crate) fn part_of(role: Role) -> usize {
    match role {
        body if body.is_body() => 0,
        Role::Table => 1,
        _ => 2,
    }
}

// tantivy limits the value of a column to 64 KiB. A misread file can have titles and lists of any length, so each is
// cut to far less.

/// The most bytes of a string in an entry.
const MAX_BYTES: usize = 2000;
/// The most items of a list in an entry.
const MAX_ITEMS: usize = 64;
/// Page numbers of a report that are kept, at most.
const MAX_PAGES: usize = 4_096;

fn budget_hash(budget: &Budget) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    let Budget { time, input, output, nesting, .. } = *budget;
    hasher.update(&time.as_nanos().to_le_bytes()).update(&input.to_le_bytes());
    hasher.update(&(output as u64).to_le_bytes()).update(&(nesting as u64).to_le_bytes());
    let mut hash = [0; 8];
    // The first bytes of the extended output are those of the plain hash.
    hasher.finalize_xof().fill(&mut hash);
    hash
}

fn short(text: &str) -> String {
    text[..text.floor_char_boundary(MAX_BYTES)].to_owned()
}

impl Entry {
    /// An empty entry, without even a path.
    pub(super) fn unknown() -> Self {
        Self::blank("", Origin::File, None, [0; 32])
    }

    /// An entry with the given fields; all others are empty.
    fn blank(path: &str, origin: Origin, file: Option<Fingerprint>, hash: [u8; 32]) -> Self {
        Self {
            path: path.to_owned(),
            origin,
            file,
            hash,
            reading: READING,
            format: String::new(),
            budget: [0; 8],
            made_by: [0; 8],
            failure: None,
            scan: Scan::None,
            kind: ReportKind::default(),
            title: None,
            authority: None,
            framework: None,
            series: None,
            inspectorate: None,
            inspected: Vec::new(),
            published: None,
            grades: Vec::new(),
            fields: BTreeMap::new(),
            pages: 0,
            documents: 0,
            sizes: [Size::default(); 3],
            page_labels: PageLabels::default(),
            ocr_pages: Vec::new(),
            print: TextPrint::default(),
        }
    }

    /// Number of paragraphs and of words in the chosen kinds of text: body, tables, notes.
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
        if kind == FailureKind::NoText {
            entry.scan = Scan::Unrecognised;
        }
        entry
    }

    /// The same entry, after text was looked for on the pictures of its pages.
    pub(crate) fn after_recognition(mut self, tried: bool) -> Self {
        if tried && self.scan == Scan::Unrecognised {
            self.scan = Scan::None;
        }
        self
    }

    /// The entry of a file that is not read.
    pub(crate) fn not_read(path: &str, kind: FailureKind, why: &str) -> Self {
        let mut entry = Self::blank(path, Origin::File, None, [0; 32]);
        entry.failure = Some((kind, short(why)));
        entry
    }

    /// The entry of a report, with all sizes 0 and without a print: [`documents`](crate::store::document::documents) counts
    /// them and makes it.
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
            kept.region = authority.region.as_deref().map(short);
            kept.aliases = authority.aliases.iter().take(MAX_ITEMS).map(|alias| short(alias)).collect();
            kept
        });
        entry.framework = report.framework.clone();
        entry.series = report.series.as_deref().map(short);
        entry.inspectorate = report.inspectorate.as_deref().map(short);
        entry.inspected = report.inspected.iter().copied().take(MAX_ITEMS).collect();
        entry.published = report.published;
        entry.grades = report.judgements.iter().map(GivenGrade::of).take(MAX_ITEMS).collect();
        let field = |(name, value): (&FieldName, &FieldValue)| {
            let value = match value {
                FieldValue::Text(text) => FieldValue::Text(short(text)),
                other => other.clone(),
            };
            (name.clone(), value)
        };
        entry.fields = report.fields.iter().map(field).take(MAX_ITEMS).collect();
        entry.pages = report.pages;
        entry.page_labels =
            PageLabels::new(report.page_labels.ranges().iter().take(MAX_ITEMS).cloned().collect());
        entry.ocr_pages = report.ocr_pages.iter().copied().take(MAX_PAGES).collect();
        let is_without_text = |warning: &Warning| warning.code == Warning::NO_TEXT_ON_PAGE;
        entry.scan = match report.warnings.iter().any(is_without_text) {
            true => Scan::Unrecognised,
            false if report.ocr_pages.is_empty() => Scan::None,
            false => Scan::Recognised,
        };
        entry.documents = u32::try_from(report.paragraphs.len()).unwrap_or(u32::MAX);
        entry
    }

    /// The same entry, with the format and the budget that the file was read with, and a hash of what else the report
    /// was made by.
    pub(crate) fn read_by(mut self, format: &str, budget: &Budget, made_by: [u8; 8]) -> Self {
        self.format = short(format);
        self.budget = budget_hash(budget);
        self.made_by = made_by;
        self
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>> {
        postcard::to_stdvec(self).map_err(|error| Error::unstorable("the entry of a source", error))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        postcard::from_bytes(bytes)
            .map_err(|error| Error::damaged("the entry of a source cannot be read").because(error))
    }

    /// The day that the report is dated by: see [`Report::day`].
    pub(crate) fn day(&self) -> Option<Date> {
        self.published.or_else(|| Period::last_day(&self.inspected))
    }

    /// True if the end of the inspection stands in for a day of publication that the report does not name.
    pub(crate) fn is_dated_by_inspection(&self) -> bool {
        self.published.is_none() && !self.inspected.is_empty()
    }

    /// The key of report order: newest first by [`day`](Self::day), undated last, then by path. Summaries hold sources
    /// in this order: raise their version when it changes.
    pub(crate) fn report_order(&self) -> (bool, Reverse<Option<Date>>, &str) {
        let day = self.day();
        (day.is_none(), Reverse(day), self.path.as_str())
    }

    /// True for the record of a file that is not read.
    pub(crate) fn is_skipped(&self) -> bool {
        self.failure.as_ref().is_some_and(|(kind, _)| kind.is_skipped())
    }

    pub(super) fn failure(&self) -> Option<Failure> {
        self.failure.as_ref().map(|(kind, message)| Failure::new(&self.path, *kind, message))
    }

    /// The public form. `report` is the stored report without its paragraphs; `None` for a source that failed.
    pub(crate) fn to_source(&self, report: Option<Report>, copy_of: Option<&str>) -> Source {
        let report = report.unwrap_or_default();
        Source {
            id: Id::of_report(&self.path),
            path: self.path.clone(),
            origin: self.origin,
            failure: self.failure(),
            copy_of: copy_of.map(str::to_owned),
            kind: report.kind,
            title: report.title,
            authority: report.authority,
            framework: report.framework,
            series: report.series,
            inspectorate: report.inspectorate,
            inspected: report.inspected,
            published: report.published,
            lead_inspector: report.lead_inspector,
            judgements: report.judgements,
            fields: report.fields,
            pages: report.pages,
            paragraphs: self.sizes[0].paragraphs.into(),
            words: self.sizes[0].words,
            table_rows: self.sizes[1].paragraphs.into(),
            notes: self.sizes[2].paragraphs.into(),
            warnings: report.warnings,
        }
    }
}

/// The first fields of an [`Entry`], borrowed from its bytes. A refresh needs these of every source and no others.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct EntryHeader<'a> {
    pub(crate) path: &'a str,
    pub(crate) origin: Origin,
    pub(crate) file: Option<Fingerprint>,
    pub(crate) hash: [u8; 32],
    reading: u32,
    pub(crate) format: &'a str,
    budget: [u8; 8],
    made_by: [u8; 8],
    /// The kind for programs and the message for people.
    #[serde(borrow)]
    pub(crate) failure: Option<(FailureKind, &'a str)>,
    pub(crate) scan: Scan,
}

/// Whether a file has pages without text, which may be pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Scan {
    /// It has none, or what could be recognised on them is nothing.
    None,
    /// It has some, and nobody tried to recognise text on them.
    Unrecognised,
    /// It has some, and text was recognised on them.
    Recognised,
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
            made_by: entry.made_by,
            failure: entry.failure.as_ref().map(|(kind, why)| (*kind, why.as_str())),
            scan: entry.scan,
        }
    }

    pub(crate) fn from_bytes(bytes: &'a [u8]) -> Result<Self> {
        Self::prefix(bytes)
    }

    /// The path alone, which is the first field.
    pub(super) fn path_from_bytes(bytes: &'a [u8]) -> Result<&'a str> {
        Self::prefix(bytes)
    }

    /// Reads a value from the beginning of the bytes. postcard writes fields one after another without names, so the
    /// first fields of a struct read like a smaller struct.
    fn prefix<T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
        let prefix = postcard::take_from_bytes(bytes).map(|(prefix, _)| prefix);
        prefix.map_err(|error| Error::damaged("the entry of a source cannot be read").because(error))
    }

    /// True if reading the same bytes now would give the same report: with the same version of reading, the same format
    /// and the same profiles and metadata, and, for a file that may have failed for its budget, with the same budget.
    pub(crate) fn reads_the_same(&self, format: &str, budget: &Budget, made_by: [u8; 8]) -> bool {
        let may_pass = self.failure.is_some_and(|(kind, _)| kind.may_pass());
        self.reading == READING
            && self.format == format
            && self.made_by == made_by
            && !(may_pass && self.budget != budget_hash(budget))
    }
}
