//! Character encodings: from bytes to text.
//!
//! In the order of trust: a byte order mark, valid UTF-8 (which text in another encoding almost never is), UTF-8 with a few
//! foreign bytes, the encoding that the file declares, and last a guess by `chardetng`, the detector of Firefox. All but the
//! first two and the declared encoding cost the document a warning. This departs from the WHATWG order, where a declaration
//! comes before the content: saved pages often declare an encoding that they no longer have.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::document::Warning;
use crate::error::{ReadError, ReadErrorKind};
use crate::sniff::looks_like;

/// The text of a file.
pub(crate) struct Decoded {
    pub(crate) text: String,
    encoding: &'static str,
    doubt: Option<Doubt>,
}

/// Why the text may differ from what its author wrote.
enum Doubt {
    /// The encoding was guessed.
    Guessed,
    /// The number of bytes that are not in the encoding of the rest.
    Foreign(usize),
    /// The number of zero bytes that were left out.
    Zeros(usize),
}

impl Decoded {
    /// A warning if the encoding was guessed, or if bytes did not fit it.
    pub(crate) fn warning(&self) -> Option<Warning> {
        let encoding = self.encoding;
        Some(match self.doubt.as_ref()? {
            Doubt::Guessed => Warning::new(
                "encoding-guessed",
                format!("the encoding was guessed to be {encoding}; save the file as UTF-8 to be sure"),
            ),
            Doubt::Foreign(bytes) => Warning::new(
                "encoding-mixed",
                format!(
                    "the file is UTF-8 but for {bytes} {}, read as Windows-1252; save the file as UTF-8 to be sure",
                    if *bytes == 1 { "byte" } else { "bytes" }
                ),
            ),
            Doubt::Zeros(bytes) => Warning::new(
                "zero-bytes",
                format!(
                    "{bytes} zero {} left out, which text does not hold; download the file again if words are missing",
                    if *bytes == 1 { "byte was" } else { "bytes were" }
                ),
            ),
        })
    }
}

/// One zero byte in this many is a fault of the program that wrote the text; more of them are no text.
const BYTES_PER_ZERO: usize = 100;

/// UTF-16 without a byte order mark: every other byte of the Latin letters is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if pairs < 8 => None,
        () if odd * 10 > pairs * 7 && even * 20 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 7 && odd * 20 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// The text of a file that is UTF-8 but for a few bytes of Windows-1252, and the number of these.
///
/// Signs of UTF-8 are its sequences of several bytes, the longer the surer: text in another encoding holds them by chance
/// only. A byte that is part of none is read as Windows-1252, and a sequence that was cut as U+FFFD.
fn mixed(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<(String, usize)> {
    let (mut whole, mut foreign) = (0_usize, 0_usize);
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        whole += chunk.valid().chars().map(|letter| letter.len_utf8() - 1).sum::<usize>();
        match chunk.invalid() {
            [] => {}
            [byte] => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
                foreign += 1;
            }
            _ => {
                text.push('\u{FFFD}');
                foreign += 1;
            }
        }
    }
    // A declaration of UTF-8 is a sign itself; one of another encoding speaks against it.
    let enough = match declared {
        Some(declared) if declared == UTF_8 => foreign,
        Some(_) => foreign * 8,
        None => foreign * 3,
    };
    (whole > enough).then_some((text, foreign))
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
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), doubt: None });
    }
    // Encodings whose bytes look like those of others: believed where the bytes show what only they have.
    let telling = |encoding: &&'static Encoding| {
        let byte = if *encoding == UTF_16LE || *encoding == UTF_16BE { 0 } else { b'\x1B' };
        (byte == 0 || *encoding == ISO_2022_JP) && bytes.contains(&byte)
    };
    if let Some(encoding) = declared.filter(telling) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), doubt: None });
    }
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    let mut bytes = Cow::Borrowed(bytes);
    if zeros > 0 {
        if let Some(encoding) = utf_16(&bytes) {
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            return Ok(Decoded {
                text: text.into_owned(),
                encoding: encoding.name(),
                doubt: Some(Doubt::Guessed),
            });
        }
        if zeros > bytes.len() / BYTES_PER_ZERO {
            return Err(no_text(&bytes, named));
        }
        bytes = Cow::Owned(bytes.iter().copied().filter(|byte| *byte != 0).collect());
    }
    let zeros = (zeros > 0).then_some(Doubt::Zeros(zeros));
    if let Ok(text) = std::str::from_utf8(&bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), doubt: zeros });
    }
    if let Some((text, foreign)) = mixed(&bytes, declared) {
        return Ok(Decoded { text, encoding: UTF_8.name(), doubt: Some(Doubt::Foreign(foreign)) });
    }
    // It is not UTF-8, whatever it declares.
    let declared = declared.filter(|encoding| *encoding != UTF_8);
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(&bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    });
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    let guessed = declared.is_none().then_some(Doubt::Guessed);
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), doubt: guessed.or(zeros) })
}

/// The error for a file with more zero bytes than text has.
fn no_text(bytes: &[u8], named: &str) -> ReadError {
    // The name may be right, and the file broken.
    let other = looks_like(bytes).filter(|content| !content.starts_with("a web page"));
    let message = match other {
        Some(content) => {
            format!("named as {named}, but it holds {content}; rename it with the ending of its real format")
        }
        None => format!(
            "named as {named}, but it holds zero bytes, which text does not; save it as UTF-8 text, or rename it with the \
             ending of its real format"
        ),
    };
    ReadError::new(ReadErrorKind::Mislabelled, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Option<String>) {
        let decoded = decode(bytes, declared, "text").unwrap();
        let code = decoded.warning().map(|warning| warning.code);
        (decoded.text, code)
    }

    #[test]
    fn a_few_foreign_bytes_do_not_change_the_encoding_of_the_rest() {
        let (text, code) = decoded(b"caf\xE9 \xE2\x80\x9Ca word\xE2\x80\x9D \x92s \xE2\x80 end", Some(UTF_8));
        assert_eq!(text, "café “a word” ’s \u{FFFD} end");
        assert_eq!(code.as_deref(), Some("encoding-mixed"));
        // Windows-1252 stays what it is, declared or not.
        let page = b"the caf\xE9 of the children\x92s home, \x93so\x94 they said";
        for declared in [None, Some(UTF_8), Some(WINDOWS_1252)] {
            assert_eq!(decoded(page, declared).0, "the café of the children’s home, “so” they said");
        }
        // Two letters of Windows-1252 that happen to be valid UTF-8 do not make it so.
        let page = b"\xC2\xA3 \xE9 \xE8 \xE7 \xE0 \xFC";
        assert_eq!(decoded(page, Some(WINDOWS_1252)).0, "Â£ é è ç à ü");
    }

    #[test]
    fn zero_bytes_are_left_out_while_they_are_few() {
        let words = "the board met. ".repeat(10);
        let (text, code) = decoded(format!("{words}\0{words}").as_bytes(), None);
        assert_eq!((text, code.as_deref()), (words.repeat(2), Some("zero-bytes")));
        let little: Vec<u8> =
            "the board met, “so” they said".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> =
            "the board met, “so” they said".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(decoded(&bytes, None).0, "the board met, “so” they said");
        }
        assert!(decode(b"a\0b\0\0\0c\x01\0\0d", None, "text").is_err());
    }
}
