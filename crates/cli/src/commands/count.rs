//! `quotable count`.

use quotable::{CountTable, Facet, Search};

use crate::args::{self, Format, Scope};
use crate::commands::{asking, explain};
use crate::error::Result;
use crate::render::counts;
use crate::render::jsonl::{self, Versioned};
use crate::render::page::Page;
use crate::session::{Outcome, Session};

pub(crate) fn run(args: &args::Count, session: &mut Session) -> Result<Outcome> {
    let search = asking::search(&args.asking, Scope::Paragraph, quotable::Sort::Date, session)?;
    if args.explain {
        explain::whole(&search, session)?;
    }
    let table = count(&search, &args.by)?;
    let out = &mut session.out;
    match args.output.format {
        Format::Text => counts::text(&mut Page::new(out, &session.environment), &table)?,
        Format::Jsonl => jsonl::line(out, &Versioned::new(&table))?,
        Format::Csv => counts::csv(out, &table, args.output.raw)?,
        Format::Markdown => counts::markdown(out, &table)?,
    }
    if table.total.paragraphs == 0 {
        asking::nothing(&search, session)?;
        if !args.explain {
            explain::why_nothing(&search, session)?;
        }
    }
    Ok(Outcome::of(table.total.paragraphs))
}

fn count(search: &Search, by: &[Facet]) -> Result<CountTable> {
    if !by.is_empty() {
        return Ok(search.count_by(by)?);
    }
    // The total has the same denominators, whatever is counted by.
    let mut table = search.count_by(&[Facet::Kind])?;
    table.by.clear();
    table.rows.clear();
    Ok(table)
}
