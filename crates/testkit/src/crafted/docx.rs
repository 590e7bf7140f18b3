//! DOCX: archives with false headers, XML that expands, nests or refers to itself.

use super::{deflated, nested, repeat};
use crate::file::TestFile;

/// Decompressed size of a bomb at scale 1, in bytes.
const BOMB: usize = 4 << 20;
const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
/// Declaration of the WordprocessingML namespace.
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Builds a ZIP archive whose headers may be false.
struct ZipBuilder {
    bytes: Vec<u8>,
    central_directory: Vec<u8>,
    entries: u16,
}

/// What the headers of an entry claim.
struct EntryHeader {
    /// 0 is stored, 8 is deflated.
    method: u16,
    flags: u16,
    /// Claimed offset of the local header; the true one if `None`.
    offset: Option<u32>,
    /// Claimed compressed size in bytes; the true one if `None`.
    compressed_size: Option<u32>,
}

const TRUE_HEADER: EntryHeader = EntryHeader { method: 8, flags: 0, offset: None, compressed_size: None };

impl ZipBuilder {
    fn new() -> Self {
        let mut zip = Self::empty();
        zip.add("[Content_Types].xml", CONTENT_TYPES.as_bytes(), &TRUE_HEADER);
        zip
    }

    fn empty() -> Self {
        Self { bytes: Vec::new(), central_directory: Vec::new(), entries: 0 }
    }

    /// Adds an entry, compressed if `header` says so.
    fn add(&mut self, name: &str, content: &[u8], header: &EntryHeader) {
        let data = if header.method == 8 { deflated(content) } else { content.to_vec() };
        let offset = header.offset.unwrap_or(self.bytes.len() as u32).to_le_bytes();
        let compressed_size = header.compressed_size.unwrap_or(data.len() as u32);
        // The checksum stays zero: the reader does not check it.
        let sizes =
            [0_u32.to_le_bytes(), compressed_size.to_le_bytes(), (content.len() as u32).to_le_bytes()]
                .concat();
        let shared =
            [&20_u16.to_le_bytes()[..], &header.flags.to_le_bytes(), &header.method.to_le_bytes(), &[0; 4]]
                .concat();
        let name_len = (name.len() as u16).to_le_bytes();
        for part in [&b"PK\x03\x04"[..], &shared, &sizes, &name_len, &[0; 2], name.as_bytes(), &data] {
            self.bytes.extend_from_slice(part);
        }
        for part in
            [&b"PK\x01\x02\x14\x00"[..], &shared, &sizes, &name_len, &[0; 12], &offset, name.as_bytes()]
        {
            self.central_directory.extend_from_slice(part);
        }
        self.entries = self.entries.saturating_add(1);
    }

    /// Finishes the archive. `entries` and `offset` replace the number of entries and the offset of the central
    /// directory in the end record.
    fn finish(mut self, entries: Option<u16>, offset: Option<u32>) -> Vec<u8> {
        let offset = offset.unwrap_or(self.bytes.len() as u32).to_le_bytes();
        let entries = entries.unwrap_or(self.entries).to_le_bytes();
        let size = (self.central_directory.len() as u32).to_le_bytes();
        self.bytes.append(&mut self.central_directory);
        for part in [&b"PK\x05\x06\0\0\0\0"[..], &entries, &entries, &size, &offset, &[0; 2]] {
            self.bytes.extend_from_slice(part);
        }
        self.bytes
    }
}

/// Builds a DOCX file from its parts: the name of each in the archive, and its content.
pub fn docx_archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipBuilder::new();
    parts.iter().for_each(|(name, content)| zip.add(name, content, &TRUE_HEADER));
    zip.finish(None, None)
}

fn with_document(xml: &[u8]) -> Vec<u8> {
    docx_archive(&[("word/document.xml", xml)])
}

fn with_body(inner: &str) -> Vec<u8> {
    with_document(format!("<w:document {W}><w:body>{inner}</w:body></w:document>").as_bytes())
}

fn with_header(header: &EntryHeader) -> Vec<u8> {
    let mut zip = ZipBuilder::new();
    zip.add("word/document.xml", valid_document().as_bytes(), header);
    zip.finish(None, None)
}

fn valid_document() -> String {
    format!("<w:document {W}><w:body>{}</w:body></w:document>", paragraph("The gate."))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Entries that share one compressed range: a small archive of which each entry decompresses to the size of a bomb.
fn overlapping(many: usize) -> Vec<u8> {
    let mut zip = ZipBuilder::new();
    zip.add("word/document.xml", valid_document().as_bytes(), &TRUE_HEADER);
    let at = zip.bytes.len() as u32;
    zip.add("word/footnotes.xml", &vec![b'a'; BOMB], &TRUE_HEADER);
    for number in 0..many.min(60_000) {
        let header = EntryHeader { method: 0, offset: Some(at), ..TRUE_HEADER };
        zip.add(&format!("word/header{number}.xml"), b"", &header);
    }
    zip.finish(None, None)
}

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let text = paragraph("a");
    let entities: String =
        (1..30).map(|at| format!("<!ENTITY l{at} '{}'>", repeat(&format!("&l{};", at - 1), 10))).collect();
    let billion_laughs = format!(
        "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY l0 'ha'>{entities}]>{}",
        valid_document().replace("The gate.", "&l29;")
    );
    let external_entity = format!(
        "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{}",
        valid_document().replace("The gate.", "a&e;b")
    );
    let styles = |inner: &str| {
        let styles = format!("<w:styles {W}>{inner}</w:styles>");
        docx_archive(&[
            (
                "word/document.xml",
                valid_document().replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val='s0'/></w:pPr>").as_bytes(),
            ),
            ("word/styles.xml", styles.as_bytes()),
        ])
    };
    let based =
        |id: usize, on: usize| format!("<w:style w:styleId='s{id}'><w:basedOn w:val='s{on}'/></w:style>");
    let listed = |number: &str, level: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
        )
    };
    let numbering = format!(
        "<w:numbering {W}>{}</w:numbering>",
        repeat(
            "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='4294967295'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1%2%9%0%'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>",
            scale
        )
    );
    let numbered =
        format!("<w:document {W}><w:body>{}</w:body></w:document>", repeat(&listed("1", "0"), many));
    let row = |cells: &str| format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>");
    let cell = format!("<w:tc>{text}</w:tc>");
    let span = format!("<w:tc><w:tcPr><w:gridSpan w:val='4294967295'/><w:vMerge/></w:tcPr>{text}</w:tc>");
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p></w:footnote></w:footnotes>"
    );
    let noted = format!(
        "<w:document {W}><w:body>{}</w:body></w:document>",
        repeat("<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p>", many)
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("bomb", with_document(&vec![b' '; BOMB * scale])),
        ("bomb-of-text", with_body(&paragraph(&repeat("a ", BOMB * scale / 2)))),
        ("bomb-of-paragraphs", with_body(&repeat(&text, many))),
        ("overlapping-parts", overlapping(many)),
        ("many-parts", {
            let mut zip = ZipBuilder::new();
            (0..many.min(65_000)).for_each(|number| zip.add(&format!("word/{number}.xml"), b"a", &TRUE_HEADER));
            zip.finish(None, None)
        }),
        ("billion-laughs", with_document(billion_laughs.as_bytes())),
        ("entity-of-itself", with_document(b"<!DOCTYPE d [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><d>&a;</d>")),
        ("external-entity", with_document(external_entity.as_bytes())),
        ("deep", with_document(nested("<a>", "</a>", many, "").as_bytes())),
        ("deep-runs", with_body(&nested("<w:p><w:r>", "</w:r></w:p>", many, "<w:t>a</w:t>"))),
        ("deep-boxes", with_body(&nested("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", many, &text))),
        ("deep-tables", with_body(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", many, &text))),
        ("unclosed", with_body(&repeat("<w:p><w:r><w:t>a", many))),
        ("columns", with_body(&row(&repeat(&cell, many)))),
        ("spans", with_body(&row(&repeat(&span, scale * 20)))),
        ("attributes", with_body(&format!("<w:p {}/>", (0..many).map(|at| format!("w:a{at}='b' ")).collect::<String>()))),
        ("long-attribute", with_body(&format!("<w:p w:a='{}'/>", repeat("&amp;", many)))),
        ("styles-in-a-circle", styles(&(0..scale * 10).map(|id| based(id, (id + 1) % (scale * 10))).collect::<String>())),
        ("style-of-itself", styles(&based(0, 0))),
        ("styles-in-a-row", styles(&(0..many).map(|id| based(id, id + 1)).collect::<String>())),
        ("numbering", docx_archive(&[("word/document.xml", numbered.as_bytes()), ("word/numbering.xml", numbering.as_bytes())])),
        ("levels", with_body(&[("1", "4294967295"), ("-1", "-9"), ("99999999999999999999", "8"), ("", "")].map(|(n, l)| listed(n, l)).concat())),
        ("notes-in-notes", docx_archive(&[("word/document.xml", noted.as_bytes()), ("word/footnotes.xml", notes.as_bytes())])),
        ("fields", with_body(&repeat("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r></w:p>", many))),
        ("references", with_body(&paragraph(&repeat("&#xD800;&#x110000;&#0;&#27;&nosuch;", many)))),
        ("no-document", docx_archive(&[])),
        ("no-types", {
            let mut zip = ZipBuilder::empty();
            zip.add("word/document.xml", valid_document().as_bytes(), &TRUE_HEADER);
            zip.finish(None, None)
        }),
        ("relations-in-a-circle", docx_archive(&[("word/document.xml", valid_document().as_bytes()), ("_rels/.rels", b"<Relationships><Relationship Id='a' Type='officeDocument' Target='_rels/.rels'/></Relationships>")])),
        ("names", docx_archive(&[("../../../tmp/a.xml", b"a"), ("/word/document.xml", valid_document().as_bytes()), ("word\\document.xml", b"<a>")])),
        ("binary", with_document(&(0..=255).cycle().take(5000).collect::<Vec<u8>>())),
        ("utf16", with_document(&valid_document().encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())),
        ("encrypted", with_header(&EntryHeader { flags: 1, ..TRUE_HEADER })),
        ("method", with_header(&EntryHeader { method: 99, ..TRUE_HEADER })),
        ("offset-beyond-end", with_header(&EntryHeader { offset: Some(u32::MAX), ..TRUE_HEADER })),
        ("compressed-size-zero", with_header(&EntryHeader { compressed_size: Some(0), ..TRUE_HEADER })),
        ("compressed-size-huge", with_header(&EntryHeader { compressed_size: Some(u32::MAX), ..TRUE_HEADER })),
        ("offset-into-itself", with_header(&EntryHeader { offset: Some(3), ..TRUE_HEADER })),
        ("parts-missing", ZipBuilder::new().finish(Some(u16::MAX), None)),
        ("directory-beyond-end", ZipBuilder::new().finish(None, Some(u32::MAX))),
        ("directory-in-a-circle", ZipBuilder::new().finish(Some(u16::MAX), Some(0))),
        ("records", b"PK\x03\x04".iter().chain(b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF".iter().cycle().take(many * 12)).copied().collect()),
    ];
    cases.into_iter().map(|(name, bytes)| TestFile::new(format!("docx-{name}.docx"), bytes)).collect()
}
