//! `quotable kwic`.

use quotable::{Counts, Line, Lines, sort_lines};

use crate::args::{self, Format, LineSort, Scope};
use crate::commands::{asking, explain};
use crate::error::Result;
use crate::render::concordance::{self, Columns};
use crate::render::jsonl::{self, Versioned};
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::session::{Outcome, Session};

pub(crate) fn run(args: &args::Kwic, session: &mut Session) -> Result<Outcome> {
    let search = asking::search(&args.asking, Scope::Paragraph, quotable::Sort::Date, session)?;
    let complete = search.provenance().complete;
    let lines = search.concordance(args.words, args.words)?;
    let most = if args.all { usize::MAX } else { args.limit };
    let shown = if args.sort == LineSort::Date {
        show(args, complete, lines.take(most), session)?
    } else {
        let held = first(lines, order(args.sort), most)?;
        show(args, complete, held.into_iter().map(Ok), session)?
    };
    let counts = search.count()?;
    if counts.paragraphs == 0 {
        asking::nothing(&search, session)?;
        explain::why_nothing(&search, session)?;
    } else if counts.occurrences == 0 {
        let found = counted(counts.paragraphs, "paragraphs");
        session.note(format!("{found} found, but no words asked for that could be listed"));
    } else if args.output.format == Format::Text {
        let mut page = Page::new(&mut session.out, &session.environment);
        page.blank()?;
        page.said(&summary(shown, &counts))?;
    } else if shown < counts.occurrences {
        session.note(summary(shown, &counts));
    }
    Ok(Outcome::of(counts.occurrences))
}

/// How many occurrences there are, and how many of them were listed.
fn summary(shown: u64, counts: &Counts) -> String {
    let occurrences = counted(counts.occurrences, "occurrences");
    let among =
        format!("in {} of {}", counted(counts.paragraphs, "paragraphs"), counted(counts.reports, "reports"));
    if shown < counts.occurrences {
        format!("showing {} of {occurrences} {among}", grouped(shown))
    } else {
        format!("{occurrences} {among}")
    }
}

/// The first lines in an order that is not that in which they come. No more than some are held at once.
fn first(lines: Lines, order: quotable::LineSort, most: usize) -> Result<Vec<Line>> {
    /// So many lines above what is wanted are held before they are sorted out.
    const SPARE: usize = 4_096;
    let mut held = Vec::new();
    for line in lines {
        held.push(line?);
        if held.len() >= most.saturating_add(SPARE) {
            sort_lines(&mut held, order);
            held.truncate(most);
        }
    }
    sort_lines(&mut held, order);
    held.truncate(most);
    Ok(held)
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
    match args.output.format {
        Format::Csv => concordance::csv_head(page.out)?,
        Format::Markdown => concordance::markdown_head(page.out)?,
        Format::Text | Format::Jsonl => {}
    }
    let mut shown = 0;
    for line in lines {
        let line = line?;
        match args.output.format {
            Format::Text => concordance::line(&mut page, &columns, &line)?,
            Format::Jsonl => jsonl::line(page.out, &Versioned::of(&line, complete))?,
            Format::Csv => concordance::csv_row(page.out, &line, complete, args.output.raw)?,
            Format::Markdown => concordance::markdown_row(page.out, &line)?,
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
