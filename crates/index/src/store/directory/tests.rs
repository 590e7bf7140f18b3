//! Every write of a refresh fails once, in every way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::fault::{Fault, Faults};
use crate::api::index::Index;
use crate::api::index::builder::IndexBuilder;
use crate::error::Result;
use crate::ingest::options::RefreshOptions;
use crate::store::orphans;

/// A corpus and its index, in two states.
struct Case {
    folder: tempfile::TempDir,
    /// What the index may hold after a fault.
    before: BTreeSet<String>,
    after: BTreeSet<String>,
    /// Whether every file is committed for itself.
    in_steps: bool,
}

impl Case {
    /// An index that is to be brought up to date; or one that is still to be made.
    fn new(first: bool, in_steps: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Self { folder, before: BTreeSet::new(), after: BTreeSet::new(), in_steps };
        fs::create_dir_all(case.corpus()).unwrap();
        fs::create_dir_all(case.index()).unwrap();
        for name in ["kept", "changed", "removed"] {
            case.write(name, "first");
        }
        if !first {
            builder().open_or_create(case.index()).unwrap().refresh(case.corpus()).unwrap();
            case.before = texts(&Index::open(case.index()).unwrap()).unwrap();
        }
        case.write("changed", "second");
        case.write("added", "second");
        fs::remove_file(case.corpus().join("removed.txt")).unwrap();
        let fresh = Index::in_memory().unwrap();
        fresh.refresh(case.corpus()).unwrap();
        case.after = texts(&fresh).unwrap();
        case
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.corpus().join(format!("{name}.txt"));
        fs::write(&file, format!("A heron of {name}, {text}.\n")).unwrap();
        let then = SystemTime::now() - Duration::from_secs(60) + Duration::from_nanos(7);
        fs::File::options().write(true).open(file).unwrap().set_modified(then).unwrap();
    }

    /// A copy of the index, to be spoiled.
    fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(self.index()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        copy
    }

    /// Refreshes, come what may.
    fn refresh(&self, folder: &Path, faults: &Faults) -> Result<()> {
        let index = builder().open_faulty(folder, faults)?;
        let every = if self.in_steps { Duration::ZERO } else { Duration::from_secs(60) };
        index.refresh_with(self.corpus(), &RefreshOptions::default().commit_every(every))?;
        Ok(())
    }

    /// Whatever happened, the index answers from a commit.
    fn answers(&self, folder: &Path, what: &str) {
        let index = match Index::open_read_only(folder) {
            Ok(index) => index,
            Err(error) => {
                assert!(self.before.is_empty() && !Index::exists(folder), "{what}: {error}");
                return;
            }
        };
        let found = texts(&index).unwrap_or_else(|error| panic!("{what}: {error}"));
        if self.in_steps {
            let known: BTreeSet<_> = self.before.union(&self.after).cloned().collect();
            let lasting: BTreeSet<_> = self.before.intersection(&self.after).cloned().collect();
            assert!(found.is_subset(&known) && found.is_superset(&lasting), "{what}: {found:?}");
        } else {
            assert!(found == self.before || found == self.after, "{what}: {found:?}");
        }
    }

    /// With the fault gone, the next refresh does the rest and leaves no file too many.
    fn mends(&self, folder: &Path, what: &str) {
        let index = builder().open_or_create(folder).unwrap_or_else(|error| panic!("{what}: {error}"));
        index.refresh(self.corpus()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(texts(&index).unwrap(), self.after, "{what}");
        assert!(index.status().complete, "{what}");
        assert_eq!(
            orphans::find(folder, &index.store().commit().unwrap()).unwrap(),
            Vec::<PathBuf>::new(),
            "{what}"
        );
    }

    /// Fails at every so many operations. Gives how many failed.
    fn sweep(&self, fault: Fault, every: usize) -> u64 {
        let faults = Faults::default();
        self.refresh(self.copy().path(), &faults).unwrap();
        let all = faults.done();
        assert!(all > 20, "a refresh of {all} operations");
        let mut failed = 0;
        // Threads may take the operations in another order, and a few more.
        for at in (1..=all + 5).step_by(every) {
            let what = format!("{fault:?} at {at} of {all}, in steps: {}", self.in_steps);
            let copy = self.copy();
            let faults = Faults::plan(fault, at);
            failed += u64::from(self.refresh(copy.path(), &faults).is_err());
            if fault == Fault::Power {
                for hasty in [false, true] {
                    let after = tempfile::tempdir().unwrap();
                    for (name, content) in faults.after_power_failed(hasty) {
                        fs::write(after.path().join(name), content).unwrap();
                    }
                    let what = format!("{what}, hasty: {hasty}");
                    self.answers(after.path(), &what);
                    self.mends(after.path(), &what);
                }
            } else {
                self.answers(copy.path(), &what);
                self.mends(copy.path(), &what);
            }
        }
        failed
    }
}

fn builder() -> IndexBuilder {
    Index::builder().threads(1).writer_memory(0)
}

fn texts(index: &Index) -> Result<BTreeSet<String>> {
    index.search(&"heron".parse()?)?.every()?.map(|hit| hit.map(|hit| hit.text)).collect()
}

/// Of an index to be made, one to be brought up to date, and one whose every file is committed for itself.
fn sweep(fault: Fault, every: usize) {
    for (first, in_steps) in [(true, false), (false, false), (false, true)] {
        assert!(Case::new(first, in_steps).sweep(fault, every) > 2, "{fault:?} hurts nobody");
    }
}

/// A prime, so that the operations of a commit take turns.
const SOME: usize = 11;

#[test]
fn a_full_disk() {
    sweep(Fault::Full, SOME);
}

#[test]
fn a_lost_permission() {
    sweep(Fault::Denied, SOME);
}

#[test]
fn a_fault_that_passes() {
    sweep(Fault::Once, SOME);
}

#[test]
fn a_power_failure() {
    sweep(Fault::Power, SOME);
}

#[test]
#[ignore = "takes minutes"]
fn every_operation() {
    for fault in [Fault::Full, Fault::Denied, Fault::Once, Fault::Power] {
        sweep(fault, 1);
    }
}
