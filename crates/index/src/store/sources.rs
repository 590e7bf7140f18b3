//! The sources of one state of the index, in report order, and the documents of each.

mod entries;

use std::collections::HashSet;
use std::sync::OnceLock;

use tantivy::columnar::ColumnIndex;
use tantivy::{DocAddress, DocId, SegmentReader};

use self::entries::Entries;
use crate::error::{Error, Result};
use crate::failure::FailureKind;
use crate::id::Id;
use crate::path;
use crate::store::copies;
use crate::store::entry::{Entry, EntryHeader, Size};
use crate::store::packing::{Packer, Unpacker};
use crate::store::schema::ENTRY;

/// The sources. A source's number is its index in report order.
#[derive(Debug, Default)]
pub(crate) struct SourceTable {
    entries: Entries,
    /// By source: the address of the source's own document, and the number of paragraphs that follow it.
    addresses: Vec<(DocAddress, u32)>,
    /// The numbers of the sources, in the order of their paths.
    by_path: Vec<u32>,
    /// For each segment, its live sources in the order of their documents.
    ranges: Vec<Vec<SourceRange>>,
    /// Number of paragraphs and words of body, tables and notes.
    sizes: [(u64, u64); 3],
    /// Number of sources that could not be read.
    failed: u64,
    /// Number of files on record that are not read.
    skipped: u64,
    /// For each source, the number of the one that stands for it and its copies; empty if there are no copies.
    kept: Vec<u32>,
    /// Number of sources that are copies of another.
    copies: u64,
    /// Computed when it is first needed.
    corpus_hash: OnceLock<String>,
    /// By source, its id, computed when it is first needed: a hash takes as long as to find the words of a query in a paragraph.
    ids: OnceLock<Box<[OnceLock<Id>]>>,
}

/// The documents of one source in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SourceRange {
    /// The source's own document. Its paragraphs are the documents `base + 1 ..= base + len`.
    pub(crate) base: DocId,
    /// Number of paragraphs.
    pub(crate) len: u32,
    /// The number of the source.
    pub(crate) source: u32,
}

/// Index of the first range that ends at or after `doc`. `ahead` is in the order of documents.
///
/// Tries the first few one by one before a binary search: it is called with documents in order, and mostly the range is
/// the current one or the next.
pub(crate) fn reach(ahead: &[SourceRange], doc: DocId) -> usize {
    let ends_before = |range: &SourceRange| range.base + range.len < doc;
    let near = ahead.iter().take(4).position(|range| !ends_before(range));
    near.unwrap_or_else(|| ahead.partition_point(ends_before))
}

impl SourceTable {
    /// Reads the entries of all segments.
    pub(super) fn load(readers: &[SegmentReader]) -> Result<Self> {
        let mut found = Vec::new();
        for (segment, reader) in readers.iter().enumerate() {
            let segment = u32::try_from(segment).map_err(|_| Error::damaged("it has too many segments"))?;
            entries_of(reader, |doc, entry| found.push((DocAddress::new(segment, doc), entry)))?;
        }
        found.sort_by(|(_, left), (_, right)| left.report_order().cmp(&right.report_order()));
        let split = |(address, entry): (DocAddress, Entry)| ((address, entry.documents), entry);
        let (addresses, entries): (Vec<_>, Vec<Entry>) = found.into_iter().map(split).unzip();
        let mut by_address: Vec<u32> = (0..).take(entries.len()).collect();
        by_address.sort_unstable_by_key(|&source| addresses[source as usize].0);
        let mut by_path = by_address.clone();
        by_path
            .sort_unstable_by(|&left, &right| entries[left as usize].path.cmp(&entries[right as usize].path));
        let mut sizes = [(0, 0); 3];
        for entry in &entries {
            for ((paragraphs, words), size) in sizes.iter_mut().zip(&entry.sizes) {
                let Size { paragraphs: more, words: more_words } = *size;
                *paragraphs += u64::from(more);
                *words += more_words;
            }
        }
        let skipped = entries.iter().filter(|entry| entry.is_skipped()).count() as u64;
        let failed = entries.iter().filter(|entry| entry.failure.is_some()).count() as u64 - skipped;
        let ranges = ranges_of(&addresses, &by_address, readers)
            .ok_or_else(|| Error::damaged("the documents of two sources overlap"))?;
        let kept = copies::find(&entries);
        let copies = count_copies(&kept);
        Ok(Self {
            entries: Entries::Loaded(entries),
            addresses,
            by_path,
            ranges,
            sizes,
            failed,
            skipped,
            kept,
            copies,
            ..Self::default()
        })
    }

    /// Writes the table for a summary.
    pub(super) fn pack(&self, packer: &mut Packer) -> Result<()> {
        self.entries.pack(packer)?;
        packer.numbers(self.addresses.iter().map(|(address, _)| address.segment_ord));
        packer.numbers(self.addresses.iter().map(|(address, _)| address.doc_id));
        packer.numbers(self.addresses.iter().map(|(_, len)| *len));
        // The sources in the order of their addresses.
        packer.numbers(self.ranges.iter().flatten().map(|range| range.source));
        packer.numbers(self.by_path.iter().copied());
        packer.numbers(self.kept.iter().copied());
        let totals = (self.sizes, self.failed, self.skipped, self.corpus_hash());
        let totals = postcard::to_stdvec(&totals);
        packer.bytes(&totals.map_err(|error| Error::unstorable("the summary of the index", error))?);
        Ok(())
    }

    /// Reads what [`pack`](Self::pack) wrote; `None` for anything else, and for a table that does not fit the segments.
    pub(super) fn unpack(unpacker: &mut Unpacker, readers: &[SegmentReader]) -> Option<Self> {
        let entries = Entries::unpack(unpacker)?;
        let (segments, docs, lens) = (unpacker.numbers()?, unpacker.numbers()?, unpacker.numbers()?);
        let (by_address, by_path) = (unpacker.numbers()?, unpacker.numbers()?);
        let kept = unpacker.numbers()?;
        let (sizes, failed, skipped, hash) =
            postcard::from_bytes::<(_, u64, u64, String)>(&unpacker.bytes()?).ok()?;
        let numbers = [&segments, &docs, &lens, &by_address, &by_path];
        let fits = numbers.iter().all(|numbers| numbers.len() == entries.len());
        let exists = |source: &u32| (*source as usize) < entries.len();
        if !fits
            || failed.saturating_add(skipped) > entries.len() as u64
            || !by_address.iter().chain(&by_path).all(exists)
        {
            return None;
        }
        if !(kept.is_empty() || kept.len() == entries.len()) || !kept.iter().all(exists) {
            return None;
        }
        let copies = count_copies(&kept);
        let address = |((segment, doc), len)| (DocAddress::new(segment, doc), len);
        let addresses: Vec<_> = segments.into_iter().zip(docs).zip(lens).map(address).collect();
        let ranges = ranges_of(&addresses, &by_address, readers)?;
        let corpus_hash = OnceLock::from(hash);
        let rest = Self::default();
        Some(Self {
            entries,
            addresses,
            by_path,
            ranges,
            sizes,
            failed,
            skipped,
            kept,
            copies,
            corpus_hash,
            ..rest
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of sources.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Number of sources that could not be read.
    pub(super) fn failed(&self) -> u64 {
        self.failed
    }

    /// Number of files on record that are not read.
    pub(super) fn skipped_count(&self) -> u64 {
        self.skipped
    }

    /// Number of sources that were read.
    pub(crate) fn read(&self) -> u64 {
        self.len() as u64 - self.failed - self.skipped
    }

    /// Number of sources that are copies of another.
    pub(crate) fn copies(&self) -> u64 {
        self.copies
    }

    /// The number of the source that stands for a source and its copies: its own if it has none.
    pub(crate) fn kept(&self, source: u32) -> u32 {
        self.kept.get(source as usize).copied().unwrap_or(source)
    }

    /// The path of the source that stands for a copy; `None` for a source that is no copy of another.
    pub(crate) fn copy_of(&self, source: u32) -> Option<&str> {
        let kept = self.kept(source);
        (kept != source).then(|| self.entries.path(kept))
    }

    /// Marks one source of each set of copies, by source number; `None` if there are no copies.
    pub(crate) fn distinct(&self) -> Option<Vec<bool>> {
        let is_kept = |source| self.kept(source) == source;
        (self.copies > 0).then(|| (0..).take(self.len()).map(is_kept).collect())
    }

    /// The numbers of the sources at or below `within` that are copies of another there.
    pub(crate) fn copies_within(&self, within: Option<&str>) -> Vec<u32> {
        let mut seen = HashSet::new();
        let there = self.in_copy_order().into_iter();
        let there = there
            .filter(|source| within.is_none_or(|within| path::is_within(self.entries.path(*source), within)));
        there.filter(|source| !seen.insert(self.kept(*source))).collect()
    }

    /// The numbers of all sources, in the order in which copies stand for one another; nothing if there are no copies.
    pub(crate) fn in_copy_order(&self) -> Vec<u32> {
        if self.copies == 0 {
            return Vec::new();
        }
        let mut numbers = self.by_path.clone();
        numbers.sort_by(|one, other| {
            copies::order(self.entries.path(*one)).cmp(&copies::order(self.entries.path(*other)))
        });
        numbers
    }

    /// All sources, in report order.
    pub(crate) fn entries(&self) -> &[Entry] {
        self.entries.all()
    }

    /// The number of the source with a path.
    pub(crate) fn find(&self, path: &str) -> Option<u32> {
        let found = self.by_path.binary_search_by(|&source| self.entries.path(source).cmp(path));
        found.ok().map(|at| self.by_path[at])
    }

    pub(crate) fn entry(&self, source: u32) -> Option<&Entry> {
        self.entries.get(source)
    }

    /// The number of every source, in report order.
    pub(crate) fn numbers(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// The path of every source, by number. Decodes no more of their entries than that.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.numbers().map(|source| self.entries.path(source))
    }

    /// The id of a source; `None` if there is none.
    pub(crate) fn id(&self, source: u32) -> Option<&Id> {
        let ids = self.ids.get_or_init(|| self.numbers().map(|_| OnceLock::new()).collect());
        Some(ids.get(source as usize)?.get_or_init(|| Id::of_report(self.entries.path(source))))
    }

    /// True if the source was read. Decodes no more of its entry than that.
    pub(crate) fn is_read(&self, source: u32) -> bool {
        self.entries.header(source).is_some_and(|header| header.failure.is_none())
    }

    /// All sources, in the order of their paths.
    pub(crate) fn by_path(&self) -> impl Iterator<Item = &Entry> {
        self.by_path.iter().filter_map(|&source| self.entry(source))
    }

    /// The header of every source, in the order of their paths.
    pub(crate) fn headers(&self) -> impl Iterator<Item = EntryHeader<'_>> {
        self.by_path.iter().filter_map(|&source| self.entries.header(source))
    }

    /// The headers of the sources at or below `within` that could not be read, in the order of their paths. `None` is
    /// the whole corpus.
    pub(crate) fn unread(&self, within: Option<&str>) -> impl Iterator<Item = EntryHeader<'_>> {
        self.not_read(self.failed, within, |kind| !kind.is_skipped())
    }

    /// The headers of the files at or below `within` that are on record and not read, in the order of their paths.
    pub(crate) fn skipped(&self, within: Option<&str>) -> impl Iterator<Item = EntryHeader<'_>> {
        self.not_read(self.skipped, within, FailureKind::is_skipped)
    }

    /// The headers at or below `within` of which the kind of failure passes the test; there are `count` in all.
    fn not_read(
        &self,
        count: u64,
        within: Option<&str>,
        test: impl Fn(FailureKind) -> bool,
    ) -> impl Iterator<Item = EntryHeader<'_>> {
        // Most indexes have none, and need not look at every header.
        let headers = (count > 0).then(|| self.headers()).into_iter().flatten();
        headers.filter(move |header| {
            header.failure.is_some_and(|(kind, _)| test(kind))
                && within.is_none_or(|within| path::is_within(header.path, within))
        })
    }

    /// A hash of the paths and hashes of all sources that were read: 32 hexadecimal digits.
    pub(super) fn corpus_hash(&self) -> &str {
        self.corpus_hash.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            for header in self.headers().filter(|header| header.failure.is_none()) {
                // With its length, so that no two lists of paths are the same bytes.
                hasher.update(&(header.path.len() as u64).to_le_bytes());
                hasher.update(header.path.as_bytes());
                hasher.update(&header.hash);
            }
            let mut hash = hasher.finalize().to_hex().to_string();
            hash.truncate(32);
            hash
        })
    }

    /// The address of a document of a source. Ordinal 0 is the source's own document, 1 its first paragraph.
    pub(crate) fn address(&self, source: u32, ordinal: u32) -> Option<DocAddress> {
        let (own, len) = self.addresses.get(source as usize)?;
        (ordinal <= *len).then(|| DocAddress::new(own.segment_ord, own.doc_id + ordinal))
    }

    /// The live sources of a segment, in the order of their documents.
    pub(crate) fn ranges(&self, segment: usize) -> &[SourceRange] {
        self.ranges.get(segment).map_or(&[], Vec::as_slice)
    }

    /// Number of paragraphs and of words that are searched by default, of one of each set of copies.
    pub(super) fn distinct_size(&self) -> (u64, u64) {
        let body = [true, false, false];
        let all = self.size(body);
        let copies = self.copies_within(None).into_iter().filter_map(|source| self.entry(source));
        copies.map(|entry| entry.size(body)).fold(all, |(paragraphs, words), (fewer, fewer_words)| {
            (paragraphs.saturating_sub(fewer), words.saturating_sub(fewer_words))
        })
    }

    /// Number of paragraphs and of words in the chosen kinds of text: body, tables, notes. Of all sources, copies too.
    pub(crate) fn size(&self, parts: [bool; 3]) -> (u64, u64) {
        let wanted = self.sizes.iter().zip(parts).filter(|(_, wanted)| *wanted);
        wanted.fold((0, 0), |(paragraphs, words), (size, _)| (paragraphs + size.0, words + size.1))
    }
}

/// Number of sources for which another stands.
fn count_copies(kept: &[u32]) -> u64 {
    (0..).zip(kept).filter(|(source, kept)| *source != **kept).count() as u64
}

/// The live sources of each segment; `None` if two overlap or one reaches beyond its segment.
fn ranges_of(
    addresses: &[(DocAddress, u32)],
    by_address: &[u32],
    readers: &[SegmentReader],
) -> Option<Vec<Vec<SourceRange>>> {
    let mut all = vec![Vec::new(); readers.len()];
    for &source in by_address {
        let (own, len) = *addresses.get(source as usize)?;
        all.get_mut(own.segment_ord as usize)?.push(SourceRange { base: own.doc_id, len, source });
    }
    for (ranges, reader) in all.iter().zip(readers) {
        let ends = ranges.iter().skip(1).map(|next: &SourceRange| next.base).chain([reader.max_doc()]);
        let fits = |(range, end): (&SourceRange, DocId)| {
            range.base.checked_add(range.len).is_some_and(|last| last < end)
        };
        if !ranges.iter().zip(ends).all(fits) {
            return None;
        }
    }
    Some(all)
}

/// Calls `each` with the live entries of a segment and their documents.
fn entries_of(reader: &SegmentReader, mut each: impl FnMut(DocId, Entry)) -> Result<()> {
    let Some(column) = reader.fast_fields().bytes(ENTRY).map_err(Error::of_engine)? else { return Ok(()) };
    // A column of bytes is a dictionary and a number for each document. Entries differ by their paths, so each term
    // belongs to one document. Reading the dictionary in order is faster than looking up each entry.
    let mut by_term = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(Error::of_index_file)?;
    while stream.advance() {
        by_term.push(Some(Entry::from_bytes(stream.key())?));
    }
    let mut give = |doc: DocId| {
        if reader.is_deleted(doc) {
            return Ok(());
        }
        let term = column.ords().first(doc).and_then(|term| by_term.get_mut(usize::try_from(term).ok()?));
        let entry = term.and_then(Option::take);
        let entry = entry.ok_or_else(|| Error::damaged("the entry of a source is missing"))?;
        each(doc, entry);
        Ok(())
    };
    match &column.ords().index {
        ColumnIndex::Optional(index) => index.iter_non_null_docs().try_for_each(&mut give),
        ColumnIndex::Full => (0..reader.max_doc()).try_for_each(&mut give),
        ColumnIndex::Empty { .. } => Ok(()),
        ColumnIndex::Multivalued(_) => Err(Error::damaged("a source has two entries")),
    }
}
