//! A second, independent implementation of the filters.

use quotable::query::analyse::words;
use quotable::query::{Filter, Matcher, Query, Text};
use quotable::report::{Date, Grade, Paragraph, Report, ReportKind, Section};

use super::random_index::book;

type Predicate = fn(&Report, &Paragraph) -> bool;

/// Every kind of filter in the query language, with a predicate that says which paragraphs pass.
pub(super) const FILTERS: &[(&str, Predicate)] = &[
    ("authority:marlowe", |report, _| authority(report).contains(&"marlowe".to_owned())),
    ("authority:west*", |report, _| authority(report).iter().any(|word| word.starts_with("west"))),
    ("authority:\"city of\"", |report, _| authority(report).windows(2).any(|pair| pair == ["city", "of"])),
    ("urn:9900001", |report, _| urn(report) == Some("9900001")),
    ("urn:99*2", |report, _| urn(report).is_some_and(|urn| urn.starts_with("99") && urn.ends_with('2'))),
    ("framework:sif*", |report, _| {
        report.framework.as_ref().is_some_and(|framework| framework.as_str().starts_with("sif"))
    }),
    ("framework:ilacs", |report, _| report.framework.as_ref().is_some_and(|framework| *framework == "ilacs")),
    ("kind:article", |report, _| report.kind == ReportKind::Article),
    ("kind:report", |report, _| report.kind == ReportKind::Report),
    ("date:2012", |report, _| report.day().is_some_and(|day| day.year() == 2012)),
    ("date:2011..2012-05", |report, _| {
        report.day().is_some_and(|day| day >= on(2011, 1, 1) && day < on(2012, 6, 1))
    }),
    ("date:..2012-06-09", |report, _| report.day().is_some_and(|day| day <= on(2012, 6, 9))),
    ("date:2012-06-10..", |report, _| report.day().is_some_and(|day| day >= on(2012, 6, 10))),
    ("inspected:2011-12", |report, _| {
        report
            .inspected
            .iter()
            .any(|period| period.start <= on(2011, 12, 31) && period.end >= on(2011, 12, 1))
    }),
    ("inspected:2013..", |report, _| report.inspected.iter().any(|period| period.end >= on(2013, 1, 1))),
    ("para:2", |_, paragraph| number(paragraph).is_some_and(|parts| parts[0] == 2)),
    ("para:1..2", |_, paragraph| number(paragraph).is_some_and(|parts| (1..=2).contains(&parts[0]))),
    ("para:2.*", |_, paragraph| number(paragraph).is_some_and(|parts| parts[0] == 2 && parts.len() > 1)),
    ("page:2", |_, paragraph| pages(paragraph).contains(&2)),
    ("page:3..4", |_, paragraph| pages(paragraph).iter().any(|page| (3..=4).contains(page))),
    ("path:r1", |report, _| report.path == "r1" || report.path.ends_with("/r1")),
    ("path:north/*", |report, _| report.path.starts_with("north/") || report.path.contains("/north/")),
    ("path:/north/r?", |report, _| {
        report.path.len() == "north/r1".len() && report.path.starts_with("north/r")
    }),
    ("section:first", |report, paragraph| headings(report, paragraph).any(|title| title.contains("first"))),
    ("section:\"second p*\"", |report, paragraph| {
        headings(report, paragraph).any(|title| title.contains("Second part"))
    }),
    ("section:inner", |report, paragraph| headings(report, paragraph).any(|title| title == "Inner")),
    ("theme:adoption", |report, paragraph| theme(report, paragraph) == Some("adoption")),
    ("theme:leavers", |report, paragraph| {
        let topic = Matcher::new(&book().get("leavers").unwrap().resolved).unwrap();
        let text = Text::with_sentences(&paragraph.text, &paragraph.sentences);
        theme(report, paragraph) == Some("care-leavers") || topic.find(&text).matched
    }),
    ("grade:good", |report, paragraph| grade(report, paragraph) == Some("good")),
    ("grade:requires*", |report, paragraph| grade(report, paragraph) == Some("requires-improvement")),
    ("overall:good", |report, _| judged(report, "overall", "good")),
    ("overall:*adequate", |report, _| {
        judged(report, "overall", "inadequate") || judged(report, "overall", "adequate")
    }),
    ("leaders:inadequate", |report, _| judged(report, "leaders", "inadequate")),
    ("help-and-protection:good", |report, _| judged(report, "help-and-protection", "good")),
    ("in-care:good", |report, _| judged(report, "in-care", "good")),
    ("care-leavers:outstanding", |report, _| judged(report, "care-leavers", "outstanding")),
    ("adoption:good", |report, _| judged(report, "adoption", "good")),
    ("lscb:inadequate", |report, _| judged(report, "lscb", "inadequate")),
    ("authority:none", |report, _| report.authority.is_none()),
    ("urn:None", |report, _| report.authority.is_none()),
    ("framework:none", |report, _| report.framework.is_none()),
    ("date:none", |report, _| report.published.is_none() && report.inspected.is_empty()),
    ("overall:none", |report, _| report.judgements.is_empty()),
    ("page:none", |_, paragraph| pages(paragraph).is_empty()),
    ("para:none", |_, paragraph| paragraph.number.is_none()),
    ("section:none", |_, paragraph| paragraph.section.is_none()),
    ("grade:none", |report, paragraph| grade(report, paragraph).is_none()),
    ("theme:none", |report, paragraph| {
        let topic = Matcher::new(&book().get("leavers").unwrap().resolved).unwrap();
        let text = Text::with_sentences(&paragraph.text, &paragraph.sentences);
        theme(report, paragraph) != Some("care-leavers") && !topic.find(&text).matched
    }),
];

/// True if a paragraph passes a filter of [`FILTERS`].
pub(super) fn holds(filter: &Filter, report: &Report, paragraph: &Paragraph) -> bool {
    let typed = Query::Filter(filter.clone());
    let known = FILTERS.iter().find(|(known, _)| known.parse::<Query>().unwrap() == typed);
    known.unwrap().1(report, paragraph)
}

fn on(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn authority(report: &Report) -> Vec<String> {
    let name =
        report.authority.as_ref().map(|authority| words(&authority.name).map(|word| word.text).collect());
    name.unwrap_or_default()
}

fn urn(report: &Report) -> Option<&str> {
    report.authority.as_ref()?.urn.as_deref()
}

fn number(paragraph: &Paragraph) -> Option<Vec<u32>> {
    Some(paragraph.number.as_ref()?.split('.').map(|part| part.parse().unwrap()).collect())
}

fn pages(paragraph: &Paragraph) -> Vec<u32> {
    let range = paragraph.pages.first().zip(paragraph.pages.last());
    range.map(|(first, last)| (first..=last).collect()).unwrap_or_default()
}

/// The sections above a paragraph, innermost first.
fn above<'r>(report: &'r Report, paragraph: &Paragraph) -> impl Iterator<Item = &'r Section> {
    let mut next = paragraph.section;
    std::iter::from_fn(move || {
        let section = &report.sections[next? as usize];
        next = section.parent;
        Some(section)
    })
}

fn headings<'r>(report: &'r Report, paragraph: &Paragraph) -> impl Iterator<Item = &'r str> {
    above(report, paragraph).map(|section| section.title.as_str())
}

fn theme<'r>(report: &'r Report, paragraph: &Paragraph) -> Option<&'r str> {
    above(report, paragraph).find_map(|section| section.theme.as_deref())
}

fn grade<'r>(report: &'r Report, paragraph: &Paragraph) -> Option<&'r str> {
    above(report, paragraph).find_map(|section| section.grade.as_ref()).map(Grade::as_str)
}

fn judged(report: &Report, area: &str, grade: &str) -> bool {
    report.judgements.iter().any(|judgement| judgement.area == *area && judgement.grade == *grade)
}
