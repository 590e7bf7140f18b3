//! `quotable themes`.

use quotable::{CodeBook, SearchOptions};

use crate::args::{self, TableFormat};
use crate::error::Result;
use crate::render::page::Page;
use crate::render::themes;
use crate::session::{Outcome, Session};
use crate::shelf;

pub(crate) fn run(args: &args::Themes, session: &mut Session) -> Result<Outcome> {
    let book = match &args.codebook {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    };
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let options = shelf.place.narrow(SearchOptions::default());
    let found = shelf.index.snapshot().themes_with(&book, &options)?;
    match args.format {
        TableFormat::Text => {
            themes::text(&mut Page::new(&mut session.out, &session.environment), &found, args.by)?;
        }
        TableFormat::Jsonl => themes::json(&mut session.out, &found)?,
        TableFormat::Csv => themes::csv(&mut session.out, &found, args.by, args.raw)?,
    }
    Ok(Outcome::of(found.themes.iter().map(|theme| theme.tally.all.paragraphs).sum()))
}
