//! Real reports, if a folder `shared/corpora` is beside the checkout; else these tests say that they skip.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use quotable_read::{Budget, Pdf, ReadErrorKind, Readers};
use quotable_report::{Report, ReportKind};

use crate::check_invariants;

/// The real reports, sorted by path; `None`, with a message, if they are absent.
fn real_reports(test: &str) -> Option<(PathBuf, Vec<PathBuf>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/ilacs");
    let mut files = Vec::new();
    let folders = std::fs::read_dir(&root).into_iter().flatten().flatten();
    for folder in folders {
        files
            .extend(std::fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|file| file.path()));
    }
    if files.is_empty() {
        // Not by `eprintln!`, which the test harness captures.
        let message = format!("SKIPPED {test}: no real reports beside the checkout\n");
        std::io::stderr().write_all(message.as_bytes()).unwrap();
        return None;
    }
    files.sort();
    Some((root, files))
}

#[test]
fn real_reports_have_their_metadata() {
    let Some((root, files)) = real_reports("real_reports_have_their_metadata") else { return };
    let mut failed = Vec::new();
    for file in &files {
        let path = file.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        match Readers::default().read(file, &std::fs::read(file).unwrap(), &Budget::default()) {
            Err(error) => failed.push((path, error.kind())),
            Ok(document) => {
                let report = Report::from_document(&document, &path);
                check_invariants(&report);
                assert_eq!(report.kind, ReportKind::Report, "{path}");
                assert!(report.authority.is_some() && report.published.is_some(), "{path}");
                assert!(!report.judgements.is_empty() && !report.inspected.is_empty(), "{path}");
            }
        }
    }
    // One file is an error page in HTML, published under the name of a PDF.
    let kinds: Vec<ReadErrorKind> = failed.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [ReadErrorKind::Mislabelled], "{failed:?}");
}

/// The reports of a file read by its structure tree and by its layout; `None` if it has no tree.
fn by_tree_and_layout(root: &Path, file: &Path) -> Option<[Report; 2]> {
    let path = file.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    let bytes = std::fs::read(file).unwrap();
    let tagged = Readers::default().read(file, &bytes, &Budget::default()).ok()?;
    if !tagged.tagged {
        return None;
    }
    let mut by_layout = Readers::none();
    by_layout.push(Pdf::by_layout());
    let laid_out = by_layout.read(file, &bytes, &Budget::default()).unwrap();
    Some([tagged, laid_out].map(|document| Report::from_document(&document, &path)))
}

#[test]
fn structure_tree_and_layout_give_the_same_report() {
    let Some((root, files)) = real_reports("structure_tree_and_layout_give_the_same_report") else { return };
    let (mut same, mut all) = (0, 0);
    let (mut reports, mut unlike) = (0, Vec::new());
    for file in files.iter().step_by(4) {
        let Some([tagged, laid_out]) = by_tree_and_layout(&root, file) else { continue };
        reports += 1;
        if fields(&tagged) != fields(&laid_out) {
            unlike.push(format!("{}\n  {}\n  {}", tagged.path, fields(&tagged), fields(&laid_out)));
        }
        let [tagged, laid_out] = [tagged, laid_out].map(paragraphs);
        all += tagged.values().sum::<usize>();
        same += tagged
            .iter()
            .map(|(key, count)| (*count).min(laid_out.get(key).copied().unwrap_or(0)))
            .sum::<usize>();
    }
    let share = same as f64 / all as f64;
    let alike = reports - unlike.len();
    let message = format!(
        "tree and layout agree on {same} of {all} paragraphs, and on dates, framework and judgements of {alike} \
         of {reports} reports\n{}\n",
        unlike.join("\n")
    );
    std::io::stderr().write_all(message.as_bytes()).unwrap();
    assert!(share > 0.99 && alike as f64 / reports as f64 > 0.95, "{message}");
}

/// The metadata that researchers publish of a report.
fn fields(report: &Report) -> String {
    let judgements = report.judgements.iter().map(|judgement| (&judgement.area, &judgement.grade));
    let judgements: BTreeMap<_, _> = judgements.collect();
    format!("{:?} {:?} {:?} {judgements:?}", report.framework, report.published, report.inspected)
}

/// The number of times each body paragraph occurs, by number, page and text.
fn paragraphs(report: Report) -> HashMap<(Option<String>, Option<u32>, String), usize> {
    let mut counts = HashMap::new();
    for paragraph in report.paragraphs.into_iter().filter(|paragraph| paragraph.role.is_body()) {
        let key = (paragraph.number, paragraph.pages.first(), paragraph.text);
        *counts.entry(key).or_default() += 1;
    }
    counts
}
