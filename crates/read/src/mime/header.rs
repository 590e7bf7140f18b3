//! The headers of a message or part, their parameters and their encoded words.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::transfer;

/// The most bytes of headers of one part that are looked at. Long routes through mail servers take some tens of thousands.
const MOST_HEADER_BYTES: usize = 256 << 10;
/// The longest value of a header, in bytes, that is kept.
const LONGEST_VALUE: usize = 16 << 10;
/// The headers that are kept. Those of routing and of spam filters are many and long.
const KEPT: [&str; 13] = [
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-location",
    "content-id",
    "snapshot-content-location",
    "mime-version",
    "x-unsent",
];

/// The headers of a message or part.
#[derive(Debug, Default)]
pub(crate) struct Headers(Vec<(&'static str, String)>);

impl Headers {
    /// Reads the headers up to the first empty line, and returns them with the body.
    pub(super) fn read(bytes: &[u8]) -> (Self, &[u8]) {
        let mut headers: Vec<(&'static str, Vec<u8>)> = Vec::new();
        // True while the lines continue a header that is kept.
        let mut keeps = false;
        let mut at = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let text = line.trim_ascii_end();
            let folded = line.starts_with(b" ") || line.starts_with(b"\t");
            if text.is_empty() {
                // A line of blanks is a mistake of the sender if more headers follow, and is taken for the end too.
                return (Self::decoded(headers), &bytes[at + line.len()..]);
            }
            let colon = text.iter().position(|byte| *byte == b':').filter(|_| !folded);
            let name = colon.map(|colon| text[..colon].trim_ascii_end());
            match (name, headers.last_mut()) {
                (Some(name), _) if !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic()) => {
                    let kept = KEPT.iter().find(|kept| name.eq_ignore_ascii_case(kept.as_bytes()));
                    let kept = kept.filter(|_| at < MOST_HEADER_BYTES);
                    keeps = kept.is_some();
                    let value = &text[colon.map_or(0, |colon| colon + 1)..];
                    headers.extend(kept.map(|kept| (*kept, limited(value).to_vec())));
                }
                (None, Some((_, value))) if folded => {
                    if keeps && value.len() < LONGEST_VALUE {
                        value.push(b' ');
                        value.extend_from_slice(limited(text.trim_ascii()));
                    }
                }
                (None, None) if folded => {}
                // `From jo@example.org Tue Jan 30`: the line between the messages of a mailbox.
                _ if at == 0 && (line.starts_with(b"From ") || line.starts_with(b">From ")) => {}
                // No header: the empty line is missing.
                _ => return (Self::decoded(headers), &bytes[at..]),
            }
            at += line.len();
            if headers.len() > KEPT.len() * 4 {
                // More of them than any message has: only the first of each name counts.
                let mut seen = Vec::new();
                headers.retain(|(name, _)| {
                    !seen.contains(name) && {
                        seen.push(*name);
                        true
                    }
                });
            }
        }
        (Self::decoded(headers), &[])
    }

    fn decoded(headers: Vec<(&'static str, Vec<u8>)>) -> Self {
        let text = |value: Vec<u8>| match String::from_utf8(value) {
            Ok(value) => value.trim().to_owned(),
            Err(error) => WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.trim().to_owned(),
        };
        Self(headers.into_iter().map(|(name, value)| (name, text(value))).collect())
    }

    /// The value of a header, by its name in lower case, with encoded words as they stand.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        debug_assert!(KEPT.contains(&name), "{name} is not kept");
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a header with its encoded words decoded; `None` if it is blank.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = decode_words(self.get(name)?);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text).filter(|text| !text.is_empty())
    }

    /// True if there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn limited(value: &[u8]) -> &[u8] {
    &value[..value.len().min(LONGEST_VALUE)]
}

/// The parameters of a header: `text/html; charset="utf-8"`.
#[derive(Debug, Default)]
pub(crate) struct Parameters(HashMap<String, String>);

/// The most parameters of one header, and parts of one parameter.
const MOST_PARAMETERS: usize = 64;

impl Parameters {
    /// The value before the parameters, in lower case, and the parameters.
    pub(crate) fn of(header: &str) -> (String, Self) {
        let mut pieces = pieces(header).into_iter();
        let value = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let mut plain = HashMap::new();
        let mut split: HashMap<String, Vec<(usize, bool, String)>> = HashMap::new();
        for piece in pieces.take(MOST_PARAMETERS) {
            let Some((name, value)) = piece.split_once('=') else { continue };
            let name = name.trim().to_ascii_lowercase();
            let value = unquoted(value.trim());
            // `filename*=utf-8''a%20b`, `filename*0="a"; filename*1="b"` (RFC 2231).
            match name.split_once('*') {
                None => {
                    plain.entry(name).or_insert(value);
                }
                Some((base, rest)) => {
                    let encoded = rest.is_empty() || rest.ends_with('*');
                    let number = rest.trim_end_matches('*').parse().unwrap_or(0);
                    split.entry(base.to_owned()).or_default().push((number, encoded, value));
                }
            }
        }
        for (name, mut parts) in split {
            parts.sort_by_key(|(number, ..)| *number);
            let mut charset = UTF_8;
            let mut bytes = Vec::new();
            for (index, (_, encoded, value)) in parts.into_iter().enumerate() {
                if !encoded {
                    bytes.extend_from_slice(value.as_bytes());
                    continue;
                }
                let mut text = value.as_str();
                if let (0, Some((label, rest))) = (index, value.split_once('\'')) {
                    charset = Encoding::for_label(label.as_bytes()).unwrap_or(UTF_8);
                    text = rest.split_once('\'').map_or(rest, |(_language, text)| text);
                }
                transfer::codes(text.replace('%', "=").as_bytes(), &mut bytes);
            }
            plain.insert(name, charset.decode_without_bom_handling(&bytes).0.into_owned());
        }
        (value, Self(plain))
    }

    /// The value of a parameter, by its name in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// A header cut at its semicolons, except those in quotation marks.
fn pieces(header: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, letter) in header.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                pieces.push(&header[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&header[start..]);
    pieces
}

/// A value without its quotation marks.
fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else {
        // A comment may follow: `charset=us-ascii (Plain text)`.
        return value.split_whitespace().next().unwrap_or_default().to_owned();
    };
    let mut text = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => text.extend(letters.next()),
            _ => text.push(letter),
        }
    }
    text
}

/// Decodes the encoded words of a header: `=?utf-8?Q?caf=C3=A9?=` (RFC 2047). A word that is none stays as it is.
pub(crate) fn decode_words(text: &str) -> String {
    let mut decoded = String::new();
    // Bytes of adjacent words of one charset: some senders split a character between two words.
    let mut held: Option<(&'static Encoding, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let Some((word, charset, bytes)) = encoded_word(&rest[start..]) else {
            flush(&mut held, &mut decoded);
            decoded.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let between = &rest[..start];
        // White space between two encoded words is not part of the text.
        if held.is_none() || !between.trim().is_empty() {
            flush(&mut held, &mut decoded);
            decoded.push_str(between);
        }
        match &mut held {
            Some((known, held)) if *known == charset => held.extend_from_slice(&bytes),
            _ => {
                flush(&mut held, &mut decoded);
                held = Some((charset, bytes));
            }
        }
        rest = &rest[start + word..];
    }
    flush(&mut held, &mut decoded);
    decoded.push_str(rest);
    decoded
}

fn flush(held: &mut Option<(&'static Encoding, Vec<u8>)>, decoded: &mut String) {
    if let Some((charset, bytes)) = held.take() {
        decoded.push_str(&charset.decode_without_bom_handling(&bytes).0);
    }
}

/// The length of the encoded word that a text begins with, its charset and its bytes.
fn encoded_word(text: &str) -> Option<(usize, &'static Encoding, Vec<u8>)> {
    let inner = text.strip_prefix("=?")?;
    let (charset, after) = inner.split_once('?')?;
    let (encoding, after) = after.split_once('?')?;
    let (content, _) = after.split_once("?=")?;
    if charset.len() > 64 || encoding.len() != 1 {
        return None;
    }
    // A language may follow the charset: `utf-8*en`.
    let charset = charset.split('*').next().unwrap_or_default();
    let charset = Encoding::for_label(charset.as_bytes())?;
    let bytes = match encoding {
        "Q" | "q" => {
            let mut bytes = Vec::new();
            transfer::codes(content.replace('_', " ").as_bytes(), &mut bytes);
            bytes
        }
        "B" | "b" => transfer::base64(content.as_bytes()),
        _ => return None,
    };
    let length = text.len() - after.len() + content.len() + 2;
    Some((length, charset, bytes))
}
