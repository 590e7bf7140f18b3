//! `quotable index`: refresh, status, verify, rebuild.

use std::io::Write as _;
use std::time::Duration;

use quotable::{FailureKind, IndexAccess, Refresh};
use quotable_export::escape::escape;
use quotable_export::jsonl::{self, Versioned};
use quotable_export::number::counted;
use quotable_export::status;

use crate::args::{Access, Format, IndexArgs, IndexCommand, RebuildArgs, StatusArgs, VerifyArgs};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::location::Location;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::render;
use crate::usage::index_command;

pub(super) fn run(args: &IndexArgs, console: &mut Console) -> Result<Outcome> {
    match &args.command {
        Some(IndexCommand::Status(args)) => status(args, console),
        Some(IndexCommand::Verify(args)) => verify(args, console),
        Some(IndexCommand::Rebuild(args)) => rebuild(args, console),
        None => {
            refuse_command(args)?;
            refresh(args, console)
        }
    }
}

/// Refuses a mistyped command in the place of the folder.
fn refuse_command(args: &IndexArgs) -> Result<()> {
    let path = args.location.path.as_deref().filter(|path| !path.exists()).and_then(|path| path.to_str());
    match path.and_then(|path| Some((path, index_command(path)?))) {
        Some((path, cure)) => {
            Err(Error::new(format!("there is no folder {path}, and no command quotable index {path}"))
                .cure(cure))
        }
        None => Ok(()),
    }
}

fn refresh(args: &IndexArgs, console: &mut Console) -> Result<Outcome> {
    let location = Location::find(&args.location, args.scan.index_here, &console.environment)?;
    let corpus = open_corpus::open_or_create(location, &args.scan, &args.limits, console)?;
    let mut options =
        open_corpus::refresh_options(&args.scan).wait(Duration::from_secs(args.wait)).retry(args.retry);
    options.ocr = args.ocr.program()?;
    options.access = args.access.map(|access| match access {
        Access::Private => IndexAccess::Private,
        Access::Shared => IndexAccess::Shared,
    });
    match (open_corpus::refresh(&corpus, options, console)?, &args.to) {
        (Some(done), _) => print_refresh(&done, args.ocr.is_asked_for(), console)?,
        (None, Some(_)) => {
            console.note("the reports are not on this machine; the copy is of the index as it is");
        }
        (None, None) => return Err(open_corpus::sources_missing()),
    }
    if corpus.index.status().shared {
        let who = "everyone who may enter the folder of the reports can read the index, with the text of all reports";
        writeln!(console.out, "shared: {who}")?;
    }
    if let Some(folder) = &args.to {
        corpus.index.copy_to(folder)?;
        writeln!(console.out, "copied to {}", escape(&folder.to_string_lossy()))?;
    }
    Ok(Outcome::of(corpus.index.status().reports))
}

fn rebuild(args: &RebuildArgs, console: &mut Console) -> Result<Outcome> {
    let location = Location::find(&args.location, args.scan.index_here, &console.environment)?;
    let corpus = open_corpus::open_for_rebuild(location, &args.scan, &args.limits, console)?;
    let options = open_corpus::refresh_options(&args.scan).reread(true).ocr(args.ocr.program()?);
    let done = open_corpus::refresh(&corpus, options, console)?.ok_or_else(open_corpus::sources_missing)?;
    print_refresh(&done, args.ocr.is_asked_for(), console)?;
    Ok(Outcome::of(corpus.index.status().reports))
}

/// Prints what a refresh changed, and every file that it could not read.
fn print_refresh(done: &Refresh, tried_ocr: bool, console: &mut Console) -> Result<()> {
    writeln!(console.out, "{done}")?;
    if done.restricted {
        writeln!(console.out, "{}", open_corpus::RESTRICTED)?;
    }
    for failure in done.failed.iter().chain(&done.problems) {
        writeln!(console.out, "not read: {}", escape(&failure.to_string()))?;
    }
    if !tried_ocr && done.failed.iter().any(|failure| failure.kind == FailureKind::NoText) {
        writeln!(
            console.out,
            "scanned pages can be read where Tesseract is installed: quotable index --ocr"
        )?;
    }
    if done.still_failing > 0 {
        let count = counted(done.still_failing as u64, "files");
        writeln!(
            console.out,
            "{count} failed before and did not change; see quotable reports --problems, or --retry"
        )?;
    }
    Ok(())
}

/// Damage is an error; files that have changed since they were read are exit status 1.
fn verify(args: &VerifyArgs, console: &mut Console) -> Result<Outcome> {
    let location = Location::find(&args.location, true, &console.environment)?;
    let corpus = open_corpus::open_read_only(location, console)?;
    let found = corpus.index.verify(corpus.location.corpus.as_deref())?;
    match args.format {
        Format::Jsonl => jsonl::write(&mut console.out, &Versioned::of(&found, &corpus.index.status()))?,
        Format::Text => {
            let has_sources = corpus.location.corpus.is_some();
            render::verification::write(&mut console.page(), &found, has_sources)?;
        }
        Format::Csv | Format::Xlsx | Format::Markdown => {
            let error = Error::new("quotable index verify writes text or jsonl only");
            return Err(error.cure("leave out --format, or give --format jsonl"));
        }
    }
    if !found.is_sound() {
        let error = Error::new("the index is damaged");
        return Err(error.cure("run quotable index rebuild to build it again from the reports"));
    }
    Ok(if found.is_current() { Outcome::Found } else { Outcome::Nothing })
}

fn status(args: &StatusArgs, console: &mut Console) -> Result<Outcome> {
    let location = Location::find(&args.location, true, &console.environment)?;
    let corpus = open_corpus::open_read_only(location, console)?;
    let status = corpus.index.status();
    match args.output.export_format() {
        Some(format) => status::write(&mut console.out, format, &status)?,
        None => {
            let network = corpus.index.network_file_system();
            render::status::write(&mut console.page(), &corpus.location, &status, network)?;
        }
    }
    Ok(Outcome::of(status.reports))
}
