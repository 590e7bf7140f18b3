//! Random queries of the whole language.

use proptest::prelude::*;
use proptest::sample::select;
use quotable::SearchOptions;
use quotable::query::{Limits, Query, Scope};

use super::filters::FILTERS;
use super::random_index::{FOLDERS, WORDS, book};

/// A query with search options.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) query: Query,
    pub(super) scope: Scope,
    pub(super) tables: bool,
    pub(super) notes: bool,
    pub(super) within: Option<&'static str>,
}

impl Case {
    pub(super) fn options(&self) -> SearchOptions {
        let Self { scope, tables, notes, within, .. } = *self;
        let options = SearchOptions::default().codebook(book()).scope(scope).tables(tables).notes(notes);
        match within {
            Some(within) => options.within(within),
            None => options,
        }
    }
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let scope = prop_oneof![
        4 => Just(Scope::Paragraph),
        1 => select(&[Scope::Sentence, Scope::Theme, Scope::Report][..]),
    ];
    let within = prop_oneof![4 => Just(None), 1 => select(FOLDERS).prop_map(Some)];
    let some = proptest::bool::weighted(0.3);
    (query(), scope, some, some, within).prop_map(|(query, scope, tables, notes, within)| Case {
        query,
        scope,
        tables,
        notes,
        within,
    })
}

fn word() -> impl Strategy<Value = &'static str> {
    select(&WORDS[..])
}

fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![
        6 => word().prop_map(Query::word),
        1 => select(&["car*", "*er", "?", "*a*", "zz*", "c?re", "plan*s", "leaver'*"][..]).prop_map(Query::wildcard),
        1 => word().prop_map(Query::inflected),
        1 => (select(&["care", "plan", "laever"][..]), 1_u8..3).prop_map(|(word, distance)| Query::fuzzy(word, distance)),
        1 => select(&["care?", "[ab]", "(plan|leaver)", "c.+s", "CARE", ".*'s"][..]).prop_map(Query::regex),
        1 => held_word(),
    ]
}

/// One word, held to the way it is printed.
fn held_word() -> impl Strategy<Value = Query> {
    prop_oneof![
        2 => select(&["Care", "CARE", "care", "B", "a", "leaver’s", "ÉA"][..]).prop_map(Query::exact),
        1 => Just(Query::number("97%")),
    ]
}

/// Words that are held to the way they are printed, and numbers in all their ways.
fn held() -> impl Strategy<Value = Query> {
    prop_oneof![
        2 => held_word(),
        2 => select(&["£1.2", "1.2", "97%", "1,000", "*%", "£*", "1.*", "*,*0", "*.*"][..]).prop_map(Query::number),
        2 => select(&["1000", "1,000", "97%"][..]).prop_map(Query::number_forms),
        2 => select(&["care/plan", "decision-making", "Care.", "a B", "Care a"][..]).prop_map(Query::exact),
    ]
}

/// A phrase, with gaps before, between and after its parts.
fn phrase() -> impl Strategy<Value = Query> {
    let slot = prop_oneof![
        5 => leaf(),
        1 => select(&["£1.2", "1,000", "*%", "£1*"][..]).prop_map(Query::number),
        1 => Just(Query::number_forms("1000")),
        1 => Just(Query::Gap),
        1 => (leaf(), leaf()).prop_map(|(one, other)| Query::any_of([one, other])),
    ];
    // At least one slot is a word: a phrase of gaps alone is an error.
    (leaf(), proptest::collection::vec(slot, 0..3), 0_usize..3).prop_map(|(leaf, mut slots, at)| {
        slots.insert(at.min(slots.len()), leaf);
        Query::phrase(slots)
    })
}

/// An operand of a window.
fn operand() -> impl Strategy<Value = Query> {
    let simple = prop_oneof![4 => leaf(), 2 => phrase(), 1 => held()];
    simple.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            3 => windows(inner.clone()),
            2 => proptest::collection::vec(inner, 2..4).prop_map(Query::any_of),
        ]
    })
}

fn windows(operand: impl Strategy<Value = Query> + Clone) -> impl Strategy<Value = Query> {
    (operand.clone(), operand, 1_u32..6, 0_u8..6).prop_map(|(left, right, distance, kind)| match kind {
        0 | 1 => left.near(right, distance),
        2 => left.before(right, distance),
        3 => left.not_near(right, distance),
        4 => left.not_preceded(right, distance),
        _ => left.not_followed(right, distance),
    })
}

fn query() -> impl Strategy<Value = Query> {
    let filters: Vec<Query> = FILTERS.iter().map(|(filter, _)| filter.parse().unwrap()).collect();
    let part = prop_oneof![
        4 => leaf(),
        3 => phrase(),
        2 => held(),
        4 => windows(operand().boxed()),
        1 => Just(Query::All),
        3 => select(filters),
        1 => select(&["waiting", "leavers", "north"][..]).prop_map(Query::named),
    ];
    let any = part.prop_recursive(3, 12, 3, |inner| {
        let some = proptest::collection::vec(inner.clone(), 2..4);
        let scopes = &[Scope::Sentence, Scope::Paragraph, Scope::Theme, Scope::Report][..];
        prop_oneof![
            3 => some.clone().prop_map(Query::all_of),
            2 => some.prop_map(Query::any_of),
            2 => inner.clone().prop_map(|part| Query::Not(Box::new(part))),
            2 => (inner.clone(), select(scopes)).prop_map(|(part, scope)| part.within(scope)),
            1 => (inner.clone(), inner, select(scopes)).prop_map(|(one, other, scope)| one.and(other).within(scope)),
        ]
    });
    any.prop_filter("a query that may be case", |query| query.check(&Limits::default()).is_ok())
}
