//! Warns where a report lacks what every inspection report has.

use std::collections::HashMap;

use quotable_profile::{Fact, Profile};
use quotable_read::Warning;

use crate::report::{Report, ReportKind};

/// Searchable paragraphs; a report with fewer is probably a scan without text.
const FEW_PARAGRAPHS: usize = 5;

/// Adds warnings about missing metadata and lost paragraphs. Inspection reports promise what their profile says.
pub(super) fn add(report: &mut Report, profile: &Profile) {
    if report.kind == ReportKind::Other && report.paragraphs.len() >= FEW_PARAGRAPHS {
        let lacks = [
            (report.authority.is_none(), "authority"),
            (report.published.is_none() && report.inspected.is_empty(), "date"),
        ];
        let lacks: Vec<&str> = lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, fact)| fact).collect();
        if !lacks.is_empty() {
            let message = format!(
                "no profile recognises this document, and no {} was found; quotable profile new drafts a profile",
                lacks.join(" and no ")
            );
            report.warnings.push(Warning::new("no-profile", message));
        }
    }
    if report.kind != ReportKind::Report {
        return;
    }
    for fact in profile.rules.expects.iter().flatten() {
        let (missing, name) = match fact {
            Fact::Authority => (report.authority.is_none(), "authority"),
            Fact::Published => (report.published.is_none(), "publication date"),
            Fact::Inspected => (report.inspected.is_empty(), "inspection dates"),
            Fact::Judgements => (report.judgements.is_empty(), "judgements"),
            Fact::LeadInspector => (report.lead_inspector.is_none(), "lead inspector"),
            Fact::Id => {
                let id = report.authority.as_ref().and_then(|authority| authority.urn.as_ref());
                (id.is_none(), "reference number")
            }
            _ => continue,
        };
        if missing {
            let code = format!("no-{}", name.replace(' ', "-"));
            report.warnings.push(Warning::new(code, format!("no {name} found")));
        }
    }
    if report.framework.is_none() {
        report.warnings.push(Warning::new("no-framework", "no framework found"));
    }
    if report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count() < FEW_PARAGRAPHS {
        report.warnings.push(Warning::new("few-paragraphs", "hardly any text was found"));
    }
    add_number_gaps(report);
}

/// Printed numbers rise by one or start again at 1. At a gap a paragraph may have been lost.
///
/// Numbers are compared with the one before them of the same form: `2.1.4` is followed by `2.1.5`, `S4` by `S5`.
fn add_number_gaps(report: &mut Report) {
    let mut last: HashMap<String, u32> = HashMap::new();
    for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()) {
        let Some((front, number)) = paragraph.number.as_deref().and_then(last_part) else { continue };
        let before = last.insert(front.to_owned(), number);
        if before.is_some_and(|before| number != before + 1 && number != 1) {
            let message = format!("paragraph {front}{number} does not follow the one before it");
            let warning = Warning::new("number-out-of-order", message);
            report.warnings.push(match paragraph.pages.first() {
                Some(page) => warning.on_page(page),
                None => warning,
            });
        }
    }
}

/// A number split in front of its last part: `2.1.4` into `2.1.` and 4.
fn last_part(number: &str) -> Option<(&str, u32)> {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (front, last) = number.split_at(number.len() - digits);
    last.parse().ok().map(|last| (front, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::Paragraph;

    #[test]
    fn gaps_are_found_in_numbers_of_every_form() {
        let mut report = Report::default();
        for number in ["1.1", "1.2", "S1", "1.4", "2.1", "S2", "2.2", "S4", "(a)", "7"] {
            let mut paragraph = Paragraph::new("Text.");
            paragraph.number = Some(number.to_owned());
            report.paragraphs.push(paragraph);
        }
        add_number_gaps(&mut report);
        let found: Vec<&str> = report.warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(
            found,
            [
                "paragraph 1.4 does not follow the one before it",
                "paragraph S4 does not follow the one before it"
            ]
        );
    }
}
