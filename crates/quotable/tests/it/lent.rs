//! Hits and lines that are lent, each in the memory of the one before, are those that are given away.

use quotable::read::{LabelRange, LabelStyle, PageLabels};
use quotable::report::{Authority, Date, FieldValue, Judgement, Period, URL_FIELD};
use quotable::{Hit, Index, Line, Search, SearchOptions};

use crate::fixtures::{index_of, marlowe, paragraph, report};

/// Reports by turns with all that a citation can have and with next to nothing, in the order in which hits come: newest first.
fn index() -> Index {
    let shared =
        "Leaders know what care is, and all who care for children know it too, as do those who pay for care.";
    let day = |day| Date::new(2015, 1, day).unwrap();
    let reports = (0..8_u16).map(|number| {
        let is_rich = number % 2 == 0;
        let mut made =
            if is_rich { marlowe() } else { report("", &["Care.", "care care, care", "No one’s care."]) };
        made.path = format!("{number}.txt");
        made.published = Date::new(2020 - number, 5, 1);
        made.paragraphs.push(paragraph(if number < 6 { shared } else { "Ünallocated “care”." }));
        if is_rich {
            let mut authority = Authority::new(format!("Council {number}"), format!("council-{number}"));
            (authority.region, authority.urn) = (Some("North".to_owned()), Some(format!("8000{number}")));
            made.authority = Some(authority);
            made.inspectorate = Some("Inspectorate".to_owned());
            made.inspected = vec![Period { start: day(1), end: day(9) }];
            made.judgements.push(Judgement::new(
                "overall".parse().unwrap(),
                "Overall",
                "good".parse().unwrap(),
                "Good",
            ));
            made.ocr_pages = vec![3];
            made.page_labels = PageLabels::new(vec![LabelRange::new(1, LabelStyle::SmallRoman, 1)]);
            let url = FieldValue::Text("https://example.org/report".to_owned());
            made.fields.insert(URL_FIELD.parse().unwrap(), url);
        }
        made
    });
    index_of(reports)
}

fn searches(index: &Index) -> impl Iterator<Item = Search> + '_ {
    let options = SearchOptions::default().tables(true).notes(true);
    let queries =
        ["care", "leavers", "\"care leavers\"", "care*", "care w/5 care", "-care", "the OR =Care", "nowhere"];
    queries.into_iter().map(move |query| index.search_with(&query.parse().unwrap(), &options).unwrap())
}

#[test]
fn lent_hits_are_those_that_are_given_away() {
    let index = index();
    // How often a hit has what the next one lacks.
    let mut turns = [0; 3];
    for search in searches(&index) {
        let given: Vec<Hit> = search.every().unwrap().map(Result::unwrap).collect();
        let mut lent = Vec::new();
        let mut hits = search.every().unwrap();
        while let Some(hit) = hits.lend().unwrap() {
            lent.push(hit.clone());
        }
        assert_eq!(lent, given);
        assert!(hits.lend().unwrap().is_none());
        // In turns.
        let mut hits = search.every().unwrap();
        let mut both = Vec::new();
        while let Some(hit) = hits.lend().unwrap() {
            both.push(hit.clone());
            both.extend(hits.next().map(Result::unwrap));
        }
        assert_eq!(both, given);
        let is_rich = |hit: &Hit| hit.citation.url.is_some() && hit.citation.overall.is_some();
        turns = given.iter().zip(given.iter().skip(1)).fold(turns, |turns, (hit, next)| {
            let lost = [
                is_rich(hit) && !is_rich(next),
                hit.boilerplate.is_some() && next.boilerplate.is_none(),
                hit.citation.ocr && !next.citation.ocr,
            ];
            std::array::from_fn(|kind| turns[kind] + usize::from(lost[kind]))
        });
    }
    assert!(turns.iter().all(|count| *count > 5), "{turns:?}");
}

#[test]
fn lent_lines_are_those_that_are_given_away() {
    let index = index();
    let mut seen = 0;
    for search in searches(&index) {
        for samples in [None, Some(5)] {
            let lines = || match samples {
                None => search.concordance(2, 3).unwrap(),
                Some(n) => search.sample_concordance(2, 3, n, 7).unwrap(),
            };
            let given: Vec<Line> = lines().map(Result::unwrap).collect();
            let mut lent = Vec::new();
            let mut lending = lines();
            while let Some(line) = lending.lend().unwrap() {
                lent.push(line.clone());
            }
            assert_eq!(lent, given);
            let mut lending = lines();
            let mut both = Vec::new();
            while let Some(line) = lending.lend().unwrap() {
                both.push(line.clone());
                both.extend(lending.next().map(Result::unwrap));
            }
            assert_eq!(both, given);
            seen += given.len();
        }
    }
    assert!(seen > 50, "{seen}");
}
