//! The amount of text that each theme of a code book covers.

use std::collections::BTreeMap;
use std::sync::Arc;

use quotable_codebook::{Code, CodeBook, Evidence, Passage};
use quotable_query::{Query, Scope};
use quotable_report::Grade;
use serde::{Deserialize, Serialize};

use crate::answer::extent::Extent;
use crate::answer::provenance::{self, Provenance};
use crate::error::{Error, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::named_field::grades_best_first;
use crate::search::options::{Boilerplate, SearchOptions};
use crate::store::entry::part_of;
use crate::store::record::Record;
use crate::store::state::State;

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

/// Labels every paragraph that the options select and adds up what each theme covers.
pub(crate) fn themes(state: &Arc<State>, book: &CodeBook, options: &SearchOptions) -> Result<Themes> {
    let parts = [true, options.tables, options.notes];
    let mut interrupt = options.interrupt();
    interrupt.look()?;
    let topics: Vec<&Code> = book.topics().collect();
    let (mut whole, mut without) = (Counter::default(), Counter::default());
    let mut themes: Vec<(Counter, u64, u64)> = vec![Default::default(); topics.len()];
    let compiled = CompiledQuery::new(state, &Query::All, &options.clone().scope(Scope::Paragraph))?;
    let searched = compiled.plan.searched.as_deref();
    for (source, entry) in (0..).zip(state.sources().entries()) {
        if searched.is_some_and(|searched| searched.get(source as usize) != Some(&true)) {
            continue;
        }
        for ordinal in 1..=entry.documents {
            let record: Option<Record> = state.record(source, ordinal)?;
            let Record { paragraph, context } =
                record.ok_or_else(|| Error::damaged("a paragraph on record is missing"))?;
            interrupt.step()?;
            if !parts[part_of(paragraph.role)] {
                continue;
            }
            if options.boilerplate == Boilerplate::Exclude
                && state.boilerplate_reports(source, ordinal)?.is_some()
            {
                continue;
            }
            let passage = Passage::new(&paragraph.text).sentences(&paragraph.sentences).role(paragraph.role);
            let passage = passage.within(context.theme.as_deref(), &context.headings);
            let (labels, words) = book.labels_and_words(&passage);
            let year = entry.day().map(quotable_report::Date::year);
            let one = CountedParagraph { source, year, grade: context.grade.clone(), words: words.into() };
            whole.add(&one);
            if labels.is_empty() {
                without.add(&one);
            }
            let mut rows = topics.iter().zip(&mut themes);
            for label in labels {
                // Labels and rows are both in the order of the book: one pass pairs them.
                let Some((_, (counter, by_section, by_words))) =
                    rows.find(|(topic, _)| topic.name == label.theme)
                else {
                    debug_assert!(false, "every label names a topic of the book");
                    break;
                };
                counter.add(&one);
                for evidence in label.evidence {
                    match evidence {
                        Evidence::Section { .. } => *by_section += 1,
                        Evidence::Words { .. } => *by_words += 1,
                        _ => debug_assert!(false, "a kind of evidence that is not counted"),
                    }
                }
            }
        }
    }
    let order = grades_best_first(state.sources().entries());
    let themes = topics.into_iter().zip(themes);
    let themes = themes.map(|(topic, (counter, by_section, by_words))| Coverage {
        theme: topic.name.clone(),
        title: topic.title.clone(),
        tally: counter.tally(&order),
        by_section,
        by_words,
    });
    let options = options.clone().codebook(book.clone());
    let mut provenance = provenance::of(&CompiledQuery::new(state, &Query::All, &options)?);
    provenance.codebook = Some(book.hash().to_owned());
    Ok(Themes {
        whole: whole.tally(&order),
        without: without.tally(&order),
        themes: themes.collect(),
        provenance,
    })
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
