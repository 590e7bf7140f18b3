//! Files, and the reports in them.

use quotable_report::Report;
use quotable_testkit::fuzz::docx_of_parts;

use crate::documents::{check_report, read};

/// Reads a text file.
pub fn read_text(data: &[u8]) {
    read("a.txt", data);
}

/// Reads a Markdown file.
pub fn read_markdown(data: &[u8]) {
    read("a.md", data);
}

/// Reads an HTML file.
pub fn read_html(data: &[u8]) {
    read("a.html", data);
}

/// Reads a DOCX file. After a first NUL byte the input is the parts of one: document, styles and numbering, each
/// separated by a NUL byte. Random edits of a compressed archive rarely reach the XML.
pub fn read_docx(data: &[u8]) {
    match data.split_first() {
        Some((0, parts)) => {
            let mut parts = parts.splitn(3, |byte| *byte == 0);
            let mut part = || parts.next().unwrap_or_default();
            read("a.docx", &docx_of_parts(part(), part(), part()));
        }
        _ => {
            read("a.docx", data);
        }
    }
}

/// Reads a PDF file.
#[cfg(feature = "index")]
pub fn read_pdf(data: &[u8]) {
    read("a.pdf", data);
}

/// Reads an e-mail.
pub fn read_mail(data: &[u8]) {
    read("a.eml", data);
}

/// Reads a web page saved as one file.
pub fn read_web_archive(data: &[u8]) {
    read("a.mhtml", data);
}

/// Reads an OpenDocument file.
pub fn read_odt(data: &[u8]) {
    read("a.odt", data);
}

/// Reads an e-book.
pub fn read_epub(data: &[u8]) {
    read("a.epub", data);
}

/// Reads a rich-text file.
pub fn read_rtf(data: &[u8]) {
    read("a.rtf", data);
}

/// Understands a text or Markdown file as a report.
pub fn understand_report(data: &[u8]) {
    for name in ["a.txt", "a.md"] {
        if let Some(document) = read(name, data) {
            check_report(&Report::from_document(&document, name));
        }
    }
}
