use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quotable_query::analyse::fold;
use quotable_query::{Query, Text};
use quotable_report::{Paragraph, Report, Role};

use super::*;
use crate::answer::ngrams::NgramOptions;
use crate::api::index::Index;
use crate::search::options::{Boilerplate, Duplicates, SearchOptions};

fn index(reports: &[(&str, Vec<String>)]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (number, (path, paragraphs)) in reports.iter().enumerate() {
        let mut report = Report::new(*path);
        report.paragraphs = paragraphs.iter().map(|text| Paragraph::new(text.as_str())).collect();
        writer.put(report).unwrap();
        if number % 2 == 1 {
            writer.commit().unwrap();
        }
    }
    writer.finish().unwrap();
    index
}

fn query(text: &str) -> Query {
    if text.is_empty() { Query::All } else { text.parse().unwrap() }
}

/// Everything that occurs, without thresholds.
fn all() -> KeywordOptions {
    KeywordOptions::default()
        .lengths(1..=4)
        .min_count(1)
        .min_reports(1)
        .min_log_ratio(f64::NEG_INFINITY)
        .max_p(1.0)
        .function_words(true)
}

/// A paragraph that is boilerplate where five reports have it.
const IMPRINT: &str =
    "The inspectorate of heron and mill publishes these letters about every town in the county.";

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Body, Role::Body, Role::Table, Role::Note])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Counts of sequences of up to four words are those that the texts have, in both parts and in each report.
    #[test]
    fn counts_are_those_of_the_texts(
        texts in prop::collection::vec(
            prop::collection::vec("(a|b|heron)( a| b| c| heron|[.] A|[.] B){0,10}[.]", 1..4), 2..6
        ),
        thresholds in (1_u64..4, 1_u64..3),
        longest in 1_u8..=4,
    ) {
        let names: Vec<String> = (0..texts.len()).map(|number| format!("{number}.txt")).collect();
        let reports: Vec<_> = names.iter().map(String::as_str).zip(texts.iter().cloned()).collect();
        let index = index(&reports);
        let (target, options) = (query("heron"), all().min_count(thresholds.0).min_reports(thresholds.1));
        let options = options.lengths(1..=longest).context(1);
        let found = match index.search(&target).unwrap().keywords(None, &options) {
            Ok(found) => found,
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::NoReports);
                return Ok(());
            }
        };
        // By sequence: occurrences in the target by report, and in the rest.
        let mut counts: BTreeMap<String, (BTreeMap<&str, u64>, u64)> = BTreeMap::new();
        let mut sizes = [0_u64; 2];
        let mut target_reports = BTreeSet::new();
        let mut words_of: BTreeMap<&str, u64> = BTreeMap::new();
        for (path, paragraphs) in &reports {
            for paragraph in paragraphs {
                let report = Paragraph::new(paragraph.as_str());
                let text = Text::with_sentences(paragraph, &report.sentences);
                let words: Vec<&str> = text.words().collect();
                let is_target = words.contains(&"heron");
                sizes[usize::from(!is_target)] += words.len() as u64;
                if is_target {
                    target_reports.insert(*path);
                    *words_of.entry(*path).or_default() += words.len() as u64;
                }
                for sentence in text.sentences() {
                    let words = &words[sentence.start as usize..sentence.end as usize];
                    for sequence in (1..=longest.into()).flat_map(|length| words.windows(length)) {
                        let (here, rest) = counts.entry(sequence.join(" ")).or_default();
                        if is_target { *here.entry(path).or_default() += 1 } else { *rest += 1 }
                    }
                }
            }
        }
        prop_assert_eq!([found.target.words, found.reference.words], sizes);
        for row in &found.rows {
            let (here, _) = &counts[&row.words];
            let share = |path: &str, words: u64| {
                here.get(path).copied().unwrap_or(0) as f64 / row.count as f64 - words as f64 / sizes[0] as f64
            };
            let dp = words_of.iter().map(|(path, words)| share(path, *words).abs()).sum::<f64>() / 2.0;
            prop_assert!((row.dp - dp).abs() < 1e-9, "{} {} {dp}", row.words, row.dp);
            prop_assert_eq!(row.examples.len(), here.len().min(3));
            let example = row.example.as_ref().unwrap();
            prop_assert_eq!(example.citation.path.as_str(), *here.keys().next().unwrap());
            prop_assert_eq!(example.keyword.split(' ').map(fold).collect::<Vec<_>>().join(" "), row.words.as_str());
        }
        let least = thresholds.1.min(target_reports.len() as u64);
        let expected: BTreeMap<&str, (u64, u64, u64)> = counts
            .iter()
            .map(|(words, (here, rest))| (words.as_str(), (here.values().sum(), here.len() as u64, *rest)))
            .filter(|(_, (count, reports, _))| *count >= thresholds.0 && *reports >= least)
            .collect();
        prop_assert_eq!(found.tested as usize, expected.len());
        for row in &found.rows {
            let counted = (row.count, row.reports, row.reference_count);
            prop_assert_eq!(Some(&counted), expected.get(row.words.as_str()), "{}", row.words);
        }
        let more = |(count, _, rest): &(u64, u64, u64)| count * sizes[1] > rest * sizes[0];
        let keys: BTreeSet<&str> = expected.iter().filter(|(_, counts)| more(counts)).map(|(words, _)| *words).collect();
        let found: BTreeSet<&str> = found.rows.iter().map(|row| row.words.as_str()).collect();
        prop_assert_eq!(found, keys);
    }

    /// Single words are the same whether they are counted from postings or from words in order, which sequences need.
    #[test]
    fn words_alone_are_those_among_sequences(
        texts in prop::collection::vec(
            prop::collection::vec((role(), "(a|b|heron)( a| b| c| heron|[.] A|[.] B){0,10}[.]"), 1..4), 2..9
        ),
        removed in 0_usize..9,
        thresholds in (1_u64..3, 1_u64..3),
        excluded in any::<bool>(),
    ) {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for (number, paragraphs) in texts.into_iter().enumerate() {
            let mut report = Report::new(format!("{number}.txt"));
            report.paragraphs.push(Paragraph::new(IMPRINT));
            for (role, text) in paragraphs {
                let mut paragraph = Paragraph::new(text);
                paragraph.role = role;
                report.paragraphs.push(paragraph);
            }
            writer.put(report).unwrap();
            if number % 3 == 1 {
                writer.commit().unwrap();
            }
        }
        writer.remove(&format!("{removed}.txt")).unwrap();
        writer.finish().unwrap();
        let boilerplate = if excluded { Boilerplate::Exclude } else { Boilerplate::Include };
        let options = all().min_count(thresholds.0).min_reports(thresholds.1).both(true).context(2);
        let options = options.boilerplate(boilerplate);
        let everything = SearchOptions::default().tables(true).notes(true);
        let search = index.search_with(&query("heron NOT path:1*"), &everything).unwrap();
        let rows = |longest: u8| -> std::result::Result<Vec<Keyword>, ErrorKind> {
            let found = search.keywords(None, &options.clone().lengths(1..=longest));
            let found = found.map_err(|error| error.kind())?;
            let rows = found.rows.into_iter().chain(found.reference_rows).filter(|row| row.length == 1);
            // Adjusted for the number of all that is tested.
            Ok(rows.map(|row| Keyword { p_adjusted: 0.0, ..row }).collect())
        };
        prop_assert_eq!(rows(1), rows(2));
        let options = NgramOptions::default().min_count(thresholds.0).min_reports(thresholds.1).function_words(true);
        let rows = |longest: u8| {
            let rows = search.ngrams(&options.clone().lengths(1..=longest)).unwrap().rows.into_iter();
            rows.filter(|row| row.length == 1).collect::<Vec<_>>()
        };
        prop_assert_eq!(rows(1), rows(2));
    }
}

#[test]
fn a_word_of_one_report_is_no_keyword() {
    let reports = [
        ("old/a.txt", vec!["Drift and delay. Drift, drift. Marlowe. Marlowe. Marlowe. Marlowe.".to_owned()]),
        ("old/b.txt", vec!["Delay and drift in plans. Drift.".to_owned()]),
        ("old/c.txt", vec!["Delay worries us, and drift does.".to_owned()]),
        ("new/d.txt", vec!["Plans are good. Staff are good. Children are well.".to_owned()]),
    ];
    let index = index(&reports);
    let keywords = |options: &KeywordOptions| -> Vec<String> {
        let found = index.search(&query("path:old/*")).unwrap().keywords(None, options).unwrap();
        found.rows.into_iter().map(|row| row.words).collect()
    };
    let options = KeywordOptions::default().min_count(3).max_p(1.0);
    assert_eq!(keywords(&options), ["drift", "delay"]);
    assert_eq!(keywords(&options.clone().min_reports(1)), ["drift", "marlowe", "delay"]);
    // One report against the others has no words of three reports.
    let one = index.search(&query("path:*a.txt")).unwrap().keywords(None, &options).unwrap();
    assert_eq!(one.rows.iter().map(|row| row.words.as_str()).collect::<Vec<_>>(), ["marlowe", "drift"]);
    assert_eq!(one.target.reports, 1);
    let drift = index.search(&query("path:old/*")).unwrap().keywords(None, &options).unwrap().rows.remove(0);
    // Five of seven... spread as the reports are: half the sum of differences of shares.
    let shares = [(3.0_f64, 9.0_f64), (2.0, 6.0), (1.0, 6.0)];
    let dp = shares.iter().map(|(count, words)| (count / 6.0 - words / 21.0).abs()).sum::<f64>() / 2.0;
    assert!((drift.dp - dp).abs() < 1e-12, "{} {dp}", drift.dp);
    assert!(keywords(&options.clone().max_dp(dp - 0.001)).iter().all(|word| word != "drift"));
}

#[test]
fn boilerplate_is_counted_apart() {
    let reports: Vec<(String, Vec<String>)> = (0..6)
        .map(|number| {
            let own = format!("Staff of town {number} are steady, steady people.");
            (format!("{number}.txt"), vec![own, IMPRINT.to_owned()])
        })
        .collect();
    let reports: Vec<_> = reports.iter().map(|(path, texts)| (path.as_str(), texts.clone())).collect();
    let index = index(&reports);
    let search = index.search(&query("path:0.txt OR path:1.txt OR path:2.txt")).unwrap();
    let options = all().min_count(1).lengths(1..=1);
    let apart = search.keywords(None, &options).unwrap();
    let count = |keywords: &Keywords, word: &str| {
        let row = keywords.rows.iter().find(|row| row.words == word);
        row.map(|row| (row.count, row.reference_count, row.boilerplate))
    };
    assert_eq!((apart.boilerplate.paragraphs, apart.boilerplate.reports), (3, 3));
    assert_eq!(count(&apart, "heron"), None);
    assert_eq!(count(&apart, "0"), Some((1, 0, 0)));
    assert_eq!((apart.target.words, apart.reference.words), (24, 24));
    let together = search.keywords(None, &options.clone().boilerplate(Boilerplate::Include)).unwrap();
    assert_eq!(together.boilerplate.paragraphs, 0);
    assert!(together.target.words > 60);
}

#[test]
fn boilerplate_of_sequences_is_counted_apart() {
    let own = |number: u32| match number {
        0 => "Letters about every town, about every town.",
        _ => "Letters about every town.",
    };
    let reports: Vec<(String, Vec<String>)> = (0..6)
        .map(|number| (format!("{number}.txt"), vec![own(number).to_owned(), IMPRINT.to_owned()]))
        .collect();
    let reports: Vec<_> = reports.iter().map(|(path, texts)| (path.as_str(), texts.clone())).collect();
    let index = index(&reports);
    let search = index.search(&query("path:0.txt OR path:1.txt OR path:2.txt")).unwrap();
    let found = search.keywords(None, &all().lengths(2..=3)).unwrap();
    let counts = |row: &Keyword| (row.words.clone(), row.count, row.reference_count, row.boilerplate);
    let rows: BTreeSet<_> = found.rows.iter().map(counts).collect();
    let expected = [
        ("about every", 4, 3, 3),
        ("about every town", 4, 3, 3),
        ("every town", 4, 3, 3),
        ("every town about", 1, 0, 0),
        ("town about", 1, 0, 0),
        ("town about every", 1, 0, 0),
    ];
    assert_eq!(rows, expected.map(|(words, a, b, c)| (words.to_owned(), a, b, c)).into_iter().collect());
}

#[test]
fn parts_that_overlap_and_parts_without_text() {
    let reports = [
        ("a.txt", vec!["Heron and mill, heron.".to_owned()]),
        ("b.txt", vec!["Mill and reed and mill.".to_owned(), "Reed.".to_owned()]),
    ];
    let index = index(&reports);
    let search = |text: &str| index.search(&query(text)).unwrap();
    let (heron, mill) = (search("heron"), search("mill"));
    let found = heron.keywords(Some(&mill), &all()).unwrap();
    assert_eq!((found.in_both, found.target.words, found.reference.words), (1, 4, 5));
    assert_eq!(found.against.as_deref(), Some("mill"));
    let rest = heron.keywords(None, &all()).unwrap();
    assert_eq!((rest.in_both, rest.reference.words, rest.against), (0, 6, None));
    for (target, reference) in [("", None), ("bittern", None), ("heron", Some("heron"))] {
        let reference = reference.map(search);
        let error = search(target).keywords(reference.as_ref(), &all()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoReports, "{error}");
    }
    let reversed = std::ops::RangeInclusive::new(3, 2);
    for lengths in [0..=2, reversed, 1..=9] {
        assert_eq!(heron.keywords(None, &all().lengths(lengths)).unwrap_err().kind(), ErrorKind::Invalid);
    }
}

#[test]
fn copies_count_once_and_the_rest_has_no_copy_of_the_target() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The heron waits by the old mill of the town, every day of the year.";
    for path in ["a/one.txt", "b/copy of one.txt"] {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    std::fs::write(folder.path().join("two.txt"), "Another town has reeds.").unwrap();
    let index = Index::in_memory().unwrap();
    index.refresh(folder.path()).unwrap();
    let sizes = |text: &str, options: &SearchOptions| {
        let found = index.search_with(&query(text), options).unwrap().keywords(None, &all()).unwrap();
        (found.target.words, found.reference.words)
    };
    let once = SearchOptions::default();
    for target in ["path:a/*", "path:b/*", "heron"] {
        assert_eq!(sizes(target, &once), (15, 4), "{target}");
    }
    assert_eq!(sizes("path:b/*", &once.clone().duplicates(Duplicates::Keep)), (15, 19));
    assert_eq!(sizes("reeds", &once), (4, 15));
}

#[test]
fn both_parts_list_what_they_have_more_of() {
    let paragraphs = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let index = index(&[
        ("old/a.txt", paragraphs(&["Plans drift. Plans for the heron drift."])),
        ("old/b.txt", paragraphs(&["Plans drift and drift."])),
        ("new/c.txt", paragraphs(&["Plans are clear, clear and firm: firm, firm to the heron."])),
    ]);
    let options = KeywordOptions::default().min_count(2).min_reports(1).max_p(1.0);
    let snapshot = index.snapshot();
    let (old, new) =
        (snapshot.search(&query("path:old*")).unwrap(), snapshot.search(&query("path:new*")).unwrap());
    let one_way = old.keywords(Some(&new), &options).unwrap();
    assert!(one_way.reference_rows.is_empty() && one_way.reference_tested == 0);
    let both = old.keywords(Some(&new), &options.clone().both(true)).unwrap();
    assert_eq!(both.rows, one_way.rows);
    // The same words as those of the parts the other way round, with the counts of the target first.
    let turned = new.keywords(Some(&old), &options).unwrap();
    let words = |rows: &[Keyword]| rows.iter().map(|row| row.words.clone()).collect::<Vec<_>>();
    assert_eq!(words(&both.reference_rows), words(&turned.rows));
    assert_eq!(words(&turned.rows), ["firm", "clear"]);
    let clear = &both.reference_rows[1];
    assert_eq!((clear.words.as_str(), clear.count, clear.reference_count), ("clear", 0, 2));
    assert_eq!((clear.part, clear.reports), (KeywordPart::Reference, 1));
    assert!(clear.log_ratio < 0.0 && (clear.log_ratio + turned.rows[1].log_ratio).abs() < 1e-12);
    assert!((clear.p - turned.rows[1].p).abs() < 1e-12 && (clear.dp - turned.rows[1].dp).abs() < 1e-12);
    assert_eq!(clear.examples, turned.rows[1].examples);
    let options = options.min_count(1).lengths(2..=3).function_words(true);
    let both = old.keywords(Some(&new), &options.clone().both(true)).unwrap();
    let turned = new.keywords(Some(&old), &options).unwrap();
    let row = |row: &Keyword| (row.words.clone(), row.dp.to_bits(), row.examples.clone());
    assert_eq!(
        both.reference_rows.iter().map(row).collect::<BTreeSet<_>>(),
        turned.rows.iter().map(row).collect::<BTreeSet<_>>()
    );
    assert!(both.reference_rows.iter().any(|row| row.words == "clear and firm" && row.reference_count == 1));
    assert_eq!(
        (both.reference_tested, both.tested),
        (turned.tested, old.keywords(Some(&new), &options).unwrap().tested)
    );
}

#[test]
fn examples_are_lines_of_different_reports() {
    let index = index(&[
        ("a.txt", vec!["Staff stay.".to_owned(), "Here the grey heron waits by the mill.".to_owned()]),
        ("b.txt", vec!["A grey heron. Another heron.".to_owned()]),
        ("c.txt", vec!["Staff leave.".to_owned()]),
    ]);
    let search = index.search(&query("heron")).unwrap();
    let options = KeywordOptions::default().lengths(2..=2).min_count(2).min_reports(2).max_p(1.0).context(2);
    let found = search.keywords(None, &options).unwrap();
    let row = &found.rows[0];
    assert_eq!((row.words.as_str(), row.examples.len()), ("grey heron", 2));
    let example = row.example.as_ref().unwrap();
    assert_eq!((&example.id, example.pre.as_str()), (&row.examples[0], "Here the "));
    assert_eq!((example.keyword.as_str(), example.post.as_str()), ("grey heron", " waits by"));
    assert_eq!(example.citation.path, "a.txt");
    let none = search.keywords(None, &options.context(0)).unwrap();
    assert!(none.rows[0].example.is_none() && none.rows[0].examples.len() == 2);
}

#[test]
fn the_searches_of_one_analysis_share_its_steps() {
    let text = |number: u32| format!("Herons wait by mill {number} and by the reeds of the old town.");
    let reports: Vec<(String, Vec<String>)> = (0..20)
        .map(|report| (format!("{report}.txt"), (0..50).map(|at| text(report + at % 7)).collect()))
        .collect();
    let reports: Vec<_> = reports.iter().map(|(path, texts)| (path.as_str(), texts.clone())).collect();
    let index = index(&reports);
    let words = 20 * 50 * 13;
    let least = |analysis: &dyn Fn(&crate::Search) -> Result<()>| {
        let is_within = |most: u64| {
            let options = SearchOptions::default().most_steps(most);
            let Ok(search) = index.search_with(&query("path:1*"), &options) else { return false };
            match analysis(&search) {
                Ok(()) => true,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::OverLimit, "{error}");
                    false
                }
            }
        };
        let (mut refused, mut taken) = (0, 10_000 * words);
        assert!(is_within(taken));
        while taken - refused > 1 {
            let middle = refused.midpoint(taken);
            if is_within(middle) { taken = middle } else { refused = middle }
        }
        taken
    };
    // What is read of postings, of positions and of words in order, each once and for both sides together.
    let one = least(&|search| search.keywords(None, &all().lengths(1..=1)).map(drop));
    let both = least(&|search| search.keywords(None, &all().lengths(1..=1).both(true)).map(drop));
    // How many segments there are, and so how many entries their dictionaries have, is up to the merges.
    assert!((words / 2..3 * words).contains(&one), "{one} for {words}");
    assert!((one..one + 1_000).contains(&both), "{both} where one side takes {one}");
    let three = |search: &crate::Search| search.keywords(None, &all().lengths(1..=3)).map(drop);
    let taken = least(&three);
    assert!(taken > 3 * words, "{taken} for {words}");
    assert_eq!(least(&three), taken);
}

#[test]
fn an_analysis_reports_progress_and_stops_when_it_is_cancelled() {
    use std::sync::{Arc, Mutex};

    use crate::cancel::CancelFlag;

    let index = index(&[
        ("a.txt", vec!["The grey heron waits. The grey heron stays.".to_owned()]),
        ("b.txt", vec!["The mill waits.".to_owned()]),
    ]);
    let steps = Arc::new(Mutex::new(Vec::new()));
    let flag = CancelFlag::new();
    let (seen, raised) = (Arc::clone(&steps), flag.clone());
    let options = SearchOptions::default().progress(move |now| seen.lock().unwrap().push(now.step));
    let snapshot = index.snapshot();
    let search = snapshot.search_with(&query("heron"), &options).unwrap();
    search.keywords(None, &all()).unwrap();
    let steps = std::mem::take(&mut *steps.lock().unwrap());
    assert!(
        steps.contains(&"reading the words") && steps.contains(&"counting sequences of words"),
        "{steps:?}"
    );
    // The flag is raised in the middle of the work, by the first report of progress.
    let options = SearchOptions::default().cancel(flag).progress(move |_| raised.cancel());
    let stopped = snapshot.search_with(&query("heron"), &options).unwrap().keywords(None, &all());
    assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Cancelled);
}
