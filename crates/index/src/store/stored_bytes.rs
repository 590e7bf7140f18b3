//! The stored bytes of a document.
//!
//! Each document stores one value. tantivy copies such a value byte by byte into memory of its own; here it is read where it
//! lies in its block of the store.

use tantivy::schema::Field;

/// The type of a stored value that is bytes, in the second version of tantivy's store (`schema::document::type_codes`).
const BYTES: u8 = 4;

/// The bytes that a document stores in `field`; `None` if it stores nothing, or something else.
///
/// A stored document is the number of its values, then each value: the number of its field (four bytes, the lowest first), its
/// type, its length and its bytes.
pub(super) fn stored_bytes(document: &[u8], field: Field) -> Option<&[u8]> {
    let (values, rest) = variable_length(document)?;
    let (stored_in, rest) = rest.split_first_chunk()?;
    let (kind, rest) = rest.split_first()?;
    let (length, rest) = variable_length(rest)?;
    let is_wanted = values > 0 && u32::from_le_bytes(*stored_in) == field.field_id() && *kind == BYTES;
    rest.get(..usize::try_from(length).ok()?).filter(|_| is_wanted)
}

/// A number in seven bits a byte, the lowest first, with the highest bit set in the last byte; and what is behind it.
fn variable_length(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7F).checked_shl(7 * at as u32)?;
        if byte & 0x80 != 0 {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::schema::{INDEXED, STORED, Schema};
    use tantivy::{Index, doc};

    use super::*;

    /// What tantivy writes is read, for lengths of one, two and three bytes.
    #[test]
    fn stored_values_are_read_where_they_lie() {
        let mut schema = Schema::builder();
        let (other, field) =
            (schema.add_bytes_field("other", STORED), schema.add_bytes_field("bytes", STORED));
        let number = schema.add_u64_field("number", INDEXED | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let values: Vec<Vec<u8>> = [0, 1, 127, 128, 300, 16_384, 40_000]
            .map(|length| (0..length).map(|at| at as u8).collect())
            .to_vec();
        for value in &values {
            writer.add_document(doc!(field => value.as_slice())).unwrap();
        }
        writer.add_document(doc!(other => values[2].as_slice())).unwrap();
        writer.add_document(doc!(number => 7_u64)).unwrap();
        writer.add_document(doc!()).unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let store = searcher.segment_reader(0).get_store_reader(1).unwrap();
        for (doc, value) in (0..).zip(values.iter().map(Some).chain([None, None, None])) {
            let document = store.get_document_bytes(doc).unwrap();
            assert_eq!(stored_bytes(&document, field), value.map(Vec::as_slice), "document {doc}");
            if value.is_some() {
                assert_eq!(stored_bytes(&document[..document.len() - 1], field), None);
            }
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_do_not_panic(document in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = stored_bytes(&document, Field::from_field_id(0));
        }
    }
}
