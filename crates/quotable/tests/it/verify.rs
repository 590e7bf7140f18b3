//! Verification, copies, rebuilding, and damage.

use std::fs;
use std::path::Path;

use quotable::read::Budget;
use quotable::{ErrorKind, FailureKind, Index, RefreshOptions};

use crate::fixtures::{TempCorpus, commit_json, counts, index_of, marlowe, report};

/// A corpus of four files, one of them empty, with its index.
fn sample_corpus() -> TempCorpus {
    let temp = TempCorpus::new();
    temp.write("a.txt", "One sheep.\n\nTwo sheep.").write("deep/b.txt", "Three sheep.");
    temp.write("c.txt", "A goat.").write("empty.txt", "");
    temp.refresh();
    temp
}

#[test]
fn a_sound_index_verifies() {
    let temp = sample_corpus();
    let found = temp.index().verify(Some(&temp.corpus())).unwrap();
    assert!(found.is_sound() && found.is_current(), "{found:?}");
    assert_eq!((found.sources, found.paragraphs, found.same), (4, 4, 4));
    assert!(found.files >= 6, "{found:?}");
    let index = index_of([marlowe(), report("a", &["one two"])]);
    let found = index.verify(None).unwrap();
    assert!(found.is_sound() && found.sources == 2 && found.paragraphs == 6, "{found:?}");
}

#[test]
fn changed_and_missing_sources_are_listed() {
    let temp = sample_corpus();
    // Same length and modification time: only where files have a time of status change does a refresh see that.
    let file = temp.file("c.txt");
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, "A lamb.").unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    temp.remove("deep/b.txt");
    let index = temp.index();
    let found = index.verify(Some(&temp.corpus())).unwrap();
    assert_eq!(
        (found.changed.as_slice(), found.gone.as_slice()),
        (&["c.txt".into()][..], &["deep/b.txt".into()][..])
    );
    assert!(found.is_sound() && !found.is_current());
    let refresh = index.refresh(temp.corpus()).unwrap();
    assert_eq!(refresh.changed, usize::from(cfg!(unix)));
    index.refresh_with(temp.corpus(), &RefreshOptions::default().reread(true)).unwrap();
    assert_eq!(counts(&index, "lamb"), (1, 1, 1));
    assert!(index.verify(Some(&temp.corpus())).unwrap().is_current());
}

/// True if opening or verifying a damaged index reports the damage.
fn is_detected(folder: &Path) -> bool {
    match Index::open_read_only(folder) {
        Ok(index) => index.verify(None).map_or(true, |found| !found.is_sound()),
        Err(error) => {
            assert!(matches!(error.kind(), ErrorKind::Damaged | ErrorKind::Io), "{error}");
            true
        }
    }
}

#[test]
fn a_single_changed_byte_is_detected() {
    let temp = sample_corpus();
    let files = temp.index_files().into_iter().map(|(file, ..)| file);
    // The summary is optional and ignored if damaged; JSON files are tested elsewhere.
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind != "json" && kind != "summary"))
    {
        let good = fs::read(&file).unwrap();
        for at in (0..good.len()).step_by(good.len() / 12 + 1) {
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            fs::write(&file, bad).unwrap();
            assert!(is_detected(&temp.index_folder()), "byte {at} of {}", file.display());
        }
        for length in [0, good.len() / 2, good.len() - 1] {
            fs::write(&file, &good[..length]).unwrap();
            assert!(is_detected(&temp.index_folder()), "{length} bytes of {}", file.display());
        }
        fs::remove_file(&file).unwrap();
        assert!(is_detected(&temp.index_folder()), "without {}", file.display());
        fs::write(&file, &good).unwrap();
    }
    assert!(temp.index().verify(None).unwrap().is_sound(), "every file was restored");
}

#[test]
fn a_damaged_record_of_the_corpus_is_told_from_a_missing_one() {
    let temp = sample_corpus();
    let (index, folder) = (temp.index(), temp.index_folder());
    assert_eq!(Index::try_recorded_corpus(&folder).unwrap(), None);
    index.record_corpus(temp.corpus()).unwrap();
    assert_eq!(Index::try_recorded_corpus(&folder).unwrap(), Some(temp.corpus()));
    let file = folder.join("corpus");
    let good = fs::read(&file).unwrap();
    let flipped = (0..good.len()).map(|at| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    });
    for bytes in flipped.chain((0..good.len()).map(|length| good[..length].to_vec())) {
        fs::write(&file, &bytes).unwrap();
        let error = Index::try_recorded_corpus(&folder).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Damaged, "{}", String::from_utf8_lossy(&bytes));
        assert_eq!(Index::recorded_corpus(&folder), None);
        assert!(!index.verify(None).unwrap().is_sound());
    }
    index.record_corpus(temp.corpus()).unwrap();
    assert_eq!(Index::recorded_corpus(&folder), Some(temp.corpus()));
    assert!(index.verify(None).unwrap().is_sound());
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    index.record_corpus(temp.corpus()).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), written, "it is not written twice");
}

/// Runs every kind of search over an index.
fn search_in_every_way(folder: &Path) -> quotable::Result<()> {
    let index = Index::open_read_only(folder)?;
    for query in ["lamb", "\"the lamb\"", "l*", "the w/3 lamb", "the NOT lamb", "theme:*", "the OR lamb"] {
        let Ok(query) = query.parse() else { continue };
        let search = index.search(&query)?;
        search.count()?;
        search.count_paragraphs()?;
        search.count_by(&[quotable::Facet::Theme])?;
        search.top_hits(3)?;
        search.top_chunks(3)?;
        search.explain()?;
        search.every()?.collect::<quotable::Result<Vec<_>>>()?;
        search.concordance(3, 3)?.collect::<quotable::Result<Vec<_>>>()?;
    }
    index.reports().map(|_| ())
}

#[test]
fn no_search_of_a_damaged_index_panics() {
    let temp = sample_corpus();
    search_in_every_way(&temp.index_folder()).unwrap();
    let files = temp.index_files().into_iter().map(|(file, ..)| file);
    // The summary is optional and ignored if damaged; JSON files are tested elsewhere.
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind != "json" && kind != "summary"))
    {
        let good = fs::read(&file).unwrap();
        for at in (0..good.len()).step_by(good.len() / 8 + 1) {
            let mut bad = good.clone();
            bad[at] ^= 0xff;
            fs::write(&file, bad).unwrap();
            if let Err(error) = search_in_every_way(&temp.index_folder()) {
                assert!(matches!(error.kind(), ErrorKind::Damaged | ErrorKind::Io), "{error}");
            }
        }
        fs::write(&file, &good).unwrap();
    }
}

#[test]
fn a_damaged_index_can_be_replaced() {
    let temp = sample_corpus();
    let commit = temp.index_folder().join("meta.json");
    for bad in ["", "{}", "nonsense"] {
        fs::write(&commit, bad).unwrap();
        assert_eq!(Index::open(temp.index_folder()).unwrap_err().kind(), ErrorKind::Damaged, "{bad:?}");
        let index = Index::builder().replace(temp.index_folder()).unwrap();
        assert_eq!(index.status().reports, 0);
        index.refresh(temp.corpus()).unwrap();
        assert_eq!(counts(&index, "sheep"), (3, 3, 2));
        assert!(index.verify(None).unwrap().is_sound());
    }
    let index = temp.index();
    let writer = index.writer().unwrap();
    let error = Index::builder().replace(temp.index_folder()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked, "a writer is active");
    drop(writer);
}

#[test]
fn an_index_of_another_program_is_not_replaced() {
    let temp = sample_corpus();
    let commit = temp.index_folder().join("meta.json");
    let foreign = commit_json(&commit).replace("\"record\"", "\"recipe\"");
    fs::write(&commit, &foreign).unwrap();
    let open = Index::open(temp.index_folder()).unwrap_err();
    let replace = Index::builder().replace(temp.index_folder()).unwrap_err();
    assert_eq!((open.kind(), replace.kind()), (ErrorKind::Foreign, ErrorKind::Foreign), "{open} {replace}");
    assert_eq!(fs::read_to_string(&commit).unwrap(), foreign);
}

#[test]
fn fields_that_contradict_the_commit_are_damage() {
    let temp = sample_corpus();
    let commit = temp.index_folder().join("meta.json");
    let changed = commit_json(&commit).replace("\"facet\"", "\"fecat\"");
    fs::write(&commit, changed).unwrap();
    assert_eq!(Index::open(temp.index_folder()).unwrap_err().kind(), ErrorKind::Damaged);
}

/// All hits as JSON.
fn lines(index: &Index) -> Vec<String> {
    let every = index.search(&"sheep OR goat".parse().unwrap()).unwrap().every().unwrap();
    every.map(|hit| serde_json::to_string(&hit.unwrap()).unwrap()).collect()
}

#[test]
fn a_copy_answers_like_the_original() {
    let temp = sample_corpus();
    let index = temp.index();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("copy");
    index.copy_to(&copy).unwrap();
    assert_eq!(
        index.copy_to(&copy).unwrap_err().kind(),
        ErrorKind::Invalid,
        "existing files are not overwritten"
    );
    let portable = Index::open_read_only(&copy).unwrap();
    assert_eq!(lines(&portable), lines(&index));
    assert_eq!(portable.status(), index.status());
    assert!(portable.verify(Some(&temp.corpus())).unwrap().is_current());
    // The copy can be refreshed like any index, also from a corpus that has moved.
    fs::rename(temp.corpus(), elsewhere.path().join("corpus")).unwrap();
    fs::write(elsewhere.path().join("corpus/d.txt"), "Four sheep.").unwrap();
    let done = Index::open(&copy).unwrap().refresh(elsewhere.path().join("corpus")).unwrap();
    assert_eq!((done.added, done.changed, done.removed, done.unchanged), (1, 0, 0, 4));
    let of_memory = index_of([marlowe()]);
    of_memory.copy_to(elsewhere.path().join("memory")).unwrap();
    let copied = Index::open(elsewhere.path().join("memory")).unwrap();
    assert_eq!(copied.report("80432_marlowe/2018-01-29.txt").unwrap(), Some(marlowe()));
}

#[test]
fn the_number_of_threads_does_not_change_answers() {
    let temp = sample_corpus();
    for number in 0..40 {
        temp.write(&format!("more/{number}.txt"), &format!("Sheep {number}.\n\nA goat of {}.", number % 7));
    }
    let made = |threads: usize| {
        let index = Index::builder().threads(threads).in_memory().unwrap();
        index.refresh(temp.corpus()).unwrap();
        let ranked = index.search(&"sheep goat*".parse().unwrap()).unwrap().top(50).unwrap();
        (lines(&index), serde_json::to_string(&ranked.hits).unwrap(), index.status().corpus_hash)
    };
    let first = made(1);
    assert!(first.0.len() > 80);
    for threads in [1, 4, 8] {
        assert_eq!(made(threads), first, "{threads} threads");
    }
}

#[test]
fn a_file_over_budget_is_read_with_a_larger_budget() {
    let temp = sample_corpus();
    temp.write("long.txt", &"Many sheep. ".repeat(50));
    let with = |input: u64| {
        let mut budget = Budget::default();
        budget.input = input;
        Index::builder().budget(budget).open_or_create(temp.index_folder()).unwrap()
    };
    let first = with(100).refresh(temp.corpus()).unwrap();
    assert_eq!(first.failed.iter().map(|one| one.kind).collect::<Vec<_>>(), [FailureKind::OverBudget]);
    let again = with(100).refresh(temp.corpus()).unwrap();
    assert_eq!((again.still_failing, again.changed), (2, 0), "the same budget is not tried again");
    let greater = with(10_000).refresh(temp.corpus()).unwrap();
    assert_eq!((greater.changed, greater.unchanged), (1, 4), "{greater}");
}
