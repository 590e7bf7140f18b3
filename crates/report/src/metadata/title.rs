//! Finds the title of a report.

use quotable_profile::Profile;

use crate::element::{Element, ElementKind};

/// The elements from the front that may belong to the title page.
pub(crate) const TITLE_PAGE: usize = 40;
/// Bytes; longer text is no title.
const LONGEST_TITLE: usize = 300;

/// The title by the rules of a profile: the line that opens it, with the lines that continue it.
pub(crate) fn title(elements: &[Element], profile: &Profile) -> Option<String> {
    let rules = profile.rules.title.as_ref()?;
    let elements = &elements[..elements.len().min(TITLE_PAGE)];
    let opens = |element: &Element| {
        let text = element.text();
        text.len() < LONGEST_TITLE && rules.opens.iter().any(|pattern| pattern.is_in(text))
    };
    let start = elements.iter().position(opens)?;
    let mut title = elements[start].text().to_owned();
    let has_look = |element: &Element| element.look.is_some();
    for element in &elements[start + 1..] {
        if element.kind == ElementKind::Note {
            continue;
        }
        let continues = rules.continues.iter().any(|pattern| pattern.is_in(element.text()));
        if !continues || has_look(element) != has_look(&elements[start]) {
            break;
        }
        title.push(' ');
        title.push_str(element.text());
    }
    // Layout may have joined the dates to the title above them.
    let ends = rules.ends_before.iter().filter_map(|text| title.find(text.as_str()));
    let end = ends.filter(|end| *end > 0).min().unwrap_or(title.len());
    title.truncate(end);
    title.truncate(title.trim_end().len());
    Some(title)
}
