//! Finding judgements: in tables, in lists, in sentences and in headings.

use crate::unit::{Kind, Unit};
use crate::{Area, Framework, Grade, Judgement, JudgementScope};

/// The judgements of a report, in the order of the page, each area once.
///
/// A row of a table or list on the first pages is the judgement itself; then a sentence there; then a table at the
/// end (the record of findings of 2013); last a heading that carries its grade.
pub(crate) fn judgements(units: &[Unit], framework: Option<Framework>) -> Vec<Judgement> {
    let first_page = units.iter().filter_map(Unit::page).min();
    let early = |unit: &Unit| match (unit.page(), first_page) {
        (Some(page), Some(first)) => page - first.min(page) < FIRST_PAGES,
        _ => true,
    };
    let mut found: Vec<Judgement> = Vec::new();
    let ways: [Way<'_>; 4] = [
        &|unit| early(unit).then(|| row(unit).or_else(|| listed(unit)))?,
        &|unit| early(unit).then(|| sentence(unit))?,
        &row,
        &heading,
    ];
    for way in ways {
        let mut new: Vec<Judgement> = Vec::new();
        for judgement in units.iter().filter_map(way) {
            let known = found.iter().chain(&new).any(|known| known.area == judgement.area);
            if !known {
                new.push(judgement);
            }
        }
        found.append(&mut new);
    }
    for judgement in &mut found {
        judgement.scope = scope(judgement, framework);
    }
    found
}

/// One way to find a judgement in a unit.
type Way<'a> = &'a dyn Fn(&Unit) -> Option<Judgement>;

/// The judgement table stands on the first page or runs on to the next.
const FIRST_PAGES: u32 = 2;

/// A row of a table whose last cell is a grade.
fn row(unit: &Unit) -> Option<Judgement> {
    let Kind::Row(cells) = &unit.kind else { return None };
    let (last, labels) = cells.split_last()?;
    let label = labels.join(" ");
    if let Some(grade) = Grade::from_printed(last) {
        return judgement(&label, grade, last, unit);
    }
    // A misprinted row: label and grade in one cell, an empty or stray one behind it.
    cells.iter().find_map(|cell| {
        let (label, grade, printed) = grade_at_end(cell)?;
        judgement(label, grade, printed, unit)
    })
}

/// A line that is a label and a grade: `2.1 Adoption performance Good`.
fn listed(unit: &Unit) -> Option<Judgement> {
    if !matches!(unit.kind, Kind::Text | Kind::Bullet) || unit.text().len() > LONGEST_LABEL {
        return None;
    }
    let (label, grade, printed) = grade_at_end(unit.text())?;
    let label = label.trim_end();
    // A verb makes a sentence of it, and not every sentence that ends in `good` gives a grade.
    let verb = label.split(' ').any(|word| VERBS.contains(&word.to_lowercase().as_str()));
    if verb { None } else { judgement(label, grade, printed, unit) }
}

const VERBS: [&str; 7] = ["is", "are", "be", "was", "were", "as", "of"];

/// Bytes; a longer line is prose.
const LONGEST_LABEL: usize = 160;

/// A sentence that gives a grade: `Children’s services in Westmere require improvement to be good`.
fn sentence(unit: &Unit) -> Option<Judgement> {
    if unit.text().len() > 2 * LONGEST_LABEL || unit.text().contains(". ") {
        return None;
    }
    let (label, grade, printed) = grade_at_end(unit.text())?;
    let last = label.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let verb = VERBS[..6].contains(&last.as_str()) || printed.to_lowercase().starts_with("require");
    verb.then(|| judgement(label, grade, printed, unit))?
}

/// A heading that carries its grade: `The experiences and progress of care leavers: good`.
fn heading(unit: &Unit) -> Option<Judgement> {
    let looks = matches!(unit.kind, Kind::Heading(_)) || (unit.bold && unit.kind == Kind::Text);
    let (label, grade, printed) = looks.then(|| grade_at_end(unit.text()))??;
    judgement(label, grade, printed, unit)
}

fn judgement(label: &str, grade: Grade, printed: &str, unit: &Unit) -> Option<Judgement> {
    let label = label.trim().trim_end_matches([':', ',', '|']).trim_end();
    let mut judgement = Judgement::new(Area::from_label(label)?, label, grade, printed);
    judgement.page = unit.page();
    Some(judgement)
}

fn scope(judgement: &Judgement, framework: Option<Framework>) -> JudgementScope {
    let label = judgement.label.to_lowercase();
    let single = matches!(framework, Some(Framework::Sif | Framework::SifReinspection));
    match judgement.area {
        Area::InCare if label.contains("care leavers") => JudgementScope::Shared,
        Area::Adoption | Area::CareLeavers if single => JudgementScope::Sub,
        _ => JudgementScope::Own,
    }
}

/// What each grade is printed as; longer forms before those they end in.
const PRINTED: [(&str, Grade); 10] = [
    ("requires improvement to be good", Grade::RequiresImprovement),
    ("require improvement to be good", Grade::RequiresImprovement),
    ("requires improvement", Grade::RequiresImprovement),
    ("require improvement", Grade::RequiresImprovement),
    ("not judged", Grade::NotJudged),
    ("not graded", Grade::NotJudged),
    ("inadequate", Grade::Inadequate),
    ("adequate", Grade::Adequate),
    ("outstanding", Grade::Outstanding),
    ("good", Grade::Good),
];

/// A text's label, grade and the grade as printed, if the text ends in a grade (`… are inadequate because:` too).
pub(crate) fn grade_at_end(text: &str) -> Option<(&str, Grade, &str)> {
    let text = text.trim_end();
    let text = text.strip_suffix("because:").or_else(|| text.strip_suffix("because")).unwrap_or(text);
    let text = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    // Grades are ASCII: the bytes of the end are comparable whatever stands before them.
    for (printed, grade) in PRINTED {
        let Some(start) = text.len().checked_sub(printed.len()) else { continue };
        let Some(end) = text.get(start..).filter(|end| end.eq_ignore_ascii_case(printed)) else { continue };
        let label = &text[..start];
        if label.ends_with(char::is_alphanumeric) {
            continue;
        }
        return Some((label, grade, end));
    }
    None
}

impl Grade {
    /// Reads a grade as printed: `Requires improvement to be good`.
    pub fn from_printed(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        let text = text.trim_matches(|letter: char| !letter.is_alphanumeric());
        // The record of findings of 2013: `Inadequate Grade 4`.
        let text = match text.rsplit_once(" Grade ") {
            Some((grade, number)) if number.len() == 1 => grade,
            _ => text,
        };
        PRINTED.iter().find(|(printed, _)| text.eq_ignore_ascii_case(printed)).map(|&(_, grade)| grade)
    }
}

impl Area {
    /// The area that a printed label or heading names, in the words of any framework.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        if has(&["safeguarding children board", "lscb"]) {
            Some(Self::Lscb)
        } else if has(&["overall effectiveness", "overall judgement", "overall judgment"]) {
            Some(Self::Overall)
        } else if has(&["adoption"]) {
            Some(Self::Adoption)
        } else if has(&["in care", "looked after"]) && !has(&["help and protection"]) {
            Some(Self::InCare)
        } else if has(&["care leavers", "leaving care"]) && !has(&["help and protection"]) {
            Some(Self::CareLeavers)
        } else if has(&["help and protection", "need help", "need of help"]) {
            Some(Self::HelpAndProtection)
        } else if has(&["leader"]) {
            Some(Self::Leaders)
        } else if has(&[
            "services in ",
            "services for children",
            "children’s services",
            "children's services",
        ]) {
            Some(Self::Overall)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_all_frameworks_map_to_stable_names() {
        for (label, area) in [
            ("The impact of leaders on social work practice with children and families", Area::Leaders),
            ("3. Leadership, management and governance", Area::Leaders),
            ("2. Children looked after and achieving permanence", Area::InCare),
            ("The experiences and progress of children in care and care leavers", Area::InCare),
            ("2.2 Experiences and progress of care leavers", Area::CareLeavers),
            ("2.1 Adoption performance", Area::Adoption),
            ("1. Children who need help and protection", Area::HelpAndProtection),
            ("Overall effectiveness", Area::Overall),
            ("Children’s services in Westmere", Area::Overall),
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) is", Area::Lscb),
        ] {
            assert_eq!(Area::from_label(label), Some(area), "{label}");
        }
        assert_eq!(Area::from_label("The inspection team"), None);
    }

    #[test]
    fn grades_are_read_from_the_end() {
        let grade = |text| grade_at_end(text).map(|(label, grade, _)| (label.to_owned(), grade));
        assert_eq!(
            grade("Services in Westmere require improvement to be good."),
            Some(("Services in Westmere ".to_owned(), Grade::RequiresImprovement))
        );
        assert_eq!(grade("Care leavers: Inadequate"), Some(("Care leavers: ".to_owned(), Grade::Inadequate)));
        assert_eq!(
            grade("Services are inadequate because:"),
            Some(("Services are ".to_owned(), Grade::Inadequate))
        );
        assert_eq!(grade("a public good."), Some(("a public ".to_owned(), Grade::Good)));
        assert_eq!(grade("Practice is excellent"), None);
    }
}
