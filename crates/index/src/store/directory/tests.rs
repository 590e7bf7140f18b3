//! Lets the writes of a refresh fail, one after another, in every way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::fault::{Fault, Faults};
use super::folder::IndexFolder;
use crate::api::index::Index;
use crate::api::index::builder::IndexBuilder;
use crate::error::Result;
use crate::ingest::options::RefreshOptions;
use crate::store::orphans;

/// A corpus that has changed since its index was written.
struct Case {
    folder: tempfile::TempDir,
    /// The texts in the index before the refresh.
    before: BTreeSet<String>,
    /// The texts in the index after the refresh.
    after: BTreeSet<String>,
    /// True to commit after every file.
    in_steps: bool,
}

impl Case {
    /// With an index to bring up to date, or, if `first`, without one.
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

    /// A copy of the index, for a test to damage.
    fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(self.index()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        copy
    }

    /// Refreshes the index in `folder`, with faults.
    fn refresh(&self, folder: &Path, faults: &Faults) -> Result<()> {
        let index = builder().open_faulty(folder, faults)?;
        let every = if self.in_steps { Duration::ZERO } else { Duration::from_secs(60) };
        index.refresh_with(self.corpus(), &RefreshOptions::default().commit_every(every))?;
        Ok(())
    }

    /// The index in `folder` answers from a whole commit.
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

    /// A refresh without faults brings the index up to date and leaves no orphaned file.
    fn mends(&self, folder: &Path, what: &str) {
        let index = builder().open_or_create(folder).unwrap_or_else(|error| panic!("{what}: {error}"));
        index.refresh(self.corpus()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(texts(&index).unwrap(), self.after, "{what}");
        assert!(index.status().complete, "{what}");
        assert_eq!(
            orphans::find(&IndexFolder::open(folder).unwrap(), &index.store().commit().unwrap()).unwrap(),
            Vec::<PathBuf>::new(),
            "{what}"
        );
    }

    /// Refreshes with the fault at operation 1, 1 + `every`, 1 + 2 * `every` and so on. Returns the number of refreshes
    /// that failed.
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

/// Sweeps over a new index, one to bring up to date, and one with a commit after every file.
fn sweep(fault: Fault, every: usize) {
    for (first, in_steps) in [(true, false), (false, false), (false, true)] {
        assert!(Case::new(first, in_steps).sweep(fault, every) > 2, "{fault:?} fails no refresh");
    }
}

/// A prime, so that the operations of a commit, which repeat, are all met.
const SOME: usize = 11;

#[test]
fn a_refresh_survives_a_full_disk() {
    sweep(Fault::Full, SOME);
}

#[test]
fn a_refresh_survives_a_lost_permission() {
    sweep(Fault::Denied, SOME);
}

#[test]
fn a_refresh_survives_a_single_fault() {
    sweep(Fault::Once, SOME);
}

#[test]
fn a_refresh_survives_a_power_failure() {
    sweep(Fault::Power, SOME);
}

#[test]
#[ignore = "takes minutes"]
fn a_refresh_survives_faults_at_every_operation() {
    for fault in [Fault::Full, Fault::Denied, Fault::Once, Fault::Power] {
        sweep(fault, 1);
    }
}
