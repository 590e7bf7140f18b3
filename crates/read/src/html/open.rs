//! What is open at a place of a page, and what holds there.

use std::ops::ControlFlow;

use super::element::{self, Apart, Attributes};
use crate::number_format::Numeral;
use crate::table_grid::Grid;

/// What an element passes on to those in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    pub(super) hidden: bool,
    pub(super) apart: Option<Apart>,
    pub(super) heading: Option<u8>,
    pub(super) quote: bool,
    pub(super) note: bool,
    pub(super) caption: bool,
    pub(super) raised: bool,
    pub(super) preformatted: bool,
    /// Inside a link; true if it leads to a place on the same page.
    pub(super) link: Option<bool>,
    pub(super) in_main: bool,
    pub(super) in_article: bool,
    /// Inside SVG or MathML, where `<a/>` is a whole element.
    pub(super) foreign: bool,
    /// How many lists stand around.
    pub(super) lists: u8,
    pub(super) cell: Option<(u32, u32, u32)>,
}

/// An element that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) name: String,
    pub(super) state: State,
    pub(super) list: Option<List>,
    pub(super) grid: Option<Grid>,
    /// How many elements inside this one are open without being listed.
    pub(super) flattened: usize,
}

#[derive(Debug)]
pub(super) struct List {
    /// The next number and its form; `None` where the list prints bullets.
    pub(super) next: Option<(i64, Numeral)>,
    /// False where the page hides the labels.
    pub(super) labels: bool,
}

/// The elements that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack(pub(super) Vec<Open>);

impl Stack {
    /// What holds in the innermost element.
    pub(super) fn state(&self) -> State {
        self.0.last().map_or_else(State::default, |open| open.state)
    }

    /// What holds inside an element that begins here.
    pub(super) fn inherited(&self, name: &str, attributes: &Attributes<'_>) -> State {
        let mut state = self.state();
        state.hidden |= element::is_hidden(name, attributes);
        let own = element::apart(name, attributes, state.in_main || state.in_article);
        state.note |= element::is_note(attributes);
        state.apart = state.apart.or(own.filter(|_| !state.note));
        match name {
            "main" => {
                state.in_main = true;
                state.apart = None;
            }
            "article" => {
                state.in_article = true;
                state.apart = state.apart.filter(|apart| *apart != Apart::Form);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => state.heading = name[1..].parse().ok(),
            "blockquote" => state.quote = true,
            "figcaption" | "caption" => state.caption = true,
            "sup" => state.raised = true,
            "pre" | "listing" | "xmp" => state.preformatted = true,
            "ul" | "ol" => state.lists = state.lists.saturating_add(1),
            "svg" | "math" => state.foreign = true,
            "a" => {
                state.link = attributes.get("href").map(|href| href.starts_with('#'));
            }
            _ => {}
        }
        if attributes.get("role") == Some("main") {
            state.in_main = true;
        }
        state
    }

    /// The innermost table.
    pub(super) fn grid(&mut self) -> Option<&mut Grid> {
        self.0.iter_mut().rev().find_map(|open| open.grid.as_mut())
    }

    /// The label of a list item that begins here; `value` is the number that it gives itself.
    pub(super) fn label(&mut self, value: Option<i64>) -> Option<String> {
        let list = self.0.iter_mut().rev().find_map(|open| open.list.as_mut());
        match list {
            Some(List { next: Some((next, form)), labels }) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                labels.then(|| format!("{}.", form.of(number)))
            }
            Some(List { next: None, labels }) => labels.then(|| "•".to_owned()),
            None => Some("•".to_owned()),
        }
    }

    /// Closes what a start tag closes without an end tag.
    pub(super) fn close_implied(&mut self, name: &str) {
        let until = |names: &[&str], bounds: &[&str]| {
            let bounded = |open: &&Open| bounds.contains(&open.name.as_str());
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
            "body" => until(&["head"], &["html"]),
            _ if !element::is_inline(name) => {
                // A block ends the paragraph, and the heading that was never closed.
                let reach = self.0.iter().rev();
                let reach = reach.take_while(|open| element::is_inline(&open.name)).count();
                let at = self.0.len().checked_sub(reach + 1);
                let heads = name.len() == 2 && name.starts_with('h');
                at.filter(|&at| {
                    let above = &self.0[at];
                    above.name == "p"
                        || (heads && above.state.heading.is_some() && above.name.starts_with('h'))
                })
            }
            _ => None,
        };
        if let Some(from) = from {
            self.0.truncate(from);
        }
    }

    /// The element that an end tag closes.
    pub(super) fn ended_by(&self, name: &str) -> Option<usize> {
        // A stray end tag in a cell must not close what stands around the table.
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

/// The list that an element begins, if it begins one.
pub(super) fn list(name: &str, attributes: &Attributes<'_>, hidden: bool) -> Option<List> {
    let style = attributes.get("style").unwrap_or_default().to_ascii_lowercase();
    let plain: String = style.split_ascii_whitespace().collect();
    let labels = !plain.contains("list-style:none") && !plain.contains("list-style-type:none");
    match name {
        "ul" => Some(List { next: None, labels }),
        "ol" => {
            let form = match attributes.get("type") {
                Some("a") => Numeral::Letter,
                Some("A") => Numeral::Capital,
                Some("i") => Numeral::Roman,
                Some("I") => Numeral::CapitalRoman,
                _ => Numeral::Decimal,
            };
            let start: Option<i64> = attributes.number("start");
            // A list that counts down from a number that only its end tells: no number is better than a wrong one.
            let known = attributes.get("reversed").is_none();
            Some(List { next: Some((start.unwrap_or(1), form)), labels: labels && known && !hidden })
        }
        _ => None,
    }
}
