//! The walk through a structure tree, that gathers the pieces of each block.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::tree::{Element, Kid, Role};
use crate::block::BlockKind;
use crate::pdf::device::Page;
use crate::pdf::line::Piece;

/// The blocks of the tree in its order, each with the pieces that stand under it.
pub(super) fn drafts<'p>(root: &Element, pages: &'p [Page]) -> Vec<Draft<'p>> {
    let mut walk = Walk {
        contents: pages.iter().map(contents).collect(),
        pages,
        placed: HashSet::new(),
        drafts: Vec::new(),
        later: Vec::new(),
        tables: 0,
    };
    let mut text = Draft { kind: BlockKind::Paragraph, pieces: Vec::new() };
    walk.element(root, &Place::default(), &mut text);
    walk.flush(&mut text);
    // Notes of the last element, behind which no text came.
    let Walk { mut drafts, later, .. } = walk;
    drafts.extend(later);
    drafts
}

/// Where the walk stands in lists and tables.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// How many lists are open.
    lists: u8,
    /// The open table, row and column.
    cell: Option<(u32, u32, u32)>,
}

/// A block in the making.
pub(super) struct Draft<'p> {
    pub(super) kind: BlockKind,
    pub(super) pieces: Vec<Piece<'p>>,
}

impl<'p> Draft<'p> {
    /// Puts a piece behind those that stand before it in the content stream of its page.
    pub(super) fn insert(&mut self, new: Piece<'p>) {
        let before = |piece: &Piece<'_>| {
            (piece.page.number, piece.letters.start) < (new.page.number, new.letters.start)
        };
        let at = self.pieces.iter().rposition(before).map_or(0, |last| last + 1);
        self.pieces.insert(at, new);
    }
}

struct Walk<'p> {
    pages: &'p [Page],
    contents: Vec<HashMap<i32, Vec<Range<usize>>>>,
    placed: HashSet<(usize, i32)>,
    drafts: Vec<Draft<'p>>,
    /// Notes and pictures found inside a block: they follow it, and do not cut it in two.
    later: Vec<Draft<'p>>,
    tables: u32,
}

impl<'p> Walk<'p> {
    fn element(&mut self, element: &Element, place: &Place, text: &mut Draft<'p>) {
        match element.role {
            Role::Inline => self.kids(element, place, text),
            Role::Group => {
                self.flush(text);
                self.kids(element, place, text);
                self.flush(text);
            }
            Role::Paragraph => {
                // The first paragraph of an item stands behind its label, in the same block.
                let kind = match text.kind {
                    BlockKind::Paragraph | BlockKind::Heading { .. } => BlockKind::Paragraph,
                    other => other,
                };
                if kind != BlockKind::Paragraph && self.is_label(&text.pieces) {
                    self.kids(element, place, text);
                    self.flush(text);
                } else {
                    self.block(element, place, text, kind);
                }
            }
            Role::Heading(level) => {
                let kind = if place.cell.is_some() { text.kind } else { BlockKind::Heading { level } };
                self.block(element, place, text, kind);
            }
            Role::List => {
                let place = Place { lists: place.lists.saturating_add(1), ..*place };
                self.flush(text);
                self.kids(element, &place, text);
                self.flush(text);
            }
            Role::Item => {
                let kind = match text.kind {
                    BlockKind::Cell { .. } => text.kind,
                    _ => BlockKind::Item { depth: place.lists.saturating_sub(1) },
                };
                self.block(element, place, text, kind);
            }
            Role::ItemBody => self.kids(element, place, text),
            Role::Table => {
                let table = self.tables;
                self.tables += 1;
                self.flush(text);
                let mut row = 0;
                self.rows(element, table, &mut row, place, text);
                self.flush(text);
            }
            // Outside a table these say nothing.
            Role::Row | Role::Cell => self.block(element, place, text, text.kind),
            Role::Contents => self.block(element, place, text, BlockKind::Contents),
            Role::Note => self.aside(element, place, BlockKind::Note),
            Role::Figure => self.aside(element, place, BlockKind::Figure),
            Role::Artifact => self.aside(element, place, BlockKind::Artifact),
        }
    }

    fn kids(&mut self, element: &Element, place: &Place, text: &mut Draft<'p>) {
        for kid in &element.kids {
            match kid {
                Kid::Element(element) => self.element(element, place, text),
                Kid::Content(page, content) => self.content(*page, *content, text),
            }
        }
    }

    /// A block of its own.
    fn block(&mut self, element: &Element, place: &Place, text: &mut Draft<'p>, kind: BlockKind) {
        self.flush(text);
        let mut own = Draft { kind, pieces: Vec::new() };
        self.kids(element, place, &mut own);
        self.flush(&mut own);
    }

    /// A block that stands beside the text in which it is anchored.
    fn aside(&mut self, element: &Element, place: &Place, kind: BlockKind) {
        let before = std::mem::take(&mut self.drafts);
        let waiting = std::mem::take(&mut self.later);
        let mut own = Draft { kind, pieces: Vec::new() };
        self.kids(element, place, &mut own);
        self.flush(&mut own);
        let found = std::mem::replace(&mut self.drafts, before);
        let within = std::mem::replace(&mut self.later, waiting);
        self.later.extend(found.into_iter().chain(within));
    }

    fn rows(&mut self, element: &Element, table: u32, row: &mut u32, place: &Place, text: &mut Draft<'p>) {
        for kid in &element.kids {
            let Kid::Element(kid) = kid else { continue };
            if kid.role == Role::Row {
                self.cells(kid, (table, *row), place);
                *row += 1;
            } else if kid.role == Role::Group {
                self.rows(kid, table, row, place, text);
            } else {
                self.element(kid, place, text);
            }
        }
    }

    fn cells(&mut self, row: &Element, (table, number): (u32, u32), place: &Place) {
        let cells = row.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            Kid::Content(..) => None,
        });
        for (column, cell) in cells.enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let place = Place { cell: Some((table, number, column)), ..*place };
            let kind = BlockKind::Cell { table, row: number, column };
            let mut own = Draft { kind, pieces: Vec::new() };
            self.kids(cell, &place, &mut own);
            self.flush(&mut own);
        }
    }

    fn content(&mut self, page: usize, content: i32, text: &mut Draft<'p>) {
        let Some(ranges) = self.contents.get(page).and_then(|contents| contents.get(&content)) else {
            return;
        };
        if self.placed.insert((page, content)) {
            let page = &self.pages[page];
            text.pieces.extend(ranges.iter().map(|letters| Piece { page, letters: letters.clone() }));
        }
    }

    /// True if the pieces hold a list label and no more: `•`, `12.`.
    fn is_label(&self, pieces: &[Piece<'p>]) -> bool {
        let letters = pieces.iter().flat_map(|piece| {
            piece.page.letters[piece.letters.clone()].iter().map(|letter| letter.text(piece.page))
        });
        let length: usize = letters.map(|text| text.trim().chars().count()).sum();
        length > 0 && length <= 6
    }

    fn flush(&mut self, text: &mut Draft<'p>) {
        let pieces = std::mem::take(&mut text.pieces);
        if !pieces.is_empty() {
            self.drafts.push(Draft { kind: text.kind, pieces });
            self.drafts.append(&mut self.later);
        }
    }
}

/// The letters of each marked content of a page.
fn contents(page: &Page) -> HashMap<i32, Vec<Range<usize>>> {
    let mut contents: HashMap<i32, Vec<Range<usize>>> = HashMap::new();
    for (at, letter) in page.letters.iter().enumerate() {
        let Some(content) = letter.content else { continue };
        let ranges = contents.entry(content).or_default();
        match ranges.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    contents
}
