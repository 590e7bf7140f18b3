//! How the path of a source is written.
//!
//! A source is named by its path relative to the corpus: its parts joined by `/` on every system. A path is
//! text, and names of files need not be: bytes that are not UTF-8 are written `%XX` (two capital hexadecimal
//! digits each), and a `%` that happens to stand before two such digits is written `%25`. Every other `%` stands
//! for itself. So almost every name is written as it is, and every name can be had back.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// Writes a relative path as text. Anything but plain names (`..`, `.`, a root) is left out.
pub fn encode(path: &Path) -> String {
    let mut text = String::new();
    for component in path.components() {
        if let Component::Normal(name) = component {
            if !text.is_empty() {
                text.push('/');
            }
            encode_bytes(name.as_encoded_bytes(), &mut text);
        }
    }
    text
}

/// The path that [`encode`] wrote; `None` if the text is not a plain relative path (`..`, a root, an empty part).
pub fn decode(text: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in text.split('/') {
        let name = name_of(decode_bytes(part))?;
        let mut components = Path::new(&name).components();
        let (Some(Component::Normal(_)), None) = (components.next(), components.next()) else {
            return None;
        };
        path.push(name);
    }
    Some(path)
}

/// True if the path is that of the file, or stands in the folder, that `within` names.
pub(crate) fn stands_in(path: &str, within: &str) -> bool {
    let within = within.trim_end_matches('/');
    path.strip_prefix(within)
        .is_some_and(|rest| within.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

fn encode_bytes(bytes: &[u8], text: &mut String) {
    use std::fmt::Write as _;
    let before = text.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Two digits that follow a literal `%` are seen by the pass below, which runs over literals alone.
            let _ = write!(text, "\0{byte:02X}");
        }
    }
    if text[before..].contains(['%', '\0']) {
        let escaped = escape_percent(&text[before..]);
        text.truncate(before);
        text.push_str(&escaped);
    }
}

/// `%` before two capital hexadecimal digits becomes `%25`; the stand-in for a raw byte becomes its `%`.
/// (A file name cannot hold a zero byte, so that the stand-in is never part of a name.)
fn escape_percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let bytes = text.as_bytes();
    for (at, letter) in text.char_indices() {
        match letter {
            '\0' => out.push('%'),
            '%' if is_hex(bytes.get(at + 1)) && is_hex(bytes.get(at + 2)) => out.push_str("%25"),
            other => out.push(other),
        }
    }
    out
}

fn is_hex(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'0'..=b'9' | b'A'..=b'F'))
}

fn decode_bytes(part: &str) -> Vec<u8> {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits =
            bytes.get(at + 1..at + 3).filter(|digits| digits.iter().all(|digit| is_hex(Some(digit))));
        match digits.and_then(|digits| std::str::from_utf8(digits).ok()) {
            Some(digits) if byte == b'%' => {
                out.push(u8::from_str_radix(digits, 16).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(unix)]
fn name_of(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    Some(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn name_of(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_stand_as_they_are() {
        let path = Path::new("80432_Marlowe/50% of it – café.pdf");
        assert_eq!(encode(path), "80432_Marlowe/50% of it – café.pdf");
        assert_eq!(decode(&encode(path)).as_deref(), Some(path));
    }

    #[test]
    fn what_leaves_the_corpus_is_no_path() {
        for text in ["", "/etc/passwd", "../up", "a//b", "a/./b", "a/"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_folder_holds_what_begins_with_its_whole_name() {
        for path in ["north", "north/a.txt", "north/b/c.txt"] {
            assert!(stands_in(path, "north") && stands_in(path, "north/") && stands_in(path, ""), "{path}");
        }
        for path in ["northern/a.txt", "North/a.txt", "old/north/a.txt", "nort"] {
            assert!(!stands_in(path, "north"), "{path}");
        }
        assert!(!stands_in("nor1h/a.txt", "nor?h/*"), "nothing in it is a wildcard");
    }

    #[cfg(unix)]
    proptest::proptest! {
        #[test]
        fn every_name_can_be_had_back(name in proptest::collection::vec(1_u8..=255, 1..12)) {
            use std::os::unix::ffi::OsStringExt as _;
            proptest::prop_assume!(!name.contains(&b'/') && name != b"." && name != b"..");
            let path = PathBuf::from(OsString::from_vec(name));
            proptest::prop_assert_eq!(decode(&encode(&path)), Some(path));
        }

        #[test]
        fn percent_signs_among_digits_and_odd_bytes(name in proptest::collection::vec(
            proptest::sample::select(vec![b'%', b'2', b'5', b'F', b'f', 0xC3, 0xA9, 0xFF]), 1..10)) {
            use std::os::unix::ffi::OsStringExt as _;
            let path = PathBuf::from(OsString::from_vec(name));
            proptest::prop_assert_eq!(decode(&encode(&path)), Some(path));
        }
    }
}
