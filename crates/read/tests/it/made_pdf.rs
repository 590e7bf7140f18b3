//! Small PDFs, each with one trait of a producer's files.

use std::path::Path;

use quotable_read::{BlockKind, Budget, Document, Readers};

use crate::hostile::pdf;

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A PDF of one page with its content stream, font `F` and further objects, which are numbered from 6.
fn made(catalogue: &str, content: &str, font: &str, objects: &[String]) -> Document {
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        stream(content),
        font.to_owned(),
    ];
    all.extend(objects.iter().cloned());
    Readers::default().read(Path::new("a.pdf"), &pdf(&all), &Budget::default()).unwrap()
}

const HELVETICA: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// Text shown at a place: left edge and baseline from the bottom of the page, in points.
fn show(x: f32, y: f32, text: &str) -> String {
    format!("BT /F 11 Tf {x} {y} Td ({text}) Tj ET\n")
}

fn texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(|block| block.text()).collect()
}

/// A page with marked content `parts`, in this order in the stream. `elements` are objects from 7 on; 6 is the tree's
/// root, and its kid is 7.
fn tagged(parts: &[&str], elements: &[&str]) -> Document {
    let mut content = String::new();
    let mut x = 70.0;
    for (mcid, part) in parts.iter().enumerate() {
        // A part marked with `<` stands left of all before it.
        let (at, part) = part.strip_prefix('<').map_or((x, *part), |part| (50.0, part));
        content += &format!("/P <</MCID {mcid}>> BDC {}EMC\n", show(at, 700.0, part));
        // About the width of the part.
        x += part.len() as f32 * 5.2;
    }
    let mut objects = vec!["<< /Type /StructTreeRoot /K [7 0 R] >>".to_owned()];
    objects.extend(elements.iter().map(|element| (*element).to_owned()));
    made("/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R", &content, HELVETICA, &objects)
}

#[test]
fn a_bullet_tagged_as_body_comes_before_the_letters_tagged_as_label() {
    for (bullet, shown) in [("\\225 ", "•"), ("- ", "-")] {
        let item = [
            "<< /S /L /K [8 0 R] >>",
            "<< /S /LI /K [9 0 R 10 0 R] >>",
            "<< /S /Lbl /Pg 3 0 R /K [1] >>",
            "<< /S /LBody /Pg 3 0 R /K [0 2] >>",
        ];
        let document = tagged(&[bullet, "r", "educe the time that herons wait"], &item);
        assert!(document.tagged);
        assert_eq!(document.blocks.len(), 1);
        assert_eq!(document.blocks[0].kind, BlockKind::Item { depth: 0 });
        let words: Vec<&str> = document.blocks[0].lines[0].text.split_whitespace().collect();
        assert_eq!(words.join(" "), format!("{shown} reduce the time that herons wait"));
    }
}

#[test]
fn a_label_before_its_body_keeps_the_order_of_the_tree() {
    let item = [
        "<< /S /L /K [8 0 R] >>",
        "<< /S /LI /K [9 0 R 10 0 R] >>",
        "<< /S /Lbl /Pg 3 0 R /K [1] >>",
        "<< /S /LBody /Pg 3 0 R /K [2 0] >>",
    ];
    let document = tagged(&[" of the marsh", "<12.", " Herons that stand "], &item);
    assert_eq!(texts(&document).join("/").split_whitespace().next(), Some("12."));
}

#[test]
fn the_words_of_a_tagged_paragraph_are_read_from_left_to_right() {
    // About as wide as the words in Helvetica, with a space.
    let words = [(70.0, "Herons"), (107.0, "stand"), (137.0, "at"), (149.0, "the"), (167.0, "weir.")];
    let drawn: String = words.iter().rev().map(|(x, word)| show(*x, 700.0, word)).collect();
    let content = format!("/P <</MCID 0>> BDC {drawn}EMC");
    let objects =
        ["<< /Type /StructTreeRoot /K [7 0 R] >>".to_owned(), "<< /S /P /Pg 3 0 R /K [0] >>".to_owned()];
    let document = made("/StructTreeRoot 6 0 R", &content, HELVETICA, &objects);
    assert!(document.tagged);
    assert_eq!(texts(&document), ["Herons stand at the weir."]);
}

/// The texts of an untagged page.
fn untagged(content: &str) -> Vec<String> {
    texts(&made("", content, HELVETICA, &[]))
}

#[test]
fn text_drawn_twice_in_one_place_is_read_once() {
    let by_word = ["Wellbeing ", "of ", "all ", "the herons"].iter().zip([70.0, 124.0, 137.0, 153.0]);
    let by_word: String =
        by_word.map(|(word, x)| show(x, 700.0, word) + &show(x + 0.2, 700.0, word)).collect();
    assert_eq!(untagged(&by_word), ["Wellbeing of all the herons"]);
    let line = "Wellbeing of all the herons";
    let by_line = show(70.0, 700.0, line) + &show(70.4, 700.3, line);
    assert_eq!(untagged(&by_line), [line]);
    // The second drawing of a first part comes after the first drawing of the whole.
    let crossed =
        show(70.0, 700.0, "Wellbeing of") + &show(70.0, 700.0, line) + &show(70.3, 700.0, "Wellbeing of");
    assert_eq!(untagged(&crossed), [line]);
    let outlined = format!("2 Tr {}", show(70.0, 700.0, line));
    assert_eq!(untagged(&outlined), [line]);
    let shadow = format!("BT /F 30 Tf 71.5 698.5 Td ({line}) Tj ET BT /F 30 Tf 70 700 Td ({line}) Tj ET");
    assert_eq!(untagged(&shadow), [line]);
}

#[test]
fn letters_beside_each_other_are_never_one() {
    let line = "Millions: 1,111,111 iillll.......... fill --- hurray";
    assert_eq!(untagged(&show(70.0, 700.0, line)), [line]);
    // Set tight, by a third of the width of an l.
    assert_eq!(untagged(&format!("-0.8 Tc {}", show(70.0, 700.0, line))), [line]);
    let twice = show(70.0, 700.0, "The herons stood there") + &show(70.0, 680.0, "The herons stood there");
    assert_eq!(untagged(&twice), ["The herons stood there\nThe herons stood there"]);
}

#[test]
fn of_text_drawn_twice_the_tagged_one_is_kept() {
    let line = "Wellbeing of all the herons in the marsh";
    let shown = show(70.0, 700.0, line);
    let content = format!("/Artifact BMC {shown}EMC /P <</MCID 0>> BDC {shown}EMC /Artifact BMC {shown}EMC");
    let objects =
        ["<< /Type /StructTreeRoot /K [7 0 R] >>".to_owned(), "<< /S /H1 /Pg 3 0 R /K [0] >>".to_owned()];
    let document = made("/StructTreeRoot 6 0 R", &content, HELVETICA, &objects);
    assert_eq!(texts(&document), [line]);
    assert_eq!(document.blocks[0].kind, BlockKind::Heading { level: 1 });
}

/// A TrueType program of 256 empty glyphs. Its table for Mac OS maps each of `codes` to a glyph, in order.
fn true_type(codes: &[u8]) -> Vec<u8> {
    let mut mac = vec![0, 0, 1, 6, 0, 0];
    mac.extend((0..=255).map(|code| codes.iter().position(|of| *of == code).map_or(0, |at| at as u8 + 1)));
    let mut cmap = vec![0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 12];
    cmap.extend(mac);
    let mut head = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5F, 0x0F, 0x3C, 0xF5, 0, 0, 0x03, 0xE8];
    head.resize(54, 0);
    let mut hhea = vec![0, 1, 0, 0, 3, 0, 1, 0];
    hhea.resize(34, 0);
    hhea.extend([0, 1]);
    let mut maxp = vec![0, 1, 0, 0, 1, 0];
    maxp.resize(32, 0);
    let mut hmtx = vec![0x01, 0xF4, 0, 0];
    hmtx.resize(4 + 255 * 2, 0);
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"cmap", cmap),
        (b"glyf", vec![0; 4]),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", vec![0; 257 * 2]),
        (b"maxp", maxp),
    ];
    let mut program = vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 64, 0, 2, 0, 48];
    let mut offset = program.len() + 16 * tables.len();
    for (tag, table) in &tables {
        program.extend(*tag);
        for number in [0, offset, table.len()] {
            program.extend((number as u32).to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, mut table) in tables {
        table.resize(table.len().next_multiple_of(4), 0);
        program.extend(table);
    }
    program
}

/// The text of a page in a TrueType font that declares no encoding.
fn without_encoding(embedded: Option<&[u8]>, name: &str, text: &str) -> String {
    let font = format!("<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FontDescriptor 6 0 R >>");
    let file = if embedded.is_some() { "/FontFile2 7 0 R" } else { "" };
    let mut objects = vec![format!("<< /Type /FontDescriptor /FontName /{name} /Flags 4 {file} >>")];
    if let Some(codes) = embedded {
        let program: String = true_type(codes).iter().map(|byte| format!("{byte:02X}")).collect();
        objects.push(format!(
            "<< /Filter /ASCIIHexDecode /Length {} >>\nstream\n{program}>\nendstream",
            program.len() + 1
        ));
    }
    texts(&made("", &show(70.0, 700.0, text), &font, &objects)).join("\n")
}

#[test]
fn codes_of_a_font_without_encoding_are_those_of_windows() {
    let text = "\\223The board\\222s \\221own\\222 herons\\224 \\226 24\\260 \\2435";
    let read = "“The board’s ‘own’ herons” – 24° £5";
    let codes: Vec<u8> = (0x20..=0x7E).chain(0x91..=0x97).chain(0xA0..=0xC0).collect();
    assert_eq!(without_encoding(Some(&codes), "ABCDEF+Minion", text), read);
    assert_eq!(without_encoding(None, "TimesNewRoman", &text.replace("\\260", "")), read.replace('°', ""));
}

#[test]
fn codes_of_a_font_of_mac_os_are_those_of_mac_os() {
    let codes: Vec<u8> = (0x20..=0x7E).chain(0xD0..=0xD5).collect();
    let text = "\\322The board\\325s \\324own\\325 herons\\323 \\320 none";
    assert_eq!(without_encoding(Some(&codes), "ABCDEF+Minion", text), "“The board’s ‘own’ herons” – none");
}

#[test]
fn declared_codes_are_kept() {
    let font =
        "<< /Type /Font /Subtype /TrueType /BaseFont /Arial /Encoding << /Differences [146 /Oslash] >> >>";
    let document = made("", &show(70.0, 700.0, "The herons of \\222stby stood there"), font, &[]);
    assert_eq!(texts(&document), ["The herons of Østby stood there"]);
}

#[test]
fn each_font_of_a_line_reads_its_own_codes() {
    let font =
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [97 /x /y /z] >> >>";
    let page =
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R /G 6 0 R >> >> >>";
    let all = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        page.to_owned(),
        stream("BT 70 700 Td /F 11 Tf (abcab) Tj /G 11 Tf (abcab) Tj /F 11 Tf (abcab) Tj ET"),
        HELVETICA.to_owned(),
        font.to_owned(),
    ];
    let document = Readers::default().read(Path::new("a.pdf"), &pdf(&all), &Budget::default()).unwrap();
    assert_eq!(texts(&document), ["abcabxyzxyabcab"]);
}

#[test]
fn codes_of_two_bytes_are_told_apart_by_both() {
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Heron /Encoding /Identity-H /DescendantFonts [6 0 R] \
                /ToUnicode 7 0 R >>";
    let objects = [
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Heron /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /DW 500 >>"
            .to_owned(),
        stream(
            "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0041> <0065> <0141> <0067> \
             endbfchar endcmap",
        ),
    ];
    let content = "BT /F 11 Tf 70 700 Td <00410141014100410141> Tj ET";
    assert_eq!(texts(&made("", content, font, &objects)), ["eggeg"]);
}

#[test]
fn a_letter_is_read_where_the_same_one_is_cut_off_before_it() {
    // The first word stands left of the page, and the second 132 points right of its end.
    assert_eq!(untagged("BT /F 11 Tf -60 700 Td [(heron) -12000 (heron)] TJ ET"), ["heron"]);
}

/// Rows of cells: baselines from the bottom of the page, with left edges and texts.
fn rows(rows: &[(f32, &[(f32, &str)])]) -> String {
    rows.iter().flat_map(|(y, cells)| cells.iter().map(|(x, text)| show(*x, *y, text))).collect()
}

#[test]
fn numbers_that_hang_in_the_margin_are_labels() {
    let page = rows(&[
        (700.0, &[(70.0, "1.8.4"), (120.0, "Herons stood at the weir, and the board did not know")]),
        (687.0, &[(120.0, "how many there were.")]),
        (674.0, &[(70.0, "1.8.5"), (120.0, "Nobody had counted them since the spring, as far as")]),
        (661.0, &[(120.0, "the wardens could tell.")]),
        (648.0, &[(70.0, "(viii)"), (120.0, "None was ringed.")]),
    ]);
    assert_eq!(
        untagged(&page),
        [
            "1.8.4 Herons stood at the weir, and the board did not know\nhow many there were.",
            "1.8.5 Nobody had counted them since the spring, as far as\nthe wardens could tell.",
            "(viii) None was ringed.",
        ]
    );
}

#[test]
fn numbers_drawn_after_their_paragraphs_are_labels() {
    let page = rows(&[
        (700.0, &[(120.0, "Herons stood at the weir.")]),
        (680.0, &[(120.0, "Nobody had counted them.")]),
        (700.0, &[(70.0, "1.8.4")]),
        (680.0, &[(70.0, "1.8.5")]),
    ]);
    assert_eq!(untagged(&page), ["1.8.4 Herons stood at the weir.", "1.8.5 Nobody had counted them."]);
}

#[test]
fn numbers_in_a_table_of_several_columns_are_cells() {
    let page = rows(&[
        (700.0, &[(70.0, "1.8.4"), (160.0, "Herons at the weir"), (400.0, "Twelve")]),
        (680.0, &[(70.0, "1.8.5"), (160.0, "Otters at the weir"), (400.0, "None")]),
        (660.0, &[(70.0, "25.75"), (160.0, "12.25"), (400.0, "38.10")]),
    ]);
    let cells = untagged(&page);
    assert_eq!(cells.len(), 9, "{cells:?}");
    assert_eq!(cells[0], "1.8.4");
}

#[test]
fn text_that_is_turned_is_read_in_lines() {
    // Up the page, down the page, and upside down: the places of two lines.
    for [first, second] in [
        ["0 1 -1 0 300 100", "0 1 -1 0 314 100"],
        ["0 -1 1 0 300 700", "0 -1 1 0 286 700"],
        ["-1 0 0 -1 500 300", "-1 0 0 -1 500 314"],
    ] {
        let content = format!(
            "BT /F 11 Tf {first} Tm (Herons stood at the weir, and the board did) Tj ET \
             BT /F 11 Tf {second} Tm (not know how many.) Tj ET"
        );
        assert_eq!(
            untagged(&content),
            ["Herons stood at the weir, and the board did\nnot know how many."],
            "{first}"
        );
    }
}

#[test]
fn a_slanting_watermark_parts_no_paragraph() {
    let page = show(70.0, 700.0, "Herons stood at the weir, and the board did")
        + "BT /F 60 Tf 0.7 0.7 -0.7 0.7 200 400 Tm (DRAFT) Tj ET\n"
        + &show(70.0, 687.0, "not know how many.");
    let document = made("", &page, HELVETICA, &[]);
    let content = document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact);
    let texts: Vec<String> = content.map(|block| block.text()).collect();
    assert_eq!(texts, ["Herons stood at the weir, and the board did\nnot know how many."]);
}

#[test]
fn the_words_of_a_box_and_of_a_figure_are_text() {
    let kinds = |words: &str, inner: &str| {
        let elements = [
            "<< /S /Sect /K [8 0 R 9 0 R] >>",
            "<< /S /P /Pg 3 0 R /K [0] >>",
            inner,
            "<< /S /P /Pg 3 0 R /K [1] >>",
        ];
        let document = tagged(&["Herons stood at the weir. ", words], &elements);
        document.blocks.iter().map(|block| (block.kind, block.text())).collect::<Vec<_>>()
    };
    let boxed = kinds("A box on herons.", "<< /S /Figure /K [10 0 R] >>");
    assert_eq!(boxed[1], (BlockKind::Paragraph, "A box on herons.".to_owned()));
    let figure = "<< /S /Figure /Pg 3 0 R /K [1] >>";
    assert_eq!(kinds("A box on herons.", figure)[1], (BlockKind::Paragraph, "A box on herons.".to_owned()));
    assert_eq!(kinds("20 40 60", figure)[1].0, BlockKind::Figure);
}
