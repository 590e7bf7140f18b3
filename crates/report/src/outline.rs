//! Telling headings from paragraphs, and their levels.

use std::collections::HashMap;

use crate::judgement::grade_at_end;
use crate::metadata::is_title_page_line;
use crate::unit::{Kind, Unit};

/// Size in half points and weight: what makes two headings look alike.
type Style = (i32, bool);

/// Turns the units that are headings into headings, with their levels.
///
/// A format may mark headings; in about a fifth of real reports it marks few or none, and they are told by
/// size, weight and words. One that looks like a marked heading takes its level; else larger letters are higher.
pub(crate) fn mark_headings(units: &mut [Unit]) {
    let body = body_style(units);
    let mut marked: HashMap<Style, HashMap<u8, usize>> = HashMap::new();
    for unit in units.iter() {
        if let (Kind::Heading(level), Some(style)) = (&unit.kind, style(unit)) {
            *marked.entry(style).or_default().entry(*level).or_default() += 1;
        }
    }
    let found: Vec<usize> =
        (0..units.len()).filter(|&index| is_unmarked_heading(&units[index], body)).collect();
    let mut styles: Vec<Style> =
        found.iter().filter_map(|&index| style(&units[index])).chain(marked.keys().copied()).collect();
    styles.sort_unstable_by(|a, b| b.cmp(a));
    styles.dedup();
    for index in found {
        let unit = &mut units[index];
        let style = style(unit);
        let by_marked = style.and_then(|style| marked.get(&style)).and_then(|levels| {
            levels
                .iter()
                .max_by_key(|(level, count)| (**count, std::cmp::Reverse(**level)))
                .map(|(level, _)| *level)
        });
        let by_size = style.and_then(|style| styles.iter().position(|other| *other == style));
        let level = by_marked
            .or_else(|| by_size.and_then(|rank| u8::try_from(rank + 1).ok()))
            .unwrap_or(if is_title(unit.text()) { 1 } else { 2 });
        unit.kind = Kind::Heading(level);
    }
}

fn style(unit: &Unit) -> Option<Style> {
    unit.look.map(|look| ((look.size * 2.0).round() as i32, unit.bold))
}

/// The size and weight of most of the text.
fn body_style(units: &[Unit]) -> Option<Style> {
    let mut letters: HashMap<Style, usize> = HashMap::new();
    for unit in units.iter().filter(|unit| unit.is_flowing()) {
        if let Some(style) = style(unit) {
            *letters.entry(style).or_default() += unit.text().len();
        }
    }
    letters.into_iter().max_by_key(|&(style, count)| (count, style)).map(|(style, _)| style)
}

fn is_unmarked_heading(unit: &Unit, body: Option<Style>) -> bool {
    if unit.kind != Kind::Text
        || unit.number.is_some()
        || !unit.reads_as_heading()
        || is_title_page_line(unit)
    {
        return false;
    }
    let known = is_known(unit.text());
    match (style(unit), body) {
        (Some((size, bold)), Some((body_size, body_bold))) => {
            let stands_out = size >= body_size + 2 || (bold && !body_bold && size >= body_size - 1);
            stands_out || (known && unit.lines <= 2)
        }
        // Without layout only the words tell.
        _ => known,
    }
}

/// Headings of the field's frameworks, lower case, without the grade that some carry.
const KNOWN: [&str; 45] = [
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

fn is_known(text: &str) -> bool {
    if is_title(text) {
        return true;
    }
    let label = grade_at_end(text).map_or(text, |(label, ..)| label);
    let label = label.trim_end().trim_end_matches(" is").trim_end_matches(" are");
    let label = label.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    KNOWN.contains(&label.as_str())
}
