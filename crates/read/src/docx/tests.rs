use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;
use crate::processor_clock::{ProcessorClock, used};

/// An archive of the given parts, deflated.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for size in [packed.len(), content.len()] {
            common.extend(u32::try_from(size).unwrap().to_le_bytes());
        }
        common.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(u32::try_from(file.len()).unwrap().to_le_bytes());
        directory.extend(name.bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(name.bytes());
        file.extend(packed);
    }
    let start = u32::try_from(file.len()).unwrap();
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend(size.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

const STYLES: &str = "<w:styles><w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Own'><w:name w:val='House heading'/><w:basedOn w:val='H2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='a'/><w:basedOn w:val='Loop'/></w:style>\
    <w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style></w:styles>";

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='1'>\
    <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{F0B7}'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>";

const NOTES: &str = "<w:footnotes><w:footnote w:id='0' w:type='separator'><w:p><w:r><w:t>--</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='7'><w:p><w:r><w:footnoteRef/><w:tab/><w:t>It is said.</w:t></w:r></w:p></w:footnote></w:footnotes>";

fn word(body: &str) -> Vec<u8> {
    let document = format!("<?xml version='1.0'?><w:document><w:body>{body}</w:body></w:document>");
    archive(&[
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
        ("word/footnotes.xml", NOTES.as_bytes()),
        ("word/header1.xml", b"<w:hdr><w:p><w:r><w:t>Westmere</w:t></w:r></w:p></w:hdr>"),
        ("docProps/core.xml", b"<c><dc:title>A &amp; B</dc:title><dc:creator>A May</dc:creator></c>"),
    ])
}

fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    Docx.read(bytes, &Budget::default().start())
}

fn shown(body: &str) -> Vec<String> {
    let document = read(&word(body)).unwrap();
    let content = document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact);
    content.map(|block| format!("{:?} {}", block.kind, block.text().replace('\n', "/"))).collect()
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u8, level: u8, text: &str) -> String {
    let numbering = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");
    paragraph(&numbering, text)
}

#[test]
fn boxes_and_lists_of_forms_are_text() {
    let field = |data: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:enabled/>{data}</w:ffData></w:fldChar></w:r>"
        )
    };
    let list = "<w:listEntry w:val='Good'/><w:listEntry w:val='Poor'/></w:ddList>";
    let shown_of = |data: &str| {
        shown(&format!("<w:p>{}<w:r><w:t xml:space='preserve'> weir</w:t></w:r></w:p>", field(data)))
    };
    for (data, text) in [
        ("<w:checkBox><w:sizeAuto/><w:default w:val='0'/><w:checked/></w:checkBox>".to_owned(), "☒ weir"),
        ("<w:checkBox><w:sizeAuto/><w:default w:val='1'/></w:checkBox>".to_owned(), "☒ weir"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>".to_owned(), "☐ weir"),
        (format!("<w:ddList><w:result w:val='1'/>{list}"), "Poor weir"),
        (format!("<w:ddList>{list}"), "Good weir"),
        ("<w:ddList><w:result w:val='9'/></w:ddList>".to_owned(), "weir"),
    ] {
        assert_eq!(shown_of(&data), [format!("Paragraph {text}")], "{data}");
    }
}

#[test]
fn headings_follow_from_inherited_styles() {
    let body =
        ["T", "Own", "Loop", "None"].map(|style| paragraph(&format!("<w:pStyle w:val='{style}'/>"), style));
    let body = body.concat() + &paragraph("<w:outlineLvl w:val='2'/>", "level");
    assert_eq!(
        shown(&body),
        [
            "Heading { level: 1 } T",
            "Heading { level: 2 } Own",
            "Paragraph Loop",
            "Paragraph None",
            "Heading { level: 3 } level",
        ]
    );
}

#[test]
fn list_labels_become_text() {
    let items = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 0), (3, 0), (3, 0), (0, 0)];
    let body: String = items.iter().map(|&(list, level)| item(list, level, "x")).collect();
    assert_eq!(
        shown(&body),
        [
            "Item { depth: 0 } 3. x",
            "Item { depth: 1 } 3.a x",
            "Item { depth: 1 } 3.b x",
            "Item { depth: 0 } 4. x",
            "Item { depth: 1 } 4.a x",
            "Item { depth: 0 } • x",
            "Item { depth: 0 } 1. x",
            "Item { depth: 0 } 2. x",
            "Paragraph x",
        ]
    );
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>Leaders </w:t></w:r><w:del><w:r><w:delText>do not </w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>know&#33;</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p><w:p><w:r><w:t>whole</w:t><w:br/><w:t>line</w:t></w:r></w:p>\
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>";
    assert_eq!(shown(body), ["Paragraph Leaders know!", "Paragraph one whole/line"]);
}

#[test]
fn notes_follow_their_paragraph_and_headers_are_artifacts() {
    let body = "<w:p><w:r><w:t>the hub</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:t> is, on the 1</w:t></w:r>\
        <w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>st</w:t></w:r></w:p>";
    let document = read(&word(body)).unwrap();
    let texts: Vec<String> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(texts, ["the hub1 is, on the 1st", "1 It is said.", "Westmere"]);
    assert_eq!(document.blocks[0].lines[0].raised, [7..8, 21..23]);
    assert_eq!(document.blocks[1].kind, BlockKind::Note);
    assert_eq!(document.blocks[2].kind, BlockKind::Artifact);
    let wanted = [("title", "A & B"), ("author", "A May")];
    assert_eq!(document.properties, wanted.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn tables_have_cells_and_text_boxes_are_read_once() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", text))
    };
    let rows = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val='2'/>", "a"),
        cell("", "b"),
        cell("", "c"),
        cell("", "d")
    );
    let boxed = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>text</w:t></w:r></w:p>";
    assert_eq!(
        shown(&(rows + boxed)),
        [
            "Cell { table: 0, row: 0, column: 0 } a",
            "Cell { table: 0, row: 0, column: 2 } b",
            "Cell { table: 0, row: 1, column: 0 } c",
            "Cell { table: 0, row: 1, column: 1 } d",
            "Paragraph box",
            "Paragraph text",
        ]
    );
}

#[test]
fn other_formats_are_named() {
    let kind = |bytes: &[u8]| read(bytes).unwrap_err().kind();
    assert_eq!(kind(b"%PDF-1.7"), ReadErrorKind::Mislabelled);
    assert_eq!(kind(b"words"), ReadErrorKind::Mislabelled);
    assert_eq!(kind(&archive(&[("xl/workbook.xml", b"<x/>")])), ReadErrorKind::Mislabelled);
    assert_eq!(kind(&archive(&[("word/styles.xml", b"<x/>")])), ReadErrorKind::Damaged);
    let whole = word(&paragraph("", "text"));
    assert_eq!(kind(&whole[..whole.len() / 2]), ReadErrorKind::Damaged);
    assert_eq!(kind(&word("")), ReadErrorKind::NoText);
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(kind(&[&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &locked].concat()), ReadErrorKind::Encrypted);
}

#[test]
fn a_decompression_bomb_is_refused() {
    let clock = ProcessorClock::start();
    let bomb = archive(&[("word/document.xml", &vec![b' '; 100 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read(&bomb).unwrap_err().kind(), ReadErrorKind::OverBudget);
    assert!(used(clock) < Duration::from_secs(20));
}

#[test]
fn entities_do_not_expand_and_deep_nesting_is_refused() {
    let entities = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><w:document><w:p><w:r><w:t>x&b;</w:t></w:r></w:p></w:document>";
    let document = read(&archive(&[("word/document.xml", entities.as_bytes())])).unwrap();
    assert_eq!(document.blocks[0].text(), "x");
    let deep = word(&"<w:tbl><w:tr><w:tc>".repeat(100_000));
    assert_eq!(read(&deep).unwrap_err().kind(), ReadErrorKind::OverBudget);
}

#[test]
fn keeps_the_contract() {
    let body = item(1, 0, "one") + &paragraph("<w:pStyle w:val='Own'/>", "two");
    crate::contract::check(&Docx, &word(&body));
}
