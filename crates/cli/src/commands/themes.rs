//! `quotable themes`.

use quotable::{CodeBook, SearchOptions};
use quotable_export::chart;
use quotable_export::provenance::CorpusProvenance;
use quotable_export::theme::{ThemeFacet, ThemesView};

use crate::args::{ThemesArgs, ThemesBy};
use crate::commands::query_args;
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::Busy;
use crate::render::table;

pub(super) fn run(args: &ThemesArgs, console: &mut Console) -> Result<Outcome> {
    let book = match &args.codebook {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    };
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let duplicates = args.copies.duplicates();
    let options = corpus.location.restrict(SearchOptions::default()).duplicates(duplicates);
    let all = corpus.search_all(&options)?;
    if args.by == Some(ThemesBy::Year) {
        query_args::note_dating(&all, console);
    }
    corpus.note_missing(duplicates, console);
    let busy = Busy::new("counting the themes", console.environment.message_width);
    let themes = corpus.index.snapshot().themes_with(&book, &options)?;
    drop(busy);
    let provenance = CorpusProvenance::new(&themes.provenance, args.codebook.as_deref());
    let by = args.by.map(|by| match by {
        ThemesBy::Year => ThemeFacet::Year,
        ThemesBy::Grade => ThemeFacet::Grade,
    });
    let view = ThemesView { themes: &themes, by, provenance: &provenance };
    if let Some(file) = &args.svg {
        query_args::write_chart(file, &chart::themes(&view)?)?;
    }
    match args.output.export_format() {
        Some(format) => view.write(&mut console.out, format)?,
        None => table::write_with_notes(&mut console.page(), &view.to_table(), &view.notes())?,
    }
    Ok(Outcome::of(themes.themes.iter().map(|theme| theme.tally.all.paragraphs).sum()))
}
