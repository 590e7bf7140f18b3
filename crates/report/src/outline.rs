//! Tells headings from paragraphs, and finds their levels.
//!
//! A format may mark headings; in about a fifth of real reports it marks few or none. The rest is told by style (size and
//! weight against most of the text) and by wording: the frameworks prescribe many headings. Levels follow style too: an
//! unmarked heading takes the level of the marked ones that look like it, else larger letters are a higher level.

use std::cmp::Reverse;
use std::collections::HashMap;

use quotable_profile::Profile;

use crate::element::{Element, ElementKind};
use crate::grade::any_trailing_grade;
use crate::metadata::title_page::is_title_page_line;

/// The look that headings of one level share: size in half points, and bold.
type Style = (i32, bool);

/// Half points; letters larger than the body's by this much are a heading's.
const LARGER: i32 = 2;
/// The level of a heading without layout, when it is no title.
const DEFAULT_LEVEL: u8 = 2;

/// Turns the elements that are unmarked headings into headings, with their levels.
pub(crate) fn mark_headings(elements: &mut [Element], profile: &Profile) {
    let body = body_style(elements);
    let mut level_counts: HashMap<Style, HashMap<u8, usize>> = HashMap::new();
    for element in elements.iter() {
        if let (ElementKind::Heading(level), Some(style)) = (&element.kind, style(element)) {
            *level_counts.entry(style).or_default().entry(*level).or_default() += 1;
        }
    }
    let unmarked: Vec<usize> =
        (0..elements.len()).filter(|&index| is_unmarked_heading(&elements[index], body, profile)).collect();
    let unmarked_styles = unmarked.iter().filter_map(|&index| style(&elements[index]));
    let mut styles: Vec<Style> = unmarked_styles.chain(level_counts.keys().copied()).collect();
    styles.sort_unstable_by_key(|style| Reverse(*style));
    styles.dedup();
    // Without a marked heading of its style, an unmarked one gets the rank of its style as its level.
    for index in unmarked {
        let element = &mut elements[index];
        let level = match style(element) {
            Some(style) => {
                let counts = level_counts.get(&style).into_iter().flatten();
                // The level that most headings of this style have; of two, the higher.
                let marked = counts.max_by_key(|(level, count)| (**count, Reverse(**level)));
                let rank = || styles.iter().position(|other| *other == style);
                marked.map(|(level, _)| *level).or_else(|| u8::try_from(rank()? + 1).ok())
            }
            None => None,
        };
        let default = if is_title(element.text(), profile) { 1 } else { DEFAULT_LEVEL };
        element.kind = ElementKind::Heading(level.unwrap_or(default));
    }
}

fn style(element: &Element) -> Option<Style> {
    element.look.map(|look| ((look.size * 2.0).round() as i32, element.bold))
}

/// The style of most of the running text, by bytes.
fn body_style(elements: &[Element]) -> Option<Style> {
    let mut bytes: HashMap<Style, usize> = HashMap::new();
    for element in elements.iter().filter(|element| element.is_flowing()) {
        if let Some(style) = style(element) {
            *bytes.entry(style).or_default() += element.text().len();
        }
    }
    bytes.into_iter().max_by_key(|&(style, count)| (count, style)).map(|(style, _)| style)
}

fn is_unmarked_heading(element: &Element, body: Option<Style>, profile: &Profile) -> bool {
    if element.kind != ElementKind::Text
        || element.number.is_some()
        || !element.reads_as_heading(profile)
        || is_title_page_line(element, profile)
    {
        return false;
    }
    let standard = is_standard_heading(element.text(), profile) || is_roman_heading(element.text());
    match (style(element), body) {
        (Some((size, bold)), Some((body_size, body_bold))) => {
            // Bold text a little smaller than the body still is a heading: low-level ones are.
            let emphasised = size >= body_size + LARGER || (bold && !body_bold && size >= body_size - 1);
            emphasised || (standard && element.lines <= 2)
        }
        // Without layout only the wording tells.
        _ => standard,
    }
}

/// True for the title of a report: `Inspection of Westmere local authority children’s services`.
fn is_title(text: &str, profile: &Profile) -> bool {
    profile.rules.sections.titles.iter().flatten().any(|pattern| pattern.is_in(text))
}

/// True for a title or a heading that the profile names, with or without its grade: `… care leavers is good`.
fn is_standard_heading(text: &str, profile: &Profile) -> bool {
    let sections = &profile.rules.sections;
    if is_title(text, profile) || sections.headings.iter().flatten().any(|pattern| pattern.is_in(text)) {
        return true;
    }
    let label = any_trailing_grade(text, profile).map_or(text, |found| found.label);
    let label = label.trim_end().trim_end_matches(" is").trim_end_matches(" are");
    let label = label.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    sections.standard.iter().flatten().any(|heading| *heading == label)
}

/// True for a line in capitals behind a Roman numeral: `IV. DESCRIPTION OF FINDINGS`.
fn is_roman_heading(text: &str) -> bool {
    let Some((numeral, title)) = text.split_once(". ") else { return false };
    (1..=5).contains(&numeral.len())
        && numeral.bytes().all(|letter| b"IVX".contains(&letter))
        && title.chars().any(char::is_alphabetic)
        && !title.chars().any(char::is_lowercase)
}
