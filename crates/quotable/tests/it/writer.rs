//! The writer, for reports that are not files.

use quotable::{ErrorKind, Index, Origin};

use crate::fixtures::{TempCorpus, counts, index_of, marlowe, report};

#[test]
fn a_report_is_returned_whole() {
    let report = marlowe();
    let index = index_of([report.clone()]);
    assert_eq!(index.report(&report.path).unwrap(), Some(report.clone()));
    let source = &index.reports().unwrap()[0];
    assert_eq!(index.report(&source.id.to_string()).unwrap(), Some(report));
    assert_eq!((source.paragraphs, source.table_rows, source.notes), (3, 1, 1));
    assert_eq!(source.words, 2 + 13 + 4);
    assert_eq!(source.origin, Origin::Put);
    assert_eq!(index.report("nowhere").unwrap(), None);
}

#[test]
fn put_replaces_a_report_and_remove_deletes_it() {
    let index = index_of([report("a", &["one two"])]);
    let mut writer = index.writer().unwrap();
    writer.put(report("a", &["one", "three"])).unwrap();
    writer.put_bytes("b.txt", b"One sheep in the meadow.").unwrap();
    assert_eq!(counts(&index, "two"), (1, 1, 1), "nothing is visible before the commit");
    writer.commit().unwrap();
    assert_eq!(counts(&index, "one"), (2, 2, 2));
    assert_eq!(counts(&index, "two"), (0, 0, 0));
    assert!(writer.remove("a").unwrap());
    assert!(!writer.remove("a").unwrap());
    assert_eq!(writer.put_bytes("c.pdf", b"no").unwrap_err().kind(), ErrorKind::Unreadable);
    writer.finish().unwrap();
    assert_eq!(counts(&index, "one"), (1, 1, 1));
}

/// Texts are stored as codes of a lexicon of the whole index, which grows with every commit and keeps the words of removed
/// reports. Every text must decode, whatever was committed, removed or dropped around it.
#[test]
fn texts_decode_after_other_reports_are_removed() {
    let temp = TempCorpus::new();
    let heron = |number: u32| {
        let all =
            (number..number + 300).map(|at| format!("heron{at} (in the mill-race), ")).collect::<String>();
        report(
            &format!("{number}"),
            &[&all, "Two herons.  They flew – both.", &all.replace("mill", "Größe\u{301}")],
        )
    };
    for round in 0..4 {
        let mut writer = temp.index().writer().unwrap();
        writer.put(heron(round * 200)).unwrap();
        writer.put(heron(900)).unwrap();
        writer.commit().unwrap();
        writer.put(heron(round * 200 + 50)).unwrap();
        assert!(writer.remove(&(round * 200).to_string()).unwrap());
        writer.put(report("gone", &["A heron."])).unwrap();
        assert!(writer.remove("gone").unwrap());
        // Drop the writer without a commit: its words must not enter the lexicon.
        if round == 2 {
            continue;
        }
        writer.finish().unwrap();
    }
    let index = temp.index();
    for number in [50, 250, 650, 900, 400] {
        assert_eq!(index.report(&number.to_string()).unwrap(), Some(heron(number)), "{number}");
    }
    assert_eq!(index.reports().unwrap().len(), 5);
    let found = index.verify(None).unwrap();
    assert!(found.is_sound(), "{found:?}");
}

#[test]
fn an_invalid_report_is_refused() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    assert_eq!(writer.put(report("", &["one"])).unwrap_err().kind(), ErrorKind::Invalid);
    let mut broken = report("a", &["one two"]);
    broken.paragraphs[0].sentences = vec![0..3, 4..7];
    assert_eq!(writer.put(broken).unwrap_err().kind(), ErrorKind::Invalid);
}

#[test]
fn a_refresh_keeps_reports_of_the_writer() {
    let temp = TempCorpus::new();
    let index = temp.index();
    let mut writer = index.writer().unwrap();
    writer.put(report("put", &["one"])).unwrap();
    writer.finish().unwrap();
    temp.write("a.txt", "One sheep.");
    assert_eq!(index.refresh(temp.corpus()).unwrap().removed, 0);
    assert_eq!(counts(&index, "one"), (2, 2, 2));
}

#[test]
fn the_status_describes_the_index() {
    let index = Index::in_memory().unwrap();
    assert_eq!(index.status().committed, None);
    let hash = index_of([marlowe(), report("a", &["one two"])]).status();
    let other = index_of([report("a", &["one two"]), marlowe()]).status();
    assert_eq!(hash.corpus_hash, other.corpus_hash);
    assert_ne!(hash.corpus_hash, index.status().corpus_hash);
    assert_eq!((hash.reports, hash.paragraphs, hash.words), (2, 4, 21));
    assert!(hash.committed.is_some() && hash.complete);
}
