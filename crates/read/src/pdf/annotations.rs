//! Words that lie over a page instead of in its content: values typed into forms, and typed annotations. What is ticked is
//! read by [`tick_box`](super::tick_box).
//!
//! A form field (ISO 32000-2, 12.7) keeps its value apart from the page (`V`), and shows it in a widget annotation; a field
//! and its only widget may be one object. Text typed onto a page with a viewer's typewriter is an annotation as well
//! (`FreeText`, 12.5.6.6). Both are words that a reader sees on the page, so they become blocks of their own, placed by the
//! rectangle of the annotation. Notes and marks that readers have left on the page are no words of the report.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, Name, Object, ObjectIdentifier, Rect, String as PdfString,
};
use hayro_interpret::hayro_syntax::page::Page as HayroPage;
use hayro_interpret::kurbo::Affine;

use super::glyphs::Page;
use super::text_string::text_string;
use super::widget::{Edges, Field, MOST_ANNOTATIONS, is_shown};
use crate::block::{Block, BlockKind, Line, Look};
use crate::budget::Budget;
use crate::document::Warning;

/// The words over the pages of a file.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// For each page that has any, its number and its typed words, each with its place.
    pub(super) typed: Vec<(u32, Vec<Block>)>,
    /// Annotations that were left out.
    pub(super) warnings: Vec<Warning>,
}

/// Baselines that differ by less than this many type sizes are level: the words in a box are set on no common baseline
/// with the text beside it.
const LEVEL: f32 = 0.75;

/// The flag of a text field whose value is a password (ISO 32000-2, table 231).
const PASSWORD: i32 = 1 << 13;

/// Reads the words over the pages.
pub(super) fn annotations(file: &File, pages: &[Page], budget: &Budget) -> Annotations {
    let mut reader = AnnotationReader {
        budget,
        fields: HashSet::new(),
        remaining: budget.output,
        left: MOST_ANNOTATIONS,
        comments: 0,
    };
    let mut found = Annotations::default();
    for (page, glyphs) in file.pages().iter().zip(pages) {
        let typed = reader.page(page, glyphs);
        if !typed.is_empty() {
            found.typed.push((glyphs.number, typed));
        }
        let comments = std::mem::take(&mut reader.comments);
        if comments > 0 {
            let message = format!("{comments} comments written onto the page are not read");
            found.warnings.push(Warning::new("comments-not-read", message).on_page(glyphs.number));
        }
    }
    found
}

struct AnnotationReader<'b> {
    budget: &'b Budget,
    /// Fields whose value was read: a field may be shown on every page.
    fields: HashSet<ObjectIdentifier>,
    /// Bytes of text that may still be read.
    remaining: usize,
    /// Annotations that may still be looked at.
    left: usize,
    comments: usize,
}

impl AnnotationReader<'_> {
    /// The typed words of one page, from top to bottom.
    fn page(&mut self, page: &HayroPage<'_>, glyphs: &Page) -> Vec<Block> {
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { return Vec::new() };
        let to_top_left = Affine::new(page.initial_transform(true).as_coeffs());
        let mut typed = Vec::new();
        for annotation in annotations.iter::<Dict<'_>>() {
            let Some(left) = self.left.checked_sub(1).filter(|_| !self.budget.is_over()) else { break };
            self.left = left;
            let Some(text) = self.text(&annotation) else { continue };
            self.remaining = self.remaining.saturating_sub(text.len());
            let Some(rectangle) = annotation.get::<Rect>(b"Rect".as_slice()) else { continue };
            let lines = lines(&text, rectangle, to_top_left, glyphs.number);
            if !lines.is_empty() && !is_printed(&lines, glyphs) {
                typed.push(Block::new(BlockKind::Paragraph, lines));
            }
        }
        typed
    }

    /// The words that an annotation shows.
    fn text(&mut self, annotation: &Dict<'_>) -> Option<String> {
        if !is_shown(annotation) {
            return None;
        }
        match annotation.get::<Name<'_>>(b"Subtype".as_slice())?.as_str() {
            "FreeText" => self.string(annotation.get::<Object<'_>>(b"Contents".as_slice())?),
            "Widget" => self.value(annotation),
            "Text" | "Highlight" | "Underline" | "StrikeOut" | "Squiggly" | "Caret" => {
                let comment = annotation.get::<PdfString<'_>>(b"Contents".as_slice());
                let says = comment.is_some_and(|text| !text_string(text.as_bytes()).trim().is_empty());
                self.comments += usize::from(says);
                None
            }
            _ => None,
        }
    }

    /// The value of the field that a widget shows, the first time that it is shown.
    fn value<'a>(&mut self, widget: &Dict<'a>) -> Option<String> {
        let Field { kind, flags, value, options } = Field::of(widget);
        match kind?.as_str() {
            "Tx" if flags & PASSWORD == 0 => {
                let (value, id) = value?;
                if id.is_some_and(|id| !self.fields.insert(id)) {
                    return None;
                }
                self.string(value)
            }
            "Ch" => {
                let (value, id) = value?;
                if id.is_some_and(|id| !self.fields.insert(id)) {
                    return None;
                }
                let values: Vec<String> = match value {
                    Object::Array(values) => {
                        values.iter::<Object<'a>>().filter_map(|value| self.string(value)).collect()
                    }
                    value => self.string(value).into_iter().collect(),
                };
                let shown = values.into_iter().map(|value| shown_option(options.as_ref(), value));
                Some(shown.collect::<Vec<_>>().join("\n"))
            }
            _ => None,
        }
    }

    /// The text of a string, or of a stream for long values.
    fn string(&self, value: Object<'_>) -> Option<String> {
        let text = match value {
            Object::String(text) => text_string(text.as_bytes()),
            Object::Stream(stream) => text_string(&stream.decoded().ok()?),
            _ => return None,
        };
        (text.len() <= self.remaining).then_some(text)
    }
}

/// The words that a list shows for a value: an option may be a pair of the value and its words.
fn shown_option(options: Option<&Array<'_>>, value: String) -> String {
    let pairs = options.into_iter().flat_map(|options| options.iter::<Object<'_>>());
    let mut shown = pairs.filter_map(|option| {
        let Object::Array(pair) = option else { return None };
        let mut pair = pair.iter::<PdfString<'_>>().map(|text| text_string(text.as_bytes()));
        (pair.next()? == value).then(|| pair.next())?
    });
    shown.next().unwrap_or(value)
}

/// The lines of a text inside a rectangle of the page, spread over its height.
fn lines(text: &str, rectangle: Rect, to_top_left: Affine, page: u32) -> Vec<Line> {
    /// A line takes this share of its height above its baseline.
    const ABOVE_BASELINE: f64 = 0.7;
    let Some(edges) = Edges::of(rectangle, to_top_left) else { return Vec::new() };
    let texts: Vec<&str> = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect();
    let height = (edges.bottom - edges.top) / texts.len().max(1) as f64;
    let line = |(at, text): (usize, &&str)| Line {
        text: (*text).to_owned(),
        page: Some(page),
        look: Some(Look::new(
            edges.left as f32,
            edges.right as f32,
            (edges.top + (at as f64 + ABOVE_BASELINE) * height) as f32,
            (height * ABOVE_BASELINE).min(12.0) as f32,
        )),
        raised: Vec::new(),
        hard_end: at + 1 < texts.len(),
    };
    texts.iter().enumerate().map(line).collect()
}

/// True if the page prints the same words in that place: the form was filled in and then made part of the page.
fn is_printed(lines: &[Line], page: &Page) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let typed: String = lines.iter().map(|line| letters(&line.text)).collect();
    let looks = || lines.iter().filter_map(|line| line.look);
    let left = looks().map(|look| look.left).fold(f32::MAX, f32::min);
    let right = looks().map(|look| look.right).fold(0.0, f32::max);
    let top = looks().map(|look| look.baseline - look.size).fold(f32::MAX, f32::min);
    let bottom = looks().map(|look| look.baseline + look.size).fold(0.0, f32::max);
    let within = page.glyphs.iter().filter(|glyph| {
        glyph.left >= left - 1.0 && glyph.right <= right + 1.0 && (top..=bottom).contains(&glyph.baseline)
    });
    letters(&within.map(|glyph| glyph.text(page)).collect::<String>()).contains(&typed)
}

/// Inserts typed words among the blocks of their page: behind the last line that is above them, or beside them on the
/// left.
///
/// A paragraph that layout has made of the labels of several fields is cut between its lines; a typed word inside a
/// sentence follows the paragraph. Beside a cell it is the next cell of the row.
pub(super) fn insert(blocks: &mut Vec<Block>, page: u32, mut typed: Vec<Block>, budget: &Budget) {
    let place_of = |block: &Block| block.lines.first().and_then(|line| line.look);
    let order = |block: &Block| place_of(block).map_or((0.0, 0.0), |look| (look.baseline, look.left));
    typed.sort_by(|a, b| {
        let (a, b) = (order(a), order(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    for mut new in typed {
        let Some(place) = place_of(&new).filter(|_| !budget.is_over()) else { continue };
        let look = |line: &Line| line.look.filter(|_| line.page == Some(page));
        let is_level =
            |look: Look| (look.baseline - place.baseline).abs() < LEVEL * look.size.max(place.size);
        let is_before = |line: &Line| {
            look(line).is_some_and(|look| match is_level(look) {
                true => look.left < place.left,
                false => look.baseline < place.baseline,
            })
        };
        let is_text = |block: &Block| block.kind != BlockKind::Artifact;
        let last =
            blocks.iter().rposition(|block| is_text(block) && block.lines.first().is_some_and(is_before));
        let Some(at) = last else {
            let first = blocks.iter().position(|block| block.page().is_some_and(|number| number >= page));
            blocks.insert(first.unwrap_or(blocks.len()), new);
            continue;
        };
        let block = &mut blocks[at];
        let end = block.lines.iter().rposition(is_before).map_or(block.lines.len(), |line| line + 1);
        let beside = block.lines.get(end - 1).and_then(look).filter(|look| is_level(*look));
        let mut rest = None;
        match block.kind {
            BlockKind::Cell { table, row, column } if beside.is_some() => {
                new.kind = BlockKind::Cell { table, row, column: column.saturating_add(1) };
            }
            // A line that goes on beyond the typed words has them in its midst.
            BlockKind::Paragraph if beside.is_none_or(|line| line.right < place.left + 1.0) => {
                rest = Some(block.lines.split_off(end)).filter(|rest| !rest.is_empty());
            }
            _ => {}
        }
        blocks.insert(at + 1, new);
        if let Some(rest) = rest {
            blocks.insert(at + 2, Block::new(BlockKind::Paragraph, rest));
        }
    }
}
