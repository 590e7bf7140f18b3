//! `quotable themes`.

use quotable::{CodeBook, SearchOptions};

use crate::args::{self, Format};
use crate::error::Result;
use crate::render::page::Page;
use crate::render::provenance::OfCorpus;
use crate::render::themes::{self, Told};
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
    let corpus = OfCorpus::new(&found.provenance, args.codebook.as_deref());
    let told = Told { themes: &found, by: args.by, corpus: &corpus };
    let out = &mut session.out;
    match args.output.format {
        Format::Text => themes::text(&mut Page::new(out, &session.environment), told)?,
        Format::Jsonl => themes::json(out, told)?,
        Format::Csv => themes::csv(out, told, args.output.raw)?,
        Format::Markdown => themes::markdown(out, told)?,
    }
    Ok(Outcome::of(found.themes.iter().map(|theme| theme.tally.all.paragraphs).sum()))
}
