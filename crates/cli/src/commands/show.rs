//! `quotable show`.

use std::path::Path;

use quotable::report::{Citation, Report};
use quotable::{CodeBook, Duplicates, Hit, Id, Index, Source, path};
use quotable_export::bibliography::BibliographyWriter;
use quotable_export::chunk::ChunkOptions;
use quotable_export::hit::{HitInContext, HitOptions, citation_with_notes};
use quotable_export::jsonl::{self, Versioned};
use quotable_export::report::ReportRecord;
use quotable_export::{Format, report, source};

use crate::args::{LocationArgs, ShowArgs, Unit};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::location::Location;
use crate::open_corpus::{self, OpenCorpus};
use crate::outcome::Outcome;
use crate::render::chunks::ChunkPrinter;
use crate::render::hits::HitPrinter;
use crate::render::{outline, paragraphs, structure};
use crate::viewer;

/// How many paths are named where a name matches several.
const NAMED_PATHS: usize = 5;

pub(super) fn run(args: &ShowArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open(args, console)?;
    corpus.note_missing(Duplicates::Keep, console);
    if let Some(hit) = corpus.index.paragraph(&args.target)? {
        match args.unit {
            Some(Unit::Theme) => print_chunk(args, &corpus.index, &hit, console)?,
            None => print_paragraph(args, &corpus.index, &hit, console)?,
        }
        if args.open {
            viewer::open(&corpus.location, &hit.citation.path, hit.citation.page, console)?;
        }
    } else if args.unit.is_some() {
        let what = format!("“{}” is not the id of a paragraph, and --unit needs one", args.target);
        return Err(Error::new(what).cure("give the id below a result of quotable search"));
    } else {
        print_report(args, &corpus, console)?;
    }
    Ok(Outcome::Found)
}

/// Opens the corpus. A paragraph's id belongs to the index that was searched, so for an id the index is not refreshed.
/// If the target is a file, its folder says where the corpus is.
fn open(args: &ShowArgs, console: &Console) -> Result<OpenCorpus> {
    let is_paragraph_id = args.target.parse::<Id>().is_ok_and(|id| id.ordinal().is_some());
    let file = Path::new(&args.target);
    let is_unlocated = args.location.path.is_none() && args.location.place.index.is_none();
    let location = if is_unlocated && !is_paragraph_id && file.is_file() {
        let named = LocationArgs { path: Some(file.to_owned()), ..LocationArgs::default() };
        Location::find(&named, args.refresh.scan.index_here, &console.environment)?
    } else {
        Location::find(&args.location, args.refresh.scan.index_here, &console.environment)?
    };
    let location = location.of_whole_corpus();
    if is_paragraph_id && Index::exists(&location.index) {
        return open_corpus::open_read_only(location, console);
    }
    open_corpus::open(location, &args.refresh, console)
}

fn print_paragraph(args: &ShowArgs, index: &Index, hit: &Hit, console: &mut Console) -> Result<()> {
    if args.output.export_format().is_some() || args.citing.cite.is_some() {
        return print_as_hit(args, index, hit, console);
    }
    let (Some(report), Some(ordinal)) = (index.report(&hit.citation.path)?, hit.id.ordinal()) else {
        // Another process may have removed the report since the paragraph was read.
        return Err(Error::new("the report of the paragraph is not in the index any more"));
    };
    let mut page = console.page();
    outline::write_head(&mut page, &report)?;
    page.blank()?;
    paragraphs::write_context(&mut page, &report, &hit.id, ordinal, args.context as usize)?;
    page.text("", 0, &citation_with_notes(hit), &[])?;
    Ok(())
}

/// Writes the chunk of a paragraph as a search would, but whole.
fn print_chunk(args: &ShowArgs, index: &Index, hit: &Hit, console: &mut Console) -> Result<()> {
    let chunk = index.snapshot().chunk(&hit.id)?;
    let options = ChunkOptions { whole: true, is_complete: index.status().complete };
    let mut printer = ChunkPrinter::new(console.page(), args.output, options, (&index.status()).into())?;
    chunk.iter().try_for_each(|chunk| printer.chunk(chunk))?;
    Ok(printer.end()?)
}

/// Writes a paragraph as a search would.
fn print_as_hit(args: &ShowArgs, index: &Index, hit: &Hit, console: &mut Console) -> Result<()> {
    let options = HitOptions::default().context(args.context > 0).complete(&index.status()).ranked(false);
    let neighbours = index.snapshot().around(&hit.id, args.context)?;
    let mut printer = HitPrinter::new(console.page(), args.output, args.citing.cite, options)?;
    printer.hit(&HitInContext::among(hit, &neighbours))?;
    Ok(printer.end()?)
}

fn print_report(args: &ShowArgs, corpus: &OpenCorpus, console: &mut Console) -> Result<()> {
    let source = find_source(args, corpus)?;
    if args.open {
        viewer::open(&corpus.location, &source.path, None, console)?;
    }
    let report = read_report(&source, &corpus.index)?;
    let out = &mut console.out;
    if let Some(cite) = args.citing.cite {
        let mut writer = BibliographyWriter::new(out, cite.form());
        // A report without paragraphs has no citation: the bibliography stays empty.
        if let Some(citation) = Citation::of(&report, 0, 0..0) {
            writer.report(&citation);
        }
        return Ok(writer.end()?);
    }
    match args.output.export_format() {
        Some(Format::Jsonl) => {
            return Ok(jsonl::write(
                out,
                &Versioned::of(ReportRecord::new(&report), &corpus.index.status()),
            )?);
        }
        Some(Format::Markdown) => return Ok(report::write_markdown(out, &report)?),
        Some(format @ Format::Csv(_)) => return Ok(source::write(out, format, &[source])?),
        None => {}
    }
    let mut page = console.page();
    if args.structure {
        structure::write(&mut page, &report, &CodeBook::builtin())?;
    } else if args.text {
        paragraphs::write_all(&mut page, &report)?;
    } else {
        outline::write(&mut page, &report)?;
    }
    Ok(())
}

fn read_report(source: &Source, index: &Index) -> Result<Report> {
    match (index.report(&source.path)?, &source.failure) {
        (Some(report), _) => Ok(report),
        (None, Some(failure)) => Err(Error::new(failure.to_string())),
        (None, None) => Err(Error::new(format!("{} is not in the index any more", source.path))),
    }
}

/// The source that the target names: by path or id, by the file of that name, or by a part of the path that no other
/// source has.
fn find_source(args: &ShowArgs, corpus: &OpenCorpus) -> Result<Source> {
    let mut sources = corpus.index.reports()?;
    sources.extend(corpus.index.snapshot().skipped(None));
    let within = corpus.location.within.as_ref().filter(|_| args.location.path.is_none());
    let single = corpus.location.single_file().filter(|_| args.location.path.is_none());
    let single = single.and_then(|file| Some(path::encode(Path::new(file.file_name()?))));
    let target = within.map(|within| within.path.as_str()).or(single.as_deref());
    let target = target.unwrap_or(args.target.as_str());
    let folded = target.to_lowercase();
    let is_exact = |source: &Source| source.path == target || source.id.to_string() == target;
    if let Some(at) = sources.iter().position(is_exact) {
        return Ok(sources.swap_remove(at));
    }
    sources.retain(|source| {
        corpus.location.contains(&source.path) && source.path.to_lowercase().contains(&folded)
    });
    match sources.len() {
        0 => Err(Error::new(format!("there is no paragraph or report “{target}” in the index")).cure(
            "run quotable reports to list the reports; the id of a paragraph is as search prints it, with a \
             number after the dot",
        )),
        1 => Ok(sources.swap_remove(0)),
        count => {
            let mut paths: Vec<&str> =
                sources.iter().take(NAMED_PATHS).map(|source| source.path.as_str()).collect();
            if count > NAMED_PATHS {
                paths.push("…");
            }
            let what = format!("“{target}” is part of the paths of {count} reports: {}", paths.join(", "));
            Err(Error::new(what).cure("give more of the path, or the report's id"))
        }
    }
}
