//! A small index in memory, of reports that are put and not read from files.

use quotable_index::{Index, Search, SearchOptions};
use quotable_report::{
    Authority, Date, Framework, Grade, Judgement, Paragraph, Period, Report, ReportKind, Section,
};

/// An index of two reports: one with everything that a report can have, one with nothing but text.
pub(crate) fn index() -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.put(full()).unwrap();
    let mut bare = Report::new("bare.txt");
    bare.paragraphs.push(Paragraph::new("No case is unallocated here. Staff stay."));
    writer.put(bare).unwrap();
    writer.finish().unwrap();
    index
}

fn full() -> Report {
    let day = |day| Date::new(2018, 1, day).unwrap();
    let mut report = Report::new("900_marlowe/inspection.pdf");
    report.kind = ReportKind::Report;
    report.title = Some("Marlowe County Council".to_owned());
    let mut authority = Authority::new("Marlowe County Council", "marlowe");
    authority.urn = Some("900".to_owned());
    report.authority = Some(authority);
    report.series = Some("Inspection of children’s services (ILACS)".to_owned());
    report.framework = Framework::from_label("ilacs");
    report.inspected = vec![Period { start: day(8), end: day(19) }];
    report.published = Some(day(29));
    report.judgements =
        vec![Judgement::new("overall".parse().unwrap(), "Overall", "good".parse().unwrap(), "Good")];
    let mut section = Section::new("Care leavers", 1);
    section.theme = Some("care-leavers".to_owned());
    section.grade = Grade::from_label("good");
    report.sections.push(section);
    let mut paragraph =
        Paragraph::new("=Too many care leavers, “unallocated” for weeks; wait. Caseloads are <high>.");
    paragraph.number = Some("12".to_owned());
    paragraph.section = Some(0);
    paragraph.pages.turn(0, 4);
    report.paragraphs.push(paragraph);
    report.pages = 9;
    report
}

/// A search of the index.
pub(crate) fn search(index: &Index, query: &str) -> Search {
    index.search_with(&query.parse().unwrap(), &SearchOptions::default()).unwrap()
}
