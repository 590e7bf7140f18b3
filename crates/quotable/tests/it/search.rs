//! Queries: hits, counts, citations, filters, order.

use quotable::query::{Field, Query, Scope};
use quotable::{ErrorKind, Index, SearchOptions, Sort};

use crate::fixtures::{counts, find, index_of, marlowe, report};

fn ids(index: &Index, query: &str) -> Vec<String> {
    find(index, query).hits.into_iter().map(|hit| hit.text).collect()
}

#[test]
fn a_hit_is_cited() {
    let index = index_of([marlowe()]);
    let hits = find(&index, "unallocated");
    let hit = &hits.hits[0];
    assert_eq!(&hit.text[hit.matches[0].clone()], "unallocated");
    insta::assert_snapshot!(hit.citation, @"Marlowe County Council, Inspection of children’s services (ILACS), published 29 January 2018, “The experiences and progress of care leavers”, para 2, p. 3");
    assert_eq!(hit.theme.as_deref(), Some("care-leavers"));
    assert_eq!(&hit.text[hit.quote(0)], "Too many care leavers were unallocated. ");
    let again = index.paragraph(&hit.id.to_string()).unwrap().unwrap();
    assert_eq!(again.text, hit.text);
}

#[test]
fn words_phrases_and_booleans_are_counted() {
    let index = index_of([
        marlowe(),
        report(
            "b.txt",
            &["Care for leavers of care. The children’s plans are in place.", "Nothing is here."],
        ),
    ]);
    assert_eq!(counts(&index, "care"), (5, 3, 2));
    assert_eq!(counts(&index, "\"care leavers\""), (2, 2, 1));
    assert_eq!(counts(&index, "care leavers"), (8, 3, 2));
    assert_eq!(counts(&index, "care NOT unallocated"), (3, 2, 2));
    assert_eq!(counts(&index, "unallocated OR children's"), (2, 2, 2));
    assert_eq!(counts(&index, "\"care * leavers\""), (1, 1, 1));
    assert_eq!(counts(&index, "\"leavers *\""), (2, 2, 2));
    assert_eq!(counts(&index, "leav*"), (3, 3, 2));
    assert_eq!(counts(&index, "\"car* leav*\""), (2, 2, 1));
    assert_eq!(counts(&index, "unalocated%1"), (1, 1, 1));
    assert_eq!(counts(&index, "/chil.*/"), (1, 1, 1));
    assert_eq!(counts(&index, "nowhere"), (0, 0, 0));
    assert_eq!(counts(&index, "-care"), (0, 2, 2));
}

#[test]
fn windows_and_sentence_scopes() {
    let index = index_of([report("a.txt", &["One two three four. Five one six.", "two. one. two"])]);
    assert_eq!(counts(&index, "one w/3 four"), (2, 1, 1));
    assert_eq!(counts(&index, "one pre/3 four"), (1, 1, 1));
    assert_eq!(counts(&index, "one pre/2 four"), (0, 0, 0));
    assert_eq!(counts(&index, "four pre/2 one"), (1, 1, 1));
    assert_eq!(counts(&index, "one pre/2 two"), (2, 2, 1));
    assert_eq!(counts(&index, "one not w/1 two"), (1, 1, 1));
    assert_eq!(counts(&index, "four w/s five"), (0, 0, 0));
    assert_eq!(counts(&index, "one w/s five"), (2, 1, 1), "a conjunction counts both");
    let query: Query = "two one".parse().unwrap();
    let options = SearchOptions::default().scope(Scope::Sentence);
    let search = index.search_with(&query, &options).unwrap();
    assert_eq!(search.count().unwrap().paragraphs, 1);
}

#[test]
fn report_scope_matches_across_paragraphs() {
    let index = index_of([report("a.txt", &["one", "two one", "three"]), report("b.txt", &["one", "four"])]);
    assert_eq!(counts(&index, "one w/r two"), (3, 2, 1));
    assert_eq!(counts(&index, "three w/r one"), (3, 3, 1));
    let search = |query: &str| {
        let options = SearchOptions::default().scope(Scope::Report);
        index.search_with(&query.parse().unwrap(), &options).unwrap().count().unwrap()
    };
    assert_eq!(search("one NOT four").reports, 1);
    assert_eq!(search("one two OR four").occurrences, 4, "two ones, a two and a four");
}

#[test]
fn tables_and_notes_are_optional() {
    let index = index_of([marlowe()]);
    let count = |options: SearchOptions, query: &str| {
        let query: Query = query.parse().unwrap();
        index.search_with(&query, &options).unwrap().count().unwrap().paragraphs
    };
    let plain = SearchOptions::default;
    assert_eq!(count(plain(), "\"care leavers\""), 2);
    assert_eq!(count(plain().tables(true), "\"care leavers\""), 3);
    assert_eq!(count(plain().notes(true), "\"care leavers\""), 3);
    assert_eq!(count(plain().notes(true).tables(true), "\"care leavers\""), 4);
    assert_eq!(count(plain(), "authority:marlowe"), 3, "a query of filters alone skips tables");
    assert_eq!(count(plain().tables(true), "-unallocated"), 3);
}

#[test]
fn filters_select_paragraphs() {
    let index = index_of([marlowe(), report("press/b.txt", &["Care is good."])]);
    for (query, paragraphs) in [
        ("care authority:marlowe", 2),
        ("care authority:\"marlowe county\"", 2),
        ("care authority:marl*", 2),
        ("care theme:care-leavers", 2),
        ("care section:progress", 2),
        ("care section:findings", 2),
        ("care section:weather", 0),
        ("care framework:ilacs", 2),
        ("care kind:other", 3),
        ("care date:2018", 2),
        ("care date:2017..2018-01", 2),
        ("care date:2019..", 0),
        ("care para:2", 1),
        ("care para:1..2", 2),
        ("care page:4", 1),
        ("care page:1..3", 2),
        ("care path:press/*", 1),
        ("care path:b.txt", 1),
        ("care grade:inadequate", 2),
        ("care overall:good", 0),
        ("care -authority:marlowe", 1),
    ] {
        assert_eq!(counts(&index, query).1, paragraphs, "{query}");
    }
}

#[test]
fn an_unknown_value_suggests_the_nearest() {
    let index = index_of([marlowe()]);
    for (query, nearest) in [
        ("theme:care-leaver", "care-leavers"),
        ("framework:ilac", "ilacs"),
        ("grade:inadequit", "inadequate"),
        ("kind:raport", "report"),
    ] {
        let error = index.search(&query.parse().unwrap()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownValue, "{query}");
        assert_eq!(error.nearest()[0], nearest, "{query}");
    }
    let error = index.search(&"care OR  (plans -framework:ilax)".parse().unwrap()).unwrap_err();
    insta::assert_snapshot!(error, @r"
    care OR  (plans -framework:ilax)
                     ^^^^^^^^^^^^^^
    no framework is called “ilax”
    help: did you mean ilacs
    ");
    let error = index.search(&"kind:zzzzzz".parse().unwrap()).unwrap_err();
    assert_eq!(error.query_error().unwrap().cure(), "choose one of report, article, other");
    let error = index.search(&Query::filter(Field::Date, "soon")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Query);
}

/// The part of the query under the carets of its error.
fn marked(index: &Index, query: &Query) -> String {
    let error = index.search(query).unwrap_err();
    let error = error.query_error().unwrap();
    error.query()[error.span()].to_owned()
}

#[test]
fn carets_mark_the_filter_at_fault() {
    let index = index_of([marlowe()]);
    for (query, part) in [
        ("section:leaders OR grade:good OR grade:goo", "grade:goo"),
        ("grade:goo OR grade:good", "grade:goo"),
        ("\"grade goo\" path:\"grade:goo/*\" -(kind:report grade:goo)", "grade:goo"),
        ("w/r(kind:report -kind:repor) care", "kind:repor"),
        ("児童 “café” grade:“goo”", "grade:“goo”"),
        ("care theme:care-leavers theme:care-leaver", "theme:care-leaver"),
    ] {
        assert_eq!(marked(&index, &query.parse().unwrap()), part, "{query}");
    }
    let made = Query::filter(Field::Grade, "good").or(Query::filter(Field::Grade, "goo"));
    assert_eq!(marked(&index, &made), "grade:goo");
    let both = "grade:good  care".parse::<Query>().unwrap().and(Query::filter(Field::Grade, "goo"));
    insta::assert_snapshot!(index.search(&both).unwrap_err(), @r"
    grade:good care grade:goo
                    ^^^^^^^^^
    no grade is called “goo”
    help: choose one of inadequate
    ");
}

#[test]
fn hits_are_sorted_by_relevance_or_date() {
    let mut old = report("a.txt", &["care plans and much else besides", "care care care"]);
    old.published = "2014-05-01".parse().ok();
    let mut new = report("b.txt", &["care plans and much else besides"]);
    new.published = "2020-05-01".parse().ok();
    let undated = report("0.txt", &["care plans and much else besides"]);
    let index = index_of([old, undated, new]);
    let order = |sort| {
        let search =
            index.search_with(&"care".parse().unwrap(), &SearchOptions::default().sort(sort)).unwrap();
        let hits = search.top(10).unwrap().hits;
        hits.iter()
            .map(|hit| format!("{} {}", hit.citation.path, hit.id.ordinal().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(order(Sort::Relevance), ["a.txt 2", "b.txt 1", "a.txt 1", "0.txt 1"]);
    assert_eq!(order(Sort::Date), ["b.txt 1", "a.txt 1", "a.txt 2", "0.txt 1"]);
    assert_eq!(order(Sort::Oldest), ["a.txt 1", "a.txt 2", "b.txt 1", "0.txt 1"]);
    let every = index.search(&"care".parse().unwrap()).unwrap().every().unwrap();
    let every: Vec<_> = every.map(|hit| hit.unwrap().citation.path).collect();
    assert_eq!(every, ["b.txt", "a.txt", "a.txt", "0.txt"]);
}

#[test]
fn a_cursor_continues_after_the_last_page() {
    let reports = (0..7).map(|number| report(&format!("{number}.txt"), &["care", "care and care", "other"]));
    let index = index_of(reports);
    for sort in Sort::ALL {
        let search =
            index.search_with(&"care".parse().unwrap(), &SearchOptions::default().sort(sort)).unwrap();
        let all: Vec<_> = search.top(100).unwrap().hits.into_iter().map(|hit| hit.id).collect();
        assert_eq!(all.len(), 14);
        let mut paged = Vec::new();
        let mut page = search.top(4).unwrap();
        while let Some(last) = page.hits.last().map(|hit| hit.cursor.clone()) {
            assert_eq!(page.counts.paragraphs, 14, "counts are of the whole");
            paged.extend(page.hits.into_iter().map(|hit| hit.id));
            page = search.top_after(4, &last).unwrap();
        }
        assert_eq!(paged, all, "{sort:?}");
        for (skipped, n) in [(0, 4), (4, 4), (12, 4), (20, 4)] {
            let page: Vec<_> = search.page(skipped, n).unwrap().hits.into_iter().map(|hit| hit.id).collect();
            assert_eq!(page, all.iter().skip(skipped).take(n).cloned().collect::<Vec<_>>(), "{sort:?}");
        }
    }
}

#[test]
fn a_sample_can_be_drawn_again_and_grows_with_the_corpus() {
    let sources = |count: usize| {
        index_of((0..count).map(|number| {
            report(&format!("{number}.txt"), &["Care is late, and care is dear.", "Nothing.", "More care."])
        }))
    };
    let drawn = |index: &Index, n, seed| {
        let hits = index.search(&"care".parse().unwrap()).unwrap().sample(n, seed).unwrap();
        assert_eq!(hits.counts.paragraphs, 2 * index.status().reports);
        let mut ids: Vec<_> = hits.hits.into_iter().map(|hit| hit.id.to_string()).collect();
        ids.sort();
        ids
    };
    let (small, large) = (sources(40), sources(50));
    let ten = drawn(&small, 10, 7);
    assert_eq!(ten, drawn(&sources(40), 10, 7), "the same in an index built anew");
    assert_ne!(ten, drawn(&small, 10, 8));
    assert_eq!(drawn(&small, 1000, 7).len(), 80);
    // Only new paragraphs take the places of old ones.
    let old = drawn(&small, 1000, 7);
    for id in drawn(&large, 10, 7).iter().filter(|id| old.contains(id)) {
        assert!(ten.contains(id), "{id}");
    }
    // The hash is written down: it must not change with the version or the machine.
    assert_eq!(drawn(&sources(3), 2, 1), ["tjppe656qv.3", "zv61qw1aqx.3"]);
    let search = small.search(&"care".parse().unwrap()).unwrap();
    let lines = |n, seed| search.sample_concordance(1, 1, n, seed).unwrap().map(|line| line.unwrap());
    let place = |line: &quotable::Line| (line.id.to_string(), line.from);
    let all: Vec<_> = search.concordance(1, 1).unwrap().map(|line| place(&line.unwrap())).collect();
    let five: Vec<_> = lines(5, 3).map(|line| place(&line)).collect();
    assert_eq!((five.len(), lines(5, 3).map(|line| place(&line)).collect::<Vec<_>>()), (5, five.clone()));
    assert!(five.iter().all(|place| all.contains(place)) && five.windows(2).all(|two| two[0] != two[1]));
    assert_eq!(lines(1000, 3).map(|line| place(&line)).collect::<Vec<_>>(), all);
}

#[test]
fn every_paragraph_is_as_likely_to_be_drawn() {
    let index = index_of((0..20).map(|number| report(&format!("{number}.txt"), &["Care."])));
    let search = index.search(&"care".parse().unwrap()).unwrap();
    let mut times = std::collections::BTreeMap::<String, f64>::new();
    for seed in 0..1000 {
        for hit in search.sample(5, seed).unwrap().hits {
            *times.entry(hit.citation.path).or_default() += 1.0;
        }
    }
    // A quarter of the draws each: chi-square with 19 degrees of freedom is below 43.8 in 999 of 1000 cases.
    let chi_square: f64 = times.values().map(|times| (times - 250.0).powi(2) / 250.0).sum();
    assert!(times.len() == 20 && chi_square < 43.8, "{chi_square}: {times:?}");
}

#[test]
fn a_search_keeps_its_snapshot() {
    let index = index_of([report("a.txt", &["care"])]);
    let search = index.search(&"care".parse().unwrap()).unwrap();
    let mut writer = index.writer().unwrap();
    assert!(writer.remove("a.txt").unwrap());
    writer.finish().unwrap();
    assert_eq!(search.top(1).unwrap().hits[0].text, "care");
    assert_eq!(counts(&index, "care"), (0, 0, 0));
}

#[test]
fn a_name_without_a_code_book_is_unsupported() {
    let index = index_of([marlowe()]);
    let error = index.search(&"@unallocated-work".parse().unwrap()).unwrap_err();
    assert_eq!((error.kind(), error.query_error().unwrap().span()), (ErrorKind::Unsupported, 0..17));
    assert_eq!(marked(&index, &"\"x @work\" path:@work @work-load".parse().unwrap()), "@work-load");
    assert_eq!(ids(&index, "\"too many care leavers\"").len(), 1);
}

#[test]
fn one_authority_is_meant_by_any_of_its_names_and_no_neighbour_with_it() {
    let of = |path: &str, name: &str, key: &str, urn: &str| {
        let mut report = crate::fixtures::report(path, &["Homes are warm."]);
        let mut authority = quotable::report::Authority::new(name, key);
        authority.urn = Some(urn.to_owned());
        report.authority = Some(authority);
        report
    };
    let index = index_of([
        of("a.txt", "Northumberland County Council", "northumberland", "99001"),
        of("b.txt", "West Marlowe Council", "west marlowe", "99002"),
        of("c.txt", "City of Marlowe", "marlowe", "99003"),
        of("d.txt", "Marlowe", "marlowe", "99003"),
        of("e.txt", "Bramwich and Poll Borough Council", "bramwich and poll", "99004"),
    ]);
    let found = |name: &str| -> Vec<String> {
        let query = Query::filter(Field::Authority, name);
        let mut paths: Vec<String> = index
            .search(&query)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .every()
            .unwrap()
            .map(|hit| hit.unwrap().citation.path)
            .collect();
        paths.sort();
        paths
    };
    for name in ["Marlowe", "marlowe", "City of Marlowe", "Marlowe City Council", "99003", "MARLOWE COUNCIL"]
    {
        assert_eq!(found(name), ["c.txt", "d.txt"], "{name}");
    }
    for name in ["West Marlowe", "West Marlowe Borough Council", "west", "99002"] {
        assert_eq!(found(name), ["b.txt"], "{name}");
    }
    for name in ["Bramwich & Poll", "bramwich", "The Borough of Bramwich and Poll"] {
        assert_eq!(found(name), ["e.txt"], "{name}");
    }
    assert_eq!(found("*marlowe"), ["b.txt", "c.txt", "d.txt"]);
    let error = |name: &str| index.search(&Query::filter(Field::Authority, name)).unwrap_err();
    assert_eq!(error("marlow").nearest()[0], "marlowe");
    assert_eq!(error("marlow").kind(), quotable::ErrorKind::UnknownValue);
    assert!(
        error("council").to_string().contains("part of the names of 3 authorities"),
        "{}",
        error("council")
    );
    assert!(error("Herts").to_string().contains("no report here is on Hertfordshire"), "{}", error("Herts"));
}

#[test]
fn areas_and_fields_of_any_name_are_filters_and_facets() {
    let mut safe = crate::fixtures::report("a.txt", &["Homes are warm.", "Rooms are cold."]);
    let judged = |area: &str, grade: &str, rank| {
        let mut judgement =
            quotable::report::Judgement::new(area.parse().unwrap(), area, grade.parse().unwrap(), grade);
        judgement.rank = Some(rank);
        judgement
    };
    safe.judgements = vec![judged("well-led", "very-good", 1)];
    safe.fields.insert("vessel".parse().unwrap(), "the tug Anna".into());
    safe.fields.insert("crew".parse().unwrap(), 12.0.into());
    safe.paragraphs[1].fields.insert("deck".parse().unwrap(), "upper".into());
    let mut other = crate::fixtures::report("b.txt", &["Rooms are warm."]);
    other.judgements = vec![judged("well-led", "poor", 4)];
    other.fields.insert("crew".parse().unwrap(), 3.0.into());
    let index = index_of([safe, other]);
    let count = |query: &str| index.search(&query.parse().unwrap()).unwrap().count().unwrap().paragraphs;
    assert_eq!((count("well-led:very-good"), count("Well_Led:poor"), count("well-led:*")), (2, 1, 3));
    assert_eq!(
        (count("vessel:tug"), count("vessel:\"tug anna\""), count("crew:5..20"), count("crew:3")),
        (2, 2, 2, 1)
    );
    assert_eq!((count("deck:upper"), count("rooms -deck:upper")), (1, 1));
    for (query, near) in [("vesel:tug", "vessel"), ("wel-led:poor", "well-led"), ("vessel:tog", "")] {
        let error = index.search(&query.parse().unwrap()).unwrap_err();
        assert_eq!(error.kind(), quotable::ErrorKind::UnknownValue, "{query}");
        assert_eq!(error.nearest().first().map_or("", String::as_str), near, "{query}");
    }
    let table = |facet: &str| {
        let table =
            index.search(&"warm".parse().unwrap()).unwrap().count_by(&[facet.parse().unwrap()]).unwrap();
        let row = |row: &quotable::CountRow| (row.values[0].clone().unwrap_or_default(), row.all_paragraphs);
        table.rows.iter().map(row).filter(|(_, all)| *all > 0).collect::<Vec<_>>()
    };
    assert_eq!(table("well-led"), [("very-good".to_owned(), 2), ("poor".to_owned(), 1)]);
    assert_eq!(table("crew"), [("3".to_owned(), 1), ("12".to_owned(), 2)]);
    assert_eq!(table("deck"), [("upper".to_owned(), 1), (String::new(), 2)]);
}

#[test]
fn what_only_tables_and_notes_say_is_counted_apart() {
    let mut report =
        crate::fixtures::report("a.txt", &["Homes are warm.", "Homes | 42", "Homes of 2019.", "Homes."]);
    report.paragraphs[1].role = quotable::report::Role::Table;
    report.paragraphs[2].role = quotable::report::Role::Note;
    let index = index_of([report]);
    let left_out = |query: &str, options: &SearchOptions| {
        let left_out = index.search_with(&query.parse().unwrap(), options).unwrap().left_out().unwrap();
        (left_out.tables, left_out.notes)
    };
    let usual = SearchOptions::default();
    assert_eq!(left_out("homes", &usual), (1, 1));
    assert_eq!(left_out("42", &usual), (1, 0));
    assert_eq!(left_out("warm", &usual), (0, 0));
    assert_eq!(left_out("homes", &usual.clone().tables(true)), (0, 1));
}

/// What is found for the rows and notes alone is kept for nothing else.
#[test]
fn counting_what_is_left_out_changes_no_later_answer() {
    let lines = ["Herons wait here.", "Herons wait | 4", "Herons wait in 2019.", "Nobody waits."];
    let mut report = crate::fixtures::report("a.txt", &lines);
    report.paragraphs[1].role = quotable::report::Role::Table;
    report.paragraphs[2].role = quotable::report::Role::Note;
    let book = "[[query]]\nname = 'birds'\nkind = 'topic'\nquery = 'heron*'";
    let options = SearchOptions::default().codebook(quotable::CodeBook::parse("book", book).unwrap());
    let index = index_of([report]);
    let search =
        |query: &str, options: &SearchOptions| index.search_with(&query.parse().unwrap(), options).unwrap();
    for _ in 0..3 {
        let left_out = search("wait theme:birds", &options).left_out().unwrap();
        assert_eq!((left_out.tables, left_out.notes), (1, 1));
        let left_out = search("wait theme:birds", &options.clone().tables(true)).left_out().unwrap();
        assert_eq!((left_out.tables, left_out.notes), (0, 1));
    }
    for options in [options.clone().tables(true), options.clone().notes(true)] {
        assert_eq!(search("theme:birds", &options).count_paragraphs().unwrap(), 2);
        assert_eq!(search("wait NOT theme:birds", &options).count_paragraphs().unwrap(), 0);
    }
    let left_out = search("theme:birds", &options).left_out().unwrap();
    assert_eq!((left_out.tables, left_out.notes), (1, 1));
}
