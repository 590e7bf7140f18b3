//! `quotable show`.

use std::path::Path;

use quotable::report::{Citation, Report};
use quotable::{CodeBook, Hit, Id, Index, Source};

use crate::args::{self, Format, Unit};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::render::csl::Citations;
use crate::render::hits::{self, Shown, Style, Writer};
use crate::render::jsonl::{self, Versioned};
use crate::render::page::Page;
use crate::render::{chunks, outline, paragraphs, sources, structure};
use crate::session::{Outcome, Session};
use crate::shelf::{self, Shelf};

pub(crate) fn run(args: &args::Show, session: &mut Session) -> Result<Outcome> {
    let shelf = open(args, session)?;
    if let Some(hit) = shelf.index.paragraph(&args.what)? {
        match args.unit {
            Some(Unit::Theme) => chunk(args, &shelf.index, &hit, session)?,
            None => paragraph(args, &shelf.index, &hit, session)?,
        }
    } else if args.unit.is_some() {
        let what = format!("“{}” is no id of a paragraph, so that it stands in no theme chunk", args.what);
        return Err(Error::new(what).cure("take the id of a hit, such as quotable search gives"));
    } else {
        report(args, &shelf, session)?;
    }
    Ok(Outcome::Found)
}

/// A paragraph's id is that of the index as it was searched, so the index is left as it is. A report that stands
/// in a file of the name given says where the corpus is.
fn open(args: &args::Show, session: &Session) -> Result<Shelf> {
    let is_id = args.what.parse::<Id>().is_ok_and(|id| id.ordinal().is_some());
    let here = Path::new(&args.what);
    let place = if args.place.path.is_none() && args.place.index.is_none() && !is_id && here.is_file() {
        let named = args::Place { path: Some(here.to_owned()), index: None };
        Place::find(&named, args.refreshing.reading.index_here, &session.environment)?
    } else {
        Place::find(&args.place, args.refreshing.reading.index_here, &session.environment)?
    };
    if is_id && Index::exists(&place.index) {
        return shelf::as_it_is(place, session);
    }
    shelf::open(place, &args.refreshing, session)
}

fn paragraph(args: &args::Show, index: &Index, hit: &Hit, session: &mut Session) -> Result<()> {
    if args.output.format != Format::Text || args.citing.cite.is_some() {
        return written(args, index, hit, session);
    }
    let (Some(report), Some(ordinal)) = (index.report(&hit.citation.path)?, hit.id.ordinal()) else {
        return Err(Error::new("the report of the paragraph is not in the index"));
    };
    let mut page = Page::new(&mut session.out, &session.environment);
    outline::head(&mut page, &report)?;
    page.blank()?;
    paragraphs::context(&mut page, &report, &hit.id, ordinal, args.context as usize)?;
    page.text("", 0, &hits::citation(hit), &[])?;
    Ok(())
}

/// The chunk in which the paragraph stands, as a search would write it, but whole.
fn chunk(args: &args::Show, index: &Index, hit: &Hit, session: &mut Session) -> Result<()> {
    let chunk = index.snapshot().chunk(&hit.id)?;
    let args::Output { format, raw } = args.output;
    let style = chunks::Style { format, raw, complete: index.status().complete, whole: true };
    let mut writer = chunks::Writer::begin(session, style)?;
    chunk.iter().try_for_each(|chunk| writer.chunk(chunk))
}

/// The paragraph as a search would write it.
fn written(args: &args::Show, index: &Index, hit: &Hit, session: &mut Session) -> Result<()> {
    let style = Style {
        format: args.output.format,
        raw: args.output.raw,
        cite: args.citing.cite,
        sentences: false,
        context: args.context > 0,
        group: None,
        complete: index.status().complete,
        ranked: false,
    };
    let around = index.snapshot().around(&hit.id, args.context)?;
    let mut writer = Writer::begin(session, style)?;
    writer.hit(&Shown::among(hit, &around))?;
    writer.end()
}

fn report(args: &args::Show, shelf: &Shelf, session: &mut Session) -> Result<()> {
    let source = find(args, shelf)?;
    let report = read(&source, &shelf.index)?;
    let out = &mut session.out;
    if args.citing.cite.is_some() {
        let mut citations = Citations::default();
        if let Some(citation) = Citation::of(&report, 0, 0..0) {
            citations.report(out, &citation)?;
        }
        return Ok(citations.end(out)?);
    }
    match args.output.format {
        Format::Jsonl => return Ok(jsonl::line(out, &Versioned::new(&report))?),
        Format::Csv => return Ok(sources::csv(out, &[source], args.output.raw)?),
        Format::Markdown => return Ok(outline::markdown(out, &report)?),
        Format::Text => {}
    }
    let mut page = Page::new(out, &session.environment);
    if args.structure {
        structure::structure(&mut page, &report, &CodeBook::builtin())?;
    } else if args.text {
        paragraphs::whole(&mut page, &report)?;
    } else {
        outline::report(&mut page, &report)?;
    }
    Ok(())
}

fn read(source: &Source, index: &Index) -> Result<Report> {
    match (index.report(&source.path)?, &source.failure) {
        (Some(report), _) => Ok(report),
        (None, Some(failure)) => Err(Error::new(format!("{failure}"))),
        (None, None) => Err(Error::new(format!("{} is not in the index", source.path))),
    }
}

/// The source that is meant: by its path or id, by the file of that name, or by a part of its path that no other
/// has.
fn find(args: &args::Show, shelf: &Shelf) -> Result<Source> {
    let mut sources = shelf.index.reports()?;
    let named =
        shelf.place.within.as_ref().map(|within| within.path.clone()).filter(|_| args.place.path.is_none());
    let what = named.as_deref().unwrap_or(&args.what);
    let folded = what.to_lowercase();
    let exact = |source: &Source| source.path == what || source.id.to_string() == what;
    if let Some(at) = sources.iter().position(exact) {
        return Ok(sources.swap_remove(at));
    }
    sources.retain(|source| shelf.place.holds(&source.path) && source.path.to_lowercase().contains(&folded));
    match sources.len() {
        0 => Err(Error::new(format!("there is no paragraph or report “{what}” in the index"))
            .cure("quotable reports lists what there is; an id ends in a number only for a paragraph")),
        1 => Ok(sources.swap_remove(0)),
        count => {
            const NAMED: usize = 5;
            let mut paths: Vec<&str> =
                sources.iter().take(NAMED).map(|source| source.path.as_str()).collect();
            if count > NAMED {
                paths.push("…");
            }
            let what = format!("“{what}” is part of the paths of {count} reports: {}", paths.join(", "));
            Err(Error::new(what).cure("give more of the path, or the report's id"))
        }
    }
}
