//! JSON lines: one object a line.

use std::io::{self, BufWriter, IntoInnerError, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::completeness::Completeness;
use crate::escape::find_harmful;

/// The version of every JSON record. While it stays the same, fields are only added.
pub const SCHEMA: u32 = 1;

/// A record with the version of its fields: what each line of JSON holds.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Versioned<T> {
    /// [`SCHEMA`].
    pub schema: u32,
    /// True if files of the corpus were still to be read, or could not be read; left out of the JSON when false.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
    /// The number of files that could not be read, in the part of the corpus that was asked for; left out of the JSON
    /// when 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread: u64,
    /// The number of files that were passed over, of formats that are not read or hidden; left out of the JSON when 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub skipped: u64,
    /// The number of files that are copies of another and were left out; left out of the JSON when 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub copies: u64,
    /// The record, whose fields follow in the same object.
    #[serde(flatten)]
    pub record: T,
}

impl<T> Versioned<T> {
    /// A record of an answer that has seen every file.
    pub fn new(record: T) -> Self {
        Self { schema: SCHEMA, incomplete: false, unread: 0, skipped: 0, copies: 0, record }
    }

    /// A record of an answer that may lack files.
    pub fn of(record: T, completeness: impl Into<Completeness>) -> Self {
        let completeness = completeness.into();
        let Completeness { unread, skipped, copies, .. } = completeness;
        Self { incomplete: !completeness.is_complete(), unread, skipped, copies, ..Self::new(record) }
    }
}

/// serde asks with a reference.
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Writes one record and ends its line.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut (impl Write + ?Sized), record: &impl Serialize) -> io::Result<()> {
    write_value(out, record)?;
    out.write_all(b"\n")
}

/// Writes one value without a line end.
pub(crate) fn write_value(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    // A record is written in hundreds of pieces, each of which would be a call to whatever `out` is.
    let mut buffered = BufWriter::new(out);
    // Keeps the kind of the error, by which a closed pipe is known.
    value
        .serialize(&mut Serializer::with_formatter(&mut buffered, EscapingFormatter))
        .map_err(io::Error::from)?;
    // Writes the rest, and leaves it to `out` when to send it on.
    buffered.into_inner().map_err(IntoInnerError::into_error).map(drop)
}

/// Byte ranges as records have them: pairs of start and end.
pub(crate) fn byte_pairs(ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    ranges.iter().map(|range| [range.start, range.end]).collect()
}

/// Writes characters that a terminal would obey as `\u009b`, which every JSON parser turns back.
struct EscapingFormatter;

impl Formatter for EscapingFormatter {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = find_harmful(rest) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut characters = after.chars();
            if let Some(character) = characters.next() {
                // JSON escapes are UTF-16: two of them for a character above U+FFFF.
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn harmful_characters_are_escaped_and_read_back_the_same() {
        let text = "a\x1b[2J \u{9b}31m \u{202e} \u{e0041} \"é\"";
        let mut out = Vec::new();
        super::write(&mut out, &text).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "\"a\\u001b[2J \\u009b31m \\u202e \\udb40\\udc41 \\\"é\\\"\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
