//! Character encodings: from bytes to text.
//!
//! In the order of trust: a byte order mark, valid UTF-8 (which text in another encoding almost never is), the encoding that
//! the file declares, and last a guess by `chardetng`, the detector of Firefox, which costs the document a warning. This
//! departs from the WHATWG order, where a declaration comes before the content: saved pages often declare an encoding that
//! they no longer have.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::document::Warning;
use crate::error::{ReadError, ReadErrorKind};
use crate::sniff::looks_like;

/// The text of a file.
pub(crate) struct Decoded {
    pub(crate) text: String,
    encoding: &'static str,
    /// True if the encoding was guessed.
    guessed: bool,
}

impl Decoded {
    /// A warning if the encoding was guessed.
    pub(crate) fn warning(&self) -> Option<Warning> {
        self.guessed.then(|| {
            let encoding = self.encoding;
            let message =
                format!("the encoding was guessed to be {encoding}; save the file as UTF-8 to be sure");
            Warning::new("encoding-guessed", message)
        })
    }
}

/// Decodes a file. `declared` is the encoding that the file declares; `named` is the format that its name says, in words.
///
/// # Errors
/// [`ReadErrorKind::Mislabelled`] if the bytes are not text.
pub(crate) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    named: &str,
) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), guessed: false });
    }
    // Encodings whose bytes look like those of others: believed where the bytes show what only they have.
    let telling = |encoding: &&'static Encoding| {
        let byte = if *encoding == UTF_16LE || *encoding == UTF_16BE { 0 } else { b'\x1B' };
        (byte == 0 || *encoding == ISO_2022_JP) && bytes.contains(&byte)
    };
    if let Some(encoding) = declared.filter(telling) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), guessed: false });
    }
    // No other text holds zero bytes, except UTF-16 with a byte order mark.
    if bytes.contains(&0) {
        let message = match looks_like(bytes) {
            Some(content) => {
                format!(
                    "named as {named}, but it holds {content}; rename it with the ending of its real format"
                )
            }
            None => format!(
                "named as {named}, but it holds zero bytes, which text does not; save it as UTF-8 text, or rename it with \
                 the ending of its real format"
            ),
        };
        return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false });
    }
    // It is not UTF-8, whatever it declares.
    let declared = declared.filter(|encoding| *encoding != UTF_8);
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    });
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), guessed: declared.is_none() })
}
