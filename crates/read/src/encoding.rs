//! From bytes to text.

use encoding_rs::{Encoding, UTF_8};

use crate::document::Warning;
use crate::error::{ReadError, ReadErrorKind};
use crate::sniff::looks_like;

/// A file's text, and how sure its letters are.
pub(crate) struct Decoded {
    pub(crate) text: String,
    encoding: &'static str,
    sure: bool,
}

impl Decoded {
    /// What to say of an encoding that was guessed.
    pub(crate) fn warning(&self) -> Option<Warning> {
        (!self.sure).then(|| {
            let encoding = self.encoding;
            let message =
                format!("the encoding was guessed to be {encoding}; save the file as UTF-8 to be sure");
            Warning::new("encoding-guessed", message)
        })
    }
}

/// Decodes bytes: by their byte order mark, as UTF-8, by the encoding that the file declares, or by a guess.
/// `named` is what the file's name says it is, in words.
///
/// # Errors
/// If the bytes are no text.
pub(crate) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    named: &str,
) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), sure: true });
    }
    if bytes.contains(&0) {
        let message = match looks_like(bytes) {
            Some(content) => {
                format!("named as {named}, but it holds {content}; give it the ending of its real format")
            }
            None => format!(
                "named as {named}, but it holds zero bytes, which text does not; save it as UTF-8 text, or give it the \
                 ending of its real format"
            ),
        };
        return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), sure: true });
    }
    let declared = declared.filter(|encoding| *encoding != UTF_8);
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    });
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), sure: declared.is_some() })
}
