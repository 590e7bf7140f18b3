//! One JSON object a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::render::record::SCHEMA;
use crate::render::safe::is_harmful;

/// Writes one object and ends its line.
pub(crate) fn line(out: &mut dyn Write, record: &impl Serialize) -> Result<(), serde_json::Error> {
    value(out, record)?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

/// Writes one value.
pub(crate) fn value(out: &mut dyn Write, record: &impl Serialize) -> Result<(), serde_json::Error> {
    record.serialize(&mut Serializer::with_formatter(&mut *out, Harmless))
}

/// An object of the library with the version of our records.
#[derive(Debug, Serialize)]
pub(crate) struct Versioned<T> {
    schema: u32,
    /// Said of what comes from an index of which some files were still to be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    incomplete: bool,
    #[serde(flatten)]
    object: T,
}

impl<T> Versioned<T> {
    pub(crate) fn new(object: T) -> Self {
        Self { schema: SCHEMA, incomplete: false, object }
    }

    /// The same object, of an index that is complete or not.
    pub(crate) fn of(object: T, complete: bool) -> Self {
        Self { incomplete: !complete, ..Self::new(object) }
    }
}

/// JSON that a terminal can be shown: what it would obey is written as `\u009b`, which any reader of JSON turns
/// back.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_harmful) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut letters = after.chars();
            if let Some(letter) = letters.next() {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = letters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn json_is_harmless_and_says_the_same() {
        let text = "a\x1b[2J \u{9b}31m \u{202e} \u{e0041} \"é\"";
        let mut out = Vec::new();
        super::line(&mut out, &text).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert_eq!(shown, "\"a\\u001b[2J \\u009b31m \\u202e \\udb40\\udc41 \\\"é\\\"\"\n");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
    }
}
