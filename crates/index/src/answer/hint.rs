//! Queries that its writer may have meant instead, with what they find.

use std::sync::Arc;

use quotable_query::{Filter, Query, Value};

use crate::error::{ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::filter::{longer_name, values_after};
use crate::search::hit::Counts;
use crate::search::options::SearchOptions;

/// A query that may have been meant, or finds more of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// The words side by side are frequent too: a shell may have taken the quotation marks.
    Phrase {
        /// The number of words.
        words: usize,
        /// The phrase, in the query language.
        phrase: String,
        /// Its occurrences.
        occurrences: u64,
    },
    /// A concept of the code book has the word as one of several ways to say the same.
    Concept {
        /// The name, with its `@`.
        name: String,
        /// The paragraphs that it finds besides those of the word.
        more: u64,
    },
    /// A number is printed in another way too.
    Number {
        /// The number as asked for.
        number: String,
        /// All ways, in the query language.
        forms: String,
        /// The occurrences that it finds besides.
        more: u64,
    },
    /// The words after a filter make a longer name with its value.
    Name {
        /// The filter by the longer name, in the query language.
        filter: String,
    },
    /// The words after a filter are values that its field has too.
    Either {
        /// The filters joined by `OR`, in the query language.
        filters: String,
    },
}

/// Words of a phrase that is offered; more are a sentence.
const PHRASE_WORDS: usize = 5;
/// Paragraphs with the words for each with the phrase, at most, where it is offered.
const RARE: u64 = 10;

/// The hints for a query that was counted.
pub(crate) fn hints(compiled: &Arc<CompiledQuery>, counts: &Counts) -> Result<Vec<Hint>> {
    let query = compiled.query.clone().normalised();
    let parts = match &query {
        Query::And(parts) => parts.clone(),
        other => vec![other.clone()],
    };
    let mut hints = Hints { compiled, options: compiled.options.clone().of_one_answer(), hints: Vec::new() };
    let looked = hints.look(&parts, counts);
    match looked {
        // The search has its answer, and this is an addition to it.
        Err(error) if error.kind() == ErrorKind::OverLimit => Ok(hints.hints),
        Err(error) => Err(error),
        Ok(()) => Ok(hints.hints),
    }
}

struct Hints<'c> {
    compiled: &'c CompiledQuery,
    options: SearchOptions,
    hints: Vec<Hint>,
}

impl Hints<'_> {
    fn look(&mut self, parts: &[Query], counts: &Counts) -> Result<()> {
        let words: Vec<_> = parts.iter().filter(|part| matches!(part, Query::Word(_))).cloned().collect();
        let others: Vec<_> = parts.iter().filter(|part| !words.contains(part)).cloned().collect();
        let only_filters = others.iter().all(|part| matches!(part, Query::Filter(_)));
        for part in parts {
            if let Query::Filter(filter) = part
                && let Some(name) = longer_name(&self.compiled.state, filter)
            {
                let filter = Filter::new(filter.field.clone(), Value::Text(name)).to_string();
                self.hints.push(Hint::Name { filter });
            } else if let Query::Filter(filter) = part {
                self.either(filter);
            } else if let Query::Or(inner) = part {
                let filters = inner.iter().filter_map(|part| match part {
                    Query::Filter(filter) => Some(filter),
                    _ => None,
                });
                filters.for_each(|filter| self.either(filter));
            }
        }
        if only_filters && (2..=PHRASE_WORDS).contains(&words.len()) {
            self.phrase(&words, &others, counts)?;
        }
        if only_filters && let [word] = words.as_slice() {
            self.concept(word, &others, counts)?;
        }
        self.numbers(parts, counts)
    }

    /// Compiles a part with the filters beside it.
    fn compile(&self, part: Query, others: &[Query]) -> Result<CompiledQuery> {
        let query = Query::all_of(others.iter().cloned().chain([part]));
        CompiledQuery::new(&self.compiled.state, &query, &self.options)
    }

    fn either(&mut self, filter: &Filter) {
        let others = values_after(&self.compiled.state, filter);
        let Value::Text(first) = &filter.value else { return };
        if others.is_empty() {
            return;
        }
        let all = std::iter::once(first.trim_end_matches(',').to_owned()).chain(others);
        let filters = all.map(|value| Filter::new(filter.field.clone(), Value::Text(value)).to_string());
        let filters = format!("({})", filters.collect::<Vec<_>>().join(" OR "));
        self.hints.push(Hint::Either { filters });
    }

    fn phrase(&mut self, words: &[Query], others: &[Query], counts: &Counts) -> Result<()> {
        if counts.paragraphs == 0 {
            return Ok(());
        }
        let phrase = Query::phrase(words.iter().cloned());
        let found = self.compile(phrase.clone(), others)?.count()?;
        if found.paragraphs > 0 && found.paragraphs.saturating_mul(RARE) >= counts.paragraphs {
            let (words, phrase) = (words.len(), phrase.to_string());
            self.hints.push(Hint::Phrase { words, phrase, occurrences: found.occurrences });
        }
        Ok(())
    }

    fn concept(&mut self, word: &Query, others: &[Query], counts: &Counts) -> Result<()> {
        let (Some(book), Query::Word(word)) = (&self.compiled.options.codebook, word) else { return Ok(()) };
        for code in book.concepts_of(word) {
            // A concept has many words, and where they stand in a paragraph is not asked.
            let found = self.compile(code.resolved, others)?.count_paragraphs()?;
            let more = found.saturating_sub(counts.paragraphs);
            if more > 0 {
                self.hints.push(Hint::Concept { name: format!("@{}", code.name), more });
            }
        }
        Ok(())
    }

    fn numbers(&mut self, parts: &[Query], counts: &Counts) -> Result<()> {
        for (at, part) in parts.iter().enumerate() {
            let (Query::Word(number) | Query::Number(number)) = part else { continue };
            let forms = Query::number_forms(number);
            if !number.contains(|c: char| c.is_ascii_digit()) || !matches!(forms, Query::NumberForms(_)) {
                continue;
            }
            let mut others = parts.to_vec();
            others.remove(at);
            if forms.check(&quotable_query::Limits::default()).is_err() {
                continue;
            }
            let more =
                self.compile(forms.clone(), &others)?.count()?.occurrences.saturating_sub(counts.occurrences);
            if more > 0 {
                self.hints.push(Hint::Number { number: number.clone(), forms: forms.to_string(), more });
            }
        }
        Ok(())
    }
}
