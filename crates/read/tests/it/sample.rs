//! Blocks of the sample corpus against goldens that a person checked.

use std::fmt::Write;
use std::path::Path;

use quotable_read::{Budget, Document, Pdf, Reader, Readers};

use crate::sample;

fn read(name: &str) -> Document {
    Readers::default().read(Path::new(name), &sample(name), &Budget::default()).unwrap()
}

/// The blocks for people: kind and page, then the lines.
fn shown(document: &Document) -> String {
    let mut shown = format!("{} pages, tagged: {}\n", document.pages, document.tagged);
    for warning in &document.warnings {
        writeln!(shown, "warning: {}", warning.message).unwrap();
    }
    for block in &document.blocks {
        let page = block.page().map_or(String::new(), |page| format!(", page {page}"));
        writeln!(shown, "{:?}{page}", block.kind).unwrap();
        for line in &block.lines {
            writeln!(shown, "    {}", line.text).unwrap();
        }
    }
    shown
}

#[track_caller]
fn golden(name: &str, document: &Document) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../corpus/expected/blocks");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown(document)));
}

#[test]
fn a_tagged_pdf_is_read_by_its_structure_tree() {
    let document = read("9900021_tarnbeck/children's services inspection - 19 june 2023.pdf");
    assert!(document.tagged);
    golden("tarnbeck-2023.pdf", &document);
}

#[test]
fn an_untagged_pdf_is_read_by_its_layout() {
    let document = read("9900067_thornmere/children's services inspection - 21 august 2015.pdf");
    assert!(!document.tagged);
    golden("thornmere-2015.pdf", &document);
}

#[test]
fn wrapped_text_is_joined_by_its_line_lengths() {
    golden("kelderby-2017.txt", &read("9900079_kelderby/children's services inspection - 13 april 2017.txt"));
}

#[test]
fn pasted_text_is_read_line_by_line() {
    golden(
        "kelderby-2021.txt",
        &read("9900079_kelderby/children's services inspection - 08 december 2021.txt"),
    );
}

#[test]
fn a_web_page_is_read_without_its_menus() {
    golden(
        "aldermoor-2023.html",
        &read("9900083_aldermoor/children's services inspection - 27 november 2023.html"),
    );
}

#[test]
fn markdown_is_read_with_list_numbers() {
    golden("kelderby-2026.md", &read("9900079_kelderby/children's services inspection - 10 august 2026.md"));
}

#[test]
fn a_word_file_is_read_by_its_styles() {
    golden(
        "marlbridge-2019.docx",
        &read("9900096_marlbridge/children's services inspection - 14 june 2019.docx"),
    );
}

#[test]
fn articles_in_the_formats_of_editors_are_read() {
    for name in
        ["book.epub", "clipboard.txt", "letter.odt", "mail.eml", "note.rtf", "page.html", "page.mhtml"]
    {
        let bytes = std::fs::read(crate::corpus().join("inputs").join(name)).unwrap();
        let document = Readers::default().read(Path::new(name), &bytes, &Budget::default()).unwrap();
        golden(&format!("inputs-{name}"), &document);
    }
}

#[test]
fn tree_and_layout_find_the_same_words() {
    let bytes = sample("9900048_wyreham/children's services inspection - 12 may 2025.pdf");
    let words = |reader: Pdf| {
        let document = reader.read(&bytes, &Budget::default()).unwrap();
        let text: Vec<String> = document.blocks.iter().map(|block| block.text()).collect();
        let mut words: Vec<String> = text.join(" ").split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(words(Pdf::default()), words(Pdf::by_layout()));
}
