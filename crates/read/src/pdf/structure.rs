//! Blocks by the structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use super::device::Page;
use super::line::{Piece, lines};
use super::{catalogue, geometry};
use crate::{Block, BlockKind, Budget};

/// One element of the structure tree.
#[derive(Debug)]
pub(super) struct Element {
    role: Role,
    kids: Vec<Kid>,
}

#[derive(Debug)]
enum Kid {
    Element(Element),
    /// Marked content: an index of the pages, and the MCID on that page.
    Content(usize, i32),
}

/// What the standard structure types (14.8.4) mean to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Holds others: Document, Sect, Div, L, TBody, and what is not known.
    Group,
    /// Part of the text around it: Span, Link, Reference.
    Inline,
    Paragraph,
    Heading(u8),
    List,
    Item,
    ItemBody,
    Table,
    Row,
    Cell,
    Note,
    Contents,
    Figure,
    /// An artifact that the tree itself names (PDF 2.0).
    Artifact,
}

impl Role {
    fn of(name: &str) -> Self {
        match name {
            "P" | "Caption" | "BlockQuote" | "Title" => Self::Paragraph,
            "H" | "H1" => Self::Heading(1),
            "H2" => Self::Heading(2),
            "H3" => Self::Heading(3),
            "H4" => Self::Heading(4),
            "H5" => Self::Heading(5),
            "H6" => Self::Heading(6),
            "L" => Self::List,
            "LI" => Self::Item,
            "Lbl" => Self::Inline,
            "LBody" => Self::ItemBody,
            "Table" => Self::Table,
            "TR" => Self::Row,
            "TD" | "TH" => Self::Cell,
            "Note" | "FENote" => Self::Note,
            "TOCI" => Self::Contents,
            "Figure" | "Formula" => Self::Figure,
            "Artifact" => Self::Artifact,
            "Span" | "Link" | "Reference" | "Quote" | "BibEntry" | "Code" | "Annot" | "Form" | "Em"
            | "Strong" | "Sub" => Self::Inline,
            _ => Self::Group,
        }
    }
}

/// More elements than any real report has; what follows them is placed by layout.
const MOST_ELEMENTS: usize = 1_000_000;

/// The structure tree of a file; `None` if it has none.
pub(super) fn elements(file: &File, budget: &Budget) -> Option<Element> {
    let root = catalogue(file)?.get::<Dict<'_>>(b"StructTreeRoot".as_slice())?;
    let pages = file.pages().iter().enumerate();
    let mut tree = Tree {
        pages: pages.filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect(),
        roles: root.get::<Dict<'_>>(b"RoleMap".as_slice()).unwrap_or_default(),
        seen: HashSet::new(),
        elements: 0,
        deepest: budget.nesting,
    };
    let mut element = Element { role: Role::Group, kids: Vec::new() };
    tree.kids(&root, None, 0, &mut element.kids);
    Some(element)
}

struct Tree<'a> {
    pages: HashMap<ObjectIdentifier, usize>,
    roles: Dict<'a>,
    /// Elements met already: a damaged tree can hold itself.
    seen: HashSet<ObjectIdentifier>,
    elements: usize,
    deepest: usize,
}

impl<'a> Tree<'a> {
    fn kids(&mut self, dict: &Dict<'a>, page: Option<usize>, depth: usize, kids: &mut Vec<Kid>) {
        if depth > self.deepest {
            return;
        }
        match dict.get::<Object<'a>>(b"K".as_slice()) {
            Some(Object::Array(array)) => self.array(&array, page, depth, kids),
            Some(object) => self.kid(object, page, depth, kids),
            None => {}
        }
    }

    fn array(&mut self, array: &Array<'a>, page: Option<usize>, depth: usize, kids: &mut Vec<Kid>) {
        for object in array.iter::<Object<'a>>() {
            if self.elements > MOST_ELEMENTS {
                return;
            }
            self.kid(object, page, depth, kids);
        }
    }

    fn kid(&mut self, object: Object<'a>, page: Option<usize>, depth: usize, kids: &mut Vec<Kid>) {
        match object {
            Object::Number(number) => {
                if let Some(page) = page {
                    kids.push(Kid::Content(page, number.as_i64() as i32));
                }
            }
            Object::Dict(dict) => self.dict(&dict, page, depth, kids),
            _ => {}
        }
    }

    fn dict(&mut self, dict: &Dict<'a>, page: Option<usize>, depth: usize, kids: &mut Vec<Kid>) {
        let page = self.page_of(dict).or(page);
        if let Some(content) = dict.get::<i32>(b"MCID".as_slice()) {
            // A marked-content reference. One into a form's own stream counts by the page that shows it.
            kids.extend(page.map(|page| Kid::Content(page, content)));
            return;
        }
        let Some(role) = dict.get::<Name<'_>>(b"S".as_slice()) else { return };
        if dict.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        self.elements += 1;
        let mut element = Element { role: self.role(role.as_str()), kids: Vec::new() };
        self.kids(dict, page, depth + 1, &mut element.kids);
        kids.push(Kid::Element(element));
    }

    fn page_of(&self, dict: &Dict<'a>) -> Option<usize> {
        let reference = dict.get_ref(b"Pg".as_slice())?;
        self.pages.get(&reference.into()).copied()
    }

    /// The meaning of a type, which the file's role map may derive from a standard one.
    fn role(&self, name: &str) -> Role {
        let mut name = name.to_owned();
        // Word maps `Title` to H1 and `Footnote` to Note; a longer chain than this is a circle.
        for _ in 0..8 {
            match self.roles.get::<Name<'_>>(name.as_bytes()) {
                Some(mapped) if mapped.as_str() != name => name = mapped.as_str().to_owned(),
                _ => break,
            }
        }
        Role::of(&name)
    }
}

/// The blocks of a tree, and how much of the pages it holds.
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    /// Letters of content that stand in the tree.
    pub(super) letters: usize,
    /// Letters of content that do not.
    pub(super) unplaced: usize,
}

/// The blocks of the tree in its order; what it does not hold is placed by layout.
pub(super) fn blocks(root: &Element, pages: &[Page]) -> Found {
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
    drop_strays(&mut drafts);

    let mut found = Found { blocks: Vec::new(), letters: 0, unplaced: 0 };
    let mut outside = Vec::new();
    let mut owners_of = owners(&drafts, pages);
    for (index, page) in pages.iter().enumerate() {
        let owners = std::mem::take(&mut owners_of[index]);
        let mut rest: Vec<Piece<'_>> = Vec::new();
        let mut artifacts: Vec<Piece<'_>> = Vec::new();
        // The last letter before the run that a block holds.
        let mut held = None;
        let mut seen = 0;
        for range in unowned(page, &owners) {
            held = (seen..range.start).rev().find(|&at| owners[at].is_some()).or(held);
            seen = range.end;
            let letters = page.letters[range.clone()].iter().filter(|letter| !letter.is_space(page)).count();
            let piece = Piece { page, letters: range };
            if page.letters[piece.letters.start].artifact {
                artifacts.push(piece);
            } else if let Some(draft) = neighbour(page, &owners, held, piece.letters.start) {
                found.letters += letters;
                drafts[draft].insert(piece);
            } else {
                found.unplaced += letters;
                rest.push(piece);
            }
        }
        let owned = owners.iter().zip(&page.letters);
        found.letters += owned.filter(|(owner, letter)| owner.is_some() && !letter.is_space(page)).count();
        let artifacts = lines(&artifacts).into_iter().map(|line| Block::new(BlockKind::Artifact, vec![line]));
        outside.push((page.number, artifacts.collect::<Vec<Block>>(), geometry::segment(lines(&rest))));
    }
    for draft in drafts {
        let lines = lines(&draft.pieces);
        if !lines.is_empty() {
            found.blocks.push(Block::new(draft.kind, lines));
        }
    }
    for (page, artifacts, rest) in outside {
        place(&mut found.blocks, artifacts, page);
        place(&mut found.blocks, rest, page);
    }
    found
}

/// Takes from each block what stands more than a page away from most of it: Word sometimes hangs a run of
/// one page under an element of another.
fn drop_strays(drafts: &mut [Draft<'_>]) {
    for draft in drafts {
        let mut letters: HashMap<u32, usize> = HashMap::new();
        for piece in &draft.pieces {
            *letters.entry(piece.page.number).or_default() += piece.letters.len();
        }
        let home = letters.into_iter().max_by_key(|&(page, count)| (count, std::cmp::Reverse(page)));
        if let Some((home, _)) = home {
            draft.pieces.retain(|piece| piece.page.number.abs_diff(home) <= 1);
        }
    }
}

/// For each letter of each page, the block that holds it.
fn owners(drafts: &[Draft<'_>], pages: &[Page]) -> Vec<Vec<Option<usize>>> {
    let mut owners: Vec<Vec<Option<usize>>> =
        pages.iter().map(|page| vec![None; page.letters.len()]).collect();
    for (index, draft) in drafts.iter().enumerate() {
        for piece in &draft.pieces {
            // Pages are numbered from one, in order.
            if let Some(owners) = owners.get_mut(piece.page.number as usize - 1) {
                owners[piece.letters.clone()].fill(Some(index));
            }
        }
    }
    owners
}

/// The runs of letters that no block holds, those of artifacts apart from others.
fn unowned(page: &Page, owners: &[Option<usize>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, owner) in owners.iter().enumerate() {
        if owner.is_some() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at && page.letters[at].artifact == page.letters[run.start].artifact => {
                run.end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The block that holds the letter before this one, if both stand on one line.
fn neighbour(page: &Page, owners: &[Option<usize>], before: Option<usize>, at: usize) -> Option<usize> {
    let before = before?;
    let (left, right) = (&page.letters[before], &page.letters[at]);
    let level = (left.baseline - right.baseline).abs() < 0.5 * right.size;
    let near = (right.left - left.right).abs() < 2.0 * right.size.max(1.0);
    owners[before].filter(|_| level && near)
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

/// Puts blocks of one page where they stand on it: before the first block of that page that begins lower.
fn place(blocks: &mut Vec<Block>, mut new: Vec<Block>, page: u32) {
    let top = |block: &Block| block.lines.first().and_then(|line| Some((line.page?, line.look?.baseline)));
    let height = |block: &Block| top(block).map_or(0.0, |(_, baseline)| baseline);
    new.sort_by(|a, b| height(a).total_cmp(&height(b)));
    let mut new = new.into_iter().peekable();
    let mut merged = Vec::with_capacity(blocks.len() + new.len());
    for block in blocks.drain(..) {
        if let Some((number, baseline)) = top(&block) {
            while let Some(next) =
                new.next_if(|next| number > page || (number == page && baseline > height(next)))
            {
                merged.push(next);
            }
        }
        merged.push(block);
    }
    merged.extend(new);
    *blocks = merged;
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
struct Draft<'p> {
    kind: BlockKind,
    pieces: Vec<Piece<'p>>,
}

impl<'p> Draft<'p> {
    /// Puts a piece behind those that stand before it in the content stream of its page.
    fn insert(&mut self, new: Piece<'p>) {
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
