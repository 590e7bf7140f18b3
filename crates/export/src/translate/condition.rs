//! A query as conditions on the columns of a paragraph, which every engine can be asked in its own words.

use quotable_query::Query;

use super::QueryTarget;
use super::error::TranslateError;

/// A query that was read for an engine.
pub(super) struct ReadQuery<'q> {
    /// The query, for errors.
    pub(super) query: &'q Query,
    pub(super) target: QueryTarget,
    pub(super) condition: Condition,
    pub(super) notes: Vec<String>,
}

impl ReadQuery<'_> {
    pub(super) fn cannot(&self, part: &Query, what: &str, cure: impl Into<String>) -> TranslateError {
        TranslateError::cannot(self.query, part, self.target, what, cure)
    }
}

/// A column of paragraphs, and whether it holds a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnName {
    pub(super) name: &'static str,
    pub(super) is_list: bool,
}

impl ColumnName {
    pub(super) const fn one(name: &'static str) -> Self {
        Self { name, is_list: false }
    }

    pub(super) const fn list(name: &'static str) -> Self {
        Self { name, is_list: true }
    }
}

/// A condition on a paragraph. One on a value that a paragraph lacks does not hold, and its `Not` does.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Everything,
    /// The column is true.
    True(&'static str),
    /// The column is, or its list has, one of the values.
    OneOf(ColumnName, Vec<String>),
    /// The column has a value, or its list has any.
    IsSet(ColumnName),
    /// The day is in the range, both ends included.
    Days(&'static str, Option<String>, Option<String>),
    /// One of the pages is in the range, both ends included.
    Pages(Option<i64>, Option<i64>),
    /// A period of the inspection shares a day with the range.
    Inspected(Query, Option<String>, Option<String>),
    /// The report is this file, or in this folder.
    Below(String),
    Words(WordsCondition),
    /// The condition holds in a sentence.
    Sentence(Query, Box<Condition>),
}

/// A condition on the folded words of a column.
#[derive(Debug, Clone)]
pub(super) struct WordsCondition {
    pub(super) column: &'static str,
    /// The part of the query that it stands for.
    pub(super) part: Query,
    pub(super) test: WordsTest,
}

/// A run of words: for each word, which it may be.
pub(super) type Run = Vec<Slot>;

#[derive(Debug, Clone)]
pub(super) enum WordsTest {
    /// These words side by side; a single word too.
    Run(Run),
    /// Two runs with at most `distance - 1` words between, which share none. All runs of a side are equally long.
    Near { left: Vec<Run>, right: Vec<Run>, distance: u32, ordered: bool },
}

/// A place in a run.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// Any word.
    Gap,
    /// One of these.
    OneOf(Vec<Token>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A folded word.
    Word(String),
    /// `*` is any letters, or none; `?` is one letter.
    Pattern(String),
}

/// The words of a run, if each place has one word alone.
pub(super) fn plain_words(run: &Run) -> Option<Vec<&str>> {
    run.iter()
        .map(|slot| match slot {
            Slot::OneOf(tokens) => match tokens.as_slice() {
                [Token::Word(word)] => Some(word.as_str()),
                _ => None,
            },
            Slot::Gap => None,
        })
        .collect()
}
