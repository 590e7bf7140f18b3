//! An index as this format has it, written once and kept: what was written then must be read now.

use std::path::{Path, PathBuf};

use quotable::Index;

use crate::shelf::{counts, index_of, marlowe, report};

/// Indexes by the number of their format.
fn kept(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/{format}"))
}

#[test]
fn the_index_of_this_format_is_read() {
    let format = Index::in_memory().unwrap().status().format;
    let index = Index::open_read_only(kept(format)).unwrap();
    assert_eq!(index.report(&marlowe().path).unwrap(), Some(marlowe()));
    assert_eq!(counts(&index, "\"care leavers\""), (2, 2, 1));
    assert_eq!(counts(&index, "heron OR leavers"), (3, 3, 2));
    let found = index.verify(None).unwrap();
    assert!(found.is_sound() && found.sources == 2, "{found:?}");
}

#[test]
#[ignore = "writes the index that the test beside it reads, when the format is raised"]
fn write_the_index_of_this_format() {
    let index = index_of([marlowe(), report("heron", &["A heron. It flew.", "Nobody saw it."])]);
    index.copy_to(kept(index.status().format)).unwrap();
}
