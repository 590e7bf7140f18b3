//! Documents as the engine takes them.
//!
//! The documents of a source share what they hold. One of the engine's own would ask for memory here, for every
//! paragraph, and give it back in the engine's thread: two threads that wait for each other all the time.

use std::iter::Empty;
use std::ops::Range;
use std::sync::{Arc, Weak};

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, document};

use crate::error::{Error, Result};

/// A document, to be added to the index.
#[derive(Debug, Clone)]
pub(crate) struct SharedDocument {
    all: Arc<All>,
    values: Range<usize>,
}

impl SharedDocument {
    /// What tells whether the documents of its source are still held.
    pub(crate) fn unread(&self) -> PendingDocument {
        let All { text, bytes, values } = &*self.all;
        let bytes = text.capacity() + bytes.capacity() + values.capacity() * size_of::<(Field, Held)>();
        PendingDocument { all: Arc::downgrade(&self.all), bytes }
    }
}

/// Documents that may still be held by the engine.
pub(crate) struct PendingDocument {
    all: Weak<All>,
    bytes: usize,
}

impl PendingDocument {
    /// True if they are.
    pub(crate) fn is_held(&self) -> bool {
        self.all.strong_count() > 0
    }

    /// How much memory they hold, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}

/// What the documents of a source hold.
#[derive(Debug, Default)]
struct All {
    text: String,
    bytes: Vec<u8>,
    values: Vec<(Field, Held)>,
}

#[derive(Debug, Clone)]
enum Held {
    Text(Range<usize>),
    Bytes(Range<usize>),
    Number(u64),
}

/// Writes documents, one after another.
#[derive(Debug, Default)]
pub(crate) struct DocumentWriter {
    text: Vec<u8>,
    bytes: Vec<u8>,
    values: Vec<(Field, Held)>,
    /// Where the values of each document end.
    ends: Vec<usize>,
}

impl DocumentWriter {
    /// For documents of so many paragraphs, with so many bytes of text.
    pub(super) fn with_capacity(paragraphs: usize, bytes: usize) -> Self {
        // A little more than is usual: to grow is to copy it all.
        Self {
            text: Vec::with_capacity(bytes + bytes / 2 + 128 * paragraphs),
            bytes: Vec::with_capacity(bytes / 2 + 64 * paragraphs),
            values: Vec::with_capacity(9 * paragraphs + 3),
            ends: Vec::with_capacity(paragraphs + 1),
        }
    }

    /// Adds a text, which must be UTF-8, to the document that is written.
    pub(super) fn text(&mut self, field: Field, text: &[u8]) {
        let start = self.text.len();
        self.text.extend_from_slice(text);
        self.values.push((field, Held::Text(start..self.text.len())));
    }

    /// Adds bytes to the document that is written.
    pub(super) fn bytes(&mut self, field: Field, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.values.push((field, Held::Bytes(start..self.bytes.len())));
    }

    /// Adds a number to the document that is written.
    pub(super) fn number(&mut self, field: Field, number: u64) {
        self.values.push((field, Held::Number(number)));
    }

    /// Begins the next document.
    pub(super) fn end(&mut self) {
        self.ends.push(self.values.len());
    }

    /// The one document that was written.
    pub(super) fn only(mut self) -> Result<SharedDocument> {
        let values = 0..self.values.len();
        Ok(SharedDocument { all: self.share()?, values })
    }

    /// The documents in the order in which they were written.
    pub(super) fn finish(mut self) -> Result<Vec<SharedDocument>> {
        let all = self.share()?;
        let mut start = 0;
        let document = |end| {
            let values = start..end;
            start = end;
            SharedDocument { all: Arc::clone(&all), values }
        };
        Ok(self.ends.into_iter().map(document).collect())
    }

    fn share(&mut self) -> Result<Arc<All>> {
        let text = String::from_utf8(std::mem::take(&mut self.text))
            .map_err(|error| Error::damaged("what was to be written is no text").because(error))?;
        let (bytes, values) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.values));
        Ok(Arc::new(All { text, bytes, values }))
    }
}

/// A value of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lent<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
    Number(u64),
}

impl<'a> Value<'a> for Lent<'a> {
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

/// The values of a document, each with its field.
pub(crate) struct Values<'a> {
    all: &'a All,
    rest: std::slice::Iter<'a, (Field, Held)>,
}

impl<'a> Iterator for Values<'a> {
    type Item = (Field, Lent<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (field, held) = self.rest.next()?;
        let lent = match held {
            Held::Text(at) => Lent::Text(self.all.text.get(at.clone())?),
            Held::Bytes(at) => Lent::Bytes(self.all.bytes.get(at.clone())?),
            Held::Number(number) => Lent::Number(*number),
        };
        Some((*field, lent))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl document::Document for SharedDocument {
    type Value<'a> = Lent<'a>;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        let values = self.all.values.get(self.values.clone()).unwrap_or_default();
        Values { all: &self.all, rest: values.iter() }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::document::Document as _;

    use super::*;

    #[test]
    fn every_document_has_its_own() {
        let [word, number, record] = [3, 1, 2].map(Field::from_field_id);
        let mut writing = DocumentWriter::default();
        writing.text(word, "heron".as_bytes());
        writing.number(number, 7);
        writing.end();
        writing.end();
        writing.text(word, "réed".as_bytes());
        writing.bytes(record, &[0xff]);
        writing.end();
        let held = |document: &SharedDocument| -> Vec<String> {
            document.iter_fields_and_values().map(|value| format!("{value:?}")).collect()
        };
        let all: Vec<_> = writing.finish().unwrap().iter().map(held).collect();
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
    fn what_is_no_text_is_refused() {
        let mut writing = DocumentWriter::default();
        writing.text(Field::from_field_id(0), &[0xff]);
        assert!(writing.only().is_err());
    }
}
