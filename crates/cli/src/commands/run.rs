//! `quotable run`.

use quotable::prelude::*;
use quotable::query::Query;
use quotable::{CodeBook, SearchOptions};

use crate::args::{self, Format};
use crate::error::Result;
use crate::render::page::Page;
use crate::render::provenance::OfCorpus;
use crate::render::rows::{self, Found};
use crate::session::{Outcome, Session};
use crate::shelf;

pub(crate) fn run(args: &args::Run, session: &mut Session) -> Result<Outcome> {
    let book = CodeBook::read(&args.codebook)?;
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let options = shelf.place.narrow(SearchOptions::default());
    let found = book.run(&shelf.index.snapshot(), &options)?;
    let whole = shelf.index.search_with(&Query::All, &options)?;
    let corpus = OfCorpus::new(&whole.provenance(), Some(&args.codebook));
    let rows = Found { rows: &found, by_year: args.by.is_some(), corpus: &corpus };
    let out = &mut session.out;
    match args.output.format {
        Format::Text => rows::text(&mut Page::new(out, &session.environment), rows)?,
        Format::Jsonl => rows::json(out, rows)?,
        Format::Csv => rows::csv(out, rows, args.output.raw)?,
        Format::Markdown => rows::markdown(out, rows)?,
    }
    Ok(Outcome::of(found.iter().map(|row| row.counts.paragraphs).sum()))
}
