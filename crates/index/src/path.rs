//! Paths of sources as text.
//!
//! A source is named by its path relative to the corpus, its parts joined by `/` on every system. File names may
//! hold bytes that are not UTF-8: these are written `%XX`, with two capital hexadecimal digits, and a `%` before
//! two such digits is written `%25`. Every other character, and any other `%`, is written unchanged. So nearly
//! every name reads as it is, and [`decode`] restores every name.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// Writes a relative path as text. Parts that are no names (`..`, `.`, a root) are left out.
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

/// Restores the path that [`encode`] wrote; `None` if `text` is no plain relative path, as with `..`, a root or an
/// empty part. So a decoded path never leaves the folder that it is joined to.
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

/// True if `path` is `within`, or lies in the folder of that name. An empty `within` is the whole corpus.
pub(crate) fn is_within(path: &str, within: &str) -> bool {
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
            // A zero byte marks the escapes until `escape_percent` has told them from literal `%`.
            // Writing to a string cannot fail.
            let _ = write!(text, "\0{byte:02X}");
        }
    }
    if text[before..].contains(['%', '\0']) {
        let escaped = escape_percent(&text[before..]);
        text.truncate(before);
        text.push_str(&escaped);
    }
}

/// Turns `%` before two capital hexadecimal digits into `%25`, and the zero byte that marks an escape into `%`.
/// No file name holds a zero byte, so the mark is never taken for a part of a name.
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
        // Small letters are not digits here: `encode` writes capitals alone, so `%2f` is a name of its own.
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
    fn plain_names_are_written_unchanged() {
        let path = Path::new("80432_Marlowe/50% of it – café.pdf");
        assert_eq!(encode(path), "80432_Marlowe/50% of it – café.pdf");
        assert_eq!(decode(&encode(path)).as_deref(), Some(path));
    }

    #[test]
    fn paths_that_leave_the_corpus_are_refused() {
        for text in ["", "/etc/passwd", "../up", "a//b", "a/./b", "a/"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_path_is_within_a_folder_by_whole_names() {
        for path in ["north", "north/a.txt", "north/b/c.txt"] {
            assert!(is_within(path, "north") && is_within(path, "north/") && is_within(path, ""), "{path}");
        }
        for path in ["northern/a.txt", "North/a.txt", "old/north/a.txt", "nort"] {
            assert!(!is_within(path, "north"), "{path}");
        }
        assert!(!is_within("nor1h/a.txt", "nor?h/*"), "there are no wildcards");
    }

    #[cfg(unix)]
    proptest::proptest! {
        #[test]
        fn every_name_is_restored(name in proptest::collection::vec(1_u8..=255, 1..12)) {
            use std::os::unix::ffi::OsStringExt as _;
            proptest::prop_assume!(!name.contains(&b'/') && name != b"." && name != b"..");
            let path = PathBuf::from(OsString::from_vec(name));
            proptest::prop_assert_eq!(decode(&encode(&path)), Some(path));
        }

        #[test]
        fn percent_signs_beside_digits_and_invalid_bytes_are_restored(name in proptest::collection::vec(
            proptest::sample::select(vec![b'%', b'2', b'5', b'F', b'f', 0xC3, 0xA9, 0xFF]), 1..10)) {
            use std::os::unix::ffi::OsStringExt as _;
            let path = PathBuf::from(OsString::from_vec(name));
            proptest::prop_assert_eq!(decode(&encode(&path)), Some(path));
        }
    }
}
