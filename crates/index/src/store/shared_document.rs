//! The documents that are given to tantivy. All documents of a source share one buffer.
//!
//! tantivy's own document allocates for every value here and frees on the indexing thread, and the contention for the
//! allocator between both threads measured slow. A shared buffer is three allocations for a whole report.

use std::iter::Empty;
use std::ops::Range;
use std::sync::{Arc, Weak};

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, document};

use crate::error::{Error, Result};

/// A document to add to the index: a range of the values in a shared buffer.
#[derive(Debug, Clone)]
pub(crate) struct SharedDocument {
    buffer: Arc<Buffer>,
    values: Range<usize>,
}

impl SharedDocument {
    /// Watches the buffer of this document without keeping it alive.
    pub(crate) fn pending(&self) -> PendingDocument {
        let Buffer { text, bytes, values } = &*self.buffer;
        let bytes =
            text.capacity() + bytes.capacity() + values.capacity() * size_of::<(Field, StoredValue)>();
        PendingDocument { buffer: Arc::downgrade(&self.buffer), bytes }
    }
}

/// A buffer whose documents tantivy may not have indexed yet.
pub(crate) struct PendingDocument {
    buffer: Weak<Buffer>,
    bytes: usize,
}

impl PendingDocument {
    /// True until the last document of the buffer is dropped, which tantivy does once it is indexed.
    pub(crate) fn is_held(&self) -> bool {
        self.buffer.strong_count() > 0
    }

    /// The memory of the buffer, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}

/// The values of all documents of a source.
#[derive(Debug, Default)]
struct Buffer {
    text: String,
    bytes: Vec<u8>,
    values: Vec<(Field, StoredValue)>,
}

/// A value: a range of the buffer's text or bytes, or a number.
#[derive(Debug, Clone)]
enum StoredValue {
    Text(Range<usize>),
    Bytes(Range<usize>),
    Number(u64),
}

/// Writes the documents of a source, one after another.
#[derive(Debug, Default)]
pub(super) struct DocumentWriter {
    text: Vec<u8>,
    bytes: Vec<u8>,
    values: Vec<(Field, StoredValue)>,
    /// The end of each document in `values`.
    ends: Vec<usize>,
}

impl DocumentWriter {
    /// With room for `paragraphs` documents with `bytes` bytes of text in all.
    pub(super) fn with_capacity(paragraphs: usize, bytes: usize) -> Self {
        // More than most reports need: a buffer that grows is copied as a whole.
        Self {
            text: Vec::with_capacity(bytes + bytes / 2 + 128 * paragraphs),
            bytes: Vec::with_capacity(bytes / 2 + 64 * paragraphs),
            values: Vec::with_capacity(9 * paragraphs + 3),
            ends: Vec::with_capacity(paragraphs + 1),
        }
    }

    /// Adds a text to the current document. Text that is not UTF-8 makes [`finish`](Self::finish) fail.
    pub(super) fn text(&mut self, field: Field, text: &[u8]) {
        let start = self.text.len();
        self.text.extend_from_slice(text);
        self.values.push((field, StoredValue::Text(start..self.text.len())));
    }

    /// Adds bytes to the current document.
    pub(super) fn bytes(&mut self, field: Field, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.values.push((field, StoredValue::Bytes(start..self.bytes.len())));
    }

    /// Adds a number to the current document.
    pub(super) fn number(&mut self, field: Field, number: u64) {
        self.values.push((field, StoredValue::Number(number)));
    }

    /// Ends the current document and begins the next.
    pub(super) fn end(&mut self) {
        self.ends.push(self.values.len());
    }

    /// All values as a single document.
    pub(super) fn finish_one(mut self) -> Result<SharedDocument> {
        let values = 0..self.values.len();
        Ok(SharedDocument { buffer: self.share()?, values })
    }

    /// The documents, in the order in which they were ended.
    pub(super) fn finish(mut self) -> Result<Vec<SharedDocument>> {
        let buffer = self.share()?;
        let mut start = 0;
        let document = |end| {
            let values = start..end;
            start = end;
            SharedDocument { buffer: Arc::clone(&buffer), values }
        };
        Ok(self.ends.into_iter().map(document).collect())
    }

    fn share(&mut self) -> Result<Arc<Buffer>> {
        // Checked once for all texts of a source, not for each.
        let text = String::from_utf8(std::mem::take(&mut self.text))
            .map_err(|error| Error::unstorable("the packed words of a report", error))?;
        let (bytes, values) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.values));
        Ok(Arc::new(Buffer { text, bytes, values }))
    }
}

/// A value of a document, borrowed from its buffer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BorrowedValue<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
    Number(u64),
}

impl<'a> Value<'a> for BorrowedValue<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Text(text) => ReferenceValueLeaf::Str(text),
            Self::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
            Self::Number(number) => ReferenceValueLeaf::U64(number),
        })
    }
}

/// Iterates over the fields and values of a document.
pub(crate) struct Values<'a> {
    buffer: &'a Buffer,
    rest: std::slice::Iter<'a, (Field, StoredValue)>,
}

impl<'a> Iterator for Values<'a> {
    type Item = (Field, BorrowedValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (field, stored) = self.rest.next()?;
        let value = match stored {
            StoredValue::Text(range) => BorrowedValue::Text(self.buffer.text.get(range.clone())?),
            StoredValue::Bytes(range) => BorrowedValue::Bytes(self.buffer.bytes.get(range.clone())?),
            StoredValue::Number(number) => BorrowedValue::Number(*number),
        };
        Some((*field, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl document::Document for SharedDocument {
    type Value<'a> = BorrowedValue<'a>;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        let values = self.buffer.values.get(self.values.clone());
        debug_assert!(values.is_some(), "the writer makes ranges of its own values");
        Values { buffer: &self.buffer, rest: values.unwrap_or_default().iter() }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::document::Document as _;

    use super::*;

    #[test]
    fn every_document_has_its_own_values() {
        let [word, number, record] = [3, 1, 2].map(Field::from_field_id);
        let mut writing = DocumentWriter::default();
        writing.text(word, "heron".as_bytes());
        writing.number(number, 7);
        writing.end();
        writing.end();
        writing.text(word, "réed".as_bytes());
        writing.bytes(record, &[0xff]);
        writing.end();
        let values = |document: &SharedDocument| -> Vec<String> {
            document.iter_fields_and_values().map(|value| format!("{value:?}")).collect()
        };
        let all: Vec<_> = writing.finish().unwrap().iter().map(values).collect();
        assert_eq!(
            all,
            [
                vec![r#"(Field(3), Text("heron"))"#, "(Field(1), Number(7))"],
                vec![],
                vec![r#"(Field(3), Text("réed"))"#, "(Field(2), Bytes([255]))"],
            ]
        );
    }

    #[test]
    fn text_that_is_not_utf8_is_refused() {
        let mut writing = DocumentWriter::default();
        writing.text(Field::from_field_id(0), &[0xff]);
        assert!(writing.finish_one().is_err());
    }
}
