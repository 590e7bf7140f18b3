//! How much of a corpus each theme covers.

use std::collections::BTreeMap;
use std::sync::Arc;

use quotable_codebook::{Code, CodeBook, Evidence, Passage};
use quotable_query::Query;
use quotable_report::Grade;
use serde::{Deserialize, Serialize};

use crate::answer::extent::Extent;
use crate::answer::provenance::{self, Provenance};
use crate::error::{Error, Result};
use crate::path;
use crate::search::compiled::CompiledQuery;
use crate::search::options::{Boilerplate, SearchOptions};
use crate::store::entry::part_of;
use crate::store::record::Record;
use crate::store::state::State;

/// The themes of a code book over one state of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Themes {
    /// Everything that was looked at: body text, bullets and headings, where nothing else was asked for.
    pub whole: Tally,
    /// What has no theme.
    pub without: Tally,
    /// The themes, in the order of the code book. A paragraph may have several.
    pub themes: Vec<Coverage>,
    /// What makes the counts repeatable.
    pub provenance: Provenance,
}

/// How much one theme covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coverage {
    /// The name of the topic.
    pub theme: String,
    /// What it stands for.
    pub title: String,
    /// What has the theme.
    pub tally: Tally,
    /// Paragraphs that stand under a heading of the theme.
    pub by_section: u64,
    /// Paragraphs whose words match the topic.
    pub by_words: u64,
}

/// Text counted, in all and by parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tally {
    /// In all.
    pub all: Extent,
    /// By the year of publication, ascending; first what has no date.
    pub by_year: Vec<(Option<u16>, Extent)>,
    /// By the grade of the area that the paragraphs stand under; first what stands under none.
    pub by_grade: Vec<(Option<Grade>, Extent)>,
}

/// Labels every paragraph that the options select and adds up what each theme covers.
pub(crate) fn themes(state: &Arc<State>, book: &CodeBook, options: &SearchOptions) -> Result<Themes> {
    let searched = [true, options.tables, options.notes];
    let mut interrupt = options.interrupt();
    interrupt.look()?;
    let topics: Vec<&Code> = book.topics().collect();
    let (mut whole, mut without) = (Counter::default(), Counter::default());
    let mut themes: Vec<(Counter, u64, u64)> = vec![Default::default(); topics.len()];
    for (source, entry) in (0..).zip(state.sources().entries()) {
        if options.within.as_ref().is_some_and(|within| !path::is_within(&entry.path, within)) {
            continue;
        }
        for ordinal in 1..=entry.documents {
            let record: Option<Record> = state.record(source, ordinal)?;
            let Record { paragraph, context } =
                record.ok_or_else(|| Error::damaged("a paragraph is not there"))?;
            interrupt.step()?;
            if !searched[part_of(paragraph.role)] {
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
            let year = entry.published.map(quotable_report::Date::year);
            let one = One { source, year, grade: context.grade, words: words.into() };
            whole.add(&one);
            if labels.is_empty() {
                without.add(&one);
            }
            let mut rows = topics.iter().zip(&mut themes);
            for label in labels {
                // Both are in the order of the book.
                let Some((_, (counter, by_section, by_words))) =
                    rows.find(|(topic, _)| topic.name == label.theme)
                else {
                    break;
                };
                counter.add(&one);
                for evidence in label.evidence {
                    match evidence {
                        Evidence::Section { .. } => *by_section += 1,
                        _ => *by_words += 1,
                    }
                }
            }
        }
    }
    let themes = topics.into_iter().zip(themes);
    let themes = themes.map(|(topic, (counter, by_section, by_words))| Coverage {
        theme: topic.name.clone(),
        title: topic.title.clone(),
        tally: counter.tally(),
        by_section,
        by_words,
    });
    let options = options.clone().codebook(book.clone());
    let mut provenance = provenance::of(&CompiledQuery::new(state, &Query::All, &options)?);
    provenance.codebook = Some(book.hash().to_owned());
    Ok(Themes { whole: whole.tally(), without: without.tally(), themes: themes.collect(), provenance })
}

/// What is counted of one paragraph.
struct One {
    source: u32,
    year: Option<u16>,
    grade: Option<Grade>,
    words: u64,
}

#[derive(Debug, Clone, Default)]
struct Counter {
    all: Sum,
    by_year: BTreeMap<Option<u16>, Sum>,
    by_grade: BTreeMap<Option<Grade>, Sum>,
}

/// An extent, and the report counted last: the paragraphs of a report come one after another.
#[derive(Debug, Clone, Default)]
struct Sum(Extent, Option<u32>);

impl Sum {
    fn add(&mut self, one: &One) {
        self.0.paragraphs += 1;
        self.0.words += one.words;
        if self.1.replace(one.source) != Some(one.source) {
            self.0.reports += 1;
        }
    }
}

impl Counter {
    fn add(&mut self, one: &One) {
        self.all.add(one);
        self.by_year.entry(one.year).or_default().add(one);
        self.by_grade.entry(one.grade).or_default().add(one);
    }

    fn tally(self) -> Tally {
        Tally {
            all: self.all.0,
            by_year: self.by_year.into_iter().map(|(year, sum)| (year, sum.0)).collect(),
            by_grade: self.by_grade.into_iter().map(|(grade, sum)| (grade, sum.0)).collect(),
        }
    }
}
