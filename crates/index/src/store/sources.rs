//! The sources of one state of the index, in report order, and where their documents stand.

mod entries;

use std::sync::OnceLock;

use tantivy::columnar::ColumnIndex;
use tantivy::{DocAddress, DocId, SegmentReader};

use self::entries::Entries;
use crate::error::{Error, Result};
use crate::store::entry::{Entry, EntryHeader, Size};
use crate::store::packing::{Packer, Unpacker};
use crate::store::schema::ENTRY;

/// The sources. A source's number is its place in report order.
#[derive(Debug, Default)]
pub(crate) struct SourceTable {
    entries: Entries,
    /// Where the source's own document stands, and how many paragraphs follow.
    places: Vec<(DocAddress, u32)>,
    /// The numbers of the sources, by path.
    by_path: Vec<u32>,
    /// For each segment, its live sources in the order of their documents.
    runs: Vec<Vec<SourceRange>>,
    /// Paragraphs and words of body, tables and notes.
    sizes: [(u64, u64); 3],
    /// How many sources could not be read.
    failed: u64,
    /// Found when it is first asked for.
    corpus_hash: OnceLock<String>,
}

/// The documents of one source in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SourceRange {
    /// The document of the source; paragraphs stand at `base + 1 ..= base + len`.
    pub(crate) base: DocId,
    pub(crate) len: u32,
    /// The number of the source.
    pub(crate) source: u32,
}

/// The place of the first source, of some in order, that does not end before a document. Mostly it is this one or the
/// next.
pub(crate) fn reach(ahead: &[SourceRange], doc: DocId) -> usize {
    let ends_before = |run: &SourceRange| run.base + run.len < doc;
    let near = ahead.iter().take(4).position(|run| !ends_before(run));
    near.unwrap_or_else(|| ahead.partition_point(ends_before))
}

impl SourceTable {
    pub(crate) fn load(readers: &[SegmentReader]) -> Result<Self> {
        let mut found = Vec::new();
        for (segment, reader) in readers.iter().enumerate() {
            let segment = u32::try_from(segment).map_err(|_| Error::damaged("too many segments"))?;
            entries_of(reader, |doc, entry| found.push((DocAddress::new(segment, doc), entry)))?;
        }
        found.sort_by(|(_, left), (_, right)| left.place().cmp(&right.place()));
        let place = |(place, entry): (DocAddress, Entry)| ((place, entry.documents), entry);
        let (places, entries): (Vec<_>, Vec<Entry>) = found.into_iter().map(place).unzip();
        let mut by_place: Vec<u32> = (0..).take(entries.len()).collect();
        by_place.sort_unstable_by_key(|&source| places[source as usize].0);
        let mut by_path = by_place.clone();
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
        let failed = entries.iter().filter(|entry| entry.failure.is_some()).count() as u64;
        let runs = ranges_of(&places, &by_place, readers)
            .ok_or_else(|| Error::damaged("the index is damaged: its sources overlap"))?;
        let (entries, corpus_hash) = (Entries::Read(entries), OnceLock::new());
        Ok(Self { entries, places, by_path, runs, sizes, failed, corpus_hash })
    }

    /// Writes it for a summary.
    pub(crate) fn pack(&self, packer: &mut Packer) -> Result<()> {
        self.entries.pack(packer)?;
        packer.numbers(self.places.iter().map(|(place, _)| place.segment_ord));
        packer.numbers(self.places.iter().map(|(place, _)| place.doc_id));
        packer.numbers(self.places.iter().map(|(_, len)| *len));
        packer.numbers(self.runs.iter().flatten().map(|run| run.source));
        packer.numbers(self.by_path.iter().copied());
        let known = (self.sizes, self.failed, self.corpus_hash());
        let known = postcard::to_stdvec(&known);
        packer
            .bytes(&known.map_err(|error| Error::damaged("a summary could not be written").because(error))?);
        Ok(())
    }

    /// Reads what was [`pack`](Self::pack)ed; `None` where it is of other segments.
    pub(crate) fn unpack(unpacker: &mut Unpacker, readers: &[SegmentReader]) -> Option<Self> {
        let entries = Entries::unpack(unpacker)?;
        let (segments, docs, lens) = (unpacker.numbers()?, unpacker.numbers()?, unpacker.numbers()?);
        let (by_place, by_path) = (unpacker.numbers()?, unpacker.numbers()?);
        let (sizes, failed, hash) = postcard::from_bytes::<(_, _, String)>(&unpacker.bytes()?).ok()?;
        let numbers = [&segments, &docs, &lens, &by_place, &by_path];
        let fits = numbers.iter().all(|numbers| numbers.len() == entries.len());
        let known = |source: &u32| (*source as usize) < entries.len();
        if !fits || failed > entries.len() as u64 || !by_place.iter().chain(&by_path).all(known) {
            return None;
        }
        let place = |((segment, doc), len)| (DocAddress::new(segment, doc), len);
        let places: Vec<_> = segments.into_iter().zip(docs).zip(lens).map(place).collect();
        let runs = ranges_of(&places, &by_place, readers)?;
        let corpus_hash = OnceLock::from(hash);
        Some(Self { entries, places, by_path, runs, sizes, failed, corpus_hash })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many sources there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many of them could not be read.
    pub(crate) fn failed(&self) -> u64 {
        self.failed
    }

    /// All sources, in report order.
    pub(crate) fn entries(&self) -> &[Entry] {
        self.entries.all()
    }

    /// The number of the source under a path.
    pub(crate) fn find(&self, path: &str) -> Option<u32> {
        let found = self.by_path.binary_search_by(|&source| self.entries.path(source).cmp(path));
        found.ok().map(|at| self.by_path[at])
    }

    pub(crate) fn entry(&self, source: u32) -> Option<&Entry> {
        self.entries.get(source)
    }

    /// Sources by path.
    pub(crate) fn by_path(&self) -> impl Iterator<Item = &Entry> {
        self.by_path.iter().filter_map(|&source| self.entry(source))
    }

    /// The first of what is known of each source, by path.
    pub(crate) fn headers(&self) -> impl Iterator<Item = EntryHeader<'_>> {
        self.by_path.iter().filter_map(|&source| self.entries.header(source))
    }

    /// The hash of every source that was read, in the order of their paths: 32 hexadecimal digits.
    pub(crate) fn corpus_hash(&self) -> &str {
        self.corpus_hash.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            for stub in self.headers().filter(|stub| stub.failure.is_none()) {
                hasher.update(&(stub.path.len() as u64).to_le_bytes());
                hasher.update(stub.path.as_bytes());
                hasher.update(&stub.hash);
            }
            let mut hash = hasher.finalize().to_hex().to_string();
            hash.truncate(32);
            hash
        })
    }

    /// Where a document of the source stands: ordinal 0 is the source's own, 1 its first paragraph.
    pub(crate) fn address(&self, source: u32, ordinal: u32) -> Option<DocAddress> {
        let (place, len) = self.places.get(source as usize)?;
        (ordinal <= *len).then(|| DocAddress::new(place.segment_ord, place.doc_id + ordinal))
    }

    /// The live sources of a segment, in the order of their documents.
    pub(crate) fn ranges(&self, segment: usize) -> &[SourceRange] {
        self.runs.get(segment).map_or(&[], Vec::as_slice)
    }

    /// How much text of the given parts (body, tables, notes) there is.
    pub(crate) fn size(&self, parts: [bool; 3]) -> (u64, u64) {
        let wanted = self.sizes.iter().zip(parts).filter(|(_, wanted)| *wanted);
        wanted.fold((0, 0), |(paragraphs, words), (size, _)| (paragraphs + size.0, words + size.1))
    }
}

/// The live sources of each segment; `None` if they overlap.
fn ranges_of(
    places: &[(DocAddress, u32)],
    by_place: &[u32],
    readers: &[SegmentReader],
) -> Option<Vec<Vec<SourceRange>>> {
    let mut runs = vec![Vec::new(); readers.len()];
    for &source in by_place {
        let (place, len) = *places.get(source as usize)?;
        runs.get_mut(place.segment_ord as usize)?.push(SourceRange { base: place.doc_id, len, source });
    }
    for (runs, reader) in runs.iter().zip(readers) {
        let ends = runs.iter().skip(1).map(|next: &SourceRange| next.base).chain([reader.max_doc()]);
        let fits =
            |(run, end): (&SourceRange, DocId)| run.base.checked_add(run.len).is_some_and(|last| last < end);
        if !runs.iter().zip(ends).all(fits) {
            return None;
        }
    }
    Some(runs)
}

/// Gives the live entries of a segment with their documents.
fn entries_of(reader: &SegmentReader, mut each: impl FnMut(DocId, Entry)) -> Result<()> {
    let Some(column) = reader.fast_fields().bytes(ENTRY).map_err(Error::of_engine)? else { return Ok(()) };
    let mut by_term = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        by_term.push(Some(Entry::from_bytes(stream.key())?));
    }
    let mut give = |doc: DocId| {
        if reader.is_deleted(doc) {
            return Ok(());
        }
        let term = column.ords().first(doc).and_then(|term| by_term.get_mut(usize::try_from(term).ok()?));
        let entry = term.and_then(Option::take).ok_or_else(|| Error::damaged("a source has no entry"))?;
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
