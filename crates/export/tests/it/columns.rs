//! The columns of every table, in the order that `FORMATS.md` has them.

use quotable_codebook::CodeBook;
use quotable_export::check::{CheckRow, UseRow};
use quotable_export::chunk::ChunkRow;
use quotable_export::compare::CompareRecord;
use quotable_export::concordance::OccurrenceRow;
use quotable_export::follow::FollowRecord;
use quotable_export::hit::{HitInContext, HitOptions, HitRow};
use quotable_export::named_query::NamedQueries;
use quotable_export::provenance::CorpusProvenance;
use quotable_export::similar::SimilarRecord;
use quotable_export::theme::{ThemeFacet, ThemesView};
use quotable_export::{Cell, collocate, count, keyword, ngram, source, status, trend};
use quotable_index::Facet;

use crate::corpus;
use crate::formats_page::documented;

fn documented_columns(command: &str, is_shown: impl Fn(&str) -> bool) -> Vec<String> {
    let rows = documented("CSV", command).into_iter();
    rows.filter(|(_, line)| is_shown(line)).map(|(name, _)| name).collect()
}

#[test]
fn hits() {
    let options = HitOptions::default();
    let all = options.clone().group(Some(Facet::Theme)).context(true);
    assert_eq!(HitRow::names(&all), documented_columns("search", |_| true));
    let is_plain = |line: &str| !line.contains("with `--group`") && !line.contains("with `--context`");
    assert_eq!(HitRow::names(&options), documented_columns("search", is_plain));
    assert_eq!(ChunkRow::names(), documented_columns("search --unit theme", |_| true));
    assert_eq!(OccurrenceRow::names(), documented_columns("kwic", |_| true));
    assert_eq!(collocate::names(), documented_columns("collocates", |_| true));
    assert_eq!(keyword::names(), documented_columns("keywords", |_| true));
    assert_eq!(ngram::names(), documented_columns("ngrams", |_| true));
    assert_eq!(trend::names(), documented_columns("trend", |_| true));
}

#[test]
fn files_and_checks() {
    assert_eq!(source::SourceColumns::default().names(), documented_columns("reports", |_| true));
    assert_eq!(status::NAMES.to_vec(), documented_columns("status", |_| true));
    assert_eq!(CheckRow::names(), documented_columns("check", |_| true));
    assert_eq!(SimilarRecord::names(), documented_columns("similar", |_| true));
    assert_eq!(CompareRecord::names(), documented_columns("compare", |_| true));
    assert_eq!(FollowRecord::names(), documented_columns("follow", |_| true));
    assert_eq!(UseRow::names(), documented_columns("check --reverse", |_| true));
}

#[test]
fn numbers() {
    let mut counts = documented_columns("count", |_| true);
    counts[0] = "year".to_owned();
    assert_eq!(count::names(&[Facet::Year]), counts);

    let index = corpus::index();
    let book = CodeBook::builtin();
    let themes = index.snapshot().themes(&book).unwrap();
    let provenance = CorpusProvenance::new(&themes.provenance, None);
    let view = |by| ThemesView { themes: &themes, by, provenance: &provenance };
    assert_eq!(view(None).names(), documented_columns("themes", |line| !line.contains("with `--by")));
    let by_year = documented_columns("themes", |line| !line.contains("without `--by`"));
    assert_eq!(view(Some(ThemeFacet::Year)).names(), by_year);

    let queries = |by| NamedQueries { rows: &[], tables: &[], by, provenance: &provenance };
    let named: Vec<String> = documented_columns("run", |_| true)
        .into_iter()
        .map(|name| if name == "FACET" { "year".to_owned() } else { name })
        .collect();
    assert_eq!(queries(&[Facet::Year]).names(), named);
    assert_eq!(queries(&[]).names(), documented_columns("run", |line| !line.contains("with `--by")));
}

#[test]
fn every_row_has_a_cell_for_every_column() {
    let index = corpus::index();
    let search = corpus::search(&index, "unallocated");
    let hits = search.top(10).unwrap().hits;
    assert_eq!(hits.len(), 2);
    for options in [HitOptions::default(), HitOptions::default().sentences(true).context(true)] {
        for hit in &hits {
            for row in HitRow::of(&HitInContext::new(hit), &options) {
                assert_eq!(row.cells().len(), HitRow::names(&options).len());
            }
        }
    }
    let table = search.count_by(&[Facet::Year, Facet::Authority]).unwrap();
    for row in count::rows(&table) {
        assert_eq!(row.len(), count::names(&table.by).len());
    }
    let sources = index.reports().unwrap();
    let columns = source::SourceColumns::of(&sources);
    for source in &sources {
        assert_eq!(columns.row(source).len(), columns.names().len());
    }
}

#[test]
fn cells_are_typed() {
    let index = corpus::index();
    let hit = corpus::search(&index, "caseloads").top(1).unwrap().hits.remove(0);
    let options = HitOptions::default();
    let row = HitRow::of(&HitInContext::new(&hit), &options).remove(0);
    let names = HitRow::names(&options);
    let cells = row.cells();
    let cell = |name: &str| cells[names.iter().position(|other| *other == name).unwrap()].clone();
    assert_eq!(cell("page"), Cell::Number(4));
    assert_eq!(cell("occurrences"), Cell::Number(1));
    assert_eq!(cell("complete"), Cell::Bool(true));
    assert_eq!(cell("boilerplate"), Cell::Empty);
    assert_eq!(cell("published"), Cell::from("2018-01-29".to_owned()));
    assert_eq!(cell("grade"), Cell::from("good"));
    assert!(matches!(cell("score"), Cell::Decimal { value, digits: None } if value > 0.0));
}
