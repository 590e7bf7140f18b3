//! `quotable export`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use quotable::{CodeBook, Duplicates};
use quotable_export::engine::{self, EngineFormat, ExportError, ExportOptions, Exported};
use quotable_export::number::{counted, grouped};

use crate::args::ExportArgs;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::Busy;

pub(super) fn run(args: &ExportArgs, console: &mut Console) -> Result<Outcome> {
    let book = match &args.codebook {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    };
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    if let Some(reports) = &corpus.location.corpus {
        refuse_inside(&args.out, reports)?;
    }
    let snapshot = corpus.index.snapshot();
    let within = corpus.within().map(str::to_owned);
    let options = ExportOptions::new(args.to).codebook(book).within(within);
    let busy = Busy::new("exporting", console.environment.message_width);
    let done = engine::export(&snapshot, &args.out, &options, |_| ());
    drop(busy);
    let done = done.map_err(failure)?;
    write_summary(&done, args, console)?;
    corpus.note_missing(Duplicates::Once, console);
    Ok(Outcome::of(done.manifest.counts.reports))
}

fn failure(error: ExportError) -> Error {
    match error {
        ExportError::Index(error) => error.into(),
        error => {
            let said = Error::new(error.to_string());
            match error.cure() {
                Some(cure) => said.cure(cure),
                None => said,
            }
        }
    }
}

/// An export among the reports would be walked as reports.
fn refuse_inside(out: &Path, reports: &Path) -> Result<()> {
    let inside = match (real(out), reports.canonicalize()) {
        (Some(out), Ok(reports)) => out.starts_with(reports),
        _ => false,
    };
    if inside {
        let message = format!("{} is inside the folder of reports", out.display());
        return Err(Error::new(message).cure("name a folder outside of it with --out"));
    }
    Ok(())
}

/// The path without links, of a folder that need not be there yet.
fn real(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    there.and_then(|(above, real)| Some(real.join(path.strip_prefix(above).ok()?)))
}

fn write_summary(done: &Exported, args: &ExportArgs, console: &mut Console) -> Result<()> {
    let counts = &done.manifest.counts;
    let out = args.out.display().to_string();
    let all = format!("{}, {}", counted(counts.reports, "reports"), counted(counts.paragraphs, "paragraphs"));
    let mut lines = vec![format!("{out} holds {all} for {}", args.to)];
    if done.written == 0 && done.removed == 0 {
        lines.push("nothing has changed since the last export; nothing was written".to_owned());
    } else {
        let mut parts = vec![format!("{} new or changed", grouped(done.changed))];
        if done.removed > 0 {
            parts.push(format!("{} gone", grouped(done.removed)));
        }
        if done.taken_over > 0 {
            parts.push(format!("{} taken over from an interrupted export", grouped(done.taken_over)));
        }
        let megabytes = done.bytes as f64 / 1e6;
        lines.push(format!("reports: {}; {megabytes:.1} MB written", parts.join(", ")));
        lines.extend(next_step(done, args.to));
    }
    for line in lines {
        writeln!(console.out, "{}", quotable_export::escape::escape(&line))?;
    }
    Ok(())
}

/// What to do with the files.
fn next_step(done: &Exported, format: EngineFormat) -> Option<String> {
    if !format.is_told_changes() {
        return Some("manifest.json names every file with its rows, size and hash".to_owned());
    }
    let run = done.manifest.run;
    let first = if run == 1 {
        let file = if format == EngineFormat::Quickwit { "index.yaml" } else { "index.json" };
        format!("make the index by {file}, then load")
    } else {
        "load".to_owned()
    };
    Some(format!("{first} the files of run-{run:06}, deletes first; runs not loaded yet come before it"))
}
