//! From bytes to text.

use encoding_rs::{Encoding, UTF_8};

use crate::reader::looks_like;
use crate::{ReadError, ReadErrorKind, Warning};

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

/// Refuses content that says by its first bytes that it is of another format than `named`.
pub(crate) fn refuse_other(bytes: &[u8], named: &str, html: bool) -> Result<(), ReadError> {
    let head = &bytes[..bytes.len().min(512)];
    let start = head.trim_ascii_start();
    let page =
        |opening: &[u8]| start.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    let other = if head.starts_with(b"%PDF-") {
        Some("a PDF")
    } else if start.starts_with(b"{\\rtf") {
        Some("a rich-text (RTF) file")
    } else if !html && (page(b"<!doctype html") || page(b"<html")) {
        Some("a web page (an error page, often)")
    } else {
        looks_like(head).filter(|_| {
            [&b"PK\x03\x04"[..], b"\xFF\xD8\xFF", b"\x89PNG", b"\xD0\xCF\x11\xE0"]
                .iter()
                .any(|magic| head.starts_with(magic))
        })
    };
    other.map_or(Ok(()), |content| {
        Err(ReadError::new(
            ReadErrorKind::Mislabelled,
            format!("named as {named}, but it holds {content}; give it the ending of its real format"),
        ))
    })
}
