//! Our queries, as tantivy has them.

use std::ops::Bound;

use quotable::query::{Field, Filter, Query as Ours, Value};
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::Fields;
use crate::engines::oracle::years;

/// The query that finds the same paragraphs; `None` if there is none.
pub(super) fn translate(fields: &Fields, query: &Ours) -> Option<Box<dyn Query>> {
    let all = |occur: Occur, parts: &[Ours]| {
        let clause = |part: &Ours| match part {
            Ours::Not(part) => Some((Occur::MustNot, translate(fields, part)?)),
            part => Some((occur, translate(fields, part)?)),
        };
        parts.iter().map(clause).collect::<Option<Vec<_>>>()
    };
    Some(match query {
        Ours::Word(word) => {
            Box::new(TermQuery::new(Term::from_field_text(fields.text, word), IndexRecordOption::WithFreqs))
        }
        Ours::Wildcard(pattern) => {
            let pattern = pattern.replace('*', ".*").replace('?', ".");
            Box::new(RegexQuery::from_pattern(&pattern, fields.text).ok()?)
        }
        Ours::Phrase(parts) => Box::new(PhraseQuery::new(terms(fields, parts)?)),
        Ours::And(parts) => Box::new(BooleanQuery::new(all(Occur::Must, parts)?)),
        Ours::Or(parts) => Box::new(BooleanQuery::new(all(Occur::Should, parts)?)),
        // Its slop lets the second word stand up to so many places from where it would stand in the phrase: so it is
        // asked both ways round.
        Ours::Near { left, right, distance, ordered: false } => {
            let terms = terms(fields, &[(**left).clone(), (**right).clone()])?;
            let way = |terms: Vec<Term>| {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(distance - 1);
                (Occur::Should, Box::new(phrase) as Box<dyn Query>)
            };
            let turned = terms.iter().rev().cloned().collect();
            Box::new(BooleanQuery::new(vec![way(terms), way(turned)]))
        }
        Ours::Filter(Filter { field: Field::Grade, value: Value::Text(grade), .. }) => {
            Box::new(TermQuery::new(Term::from_field_text(fields.grade, grade), IndexRecordOption::Basic))
        }
        Ours::Filter(Filter { field: Field::Date, value: Value::Range(from, to), .. }) => {
            let years = years(from.as_deref(), to.as_deref())?;
            let bound = |year: u16| Bound::Included(Term::from_field_u64(fields.year, year.into()));
            Box::new(RangeQuery::new(bound(*years.start()), bound(*years.end())))
        }
        Ours::All => Box::new(AllQuery),
        _ => return None,
    })
}

fn terms(fields: &Fields, parts: &[Ours]) -> Option<Vec<Term>> {
    let term = |part: &Ours| match part {
        Ours::Word(word) => Some(Term::from_field_text(fields.text, word)),
        _ => None,
    };
    parts.iter().map(term).collect()
}
