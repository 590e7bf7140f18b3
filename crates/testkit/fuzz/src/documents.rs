//! Invariants of documents and reports.

use std::path::Path;
use std::time::Duration;

use quotable_read::{Budget, Document, Readers};
use quotable_report::Report;

/// Reads a file and checks the document.
pub(crate) fn read(name: &str, data: &[u8]) -> Option<Document> {
    let mut budget = Budget::default();
    budget.time = Duration::from_secs(5);
    let document = Readers::default().read(Path::new(name), data, &budget).ok()?;
    for block in &document.blocks {
        assert!(!block.lines.is_empty(), "a block without lines");
        for line in &block.lines {
            assert!(!line.text.trim().is_empty(), "a blank line");
            let is_page = |page| (1..=document.pages).contains(&page);
            assert!(line.page.is_none_or(is_page), "page {:?} of {}", line.page, document.pages);
            let is_text = |range: &std::ops::Range<usize>| line.text.get(range.clone()).is_some();
            assert!(line.raised.iter().all(is_text), "a superscript cuts a letter");
        }
    }
    Some(document)
}

/// Checks the invariants of a report.
pub(crate) fn check_report(report: &Report) {
    for (index, section) in report.sections.iter().enumerate() {
        assert!(section.parent.is_none_or(|parent| (parent as usize) < index), "a section before its parent");
    }
    for paragraph in &report.paragraphs {
        let text = &paragraph.text;
        assert!(!text.trim().is_empty() && text.trim() == text, "untrimmed: {text:?}");
        let is_section = |section: u32| (section as usize) < report.sections.len();
        assert!(paragraph.section.is_none_or(is_section), "section {:?}", paragraph.section);
        let end = paragraph.sentences.iter().fold(0, |end, sentence| {
            let follows = sentence.start == end && text.get(sentence.clone()).is_some();
            assert!(follows, "sentences do not tile {text:?}");
            sentence.end
        });
        assert_eq!(end, text.len(), "sentences do not tile {text:?}");
        let page = paragraph.page_at(text.len() / 2);
        assert!(page.is_none_or(|page| page <= report.pages), "page {page:?} of {}", report.pages);
    }
}
