//! Small PDFs whose structure trees, artifacts and annotations say something else than their pages show.

use std::path::Path;

use quotable_read::{BlockKind, Budget, Document, ReadError, Readers};

use crate::hostile::pdf;

/// A line of a page: left edge, baseline from the bottom of the page, and text.
type Printed<'a> = (f32, f32, &'a str);

const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

fn show((x, y, text): Printed<'_>) -> String {
    format!("BT /F 11 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// A PDF of pages with these contents; `page` and `catalogue` are further entries, `objects` are numbered behind them: the
/// catalogue is 1, the pages 2, the font 3, then each page and its content.
fn made(contents: &[String], catalogue: &str, page: &str, objects: &[String]) -> Result<Document, ReadError> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 595 842] >>",
            kids.join(" "),
            kids.len()
        ),
        FONT.to_owned(),
    ];
    for (at, content) in contents.iter().enumerate() {
        all.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> {page} >>",
            5 + 2 * at
        ));
        all.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    all.extend(objects.iter().cloned());
    Readers::default().read(Path::new("a.pdf"), &pdf(&all), &Budget::default())
}

/// A tagged page: each line is marked content, and the elements are objects from 7 on; 6 is the root of the tree, and its
/// kid is 7. Element `N` may name the page as `4 0 R`.
fn tagged(lines: &[Printed<'_>], elements: &[&str]) -> Document {
    let marked =
        |(mcid, line): (usize, &Printed<'_>)| format!("/P <</MCID {mcid}>> BDC {}EMC\n", show(*line));
    let content: String = lines.iter().enumerate().map(marked).collect();
    let mut objects = vec!["<< /Type /StructTreeRoot /K [7 0 R] >>".to_owned()];
    objects.extend(elements.iter().map(|element| (*element).to_owned()));
    made(&[content], "/StructTreeRoot 6 0 R", "", &objects).unwrap()
}

/// A tagged page with one element of type `P` for each entry of `mcids`.
fn paragraphs(lines: &[Printed<'_>], mcids: &[&str]) -> Document {
    let kids: Vec<String> = (0..mcids.len()).map(|at| format!("{} 0 R", 8 + at)).collect();
    let mut elements = vec![format!("<< /S /Sect /K [{}] >>", kids.join(" "))];
    elements.extend(mcids.iter().map(|mcids| format!("<< /S /P /Pg 4 0 R /K [{mcids}] >>")));
    tagged(lines, &elements.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The texts of the blocks that are no artifacts, lines joined by a slash.
fn texts(document: &Document) -> Vec<String> {
    let content = document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact);
    content.map(|block| block.text().replace('\n', "/")).collect()
}

fn codes(document: &Document) -> Vec<&str> {
    document.warnings.iter().map(|warning| warning.code.as_str()).collect()
}

const LONG: [&str; 3] = [
    "Herons stand at the weir of Hartle from the first light on, and nobody who lives",
    "beside the river knows for how long they have done so before. Some of the old",
    "wardens say that they were there when the mill was built.",
];

#[test]
fn elements_of_one_line_each_are_one_paragraph() {
    let lines =
        [(60.0, 700.0, LONG[0]), (60.0, 686.0, LONG[1]), (60.0, 672.0, LONG[2]), (60.0, 646.0, LONG[0])];
    let document = paragraphs(&lines, &["0", "1", "2", "3"]);
    assert!(document.tagged);
    assert_eq!(texts(&document), [LONG.join("/"), LONG[0].to_owned()]);
}

#[test]
fn lines_of_an_address_stay_apart() {
    let lines = [
        (60.0, 700.0, LONG[0]),
        (60.0, 686.0, LONG[1]),
        (60.0, 672.0, LONG[2]),
        (60.0, 646.0, "Hartle House"),
        (60.0, 632.0, "Mill Lane"),
        (60.0, 618.0, "Hartle"),
    ];
    let document = paragraphs(&lines, &["0 1 2", "3", "4", "5"]);
    assert_eq!(texts(&document)[1..], ["Hartle House", "Mill Lane", "Hartle"]);
}

#[test]
fn one_element_of_several_paragraphs_is_cut() {
    let mut lines = Vec::new();
    for (at, line) in LONG.iter().chain(&LONG).enumerate() {
        lines.push((60.0, 700.0 - 14.0 * at as f32 - if at > 2 { 12.0 } else { 0.0 }, *line));
    }
    let document = paragraphs(&lines, &["0 1 2 3 4 5"]);
    assert_eq!(texts(&document), [LONG.join("/"), LONG.join("/")]);
}

#[test]
fn a_tree_in_another_order_than_the_page_is_not_believed() {
    let words =
        ["one", "two", "three", "four", "five", "six"].map(|word| format!("Herons stood at weir {word}."));
    let lines: Vec<Printed<'_>> =
        words.iter().enumerate().map(|(at, text)| (60.0, 700.0 - 40.0 * at as f32, text.as_str())).collect();
    let document = paragraphs(&lines, &["4", "1", "5", "0", "3", "2"]);
    assert_eq!(texts(&document), words);
    assert_eq!(codes(&document), ["structure-not-trusted"]);
    // A box beside the text comes where the tree has it.
    let document = paragraphs(&lines, &["0", "1", "2", "4", "3", "5"]);
    assert_eq!(texts(&document)[3], words[4]);
    assert_eq!(codes(&document), ["structure-order"]);
    let document = paragraphs(&lines, &["0", "1", "2", "3", "4", "5"]);
    assert!(document.tagged && document.warnings.is_empty());
}

#[test]
fn text_in_the_label_and_the_bullet_in_the_body_are_one_item() {
    let lines = [(90.0, 700.0, "Herons stand at the weir."), (72.0, 700.0, "\\225")];
    let list = "<< /S /L /K [8 0 R] >>";
    let item = "<< /S /LI /K [9 0 R 10 0 R] >>";
    for [label, body, last] in [
        ["<< /S /Lbl /Pg 4 0 R /K [0] >>", "<< /S /LBody /Pg 4 0 R /K [1] >>", "<< /S /P >>"],
        ["<< /S /Lbl /Pg 4 0 R /K [0] >>", "<< /S /LBody /K [11 0 R] >>", "<< /S /P /Pg 4 0 R /K [1] >>"],
        ["<< /S /Lbl /K [11 0 R] >>", "<< /S /LBody /Pg 4 0 R /K [0] >>", "<< /S /P /Pg 4 0 R /K [1] >>"],
    ] {
        let document = tagged(&lines, &[list, item, label, body, last]);
        let words: Vec<String> = texts(&document)
            .iter()
            .map(|text| text.split(['/', ' ']).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(words, ["• Herons stand at the weir."], "{label} {body}");
    }
}

#[test]
fn words_in_the_middle_of_a_line_belong_to_its_paragraph() {
    // The tree gives words of the first paragraph to the second one, as if they were its label.
    let lines = [
        (60.0, 700.0, "Herons stand at the"),
        (159.0, 700.0, "weir of"),
        (194.5, 700.0, "Hartle from the"),
        (60.0, 686.0, "first light on."),
        (60.0, 640.0, "Nobody knows for how long they have."),
    ];
    let document = paragraphs(&lines, &["0 2 3", "1 4"]);
    assert_eq!(texts(&document), ["Herons stand at the weir of Hartle from the/first light on.", lines[4].2]);
    // Nor does it matter whether a paragraph ends its line with them.
    let document = paragraphs(&[lines[0], lines[1], lines[3], lines[4]], &["0 2", "1 3"]);
    assert_eq!(texts(&document), ["Herons stand at the weir of/first light on.", lines[4].2]);
    // A cell between two parts of another line stays where it is.
    let cells = [(60.0, 700.0, "Herons"), (259.0, 700.0, "Twelve"), (394.5, 700.0, "Weirs"), lines[4]];
    let document = paragraphs(&cells, &["0 2", "1", "3"]);
    assert_eq!(document.blocks[1].text(), "Twelve");
}

/// A page all of which is marked as an artifact.
fn artifact(lines: &[Printed<'_>]) -> String {
    format!("/Artifact BMC {}EMC", lines.iter().map(|line| show(*line)).collect::<String>())
}

#[test]
fn a_page_that_is_marked_as_an_artifact_is_text() {
    let document = made(&[artifact(&[(60.0, 700.0, LONG[0])])], "", "", &[]).unwrap();
    assert_eq!(texts(&document), [LONG[0]]);
    assert_eq!(codes(&document), ["text-marked-as-artifact"]);

    let head = (60.0, 800.0, "The marsh of Hartle");
    let page = |text: &str| format!("/Artifact BMC {}EMC {}", show(head), show((60.0, 700.0, text)));
    let marked = artifact(&[head, (60.0, 700.0, LONG[1]), (300.0, 40.0, "3")]);
    let document = made(&[page(LONG[0]), page(LONG[2]), marked], "", "", &[]).unwrap();
    assert_eq!(texts(&document), [LONG[0], LONG[2], LONG[1]]);
    assert_eq!(document.warnings[0].page, Some(3));
    // A page of furniture is empty.
    let document = made(&[page(LONG[0]), artifact(&[head])], "", "", &[]).unwrap();
    assert_eq!(texts(&document), [LONG[0]]);
}

#[test]
fn pages_without_text_are_named_and_the_others_read() {
    let picture = "0.5 g 0 0 595 842 re f".to_owned();
    let mut pages = vec![picture.clone(); 12];
    pages[3] = show((60.0, 700.0, "Nineteen letters at"));
    let document = made(&pages, "", "", &[]).unwrap();
    assert_eq!(texts(&document), ["Nineteen letters at"]);
    let message = &document.warnings[0].message;
    assert!(message.starts_with("pages 1 to 3 and 5 to 12 hold no text"), "{message}");
    assert_eq!(document.warnings.len(), 1);
    assert!(made(&[picture], "", "", &[]).is_err());
}

/// A page with two printed lines and annotations, which are objects from 6 on.
fn with_annotations(annotations: &[&str]) -> Document {
    let content = show((60.0, 700.0, "Name of the home")) + &show((60.0, 640.0, "Herons stand at the weir."));
    let refs: Vec<String> = (0..annotations.len()).map(|at| format!("{} 0 R", 6 + at)).collect();
    let objects: Vec<String> = annotations.iter().map(|annotation| (*annotation).to_owned()).collect();
    made(&[content], "", &format!("/Annots [{}]", refs.join(" ")), &objects).unwrap()
}

#[test]
fn values_typed_into_forms_are_text() {
    let field = "<< /Subtype /Widget /FT /Tx /T (a) /Rect [60 660 360 680] /V (The \\220Old\\220 Mill) >>";
    let home = "The ’Old’ Mill";
    assert_eq!(texts(&with_annotations(&[field])), ["Name of the home", home, "Herons stand at the weir."]);
    // The value is that of the field above; on a second page, or in a second place, it is not said again.
    let widget = "<< /Subtype /Widget /Rect [200 695 360 712] /Parent 8 0 R >>";
    let again = "<< /Subtype /Widget /Rect [200 600 360 612] /Parent 8 0 R >>";
    let above = "<< /FT /Tx /T (a) /V <FEFF201CD83DDC1F201D> >>";
    let document = with_annotations(&[widget, again, above]);
    assert_eq!(texts(&document), ["Name of the home", "“🐟”", "Herons stand at the weir.",]);
    let choice =
        "<< /Subtype /Widget /FT /Ch /Rect [60 660 360 680] /V (2) /Opt [[(1) (Good)] [(2) (Poor)]] >>";
    assert_eq!(texts(&with_annotations(&[choice]))[1], "Poor");
}

/// A widget of a field with a box: left edge and bottom from the bottom of the page, its flags and state.
fn tick_box(left: u32, bottom: u32, flags: u32, state: &str) -> String {
    let (right, top) = (left + 10, bottom + 10);
    format!("<< /Subtype /Widget /FT /Btn /Ff {flags} /Rect [{left} {bottom} {right} {top}] /AS /{state} >>")
}

#[test]
fn boxes_are_signs_beside_their_words() {
    let content = show((60.0, 700.0, "Were herons seen?"))
        + &show((80.0, 680.0, "At the weir of the mill"))
        + &show((80.0, 660.0, "Nowhere on this day"))
        + &show((60.0, 620.0, "Send it"));
    let boxes =
        [tick_box(69, 678, 0, "Yes"), tick_box(64, 658, 0, "Off"), tick_box(110, 618, 1 << 16, "Yes")];
    let document = made(&[content], "", "/Annots [6 0 R 7 0 R 8 0 R]", &boxes).unwrap();
    let text = texts(&document).join("/");
    assert!(text.contains("☒ At the weir of the mill/☐ Nowhere on this day"), "{text}");
    assert!(text.ends_with("Send it"), "{text}");
    assert!(document.warnings.is_empty());
    // Behind the words, with the state of a radio button that a field above makes one.
    let content = show((60.0, 700.0, "Herons seen")) + &show((60.0, 640.0, "Herons stand at the weir."));
    let radio = "<< /Subtype /Widget /Parent 7 0 R /Rect [130 698 140 708] /AS /1 >>".to_owned();
    let above = format!("<< /FT /Btn /Ff {} >>", 1 << 15);
    let document = made(&[content], "", "/Annots [6 0 R]", &[radio, above]).unwrap();
    assert_eq!(texts(&document), ["Herons seen ☒", "Herons stand at the weir."]);
    // A page that prints the sign has it once.
    let content = show((60.0, 700.0, "x Herons seen")) + &show((60.0, 640.0, "Herons stand at the weir."));
    let printed = made(&[content], "", "/Annots [6 0 R]", &[tick_box(58, 698, 0, "Yes")]).unwrap();
    assert_eq!(texts(&printed)[0], "x Herons seen");
}

#[test]
fn typed_annotations_are_text_and_comments_are_named() {
    let typed = "<< /Subtype /FreeText /Rect [60 650 360 680] /Contents (They were\\rcounted.) >>";
    assert_eq!(texts(&with_annotations(&[typed]))[1], "They were/counted.");
    let note = "<< /Subtype /Text /Rect [60 660 80 680] /Contents (Is that so?) >>";
    let document = with_annotations(&[note]);
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(codes(&document), ["comments-not-read"]);
    let hidden = "<< /Subtype /FreeText /F 2 /Rect [60 650 360 680] /Contents (Secret) >>";
    let printed = "<< /Subtype /FreeText /Rect [58 695 360 715] /Contents (Name of the home) >>";
    let password = "<< /Subtype /Widget /FT /Tx /Ff 8192 /Rect [60 660 360 680] /V (heron) >>";
    let link = "<< /Subtype /Link /Rect [60 660 360 680] /Contents (A link) >>";
    let document = with_annotations(&[hidden, printed, password, link]);
    assert_eq!(document.blocks.len(), 2);
    assert!(document.warnings.is_empty());
}

#[test]
fn a_form_whose_values_are_apart_from_its_pages_is_named() {
    let content = show((60.0, 700.0, "Name of the home"));
    let form = "<< /Fields [] /XFA [(template) 7 0 R] >>".to_owned();
    let parts = "<< /Length 7 >>\nstream\n<a></a>\nendstream".to_owned();
    let read = |form: &str| {
        let objects = [form.to_owned(), parts.clone()];
        made(std::slice::from_ref(&content), "/AcroForm 6 0 R", "", &objects).unwrap()
    };
    assert_eq!(codes(&read(&form)), ["form-not-read"]);
    assert!(read("<< /Fields [] >>").warnings.is_empty());
}

#[test]
fn a_file_whose_first_line_is_lost_is_read() {
    let whole = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        FONT.to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>".to_owned(),
        format!("<< /Length 60 >>\nstream\n{:60}\nendstream", show((60.0, 700.0, "Herons stood."))),
    ]);
    let objects = whole.windows(7).position(|window| window == b"1 0 obj").unwrap();
    let document =
        Readers::default().read(Path::new("a.pdf"), &whole[objects..], &Budget::default()).unwrap();
    assert_eq!(texts(&document), ["Herons stood."]);
    let text = b"Herons, 1 0 objections.";
    let error = Readers::default().read(Path::new("a.pdf"), text, &Budget::default()).unwrap_err();
    assert_eq!(error.kind(), quotable_read::ReadErrorKind::Mislabelled);
}

#[test]
fn fields_between_labels_cut_no_sentence() {
    let content = show((60.0, 700.0, "Wardens saw"))
        + &show((200.0, 700.0, "herons at the weir of Hartle on"))
        + &show((60.0, 686.0, "the first day of the year."));
    let field = "<< /Subtype /Widget /FT /Tx /Rect [125 696 195 712] /V (twelve) >>".to_owned();
    let document = made(&[content], "", "/Annots [6 0 R]", &[field]).unwrap();
    assert!(texts(&document).contains(&"twelve".to_owned()));
}
