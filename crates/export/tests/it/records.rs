//! Records have the fields that `FORMATS.md` has, and say the same as the library's own types.

use quotable_check::CheckQuotations as _;
use quotable_check::Quotation;
use quotable_codebook::CodeBook;
use quotable_export::Excerpt;
use quotable_export::check::{CheckedQuotation, CheckedQuotationRecord};
use quotable_export::chunk::ChunkRecord;
use quotable_export::completeness::Completeness;
use quotable_export::concordance::OccurrenceRecord;
use quotable_export::count::CountTableRecord;
use quotable_export::hit::{HitInContext, HitOptions, HitRecord};
use quotable_export::jsonl::{SCHEMA, Versioned};
use quotable_export::named_query::NamedQueryRecord;
use quotable_export::report::ReportRecord;
use quotable_export::source::SourceRecord;
use quotable_export::status::StatusRecord;
use quotable_index::RunCodeBook as _;
use quotable_index::{Facet, Index, SearchOptions};
use serde::Serialize;
use serde_json::Value;

use crate::corpus;
use crate::formats_page::{assert_fields, fields, part_of_page};

fn json(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// The text, for the order of fields, which a `Value` does not keep.
fn text(value: impl Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}

#[test]
fn a_record_says_the_same_as_the_library() {
    let index = corpus::index();
    let search = corpus::search(&index, "unallocated");
    for line in search.concordance(3, 3).unwrap() {
        let line = line.unwrap();
        assert_eq!(text(OccurrenceRecord::new(&line)), text(&line));
    }
    let table = search.count_by(&[Facet::Year]).unwrap();
    assert_eq!(text(CountTableRecord::new(&table)), text(&table));
    for source in index.reports().unwrap() {
        assert_eq!(text(SourceRecord::new(&source)), text(&source));
        let report = index.report(&source.path).unwrap().unwrap();
        assert_eq!(text(ReportRecord::new(&report)), text(&report));
    }
    assert_eq!(text(StatusRecord::new(&index.status())), text(index.status()));
    for row in CodeBook::builtin().run(&index.snapshot(), &SearchOptions::default()).unwrap() {
        assert_eq!(text(NamedQueryRecord::new(&row)), text(&row));
    }
    let quotation = Quotation::new("Too many care leavers, allocated for weeks");
    let check = index.check(&quotation).unwrap();
    let checked = CheckedQuotation { number: 1, quotation: &quotation, check: &check };
    assert_eq!(text(CheckedQuotationRecord::new(&checked).check), text(&check));
}

#[test]
fn hits_and_chunks_have_the_documented_fields() {
    let index = corpus::index();
    let search = corpus::search(&index, "unallocated OR caseloads");
    let groups = search.top_grouped(Facet::Year, 5, 5).unwrap().groups;
    let options = HitOptions::default().sentences(true).context(true).group(Some(Facet::Year));
    let mut records = Vec::new();
    for group in &groups {
        for hit in &group.hits {
            let beside = [hit.clone(), hit.clone()];
            let mut shown = HitInContext::among(hit, &beside);
            shown.before = &beside[..1];
            records.push(json(Versioned::new(HitRecord::new(&shown.in_group(Some(group)), &options))));
        }
    }
    assert_fields("Hit", &fields("Hit"), &records);
    assert!(records.iter().all(|record| record["schema"] == SCHEMA && record.get("incomplete").is_none()));

    let chunks = search.top_chunks(5).unwrap().chunks;
    let records = chunks.iter().map(|chunk| {
        let citation = chunk.citation().unwrap();
        json(Versioned::new(ChunkRecord::new(chunk, &citation)))
    });
    assert_fields("Theme chunk", &fields("Theme chunk"), &records.collect::<Vec<_>>());
}

#[test]
fn an_incomplete_index_is_marked() {
    #[derive(Serialize)]
    struct Empty {}
    let marked = |unfinished, unread| text(Versioned::of(Empty {}, Completeness::new(unfinished, unread)));
    assert_eq!(marked(false, 0), "{\"schema\":1}");
    assert_eq!(marked(true, 0), "{\"schema\":1,\"incomplete\":true}");
    assert_eq!(marked(false, 2), "{\"schema\":1,\"incomplete\":true,\"unread\":2}");
}

#[test]
fn every_heading_is_a_record_or_a_part_of_one() {
    const RECORDS: [&str; 18] = [
        "Hit", "Theme chunk", "Occurrence", "Collocate", "Keyword", "Ngram", "Trend", "Count table",
        "Source", "Report", "Theme", "Named query", "Checked quotation", "Used paragraph",
        "Followed request", "Similar paragraph", "Compared", "Status",
    ];
    let part = part_of_page("Lines of JSON");
    for heading in part.split("\n### ").skip(1).filter_map(|text| text.lines().next()) {
        let anchor = format!("](#{})", heading.to_lowercase().replace(' ', "-"));
        assert!(RECORDS.contains(&heading) || part.contains(&anchor), "nothing writes {heading}");
    }
}

#[test]
fn sentences_beside_each_other_are_quoted_as_they_stand() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer
        .put_bytes("west.txt", b"The pier leans. The pier is closed.  Nobody comes. The pier rusts.")
        .unwrap();
    writer.finish().unwrap();
    let hit = corpus::search(&index, "pier").top(1).unwrap().hits.remove(0);
    let quoted = Excerpt::sentences(&hit);
    assert_eq!(quoted.text, "The pier leans. The pier is closed. … The pier rusts.");
    let marked: Vec<&str> = quoted.matches.iter().map(|range| &quoted.text[range.clone()]).collect();
    assert_eq!(marked, ["pier"; 3]);
}
