//! The format of a file, by its name and by its first bytes.

use std::path::Path;

use crate::error::{ReadError, ReadErrorKind};

/// True if the path ends in one of the extensions (lower case, without the dot), whatever its case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    // Asked of every file of a corpus for every format: the path is not cut into its parts each time.
    let path = path.as_os_str().as_encoded_bytes();
    extensions.iter().any(|known| {
        let (name, extension) = path.split_at(path.len().saturating_sub(known.len()));
        extension.eq_ignore_ascii_case(known.as_bytes())
            && matches!(name, [.., before, b'.'] if !std::path::is_separator(char::from(*before)))
    })
}

/// What the first bytes of a file say it is, in words; `None` where they say nothing.
pub(crate) fn looks_like(head: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&head[..head.len().min(512)]).trim_start().to_ascii_lowercase();
    if text.starts_with("<!doctype html") || text.starts_with("<html") || text.contains("<head") {
        return Some("a web page (an error page, often)");
    }
    match head {
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive (Word and OpenDocument files are such)"),
        [0xFF, 0xD8, 0xFF, ..] => Some("a JPEG picture"),
        [0x89, b'P', b'N', b'G', ..] => Some("a PNG picture"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("an old Office file"),
        _ if text.starts_with('{') => Some("JSON"),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_the_end_of_a_name() {
        for path in ["a.md", "b/a.MD", "b.c/a.b.md", "..md"] {
            assert!(has_extension(Path::new(path), &["pdf", "md"]), "{path}");
        }
        for path in ["", "md", ".md", "b/.md", "a.amd", "a.md.b", "a.md/b", "é.md2"] {
            assert!(!has_extension(Path::new(path), &["pdf", "md"]), "{path}");
        }
    }
}
