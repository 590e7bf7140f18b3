//! `quotable count`.

use quotable::{CountTable, Facet, Search};
use quotable_export::count;

use crate::args::{CountArgs, Scope};
use crate::commands::{explain, query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::outcome::Outcome;
use crate::render::table;

pub(super) fn run(args: &CountArgs, console: &mut Console) -> Result<Outcome> {
    let search = query_args::search(&args.query, Scope::Paragraph, quotable::Sort::Date, console)?;
    if args.explain {
        explain::write(&search, console)?;
    }
    let table = count(&search, &args.by)?;
    match args.output.export_format() {
        Some(format) => count::write(&mut console.out, format, &table)?,
        None => {
            table::write_with_notes(&mut console.page(), &count::to_table(&table), &count::notes(&table))?
        }
    }
    if table.total.paragraphs == 0 {
        query_args::note_nothing_found(&search, console)?;
        if !args.explain {
            explain::note_why_nothing(&search, console)?;
        }
    }
    if args.by.contains(&Facet::Year) {
        query_args::note_dating(&search, console);
    }
    query_args::note_left_out(&search, console)?;
    reading::note_hints(&search, console)?;
    Ok(Outcome::of(table.total.paragraphs))
}

fn count(search: &Search, by: &[Facet]) -> Result<CountTable> {
    if !by.is_empty() {
        return Ok(search.count_by(by)?);
    }
    // The library counts by at least one facet; the total is the same for any. Kind has the fewest values.
    let mut table = search.count_by(&[Facet::Kind])?;
    table.by.clear();
    table.rows.clear();
    Ok(table)
}
