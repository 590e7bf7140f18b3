//! The sources of one state of the index, in report order, and where their documents stand.

use tantivy::columnar::ColumnIndex;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use crate::entry::{Entry, Size};
use crate::schema::ENTRY;
use crate::{Error, Result};

/// The sources. A source's number is its place in report order.
#[derive(Debug, Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
    /// Where the source's own document stands; its paragraphs follow.
    places: Vec<DocAddress>,
    /// The numbers of the sources, by path.
    by_path: Vec<u32>,
    /// For each segment, its live sources in the order of their documents.
    runs: Vec<Vec<Run>>,
}

/// The documents of one source in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// The document of the source; paragraphs stand at `base + 1 ..= base + len`.
    pub(crate) base: DocId,
    pub(crate) len: u32,
    /// The number of the source.
    pub(crate) source: u32,
}

/// The place of the first source, of some in order, that does not end before a document. Mostly it is this one or the
/// next.
pub(crate) fn reach(ahead: &[Run], doc: DocId) -> usize {
    let ends_before = |run: &Run| run.base + run.len < doc;
    let near = ahead.iter().take(4).position(|run| !ends_before(run));
    near.unwrap_or_else(|| ahead.partition_point(ends_before))
}

impl Table {
    pub(crate) fn load(searcher: &Searcher) -> Result<Self> {
        let mut found = Vec::new();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let segment = u32::try_from(segment).map_err(|_| Error::damaged("too many segments"))?;
            entries_of(reader, |doc, entry| found.push((DocAddress::new(segment, doc), entry)))?;
        }
        found.sort_by(|(_, left), (_, right)| left.place().cmp(&right.place()));
        let (places, entries): (Vec<DocAddress>, Vec<Entry>) = found.into_iter().unzip();
        let mut runs = vec![Vec::new(); searcher.segment_readers().len()];
        for (source, (place, entry)) in (0..).zip(places.iter().zip(&entries)) {
            let run = Run { base: place.doc_id, len: entry.documents, source };
            if let Some(runs) = runs.get_mut(place.segment_ord as usize) {
                runs.push(run);
            }
        }
        for (runs, reader) in runs.iter_mut().zip(searcher.segment_readers()) {
            runs.sort_unstable_by_key(|run| run.base);
            let ends = runs.iter().skip(1).map(|next| next.base).chain([reader.max_doc()]);
            let fits =
                |(run, end): (&Run, DocId)| run.base.checked_add(run.len).is_some_and(|last| last < end);
            if !runs.iter().zip(ends).all(fits) {
                return Err(Error::damaged("the index is damaged: its sources overlap"));
            }
        }
        let mut by_path: Vec<u32> = (0..).take(entries.len()).collect();
        by_path
            .sort_unstable_by(|&left, &right| entries[left as usize].path.cmp(&entries[right as usize].path));
        Ok(Self { entries, places, by_path, runs })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All sources, in report order.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number of the source under a path.
    pub(crate) fn find(&self, path: &str) -> Option<u32> {
        let found =
            self.by_path.binary_search_by(|&source| self.entries[source as usize].path.as_str().cmp(path));
        found.ok().map(|at| self.by_path[at])
    }

    pub(crate) fn entry(&self, source: u32) -> Option<&Entry> {
        self.entries.get(source as usize)
    }

    /// Sources by path.
    pub(crate) fn by_path(&self) -> impl Iterator<Item = &Entry> {
        self.by_path.iter().filter_map(|&source| self.entry(source))
    }

    /// Where a document of the source stands: ordinal 0 is the source's own, 1 its first paragraph.
    pub(crate) fn address(&self, source: u32, ordinal: u32) -> Option<DocAddress> {
        self.entry(source).filter(|entry| ordinal <= entry.documents)?;
        let place = self.places.get(source as usize)?;
        Some(DocAddress::new(place.segment_ord, place.doc_id + ordinal))
    }

    /// The live sources of a segment, in the order of their documents.
    pub(crate) fn runs(&self, segment: usize) -> &[Run] {
        self.runs.get(segment).map_or(&[], Vec::as_slice)
    }

    /// How much text of the given parts (body, tables, notes) there is.
    pub(crate) fn size(&self, parts: [bool; 3]) -> (u64, u64) {
        let mut total = (0, 0);
        for entry in &self.entries {
            for (size, _) in entry.sizes.iter().zip(parts).filter(|(_, wanted)| *wanted) {
                let Size { paragraphs, words } = *size;
                total.0 += u64::from(paragraphs);
                total.1 += words;
            }
        }
        total
    }
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
