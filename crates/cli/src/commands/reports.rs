//! `quotable reports`.

use quotable::Source;

use crate::args::{self, Format};
use crate::error::Result;
use crate::render::jsonl::{self, Versioned};
use crate::render::page::Page;
use crate::render::sources;
use crate::session::{Outcome, Session};
use crate::shelf;

pub(crate) fn run(args: &args::Reports, session: &mut Session) -> Result<Outcome> {
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let mut listed = shelf.index.reports()?;
    listed.retain(|source| shelf.place.holds(&source.path) && (!args.problems || has_problems(source)));
    let out = &mut session.out;
    match args.output.format {
        Format::Text if args.problems => {
            sources::problems(&mut Page::new(out, &session.environment), &listed)?;
        }
        Format::Text => sources::text(&mut Page::new(out, &session.environment), &listed)?,
        Format::Jsonl => {
            for source in &listed {
                jsonl::line(out, &Versioned::new(source))?;
            }
        }
        Format::Csv => sources::csv(out, &listed, args.output.raw)?,
        Format::Markdown if args.problems => sources::problems_markdown(out, &listed)?,
        Format::Markdown => sources::markdown(out, &listed)?,
    }
    if listed.is_empty() {
        session.note(if args.problems { "no file has problems" } else { "no reports" });
    }
    Ok(Outcome::of(listed.len() as u64))
}

fn has_problems(source: &Source) -> bool {
    source.failure.is_some() || !source.warnings.is_empty()
}
