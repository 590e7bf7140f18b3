//! Web pages saved as one file (`.mhtml`, RFC 2557): a MIME message whose root is the page.

use std::path::Path;

use crate::budget::Budget;
use crate::document::Document;
use crate::error::{ReadError, ReadErrorKind};
use crate::html::Html;
use crate::mail::decoded;
use crate::mime::Part;
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};

/// Reads web pages that a browser saved as one file (`.mhtml`, `.mht`). The page is read as [`Html`] reads it; pictures and
/// frames are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebArchive;

impl Reader for WebArchive {
    fn format(&self) -> &'static str {
        "mhtml"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        let saved = || {
            let head = String::from_utf8_lossy(head);
            head.starts_with("From: <Saved by") || head.contains("\nSnapshot-Content-Location:")
        };
        has_extension(path, &["mhtml", "mht"]) || (path.extension().is_none() && saved())
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        // Some programs give the name to a page that is none of these archives.
        if Html.recognises(Path::new("-"), bytes) {
            return Html.read(bytes, budget);
        }
        refuse_other(bytes, "a saved web page", false)?;
        let message = Part::read(bytes, budget, "saved page")?;
        let Some(page) = page(&message) else {
            let message =
                "the saved page holds no text of a page; save it again from the browser, as HTML or as PDF";
            return Err(ReadError::new(ReadErrorKind::Damaged, message));
        };
        let content = page.content();
        if content.len() > budget.output {
            let message = format!(
                "the page holds more than {} bytes, far more than a report; raise the limit",
                budget.output
            );
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        let content = match page.parameters.get("charset") {
            // The header of the part is as good as a declaration in the page, and the page may have none.
            Some(charset) => decoded(&content, Some(charset))?.text.into_bytes(),
            None => content.into_owned(),
        };
        let mut document = Html.read(&content, budget)?;
        document.format = self.format().to_owned();
        // Not the date of the message: that is when the page was saved.
        if !document.properties.iter().any(|(key, _)| key == "title") {
            let title = message.headers.text("subject");
            document.properties.extend(title.map(|title| ("title".to_owned(), title)));
        }
        Ok(document)
    }
}

/// The page of an archive: its root, or its first page.
fn page<'p, 'm>(part: &'p Part<'m>) -> Option<&'p Part<'m>> {
    if matches!(part.kind.as_str(), "text/html" | "application/xhtml+xml") {
        return Some(part);
    }
    let start = part.parameters.get("start");
    let root =
        start.and_then(|start| part.parts.iter().find(|part| part.headers.get("content-id") == Some(start)));
    root.into_iter().chain(&part.parts).find_map(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BlockKind;

    const PAGE: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: Plans drift\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"----b\"\r\n\r\n------b\r\nContent-Type: text/css\r\n\r\np {}\r\n------b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><nav><a href=3D\"/\">Home</a></nav><p>The report says =93has been incons=\r\nistent=94.</p></body></html>\r\n------b--\r\n";

    #[test]
    fn the_page_is_read_without_the_rest() {
        let document = WebArchive.read(PAGE.as_bytes(), &Budget::default()).unwrap();
        let texts: Vec<String> = document
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Artifact)
            .map(|block| block.text())
            .collect();
        assert_eq!(texts, ["The report says “has been inconsistent”."]);
        assert_eq!(document.format, "mhtml");
        assert_eq!(document.properties, [("title".to_owned(), "Plans drift".to_owned())]);
    }

    #[test]
    fn archives_are_recognised_and_those_without_a_page_refused() {
        assert!(WebArchive.recognises(Path::new("-"), PAGE.as_bytes()));
        assert!(!WebArchive.recognises(Path::new("-"), b"From: <Sam>\n\n"));
        let error = WebArchive
            .read(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx", &Budget::default())
            .unwrap_err();
        assert_eq!(error.kind(), ReadErrorKind::Damaged, "{error}");
        assert!(WebArchive.read(b"<html><p>Plans drift.", &Budget::default()).is_ok());
    }

    #[test]
    fn keeps_the_contract() {
        crate::contract::check(&WebArchive, PAGE.as_bytes());
    }
}
