use super::{Condition, FEW_LEAVES, Matcher, Paragraph};
use crate::query::{Field, Query};
use crate::text::Text;

/// The occurrences of a query in a text, as slices of the text; none if it is not a hit.
fn found<'t>(query: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let matcher = Matcher::new(&query.parse().unwrap()).unwrap();
    let sentences: Vec<_> = text
        .split_inclusive('.')
        .scan(0, |at, part| {
            *at += part.len();
            Some(*at - part.len()..*at)
        })
        .collect();
    let found = matcher.find(&Text::with_sentences(text, &sentences));
    found.matched.then(|| found.occurrences.into_iter().map(|span| &text[span.bytes]).collect())
}

#[test]
fn queries_find_their_occurrences() {
    for (query, text, want) in [
        // Words and phrases.
        ("café", "Café, cafe’s. CAFE", Some(vec!["Café", "CAFE"])),
        (
            "decision-making",
            "decision–making or decision\nmaking",
            Some(vec!["decision–making", "decision\nmaking"]),
        ),
        ("\"a b a\"", "a b a b a", Some(vec!["a b a", "a b a"])),
        ("\"not * allocated\"", "not yet allocated, not allocated", Some(vec!["not yet allocated"])),
        ("\"a *\"", "a b a", Some(vec!["a b"])),
        ("\"* a\"", "a b a", Some(vec!["b a"])),
        ("\"(a OR b) c*\"", "a cat b cow d cup", Some(vec!["a cat", "b cow"])),
        // Boolean.
        ("a b", "a c a b", Some(vec!["a", "a", "b"])),
        ("a b", "a c a", None),
        ("a a*", "a ab", Some(vec!["a", "ab"])),
        ("a OR \"a b\"", "a b", Some(vec!["a", "a b"])),
        ("a OR (b c)", "a b", Some(vec!["a"])),
        ("a -b", "a c", Some(vec!["a"])),
        ("a -b", "a b", None),
        ("-b", "a c", Some(vec![])),
        ("a OR -b", "c", Some(vec![])),
        ("*:*", "", Some(vec![])),
        ("-(a -b)", "a b", Some(vec![])),
        // Windows.
        ("a w/2 b", "a x b", Some(vec!["a x b"])),
        ("a w/2 b", "a x x b", None),
        ("a w/2 b", "b x a", Some(vec!["b x a"])),
        ("a pre/2 b", "b x a", None),
        ("a w/9 b", "a a b b", Some(vec!["a b"])),
        ("a w/9 b", "a b a", Some(vec!["a b", "b a"])),
        ("a w/1 a", "a a a", Some(vec!["a a", "a a"])),
        ("a w/5 \"a b\"", "a b", None),
        ("(a w/2 b) w/2 c", "a b x c", Some(vec!["a b x c"])),
        ("a not w/2 b", "a x x b a", Some(vec!["a"])),
        ("a not w/2 b", "a b", None),
        ("a not w/1 \"a b\"", "a b a", None),
        ("a not w/2 \"a b\"", "a b x x a", Some(vec!["a"])),
        ("a not w/3 a", "a x x x a x a", Some(vec!["a"])),
        // Sentences.
        ("a w/s b", "a c. b", None),
        ("a w/s b", "a c. b a. a", Some(vec!["b", "a"])),
        ("a w/s -b", "a b. a c", Some(vec!["a"])),
        ("w/s(\"a b\" OR c)", "a. b. c", Some(vec!["c"])),
        ("a w/s (b w/p c)", "a b. c", Some(vec!["a", "b", "c"])),
        ("-(a w/s b)", "a. b", Some(vec![])),
        // Conditions are decided so that the text matches.
        ("kind:report a", "a", Some(vec!["a"])),
        ("a -kind:report", "a", Some(vec!["a"])),
        ("a w/r b", "a", Some(vec!["a"])),
        ("a w/r b", "c", None),
        ("a -(w/r(b))", "a b", Some(vec!["a"])),
    ] {
        assert_eq!(found(query, text), want, "{query} in {text:?}");
    }
}

#[test]
fn marks_are_parts_without_overlap() {
    let text = "a x b c, and care leavers care";
    for (query, want) in [
        ("a w/5 \"b c\"", vec!["a", "b c"]),
        ("(a OR x) w/5 c", vec!["x", "c"]),
        ("\"b c\" OR c OR b", vec!["b c"]),
        ("\"care leavers\"", vec!["care leavers"]),
        ("a -b", vec![]),
        ("x not w/1 c", vec!["x"]),
        ("\"a * b\" b", vec!["a x b"]),
        // What is near a part may be outside the window.
        ("and w/1 (care not w/1 (and not w/1 \"c and\"))", vec!["and", "care"]),
    ] {
        let found = Matcher::new(&query.parse().unwrap()).unwrap().find(&Text::new(text));
        let marks: Vec<_> = found.marks.into_iter().map(|span| &text[span.bytes]).collect();
        assert_eq!(marks, want, "{query}");
    }
}

#[test]
fn conditions_are_decided_by_the_caller() {
    let matcher = Matcher::new(&"a -kind:article".parse().unwrap()).unwrap();
    let article = |condition: Condition<'_>| matches!(condition, Condition::Filter(filter) if filter.field == Field::Kind);
    assert!(!matcher.find_if(&Text::new("a"), article).matched);
    assert!(matcher.find_if(&Text::new("a"), |_| false).matched);
}

#[test]
fn conditions_are_listed_as_written() {
    let matcher = Matcher::new(&"a kind:report -(w/r((b OR c) theme:x))".parse().unwrap()).unwrap();
    let listed: Vec<_> = matcher
        .conditions()
        .into_iter()
        .map(|condition| match condition {
            Condition::Filter(filter) => filter.to_string(),
            Condition::Within { scope, query } => format!("{scope:?} {query}"),
        })
        .collect();
    assert_eq!(listed, ["kind:report", "Report b", "Report c", "Report theme:x", "theme:x"]);
}

/// The indices of the paragraphs that are hits, with their occurrences.
fn in_report(query: &str, paragraphs: &[(&str, u32)]) -> Vec<(usize, Vec<u32>)> {
    let made: Vec<_> =
        paragraphs.iter().map(|&(text, theme)| Paragraph { text: Text::new(text), theme }).collect();
    let matcher = Matcher::new(&query.parse().unwrap()).unwrap();
    let found = matcher.find_in_report(&made, |at, _| at == 0);
    let hits = found.into_iter().enumerate().filter(|(_, found)| found.matched);
    hits.map(|(at, found)| (at, found.occurrences.iter().map(|span| span.words.start).collect())).collect()
}

#[test]
fn wide_scopes_span_paragraphs() {
    let report = [("a x", 1), ("b", 1), ("c a", 2), ("x", 2)];
    for (query, want) in [
        ("a w/r b", vec![(0, vec![0]), (1, vec![0]), (2, vec![1])]),
        ("a w/t b", vec![(0, vec![0]), (1, vec![0])]),
        ("a w/r gone", vec![]),
        ("a w/r -gone", vec![(0, vec![0]), (2, vec![1])]),
        ("(a w/r b) x", vec![(0, vec![0, 1]), (3, vec![0])]),
        ("(a b) OR c", vec![(2, vec![0])]),
        ("w/r((a gone) OR c)", vec![(2, vec![0])]),
        ("w/r(-gone)", vec![(0, vec![]), (1, vec![]), (2, vec![]), (3, vec![])]),
        ("-(w/t(b))", vec![(2, vec![]), (3, vec![])]),
        ("x -(w/t(b))", vec![(3, vec![0])]),
        ("w/r(c w/t x)", vec![(2, vec![0]), (3, vec![0])]),
        ("w/r(b w/t c)", vec![]),
        ("b w/r kind:report", vec![(1, vec![0])]),
        ("b kind:report", vec![]),
        ("w/t(c w/r b)", vec![(1, vec![0]), (2, vec![0])]),
    ] {
        assert_eq!(in_report(query, &report), want, "{query}");
    }
}

#[test]
fn unresolved_names_are_refused() {
    let error = Matcher::new(&Query::named("work").and("a")).unwrap_err();
    assert_eq!(error.message(), "the name @work has no code book");
}

#[test]
fn a_matcher_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    shared(&Matcher::new(&"/a+/ b~ cat%1".parse().unwrap()).unwrap());
}

/// A query of one leaf is not evaluated as others are.
#[test]
fn one_leaf_finds_what_it_finds_beside_others() {
    let texts = ["", "a b. A ab 12 a’s", "ab AB b 1,200 12.5", "b"];
    for leaf in ["a", "b", "a*", "=A", "#12", "#1,200", "a~", "/a.?/", "ab%1", "z"] {
        let alone = Matcher::new(&leaf.parse().unwrap()).unwrap();
        let beside = Matcher::new(&format!("{leaf} OR nowhere").parse().unwrap()).unwrap();
        assert!(beside.single_leaf().is_none());
        assert_eq!(alone.single_leaf().is_some(), !leaf.contains(','), "{leaf}");
        for text in texts.map(Text::new) {
            assert_eq!(alone.find(&text), beside.find(&text), "{leaf}");
            assert_eq!(alone.find_if(&text, |_| false), beside.find_if(&text, |_| false), "{leaf}");
        }
    }
}

#[test]
fn many_leaves_are_found_as_few_are() {
    let text = Text::new(
        "Care plans, care leavers and carers; plan the plans. Leaving care is planned for leavers.",
    );
    let words =
        ["care", "plans", "leavers", "the", "absent", "care*", "*s", "plan%1", "/l.*g/", "leave~", "*e*"];
    let padding: Vec<String> = (0..40).map(|number| format!("none{number}")).collect();
    let query =
        words.iter().copied().chain(padding.iter().map(String::as_str)).collect::<Vec<_>>().join(" OR ");
    let Ok(matcher) = query.parse().and_then(|query| Matcher::new(&query)) else { panic!("{query}") };
    let found = matcher.positions(&text);
    assert!(matcher.leaves().len() > FEW_LEAVES);
    for (leaf, positions) in matcher.leaves().iter().zip(&found.leaves) {
        let expected: Vec<u32> =
            (0..).zip(text.words()).filter(|(_, word)| leaf.matches(word)).map(|(at, _)| at).collect();
        assert_eq!(*positions, expected, "{}", leaf.query());
    }
}
