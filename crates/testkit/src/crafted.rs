//! Files written by hand to attack a reader.

pub(crate) mod docx;
mod html;
mod mail;
mod markdown;
mod open_document;
pub(crate) mod pdf;
mod rtf;
mod text;

use std::io::{self, Write as _};

use crate::file::TestFile;

/// Every crafted file; no two share a name.
///
/// `scale` multiplies the depth, the number or the size of whatever a file has too much of. 1 suits tests that must be
/// quick; 100 gives a hundred thousand levels, columns or pages, and files of up to 100 MB when decompressed.
pub fn crafted_files(scale: usize) -> Vec<TestFile> {
    let scale = scale.max(1);
    let mut files = pdf::files(scale);
    files.extend(docx::files(scale));
    files.extend(html::files(scale));
    files.extend(mail::files(scale));
    files.extend(markdown::files(scale));
    files.extend(open_document::files(scale));
    files.extend(rtf::files(scale));
    files.extend(text::files(scale));
    files.extend(mislabelled());
    files
}

/// Magic bytes of each format, under the extension of each other format.
fn mislabelled() -> Vec<TestFile> {
    let signatures: [(&str, &[u8]); 10] = [
        ("pdf", b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"),
        ("zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00"),
        ("page", b"<!DOCTYPE html><html><body><p>Not found.</p></body></html>"),
        ("jpeg", b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00"),
        ("program", b"\x7FELF\x02\x01\x01\x00\x00\x00\x00\x00"),
        ("windows", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("gzip", b"\x1F\x8B\x08\x00\x00\x00\x00\x00"),
        ("old-word", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("rich-text", b"{\\rtf1\\ansi Text.}"),
        ("everything", b"%PDF-1.7\nPK\x03\x04<html><body># Text \"said\" \x00\xFF\xFE"),
    ];
    let extensions = ["pdf", "docx", "odt", "rtf", "epub", "eml", "mhtml", "html", "md", "txt"];
    let with_extension = |extension: &'static str| {
        signatures
            .iter()
            .map(move |(kind, bytes)| TestFile::new(format!("mislabelled-{kind}.{extension}"), *bytes))
    };
    let mut files: Vec<_> = extensions.into_iter().flat_map(with_extension).collect();
    for extension in extensions {
        files.push(TestFile::new(format!("empty.{extension}"), ""));
        files.push(TestFile::new(format!("zeros.{extension}"), vec![0; 5000]));
        files.push(TestFile::new(format!("spaces.{extension}"), vec![b' '; 5000]));
    }
    files
}

/// Repeats a text.
fn repeat(text: &str, count: usize) -> String {
    text.repeat(count)
}

/// Opens `depth` elements, writes `inner`, and closes them all.
fn nested(open: &str, close: &str, depth: usize, inner: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// Compresses bytes as ZIP archives do: raw deflate, without a header.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    compressed(encoder.write_all(bytes).and_then(|()| encoder.finish()))
}

/// Compresses bytes as the PDF filter `FlateDecode` expects: deflate in a zlib container.
fn zlib_compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    compressed(encoder.write_all(bytes).and_then(|()| encoder.finish()))
}

fn compressed(result: io::Result<Vec<u8>>) -> Vec<u8> {
    debug_assert!(result.is_ok(), "writing to memory failed: {result:?}");
    result.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::crafted_files;

    #[test]
    fn there_are_many_files_of_each_format_with_unique_names() {
        let files = crafted_files(1);
        let names: HashSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names.len(), files.len());
        assert!(files.len() > 150, "{}", files.len());
        assert_eq!(files, crafted_files(1));
        for extension in ["pdf", "docx", "odt", "rtf", "epub", "eml", "mhtml", "html", "md", "txt"] {
            assert!(files.iter().filter(|file| file.extension() == extension).count() > 15, "{extension}");
        }
    }
}
