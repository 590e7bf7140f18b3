//! Compares the matcher with the definition of the language.

use proptest::prelude::*;
use quotable_query::matcher::{Condition, Paragraph};
use quotable_query::{Field, Filter, Matcher, Query, Scope, Text, analyse};

use crate::definition::{self, Words};
use crate::trees;

fn occurrences(query: &Query, text: &str) -> Option<Vec<(u32, u32)>> {
    let found = Matcher::new(query).unwrap().find(&Text::with_sentences(text, &trees::sentences(text)));
    found
        .matched
        .then(|| found.occurrences.into_iter().map(|span| (span.words.start, span.words.end)).collect())
}

/// The words and sentences of a text, split independently of [`Text`].
fn words(text: &str) -> Words {
    let sentences = trees::sentences(text);
    let mut made = Words { words: Vec::new(), sentences: Vec::new() };
    for sentence in sentences {
        let start = u32::try_from(made.words.len()).unwrap();
        made.words.extend(analyse::words(&text[sentence]).map(|word| word.text));
        let end = u32::try_from(made.words.len()).unwrap();
        if start < end {
            made.sentences.push(start..end);
        }
    }
    made
}

/// The query with every wide scope replaced by the paragraph.
fn narrow(query: Query) -> Query {
    let all = |parts: Vec<Query>| parts.into_iter().map(narrow).collect();
    match query {
        Query::And(parts) => Query::And(all(parts)),
        Query::Or(parts) => Query::Or(all(parts)),
        Query::Not(part) => Query::Not(Box::new(narrow(*part))),
        Query::Within { scope: Scope::Theme | Scope::Report, query } => {
            narrow(*query).within(Scope::Paragraph)
        }
        Query::Within { scope, query } => narrow(*query).within(scope),
        other => other,
    }
}

proptest! {
    #![proptest_config(trees::many())]

    #[test]
    fn the_matcher_equals_the_definition(query in trees::query(false), text in trees::text()) {
        let query = query.normalised();
        let made = words(&text);
        let all = 0..u32::try_from(made.words.len()).unwrap();
        let want = definition::holds(&query, &made, all).map(|runs| runs.into_iter().collect());
        prop_assert_eq!(occurrences(&query, &text), want, "{} in {}", query, text);
    }

    #[test]
    fn phrases_are_found_wherever_the_folded_text_has_them(text in trees::text(), phrase in proptest::collection::vec("[abc]", 1..4)) {
        let padded = format!(" {} ", analyse::fold(&text));
        let sought = format!(" {} ", phrase.join(" "));
        let count = (0..padded.len()).filter(|&at| padded[at..].starts_with(&sought)).count();
        let query = Query::phrase(phrase.iter().map(String::as_str));
        prop_assert_eq!(occurrences(&query, &text).map_or(0, |all| all.len()), count);
    }

    #[test]
    fn unordered_windows_are_symmetric(a in trees::spans(), b in trees::spans(), n in 1_u32..6, text in trees::text()) {
        prop_assert_eq!(occurrences(&a.clone().near(b.clone(), n), &text), occurrences(&b.near(a, n), &text));
    }

    #[test]
    fn an_unordered_window_matches_in_either_order(a in trees::spans(), b in trees::spans(), n in 1_u32..6, text in trees::text()) {
        let found = |query: Query| occurrences(&query, &text).is_some();
        let in_order = found(a.clone().before(b.clone(), n)) || found(b.clone().before(a.clone(), n));
        let near = found(a.clone().near(b.clone(), n));
        // Windows may interlock too.
        let windows = [&a, &b].iter().any(|part| part.to_string().contains("/"));
        prop_assert!(near == in_order || windows && near);
    }

    #[test]
    fn a_disjunction_has_the_occurrences_of_its_parts(a in trees::query(false), b in trees::query(false), text in trees::text()) {
        let mut each: Vec<_> = [&a, &b].into_iter().filter_map(|part| occurrences(part, &text)).flatten().collect();
        each.sort_unstable();
        each.dedup();
        prop_assert_eq!(occurrences(&a.or(b), &text).unwrap_or_default(), each);
    }

    #[test]
    fn in_a_report_of_one_paragraph_all_scopes_are_equal(query in trees::query(true), text in trees::text()) {
        let made = Text::with_sentences(&text, &trees::sentences(&text));
        let known = |filter: &Filter| filter.field == Field::Kind;
        let wide = Matcher::new(&query).unwrap();
        let in_report = wide.find_in_report(&[Paragraph { text: made.clone(), theme: 0 }], |_, filter| known(filter));
        let alone = Matcher::new(&narrow(query)).unwrap().find_if(&made, |condition| {
            matches!(condition, Condition::Filter(filter) if known(filter))
        });
        prop_assert_eq!(in_report, [alone]);
    }

    #[test]
    fn spans_are_slices_of_the_text(query in trees::query(false), text in trees::text()) {
        let found = Matcher::new(&query).unwrap().find(&Text::new(&text));
        for span in found.occurrences.iter().chain(&found.marks) {
            let slice = text.get(span.bytes.clone()).unwrap();
            prop_assert_eq!(analyse::words(slice).count(), span.words.len());
        }
        prop_assert!(found.marks.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start));
        prop_assert_eq!(found.occurrences.is_empty(), found.marks.is_empty());
    }
}

/// The numbers of a text as a regular expression would find them: digits joined by single points and commas, and letters
/// right after them.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let mut end = start;
        loop {
            let word = rest[end..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len() - end);
            end += word;
            let mut next = rest[end..].chars();
            let joins = rest[..end].ends_with(|c: char| c.is_ascii_digit())
                && matches!(next.next(), Some('.' | ','))
                && next.next().is_some_and(|c| c.is_ascii_digit());
            if !joins {
                break;
            }
            end += 1;
        }
        if rest[start..].starts_with(|c: char| c.is_ascii_digit()) {
            numbers.push(rest[start..end].to_owned());
        }
        rest = &rest[end..];
    }
    numbers
}

/// A pattern by its definition: a star is every number of characters in turn.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', pattern @ ..] => (0..=text.len()).any(|at| glob(pattern, &text[at..])),
        [b'?', pattern @ ..] => !text.is_empty() && glob(pattern, &text[1..]),
        [wanted, pattern @ ..] => text.first() == Some(wanted) && glob(pattern, &text[1..]),
    }
}

proptest! {
    #![proptest_config(trees::many())]

    #[test]
    fn patterns_of_numbers_find_what_is_printed(
        text in "([0-9]{1,3}[.,]|[0-9]{1,2}|[0-9]m|[a-c]| |, )([0-9]{1,2}|[.,]|[0-9]m|[a-c]| |, ){0,12}",
        pattern in prop_oneof!["[0-9*]{1,3}[.,][0-9*]{1,3}m?", "[0-9]\\*[.,][0-9]", "[*]?[0-9]?[.,]\\*"],
    ) {
        prop_assume!(pattern.contains('*') && pattern.starts_with(|c: char| c == '*' || c.is_ascii_digit()));
        let Ok(query) = pattern.parse::<Query>() else { return Ok(()) };
        prop_assume!(matches!(query, Query::Number(_)));
        let single = pattern.replace("**", "*");
        let all = numbers(&text);
        let wanted = all.iter().filter(|number| number.split(['.', ',']).count() <= 5)
            .filter(|number| glob(single.as_bytes(), number.as_bytes())).count();
        let found = Matcher::new(&query).unwrap().find(&Text::new(&text)).occurrences.len();
        prop_assert_eq!(found, wanted, "{} in {:?}", query, text);
        let quoted = Matcher::new(&Query::phrase([query.clone()])).unwrap();
        prop_assert_eq!(quoted.find(&Text::new(&text)).occurrences.len(), wanted);
    }
}
