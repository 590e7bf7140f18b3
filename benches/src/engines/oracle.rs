//! What must be found: every query over every text, by the pure matcher.

use quotable::query::matcher::Condition;
use quotable::query::{Field, Filter, Matcher, Text, Value};
use quotable::report::{Paragraph, Report};

use super::question::Question;
use super::{Answer, Outcome};

/// What a question must find.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expected {
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Occurrences in them.
    pub occurrences: u64,
}

impl Expected {
    /// What is wrong with an answer; `None` if nothing is.
    pub fn fault(&self, answer: Option<Answer>) -> Option<String> {
        let Some(answer) = answer else { return Some("cannot be asked that".to_owned()) };
        let counts = [
            ("paragraphs", answer.paragraphs, self.paragraphs),
            ("occurrences", answer.occurrences, self.occurrences),
        ];
        if answer.bytes == 0 && answer.paragraphs.is_none() && self.paragraphs > 0 {
            return Some("found nothing".to_owned());
        }
        let wrong = counts.into_iter().find(|(_, found, wanted)| found.is_some_and(|found| found != *wanted));
        wrong.map(|(what, found, wanted)| format!("found {} {what}, not {wanted}", found.unwrap_or_default()))
    }
}

/// What each question must find in the reports.
///
/// # Errors
/// If a query is at fault.
pub fn expected(questions: &[Question], reports: impl Iterator<Item = Report>) -> Outcome<Vec<Expected>> {
    let matchers =
        questions.iter().map(|question| Matcher::new(&question.query)).collect::<Result<Vec<_>, _>>()?;
    let mut all = vec![Expected::default(); questions.len()];
    for report in reports {
        for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()) {
            let text = Text::with_sentences(&paragraph.text, &paragraph.sentences);
            for (matcher, expected) in matchers.iter().zip(&mut all) {
                let found = matcher.find_if(&text, |condition| match condition {
                    Condition::Filter(filter) => passes(filter, &report, paragraph),
                    _ => false,
                });
                expected.paragraphs += u64::from(found.matched);
                expected.occurrences += found.occurrences.len() as u64;
            }
        }
    }
    Ok(all)
}

/// The filters of the questions, by definition.
fn passes(filter: &Filter, report: &Report, paragraph: &Paragraph) -> bool {
    match (filter.field, &filter.value) {
        (Field::Grade, Value::Text(wanted)) => {
            let grade = report.above(paragraph.section).find_map(|(_, section)| section.grade);
            grade.is_some_and(|grade| grade.as_str() == wanted)
        }
        (Field::Date, Value::Range(from, to)) => years(from.as_deref(), to.as_deref())
            .is_some_and(|years| report.published.is_some_and(|day| years.contains(&day.year()))),
        _ => false,
    }
}

/// The years of a range of whole years; `None` of any other range.
pub(super) fn years(from: Option<&str>, to: Option<&str>) -> Option<std::ops::RangeInclusive<u16>> {
    let year = |text: Option<&str>, open| text.map_or(Some(open), |text| text.parse().ok());
    Some(year(from, 0)?..=year(to, u16::MAX)?)
}
