//! A corpus larger than the reports there are: copies of them with sentences drawn from all.

use std::collections::HashMap;
use std::ops::Range;

use quotable::report::{Pages, Paragraph, Report, Role};
use quotable_testkit::Random;

/// Iterates over the reports themselves, then over copies with resampled sentences.
///
/// Headings stay, and so do boilerplate paragraphs, which stand word for word in another report. Every other paragraph
/// keeps its number of sentences, each drawn at random from all reports. So the frequencies of words stay, and of phrases
/// within a sentence; the order of sentences is random.
pub(super) struct Resampled<'r> {
    reports: &'r [Report],
    /// Every sentence that may be drawn: report, paragraph, sentence.
    sentences: Vec<(u32, u32, u32)>,
    /// Whether a paragraph stays as it is, by report and paragraph.
    keeps: Vec<Vec<bool>>,
    next: u64,
    end: u64,
    seed: u64,
}

impl<'r> Resampled<'r> {
    pub(super) fn new(reports: &'r [Report], scale: u64, seed: u64) -> Self {
        // The first report with a text, and whether another report has it too.
        let mut holders = HashMap::<&str, (usize, bool)>::new();
        for (number, report) in reports.iter().enumerate() {
            for paragraph in &report.paragraphs {
                let (first, is_shared) = holders.entry(&paragraph.text).or_insert((number, false));
                *is_shared |= *first != number;
            }
        }
        let (mut sentences, mut keeps) = (Vec::new(), Vec::new());
        for (number, report) in (0..).zip(reports) {
            let mut keeps_of_report = Vec::with_capacity(report.paragraphs.len());
            for (place, paragraph) in (0..).zip(&report.paragraphs) {
                let is_shared = holders.get(paragraph.text.as_str()).is_some_and(|(_, is_shared)| *is_shared);
                let keep = is_shared || paragraph.role == Role::Heading || paragraph.sentences.is_empty();
                keeps_of_report.push(keep);
                if !keep {
                    sentences.extend((0..paragraph.sentences.len() as u32).map(|at| (number, place, at)));
                }
            }
            keeps.push(keeps_of_report);
        }
        Self { reports, sentences, keeps, next: 0, end: reports.len() as u64 * scale, seed }
    }

    fn draw_sentence(&self, random: &mut Random) -> &'r str {
        let Some(&(report, paragraph, at)) = random.pick(&self.sentences) else {
            debug_assert!(false, "a paragraph is resampled only if it has a sentence to draw");
            return "";
        };
        let paragraph = &self.reports[report as usize].paragraphs[paragraph as usize];
        paragraph.text[paragraph.sentences[at as usize].clone()].trim()
    }

    fn resample(&self, original: &Paragraph, random: &mut Random) -> Paragraph {
        let (mut text, mut sentences) = (String::new(), Vec::<Range<usize>>::new());
        for number in 0..original.sentences.len() {
            let start = text.len();
            text.push_str(self.draw_sentence(random));
            // Sentences tile the paragraph: each ends with the space before the next.
            if number + 1 < original.sentences.len() {
                text.push(' ');
            }
            sentences.push(start..text.len());
        }
        let mut paragraph = original.clone();
        (paragraph.text, paragraph.sentences) = (text, sentences);
        paragraph.pages = original.pages.first().map(Pages::starting_on).unwrap_or_default();
        paragraph
    }
}

impl Iterator for Resampled<'_> {
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
            let mut random = Random::for_item(self.seed, number);
            report.path = format!("{copy}/{}", report.path);
            for (paragraph, keep) in report.paragraphs.iter_mut().zip(&self.keeps[at]) {
                if !keep {
                    *paragraph = self.resample(paragraph, &mut random);
                }
            }
        }
        Some(report)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use quotable_testkit::corpus::GeneratedReports;

    use super::*;

    fn reports() -> Vec<Report> {
        let mut reports: Vec<Report> = GeneratedReports::new(5, 600).collect();
        for paragraph in reports.iter_mut().flat_map(|report| &mut report.paragraphs) {
            paragraph.sentences = quotable::report::sentences(&paragraph.text);
        }
        reports
    }

    #[test]
    fn the_originals_come_first_and_copies_have_as_many_paragraphs() {
        let reports = reports();
        let resampled: Vec<Report> = Resampled::new(&reports, 3, 1).collect();
        assert_eq!(resampled.len(), reports.len() * 3);
        assert_eq!(resampled[..reports.len()], reports);
        let copies = &resampled[reports.len()..2 * reports.len()];
        assert_ne!(copies, reports);
        for (one, other) in copies.iter().zip(&reports) {
            assert_eq!(one.paragraphs.len(), other.paragraphs.len());
        }
        let paths: HashSet<&str> = resampled.iter().map(|report| report.path.as_str()).collect();
        assert_eq!(paths.len(), resampled.len());
        assert_eq!(resampled, Resampled::new(&reports, 3, 1).collect::<Vec<_>>());
    }

    #[test]
    fn resampled_sentences_are_from_the_reports_and_tile_their_paragraph() {
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
        let resampled: Vec<Report> = Resampled::new(&reports, 2, 1).skip(reports.len()).collect();
        assert!(all(&resampled).is_subset(&known));
        for paragraph in resampled.iter().flat_map(|report| &report.paragraphs) {
            let ends: usize = paragraph.sentences.iter().map(|bytes| bytes.len()).sum();
            assert_eq!(ends, paragraph.text.len());
        }
    }
}
