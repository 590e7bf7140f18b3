//! Finds judgements in tables, lines, sentences and headings.

use quotable_profile::{Area, AreaRules, JudgementForm, JudgementRules, Pattern, Profile, Rules, ScaleRules};

use crate::element::{Element, ElementKind};
use crate::grade::{TrailingGrade, from_printed, grade_within, trailing_grade};
use crate::judgement::{Judgement, JudgementScope};

/// The judgements of a report. An area has one, unless its form gives many.
///
/// Reports print a judgement in several places and forms, and some also print older ones. The profile lists the forms
/// from the surest down, and the first that gives an area its grade wins. Judgements found by one form keep the order of
/// the pages.
pub(crate) fn judgements(elements: &[Element], profile: &Profile) -> Vec<Judgement> {
    let rules = &profile.rules;
    let first_page = elements.iter().filter_map(Element::page).min();
    let mut found: Vec<Judgement> = Vec::new();
    for form in rules.judgements.iter().flatten() {
        let Some(scale) = rules.scale(&form.scale) else { continue };
        let finder = Finder { rules, form, scale };
        let is_early = |element: &Element| match (form.pages, element.page(), first_page) {
            (Some(pages), Some(page), Some(first)) => page - first < pages,
            _ => true,
        };
        let mut heading: Option<&Element> = None;
        for element in elements {
            let judgement = is_early(element).then(|| finder.judgement(element, heading)).flatten();
            if let Some(judgement) = judgement
                && (form.many || found.iter().all(|known| known.area != judgement.area))
            {
                found.push(judgement);
            }
            if is_heading(element) || finder.opens(element) {
                heading = Some(element);
            }
        }
    }
    for judgement in &mut found {
        set_scope(judgement, rules);
    }
    found
}

fn is_heading(element: &Element) -> bool {
    matches!(element.kind, ElementKind::Heading(_)) || (element.bold && element.kind == ElementKind::Text)
}

/// Bytes; longer lines are prose.
const LONGEST_LABEL: usize = 160;
/// Bytes; longer labels are no area of their own.
const LONGEST_AREA: usize = 80;

/// Words that link an area to its grade in a sentence: `… is judged as good`.
const VERBS: [&str; 6] = ["is", "are", "be", "was", "were", "as"];

/// Looks for judgements of one form.
struct Finder<'p> {
    rules: &'p Rules,
    form: &'p JudgementRules,
    scale: &'p ScaleRules,
}

impl Finder<'_> {
    /// The judgement of an element, below the last heading before it.
    fn judgement(&self, element: &Element, heading: Option<&Element>) -> Option<Judgement> {
        if !self.form.under.is_empty() {
            let heading = heading?.text();
            if !self.form.under.iter().any(|pattern| pattern.is_in(heading)) {
                return None;
            }
        }
        self.form.how.iter().find_map(|how| match how {
            JudgementForm::Row => self.row(element),
            JudgementForm::Line => self.line(element),
            JudgementForm::Sentence => self.sentence(element),
            JudgementForm::Heading => self.heading(element),
            JudgementForm::Phrase => self.phrase(element),
            JudgementForm::AfterHeading => self.after_heading(element, heading?),
            _ => None,
        })
    }

    /// True for an element that names the area of the judgements below it, though it is no heading.
    fn opens(&self, element: &Element) -> bool {
        self.form.heading.as_ref().is_some_and(|pattern| pattern.is_in(element.text()))
    }

    /// A row of a table: an area, and the first cell behind it that is a grade.
    fn row(&self, element: &Element) -> Option<Judgement> {
        let ElementKind::Row(cells) = &element.kind else { return None };
        // Behind the grade there may be that of the last inspection.
        let graded = cells.iter().enumerate().skip(1);
        let found = graded.filter_map(|(at, cell)| Some((at, cell, from_printed(cell, self.scale)?))).next();
        if let Some((at, printed, grade)) = found {
            let label = cells[..at].join(" ");
            let found = TrailingGrade { label: &label, grade, printed };
            return self.of_label(found, element);
        }
        // A misprinted row: label and grade in one cell, followed by a stray one.
        cells.iter().find_map(|cell| self.of_label(trailing_grade(cell, self.scale)?, element))
    }

    /// A line that is a label and a grade: `2.1 Adoption performance Good`.
    fn line(&self, element: &Element) -> Option<Judgement> {
        if !(element.is_flowing() || matches!(element.kind, ElementKind::Heading(_)) && self.form.any_area)
            || element.text().len() > LONGEST_LABEL
        {
            return None;
        }
        let found = trailing_grade(element.text(), self.scale)?;
        // With a verb it is a sentence, and not every sentence that ends in `good` gives a grade.
        let sentence = found.label.trim_end().split(' ').any(|word| {
            let word = word.to_lowercase();
            VERBS.contains(&word.as_str()) || word == "of"
        });
        if sentence { None } else { self.of_label(found, element) }
    }

    /// A sentence that gives a grade: `Children’s services in Westmere require improvement to be good`.
    fn sentence(&self, element: &Element) -> Option<Judgement> {
        if element.text().len() > 2 * LONGEST_LABEL || element.text().contains(". ") {
            return None;
        }
        let found = trailing_grade(element.text(), self.scale)?;
        let label = found.label.trim_end();
        let last = label.rsplit_once(' ').map_or(label, |(_, last)| last).to_lowercase();
        let verb = VERBS.contains(&last.as_str()) || found.printed.to_lowercase().starts_with("require");
        verb.then(|| self.of_label(found, element))?
    }

    /// A heading that carries its grade: `The experiences and progress of care leavers: good`.
    fn heading(&self, element: &Element) -> Option<Judgement> {
        let found = is_heading(element).then(|| trailing_grade(element.text(), self.scale))??;
        self.of_label(found, element)
    }

    /// A text that holds the words of a grade.
    fn phrase(&self, element: &Element) -> Option<Judgement> {
        let text = match &self.form.value {
            Some(pattern) => pattern.value(element.text())?,
            None => element.text(),
        };
        let (grade, form) = grade_within(text, self.scale)?;
        if is_in(&self.form.reject, text) {
            return None;
        }
        let label = self.form.area.as_ref()?.as_str().replace('-', " ");
        Some(self.judged(
            self.form.area.clone()?,
            &label,
            TrailingGrade { label: "", grade, printed: form },
            element,
        ))
    }

    /// A line below a heading that names the area.
    fn after_heading(&self, element: &Element, heading: &Element) -> Option<Judgement> {
        let printed = self.form.value.as_ref()?.value(element.text())?.trim();
        let label = self.form.heading.as_ref()?.group(heading.text(), "area")?;
        if is_in(&self.form.reject, element.text()) || is_in(&self.form.reject, heading.text()) {
            return None;
        }
        let grade = from_printed(printed, self.scale)
            .or_else(|| trailing_grade(printed, self.scale).map(|found| found.grade))?;
        Some(self.judged(
            Area::from_label(label)?,
            heading.text(),
            TrailingGrade { label, grade, printed },
            element,
        ))
    }

    /// The judgement of the area that the label names, if it names one.
    fn of_label(&self, found: TrailingGrade<'_, '_>, element: &Element) -> Option<Judgement> {
        let label = found.label.trim().trim_end_matches([':', ',', '|']).trim_end();
        if is_in(&self.form.reject, label) {
            return None;
        }
        let known = self.rules.area(label).map(|area| area.name.clone()).or_else(|| self.form.area.clone());
        let own = || {
            let short =
                self.form.any_area && label.len() <= LONGEST_AREA && label.contains(char::is_alphabetic);
            short.then(|| Area::from_label(label)).flatten()
        };
        Some(self.judged(known.or_else(own)?, label, found, element))
    }

    fn judged(&self, area: Area, label: &str, found: TrailingGrade<'_, '_>, element: &Element) -> Judgement {
        let mut judgement = Judgement::new(area, label, found.grade.name.clone(), found.printed);
        judgement.page = element.page();
        judgement.rank = found.grade.rank;
        judgement.scale = Some(self.scale.name.clone());
        judgement
    }
}

fn is_in(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_in(text))
}

/// The label of a row that has two cells, an area and its grade, with the area's rules where it is a known one; `None`
/// for any other element.
pub(crate) fn graded_row<'e, 'p>(
    element: &'e Element,
    profile: &'p Profile,
) -> Option<(&'e str, Option<&'p AreaRules>)> {
    let ElementKind::Row(cells) = &element.kind else { return None };
    let [label, grade] = cells.as_slice() else { return None };
    let rules = &profile.rules;
    let forms = rules.judgements.iter().flatten().filter(|form| form.how.contains(&JudgementForm::Row));
    for form in forms {
        let graded = rules.scale(&form.scale).is_some_and(|scale| from_printed(grade, scale).is_some());
        if !graded || is_in(&form.reject, label) {
            continue;
        }
        let area = rules.area(label);
        if area.is_some() || form.any_area {
            return Some((label, area));
        }
    }
    None
}

/// True for a row of a table that ends in a grade, of this inspection or of another.
pub(crate) fn is_graded_row(element: &Element, profile: &Profile) -> bool {
    let ElementKind::Row(cells) = &element.kind else { return false };
    let [_, grade] = cells.as_slice() else { return false };
    crate::grade::is_grade(grade, profile)
}

/// Sets the scope that the profile gives to a judgement, and the areas that share it.
fn set_scope(judgement: &mut Judgement, rules: &Rules) {
    let shares = rules.area(&judgement.label).filter(|area| area.name == judgement.area);
    if let Some((other, when)) = shares.and_then(|area| area.shares.as_ref())
        && when.is_in(&judgement.label)
    {
        judgement.scope = JudgementScope::Shared;
        judgement.shared_with = vec![other.clone()];
    } else if rules.sub_judgements.iter().flatten().any(|area| *area == judgement.area) {
        judgement.scope = JudgementScope::Sub;
    }
}
