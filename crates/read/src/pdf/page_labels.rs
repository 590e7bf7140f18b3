//! Page labels (ISO 32000-2, 12.4.2): a number tree from the index of a page to the label of it and those after.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

use super::text_string::text_string;
use crate::page_labels::{LabelRange, LabelStyle, PageLabels};

/// More ranges than any real report has.
const MOST_RANGES: usize = 1000;
/// The deepest node of the tree that is read.
const DEEPEST: usize = 16;
/// The longest prefix, in characters.
const LONGEST_PREFIX: usize = 40;

/// The labels that a file gives its pages.
pub(super) fn page_labels(file: &File) -> PageLabels {
    let xref = file.xref();
    let catalogue = xref.get::<Dict<'_>>(xref.root_id());
    let root = catalogue.and_then(|catalogue| catalogue.get::<Dict<'_>>(b"PageLabels".as_slice()));
    let mut ranges = Vec::new();
    if let Some(root) = root {
        node(&root, 0, &mut HashSet::new(), &mut ranges);
    }
    PageLabels::new(ranges)
}

/// Adds the ranges of a node of the tree, and of the nodes below it.
fn node(
    dict: &Dict<'_>,
    depth: usize,
    seen: &mut HashSet<hayro_interpret::hayro_syntax::object::ObjectIdentifier>,
    ranges: &mut Vec<LabelRange>,
) {
    // A damaged tree can contain itself.
    if depth > DEEPEST || dict.obj_id().is_some_and(|id| !seen.insert(id)) {
        return;
    }
    let mut index = None;
    for object in dict.get::<Array<'_>>(b"Nums".as_slice()).iter().flat_map(Array::iter::<Object<'_>>) {
        if ranges.len() >= MOST_RANGES {
            return;
        }
        match object {
            Object::Number(number) => index = u32::try_from(number.as_i64()).ok(),
            Object::Dict(label) => ranges.extend(index.take().and_then(|index| range(index, &label))),
            _ => {}
        }
    }
    for object in dict.get::<Array<'_>>(b"Kids".as_slice()).iter().flat_map(Array::iter::<Object<'_>>) {
        if let Object::Dict(kid) = object {
            node(&kid, depth + 1, seen, ranges);
        }
    }
}

/// The range that begins with the page of that index, zero-based.
fn range(index: u32, label: &Dict<'_>) -> Option<LabelRange> {
    let style = label.get::<Name<'_>>(b"S".as_slice());
    let style = match style.as_ref().map(|style| style.as_str()) {
        Some("D") => LabelStyle::Decimal,
        Some("r") => LabelStyle::SmallRoman,
        Some("R") => LabelStyle::LargeRoman,
        Some("a") => LabelStyle::SmallLetters,
        Some("A") => LabelStyle::LargeLetters,
        _ => LabelStyle::None,
    };
    let first = label.get::<i32>(b"St".as_slice()).and_then(|first| u32::try_from(first).ok()).unwrap_or(1);
    let mut range = LabelRange::new(index.checked_add(1)?, style, first);
    if let Some(prefix) = label.get::<PdfString<'_>>(b"P".as_slice()) {
        range.prefix = text_string(prefix.as_bytes()).chars().take(LONGEST_PREFIX).collect();
    }
    Some(range)
}
