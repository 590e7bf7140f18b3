//! `quotable kwic`.

use quotable::{Counts, Line, Lines, sort_lines};
use quotable_export::completeness::Completeness;
use quotable_export::number::{counted, grouped};

use crate::args::{Format, KwicArgs, KwicSort, Scope};
use crate::commands::{explain, query_args};
use crate::console::Console;
use crate::error::Result;
use crate::outcome::Outcome;
use crate::render::concordance::ConcordancePrinter;

/// Lines held beyond the limit before they are sorted and cut: sorting after every line would be slow.
const SORT_BUFFER: usize = 4_096;

pub(super) fn run(args: &KwicArgs, console: &mut Console) -> Result<Outcome> {
    let search = query_args::search(&args.query, Scope::Paragraph, quotable::Sort::Date, console)?;
    let completeness = Completeness::from(&search.provenance());
    let lines = search.concordance(args.words, args.words)?;
    let counts = lines.counts();
    let limit = if args.all { usize::MAX } else { args.limit };
    let shown = if args.sort == KwicSort::Date {
        print(args, completeness, lines.take(limit), console)?
    } else {
        let first = first_sorted(lines, order(args.sort), limit)?;
        print(args, completeness, first.into_iter().map(Ok), console)?
    };
    if counts.paragraphs == 0 {
        query_args::note_nothing_found(&search, console)?;
        explain::note_why_nothing(&search, console)?;
    } else if counts.occurrences == 0 {
        let found = counted(counts.paragraphs, "paragraphs");
        console.note(format!("{found} found, but the query has no words whose occurrences could be listed"));
    } else if args.output.format == Format::Text {
        let mut page = console.page();
        page.blank()?;
        page.remark(&summary(shown, &counts))?;
    } else if shown < counts.occurrences {
        console.note(summary(shown, &counts));
    }
    Ok(Outcome::of(counts.occurrences))
}

/// How many occurrences there are, and how many of them are listed.
fn summary(shown: u64, counts: &Counts) -> String {
    let occurrences = counted(counts.occurrences, "occurrences");
    let total =
        format!("in {} of {}", counted(counts.paragraphs, "paragraphs"), counted(counts.reports, "reports"));
    if shown < counts.occurrences {
        format!("showing {} of {occurrences} {total}", grouped(shown))
    } else {
        format!("{occurrences} {total}")
    }
}

/// The first lines in an order other than the one in which they are found, in memory bounded by the limit.
fn first_sorted(lines: Lines, order: quotable::LineSort, limit: usize) -> Result<Vec<Line>> {
    let mut held = Vec::new();
    for line in lines {
        held.push(line?);
        if held.len() >= limit.saturating_add(SORT_BUFFER) {
            sort_lines(&mut held, order);
            held.truncate(limit);
        }
    }
    sort_lines(&mut held, order);
    held.truncate(limit);
    Ok(held)
}

/// Writes the lines as they come, and counts them.
fn print(
    args: &KwicArgs,
    completeness: Completeness,
    lines: impl Iterator<Item = quotable::Result<Line>>,
    console: &mut Console,
) -> Result<u64> {
    let mut printer = ConcordancePrinter::new(console.page(), args.output, args.words, completeness)?;
    let mut shown = 0;
    for line in lines {
        printer.line(&line?)?;
        shown += 1;
    }
    printer.end()?;
    Ok(shown)
}

fn order(sort: KwicSort) -> quotable::LineSort {
    match sort {
        KwicSort::Date => quotable::LineSort::Date,
        KwicSort::Left => quotable::LineSort::Left,
        KwicSort::Right => quotable::LineSort::Right,
        KwicSort::Authority => quotable::LineSort::Authority,
    }
}
