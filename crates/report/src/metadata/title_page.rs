//! Reads title, dates and inspector from the title page.

use crate::authority::Authority;
use crate::date::{Date, Period};
use crate::element::{Element, ElementKind};
use crate::framework::Framework;
use crate::metadata::authority::authority;
use crate::metadata::declared::Declared;
use crate::metadata::printed_date::{date_in_file_name, earliest_date, periods};

/// The metadata of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) authority: Option<Authority>,
    pub(crate) framework: Option<Framework>,
    pub(crate) inspected: Vec<Period>,
    pub(crate) published: Option<Date>,
    pub(crate) lead_inspector: Option<String>,
}

/// The elements from the front that may belong to the title page.
const TITLE_PAGE: usize = 40;
/// Bytes; longer text is no title.
const LONGEST_TITLE: usize = 300;
/// Bytes; longer text is no line of the title page.
const LONGEST_LINE: usize = 200;
/// Bytes; longer text holds no label in its middle.
const LONGEST_JOINED_LINES: usize = 400;

/// Reads the metadata of a report. Each field comes from the title page, else from what the file declares, else, where
/// it can hold it, from `path` (relative to the corpus, with `/`).
pub(crate) fn metadata(elements: &[Element], declared: &Declared<'_>, path: &str) -> Metadata {
    let page = &elements[..elements.len().min(TITLE_PAGE)];
    let title = title(page);
    let framework = title.as_deref().and_then(Framework::from_title);
    let inspected = labelled(
        page,
        &["inspection date", "inspection dates", "dates of inspection", "review date", "dates of review"],
    );
    let published =
        labelled(page, &["report published", "published", "publication date", "date of publication"]);
    let inspector = labelled(page, &["lead inspector", "reporting inspector"]);
    Metadata {
        authority: authority(page, title.as_deref(), declared, path),
        framework: framework.or_else(|| declared.framework()),
        inspected: inspected
            .map(|text| periods(&text))
            .filter(|periods| !periods.is_empty())
            .unwrap_or_else(|| declared.inspected()),
        published: published
            .and_then(|text| earliest_date(&text))
            .or_else(|| declared.published())
            .or_else(|| date_in_file_name(path)),
        lead_inspector: inspector
            .or_else(|| declared.get(&["lead_inspector", "reporting_inspector"]).map(str::to_owned))
            .map(|text| inspector_name(&text)),
        title: title.or_else(|| declared.get(&["title"]).map(str::to_owned)),
    }
}

/// The text behind one of `labels`: in the same element or cell, else the next element. `Lead inspector: …`.
fn labelled(elements: &[Element], labels: &[&str]) -> Option<String> {
    let in_front = elements.iter().enumerate().find_map(|(index, element)| {
        let rest = strip_label(element.text(), labels)?;
        if !rest.is_empty() {
            return Some(rest.to_owned());
        }
        elements.get(index + 1).map(|next| next.text().to_owned())
    });
    // Layout may have joined the line to the title above it. Inside a text only a colon tells a label from a word.
    in_front.or_else(|| {
        let short = elements.iter().map(Element::text).filter(|text| text.len() < LONGEST_JOINED_LINES);
        let mut from_each_word =
            short.flat_map(|text| text.match_indices(' ').map(move |(space, _)| &text[space + 1..]));
        from_each_word.find_map(|text| {
            let (label, rest) = text.split_once(':')?;
            let known = labels.iter().any(|known| known.eq_ignore_ascii_case(label.trim()));
            known.then(|| rest.trim().to_owned()).filter(|rest| !rest.is_empty())
        })
    })
}

/// The rest of a text that opens with one of `labels`, without the colon. A label may end in `s` or `(s)`.
fn strip_label<'t>(text: &'t str, labels: &[&str]) -> Option<&'t str> {
    let opens =
        |label: &&&str| text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    // The longest: `inspection dates` opens like `inspection date` too.
    let label = labels.iter().filter(opens).max_by_key(|label| label.len())?;
    let rest = text[label.len()..].trim_start_matches(['(', 's', ')']);
    // `Published information about …` is prose.
    if rest.starts_with(char::is_alphabetic) {
        return None;
    }
    Some(rest.trim_matches(|letter: char| matches!(letter, ':' | '|') || letter.is_whitespace()))
}

/// True for a labelled line of the title page, which is no paragraph and no heading.
pub(crate) fn is_title_page_line(element: &Element) -> bool {
    // Asked of a growing paragraph for every part that joins it: without the bound, long paragraphs would take time
    // with the square of their length.
    if element.text().len() >= LONGEST_LINE {
        return false;
    }
    let lower = element.text().to_lowercase();
    let labels = [
        "inspection date",
        "inspection dates",
        "lead inspector",
        "reporting inspector",
        "report published",
        "published:",
        "publication date",
        "age group",
        "dates of inspection",
        "review date",
    ];
    labels.iter().any(|label| lower.starts_with(label))
}

/// The title: the line that names the kind of inspection, with the lines that continue it.
fn title(elements: &[Element]) -> Option<String> {
    let start = elements.iter().position(|element| {
        let text = element.text();
        let openings = [
            "Inspection of ",
            "Re-inspection of ",
            "Reinspection of ",
            "Review of the effectiveness",
            "Joint inspection of ",
            "Focused visit to ",
            "Monitoring visit ",
        ];
        text.len() < LONGEST_TITLE && openings.iter().any(|opening| text.starts_with(opening))
    })?;
    let mut title = elements[start].text().to_owned();
    let has_look = |element: &Element| element.look.is_some();
    for element in &elements[start + 1..] {
        if element.kind == ElementKind::Note {
            continue;
        }
        // Joint titles run on: `… and care leavers` / `and` / `Review of the effectiveness of the … Board`.
        let lower = element.text().to_lowercase();
        let continues = lower == "and"
            || lower.starts_with("and review of")
            || lower.starts_with("review of the effectiveness");
        if !continues || has_look(element) != has_look(&elements[start]) {
            break;
        }
        title.push(' ');
        title.push_str(element.text());
    }
    // Layout may have joined the dates to the title above them.
    let end = title.find("Inspection date").filter(|end| *end > 0).unwrap_or(title.len());
    Some(title[..end].trim_end().to_owned())
}

/// The inspector's name and office, without the labels that layout has joined to them.
fn inspector_name(text: &str) -> String {
    let end = ["Team inspector", "Inspection date", "Report published", " | "]
        .iter()
        .filter_map(|word| text.find(word))
        .min();
    text[..end.unwrap_or(text.len())].trim().trim_end_matches(['.', ',', ';']).to_owned()
}
