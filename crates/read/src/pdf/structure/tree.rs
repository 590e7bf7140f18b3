//! The structure tree as the file stores it (ISO 32000-2, 14.7.2).

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use crate::budget::Budget;

/// One structure element.
#[derive(Debug)]
pub(in crate::pdf) struct Element {
    pub(super) role: Role,
    pub(super) kids: Vec<Kid>,
}

#[derive(Debug)]
pub(super) enum Kid {
    Element(Element),
    /// Marked content: the zero-based index of a page, and the MCID on that page.
    Content(usize, i32),
}

/// The role of a standard structure type (ISO 32000-2, 14.8.4) in making blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A container of blocks: Document, Sect, Div, TBody, and every unknown type.
    Group,
    /// Part of the text around it: Span, Link, Reference.
    Inline,
    Paragraph,
    /// One-based level.
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
    /// An artifact inside the tree, which PDF 2.0 allows.
    Artifact,
}

impl Role {
    fn from_type(name: &str) -> Self {
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
            // A label is text of its item: readers cite `12.`.
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

/// More elements than any real report has. The text of those beyond is placed by layout.
const MOST_ELEMENTS: usize = 1_000_000;

/// Steps through the role map before it is taken for a circle. Word maps `Title` to `H1` in one step.
const MOST_ROLE_STEPS: usize = 8;

/// The root of the structure tree; `None` if the file has none.
pub(in crate::pdf) fn read_tree(file: &File, budget: &Budget) -> Option<Element> {
    let root = catalogue(file)?.get::<Dict<'_>>(b"StructTreeRoot".as_slice())?;
    let pages = file.pages().iter().enumerate();
    let mut reader = TreeReader {
        pages: pages.filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect(),
        role_map: root.get::<Dict<'_>>(b"RoleMap".as_slice()).unwrap_or_default(),
        seen: HashSet::new(),
        elements: 0,
        deepest: budget.nesting,
    };
    let mut element = Element { role: Role::Group, kids: Vec::new() };
    reader.kids(&root, None, 0, &mut element.kids);
    Some(element)
}

/// The document catalogue, the root of a file's objects (ISO 32000-2, 7.7.2).
fn catalogue(file: &File) -> Option<Dict<'_>> {
    let xref = file.xref();
    xref.get::<Dict<'_>>(xref.root_id())
}

struct TreeReader<'a> {
    /// The index of each page, by its object.
    pages: HashMap<ObjectIdentifier, usize>,
    role_map: Dict<'a>,
    /// Elements read already: a damaged tree can contain itself.
    seen: HashSet<ObjectIdentifier>,
    elements: usize,
    /// Levels below this one are left out.
    deepest: usize,
}

/// `page` is the page that the nearest ancestor names by `Pg`, and that an MCID alone refers to.
impl<'a> TreeReader<'a> {
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
        if let Some(mcid) = dict.get::<i32>(b"MCID".as_slice()) {
            // A marked-content reference (`MCR`). One into the stream of a form counts for the page that shows the form.
            kids.extend(page.map(|page| Kid::Content(page, mcid)));
            return;
        }
        // Neither element nor marked content: an object reference (`OBJR`) to an annotation.
        let Some(name) = dict.get::<Name<'_>>(b"S".as_slice()) else { return };
        if dict.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        self.elements += 1;
        let mut element = Element { role: self.role(name.as_str()), kids: Vec::new() };
        self.kids(dict, page, depth + 1, &mut element.kids);
        kids.push(Kid::Element(element));
    }

    fn page_of(&self, dict: &Dict<'a>) -> Option<usize> {
        let reference = dict.get_ref(b"Pg".as_slice())?;
        self.pages.get(&reference.into()).copied()
    }

    /// The role of a structure type, by way of the file's role map (ISO 32000-2, 14.7.3).
    fn role(&self, name: &str) -> Role {
        let mut name = name.to_owned();
        for _ in 0..MOST_ROLE_STEPS {
            match self.role_map.get::<Name<'_>>(name.as_bytes()) {
                Some(mapped) if mapped.as_str() != name => name = mapped.as_str().to_owned(),
                _ => break,
            }
        }
        Role::from_type(&name)
    }
}
