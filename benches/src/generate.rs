//! Corpora of any size, made from a seed: reports in a language of our own, shaped as real ones are.
//!
//! A report depends on the seed and its number alone. What it says is nonsense; how often words, pairs and phrases come,
//! how long paragraphs are and which of them many reports share is as in real reports: the `shape` program prints both
//! side by side.

mod language;
mod prose;
mod random;
mod spelling;

use std::fmt::Write as _;

use quotable::report::{
    Area, Authority, Date, Framework, Grade, Judgement, Paragraph, Period, Report, ReportKind, Role, Section,
    theme,
};

pub(crate) use self::random::Random;

/// The headings of a report, and the part of its paragraphs under each.
const SECTIONS: [(&str, Option<Area>, f64); 7] = [
    ("What needs to improve", None, 0.06),
    ("The impact of leaders on social work practice with children and families", Some(Area::Leaders), 0.28),
    (
        "The experiences and progress of children who need help and protection",
        Some(Area::HelpAndProtection),
        0.28,
    ),
    ("The experiences and progress of children in care", Some(Area::InCare), 0.22),
    ("The experiences and progress of care leavers", Some(Area::CareLeavers), 0.12),
    ("Adoption", Some(Area::Adoption), 0.02),
    ("Information about this inspection", None, 0.02),
];
/// How many authorities there are.
const AUTHORITIES: usize = 150;
/// How often a paragraph is one that many reports share.
const AGAIN: f64 = 0.07;
/// How many of those there are.
const SHARED: usize = 12;

/// The reports of a corpus, in order.
#[derive(Debug, Clone)]
pub struct Corpus {
    seed: u64,
    next: u64,
    paragraphs: u64,
}

impl Corpus {
    /// A corpus of exactly so many paragraphs that are searched unasked, headings included.
    pub fn new(seed: u64, paragraphs: u64) -> Self {
        Self { seed, next: 0, paragraphs }
    }
}

impl Iterator for Corpus {
    type Item = Report;

    fn next(&mut self) -> Option<Report> {
        if self.paragraphs == 0 {
            return None;
        }
        let mut report = report(self.seed, self.next);
        self.next += 1;
        report.paragraphs.truncate(usize::try_from(self.paragraphs).unwrap_or(usize::MAX));
        self.paragraphs -= report.paragraphs.len() as u64;
        Some(report)
    }
}

/// The word of a rank, one-based: the first is the most frequent of the language.
pub fn word(rank: u64) -> String {
    spelling::word(rank.max(1))
}

/// The report of a number.
pub fn report(seed: u64, number: u64) -> Report {
    let mut random = Random::of(seed, number);
    let place = spelling::place(random.below(AUTHORITIES) as u64);
    let year = 2013 + random.below(14) as u16;
    let (month, day) = (1 + random.below(12) as u8, 1 + random.below(28) as u8);
    let key = place.to_lowercase();
    let mut report = Report::new(format!("{year}/{number:07}-{key}.md"));
    report.kind = ReportKind::Report;
    report.title = Some(format!("{place} County Council: inspection of children’s social care services"));
    report.authority = Some(Authority::new(format!("{place} County Council"), key));
    report.framework = Some(if year < 2018 { Framework::Sif } else { Framework::Ilacs });
    report.published = Date::new(year, month, day);
    report.inspected.extend(report.published.map(|day| Period { start: day, end: day }));
    let mut count = 0;
    let length = 60.0 + 160.0 * random.unit();
    for (index, (title, area, part)) in (0_u32..).zip(SECTIONS) {
        let mut section = Section::new(title, 1);
        section.theme = theme::of_heading(title).map(str::to_owned);
        if let Some(area) = area {
            let grade = Grade::ALL[[0, 1, 1, 1, 2, 2, 4][random.below(7)]];
            report.judgements.push(Judgement::new(area, title, grade, grade.as_str().replace('-', " ")));
            (section.area, section.grade) = (Some(area), Some(grade));
        }
        report.sections.push(section);
        let mut heading = Paragraph::new(title);
        (heading.role, heading.section) = (Role::Heading, Some(index));
        report.paragraphs.push(heading);
        for _ in 0..(length * part).ceil() as usize {
            count += 1;
            let shared = random.chance(AGAIN).then(|| random.below(SHARED));
            let text = match shared {
                Some(shared) => prose::boilerplate(shared as u64),
                None => prose::paragraph(&mut random),
            };
            let mut paragraph = Paragraph::new(text);
            (paragraph.number, paragraph.section) = (Some(count.to_string()), Some(index));
            report.paragraphs.push(paragraph);
        }
    }
    report
}

/// A report as a Markdown file, to be read again.
pub fn markdown(report: &Report) -> String {
    let mut text = String::new();
    let title = report.title.as_deref().unwrap_or_default();
    let _ = writeln!(text, "# {title}\n");
    if let Some(published) = report.published {
        let _ = writeln!(text, "Report published: {}\n", published.in_words());
    }
    for paragraph in &report.paragraphs {
        let _ = match (&paragraph.number, paragraph.role) {
            (_, Role::Heading) => writeln!(text, "## {}\n", paragraph.text),
            (Some(number), _) => writeln!(text, "{number}. {}\n", paragraph.text),
            (None, _) => writeln!(text, "{}\n", paragraph.text),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_has_as_many_paragraphs_as_asked_for_and_is_the_same_each_time() {
        let reports: Vec<Report> = Corpus::new(7, 1_000).collect();
        assert_eq!(reports.iter().map(|report| report.paragraphs.len()).sum::<usize>(), 1_000);
        assert_eq!(reports, Corpus::new(7, 1_000).collect::<Vec<_>>());
        assert_ne!(reports[0].paragraphs, report(8, 0).paragraphs);
    }

    #[test]
    fn markdown_reads_as_the_report_that_was_written() {
        use quotable::read::{Budget, Readers};
        let report = report(7, 3);
        let bytes = markdown(&report);
        let path = std::path::Path::new("a.md");
        let document = Readers::default().read(path, bytes.as_bytes(), &Budget::default()).unwrap();
        let read = Report::from_document(&document, "a.md");
        let numbered = |report: &Report| -> Vec<(String, String)> {
            let pair = |paragraph: &Paragraph| Some((paragraph.number.clone()?, paragraph.text.clone()));
            report.paragraphs.iter().filter_map(pair).collect()
        };
        assert!(numbered(&read) == numbered(&report), "read otherwise than written");
        assert_eq!(read.published, report.published);
    }
}
