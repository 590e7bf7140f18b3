//! The parser never panics, and queries print as text that parses to the same query.

use proptest::prelude::*;
use proptest::sample::select;
use quotable_query::{Field, Limits, Query, parse};

use crate::trees;

/// Words, operators and signs of the language in random order.
fn soup() -> impl Strategy<Value = String> {
    const OPERATORS: &[&str] =
        &["AND", "OR", "NOT", "not", "w/5", "pre/2", "w/s", "w/r", "*:*", "date:2014..", "kind:", "@x"];
    const SIGNS: &[&str] = &["%1", "w/s(", "/a+/", "(a OR b)", "\"", "\"", "'", "’", "(", ")", "~", "*", "/"];
    let piece = prop_oneof![
        3 => "[a-z]{1,4}",
        1 => select(OPERATORS).prop_map(str::to_owned),
        1 => select(SIGNS).prop_map(str::to_owned),
        2 => "[ ()\"'“”’*?~%/@:|!+^.,-]{1,2}",
        1 => "\\PC{0,2}",
    ];
    let space = select(&["", " ", " "][..]);
    proptest::collection::vec((piece, space), 0..14)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| piece + space).collect())
}

/// Checks that a text parses to a sound query, or gives a sound error.
fn check_parsing(text: &str) -> Result<(), TestCaseError> {
    match text.parse::<Query>() {
        Ok(query) => {
            prop_assert_eq!(query.clone().normalised(), query.clone(), "the parser gives the normal form");
            let printed = query.to_string();
            let again = printed.parse::<Query>();
            prop_assert_eq!(again, Ok(query), "{} printed as {}", text, printed);
        }
        Err(error) => {
            let span = error.span();
            prop_assert!(span.start <= span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            prop_assert!(!error.message().is_empty() && !error.cure().is_empty());
            prop_assert_eq!(error.to_string().lines().count(), 4);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(trees::many())]

    #[test]
    fn any_text_parses_or_is_an_error(text in "\\PC*") {
        check_parsing(&text)?;
    }

    #[test]
    fn any_bytes_parse_or_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        check_parsing(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn any_mix_of_signs_parses_or_is_an_error(text in soup()) {
        check_parsing(&text)?;
    }

    #[test]
    fn printed_queries_parse_to_the_same_query(query in trees::query(true)) {
        let normal = query.clone().normalised();
        prop_assert_eq!(normal.clone().normalised(), normal.clone());
        prop_assert_eq!(query.check(&Limits::default()), Ok(()));
        prop_assert_eq!(query.to_string().parse::<Query>(), Ok(normal));
    }

    #[test]
    fn printed_values_parse_to_the_same_value(text in "[a\"'“’. *:()~\\PC]{0,6}", from in "[0-9.]{0,4}", to in "[0-9.]{0,4}") {
        let values = [
            Query::filter(Field::Section, text),
            Query::range(Field::Para, Some(from.as_str()).filter(|end| !end.is_empty()), Some(&to)),
        ];
        for query in values {
            let query = query.normalised();
            if query.check(&Limits::default()).is_ok() {
                prop_assert_eq!(query.to_string().parse::<Query>(), Ok(query));
            }
        }
    }

    #[test]
    fn queries_survive_serialisation(query in trees::query(true)) {
        let json = serde_json::to_string(&query).unwrap();
        prop_assert_eq!(serde_json::from_str::<Query>(&json).unwrap(), query);
    }
}

#[test]
fn limits_are_set_by_the_caller() {
    let mut limits = Limits::default();
    limits.bytes = 10;
    limits.depth = 3;
    assert!(parse("a b c", &limits).is_ok());
    assert!(parse("((((a))))", &limits).is_err());
    assert!(parse("a b c d e f", &limits).unwrap_err().cure().contains("split"));
}

#[test]
fn queries_built_by_hand_are_checked() {
    for (query, message) in [
        (Query::word("—"), "there is no letter or digit here"),
        (Query::phrase([""]), "there is no letter or digit here"),
        (Query::all_of::<Query>([]), "a group is empty"),
        (Query::word("a").near("b", 0), "nothing is within 0 words"),
        (
            Query::word("a").and("b").near("c", 3),
            "a window cannot contain words that may be anywhere in the paragraph",
        ),
        (Query::all_of([Query::Gap, Query::word("a")]), "a bare * is any one word of a phrase"),
        (Query::named("two words"), "a name has letters, digits, hyphens, underscores and full stops only"),
        (Query::range(Field::Date, Some("2018"), Some("2014")), "the range ends before it begins"),
        (Query::filter(Field::Section, " "), "section: has no value"),
        (
            Query::phrase([Query::word("a b").or("c"), Query::word("d")]),
            "an alternative inside a phrase must be one word",
        ),
    ] {
        assert_eq!(query.check(&Limits::default()).unwrap_err().message(), message, "{query:?}");
    }
    let wide = Query::Or((0..30_000).map(|_| Query::word("a")).collect());
    assert!(wide.check(&Limits::default()).unwrap_err().message().contains("20000 parts"));
    let deep = (0..300).fold(Query::word("a"), |query, _| Query::Not(Box::new(query)));
    assert!(deep.check(&Limits::default()).unwrap_err().message().contains("deep"));
}
