//! A page as it is printed: its size, and where each letter is. For showing a quotation in its place.

use std::ops::Range;

use super::glyphs::{self, Glyph};
use super::turn::Turn;
use super::{open, overprint, tick_box};
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// The part of the size of a letter that is above its baseline, and below it.
const ABOVE: f32 = 0.78;
const BELOW: f32 = 0.24;

/// A page of a PDF as it is printed.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct PrintedPage {
    /// One-based.
    pub number: u32,
    /// How many pages the file has.
    pub pages: u32,
    /// Its size as it is shown, in points.
    pub width: f32,
    /// Its size as it is shown, in points.
    pub height: f32,
    /// The text of all letters, one after the other, in the order in which the file draws them.
    pub text: String,
    /// The letters, in the same order. Some fonts print several letters as one.
    pub letters: Vec<PrintedLetter>,
}

/// A letter as it is printed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PrintedLetter {
    /// Its bytes in the text of the page.
    pub text: Range<usize>,
    /// Its left, top, right and bottom edge, in points from the top left of the page.
    pub edges: [f32; 4],
}

impl PrintedLetter {
    /// A letter with those bytes and edges.
    pub fn new(text: Range<usize>, edges: [f32; 4]) -> Self {
        Self { text, edges }
    }
}

impl PrintedPage {
    /// Reads one page, one-based, as [`Pdf`](crate::Pdf) reads it. Also returns the file as it may be drawn: without the parts
    /// that ask for more memory or time than the budget allows.
    ///
    /// # Errors
    /// Those of reading a PDF; [`Damaged`](ReadErrorKind::Damaged) if there is no such page.
    pub fn read(bytes: Vec<u8>, number: u32, budget: &Budget) -> Result<(Self, Vec<u8>), ReadError> {
        let budget = budget.start();
        let (file, hidden) = open(&bytes, &budget)?;
        let bytes = hidden.unwrap_or(bytes);
        let Some((mut read, height)) = glyphs::page(&file, number, &budget)? else {
            let message = format!("the PDF has no page {number} that can be read");
            return Err(ReadError::new(ReadErrorKind::Damaged, message));
        };
        overprint::remove_repeated(&mut read);
        tick_box::add(&file, std::slice::from_mut(&mut read), &budget);
        let (width, number) = (read.width, read.number);
        let letters = read.glyphs.iter().map(|glyph| {
            let start = glyph.start as usize;
            PrintedLetter { text: start..start + glyph.len as usize, edges: edges(glyph, width, height) }
        });
        let letters = letters.collect();
        let pages = u32::try_from(file.pages().len()).unwrap_or(u32::MAX);
        Ok((Self { number, pages, width, height, text: read.text, letters }, bytes))
    }

    /// The text of a letter.
    pub fn text_of(&self, letter: &PrintedLetter) -> &str {
        self.text.get(letter.text.clone()).unwrap_or_default()
    }
}

/// The edges of a glyph on its page, however it is turned there.
fn edges(glyph: &Glyph, width: f32, height: f32) -> [f32; 4] {
    let (top, bottom) = (glyph.baseline - ABOVE * glyph.size, glyph.baseline + BELOW * glyph.size);
    let place = |x: f32, y: f32| match glyph.turn {
        Turn::Upright => (x, y),
        Turn::Clockwise => (width - y, x),
        Turn::UpsideDown => (width - x, height - y),
        Turn::Anticlockwise => (y, height - x),
    };
    let (one, other) = (place(glyph.left, top), place(glyph.right, bottom));
    [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]
}
