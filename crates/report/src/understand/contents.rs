//! Removes tables of contents.
//!
//! Many formats do not mark them. An entry is a line on the page of the heading `Contents` that ends in a page number, or
//! a short line there if layout has put the page numbers into a column of their own; and anywhere a line with a dotted
//! leader. Left in, entries would be headings without text.

use std::collections::{HashMap, HashSet};

use crate::element::{Element, ElementKind};

/// Characters; longer lines are no entries.
const LONGEST_ENTRY: usize = 160;
/// Page numbers on lines of their own; from here on they are a column.
const NUMBER_COLUMN: usize = 3;
/// Lines; longer elements end the contents.
const MOST_ENTRY_LINES: usize = 3;

/// Removes the elements that are a table of contents.
pub(super) fn remove(elements: &mut Vec<Element>) {
    let is_heading = |element: &Element| {
        matches!(element.text().to_lowercase().as_str(), "contents" | "table of contents")
    };
    let is_number = |element: &Element| element.text().bytes().all(|byte| byte.is_ascii_digit());
    let contents_pages: HashSet<u32> =
        elements.iter().filter(|element| is_heading(element)).filter_map(Element::page).collect();
    let mut numbers: HashMap<u32, usize> = HashMap::new();
    for page in elements.iter().filter(|element| is_number(element)).filter_map(Element::page) {
        if contents_pages.contains(&page) {
            *numbers.entry(page).or_default() += 1;
        }
    }
    // The page of the heading, while its entries follow.
    let mut inside: Option<Option<u32>> = None;
    elements.retain(|element| {
        let text = element.text();
        let short = text.chars().count() < LONGEST_ENTRY;
        let has_leader = text.contains(".....") || text.contains(". . . .");
        let ends_in_number = text.ends_with(|letter: char| letter.is_ascii_digit()) && short;
        let count = element.page().and_then(|page| numbers.get(&page));
        let beside_column =
            count.is_some_and(|count| *count >= NUMBER_COLUMN) && short && !text.ends_with(['.', ';']);
        let heading = is_heading(element);
        if heading {
            inside = Some(element.page());
        }
        let same_page = inside.is_some_and(|page| page == element.page());
        let entry = same_page && (ends_in_number || beside_column) && element.number.is_none();
        let found = heading || entry || (has_leader && ends_in_number);
        // The contents end with their page, or with the first paragraph of text below them.
        if !found && (!same_page || element.lines > MOST_ENTRY_LINES) {
            inside = None;
        }
        !found && element.kind != ElementKind::Contents
    });
}
