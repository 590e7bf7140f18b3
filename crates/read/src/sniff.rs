//! The format of a file, by its name and by its first bytes.
//!
//! Names are often wrong: a server answers a download of `report.pdf` with an error page, and the browser saves that under
//! the name. First bytes tell such files apart, by the signatures that the WHATWG MIME Sniffing standard lists (section 6)
//! and a few more.

use std::path::Path;

use crate::error::{ReadError, ReadErrorKind};

/// True if the path has one of the extensions, ignoring case. `extensions` are in lower case, without the dot.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    // Called for every file and every format: comparing bytes is much cheaper than `Path::extension`.
    let path = path.as_os_str().as_encoded_bytes();
    extensions.iter().any(|known| {
        let (name, extension) = path.split_at(path.len().saturating_sub(known.len()));
        extension.eq_ignore_ascii_case(known.as_bytes())
            && matches!(name, [.., before, b'.'] if !std::path::is_separator(char::from(*before)))
    })
}

/// What to do with a file of a format that no reader knows, for the formats that people try.
pub(crate) fn cure(path: &Path, head: &[u8]) -> Option<&'static str> {
    let cures: [(&[&str], &str); 8] = [
        (
            &["doc", "dot", "wps", "wpd", "pages"],
            "open it in the program that wrote it, and save it as .docx or as PDF",
        ),
        (
            &["msg", "oft"],
            "open the message in Outlook, and save it as text or as PDF; other mail programs save .eml",
        ),
        (
            &["xls", "xlsx", "xlsm", "ods", "numbers", "ppt", "pptx", "odp", "key", "csv", "tsv"],
            "save it as PDF",
        ),
        (&["zip", "7z", "rar", "tar", "gz", "tgz"], "unpack the archive, and give the folder"),
        (&["mobi", "azw", "azw3", "kfx"], "convert the e-book to .epub"),
        (&["webarchive"], "save the page as HTML or as PDF"),
        (
            &["jpg", "jpeg", "png", "gif", "tif", "tiff", "heic", "webp"],
            "run text recognition (OCR) on the picture, and save it as PDF",
        ),
        (&["mbox", "pst", "ost"], "save the messages that you need as .eml"),
    ];
    let by_name = cures.iter().find(|(extensions, _)| has_extension(path, extensions)).map(|(_, cure)| *cure);
    by_name.or_else(|| match head {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(cures[0].1),
        [b'P', b'K', 3, 4, ..] => {
            Some("if it is an archive, unpack it and give the folder; if it is a document, save it as PDF")
        }
        _ => None,
    })
}

/// The name of the format that the first bytes of a file reveal, in words for people.
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

/// Refuses a file whose first bytes reveal another format than its name says. `named` is the expected format, in words;
/// `html` is true if web pages are expected.
///
/// # Errors
/// [`ReadErrorKind::Mislabelled`].
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
        // Only by signatures of binary formats: text may well begin like JSON or hold `<head`.
        looks_like(head).filter(|_| {
            [&b"PK\x03\x04"[..], b"\xFF\xD8\xFF", b"\x89PNG", b"\xD0\xCF\x11\xE0"]
                .iter()
                .any(|magic| head.starts_with(magic))
        })
    };
    other.map_or(Ok(()), |content| {
        Err(ReadError::new(
            ReadErrorKind::Mislabelled,
            format!("named as {named}, but it holds {content}; rename it with the ending of its real format"),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_follow_a_name_and_ignore_case() {
        for path in ["a.md", "b/a.MD", "b.c/a.b.md", "..md"] {
            assert!(has_extension(Path::new(path), &["pdf", "md"]), "{path}");
        }
        for path in ["", "md", ".md", "b/.md", "a.amd", "a.md.b", "a.md/b", "é.md2"] {
            assert!(!has_extension(Path::new(path), &["pdf", "md"]), "{path}");
        }
    }
}
