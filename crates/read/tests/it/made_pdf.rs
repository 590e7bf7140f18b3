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
        content += &format!("/P <</MCID {mcid}>> BDC {}EMC\n", show(x, 700.0, part));
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
    let document = tagged(&[" of the marsh", "12.", " Herons that stand "], &item);
    assert_eq!(texts(&document).join("/").split_whitespace().next(), Some("12."));
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
    let crossed = show(70.0, 700.0, "Wellbeing of") + &show(70.0, 700.0, line) + &show(70.3, 700.0, "Wellbeing of");
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
