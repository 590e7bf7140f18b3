//! The stored bytes of a document, as they are read.
//!
//! Each document stores one value. tantivy's own document packs all values into a buffer of its own, from which the bytes are
//! copied again.

use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};

/// The value that a document stores, with its field; `None` if it stores nothing.
pub(super) struct StoredBytes(Option<(Field, Bytes)>);

impl StoredBytes {
    /// The bytes, if they are those of `field`.
    pub(super) fn of(&self, field: Field) -> Option<&[u8]> {
        self.0.as_ref().filter(|(found, _)| *found == field).map(|(_, bytes)| bytes.0.as_slice())
    }
}

impl DocumentDeserialize for StoredBytes {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        document.next_field().map(Self)
    }
}

struct Bytes(Vec<u8>);

impl ValueDeserialize for Bytes {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_bytes().map(Self)
    }
}
