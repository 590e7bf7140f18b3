//! Writes the seeds and dictionaries of all fuzz targets to `crates/testkit/fuzz/seeds` and `dictionaries`.
//!
//! `cargo run -p quotable-testkit --example fuzz_seeds -- [FOLDER]...`, where each FOLDER holds more samples beside the
//! sample corpus.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use quotable_testkit::TestFile;
use quotable_testkit::fuzz::FUZZ_TARGETS;

fn main() -> io::Result<()> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples = Vec::new();
    for folder in ["../../corpus/reports", "../../corpus/articles"] {
        load(&crate_folder.join(folder), &mut samples)?;
    }
    for folder in std::env::args_os().skip(1) {
        load(&PathBuf::from(folder), &mut samples)?;
    }
    let fuzz = crate_folder.join("fuzz");
    fs::create_dir_all(fuzz.join("dictionaries"))?;
    for target in FUZZ_TARGETS {
        let folder = fuzz.join("seeds").join(target.name);
        fs::create_dir_all(&folder)?;
        for file in target.seeds(&samples) {
            fs::write(folder.join(&file.name), &file.bytes)?;
        }
        fs::write(fuzz.join("dictionaries").join(format!("{}.dict", target.name)), target.dictionary())?;
    }
    Ok(())
}

/// Loads every file under a folder, without hidden ones, under a number as the name.
fn load(folder: &Path, samples: &mut Vec<TestFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            continue;
        }
        if path.is_dir() {
            load(&path, samples)?;
        } else {
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            samples.push(TestFile::new(format!("sample-{}.{extension}", samples.len()), fs::read(&path)?));
        }
    }
    Ok(())
}
