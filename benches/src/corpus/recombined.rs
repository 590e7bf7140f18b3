//! More reports like those there are: the same sections, grades and lengths, each with its sentences drawn from all.

use std::ops::Range;

use quotable::report::{Paragraph, Report, Role};

use crate::generate::Random;

/// The reports themselves, then others that are put together of their sentences.
///
/// Headings stay, and so do paragraphs that stand word for word in another report. Every other paragraph has as many
/// sentences as before, each drawn by chance from all of the reports. So how often a word stands stays as it was, and so
/// do phrases within a sentence; nothing is said of which sentence follows which.
pub(super) struct Recombined<'r> {
    reports: &'r [Report],
    /// Every sentence that may be drawn: report, paragraph and number.
    sentences: Vec<(u32, u32, u32)>,
    /// Of every paragraph of every report, whether it stays.
    stays: Vec<Vec<bool>>,
    next: u64,
    end: u64,
    seed: u64,
}

impl<'r> Recombined<'r> {
    pub(super) fn new(reports: &'r [Report], times: u64, seed: u64) -> Self {
        let mut holders = std::collections::HashMap::<&str, (usize, bool)>::new();
        for (number, report) in reports.iter().enumerate() {
            for paragraph in &report.paragraphs {
                let (first, again) = holders.entry(&paragraph.text).or_insert((number, false));
                *again |= *first != number;
            }
        }
        let (mut sentences, mut stays) = (Vec::new(), Vec::new());
        for (number, report) in (0..).zip(reports) {
            let mut of_report = Vec::with_capacity(report.paragraphs.len());
            for (place, paragraph) in (0..).zip(&report.paragraphs) {
                let again = holders.get(paragraph.text.as_str()).is_some_and(|(_, again)| *again);
                let stay = again || paragraph.role == Role::Heading || paragraph.sentences.is_empty();
                of_report.push(stay);
                if !stay {
                    sentences.extend((0..paragraph.sentences.len() as u32).map(|at| (number, place, at)));
                }
            }
            stays.push(of_report);
        }
        let end = reports.len() as u64 * times;
        Self { reports, sentences, stays, next: 0, end, seed }
    }

    /// One of all sentences.
    fn draw(&self, random: &mut Random) -> &'r str {
        let Some(&(report, paragraph, at)) = self.sentences.get(random.below(self.sentences.len())) else {
            return "";
        };
        let paragraph = &self.reports[report as usize].paragraphs[paragraph as usize];
        paragraph.text[paragraph.sentences[at as usize].clone()].trim()
    }

    fn paragraph(&self, like: &Paragraph, random: &mut Random) -> Paragraph {
        let (mut text, mut sentences) = (String::new(), Vec::<Range<usize>>::new());
        for number in 0..like.sentences.len() {
            let start = text.len();
            text.push_str(self.draw(random));
            if number + 1 < like.sentences.len() {
                text.push(' ');
            }
            sentences.push(start..text.len());
        }
        let mut made = like.clone();
        (made.text, made.sentences) = (text, sentences);
        made.pages = like.pages.first().map(quotable::report::Pages::starting_on).unwrap_or_default();
        made
    }
}

impl Iterator for Recombined<'_> {
    type Item = Report;

    fn next(&mut self) -> Option<Report> {
        let number = self.next;
        if number >= self.end {
            return None;
        }
        self.next += 1;
        let at = (number % self.reports.len() as u64) as usize;
        let mut report = self.reports[at].clone();
        let copy = number / self.reports.len() as u64;
        if copy > 0 {
            let mut random = Random::of(self.seed, number);
            report.path = format!("{copy}/{}", report.path);
            for (paragraph, stays) in report.paragraphs.iter_mut().zip(&self.stays[at]) {
                if !stays {
                    *paragraph = self.paragraph(paragraph, &mut random);
                }
            }
        }
        Some(report)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::generate::Corpus;

    fn reports() -> Vec<Report> {
        let mut reports: Vec<Report> = Corpus::new(5, 600).collect();
        for paragraph in reports.iter_mut().flat_map(|report| &mut report.paragraphs) {
            paragraph.sentences = quotable::report::sentences(&paragraph.text);
        }
        reports
    }

    #[test]
    fn the_first_are_the_reports_themselves_and_the_rest_are_others_as_long() {
        let reports = reports();
        let made: Vec<Report> = Recombined::new(&reports, 3, 1).collect();
        assert_eq!(made.len(), reports.len() * 3);
        assert_eq!(made[..reports.len()], reports);
        let again = &made[reports.len()..2 * reports.len()];
        assert_ne!(again, reports);
        for (one, other) in again.iter().zip(&reports) {
            assert_eq!(one.paragraphs.len(), other.paragraphs.len());
        }
        let paths: HashSet<&str> = made.iter().map(|report| report.path.as_str()).collect();
        assert_eq!(paths.len(), made.len());
        assert_eq!(made, Recombined::new(&reports, 3, 1).collect::<Vec<_>>());
    }

    #[test]
    fn sentences_are_those_of_the_reports_and_tile_their_paragraph() {
        let reports = reports();
        let all = |reports: &[Report]| -> HashSet<String> {
            let paragraphs = reports.iter().flat_map(|report| &report.paragraphs);
            let sentence = |paragraph: &Paragraph| -> Vec<String> {
                let texts = paragraph.sentences.iter().map(|bytes| paragraph.text[bytes.clone()].trim());
                texts.map(str::to_owned).collect()
            };
            paragraphs.flat_map(sentence).collect()
        };
        let known = all(&reports);
        let made: Vec<Report> = Recombined::new(&reports, 2, 1).skip(reports.len()).collect();
        assert!(all(&made).is_subset(&known));
        for paragraph in made.iter().flat_map(|report| &report.paragraphs) {
            let ends: usize = paragraph.sentences.iter().map(|bytes| bytes.len()).sum();
            assert_eq!(ends, paragraph.text.len());
        }
    }
}
