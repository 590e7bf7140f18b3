//! `quotable reports`.

use quotable::{SearchOptions, Source};
use quotable_export::source;

use crate::args::ReportsArgs;
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::render::sources;

pub(super) fn run(args: &ReportsArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let mut listed = corpus.index.reports()?;
    listed
        .retain(|source| corpus.location.contains(&source.path) && (!args.problems || has_problems(source)));
    if listed.is_empty() {
        // Without any report, says what became of the files.
        corpus.search_all(&corpus.location.restrict(SearchOptions::default()))?;
    }
    if args.problems {
        listed.extend(corpus.index.snapshot().skipped(corpus.within()));
    } else {
        corpus.note_skipped(console);
    }
    match (args.output.export_format(), args.problems) {
        (Some(format), false) => source::write(&mut console.out, format, &listed)?,
        (Some(format), true) => source::write_problems(&mut console.out, format, &listed)?,
        (None, false) => sources::write(&mut console.page(), &listed)?,
        (None, true) => sources::write_problems(&mut console.page(), &listed)?,
    }
    if listed.is_empty() {
        console.note(if args.problems { "no file has problems" } else { "no reports" });
    }
    Ok(Outcome::of(listed.len() as u64))
}

fn has_problems(source: &Source) -> bool {
    source.failure.is_some() || source.copy_of.is_some() || !source.warnings.is_empty()
}
