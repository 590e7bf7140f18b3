//! Warns where a report lacks what every inspection report has.

use quotable_read::Warning;

use crate::report::{Report, ReportKind};

/// Searchable paragraphs; a report with fewer is probably a scan without text.
const FEW_PARAGRAPHS: usize = 5;

/// Adds warnings about missing metadata and lost paragraphs. Only inspection reports promise either.
pub(super) fn add(report: &mut Report) {
    if report.kind != ReportKind::Report {
        return;
    }
    let facts = [
        (report.authority.is_none(), "authority"),
        (report.published.is_none(), "publication date"),
        (report.inspected.is_empty(), "inspection dates"),
        (report.framework.is_none(), "framework"),
        (report.judgements.is_empty(), "judgements"),
    ];
    for (_, fact) in facts.into_iter().filter(|(missing, _)| *missing) {
        let code = format!("no-{}", fact.replace(' ', "-"));
        report.warnings.push(Warning::new(code, format!("no {fact} found")));
    }
    if report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count() < FEW_PARAGRAPHS {
        report.warnings.push(Warning::new("few-paragraphs", "hardly any text was found"));
    }
    add_number_gaps(report);
}

/// Printed numbers rise by one or start again at 1. At a gap a paragraph may have been lost.
fn add_number_gaps(report: &mut Report) {
    let mut last: Option<u32> = None;
    for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()) {
        let Some(number) = paragraph.number.as_deref().and_then(|number| number.parse::<u32>().ok()) else {
            continue;
        };
        if last.is_some_and(|last| number != last + 1 && number != 1) {
            let message = format!("paragraph {number} does not follow the one before it");
            let warning = Warning::new("number-out-of-order", message);
            report.warnings.push(match paragraph.pages.first() {
                Some(page) => warning.on_page(page),
                None => warning,
            });
        }
        last = Some(number);
    }
}
