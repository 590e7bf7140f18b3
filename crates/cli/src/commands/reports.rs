//! `quotable reports`.

use quotable::Source;

use crate::args::{self, TableFormat};
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
    match args.format {
        TableFormat::Text => {
            let mut page = Page::new(&mut session.out, &session.environment);
            if args.problems {
                sources::problems(&mut page, &listed)?;
            } else {
                sources::table(&mut page, &listed)?;
            }
        }
        TableFormat::Jsonl => {
            for source in &listed {
                jsonl::line(&mut session.out, &Versioned::new(source))?;
            }
        }
        TableFormat::Csv => sources::csv(&mut session.out, &listed, args.raw)?,
    }
    if listed.is_empty() {
        session.note(if args.problems { "no file has problems" } else { "no reports" });
    }
    Ok(Outcome::of(listed.len() as u64))
}

fn has_problems(source: &Source) -> bool {
    source.failure.is_some() || !source.warnings.is_empty()
}
