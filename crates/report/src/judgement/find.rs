//! Finds judgements in tables, lists, sentences and headings.

use crate::area::Area;
use crate::element::{Element, ElementKind};
use crate::framework::Framework;
use crate::grade::{Grade, TrailingGrade, trailing_grade};
use crate::judgement::{Judgement, JudgementScope};

/// The judgements of a report, each area once.
///
/// Reports print a judgement in several places and forms, and some also print older ones. The forms are tried from the
/// surest down, and the first that gives an area its grade wins: rows and lines on the first pages (the table of
/// judgements), sentences there, rows anywhere (the record of findings that closes reports of 2013), headings that carry
/// their grade. Judgements found by one form keep the order of the pages.
pub(crate) fn judgements(elements: &[Element], framework: Option<Framework>) -> Vec<Judgement> {
    let first_page = elements.iter().filter_map(Element::page).min();
    let is_early = |element: &Element| match (element.page(), first_page) {
        (Some(page), Some(first)) => page - first < FIRST_PAGES,
        _ => true,
    };
    let forms: [Form<'_>; 4] = [
        &|element| is_early(element).then(|| table_row(element).or_else(|| line(element)))?,
        &|element| is_early(element).then(|| sentence(element))?,
        &table_row,
        &heading,
    ];
    let mut found: Vec<Judgement> = Vec::new();
    for form in forms {
        for judgement in elements.iter().filter_map(form) {
            if found.iter().all(|known| known.area != judgement.area) {
                found.push(judgement);
            }
        }
    }
    for judgement in &mut found {
        judgement.scope = scope(judgement, framework);
    }
    found
}

/// One form of printing a judgement: `None` where an element does not have it.
type Form<'a> = &'a dyn Fn(&Element) -> Option<Judgement>;

/// Pages; the table of judgements is on the first and may run on to the next.
const FIRST_PAGES: u32 = 2;

/// Bytes; longer lines are prose.
const LONGEST_LABEL: usize = 160;

/// A row of a table whose last cell is a grade.
fn table_row(element: &Element) -> Option<Judgement> {
    let ElementKind::Row(cells) = &element.kind else { return None };
    let (last, labels) = cells.split_last()?;
    let label = labels.join(" ");
    if let Some(grade) = Grade::from_printed(last) {
        return judgement(&label, grade, last, element);
    }
    // A misprinted row: label and grade in one cell, followed by a stray one.
    cells.iter().find_map(|cell| with_trailing_grade(trailing_grade(cell)?, element))
}

/// The label of a row that has two cells, an area and its grade; `None` for any other element.
pub(crate) fn graded_row_label(element: &Element) -> Option<&str> {
    let ElementKind::Row(cells) = &element.kind else { return None };
    let [label, grade] = cells.as_slice() else { return None };
    Grade::from_printed(grade)?;
    Area::from_label(label).map(|_| label.as_str())
}

/// A line that is a label and a grade: `2.1 Adoption performance Good`.
fn line(element: &Element) -> Option<Judgement> {
    if !element.is_flowing() || element.text().len() > LONGEST_LABEL {
        return None;
    }
    let found = trailing_grade(element.text())?;
    // With a verb it is a sentence, and not every sentence that ends in `good` gives a grade.
    let sentence = found.label.trim_end().split(' ').any(|word| {
        let word = word.to_lowercase();
        VERBS.contains(&word.as_str()) || word == "of"
    });
    if sentence { None } else { with_trailing_grade(found, element) }
}

/// Words that link an area to its grade in a sentence: `… is judged as good`.
const VERBS: [&str; 6] = ["is", "are", "be", "was", "were", "as"];

/// A sentence that gives a grade: `Children’s services in Westmere require improvement to be good`.
fn sentence(element: &Element) -> Option<Judgement> {
    if element.text().len() > 2 * LONGEST_LABEL || element.text().contains(". ") {
        return None;
    }
    let found = trailing_grade(element.text())?;
    let label = found.label.trim_end();
    let last = label.rsplit_once(' ').map_or(label, |(_, last)| last).to_lowercase();
    let verb = VERBS.contains(&last.as_str()) || found.printed.to_lowercase().starts_with("require");
    verb.then(|| with_trailing_grade(found, element))?
}

/// A heading that carries its grade: `The experiences and progress of care leavers: good`.
fn heading(element: &Element) -> Option<Judgement> {
    let like_heading = matches!(element.kind, ElementKind::Heading(_))
        || (element.bold && element.kind == ElementKind::Text);
    let found = like_heading.then(|| trailing_grade(element.text()))??;
    with_trailing_grade(found, element)
}

fn with_trailing_grade(found: TrailingGrade<'_>, element: &Element) -> Option<Judgement> {
    judgement(found.label, found.grade, found.printed, element)
}

/// The judgement of the area that `label` names, if it names one.
fn judgement(label: &str, grade: Grade, printed: &str, element: &Element) -> Option<Judgement> {
    let label = label.trim().trim_end_matches([':', ',', '|']).trim_end();
    let mut judgement = Judgement::new(Area::from_label(label)?, label, grade, printed);
    judgement.page = element.page();
    Some(judgement)
}

/// The scope that the framework gives to the judgement's area.
fn scope(judgement: &Judgement, framework: Option<Framework>) -> JudgementScope {
    let label = judgement.label.to_lowercase();
    let single = matches!(framework, Some(Framework::Sif | Framework::SifReinspection));
    match judgement.area {
        Area::InCare if label.contains("care leavers") => JudgementScope::Shared,
        Area::Adoption | Area::CareLeavers if single => JudgementScope::Sub,
        _ => JudgementScope::Own,
    }
}
