//! `quotable kwic`.

use std::io::Write as _;

use quotable::{Line, sort_lines};

use crate::args::{self, LineSort, TableFormat};
use crate::commands::{asking, explain};
use crate::error::Result;
use crate::render::concordance::{self, Columns};
use crate::render::hits::summary;
use crate::render::jsonl::{self, Versioned};
use crate::render::number::counted;
use crate::render::page::Page;
use crate::session::{Outcome, Session};

pub(crate) fn run(args: &args::Kwic, session: &mut Session) -> Result<Outcome> {
    let (shelf, search) = asking::search(&args.asking, quotable::Sort::Date, session)?;
    let lines = search.concordance(args.words, args.words)?;
    let complete = search.provenance().complete;
    let shown = if args.sort == LineSort::Date {
        show(args, complete, lines, session)?
    } else {
        let mut held = lines.collect::<quotable::Result<Vec<_>>>()?;
        sort_lines(&mut held, order(args.sort));
        show(args, complete, held.into_iter().map(Ok), session)?
    };
    if shown == 0 {
        match search.count()?.paragraphs {
            0 => {
                asking::nothing(&shelf, session);
                explain::why_nothing(&search, session)?;
            }
            found => session.note(format!(
                "{} found, but no words asked for that could be listed",
                counted(found, "paragraphs")
            )),
        }
    } else if args.format == TableFormat::Text {
        let counts = search.count()?;
        writeln!(session.out, "\n{}", summary(counts.paragraphs, &counts))?;
    }
    Ok(Outcome::of(shown))
}

/// Writes the lines as they come; gives how many there were.
fn show(
    args: &args::Kwic,
    complete: bool,
    lines: impl Iterator<Item = quotable::Result<Line>>,
    session: &mut Session,
) -> Result<u64> {
    let mut page = Page::new(&mut session.out, &session.environment);
    let columns = Columns::new(&page, args.words);
    if args.format == TableFormat::Csv {
        concordance::csv_head(page.out)?;
    }
    let mut shown = 0;
    for line in lines {
        let line = line?;
        match args.format {
            TableFormat::Text => concordance::line(&mut page, &columns, &line)?,
            TableFormat::Jsonl => jsonl::line(page.out, &Versioned::of(&line, complete))?,
            TableFormat::Csv => concordance::csv_row(page.out, &line, complete, args.raw)?,
        }
        shown += 1;
    }
    Ok(shown)
}

fn order(sort: LineSort) -> quotable::LineSort {
    match sort {
        LineSort::Date => quotable::LineSort::Date,
        LineSort::Left => quotable::LineSort::Left,
        LineSort::Right => quotable::LineSort::Right,
        LineSort::Authority => quotable::LineSort::Authority,
    }
}
