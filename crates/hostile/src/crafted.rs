//! Files that someone thought of.

mod docx;
mod html;
mod markdown;
mod pdf;
mod text;

pub use self::docx::word_file;
pub use self::pdf::bottomless;
use crate::Hostile;

/// Every crafted file. `scale` is how much there is of what there is too much of: 1 is for tests that must be quick,
/// 100 makes a hundred thousand levels, columns or pages, and files of up to some 100 MB when unfolded.
pub fn crafted(scale: usize) -> Vec<Hostile> {
    let scale = scale.max(1);
    let mut files = pdf::files(scale);
    files.extend(docx::files(scale));
    files.extend(html::files(scale));
    files.extend(markdown::files(scale));
    files.extend(text::files(scale));
    files.extend(mislabelled());
    files
}

/// What each format begins with, under the name of each other.
fn mislabelled() -> Vec<Hostile> {
    let contents: [(&str, &[u8]); 10] = [
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
    let endings = ["pdf", "docx", "html", "md", "txt"];
    let named = |ending: &'static str| {
        contents.iter().map(move |(kind, bytes)| Hostile::new(format!("mislabelled-{kind}.{ending}"), *bytes))
    };
    let mut files: Vec<_> = endings.into_iter().flat_map(named).collect();
    for ending in endings {
        files.push(Hostile::new(format!("empty.{ending}"), ""));
        files.push(Hostile::new(format!("nothing.{ending}"), vec![0; 5000]));
        files.push(Hostile::new(format!("space.{ending}"), vec![b' '; 5000]));
    }
    files
}

/// A text over and over.
fn times(text: &str, count: usize) -> String {
    text.repeat(count)
}

/// A text nested in itself.
fn nested(open: &str, close: &str, depth: usize, inner: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// Packs bytes as ZIP and PDF do.
fn packed(bytes: &[u8], zlib: bool) -> Vec<u8> {
    use std::io::Write as _;
    let level = flate2::Compression::default();
    // Writing to memory does not fail; should it, the file is cut, and bad in another way.
    if zlib {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), level);
        let _ = packer.write_all(bytes);
        return packer.finish().unwrap_or_default();
    }
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), level);
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn they_are_many_and_no_two_share_a_name() {
        let files = crafted(1);
        let names: HashSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names.len(), files.len());
        assert!(files.len() > 150, "{}", files.len());
        assert_eq!(files, crafted(1));
        for ending in ["pdf", "docx", "html", "md", "txt"] {
            assert!(names.iter().filter(|name| name.ends_with(ending)).count() > 15, "{ending}");
        }
    }
}
