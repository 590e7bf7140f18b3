//! Generated reports: a corpus of any size from a seed.
//!
//! A report depends on the seed and its own number alone. The text is nonsense in English-looking words; the frequencies
//! of words, pairs and phrases, the lengths of sentences and paragraphs, and the share of boilerplate follow 209 real
//! reports. The benchmark program `shape` prints both side by side.

mod language;
mod prose;
mod spelling;

use std::fmt::Write as _;

use quotable_report::{
    Area, Authority, Date, Grade, Judgement, Paragraph, Period, Profiles, Report, ReportKind, Role, Scale,
    Section,
};

use crate::random::Random;

/// Headings of a report, the area each is about, and its share of the paragraphs.
const SECTIONS: [(&str, Option<&str>, f64); 7] = [
    ("What needs to improve", None, 0.06),
    ("The impact of leaders on social work practice with children and families", Some("leaders"), 0.28),
    (
        "The experiences and progress of children who need help and protection",
        Some("help-and-protection"),
        0.28,
    ),
    ("The experiences and progress of children in care", Some("in-care"), 0.22),
    ("The experiences and progress of care leavers", Some("care-leavers"), 0.12),
    ("Adoption", Some("adoption"), 0.02),
    ("Information about this inspection", None, 0.02),
];
/// Grades, best first.
const GRADES: [&str; 5] = ["outstanding", "good", "requires improvement", "adequate", "inadequate"];
/// Number of authorities.
const AUTHORITIES: u64 = 150;
/// Probability that a paragraph is boilerplate.
const BOILERPLATE: f64 = 0.07;
/// Number of distinct boilerplate paragraphs.
const BOILERPLATE_PARAGRAPHS: u64 = 12;

/// Iterates over the reports of a generated corpus.
#[derive(Debug, Clone)]
pub struct GeneratedReports {
    seed: u64,
    next: u64,
    /// Paragraphs still to come.
    paragraphs: u64,
}

impl GeneratedReports {
    /// Generates reports of exactly `paragraphs` body paragraphs in all, headings included. The last report is cut.
    pub fn new(seed: u64, paragraphs: u64) -> Self {
        Self { seed, next: 0, paragraphs }
    }
}

impl Iterator for GeneratedReports {
    type Item = Report;

    fn next(&mut self) -> Option<Report> {
        if self.paragraphs == 0 {
            return None;
        }
        let mut report = generated_report(self.seed, self.next);
        self.next += 1;
        report.paragraphs.truncate(usize::try_from(self.paragraphs).unwrap_or(usize::MAX));
        self.paragraphs -= report.paragraphs.len() as u64;
        Some(report)
    }
}

/// The word of a frequency rank, one-based: rank 1 is the most frequent word.
pub fn word(rank: u64) -> String {
    spelling::word(rank.max(1))
}

/// Generates report `number` of the corpus of a seed.
pub fn generated_report(seed: u64, number: u64) -> Report {
    let mut random = Random::for_item(seed, number);
    let place = spelling::place_name(random.below(AUTHORITIES));
    let year = 2013 + random.below(14) as u16;
    let (month, day) = (1 + random.below(12) as u8, 1 + random.below(28) as u8);
    let key = place.to_lowercase();
    let mut report = Report::new(format!("{year}/{number:07}-{key}.md"));
    report.kind = ReportKind::Report;
    report.title = Some(format!("{place} County Council: inspection of children’s social care services"));
    report.authority = Some(Authority::new(format!("{place} County Council"), key));
    let profile = Profiles::built_in().named(if year < 2018 { "sif" } else { "ilacs" });
    report.framework = profile.map(|profile| profile.name.clone());
    report.series = profile.and_then(|profile| profile.title.clone());
    report.published = Date::new(year, month, day);
    report.inspected.extend(report.published.map(|day| Period { start: day, end: day }));
    let mut count = 0;
    let length = 60.0 + 160.0 * random.unit();
    for (index, (title, area, share)) in (0_u32..).zip(SECTIONS) {
        let mut section = Section::new(title, 1);
        let theme = profile.and_then(|profile| profile.rules.theme(title));
        section.theme = theme.map(|(theme, _)| theme.to_owned());
        if let Some(area) = area.and_then(Area::from_label) {
            let rank = [1, 2, 2, 2, 3, 3, 5][random.index(7)];
            let printed = GRADES[rank - 1];
            let grade = Grade::from_label(printed);
            let judged = grade.clone().map(|grade| {
                let mut judgement = Judgement::new(area.clone(), title, grade, printed);
                judgement.rank = u16::try_from(rank).ok();
                judgement.scale = Scale::from_label("ofsted");
                judgement
            });
            report.judgements.extend(judged);
            (section.area, section.grade) = (Some(area), grade);
        }
        report.sections.push(section);
        let mut heading = Paragraph::new(title);
        (heading.role, heading.section) = (Role::Heading, Some(index));
        report.paragraphs.push(heading);
        for _ in 0..(length * share).ceil() as usize {
            count += 1;
            let text = if random.chance(BOILERPLATE) {
                prose::boilerplate(random.below(BOILERPLATE_PARAGRAPHS))
            } else {
                prose::paragraph(&mut random)
            };
            let mut paragraph = Paragraph::new(text);
            (paragraph.number, paragraph.section) = (Some(count.to_string()), Some(index));
            report.paragraphs.push(paragraph);
        }
    }
    report
}

/// Writes a report as Markdown. Reading the Markdown gives the same paragraphs and date.
pub fn to_markdown(report: &Report) -> String {
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
    use std::path::Path;

    use quotable_read::{Budget, Readers};

    use super::*;

    #[test]
    fn a_corpus_has_the_paragraphs_asked_for_and_is_reproducible() {
        let reports: Vec<Report> = GeneratedReports::new(7, 1_000).collect();
        assert_eq!(reports.iter().map(|report| report.paragraphs.len()).sum::<usize>(), 1_000);
        assert_eq!(reports, GeneratedReports::new(7, 1_000).collect::<Vec<_>>());
        assert_ne!(reports[0].paragraphs, generated_report(8, 0).paragraphs);
    }

    #[test]
    fn markdown_of_a_report_reads_as_the_same_report() {
        let report = generated_report(7, 3);
        let markdown = to_markdown(&report);
        let document =
            Readers::default().read(Path::new("a.md"), markdown.as_bytes(), &Budget::default()).unwrap();
        let read = Report::from_document(&document, "a.md");
        let numbered = |report: &Report| -> Vec<(String, String)> {
            let pair = |paragraph: &Paragraph| Some((paragraph.number.clone()?, paragraph.text.clone()));
            report.paragraphs.iter().filter_map(pair).collect()
        };
        assert!(numbered(&read) == numbered(&report), "the paragraphs differ");
        assert_eq!(read.published, report.published);
    }
}
