//! The stack of open elements (WHATWG HTML, 13.2.4.2), and what each passes on to its content.
//!
//! A start tag may close elements without an end tag: `<li>` ends the item before it, any block ends a `<p>` (13.1.2.4,
//! optional tags). Each entry holds the [`Context`] of its content, computed once from that of its parent, so that the
//! context of a text is at the top of the stack.

use std::ops::ControlFlow;

use super::element::{self, Attributes};
use super::region::{Region, Role};
use crate::number_format::NumberFormat;
use crate::table_grid::TableGrid;

/// The properties that an element passes on to its content.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub(super) hidden: bool,
    /// Inside an element that seems to be page furniture.
    pub(super) furniture: bool,
    /// One-based level of the heading.
    pub(super) heading: Option<u8>,
    pub(super) quote: bool,
    pub(super) note: bool,
    pub(super) caption: bool,
    pub(super) raised: bool,
    pub(super) preformatted: bool,
    /// Inside a link; true if it leads to the same page.
    pub(super) link: Option<bool>,
    /// Inside `main` or `article`.
    pub(super) in_article: bool,
    /// Inside SVG or MathML, where `<a/>` is a complete element.
    pub(super) foreign: bool,
    /// The number of lists around.
    pub(super) lists: u8,
    /// Zero-based table, row and column.
    pub(super) cell: Option<(u32, u32, u32)>,
}

/// An open element.
#[derive(Debug)]
pub(super) struct OpenElement {
    pub(super) name: String,
    pub(super) context: Context,
    pub(super) list: Option<List>,
    pub(super) grid: Option<TableGrid>,
    pub(super) role: Role,
    /// The index of its region, once it holds text.
    pub(super) region: Option<u32>,
    /// The number of open elements inside this one that are too deep for the stack.
    pub(super) flattened: usize,
}

/// A list, as it labels its items.
#[derive(Debug)]
pub(super) struct List {
    /// The next number and its format; `None` for bullets.
    pub(super) next: Option<(i64, NumberFormat)>,
    /// False if the page hides the labels.
    pub(super) labels: bool,
}

/// The open elements, outermost first.
#[derive(Debug, Default)]
pub(super) struct OpenElements(pub(super) Vec<OpenElement>);

impl OpenElements {
    /// The context of the content of the innermost element.
    pub(super) fn context(&self) -> Context {
        self.0.last().map_or_else(Context::default, |open| open.context)
    }

    /// The context of the content of an element that begins here, and its role.
    pub(super) fn child_context(&self, name: &str, attributes: &Attributes<'_>) -> (Context, Role) {
        let mut context = self.context();
        context.hidden |= element::is_hidden(name, attributes);
        context.note |= element::is_note(attributes);
        let mut role = Role::of(name, attributes, context.in_article);
        role.furniture = role.furniture.filter(|_| !context.note);
        context.in_article |= role.main || role.article;
        context.furniture = !role.main && (context.furniture || role.furniture.is_some());
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => context.heading = Some(name.as_bytes()[1] - b'0'),
            "blockquote" => context.quote = true,
            "figcaption" | "caption" => context.caption = true,
            "sup" => context.raised = true,
            "pre" | "listing" | "xmp" => context.preformatted = true,
            "ul" | "ol" => context.lists = context.lists.saturating_add(1),
            "svg" | "math" => context.foreign = true,
            // They hold HTML again.
            "foreignobject" | "desc" | "title" => context.foreign = false,
            "a" => {
                context.link = attributes.get("href").map(|href| href.starts_with('#'));
            }
            _ => {}
        }
        (context, role)
    }

    /// The index of the innermost region, which is the last of `regions` to enter if its elements are new to it.
    pub(super) fn region(&mut self, regions: &mut Vec<Region>) -> Option<u32> {
        // Elements with a region come before those without.
        let known = self.0.iter().rposition(|open| open.region.is_some()).map_or(0, |at| at + 1);
        let mut parent = self.0[..known].last().and_then(|open| open.region);
        for open in &mut self.0[known..] {
            // Inline elements share the region of the block around them.
            if !element::is_inline(&open.name) {
                let index = u32::try_from(regions.len()).ok()?;
                regions.push(Region { parent, role: open.role });
                parent = Some(index);
            }
            open.region = parent;
        }
        parent
    }

    /// The grid of the innermost table.
    pub(super) fn grid(&mut self) -> Option<&mut TableGrid> {
        self.0.iter_mut().rev().find_map(|open| open.grid.as_mut())
    }

    /// The label of a list item that begins here. `value` is its own number, if it gives one.
    pub(super) fn label(&mut self, value: Option<i64>) -> Option<String> {
        let list = self.0.iter_mut().rev().find_map(|open| open.list.as_mut());
        match list {
            Some(List { next: Some((next, form)), labels }) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                labels.then(|| format!("{}.", form.format(number)))
            }
            Some(List { next: None, labels }) => labels.then(|| "•".to_owned()),
            None => Some("•".to_owned()),
        }
    }

    /// Closes the elements that a start tag ends without an end tag.
    pub(super) fn close_implied(&mut self, name: &str) {
        let until = |names: &[&str], bounds: &[&str]| {
            let bounded = |open: &&OpenElement| bounds.contains(&open.name.as_str());
            let reach = self.0.iter().rev().take_while(|open| !bounded(open)).count();
            let first = self.0.len() - reach;
            self.0[first..].iter().position(|open| names.contains(&open.name.as_str())).map(|at| first + at)
        };
        let from = match name {
            "li" => until(&["li"], &["ul", "ol", "table", "td", "th"]),
            "dt" | "dd" => until(&["dt", "dd"], &["dl", "table", "td", "th"]),
            "tr" => until(&["tr"], &["table"]),
            "td" | "th" => until(&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => until(&["thead", "tbody", "tfoot", "caption"], &["table"]),
            "a" => until(&["a"], &["p", "li", "td", "th", "div"]),
            _ if !element::is_inline(name) => {
                // A block ends an open paragraph. A heading ends an unclosed heading too.
                let reach = self.0.iter().rev();
                let reach = reach.take_while(|open| element::is_inline(&open.name)).count();
                let at = self.0.len().checked_sub(reach + 1);
                let heads = name.len() == 2 && name.starts_with('h');
                at.filter(|&at| {
                    let above = &self.0[at];
                    above.name == "p"
                        || (heads && above.context.heading.is_some() && above.name.starts_with('h'))
                })
            }
            _ => None,
        };
        if let Some(from) = from {
            self.0.truncate(from);
        }
    }

    /// Closes the head if it is the innermost element, before text or an element that cannot be in it (13.2.6.4.4):
    /// `</head>` and `<body>` may both be left out.
    pub(super) fn close_head(&mut self) {
        if self.0.last().is_some_and(|open| open.name == "head") {
            self.0.pop();
        }
    }

    /// Closes an open `svg` or `math` before an element that cannot be in it (13.2.6.5).
    pub(super) fn close_foreign(&mut self, name: &str) {
        if self.context().foreign && element::breaks_out_of_foreign(name) {
            let foreign = self.0.iter().rposition(|open| matches!(open.name.as_str(), "svg" | "math"));
            self.0.truncate(foreign.unwrap_or(self.0.len()));
        }
    }

    /// The index of the element that an end tag closes.
    pub(super) fn ended_by(&self, name: &str) -> Option<usize> {
        // A stray end tag in a cell must not close elements around the table.
        let of_table =
            matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "body" | "html");
        let found = self.0.iter().enumerate().rev().try_for_each(|(index, open)| {
            if open.name == name {
                ControlFlow::Break(Some(index))
            } else if !of_table && matches!(open.name.as_str(), "td" | "th" | "table") {
                ControlFlow::Break(None)
            } else {
                ControlFlow::Continue(())
            }
        });
        match found {
            ControlFlow::Break(found) => found,
            ControlFlow::Continue(()) => None,
        }
    }
}

/// The list that an element begins.
pub(super) fn list(name: &str, attributes: &Attributes<'_>, hidden: bool) -> Option<List> {
    let style = attributes.get("style").unwrap_or_default().to_ascii_lowercase();
    let plain: String = style.split_ascii_whitespace().collect();
    let labels = !plain.contains("list-style:none") && !plain.contains("list-style-type:none");
    match name {
        "ul" => Some(List { next: None, labels }),
        "ol" => {
            let form = match attributes.get("type") {
                Some("a") => NumberFormat::LowerLetter,
                Some("A") => NumberFormat::UpperLetter,
                Some("i") => NumberFormat::LowerRoman,
                Some("I") => NumberFormat::UpperRoman,
                _ => NumberFormat::Decimal,
            };
            let start: Option<i64> = attributes.number("start");
            // A reversed list starts at its number of items, which only its end tells. No number is better than a wrong one.
            let known = attributes.get("reversed").is_none();
            Some(List { next: Some((start.unwrap_or(1), form)), labels: labels && known && !hidden })
        }
        _ => None,
    }
}
