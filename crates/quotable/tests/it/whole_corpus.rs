//! What a snapshot gives of the whole corpus: every paragraph, the vocabulary, the grades of a report.

use std::collections::BTreeMap;

use quotable::query::analyse::words;
use quotable::report::{Date, Judgement, Paragraph, Report, Role};
use quotable::{Index, WordCount};

/// Reports in several segments, some replaced and some removed, with every role.
fn index() -> (Index, Vec<Report>) {
    let index = Index::in_memory().unwrap();
    let mut kept: BTreeMap<String, Report> = BTreeMap::new();
    for round in 0..4_u16 {
        let mut writer = index.writer().unwrap();
        for number in 0..6_u16 {
            let mut report = Report::new(format!("{number}"));
            report.published = Date::new(2020 + number, 1, 1 + u8::try_from(round).unwrap());
            let grade = Judgement::new(
                "overall".parse().unwrap(),
                "Overall",
                ["good", "poor"][usize::from(number % 2)].parse().unwrap(),
                "as printed",
            );
            report.judgements.push(grade);
            for (at, role) in Role::ALL.into_iter().enumerate() {
                let text = format!(
                    "The {role} of round{round} isn’t that of O’Neill, nor of {number}. The end {at}."
                );
                let mut paragraph = Paragraph::new(text);
                paragraph.role = role;
                report.paragraphs.push(paragraph);
            }
            // Later rounds leave some reports of the first.
            if number >= round {
                kept.insert(report.path.clone(), report.clone());
                writer.put(report).unwrap();
            }
        }
        if round == 3 {
            writer.remove("5").unwrap();
            kept.remove("5");
        }
        // Without `finish`, removed paragraphs stay in their segments.
        writer.commit().unwrap();
    }
    let mut kept: Vec<Report> = kept.into_values().collect();
    kept.sort_by_key(|report| std::cmp::Reverse(report.published));
    (index, kept)
}

#[test]
fn the_vocabulary_is_that_of_all_body_text() {
    let (index, reports) = index();
    let mut expected: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for paragraph in reports.iter().flat_map(|report| &report.paragraphs) {
        if !paragraph.role.is_body() {
            continue;
        }
        let mut own: BTreeMap<String, u64> = BTreeMap::new();
        words(&paragraph.text).for_each(|word| *own.entry(word.text).or_default() += 1);
        for (word, occurrences) in own {
            let count = expected.entry(word).or_default();
            count.0 += occurrences;
            count.1 += 1;
        }
    }
    let found: Vec<WordCount> = index.snapshot().vocabulary().unwrap().collect();
    assert!(found.is_sorted_by(|one, next| one.word < next.word));
    let found: BTreeMap<String, (u64, u64)> =
        found.into_iter().map(|count| (count.word, (count.occurrences, count.paragraphs))).collect();
    assert_eq!(found, expected);
    // A search counts the same.
    for (word, (occurrences, paragraphs)) in [("the", found["the"]), ("round3", found["round3"])] {
        let counts = index.search(&word.parse().unwrap()).unwrap().count().unwrap();
        assert_eq!((counts.occurrences, counts.paragraphs), (occurrences, paragraphs), "{word}");
    }
    assert!(!found.contains_key("table"), "rows of tables are no body text");
}

#[test]
fn every_paragraph_comes_in_report_order_with_its_words() {
    let (index, reports) = index();
    let hits: Vec<_> = index.snapshot().paragraphs().unwrap().collect::<quotable::Result<_>>().unwrap();
    let found: Vec<_> =
        hits.iter().map(|hit| (hit.citation.path.as_str(), hit.text.as_str(), hit.role)).collect();
    let all = reports.iter().flat_map(|report| {
        report
            .paragraphs
            .iter()
            .map(|paragraph| (report.path.as_str(), paragraph.text.as_str(), paragraph.role))
    });
    assert_eq!(found, all.collect::<Vec<_>>());
    assert_eq!(index.snapshot().paragraph_count(), hits.len() as u64);
    for hit in &hits {
        assert_eq!(hit.words as usize, words(&hit.text).count());
        assert!(hit.matches.is_empty() && hit.citation.published.is_some());
        // By its id it is the same.
        assert_eq!(index.paragraph(&hit.id.to_string()).unwrap().unwrap().words, hit.words);
    }
}

#[test]
fn a_hit_leads_to_the_grades_of_its_report() {
    let (index, _) = index();
    let hits = index.search(&"overall:poor".parse().unwrap()).unwrap().top(100).unwrap().hits;
    assert!(!hits.is_empty());
    let snapshot = index.snapshot();
    for hit in &hits {
        let head = snapshot.report_head(&hit.citation.path).unwrap();
        let grades: Vec<_> =
            head.grades.iter().map(|given| (given.area.as_str(), given.grade.as_str())).collect();
        assert_eq!(grades, [("overall", "poor")]);
    }
}
