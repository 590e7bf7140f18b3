//! `quotable count`.

use quotable::{CountSort, CountTable, Facet, Search};
use quotable_export::count;

use crate::args::{CountArgs, RowSort, Scope};
use crate::commands::{explain, query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::outcome::Outcome;
use crate::render::table;

/// A terminal of fewer columns has no room for the paths of reports beside the counts.
const WIDTH_FOR_PATHS: usize = 130;

pub(super) fn run(args: &CountArgs, console: &mut Console) -> Result<Outcome> {
    let search = query_args::search(&args.query, Scope::Paragraph, quotable::Sort::Date, console)?;
    if args.explain {
        explain::write(&search, console)?;
    }
    let mut table = count(&search, &args.by)?;
    table.sort(match args.sort {
        RowSort::Value => CountSort::Value,
        RowSort::Count => CountSort::Count,
        RowSort::Rate => CountSort::Rate,
    });
    match args.output.export_format() {
        Some(format) => count::write(&mut console.out, format, &table)?,
        None => {
            let mut page = console.page();
            // Paths are long: a terminal of the usual width shows the authority and the date alone.
            let with_paths = page.line_width >= WIDTH_FOR_PATHS;
            let shown = count::to_table_of(&table, search.snapshot(), with_paths);
            table::write_with_notes(&mut page, &shown, &count::notes(&table))?;
        }
    }
    if table.total.paragraphs == 0 {
        query_args::note_nothing_found(&search, console)?;
        if !args.explain {
            explain::note_why_nothing(&search, console)?;
        }
    }
    if args.by.iter().any(Facet::is_dated) {
        query_args::note_dating(&search, console);
    }
    query_args::note_left_out(&search, console)?;
    reading::note_hints(&search, &table.counts(), console)?;
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
