//! Translates our queries to those of tantivy.

use std::ops::Bound;

use quotable::query::Query as Ours;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::Fields;
use crate::queries::{grade_of, years_of};

/// The query that matches the same paragraphs; `None` if there is none.
pub(super) fn translate(fields: &Fields, query: &Ours) -> Option<Box<dyn Query>> {
    let clauses = |occur: Occur, parts: &[Ours]| {
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
        Ours::And(parts) => Box::new(BooleanQuery::new(clauses(Occur::Must, parts)?)),
        Ours::Or(parts) => Box::new(BooleanQuery::new(clauses(Occur::Should, parts)?)),
        // The slop of a phrase is the distance of a word from its place in the phrase, so `a b` with slop does not match
        // `b a` at every distance: both orders are needed.
        Ours::Near { left, right, distance, ordered: false } => {
            let terms = terms(fields, &[(**left).clone(), (**right).clone()])?;
            let phrase = |terms: Vec<Term>| {
                let mut query = PhraseQuery::new(terms);
                query.set_slop(distance - 1);
                (Occur::Should, Box::new(query) as Box<dyn Query>)
            };
            let reversed = terms.iter().rev().cloned().collect();
            Box::new(BooleanQuery::new(vec![phrase(terms), phrase(reversed)]))
        }
        Ours::Filter(filter) => match (grade_of(filter), years_of(filter)) {
            (Some(grade), _) => {
                Box::new(TermQuery::new(Term::from_field_text(fields.grade, grade), IndexRecordOption::Basic))
            }
            (_, Some(years)) => {
                let bound = |year: u16| Bound::Included(Term::from_field_u64(fields.year, year.into()));
                Box::new(RangeQuery::new(bound(*years.start()), bound(*years.end())))
            }
            _ => return None,
        },
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
