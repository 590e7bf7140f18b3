//! The walk through the structure tree, which collects the runs of glyphs of each block.
//!
//! Block-level elements do not map one to one to blocks: a list item holds a label, a body and often a paragraph, which
//! are one block to a reader; a cell holds paragraphs, which are its lines; a footnote hangs inside the sentence that
//! mentions it. So the walk carries an open block. Inline elements and content go into it, block-level elements end it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::tree::{Element, Kid, Role};
use crate::block::BlockKind;
use crate::bullet::opens_with_bullet;
use crate::pdf::glyphs::{Glyph, Page};
use crate::pdf::run::Run;

/// The blocks of the tree in its order, each with its runs.
pub(super) fn drafts<'p>(root: &Element, pages: &'p [Page]) -> Vec<DraftBlock<'p>> {
    let mut walk = Walk {
        contents: pages.iter().map(contents).collect(),
        pages,
        placed: HashSet::new(),
        drafts: Vec::new(),
        pending: Vec::new(),
        tables: 0,
    };
    let mut text = DraftBlock { kind: BlockKind::Paragraph, runs: Vec::new() };
    walk.element(root, &Nesting::default(), &mut text);
    walk.flush(&mut text);
    // Notes of the last block wait for text that never came.
    let Walk { mut drafts, pending, .. } = walk;
    drafts.extend(pending);
    drafts
}

/// The longest list label, in characters: `(viii)`.
const LONGEST_LABEL: usize = 6;

/// The lists and the cell around an element.
#[derive(Debug, Clone, Copy, Default)]
struct Nesting {
    /// The number of open lists.
    lists: u8,
    /// Zero-based table, row and column.
    cell: Option<(u32, u32, u32)>,
}

/// A block in the making.
pub(super) struct DraftBlock<'p> {
    pub(super) kind: BlockKind,
    pub(super) runs: Vec<Run<'p>>,
}

impl<'p> DraftBlock<'p> {
    /// Inserts a run by its position in the content stream.
    pub(super) fn insert(&mut self, new: Run<'p>) {
        let before =
            |run: &Run<'_>| (run.page.number, run.glyphs.start) < (new.page.number, new.glyphs.start);
        let at = self.runs.iter().rposition(before).map_or(0, |last| last + 1);
        self.runs.insert(at, new);
    }
}

struct Walk<'p> {
    pages: &'p [Page],
    /// For each page, the glyphs of each MCID.
    contents: Vec<HashMap<i32, Vec<Range<usize>>>>,
    /// Pages and MCIDs taken by a block: a damaged tree can name one twice.
    placed: HashSet<(usize, i32)>,
    drafts: Vec<DraftBlock<'p>>,
    /// Notes and figures found inside the open block. They follow it, instead of cutting it in two.
    pending: Vec<DraftBlock<'p>>,
    tables: u32,
}

/// `text` is the open block.
impl<'p> Walk<'p> {
    fn element(&mut self, element: &Element, nesting: &Nesting, text: &mut DraftBlock<'p>) {
        match element.role {
            Role::Inline => self.kids(element, nesting, text),
            Role::Group => {
                self.flush(text);
                self.kids(element, nesting, text);
                self.flush(text);
            }
            Role::Paragraph => {
                // The first paragraph of an item joins the label before it.
                let kind = match text.kind {
                    BlockKind::Paragraph | BlockKind::Heading { .. } => BlockKind::Paragraph,
                    other => other,
                };
                if kind != BlockKind::Paragraph && self.is_label(&text.runs) {
                    self.kids(element, nesting, text);
                    self.flush(text);
                } else {
                    self.block(element, nesting, text, kind);
                }
            }
            Role::Heading(level) => {
                let kind = if nesting.cell.is_some() { text.kind } else { BlockKind::Heading { level } };
                self.block(element, nesting, text, kind);
            }
            Role::List => {
                let nesting = Nesting { lists: nesting.lists.saturating_add(1), ..*nesting };
                self.flush(text);
                self.kids(element, &nesting, text);
                self.flush(text);
            }
            Role::Item => {
                let kind = match text.kind {
                    BlockKind::Cell { .. } => text.kind,
                    _ => BlockKind::Item { depth: nesting.lists.saturating_sub(1) },
                };
                let first = self.drafts.len();
                self.block(element, nesting, text, kind);
                self.join_labels(first);
            }
            Role::ItemBody => self.kids(element, nesting, text),
            Role::Table => {
                let table = self.tables;
                self.tables += 1;
                self.flush(text);
                let mut row = 0;
                self.rows(element, table, &mut row, nesting, text);
                self.flush(text);
            }
            // Outside a table, rows and cells are mere containers.
            Role::Row | Role::Cell => self.block(element, nesting, text, text.kind),
            Role::Contents => self.block(element, nesting, text, BlockKind::Contents),
            Role::Note => self.aside(element, nesting, BlockKind::Note),
            // A text box is a figure of paragraphs; a picture has words, if any, and no paragraphs.
            Role::Figure if holds_paragraph(element) => self.aside(element, nesting, BlockKind::Paragraph),
            Role::Figure => self.aside(element, nesting, BlockKind::Figure),
            Role::Artifact => self.aside(element, nesting, BlockKind::Artifact),
        }
    }

    fn kids(&mut self, element: &Element, nesting: &Nesting, text: &mut DraftBlock<'p>) {
        for kid in &element.kids {
            match kid {
                Kid::Element(element) => self.element(element, nesting, text),
                Kid::Content(page, mcid) => self.content(*page, *mcid, text),
            }
        }
    }

    /// Makes a block of an element.
    fn block(&mut self, element: &Element, nesting: &Nesting, text: &mut DraftBlock<'p>, kind: BlockKind) {
        self.flush(text);
        let mut own = DraftBlock { kind, runs: Vec::new() };
        self.kids(element, nesting, &mut own);
        self.flush(&mut own);
    }

    /// Makes a block of an element anchored in other text, to follow that text.
    fn aside(&mut self, element: &Element, nesting: &Nesting, kind: BlockKind) {
        let before = std::mem::take(&mut self.drafts);
        let pending = std::mem::take(&mut self.pending);
        let mut own = DraftBlock { kind, runs: Vec::new() };
        self.kids(element, nesting, &mut own);
        self.flush(&mut own);
        let found = std::mem::replace(&mut self.drafts, before);
        let within = std::mem::replace(&mut self.pending, pending);
        self.pending.extend(found.into_iter().chain(within));
    }

    /// Makes cells of the rows of a table, through THead, TBody and TFoot. `row` counts them.
    fn rows(
        &mut self,
        element: &Element,
        table: u32,
        row: &mut u32,
        nesting: &Nesting,
        text: &mut DraftBlock<'p>,
    ) {
        for kid in &element.kids {
            let Kid::Element(kid) = kid else { continue };
            if kid.role == Role::Row {
                self.cells(kid, (table, *row), nesting);
                *row += 1;
            } else if kid.role == Role::Group {
                self.rows(kid, table, row, nesting, text);
            } else {
                self.element(kid, nesting, text);
            }
        }
    }

    fn cells(&mut self, row: &Element, (table, number): (u32, u32), nesting: &Nesting) {
        let cells = row.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            Kid::Content(..) => None,
        });
        for (column, cell) in cells.enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let nesting = Nesting { cell: Some((table, number, column)), ..*nesting };
            let kind = BlockKind::Cell { table, row: number, column };
            let mut own = DraftBlock { kind, runs: Vec::new() };
            self.kids(cell, &nesting, &mut own);
            self.flush(&mut own);
        }
    }

    fn content(&mut self, page: usize, mcid: i32, text: &mut DraftBlock<'p>) {
        let Some(ranges) = self.contents.get(page).and_then(|contents| contents.get(&mcid)) else {
            return;
        };
        if self.placed.insert((page, mcid)) {
            let page = &self.pages[page];
            text.runs.extend(ranges.iter().map(|glyphs| Run { page, glyphs: glyphs.clone() }));
        }
    }

    /// True if the runs hold a list label and nothing else: `•`, `12.`.
    fn is_label(&self, runs: &[Run<'p>]) -> bool {
        let texts = runs.iter().flat_map(|run| run.glyphs().iter().map(|glyph| glyph.text(run.page)));
        let length: usize = texts.map(|text| text.trim().chars().count()).sum();
        length > 0 && length <= LONGEST_LABEL
    }

    /// Joins a label that has a block of its own with the block of the same item beside it, from the draft `first` on.
    fn join_labels(&mut self, first: usize) {
        /// Blocks of one item; more are no label and its text.
        const MOST_BLOCKS: usize = 64;
        if self.drafts.len().saturating_sub(first) > MOST_BLOCKS {
            return;
        }
        let mut at = first;
        while at + 1 < self.drafts.len() {
            let [one, other] = [&self.drafts[at], &self.drafts[at + 1]];
            let same_item = one.kind == other.kind && matches!(one.kind, BlockKind::Item { .. });
            let is_label =
                |draft: &DraftBlock<'p>| self.is_label(&draft.runs) && opens_with_label(&draft.runs);
            // A label before its text may have a line of its own; one after it is beside its first line.
            let before = is_label(one);
            let after = is_label(other) && begins_level(&one.runs, &other.runs);
            if !same_item || !(before || after) {
                at += 1;
                continue;
            }
            let rest = self.drafts.remove(at + 1).runs;
            let runs = &mut self.drafts[at].runs;
            runs.splice(if before { runs.len()..runs.len() } else { 0..0 }, rest);
        }
    }

    /// Ends the open block.
    fn flush(&mut self, text: &mut DraftBlock<'p>) {
        let mut runs = std::mem::take(&mut text.runs);
        if !runs.is_empty() {
            if matches!(text.kind, BlockKind::Item { .. } | BlockKind::Cell { .. }) {
                put_label_first(&mut runs);
            }
            self.drafts.push(DraftBlock { kind: text.kind, runs });
            self.drafts.append(&mut self.pending);
        }
    }
}

/// True if there is a paragraph, a heading or a list inside an element. The tree's reader bounds the depth.
fn holds_paragraph(element: &Element) -> bool {
    element.kids.iter().any(|kid| match kid {
        Kid::Element(kid) => {
            matches!(kid.role, Role::Paragraph | Role::Heading(_) | Role::List) || holds_paragraph(kid)
        }
        Kid::Content(..) => false,
    })
}

/// Puts the runs of a list item in the order of the content stream, or in that of the line, if only that order begins with
/// the bullet.
///
/// Word sometimes tags the first letters of an item, or any of its words, as the label (`Lbl`), and the bullet as part
/// of the body.
fn put_label_first(runs: &mut Vec<Run<'_>>) {
    if opens_with_label(runs) {
        return;
    }
    let mut streamed = runs.clone();
    streamed.sort_by_key(|run| (run.page.number, run.glyphs.start));
    if opens_with_label(&streamed) {
        *runs = streamed;
        return;
    }
    // The label that is drawn after its text: left of all that is on its line, and of the first line.
    let Some(first) = runs.iter().find_map(first_glyph) else { return };
    let is_left = |run: &Run<'_>| {
        let glyph = first_glyph(run);
        glyph.is_some_and(|glyph| is_level(glyph, first) && glyph.left < first.left)
            && opens_with_label(std::slice::from_ref(run))
    };
    if let Some(label) = runs.iter().position(is_left) {
        let label = runs.remove(label);
        runs.insert(0, label);
    }
}

/// The first glyph of a run that is no space.
fn first_glyph<'p>(run: &Run<'p>) -> Option<&'p Glyph> {
    run.glyphs().iter().find(|glyph| !glyph.blank)
}

fn is_level(one: &Glyph, other: &Glyph) -> bool {
    (one.baseline - other.baseline).abs() < 0.5 * one.size.max(other.size)
}

/// True if `label` is on the line on which `text` begins.
fn begins_level(text: &[Run<'_>], label: &[Run<'_>]) -> bool {
    let place = |runs: &[Run<'_>]| {
        runs.iter().find_map(|run| first_glyph(run).map(|glyph| (run.page.number, *glyph)))
    };
    let (Some((page, text)), Some((other, label))) = (place(text), place(label)) else { return false };
    page == other && is_level(&text, &label) && label.left < text.left
}

/// True if the runs begin with a bullet, or with a number and a dot or bracket.
fn opens_with_label(runs: &[Run<'_>]) -> bool {
    let text = |run: &Run<'_>| run.glyphs().iter().map(|glyph| glyph.text(run.page)).collect::<String>();
    let mut texts = runs.iter().map(text).skip_while(|text| text.trim().is_empty());
    let Some(first) = texts.next() else { return false };
    let first = first.trim_start();
    // A dash counts before white space; so does one that is alone, like the `o` that Word prints for the second level.
    let alone =
        first.trim_end() == "o" || (opens_with_bullet(first.trim_end()) && first.chars().count() == 1);
    let number = first.strip_prefix('(').unwrap_or(first);
    let after = number.trim_start_matches(|letter: char| letter.is_ascii_digit());
    alone || opens_with_bullet(first) || (after.len() < number.len() && after.starts_with(['.', ')']))
}

/// The glyphs of each MCID of a page.
fn contents(page: &Page) -> HashMap<i32, Vec<Range<usize>>> {
    let mut contents: HashMap<i32, Vec<Range<usize>>> = HashMap::new();
    for (at, glyph) in page.glyphs.iter().enumerate() {
        let Some(mcid) = glyph.mcid else { continue };
        let ranges = contents.entry(mcid).or_default();
        match ranges.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    contents
}
