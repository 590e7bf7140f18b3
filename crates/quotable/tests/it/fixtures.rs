//! Test fixtures: a temporary corpus folder with an index, and reports built in code.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use quotable::report::{Authority, Paragraph, Report, Role, Section};
use quotable::{Hits, Index, Refresh};

/// A temporary folder with a corpus and, next to it, an index.
pub(crate) struct TempCorpus {
    folder: tempfile::TempDir,
}

impl TempCorpus {
    pub(crate) fn new() -> Self {
        let temp = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(temp.corpus()).unwrap();
        temp
    }

    pub(crate) fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    pub(crate) fn index_folder(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.corpus().join(path)
    }

    /// Writes a file with a modification time an hour ago, old enough for a refresh to trust it.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        self.write_at(path, text, 3600)
    }

    /// Writes a file with a modification time `ago` seconds ago.
    pub(crate) fn write_at(&self, path: &str, text: &str, ago: u64) -> &Self {
        let file = self.file(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        age(&file, ago);
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.file(path)).unwrap();
        self
    }

    pub(crate) fn index(&self) -> Index {
        Index::open_or_create(self.index_folder()).unwrap()
    }

    pub(crate) fn refresh(&self) -> Refresh {
        self.index().refresh(self.corpus()).unwrap()
    }

    /// Path, length and modification time of every file of the index, to compare before and after.
    pub(crate) fn index_files(&self) -> Vec<(PathBuf, u64, SystemTime)> {
        let mut files: Vec<_> = fs::read_dir(self.index_folder())
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let metadata = entry.metadata().unwrap();
                (entry.path(), metadata.len(), metadata.modified().unwrap())
            })
            .collect();
        files.sort();
        files
    }
}

fn age(file: &Path, ago: u64) {
    let then = SystemTime::now() - Duration::from_secs(ago) + Duration::from_nanos(123);
    fs::File::options().write(true).open(file).unwrap().set_modified(then).unwrap();
}

/// A report of body paragraphs.
pub(crate) fn report(path: &str, paragraphs: &[&str]) -> Report {
    let mut report = Report::default();
    report.path = path.to_owned();
    report.paragraphs = paragraphs.iter().map(|text| paragraph(text)).collect();
    report
}

/// A body paragraph whose sentences end at `. `.
pub(crate) fn paragraph(text: &str) -> Paragraph {
    let mut paragraph = Paragraph::new(text);
    paragraph.sentences.clear();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        paragraph.sentences.push(start..at + 2);
        start = at + 2;
    }
    if start < text.len() {
        paragraph.sentences.push(start..text.len());
    }
    paragraph
}

/// A report of the fictional county of Marlowe with a section, a table row, a footnote and two pages.
pub(crate) fn marlowe() -> Report {
    let mut report = report(
        "80432_marlowe/2018-01-29.txt",
        &[
            "Care leavers",
            "Too many care leavers were unallocated. Staff in the service care about them.",
            "Their plans were good.",
            "Care leavers | 42",
            "Care leavers are those aged 18 to 25.",
        ],
    );
    report.title = Some("Marlowe County Council".to_owned());
    report.authority = Some(Authority::new("Marlowe County Council", "marlowe"));
    report.published = "2018-01-29".parse().ok();
    report.series = Some("Inspection of children’s services (ILACS)".to_owned());
    report.framework = quotable::report::Framework::from_label("ilacs");
    let mut section = Section::new("The experiences and progress of care leavers", 2);
    section.theme = Some("care-leavers".to_owned());
    section.grade = quotable::report::Grade::from_label("inadequate");
    report.sections = vec![Section::new("Findings", 1), section];
    report.sections[1].parent = Some(0);
    for (number, paragraph) in (1..).zip(&mut report.paragraphs) {
        paragraph.section = Some(1);
        paragraph.number = Some(number.to_string());
        paragraph.pages.turn(0, 3);
    }
    report.paragraphs[1].pages.turn(40, 4);
    report.paragraphs[0].role = Role::Heading;
    report.paragraphs[3].role = Role::Table;
    report.paragraphs[4].role = Role::Note;
    report
}

/// An index in memory of the given reports.
pub(crate) fn index_of(reports: impl IntoIterator<Item = Report>) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for report in reports {
        writer.put(report).unwrap();
    }
    writer.finish().unwrap();
    index
}

/// The first ten hits of a query.
pub(crate) fn find(index: &Index, query: &str) -> Hits {
    index.search(&query.parse().unwrap()).unwrap().top(10).unwrap()
}

/// The numbers of occurrences, paragraphs and reports of a query.
pub(crate) fn counts(index: &Index, query: &str) -> (u64, u64, u64) {
    let search = index.search(&query.parse().unwrap()).unwrap();
    let counts = search.count().unwrap();
    assert!(counts.exact);
    (counts.occurrences, counts.paragraphs, counts.reports)
}

/// The JSON of a commit file, without the checksums that follow it.
pub(crate) fn commit_json(file: &std::path::Path) -> String {
    let bytes = std::fs::read(file).unwrap();
    let mut values = serde_json::Deserializer::from_slice(&bytes).into_iter::<serde_json::Value>();
    values.next().unwrap().unwrap();
    String::from_utf8(bytes[..values.byte_offset()].to_vec()).unwrap()
}
