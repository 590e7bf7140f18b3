use quotable_testkit::zip_archive as zip;

use super::*;

const STYLES: &str = "<s><style:style style:name='Quotations'/><text:outline-style><text:outline-level-style text:level='1' style:num-format='1' style:num-suffix='.'/></text:outline-style><text:list-style style:name='N'><text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/><text:list-level-style-number text:level='2' style:num-format='a' text:display-levels='2' style:num-prefix='('  style:num-suffix=')'/></text:list-style><text:list-style style:name='B'><text:list-level-style-bullet text:level='1' text:bullet-char='-'/></text:list-style><office:master-styles><style:master-page><style:header><text:p>Running head</text:p></style:header></style:master-page></office:master-styles></s>";

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<c><office:automatic-styles><style:style style:name='P1' style:parent-style-name='Quotations'/><style:style style:name='T1'><style:text-properties style:text-position='super 58%'/></style:style><style:style style:name='T2'><style:text-properties text:display='none'/></style:style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></c>"
    );
    let meta = b"<m><office:meta><dc:title>Plans</dc:title><meta:initial-creator>Jo</meta:initial-creator></office:meta></m>";
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", STYLES.as_bytes()),
        ("meta.xml", meta),
    ])
}

fn read(body: &str) -> Document {
    Odt.read(&odt(body), &Budget::default()).unwrap()
}

fn shown(body: &str) -> Vec<(BlockKind, String)> {
    read(body).blocks.iter().map(|block| (block.kind, block.text().replace('\n', "/"))).collect()
}

#[test]
fn paragraphs_lists_and_notes_are_read() {
    let body = "<text:tracked-changes><text:p>Old.</text:p></text:tracked-changes><text:h text:outline-level='1'>Leaders</text:h>\
        <text:p>They <text:s text:c='3'/>are<text:tab/>new<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Since May.</text:p><text:p>Or June.</text:p></text:note-body></text:note>, x<text:span text:style-name='T1'>2</text:span><text:span text:style-name='T2'>hidden</text:span><office:annotation><dc:creator>Jo</dc:creator><text:p>Why?</text:p></office:annotation>.<text:line-break/>Still.</text:p>\
        <text:list text:style-name='N'><text:list-item><text:p>One</text:p><text:p>more</text:p><text:list><text:list-item><text:p>Deep</text:p></text:list-item></text:list></text:list-item></text:list>\
        <text:p>Between</text:p>\
        <text:list text:style-name='N' text:continue-numbering='true'><text:list-item><text:p>Two</text:p></text:list-item></text:list>\
        <text:list text:style-name='B'><text:list-item><text:p>Dot</text:p></text:list-item></text:list>\
        <text:p text:style-name='P1'>Slow.</text:p><text:h text:outline-level='1'><text:number>7.</text:number>Homes</text:h>\
        <text:p>A <draw:frame><svg:title>alt</svg:title><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>picture.</text:p>";
    let expected = [
        (BlockKind::Heading { level: 1 }, "1. Leaders"),
        (BlockKind::Paragraph, "They are new1, x2./Still."),
        (BlockKind::Note, "1 Since May."),
        (BlockKind::Note, "Or June."),
        (BlockKind::Item { depth: 0 }, "1. One"),
        (BlockKind::Paragraph, "more"),
        (BlockKind::Item { depth: 1 }, "(1.a) Deep"),
        (BlockKind::Paragraph, "Between"),
        (BlockKind::Item { depth: 0 }, "2. Two"),
        (BlockKind::Item { depth: 0 }, "• Dot"),
        (BlockKind::Quote, "Slow."),
        (BlockKind::Heading { level: 1 }, "7. Homes"),
        (BlockKind::Paragraph, "In a box."),
        (BlockKind::Paragraph, "A picture."),
        (BlockKind::Artifact, "Running head"),
    ];
    assert_eq!(shown(body), expected.map(|(kind, text)| (kind, text.to_owned())));
    let document = read(body);
    assert_eq!(
        document.properties,
        [("title", "Plans"), ("author", "Jo")].map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
    assert_eq!(document.blocks[1].lines[0].raised.len(), 2);
}

#[test]
fn cells_keep_their_columns() {
    let body = "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Wide</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated='16000'><text:p>c</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table><text:p>After.</text:p>";
    let cell = |row, column| BlockKind::Cell { table: 0, row, column };
    let kinds: Vec<BlockKind> = shown(body).into_iter().map(|(kind, _)| kind).take(4).collect();
    assert_eq!(kinds, [cell(0, 0), cell(0, 2), cell(1, 1), BlockKind::Paragraph]);
}

#[test]
fn flat_files_are_read() {
    let flat = format!(
        "<?xml version='1.0'?><office:document><office:meta><dc:title>T</dc:title></office:meta>{STYLES}<office:body><office:text><text:p>Plans drift.</text:p></office:text></office:body></office:document>"
    );
    let document = Odt.read(flat.as_bytes(), &Budget::default()).unwrap();
    let texts: Vec<String> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(texts, ["Plans drift.", "Running head"]);
    assert_eq!(document.properties[0].1, "T");
}

#[test]
fn other_contents_are_named() {
    let kind = |bytes: &[u8]| Odt.read(bytes, &Budget::default()).unwrap_err().kind();
    assert_eq!(kind(&odt("")), ReadErrorKind::NoText);
    assert_eq!(kind(b"{\\rtf1 }"), ReadErrorKind::Mislabelled);
    let sheet = zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    assert_eq!(kind(&sheet), ReadErrorKind::Mislabelled);
    assert_eq!(kind(&zip(&[("word/document.xml", b"")])), ReadErrorKind::Mislabelled);
    let locked = zip(&[("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("content.xml", b"")]);
    assert_eq!(kind(&locked), ReadErrorKind::Encrypted);
}

#[test]
fn keeps_the_contract() {
    crate::contract::check(
        &Odt,
        &odt(
            "<text:p>Plans drift.</text:p><text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>",
        ),
    );
}
