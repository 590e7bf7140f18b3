//! Joins paragraphs that a page break, or a block break inside a sentence, cut in two.
//!
//! No format says that a paragraph continues on the next page, so layout and wording must tell. Layout: same size and
//! weight, and a left edge where the text above has its own. Wording: the text above does not end a sentence, the text
//! below begins in lower case. Over a page break one sign is enough where the other does not contradict; within a page
//! both are asked for. Footnotes at the foot of the page lie between the halves and are stepped over.

use quotable_profile::Profile;

use crate::element::{Element, ElementKind};
use crate::join::Vocabulary;
use crate::metadata::title_page::is_title_page_line;

/// Bytes; longer text without layout is a paragraph, not a line of a list or of a menu.
const LONGEST_LINE: usize = 200;
/// Points; sizes that differ by less are equal.
const SAME_SIZE: f32 = 0.6;
/// Points; left edges that differ by less are aligned.
const SAME_LEFT: f32 = 4.0;

/// Joins the halves of broken paragraphs.
pub(super) fn join(elements: &mut Vec<Element>, vocabulary: &Vocabulary, profile: &Profile) {
    let mut joined: Vec<Element> = Vec::with_capacity(elements.len());
    // Index of the last flowing element, while only footnotes have followed it.
    let mut open: Option<usize> = None;
    for element in elements.drain(..) {
        if let Some(index) = open
            && continues(&joined[index], &element, profile)
        {
            let whole = &mut joined[index];
            // A number taken from the second half was the end of a sentence: `key stage` / `2. However`.
            whole.content.push(&element.label, element.page(), vocabulary);
            whole.content.append(&element.content, vocabulary);
            whole.lines += element.lines;
            whole.ends_bold = element.ends_bold;
            continue;
        }
        if element.is_flowing() {
            open = Some(joined.len());
        } else if element.kind != ElementKind::Note {
            open = None;
        }
        joined.push(element);
    }
    *elements = joined;
}

/// True if `below` continues the paragraph `above`.
fn continues(above: &Element, below: &Element, profile: &Profile) -> bool {
    if below.kind != ElementKind::Text
        || is_title_page_line(above, profile)
        || is_title_page_line(below, profile)
    {
        return false;
    }
    let text = above.text().trim_end_matches(['”', '’', '"', '\'', ')', ']']);
    let ended = text.ends_with(['.', '?', '!', ':', ';']);
    let lower_case =
        below.text().chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_lowercase);
    let same_letters = match (above.look, below.look) {
        (Some(upper), Some(lower)) => {
            // What a paragraph recommends may be bold, up to its end.
            let goes_on_bold = above.ends_bold && below.bold && !ended && lower_case;
            (upper.size - lower.size).abs() < SAME_SIZE && (above.bold == below.bold || goes_on_bold)
        }
        _ => true,
    };
    // Bold text is a heading more often than a paragraph.
    if !same_letters || above.bold {
        return false;
    }
    let aligned = match (above.text_left, below.look) {
        (Some(left), Some(look)) => (left - look.left).abs() < SAME_LEFT,
        // Without layout only the wording tells.
        _ => lower_case,
    };
    let turns_page = matches!((above.last_page(), below.page()), (Some(upper), Some(lower)) if upper.checked_add(1) == Some(lower));
    if turns_page && aligned && above.has_hanging_indent() {
        // Text at the indent of a numbered or bulleted item, without a label of its own, belongs to the item. With a
        // label it does only inside a sentence, where the label is a number of the text.
        return below.number.is_none() || !ended;
    }
    if below.number.is_some() {
        return false;
    }
    if turns_page {
        return (!ended && (lower_case || aligned || text.ends_with([',', '-', '–'])))
            || (lower_case && aligned && !text.ends_with([':', ';']));
    }
    // Within a page formats seldom cut a paragraph. Without layout a blank line may mark a lost page break, but a short
    // text above it may as well be a line of a list.
    let same_page = above.last_page() == below.page();
    let long = above.lines > 1 || (above.look.is_none() && above.text().len() > LONGEST_LINE);
    same_page && lower_case && !ended && long && aligned && above.kind == ElementKind::Text
}
