//! `quotable run`.

use quotable::{CodeBook, SearchOptions};

use crate::args::{self, TableFormat};
use crate::error::Result;
use crate::render::jsonl::{self, Versioned};
use crate::render::page::Page;
use crate::render::rows;
use crate::session::{Outcome, Session};
use crate::shelf;

pub(crate) fn run(args: &args::Run, session: &mut Session) -> Result<Outcome> {
    let book = CodeBook::read(&args.codebook)?;
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let options = shelf.place.narrow(SearchOptions::default());
    let found = book.run(&shelf.index.snapshot(), &options)?;
    let by_year = args.by.is_some();
    match args.format {
        TableFormat::Text => {
            rows::text(&mut Page::new(&mut session.out, &session.environment), &found, by_year)?;
        }
        TableFormat::Jsonl => {
            for row in &found {
                jsonl::line(&mut session.out, &Versioned::new(row))?;
            }
        }
        TableFormat::Csv => rows::csv(&mut session.out, &found, by_year, args.raw)?,
    }
    Ok(Outcome::of(found.iter().map(|row| row.counts.paragraphs).sum()))
}
