//! `quotable collocates`.

use quotable_export::chart;
use quotable_export::collocate::{CollocatesView, SHOWN};

use crate::args::{CollocatesArgs, Scope};
use crate::commands::{explain, query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::outcome::Outcome;
use crate::render::{examples, table};

/// Columns that give way on a narrow terminal, the first ones first: ids stand under the examples too.
const SPARE: [&str; 4] = ["example", "expected", "after", "before"];

pub(super) fn run(args: &CollocatesArgs, console: &mut Console) -> Result<Outcome> {
    let search = query_args::search(&args.query, Scope::Paragraph, quotable::Sort::Date, console)?;
    let collocates = search.collocates(&args.options())?;
    let measures = if args.measure.is_empty() { SHOWN.as_slice() } else { args.measure.as_slice() };
    let view = CollocatesView { collocates: &collocates, measures };
    if let Some(file) = &args.svg {
        query_args::write_chart(file, &chart::collocates(&collocates)?)?;
    }
    match args.output.export_format() {
        Some(format) => view.write(&mut console.out, format)?,
        None => {
            let mut page = console.page();
            let shown = table::without_spare(&page, &view.to_table(), &SPARE);
            table::write_with_notes(&mut page, &shown, &view.notes())?;
            examples::write(&mut page, &view.examples())?;
        }
    }
    if collocates.counts.paragraphs == 0 {
        query_args::note_nothing_found(&search, console)?;
        explain::note_why_nothing(&search, console)?;
    } else if collocates.counts.occurrences == 0 {
        console.note("the query has no words, so nothing stands near them; add words to it");
    } else if collocates.rows.is_empty() {
        console
            .note("no word stands near often enough; lower --min-count, or look at more words with --window");
    }
    query_args::note_left_out(&search, console)?;
    reading::note_hints(&search, &collocates.counts, console)?;
    Ok(Outcome::of(collocates.found))
}
