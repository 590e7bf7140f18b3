//! Counts by facet, denominators, boilerplate, groups.

use quotable::report::{Authority, Date, Period, Report, Section};
use quotable::{Boilerplate, CountSort, CountTable, Facet, Index, SearchOptions};

use crate::fixtures::{index_of, report};

/// A report of a year and an authority. All paragraphs but the first are in a themed section.
fn report_of(year: u16, authority: &str, paragraphs: &[&str]) -> Report {
    let mut report = report(&format!("{authority}-{year}.txt"), paragraphs);
    report.published = quotable::report::Date::new(year, 6, 1);
    report.authority = Some(Authority::new(format!("{authority} Council"), authority));
    let mut section = Section::new("The experiences of care leavers", 1);
    section.theme = Some("care-leavers".to_owned());
    report.sections = vec![section];
    for paragraph in report.paragraphs.iter_mut().skip(1) {
        paragraph.section = Some(0);
    }
    report
}

fn sample_index() -> Index {
    index_of([
        report_of(
            2014,
            "marlowe",
            &["Unallocated work is high.", "Care is good.", "Plans are unallocated now."],
        ),
        report_of(2018, "marlowe", &["Nothing is here.", "Plans and more plans."]),
        report_of(2018, "westmere", &["Work is unallocated, and unallocated again.", "Care is good."]),
        report("undated.txt", &["Unallocated."]),
    ])
}

fn table(index: &Index, query: &str, by: &[Facet]) -> CountTable {
    index.search(&query.parse().unwrap()).unwrap().count_by(by).unwrap()
}

/// A table as lines: values | occurrences, paragraphs, reports of all reports, paragraphs, words | rate.
fn lines(table: &CountTable) -> String {
    let rows = table.rows.iter().chain([&table.total]).map(|row| {
        let values: Vec<&str> = row.values.iter().map(|value| value.as_deref().unwrap_or("-")).collect();
        format!(
            "{} | {} {} {} of {} {} {} | {}",
            if values.is_empty() { "total".to_owned() } else { values.join(", ") },
            row.occurrences,
            row.paragraphs,
            row.reports,
            row.all_reports,
            row.all_paragraphs,
            row.all_words,
            row.per_10_000_words.map_or("-".to_owned(), |rate| format!("{rate:.1}")),
        )
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn counts_have_denominators() {
    let table = table(&sample_index(), "unallocated", &[Facet::Year]);
    insta::assert_snapshot!(lines(&table), @r"
    2014 | 2 2 1 of 1 3 11 | 1818.2
    2018 | 2 1 1 of 2 4 16 | 1250.0
    - | 1 1 1 of 1 1 1 | 10000.0
    total | 5 4 3 of 4 8 28 | 1785.7
    ");
    assert_eq!(table.restriction, None);
}

#[test]
fn denominators_are_of_the_restricted_corpus() {
    let index = sample_index();
    let of_marlowe = table(&index, "unallocated authority:marlowe", &[Facet::Year]);
    insta::assert_snapshot!(lines(&of_marlowe), @r"
    2014 | 2 2 1 of 1 3 11 | 1818.2
    2018 | 0 0 0 of 1 2 7 | 0.0
    total | 2 2 1 of 2 5 18 | 1111.1
    ");
    assert_eq!(of_marlowe.restriction.as_deref(), Some("authority:marlowe"));
    let of_theme = table(&index, "unallocated theme:care-leavers", &[Facet::Authority]);
    insta::assert_snapshot!(lines(&of_theme), @r"
    marlowe | 1 1 1 of 2 3 11 | 909.1
    westmere | 0 0 0 of 1 1 3 | 0.0
    total | 1 1 1 of 3 4 14 | 714.3
    ");
}

#[test]
fn a_folder_can_be_counted_alone() {
    let mut reports =
        vec![report("north/a.txt", &["Care is good.", "Plans."]), report("north.txt", &["Care."])];
    reports.push(report("North/b.txt", &["Care and care."]));
    reports.push(report("old/north/c.txt", &["Care.", "Care costs."]));
    let index = index_of(reports);
    let options = |within: &str| SearchOptions::default().within(within);
    let search = |within: &str| index.search_with(&"care".parse().unwrap(), &options(within)).unwrap();
    let found = |within: &str| {
        let (counts, table) =
            (search(within).count().unwrap(), search(within).count_by(&[Facet::Report]).unwrap());
        assert_eq!(counts.paragraphs, search(within).every().unwrap().count() as u64);
        assert_eq!(counts.paragraphs, search(within).top(9).unwrap().hits.len() as u64);
        assert_eq!(counts.occurrences, search(within).concordance(1, 1).unwrap().count() as u64);
        assert_eq!(table.rows.len() as u64, table.total.all_reports);
        let (extent, total) = (search(within).extent().unwrap(), &table.total);
        assert_eq!(
            (extent.paragraphs, extent.words, extent.reports),
            (total.all_paragraphs, total.all_words, total.all_reports)
        );
        (counts.occurrences, counts.reports, table.total.all_paragraphs, table.total.all_words)
    };
    assert_eq!(found("north"), (1, 1, 2, 4));
    assert_eq!(found("north/"), (1, 1, 2, 4));
    assert_eq!(found("north/a.txt"), (1, 1, 2, 4));
    assert_eq!(found("North"), (2, 1, 1, 3));
    assert_eq!(found("old"), (2, 1, 2, 3));
    assert_eq!(found("n*"), (0, 0, 0, 0));
    assert!(search("old/north").provenance().to_string().contains("; only old/north; query"));
}

#[test]
fn two_facets_give_rows_of_pairs() {
    let table = table(&sample_index(), "unallocated", &[Facet::Theme, Facet::Year]);
    insta::assert_snapshot!(lines(&table), @r"
    care-leavers, 2014 | 1 1 1 of 1 2 7 | 1428.6
    care-leavers, 2018 | 0 0 0 of 2 2 7 | 0.0
    -, 2014 | 1 1 1 of 1 1 4 | 2500.0
    -, 2018 | 2 1 1 of 2 2 9 | 2222.2
    -, - | 1 1 1 of 1 1 1 | 10000.0
    total | 5 4 3 of 4 8 28 | 1785.7
    ");
}

#[test]
fn rows_of_every_facet_add_up() {
    let index = index_of([
        crate::fixtures::marlowe(),
        report_of(2020, "westmere", &["Care leavers.", "For care leavers."]),
    ]);
    let facets: Vec<Facet> = Facet::ALL.into_iter().chain(["overall".parse().unwrap()]).collect();
    for first in &facets {
        for second in &facets {
            let by = if first == second { vec![first.clone()] } else { vec![first.clone(), second.clone()] };
            let table = table(&index, "care", &by);
            let sum = |of: fn(&quotable::CountRow) -> u64| table.rows.iter().map(of).sum::<u64>();
            assert_eq!(sum(|row| row.occurrences), 5, "{by:?}");
            assert_eq!(sum(|row| row.paragraphs), table.total.paragraphs, "{by:?}");
            assert_eq!(sum(|row| row.all_paragraphs), 5, "{by:?}");
            assert_eq!(sum(|row| row.all_words), index.status().words, "{by:?}");
        }
    }
    let grades = table(&index, "care", &[Facet::Grade]);
    assert_eq!(grades.rows[0].values, [Some("inadequate".to_owned())]);
    let sections = table(&index, "care", &[Facet::Section]);
    assert_eq!(sections.rows[1].values, [Some("The experiences of care leavers".to_owned())]);
}

#[test]
fn one_to_three_different_facets_are_allowed() {
    let search = sample_index().search(&"care".parse().unwrap()).unwrap();
    let four = [Facet::Year, Facet::Kind, Facet::Theme, Facet::Authority];
    for by in [&[][..], &[Facet::Year, Facet::Year], &[Facet::Year, Facet::Kind, Facet::Year], &four] {
        assert_eq!(search.count_by(by).unwrap_err().kind(), quotable::ErrorKind::Invalid);
    }
    // A third facet that has one value changes no row.
    let two = search.count_by(&[Facet::Authority, Facet::Year]).unwrap();
    let three = search.count_by(&[Facet::Authority, Facet::Kind, Facet::Year]).unwrap();
    assert_eq!((three.rows.len(), &three.total), (two.rows.len(), &two.total));
    for (one, other) in two.rows.iter().zip(&three.rows) {
        let kind = other.values[1].as_deref();
        assert_eq!(
            (&other.values[0], &other.values[2], kind),
            (&one.values[0], &one.values[1], Some("other"))
        );
        assert_eq!((one.occurrences, one.all_words), (other.occurrences, other.all_words));
    }
}

#[test]
fn tables_made_together_are_those_made_one_by_one() {
    let index = sample_index();
    let tables: [&[Facet]; 4] =
        [&[Facet::Year], &[Facet::Theme], &[Facet::Authority, Facet::Kind], &[Facet::Section, Facet::Year]];
    for query in ["unallocated", "care authority:marlowe", "nowhere", "date:2018"] {
        let search = index.search(&query.parse().unwrap()).unwrap();
        let together = search.count_by_each(&tables).unwrap();
        let one_by_one: Vec<CountTable> = tables.iter().map(|by| search.count_by(by).unwrap()).collect();
        assert_eq!(together, one_by_one, "{query}");
    }
    let search = index.search(&"care".parse().unwrap()).unwrap();
    assert_eq!(search.count_by_each(&[]).unwrap(), []);
    let refused = search.count_by_each(&[&[Facet::Year], &[]]);
    assert_eq!(refused.unwrap_err().kind(), quotable::ErrorKind::Invalid);
}

/// Denominators by paragraph are kept for the next answer.
#[test]
fn what_was_asked_before_changes_no_table() {
    let mut with_more = report("more.txt", &["Care | 4", "Care of 2019.", "Care."]);
    with_more.paragraphs[0].role = quotable::report::Role::Table;
    with_more.paragraphs[1].role = quotable::report::Role::Note;
    let fresh = || {
        let index = sample_index();
        let mut writer = index.writer().unwrap();
        writer.put(with_more.clone()).unwrap();
        writer.finish().unwrap();
        index
    };
    let asked = fresh();
    let tables: [&[Facet]; 3] = [&[Facet::Theme], &[Facet::Section, Facet::Year], &[Facet::Grade]];
    let plain = SearchOptions::default;
    let options = [
        plain(),
        plain().tables(true),
        plain().notes(true),
        plain().boilerplate(Boilerplate::Exclude),
        plain().scope(quotable::query::Scope::Report),
        plain().within("undated.txt"),
        plain().most_steps(1),
    ];
    for query in ["unallocated", "care", "unallocated authority:marlowe", "nowhere", "unallocated"] {
        for options in &options {
            let of = |index: &Index| {
                let search = index.search_with(&query.parse().unwrap(), options)?;
                // Of the last three, one is known and two are new.
                let one = search.count_by(tables[0])?;
                Ok::<_, quotable::Error>((one, search.count_by_each(&tables)?))
            };
            let (again, first) = (of(&asked), of(&fresh()));
            assert_eq!(format!("{again:?}"), format!("{first:?}"), "{query} {options:?}");
        }
    }
}

#[test]
fn months_and_inspections_are_facets() {
    let mut inspected = report("visit.txt", &["Care is late."]);
    let (start, end) = (Date::new(2018, 12, 10).unwrap(), Date::new(2019, 1, 4).unwrap());
    inspected.inspected.push(Period { start, end });
    let index = index_of([inspected, report_of(2018, "marlowe", &["Care."])]);
    let values = |facet: &str| {
        let table = table(&index, "care", &[facet.parse().unwrap()]);
        table.rows.iter().map(|row| row.values[0].clone().unwrap_or_default()).collect::<Vec<_>>().join(" ")
    };
    // Without a day of publication, the end of the inspection stands in.
    assert_eq!(values("month"), "2018-06 2019-01");
    assert_eq!(values("inspected"), "2019-01-04 ");
    assert_eq!(values("inspected-year"), "2019 ");
}

#[test]
fn rows_are_sorted_by_count_and_by_rate() {
    let index = sample_index();
    let order = |sort| {
        let mut table = table(&index, "unallocated", &[Facet::Report]);
        table.sort(sort);
        table.rows.iter().map(|row| row.values[0].clone().unwrap()).collect::<Vec<_>>()
    };
    let (old, new) = ("marlowe-2014.txt", "marlowe-2018.txt");
    assert_eq!(order(CountSort::Value), [new, "westmere-2018.txt", old, "undated.txt"]);
    // Equal counts keep their order.
    assert_eq!(order(CountSort::Count), ["westmere-2018.txt", old, "undated.txt", new]);
    assert_eq!(order(CountSort::Rate), ["undated.txt", "westmere-2018.txt", old, new]);
}

/// A sentence long enough for boilerplate.
const SAME: &str = "This inspection was carried out under the act by our own team, as ever.";

#[test]
fn boilerplate_is_counted_and_can_be_excluded() {
    let reports = |number: u32| {
        // Boilerplate is compared by folded words: case and punctuation do not matter.
        let same =
            if number.is_multiple_of(2) { SAME.to_owned() } else { SAME.to_uppercase().replace(',', " –") };
        report(&format!("{number}.txt"), &[&same, "Our team.", "The same short words stand here."])
    };
    let index = index_of((0..5).map(reports).chain([report("own.txt", &["A team of their own."])]));
    let search = |boilerplate| {
        let options = SearchOptions::default().boilerplate(boilerplate);
        index.search_with(&"team".parse().unwrap(), &options).unwrap()
    };
    let with = search(Boilerplate::Include);
    let counts = with.count().unwrap();
    assert_eq!((counts.occurrences, counts.paragraphs, counts.reports), (11, 11, 6));
    assert_eq!((counts.boilerplate.occurrences, counts.boilerplate.paragraphs), (5, 5));
    let hits = with.top(20).unwrap().hits;
    assert_eq!(hits.iter().filter(|hit| hit.boilerplate == Some(5)).count(), 5);
    assert_eq!(hits.iter().filter(|hit| hit.boilerplate.is_none()).count(), 6);

    let without = search(Boilerplate::Exclude);
    let counts = without.count().unwrap();
    assert_eq!((counts.occurrences, counts.paragraphs, counts.reports), (6, 6, 6));
    assert_eq!((counts.boilerplate.occurrences, counts.boilerplate.paragraphs), (5, 5));
    assert_eq!(without.top(20).unwrap().hits.len(), 6);
    assert_eq!(without.every().unwrap().count(), 6);
    let table = without.count_by(&[Facet::Kind]).unwrap();
    assert_eq!((table.total.paragraphs, table.total.all_paragraphs), (6, 11));

    let mut writer = index.writer().unwrap();
    writer.remove("0.txt").unwrap();
    writer.finish().unwrap();
    let counts = index.search(&"team".parse().unwrap()).unwrap().count().unwrap();
    assert_eq!(counts.boilerplate.paragraphs, 0, "boilerplate takes five reports");
}

#[test]
fn a_count_has_its_provenance() {
    let index = sample_index();
    let options = SearchOptions::default().tables(true).boilerplate(Boilerplate::Exclude);
    let query = "“Care Leavers” W/5 Good".to_lowercase().parse().unwrap();
    let provenance = index.search_with(&query, &options).unwrap().provenance();
    assert_eq!(provenance.corpus_hash, index.status().corpus_hash);
    let line = provenance.to_string().replace(&provenance.corpus_hash[..12], "HASH");
    insta::assert_snapshot!(line, @r#"quotable 0.1.0; corpus HASH, 4 reports; with tables; without boilerplate; query: "care leavers" w/5 good"#);
}

#[test]
fn hits_are_grouped_by_a_facet() {
    let index = sample_index();
    let search = index.search(&"unallocated".parse().unwrap()).unwrap();
    let groups = search.top_grouped(Facet::Authority, 2, 1).unwrap();
    let of = |number: usize| {
        let group = &groups.groups[number];
        (group.value.as_deref(), group.counts.occurrences, group.hits.len())
    };
    assert_eq!((groups.all, groups.counts.occurrences), (3, 5));
    let best = search.top(1).unwrap().hits.remove(0);
    assert_eq!(groups.groups[0].hits[0], best);
    assert_eq!([of(0), of(1)], [(None, 1, 1), (Some("westmere"), 2, 1)]);
    assert_eq!(search.top_grouped(Facet::Authority, 9, 0).unwrap().groups.len(), 3);
}
