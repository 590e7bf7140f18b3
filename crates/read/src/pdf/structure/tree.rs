//! The structure tree as the file stores it (ISO 32000-1, 14.7).

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use crate::budget::Budget;

/// One element of the structure tree.
#[derive(Debug)]
pub(in crate::pdf) struct Element {
    pub(super) role: Role,
    pub(super) kids: Vec<Kid>,
}

#[derive(Debug)]
pub(super) enum Kid {
    Element(Element),
    /// Marked content: an index of the pages, and the MCID on that page.
    Content(usize, i32),
}

/// What the standard structure types (14.8.4) mean to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
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
pub(in crate::pdf) fn elements(file: &File, budget: &Budget) -> Option<Element> {
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

/// The catalogue of a file, in which everything else hangs.
fn catalogue(file: &File) -> Option<Dict<'_>> {
    let xref = file.xref();
    xref.get::<Dict<'_>>(xref.root_id())
}
