//! Random queries and texts over so small a vocabulary that they often match.

use proptest::prelude::*;
use proptest::sample::select;
use quotable_query::{Field, Query, Scope};

/// Eight times the default number of cases: 2,048 unless `PROPTEST_CASES` is set.
pub(crate) fn many() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: 8 * usual.cases, ..usual }
}

pub(crate) fn word() -> impl Strategy<Value = Query> {
    prop_oneof![Just("a"), Just("b"), Just("c"), Just("ab"), Just("ba's")].prop_map(Query::word)
}

/// A query that matches single words.
pub(crate) fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![
        6 => word(),
        1 => prop_oneof![Just("a*"), Just("?b"), Just("*b*")].prop_map(Query::wildcard),
        1 => prop_oneof![Just("a|b+"), Just("[a-c]{2}")].prop_map(Query::regex),
        1 => Just(Query::inflected("ba")),
        1 => Just(Query::fuzzy("ab", 1)),
    ]
}

/// Parts that are held to the way they are printed. Which words they match, the folded words do not tell.
fn held() -> impl Strategy<Value = Query> {
    prop_oneof![
        select(&["£1.2", "97%", "1,000", "3.5m"][..]).prop_map(Query::number),
        select(&["1000", "1,000", "97%", "£1234.5"][..]).prop_map(Query::number_forms),
        select(&["B", "Ab", "the “A” team", "16/17", "b-a.", "AND", "(a)", "x\\y"][..])
            .prop_map(Query::exact),
    ]
}

fn phrase() -> impl Strategy<Value = Query> {
    let part = prop_oneof![
        6 => leaf(),
        1 => Just(Query::Gap),
        1 => proptest::collection::vec(leaf(), 1..3).prop_map(Query::Or),
    ];
    (leaf(), proptest::collection::vec(part, 1..3)).prop_map(|(first, mut rest)| {
        rest.insert(rest.len() / 2, first); // not always in front, so that some phrases begin with a gap
        Query::phrase(rest)
    })
}

/// A query that is allowed in a window.
pub(crate) fn spans() -> impl Strategy<Value = Query> {
    prop_oneof![3 => leaf(), 1 => phrase()].prop_recursive(3, 8, 2, |inner| {
        let pair = (inner.clone(), inner.clone(), 1_u32..5);
        prop_oneof![
            2 => (pair.clone(), any::<bool>()).prop_map(|((a, b, n), ordered)| {
                if ordered { a.before(b, n) } else { a.near(b, n) }
            }),
            1 => (pair, 0_u8..3).prop_map(|((a, b, n), kind)| match kind {
                0 => a.not_near(b, n),
                1 => a.not_preceded(b, n),
                _ => a.not_followed(b, n),
            }),
            1 => proptest::collection::vec(inner, 1..4).prop_map(Query::any_of),
        ]
    })
}

fn condition() -> impl Strategy<Value = Query> {
    prop_oneof![
        Just(Query::All),
        Just(Query::filter(Field::Kind, "report")),
        Just(Query::filter(Field::Authority, "St. Example's \"on\" Sea".replace('"', ""))),
        Just(Query::filter(Field::Path, "a (b)/*.pdf")),
        Just(Query::filter(Field::Section, "what..is it")),
        Just(Query::range(Field::Date, Some("2014"), None)),
        Just(Query::range(Field::Para, Some("4"), Some("9.1"))),
    ]
}

/// Any valid query. With filters and wide scopes if `beyond_words`; otherwise the words of a paragraph decide it.
pub(crate) fn query(beyond_words: bool) -> impl Strategy<Value = Query> {
    let (base, scopes): (_, &[Scope]) = if beyond_words {
        let all = &[Scope::Sentence, Scope::Paragraph, Scope::Theme, Scope::Report];
        (prop_oneof![6 => spans(), 1 => condition(), 1 => held()].boxed(), all)
    } else {
        (spans().boxed(), &[Scope::Sentence, Scope::Paragraph])
    };
    base.prop_recursive(3, 12, 3, move |inner| {
        let some = proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            3 => some.clone().prop_map(Query::And),
            2 => some.prop_map(Query::Or),
            1 => inner.clone().prop_map(|part| Query::Not(Box::new(part))),
            2 => (inner, select(scopes)).prop_map(|(part, scope)| part.within(scope)),
        ]
    })
}

/// Words of a small vocabulary, in sentences.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![4 => Just("a"), 4 => Just("B"), 2 => Just("c"), 1 => Just("ab"), 1 => Just("ba’s"), 1 => Just("x.")];
    proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

/// The sentences of a random text.
pub(crate) fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let ranges = text.split_inclusive('.').map(|part| {
        at += part.len();
        at - part.len()..at
    });
    ranges.collect()
}
