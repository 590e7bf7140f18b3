//! Text that a program for optical character recognition (OCR) read from pictures of pages.

use serde::{Deserialize, Serialize};

use crate::block::{Block, BlockKind, Line};
use crate::document::{Document, Warning};
use crate::number_words::page_ranges;

/// The text of one page, as it was recognised in the picture of the page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RecognisedPage {
    /// One-based.
    pub number: u32,
    /// The lines of each paragraph, in reading order. Empty if the picture holds no text.
    pub paragraphs: Vec<Vec<Line>>,
}

impl RecognisedPage {
    /// The text of a page, by paragraphs of lines.
    pub fn new(number: u32, paragraphs: Vec<Vec<Line>>) -> Self {
        Self { number, paragraphs }
    }
}

impl Document {
    /// A document without text but for what was recognised. `pages` is the number of all pages of the file.
    pub fn of_recognised(
        format: impl Into<String>,
        pages: u32,
        recognised: impl IntoIterator<Item = RecognisedPage>,
    ) -> Self {
        let mut document = Self::new(format);
        document.pages = pages;
        document.add_recognised(recognised);
        document
    }

    /// Adds the text of pages that hold none of their own, each in its place, and says of each page where its text comes
    /// from: in [`ocr_pages`](Self::ocr_pages) and in a warning.
    pub fn add_recognised(&mut self, recognised: impl IntoIterator<Item = RecognisedPage>) {
        let (mut read, mut empty) = (Vec::new(), Vec::new());
        for RecognisedPage { number, paragraphs } in recognised {
            let blocks = paragraphs.into_iter().map(|mut lines| {
                lines.retain(|line| !line.text.trim().is_empty());
                lines.iter_mut().for_each(|line| line.page = Some(number));
                Block::new(BlockKind::Paragraph, lines)
            });
            let blocks: Vec<Block> = blocks.filter(|block| !block.lines.is_empty()).collect();
            if blocks.is_empty() {
                empty.push(number);
                continue;
            }
            read.push(number);
            let place = self.blocks.iter().position(|block| block.page().is_some_and(|page| page > number));
            let place = place.unwrap_or(self.blocks.len());
            self.blocks.splice(place..place, blocks);
        }
        for pages in [&mut read, &mut empty] {
            pages.sort_unstable();
            pages.dedup();
        }
        self.warnings.retain(|warning| warning.code != Warning::NO_TEXT_ON_PAGE);
        if let Some(first) = read.first() {
            let message = format!(
                "the text of {} was recognised in the picture of the page (OCR) and may hold mistakes; compare quotations with \
                 the printed page",
                page_ranges(&read)
            );
            self.warnings.push(Warning::new("recognised-text", message).on_page(*first));
        }
        if let Some(first) = empty.first() {
            let message = format!("no text was recognised (OCR) on {}", page_ranges(&empty));
            self.warnings.push(Warning::new("no-text-recognised", message).on_page(*first));
        }
        self.ocr_pages.append(&mut read);
        self.ocr_pages.sort_unstable();
        self.ocr_pages.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, paragraphs: &[&[&str]]) -> RecognisedPage {
        let lines = |lines: &&[&str]| lines.iter().map(|line| Line::plain(*line)).collect();
        RecognisedPage::new(number, paragraphs.iter().map(lines).collect())
    }

    fn texts(document: &Document) -> Vec<(Option<u32>, String)> {
        document.blocks.iter().map(|block| (block.page(), block.text())).collect()
    }

    #[test]
    fn recognised_pages_are_put_between_the_others() {
        let mut document = Document::new("pdf");
        document.pages = 4;
        for number in [1, 3] {
            let mut line = Line::plain(format!("Printed {number}"));
            line.page = Some(number);
            document.blocks.push(Block::new(BlockKind::Paragraph, vec![line]));
        }
        document
            .warnings
            .push(Warning::new(Warning::NO_TEXT_ON_PAGE, "pages 2 and 4 hold no text").on_page(2));
        document.add_recognised([page(4, &[&[" "]]), page(2, &[&["A heron", "waits"], &["by the mill"]])]);
        let expected = [(1, "Printed 1"), (2, "A heron\nwaits"), (2, "by the mill"), (3, "Printed 3")];
        assert_eq!(texts(&document), expected.map(|(page, text)| (Some(page), text.to_owned())));
        assert_eq!(document.ocr_pages, [2]);
        let warnings: Vec<_> =
            document.warnings.iter().map(|warning| (warning.code.as_str(), warning.page)).collect();
        assert_eq!(warnings, [("recognised-text", Some(2)), ("no-text-recognised", Some(4))]);
        assert!(document.warnings[0].message.contains("page 2 was"), "{}", document.warnings[0].message);
    }

    #[test]
    fn a_file_of_pictures_is_its_recognised_text() {
        let document = Document::of_recognised("pdf", 9, [page(3, &[&["A heron"]])]);
        assert_eq!((document.pages, document.ocr_pages.as_slice()), (9, &[3][..]));
        assert_eq!(texts(&document), [(Some(3), "A heron".to_owned())]);
    }
}
