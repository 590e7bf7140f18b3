use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quotable_codebook::CodeBook;
use quotable_query::{Query, Text};
use quotable_report::{Paragraph, Report};

use super::*;
use crate::api::index::Index;
use crate::search::options::SearchOptions;

fn index(texts: &[&[&str]]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (number, paragraphs) in texts.iter().enumerate() {
        let mut report = Report::new(format!("{number}.txt"));
        report.paragraphs = paragraphs.iter().map(|text| Paragraph::new(*text)).collect();
        writer.put(report).unwrap();
        if number % 3 == 2 {
            writer.commit().unwrap();
        }
    }
    writer.finish().unwrap();
    index
}

fn all() -> CollocateOptions {
    CollocateOptions::default().min_count(1).function_words(true)
}

/// What is counted by the definition alone, from the words of the texts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Naive {
    near: u64,
    all: u64,
    observed: BTreeMap<String, u64>,
    frequency: BTreeMap<String, u64>,
}

fn naive(index: &Index, query: &str, options: &CollocateOptions) -> Naive {
    let query: Query = query.parse().unwrap();
    let matcher = quotable_query::Matcher::new(&query).unwrap();
    let mut counts = Naive::default();
    for hit in index.snapshot().paragraphs().unwrap() {
        let hit = hit.unwrap();
        let text = Text::with_sentences(&hit.text, &hit.sentences);
        let words: Vec<&str> = text.words().collect();
        let found = matcher.find(&text);
        let occurrences: Vec<_> = if found.matched { found.occurrences } else { Vec::new() };
        let sentence = |at: u32| text.sentences().iter().position(|sentence| sentence.contains(&at));
        for (at, word) in (0_u32..).zip(words) {
            if occurrences.iter().any(|occurrence| occurrence.words.contains(&at)) {
                continue;
            }
            counts.all += 1;
            *counts.frequency.entry(word.to_owned()).or_default() += 1;
            let is_near = occurrences.iter().any(|occurrence| {
                let words = &occurrence.words;
                let (edge, is_close) = if at < words.start {
                    (words.start, words.start - at <= options.left.into())
                } else {
                    (words.end - 1, at + 1 - words.end <= options.right.into())
                };
                is_close && (!options.within_sentence || sentence(at) == sentence(edge))
            });
            if is_near {
                counts.near += 1;
                *counts.observed.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every count is the one that the definition gives, whatever the query, the window and the segments.
    #[test]
    fn counts_are_those_of_the_definition(
        texts in prop::collection::vec(
            prop::collection::vec("(a|b|c|d|the)( a| b| c| d| the|[.] A|[.] C){0,12}[.]", 0..4), 1..6
        ),
        query in prop::sample::select(vec!["a", "a OR b", "\"a b\"", "a w/3 b", "b*", "a c", "a w/s c"]),
        left in 0_u16..5,
        right in 1_u16..5,
        within_sentence: bool,
    ) {
        let texts: Vec<Vec<&str>> = texts.iter().map(|texts| texts.iter().map(String::as_str).collect()).collect();
        let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        let index = index(&texts);
        let options = all().left(left).right(right).within_sentence(within_sentence);
        let found = index.search(&query.parse().unwrap()).unwrap().collocates(&options).unwrap();
        let expected = naive(&index, query, &options);
        prop_assert_eq!(found.window_words, expected.near);
        prop_assert_eq!(found.words, expected.all);
        prop_assert_eq!(found.tested as usize, expected.observed.len());
        let attracted: BTreeSet<&str> = expected
            .observed
            .iter()
            .filter(|(word, observed)| {
                **observed as f64 * expected.all as f64 > expected.frequency[*word] as f64 * expected.near as f64
            })
            .map(|(word, _)| word.as_str())
            .collect();
        // Sums of floats may differ in the last digit where a word is exactly as frequent as by chance.
        for row in &found.rows {
            prop_assert_eq!(row.observed, expected.observed[&row.name]);
            prop_assert_eq!(row.frequency, expected.frequency[&row.name]);
            prop_assert_eq!(row.left.iter().chain(&row.right).sum::<u64>(), row.observed);
        }
        prop_assert!(attracted.len().abs_diff(found.rows.len()) <= 1, "{:?} {:?}", attracted, found.rows);
    }
}

#[test]
fn rows_are_sorted_by_the_measure_and_cut_by_the_thresholds() {
    let index = index(&[
        &[
            "Late visits worry us. Late visits worry them.",
            "Visits by staff to us, visits by staff to us, visits by post.",
        ],
        &["Late visits once. Some staff came. The town is by the mill, and by the heron."],
    ]);
    let search = index.search(&"visits".parse().unwrap()).unwrap();
    let names = |options: &CollocateOptions| -> Vec<String> {
        search.collocates(options).unwrap().rows.into_iter().map(|row| row.name).collect()
    };
    let options = CollocateOptions::default().window(1).min_count(2);
    assert_eq!(names(&options), ["late", "worry"]);
    assert_eq!(names(&options.clone().min_count(3)), ["late"]);
    assert_eq!(names(&options.clone().min_reports(2)), ["late"]);
    assert_eq!(names(&options.clone().right(0)), ["late"]);
    assert_eq!(names(&options.clone().left(0)), ["worry"]);
    assert!(names(&options.clone().function_words(true)).contains(&"by".to_owned()));
    assert_eq!(names(&options.clone().limit(1)), ["late"]);
    let found = search.collocates(&options.clone().limit(1)).unwrap();
    assert_eq!((found.found, found.counts.occurrences, found.rows[0].reports), (2, 6, 2));
    assert_eq!(found.rows[0].examples.len(), 2);
    for measure in Measure::ALL {
        let rows = search.collocates(&options.clone().measure(measure)).unwrap().rows;
        let scores: Vec<f64> = rows.iter().map(|row| row.score(measure)).collect();
        let descending = scores.is_sorted_by(|one, next| one >= next);
        assert_eq!(descending, !measure.is_probability(), "{measure} {scores:?}");
        let all = search.collocates(&options.clone().measure(measure).min_score(scores[0])).unwrap();
        assert!(all.found > 0 && all.rows.iter().all(|row| row.score(measure) == scores[0]), "{measure}");
    }
}

#[test]
fn filters_restrict_what_is_expected() {
    let index = index(&[&["heron mill heron reed"], &["mill mill mill mill reed"]]);
    let counts = |query: &str| {
        let search = index.search(&query.parse().unwrap()).unwrap();
        let found = search.collocates(&all()).unwrap();
        let mill = found.rows.into_iter().find(|row| row.name == "mill");
        (found.words, found.window_words, mill.map(|row| row.frequency))
    };
    assert_eq!(counts("heron"), (7, 2, None));
    assert_eq!(counts("heron path:0.txt"), (2, 2, None));
}

#[test]
fn concepts_count_at_their_first_word() {
    let index = index(&[
        &["Social workers leave often. High turnover of social workers worries staff."],
        &["The town is old. A mill stands by a social club of the old town."],
    ]);
    let book = "[[query]]\nname = 'worker'\nquery = '\"social worker*\"'\n[[query]]\nname = 'turnover'\nquery = 'turnover OR leave'\n";
    let book = CodeBook::parse("book", book).unwrap();
    let options = SearchOptions::default().codebook(book);
    let search = index.search_with(&"turnover OR leave".parse().unwrap(), &options).unwrap();
    let found = search.collocates(&all().window(2).concepts(true)).unwrap();
    let rows: Vec<_> =
        found.rows.iter().map(|row| (row.name.as_str(), row.observed, row.frequency)).collect();
    // Two words after turnover comes social; before leave, social is the second word.
    assert_eq!(rows, [("worker", 2, 2)]);
    assert_eq!(
        (found.rows[0].left.as_slice(), found.rows[0].right.as_slice()),
        ([0, 1].as_slice(), [0, 1].as_slice())
    );
    let none = index.search(&"turnover".parse().unwrap()).unwrap().collocates(&all().concepts(true));
    assert_eq!(none.unwrap_err().kind(), ErrorKind::Unsupported);
}

#[test]
fn windows_without_words_are_refused_and_what_is_cancelled_stops() {
    let index = index(&[&["heron mill"]]);
    let search = index.search(&"heron".parse().unwrap()).unwrap();
    for options in [all().window(0), all().left(1_001)] {
        assert_eq!(search.collocates(&options).unwrap_err().kind(), ErrorKind::Invalid);
    }
    let flag = crate::cancel::CancelFlag::new();
    let options = SearchOptions::default().cancel(flag.clone());
    let search = index.search_with(&"heron".parse().unwrap(), &options).unwrap();
    flag.cancel();
    assert_eq!(search.collocates(&all()).unwrap_err().kind(), ErrorKind::Cancelled);
}

#[test]
fn an_example_is_the_occurrence_that_the_word_is_near() {
    let index = index(&[&[
        "Staff stay here.",
        "The mill stands. Far from it all a grey heron waits, and herons wait.",
    ]]);
    let search = index.search(&"heron*".parse().unwrap()).unwrap();
    let example = |word: &str, context: u16| {
        let options = CollocateOptions::default().window(6).min_count(1).context(context);
        let found = search.collocates(&options).unwrap();
        let row = found.rows.iter().find(|row| row.name == word).unwrap().clone();
        row.example.map(|line| (line.id == row.examples[0], line.pre, line.keyword, line.post))
    };
    let line = |pre: &str, keyword: &str, post: &str| {
        Some((true, pre.to_owned(), keyword.to_owned(), post.to_owned()))
    };
    assert_eq!(example("grey", 2), line("a grey ", "heron", " waits, and"));
    assert_eq!(example("wait", 2), line("waits, and ", "herons", " wait."));
    // What stands between is shown, however far the collocate is.
    assert_eq!(example("far", 2), line("Far from it all a grey ", "heron", " waits, and herons wait."));
    assert_eq!(example("grey", 0), None);
}
