//! Word files: archives that lie, and XML that grows, nests and refers to itself.

use super::{nested, packed, times};
use crate::Hostile;

const BOMB: usize = 4 << 20;
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// An archive in the making.
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

/// What an archive says of a part.
struct Claim {
    method: u16,
    flags: u16,
    /// Where its header is said to stand, if not where it does.
    header: Option<u32>,
    /// How many bytes it is said to be packed to.
    packed: Option<u32>,
}

const TRUTH: Claim = Claim { method: 8, flags: 0, header: None, packed: None };

impl Zip {
    fn new() -> Self {
        let mut zip = Self { bytes: Vec::new(), directory: Vec::new(), parts: 0 };
        zip.part("[Content_Types].xml", TYPES.as_bytes(), &TRUTH);
        zip
    }

    /// Adds a part; `content` is not packed yet, unless it is to be stored.
    fn part(&mut self, name: &str, content: &[u8], claim: &Claim) {
        let data = if claim.method == 8 { packed(content, false) } else { content.to_vec() };
        let at = self.bytes.len() as u32;
        let size = claim.packed.unwrap_or(data.len() as u32);
        let sizes = [0_u32.to_le_bytes(), size.to_le_bytes(), (content.len() as u32).to_le_bytes()].concat();
        let rest =
            [&20_u16.to_le_bytes()[..], &claim.flags.to_le_bytes(), &claim.method.to_le_bytes(), &[0; 4]]
                .concat();
        let name_len = (name.len() as u16).to_le_bytes();
        for slice in [&b"PK\x03\x04"[..], &rest, &sizes, &name_len, &[0; 2], name.as_bytes(), &data] {
            self.bytes.extend_from_slice(slice);
        }
        let header = claim.header.unwrap_or(at).to_le_bytes();
        for slice in
            [&b"PK\x01\x02\x14\x00"[..], &rest, &sizes, &name_len, &[0; 12], &header, name.as_bytes()]
        {
            self.directory.extend_from_slice(slice);
        }
        self.parts = self.parts.saturating_add(1);
    }

    /// The file; `count` and `at` are how many parts the directory says it has, and where, if not the truth.
    fn end(mut self, count: Option<u16>, at: Option<u32>) -> Vec<u8> {
        let start = at.unwrap_or(self.bytes.len() as u32);
        let count = count.unwrap_or(self.parts).to_le_bytes();
        let size = (self.directory.len() as u32).to_le_bytes();
        self.bytes.append(&mut self.directory);
        for slice in [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &start.to_le_bytes(), &[0; 2]] {
            self.bytes.extend_from_slice(slice);
        }
        self.bytes
    }
}

/// A file of which `word/document.xml` is this.
fn document(xml: &[u8]) -> Vec<u8> {
    word_file(&[("word/document.xml", xml)])
}

/// A Word file of these parts, each by its name in the archive.
pub fn word_file(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = Zip::new();
    parts.iter().for_each(|(name, content)| zip.part(name, content, &TRUTH));
    zip.end(None, None)
}

/// A file of which the body is this.
fn body(inner: &str) -> Vec<u8> {
    document(format!("<w:document {W}><w:body>{inner}</w:body></w:document>").as_bytes())
}

fn claimed(claim: &Claim) -> Vec<u8> {
    let mut zip = Zip::new();
    zip.part("word/document.xml", good().as_bytes(), claim);
    zip.end(None, None)
}

fn good() -> String {
    format!("<w:document {W}><w:body>{}</w:body></w:document>", paragraph("The gate."))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Parts that all stand in the same bytes: small packed, and each as large as all unfolded.
fn overlapping(many: usize) -> Vec<u8> {
    let mut zip = Zip::new();
    zip.part("word/document.xml", good().as_bytes(), &TRUTH);
    let at = zip.bytes.len() as u32;
    zip.part("word/footnotes.xml", &vec![b'a'; BOMB], &TRUTH);
    for number in 0..many.min(60_000) {
        let claim = Claim { method: 0, header: Some(at), ..TRUTH };
        zip.part(&format!("word/header{number}.xml"), b"", &claim);
    }
    zip.end(None, None)
}

pub(super) fn files(scale: usize) -> Vec<Hostile> {
    let many = scale * 1_000;
    let text = paragraph("a");
    let grows: String =
        (1..30).map(|at| format!("<!ENTITY l{at} '{}'>", times(&format!("&l{};", at - 1), 10))).collect();
    let laughs = format!(
        "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY l0 'ha'>{grows}]>{}",
        good().replace("The gate.", "&l29;")
    );
    let outside = format!(
        "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{}",
        good().replace("The gate.", "a&e;b")
    );
    let styles = |inner: &str| {
        let styles = format!("<w:styles {W}>{inner}</w:styles>");
        word_file(&[
            (
                "word/document.xml",
                good().replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val='s0'/></w:pPr>").as_bytes(),
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
        times(
            "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='4294967295'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1%2%9%0%'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>",
            scale
        )
    );
    let numbered =
        format!("<w:document {W}><w:body>{}</w:body></w:document>", times(&listed("1", "0"), many));
    let row = |cells: &str| format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>");
    let cell = format!("<w:tc>{text}</w:tc>");
    let span = format!("<w:tc><w:tcPr><w:gridSpan w:val='4294967295'/><w:vMerge/></w:tcPr>{text}</w:tc>");
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p></w:footnote></w:footnotes>"
    );
    let noted = format!(
        "<w:document {W}><w:body>{}</w:body></w:document>",
        times("<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p>", many)
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("bomb", document(&vec![b' '; BOMB * scale])),
        ("bomb-of-text", body(&paragraph(&times("a ", BOMB * scale / 2)))),
        ("bomb-of-paragraphs", body(&times(&text, many))),
        ("overlapping-parts", overlapping(many)),
        ("many-parts", {
            let mut zip = Zip::new();
            (0..many.min(65_000)).for_each(|number| zip.part(&format!("word/{number}.xml"), b"a", &TRUTH));
            zip.end(None, None)
        }),
        ("laughs", document(laughs.as_bytes())),
        ("entity-of-itself", document(b"<!DOCTYPE d [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><d>&a;</d>")),
        ("outside", document(outside.as_bytes())),
        ("deep", document(nested("<a>", "</a>", many, "").as_bytes())),
        ("deep-runs", body(&nested("<w:p><w:r>", "</w:r></w:p>", many, "<w:t>a</w:t>"))),
        ("deep-boxes", body(&nested("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", many, &text))),
        ("deep-tables", body(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", many, &text))),
        ("unclosed", body(&times("<w:p><w:r><w:t>a", many))),
        ("columns", body(&row(&times(&cell, many)))),
        ("spans", body(&row(&times(&span, scale * 20)))),
        ("attributes", body(&format!("<w:p {}/>", (0..many).map(|at| format!("w:a{at}='b' ")).collect::<String>()))),
        ("long-attribute", body(&format!("<w:p w:a='{}'/>", times("&amp;", many)))),
        ("styles-in-a-circle", styles(&(0..scale * 10).map(|id| based(id, (id + 1) % (scale * 10))).collect::<String>())),
        ("style-of-itself", styles(&based(0, 0))),
        ("styles-in-a-row", styles(&(0..many).map(|id| based(id, id + 1)).collect::<String>())),
        ("numbering", word_file(&[("word/document.xml", numbered.as_bytes()), ("word/numbering.xml", numbering.as_bytes())])),
        ("levels", body(&[("1", "4294967295"), ("-1", "-9"), ("99999999999999999999", "8"), ("", "")].map(|(n, l)| listed(n, l)).concat())),
        ("notes-in-notes", word_file(&[("word/document.xml", noted.as_bytes()), ("word/footnotes.xml", notes.as_bytes())])),
        ("fields", body(&times("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r></w:p>", many))),
        ("references", body(&paragraph(&times("&#xD800;&#x110000;&#0;&#27;&nosuch;", many)))),
        ("no-document", word_file(&[])),
        ("no-types", {
            let mut zip = Zip { bytes: Vec::new(), directory: Vec::new(), parts: 0 };
            zip.part("word/document.xml", good().as_bytes(), &TRUTH);
            zip.end(None, None)
        }),
        ("relations-in-a-circle", word_file(&[("word/document.xml", good().as_bytes()), ("_rels/.rels", b"<Relationships><Relationship Id='a' Type='officeDocument' Target='_rels/.rels'/></Relationships>")])),
        ("names", word_file(&[("../../../tmp/a.xml", b"a"), ("/word/document.xml", good().as_bytes()), ("word\\document.xml", b"<a>")])),
        ("binary", document(&(0..=255).cycle().take(5000).collect::<Vec<u8>>())),
        ("utf16", document(&good().encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())),
        ("encrypted", claimed(&Claim { flags: 1, ..TRUTH })),
        ("method", claimed(&Claim { method: 99, ..TRUTH })),
        ("beyond", claimed(&Claim { header: Some(u32::MAX), ..TRUTH })),
        ("packed-to-nothing", claimed(&Claim { packed: Some(0), ..TRUTH })),
        ("packed-to-much", claimed(&Claim { packed: Some(u32::MAX), ..TRUTH })),
        ("header-of-itself", claimed(&Claim { header: Some(3), ..TRUTH })),
        ("parts-missing", Zip::new().end(Some(u16::MAX), None)),
        ("directory-beyond", Zip::new().end(None, Some(u32::MAX))),
        ("directory-in-a-circle", Zip::new().end(Some(u16::MAX), Some(0))),
        ("records", b"PK\x03\x04".iter().chain(b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF".iter().cycle().take(many * 12)).copied().collect()),
    ];
    cases.into_iter().map(|(name, bytes)| Hostile::new(format!("docx-{name}.docx"), bytes)).collect()
}
