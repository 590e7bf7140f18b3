//! Which reports an export writes, and which files of the export before stay.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use quotable_codebook::CodeBook;
use quotable_index::{CancelFlag, Id, ReportHead, Snapshot};

use super::data::WrittenBy;
use super::error::ExportError;
use super::format::EngineFormat;
use super::manifest::{ExportedReport, Manifest};
use super::versioned::read_versioned;

/// A report that the index has now.
pub(super) struct Current {
    pub(super) id: String,
    pub(super) path: String,
}

/// The reports below `within` that count, in report order, and how many are left out as copies.
pub(super) fn current_reports(snapshot: &Snapshot, within: Option<&str>) -> (Vec<Current>, u64) {
    let copies: BTreeSet<String> = snapshot.copies(within).into_iter().map(|(copy, _)| copy).collect();
    let is_within = |head: &ReportHead<'_>| within.is_none_or(|within| head.is_within(within));
    let heads = snapshot.report_heads().filter(|head| is_within(head) && !copies.contains(head.path));
    let reports =
        heads.map(|head| Current { id: Id::of_report(head.path).to_string(), path: head.path.to_owned() });
    (reports.collect(), copies.len() as u64)
}

/// What is to be done.
pub(super) struct Plan {
    /// Places in the list of current reports: those to write, in order.
    pub(super) write: Vec<usize>,
    /// The parts whose files stay.
    pub(super) kept_parts: BTreeSet<u64>,
    /// The ids of reports that were exported and are gone.
    pub(super) gone: Vec<String>,
    /// How many of those to write are new or have changed; the others share a file with them.
    pub(super) changed: u64,
}

impl Plan {
    /// Compares the reports with those of the manifest. Reads every report once, if there is a manifest.
    pub(super) fn new(
        snapshot: &Snapshot,
        book: &CodeBook,
        format: EngineFormat,
        current: &[Current],
        before: Option<&Manifest>,
        part_paragraphs: u64,
        cancel: &CancelFlag,
    ) -> Result<Self, ExportError> {
        let Some(before) = before else {
            return Ok(Self {
                write: (0..current.len()).collect(),
                kept_parts: BTreeSet::new(),
                gone: Vec::new(),
                changed: current.len() as u64,
            });
        };
        let known: HashMap<&str, &ExportedReport> =
            before.reports.iter().map(|report| (report.id.as_str(), report)).collect();
        let mut changed = BTreeSet::new();
        for (place, report) in current.iter().enumerate() {
            refuse_cancelled(cancel)?;
            let is_same = match known.get(report.id.as_str()) {
                Some(known) => {
                    let data = read_versioned(snapshot, book, WrittenBy::default(), &report.path)?;
                    data.is_some_and(|data| data.version == known.version)
                }
                None => false,
            };
            if !is_same {
                changed.insert(place);
            }
        }
        let there: BTreeSet<&str> = current.iter().map(|report| report.id.as_str()).collect();
        let gone: Vec<String> = before
            .reports
            .iter()
            .filter(|report| !there.contains(report.id.as_str()))
            .map(|report| report.id.clone())
            .collect();
        let all_parts: BTreeSet<u64> = before.reports.iter().map(|report| report.part).collect();
        let count = changed.len() as u64;
        if format.is_told_changes() {
            let kept_parts = before.files.iter().map(|file| file.part).collect();
            return Ok(Self { write: changed.into_iter().collect(), kept_parts, gone, changed: count });
        }
        // A file that holds anything old is written anew.
        let part_of = |id: &str| known.get(id).map(|report| report.part);
        let of_changed = changed.iter().filter_map(|place| part_of(&current.get(*place)?.id));
        let mut stale: BTreeSet<u64> = of_changed.chain(gone.iter().filter_map(|id| part_of(id))).collect();
        if !changed.is_empty() {
            // Small daily changes must not leave many small files: the last one is filled up.
            let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
            for report in &before.reports {
                *sizes.entry(report.part).or_default() += report.paragraphs;
            }
            let last = sizes.into_iter().next_back().filter(|(_, size)| *size < part_paragraphs / 2);
            stale.extend(last.map(|(part, _)| part));
        }
        let is_stale = |report: &Current| part_of(&report.id).is_none_or(|part| stale.contains(&part));
        let write = (0..current.len()).filter(|place| current.get(*place).is_some_and(is_stale)).collect();
        Ok(Self { write, kept_parts: all_parts.difference(&stale).copied().collect(), gone, changed: count })
    }
}

/// Fails if the caller asked to stop.
pub(super) fn refuse_cancelled(cancel: &CancelFlag) -> Result<(), ExportError> {
    if cancel.is_cancelled() {
        return Err(ExportError::Cancelled);
    }
    Ok(())
}
