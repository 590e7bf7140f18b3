//! Summaries that are used, damaged, missing, or of another state.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quotable_report::{Paragraph, Report};

use crate::api::index::Index;
use crate::search::hit::Hits;
use crate::store::directory::{checked_bytes, content_of};

const NOTICE: &str =
    "This notice stands word for word in every report of the harbour and says nothing about it at all.";

fn report(number: usize) -> Report {
    let mut report = Report::default();
    report.path = format!("harbour-{number}.md");
    report.title = Some(format!("Harbour {number}"));
    let own = format!("A heron was seen {number} times at the mill of harbour {number}.");
    report.paragraphs = [NOTICE, &own].map(Paragraph::new).into();
    report
}

/// An index of `reports` reports, less the first, written in two commits.
fn index(folder: &Path, reports: usize) -> Index {
    let index = Index::open_or_create(folder).unwrap();
    for half in [0..reports / 2, reports / 2..reports] {
        let mut writer = index.writer().unwrap();
        for number in half {
            writer.put(report(number)).unwrap();
        }
        writer.remove("harbour-0.md").unwrap();
        writer.finish().unwrap();
    }
    index
}

fn summaries(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|kind| kind == "summary")).collect()
}

/// Whether the summary is used, and the answers of the index.
fn answers(folder: &Path) -> (bool, String, Vec<Hits>) {
    let index = Index::open_read_only(folder).unwrap();
    let state = index.store().state();
    let found = ["heron", "notice", "harbour", "\"the mill\" NOT seen", "kind:report"].map(|query| {
        let search = index.search(&query.parse().unwrap()).unwrap();
        search.top(100).unwrap()
    });
    let status = format!("{:?} {:?} {:?}", index.status(), index.reports(), index.report("harbour-2.md"));
    (state.summary().unwrap().is_none(), status, found.into())
}

#[test]
fn a_summary_changes_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let index = index(folder.path(), 9);
    let [file] = summaries(folder.path()).try_into().unwrap();
    let (used, status, found) = answers(folder.path());
    assert!(used);
    assert_eq!(found[1].hits[0].boilerplate, Some(8));
    assert!(index.verify(None).unwrap().is_sound());
    let good = fs::read(&file).unwrap();
    for at in (0..good.len()).step_by(7) {
        let mut bad = good.clone();
        bad[at] ^= 0x40;
        fs::write(&file, bad).unwrap();
        assert_eq!(answers(folder.path()), (false, status.clone(), found.clone()), "byte {at}");
    }
    assert!(index.verify(None).unwrap().is_sound(), "a damaged summary is ignored");
    // The last bytes of the content are those of the lexicon.
    let name = Path::new(file.file_name().unwrap());
    let mut wrong = content_of(name, &good);
    *wrong.last_mut().unwrap() ^= 0x40;
    fs::write(&file, checked_bytes(name, &wrong)).unwrap();
    assert!(!index.verify(None).unwrap().is_sound(), "the checksum is right and the content wrong");
    for length in [0, 3, good.len() - 1] {
        fs::write(&file, &good[..length]).unwrap();
        assert_eq!(answers(folder.path()), (false, status.clone(), found.clone()), "{length} bytes");
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(answers(folder.path()), (false, status, found));
    assert!(index.verify(None).unwrap().is_sound(), "a summary is optional");
}

#[test]
fn a_lost_summary_is_written_again() {
    let (corpus, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(corpus.path().join("harbour.md"), "# Harbour\n\nA heron was seen at the mill.\n").unwrap();
    // A file written a moment ago is read again by the next refresh, which is a commit.
    std::thread::sleep(std::time::Duration::from_millis(200));
    Index::open_or_create(folder.path()).unwrap().refresh(corpus.path()).unwrap();
    let [file] = summaries(folder.path()).try_into().unwrap();
    let good = fs::read(&file).unwrap();
    for spoil in
        [|file: &Path| fs::remove_file(file).unwrap(), |file: &Path| fs::write(file, "heron").unwrap()]
    {
        spoil(&file);
        let refresh = Index::open_or_create(folder.path()).unwrap().refresh(corpus.path()).unwrap();
        assert!(!refresh.changed_anything());
        assert_eq!(fs::read(&file).unwrap(), good);
    }
}

#[test]
fn a_summary_belongs_to_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let index = index(folder.path(), 7);
    let [before] = summaries(folder.path()).try_into().unwrap();
    let kept = fs::read(&before).unwrap();
    let mut writer = index.writer().unwrap();
    writer.put(report(7)).unwrap();
    writer.commit().unwrap();
    let (used, _, found) = answers(folder.path());
    assert!(!used && found[0].counts.paragraphs == 7, "no writer has ended since the commit");
    drop(writer);
    index.writer().unwrap().finish().unwrap();
    let [after] = summaries(folder.path()).try_into().unwrap();
    assert_ne!(before, after);
    assert!(answers(folder.path()).0);
    // The summary of another state under the name of this one.
    fs::write(&after, kept).unwrap();
    let (used, _, found) = answers(folder.path());
    assert!(!used && found[0].counts.paragraphs == 7);
}

#[test]
fn a_summary_is_copied_with_the_index() {
    let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let index = index(folder.path(), 7);
    index.copy_to(copy.path()).unwrap();
    assert_eq!(answers(folder.path()), answers(copy.path()));
    let names = |folder| {
        summaries(folder).iter().map(|file| file.file_name().map(ToOwned::to_owned)).collect::<BTreeSet<_>>()
    };
    assert_eq!(names(folder.path()), names(copy.path()));
}
