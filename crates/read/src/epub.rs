//! E-books (EPUB 3.3, and EPUB 2): a ZIP archive of web pages, and a list of them in the order of reading.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::archive::Archive;
use crate::block::BlockKind;
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};
use crate::html;
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use crate::xml::{XmlEvent, for_each_event};

/// Reads e-books (`.epub`) without copy protection: the pages of the book in their order, each as a web page is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Epub;

/// The name of the format in messages.
const WHAT: &str = "e-book";

impl Reader for Epub {
    fn format(&self) -> &'static str {
        "epub"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        has_extension(path, &["epub"])
            || (path.extension().is_none()
                && head.get(30..).is_some_and(|head| head.starts_with(b"mimetypeapplication/epub+zip")))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(if bytes.starts_with(b"PK") { b"" } else { bytes }, "an e-book", false)?;
        if !bytes.starts_with(b"PK") {
            let message = "named as an e-book, but it holds something else; rename it with the ending of its real format";
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        }
        let mut archive = Archive::open(bytes, budget.output, WHAT)?;
        let damaged =
            || ReadError::new(ReadErrorKind::Damaged, "the e-book lists no pages; download it again");
        let list = package_name(&mut archive, budget)?.ok_or_else(damaged)?;
        let package = Package::read(&archive.read(&list)?.ok_or_else(damaged)?, budget)?;
        let protected = protected(&mut archive, budget)?;

        let mut document = Document::new(self.format());
        document.tagged = true;
        document.properties = package.properties;
        document.trusted = true;
        let (mut tables, mut missing, mut locked) = (0_u32, 0_usize, 0_usize);
        let mut output = 0_usize;
        for id in &package.spine {
            let Some(page) = package.manifest.get(id).map(|href| resolved(&list, href)) else { continue };
            if protected.contains(&page) {
                locked += 1;
                continue;
            }
            let Some(bytes) = archive.read(&page)? else {
                missing += 1;
                continue;
            };
            let Ok(decoded) = decode(&bytes, None, "a web page") else {
                missing += 1;
                continue;
            };
            output += decoded.text.len();
            if output > budget.output {
                return Err(ReadError::new(
                    ReadErrorKind::OverBudget,
                    "the e-book holds far more text than a report; raise the limit",
                ));
            }
            let first = tables;
            for mut block in html::blocks_of(&decoded.text, budget)? {
                if let BlockKind::Cell { table, .. } = &mut block.kind {
                    *table = table.saturating_add(first);
                    tables = tables.max(table.saturating_add(1));
                }
                document.blocks.push(block);
            }
        }
        if document.blocks.iter().all(|block| block.kind == BlockKind::Artifact) {
            return Err(match (locked, missing) {
                (1.., _) => ReadError::new(
                    ReadErrorKind::Encrypted,
                    "the e-book is copy-protected; ask the publisher for a copy without protection",
                ),
                (0, 1..) => damaged(),
                _ => ReadError::new(
                    ReadErrorKind::NoText,
                    "the e-book holds no text; if it holds pictures of pages, run text recognition (OCR) on them",
                ),
            });
        }
        if locked + missing > 0 {
            let message = format!(
                "{} pages of the e-book are protected or missing; download it again",
                locked + missing
            );
            document.warnings.push(Warning::new("damaged", message));
        }
        Ok(document)
    }
}

/// The name of the part that lists the pages.
fn package_name(archive: &mut Archive<'_>, budget: &Budget) -> Result<Option<String>, ReadError> {
    let container = archive.read("META-INF/container.xml")?.unwrap_or_default();
    let mut name = None;
    for_each_event(&container, budget, WHAT, |event| {
        if let XmlEvent::Start("rootfile", attributes) = event {
            name = name
                .take()
                .or_else(|| attributes.get("full-path").map(|path| path.trim_start_matches('/').to_owned()));
        }
        Ok(())
    })?;
    let usual = || archive.names().into_iter().find(|name| name.ends_with(".opf")).map(str::to_owned);
    Ok(name.filter(|name| archive.holds(name)).or_else(usual))
}

/// The pages that are encrypted. Fonts may be obscured without any protection of the text.
fn protected(archive: &mut Archive<'_>, budget: &Budget) -> Result<Vec<String>, ReadError> {
    let list = archive.read("META-INF/encryption.xml")?.unwrap_or_default();
    let mut names = Vec::new();
    for_each_event(&list, budget, WHAT, |event| {
        if let XmlEvent::Start("CipherReference", attributes) = event {
            names.extend(attributes.get("URI").map(|name| resolved("", name)));
        }
        Ok(())
    })?;
    Ok(names)
}

/// The parts of a book, and the order in which they are read.
#[derive(Default)]
struct Package {
    /// The pages, by identifier.
    manifest: HashMap<String, String>,
    /// The identifiers of the pages to read, in order.
    spine: Vec<String>,
    properties: Vec<(String, String)>,
}

/// The most pages of one book.
const MOST_PAGES: usize = 10_000;

impl Package {
    fn read(part: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut package = Self::default();
        let mut open: Option<&'static str> = None;
        let mut begins = false;
        for_each_event(part, budget, WHAT, |event| {
            match event {
                XmlEvent::Start("item", attributes) => {
                    // The table of contents repeats the headings, and what is no page holds no text.
                    let kind = attributes.get("media-type").unwrap_or_default();
                    let contents = attributes
                        .get("properties")
                        .is_some_and(|all| all.split_whitespace().any(|one| one == "nav"));
                    if (kind.contains("html") || kind.is_empty())
                        && !contents
                        && let (Some(id), Some(href)) = (attributes.get("id"), attributes.get("href"))
                    {
                        package.manifest.entry(id.to_owned()).or_insert_with(|| href.to_owned());
                    }
                }
                XmlEvent::Start("itemref", attributes) => {
                    let id = attributes.get("idref").filter(|_| package.spine.len() < MOST_PAGES);
                    // A page named twice is read once: a small list must not become a long book.
                    let id = id.filter(|id| package.manifest.contains_key(*id));
                    package.spine.extend(id.map(str::to_owned));
                }
                XmlEvent::Start(name, _) => {
                    begins = true;
                    open = match name {
                        "title" => Some("title"),
                        "creator" => Some("author"),
                        "date" => Some("published"),
                        "subject" => Some("subject"),
                        _ => None,
                    };
                }
                XmlEvent::Text(text) if !text.trim().is_empty() => {
                    if let Some(key) = open {
                        match package.properties.iter_mut().find(|(known, _)| known == key) {
                            Some((_, value)) => {
                                value.push_str(if begins { "; " } else { "" });
                                value.push_str(text);
                            }
                            None => package.properties.push((key.to_owned(), text.trim_start().to_owned())),
                        }
                        begins = false;
                    }
                }
                XmlEvent::End(_) => open = None,
                XmlEvent::Text(_) => {}
            }
            Ok(())
        })?;
        for (_, value) in &mut package.properties {
            value.truncate(value.trim_end().len());
        }
        let mut seen = HashSet::new();
        package.spine.retain(|id| seen.insert(id.clone()));
        Ok(package)
    }
}

/// The name in the archive of a page that a part refers to: relative to the folder of the part, with `%20` and `..`
/// resolved.
fn resolved(from: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = match (byte, after) {
            (b'%', [high, low, ..]) => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|code| u8::from_str_radix(code, 16).ok())
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    let href = String::from_utf8_lossy(&bytes).into_owned();
    let folder =
        if href.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(href.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use quotable_testkit::zip_archive as zip;

    use super::*;

    const CONTAINER: &[u8] =
        b"<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";

    fn book(spine: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
        let package = format!(
            "<package xmlns:dc='d'><metadata><dc:title>Plans &amp; drift</dc:title><dc:creator>Jo Marsh</dc:creator><dc:date>2018-01-30</dc:date></metadata><manifest><item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/><item id='a' href='text/one%20more.xhtml' media-type='application/xhtml+xml'/><item id='b' href='../b.xhtml#top' media-type='application/xhtml+xml'/><item id='c' href='gone.xhtml' media-type='application/xhtml+xml'/><item id='p' href='p.png' media-type='image/png'/></manifest><spine>{spine}</spine></package>"
        );
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("META-INF/container.xml", CONTAINER),
            ("OPS/book.opf", package.as_bytes()),
            ("OPS/nav.xhtml", b"<nav><a href='b'>Menu</a></nav>"),
            ("OPS/text/one more.xhtml", b"<html><body><h1>One</h1><p>Plans drift.</p><table><tr><td>1</td></tr></table></body></html>"),
            ("b.xhtml", b"<html><body><p>Cases wait.</p><table><tr><td>2</td></tr></table></body></html>"),
        ];
        parts.extend_from_slice(more);
        zip(&parts)
    }

    #[test]
    fn pages_are_read_in_the_order_of_the_spine() {
        let read = |spine: &str| Epub.read(&book(spine, &[]), &Budget::default()).unwrap();
        let document =
            read("<itemref idref='b'/><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/>");
        let texts: Vec<String> = document.blocks.iter().map(|block| block.text()).collect();
        assert_eq!(texts, ["Cases wait.", "2", "One", "Plans drift.", "1"]);
        assert_eq!(document.blocks[4].kind, BlockKind::Cell { table: 1, row: 0, column: 0 });
        assert_eq!(document.properties[0], ("title".to_owned(), "Plans & drift".to_owned()));
        assert_eq!(read("<itemref idref='a'/><itemref idref='c'/>").warnings[0].code, "damaged");
    }

    #[test]
    fn protected_and_empty_books_say_so() {
        let spine = "<itemref idref='a'/>";
        let key = b"<encryption><CipherReference URI='OPS/text/one%20more.xhtml'/></encryption>";
        let kind = |bytes: &[u8]| Epub.read(bytes, &Budget::default()).unwrap_err().kind();
        assert_eq!(kind(&book(spine, &[("META-INF/encryption.xml", key)])), ReadErrorKind::Encrypted);
        assert_eq!(kind(&book("", &[])), ReadErrorKind::NoText);
        assert_eq!(kind(&zip(&[("a", b"b")])), ReadErrorKind::Damaged);
        assert_eq!(kind(b"{\\rtf1 }"), ReadErrorKind::Mislabelled);
    }

    #[test]
    fn keeps_the_contract() {
        crate::contract::check(&Epub, &book("<itemref idref='a'/><itemref idref='b'/>", &[]));
    }
}
