//! Tells headings from paragraphs, and finds their levels.
//!
//! A format may mark headings; in about a fifth of real reports it marks few or none. The rest is told by style (size and
//! weight against most of the text) and by wording: the frameworks prescribe many headings. Levels follow style too: an
//! unmarked heading takes the level of the marked ones that look like it, else larger letters are a higher level.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::element::{Element, ElementKind};
use crate::grade::trailing_grade;
use crate::metadata::title_page::is_title_page_line;

/// The look that headings of one level share: size in half points, and bold.
type Style = (i32, bool);

/// Half points; letters larger than the body's by this much are a heading's.
const LARGER: i32 = 2;
/// The level of a heading without layout, when it is no title.
const DEFAULT_LEVEL: u8 = 2;

/// Turns the elements that are unmarked headings into headings, with their levels.
pub(crate) fn mark_headings(elements: &mut [Element]) {
    let body = body_style(elements);
    let mut level_counts: HashMap<Style, HashMap<u8, usize>> = HashMap::new();
    for element in elements.iter() {
        if let (ElementKind::Heading(level), Some(style)) = (&element.kind, style(element)) {
            *level_counts.entry(style).or_default().entry(*level).or_default() += 1;
        }
    }
    let unmarked: Vec<usize> =
        (0..elements.len()).filter(|&index| is_unmarked_heading(&elements[index], body)).collect();
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
        let default = if is_title(element.text()) { 1 } else { DEFAULT_LEVEL };
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

fn is_unmarked_heading(element: &Element, body: Option<Style>) -> bool {
    if element.kind != ElementKind::Text
        || element.number.is_some()
        || !element.reads_as_heading()
        || is_title_page_line(element)
    {
        return false;
    }
    let standard = is_standard_heading(element.text());
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

/// Headings that the frameworks prescribe, in lower case, without the grade that some carry.
const STANDARD_HEADINGS: [&str; 45] = [
    "executive summary",
    "recommendations",
    "main findings",
    "summary of findings",
    "summary of key findings",
    "summary for children and young people",
    "key strengths and weaknesses of the lscb",
    "what needs to improve",
    "what does the local authority need to improve",
    "priority and immediate action",
    "areas for improvement",
    "areas for priority action",
    "inspection findings",
    "inspection judgements about the local authority",
    "information about this inspection",
    "information about this local authority area",
    "the local authority",
    "the inspection team",
    "other ofsted inspections",
    "other information about this area",
    "children living in this area",
    "child protection in this area",
    "children looked after in this area",
    "the local authority has the following strengths",
    "the experiences and progress of children who need help and protection",
    "the experiences and progress of children in care",
    "the experiences and progress of children in care and care leavers",
    "the experiences and progress of children looked after and achieving permanence",
    "the experiences and progress of care leavers",
    "the impact of leaders on social work practice with children and families",
    "the impact of leaders on practice with children and families",
    "leadership, management and governance",
    "overall effectiveness",
    "about this inspection",
    "capacity to improve",
    "quality of provision",
    "the local safeguarding children board",
    "the local safeguarding children board (lscb",
    "the effectiveness of the local safeguarding children board",
    "the effectiveness of the local safeguarding children board (lscb",
    "the effectiveness of the lscb",
    "the graded judgement for adoption performance",
    "the graded judgment for adoption performance",
    "the graded judgement for the experiences and progress of care leavers",
    "the graded judgment for the experiences and progress of care leavers",
];

/// True for the title of a report: `Inspection of Westmere local authority children’s services`.
fn is_title(text: &str) -> bool {
    let opens = ["Inspection of ", "Re-inspection of "].iter().any(|opening| text.starts_with(opening));
    opens && text.contains("hildren") && !text.ends_with('.')
}

/// True for a title or a prescribed heading, with or without its grade: `… care leavers is good`.
fn is_standard_heading(text: &str) -> bool {
    if is_title(text) {
        return true;
    }
    let label = trailing_grade(text).map_or(text, |found| found.label);
    let label = label.trim_end().trim_end_matches(" is").trim_end_matches(" are");
    let label = label.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    STANDARD_HEADINGS.contains(&label.as_str())
}
