//! The amount of text that each theme of a code book covers.

use std::collections::BTreeMap;
use std::sync::Arc;

use quotable_codebook::{Code, CodeBook};
use quotable_query::{Query, Scope};
use quotable_report::Grade;
use serde::{Deserialize, Serialize};

use crate::answer::extent::Extent;
use crate::answer::provenance::{self, Provenance};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::found::SegmentDoc;
use crate::search::keyword_numbers;
use crate::search::keyword_values::values;
use crate::search::named_field::grades_best_first;
use crate::search::options::SearchOptions;
use crate::store::keyword::{IMPRINT, PART};
use crate::store::state::State;
use crate::store::word_counts::WordCounts;

/// The coverage of all themes of a code book in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Themes {
    /// All text examined: body text, bullets and headings, unless the options say otherwise.
    pub whole: Tally,
    /// The text without a theme.
    pub without: Tally,
    /// The themes, in the order of the code book. A paragraph with several themes counts in each.
    pub themes: Vec<Coverage>,
    /// Version, corpus and options, to repeat the counts.
    pub provenance: Provenance,
}

/// The text that one theme covers.
///
/// The documented record, which only grows, is `export::theme::ThemeRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coverage {
    /// The name of the topic.
    pub theme: String,
    /// The title of the topic.
    pub title: String,
    /// The amount of text with the theme.
    pub tally: Tally,
    /// The number of paragraphs under a heading of the theme.
    pub by_section: u64,
    /// The number of paragraphs whose words match the topic.
    pub by_words: u64,
}

/// Amounts of text, in total, by year and by grade.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tally {
    /// The total.
    pub all: Extent,
    /// By the year of the [day](quotable_report::Report::day) of each report, ascending, with text without a date first.
    pub by_year: Vec<(Option<u16>, Extent)>,
    /// By the grade of the section, best first, with text without a grade before all.
    pub by_grade: Vec<(Option<Grade>, Extent)>,
}

/// Adds up what each theme covers of the paragraphs that the options select. Equal to labelling each paragraph by
/// [`CodeBook::labels`], but done by the index: no text is read.
pub(crate) fn themes(state: &Arc<State>, book: &CodeBook, options: &SearchOptions) -> Result<Themes> {
    options.interrupt().look()?;
    // A topic may use any number of words: what a code book asks for is no typing error.
    let unlimited = options.clone().most_expansions(usize::MAX).most_lists(usize::MAX);
    let options = SearchOptions { codebook: None, scope: Scope::Paragraph, ..unlimited };
    let examined = Examined::new(state, &options)?;
    let topics: Vec<&Code> = book.topics().collect();
    let mut labelled = vec![false; examined.paragraphs.len()];
    let mut themes = Vec::with_capacity(topics.len());
    for topic in topics {
        themes.push(examined.coverage(state, topic, &options, &mut labelled)?);
    }
    let (mut whole, mut without) = (Counter::default(), Counter::default());
    for (paragraph, is_labelled) in examined.paragraphs.iter().zip(labelled) {
        let one = examined.counted(paragraph);
        whole.add(&one);
        if !is_labelled {
            without.add(&one);
        }
    }
    let options = options.codebook(book.clone());
    let mut provenance = provenance::of(&CompiledQuery::new(state, &Query::All, &options)?);
    provenance.codebook = Some(book.hash().to_owned());
    let order = &examined.grade_order;
    Ok(Themes { whole: whole.tally(order), without: without.tally(order), themes, provenance })
}

/// The paragraphs that the options select, with what themes are counted by.
struct Examined {
    /// Those of one source one after another.
    paragraphs: Vec<ExaminedParagraph>,
    /// The year of each source.
    years: Vec<Option<u16>>,
    /// The grades of sections.
    grades: Vec<Grade>,
    grade_order: Vec<Grade>,
    /// The themes of sections.
    sections: Vec<String>,
}

struct ExaminedParagraph {
    source: u32,
    place: SegmentDoc,
    words: u64,
    /// Numbers in the lists of [`Examined`]; past their ends for a paragraph without.
    grade: u32,
    section: u32,
    is_imprint: bool,
}

impl Examined {
    fn new(state: &Arc<State>, options: &SearchOptions) -> Result<Self> {
        let entries = state.sources().entries();
        let column = |name: &str, values: &[String]| {
            let none = u32::try_from(values.len()).unwrap_or(u32::MAX);
            keyword_numbers::by_document(state, name, values, none)
        };
        let grades = values(state, "grade")?;
        let sections = values(state, "theme")?;
        let (by_grade, by_section) = (column("grade", &grades)?, column("theme", &sections)?);
        let imprint = column(PART, &[IMPRINT.to_owned()])?;
        let lengths = WordCounts::open(state)?;
        let mut paragraphs = Vec::new();
        let number = |column: &[Vec<u32>], place: SegmentDoc| {
            let number = column.get(place.segment).and_then(|column| column.get(place.doc as usize));
            number.copied().unwrap_or(u32::MAX)
        };
        CompiledQuery::new(state, &Query::All, options)?.each(false, |found, place| {
            paragraphs.push(ExaminedParagraph {
                source: found.source,
                place,
                words: lengths.get(place.segment, place.doc),
                grade: number(&by_grade, place),
                section: number(&by_section, place),
                is_imprint: number(&imprint, place) == 0,
            });
        })?;
        Ok(Self {
            paragraphs,
            years: entries.iter().map(|entry| entry.day().map(quotable_report::Date::year)).collect(),
            grades: grades.into_iter().filter_map(|grade| grade.parse().ok()).collect(),
            grade_order: grades_best_first(entries),
            sections,
        })
    }

    fn counted(&self, paragraph: &ExaminedParagraph) -> CountedParagraph {
        CountedParagraph {
            source: paragraph.source,
            year: self.years.get(paragraph.source as usize).copied().flatten(),
            grade: self.grades.get(paragraph.grade as usize).cloned(),
            words: paragraph.words,
        }
    }

    /// What one topic covers; marks its paragraphs in `labelled`.
    fn coverage(
        &self,
        state: &Arc<State>,
        topic: &Code,
        options: &SearchOptions,
        labelled: &mut [bool],
    ) -> Result<Coverage> {
        let segments = state.searcher().segment_readers().iter();
        let mut matched: Vec<Vec<bool>> =
            segments.map(|reader| vec![false; reader.max_doc() as usize]).collect();
        CompiledQuery::new(state, &topic.resolved, options)?.each(false, |_, place| {
            let slot = matched.get_mut(place.segment).and_then(|docs| docs.get_mut(place.doc as usize));
            if let Some(slot) = slot {
                *slot = true;
            }
        })?;
        let (mut counter, mut by_section, mut by_words) = (Counter::default(), 0, 0);
        for (paragraph, labelled) in self.paragraphs.iter().zip(labelled) {
            let section = self.sections.get(paragraph.section as usize);
            let is_by_section = section.is_some_and(|section| topic.sections.contains(section));
            let SegmentDoc { segment, doc } = paragraph.place;
            let is_match = matched.get(segment).is_some_and(|docs| docs.get(doc as usize) == Some(&true));
            // An imprint is about no theme, whatever its words.
            let is_by_words = is_match && !paragraph.is_imprint;
            if is_by_section || is_by_words {
                counter.add(&self.counted(paragraph));
                *labelled = true;
            }
            by_section += u64::from(is_by_section);
            by_words += u64::from(is_by_words);
        }
        let tally = counter.tally(&self.grade_order);
        let (theme, title) = (topic.name.clone(), topic.title.clone());
        Ok(Coverage { theme, title, tally, by_section, by_words })
    }
}

/// One paragraph, as far as counting needs it.
struct CountedParagraph {
    source: u32,
    year: Option<u16>,
    grade: Option<Grade>,
    words: u64,
}

/// A [`Tally`] while it is counted.
#[derive(Debug, Clone, Default)]
struct Counter {
    all: Sum,
    by_year: BTreeMap<Option<u16>, Sum>,
    by_grade: BTreeMap<Option<Grade>, Sum>,
}

/// An extent and the last report counted in it. Paragraphs come report by report, so that one number is enough to count
/// each report once.
#[derive(Debug, Clone, Default)]
struct Sum(Extent, Option<u32>);

impl Sum {
    fn add(&mut self, one: &CountedParagraph) {
        self.0.paragraphs += 1;
        self.0.words += one.words;
        if self.1.replace(one.source) != Some(one.source) {
            self.0.reports += 1;
        }
    }
}

impl Counter {
    fn add(&mut self, one: &CountedParagraph) {
        self.all.add(one);
        self.by_year.entry(one.year).or_default().add(one);
        self.by_grade.entry(one.grade.clone()).or_default().add(one);
    }

    fn tally(self, order: &[Grade]) -> Tally {
        let place =
            |grade: &Option<Grade>| grade.as_ref().map(|grade| order.iter().position(|known| known == grade));
        let mut by_grade: Vec<(Option<Grade>, Sum)> = self.by_grade.into_iter().collect();
        // Grades that no report gives, which a report put in by hand may have, come by name behind the others.
        by_grade.sort_by_key(|(grade, _)| place(grade).map(|place| place.unwrap_or(usize::MAX)));
        Tally {
            all: self.all.0,
            by_year: self.by_year.into_iter().map(|(year, sum)| (year, sum.0)).collect(),
            by_grade: by_grade.into_iter().map(|(grade, sum)| (grade, sum.0)).collect(),
        }
    }
}
