//! `quotable kwic`.

use quotable::{Counts, Line, sort_lines};
use quotable_export::chart;
use quotable_export::completeness::Completeness;
use quotable_export::number::{counted, grouped};

use crate::args::{Format, KwicArgs, KwicSort, Scope};
use crate::commands::{explain, query_args, reading};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::outcome::Outcome;
use crate::render::concordance::ConcordancePrinter;

/// Lines held beyond the limit before they are sorted and cut: sorting after every line would be slow.
const SORT_BUFFER: usize = 4_096;
/// The most bytes of lines that are held to be sorted. The words that they are sorted by take about as much again.
const MOST_SORTED: usize = 64 << 20;

pub(super) fn run(args: &KwicArgs, console: &mut Console) -> Result<Outcome> {
    let (sample, seed) = (args.sampling.sample, args.sampling.seed()?);
    let search = query_args::search(&args.query, Scope::Paragraph, quotable::Sort::Date, console)?;
    let completeness = Completeness::from(&search.provenance());
    if let Some(file) = &args.svg {
        query_args::write_chart(file, &chart::dispersion(&search.dispersal()?)?)?;
    }
    let mut lines = match sample {
        Some(size) => search.sample_concordance(args.words, args.words, size, seed)?,
        None => search.concordance(args.words, args.words)?,
    };
    let counts = lines.counts();
    let limit = if args.all || sample.is_some() { usize::MAX } else { args.limit };
    let skipped = args.paging.skipped(args.limit);
    // Nothing is written before the lines are sorted: there may be too many.
    let sorted = match args.sort {
        KwicSort::Date => None,
        sort => Some(first_sorted(&mut lines, order(sort), limit.saturating_add(skipped), MOST_SORTED)?),
    };
    let mut printer = ConcordancePrinter::new(console.page(), args.output, args.words, completeness)?;
    let mut shown = 0;
    if let Some(sorted) = sorted {
        for line in sorted.iter().skip(skipped) {
            printer.line(line)?;
            shown += 1;
        }
    } else {
        let mut passed = 0;
        while shown < limit as u64
            && let Some(line) = lines.lend()?
        {
            if passed < skipped {
                passed += 1;
                continue;
            }
            printer.line(line)?;
            shown += 1;
        }
    }
    printer.end()?;
    let past = args.paging.past_the_last(args.limit, counts.occurrences).filter(|_| shown == 0);
    let remark = match (sample, past) {
        (Some(_), _) => query_args::sampled(shown, &summary(0, counts.occurrences, &counts), seed),
        (None, Some(past)) => format!("{}; {past}", summary(skipped as u64, shown, &counts)),
        (None, None) => summary(skipped as u64, shown, &counts),
    };
    if counts.paragraphs == 0 {
        query_args::note_nothing_found(&search, console)?;
        explain::note_why_nothing(&search, console)?;
    } else if counts.occurrences == 0 {
        let found = counted(counts.paragraphs, "paragraphs");
        console.note(format!("{found} found, but the query has no words whose occurrences could be listed"));
    } else if args.output.format() == Format::Text {
        let mut page = console.page();
        page.blank()?;
        page.remark(&remark)?;
    } else if shown < counts.occurrences {
        console.note(remark);
    }
    reading::note_hints(&search, &counts, console)?;
    let dating = search.dating();
    if matches!(args.sort, KwicSort::Date | KwicSort::Oldest)
        && counts.occurrences > 0
        && dating.undated < dating.reports
    {
        query_args::note_dating(&search, console);
    }
    Ok(Outcome::of(counts.occurrences))
}

/// How many occurrences there are, and which of them are listed: those after the first `skipped`.
fn summary(skipped: u64, shown: u64, counts: &Counts) -> String {
    let occurrences = counted(counts.occurrences, "occurrences");
    let total =
        format!("in {} of {}", counted(counts.paragraphs, "paragraphs"), counted(counts.reports, "reports"));
    match (skipped, shown) {
        (0, _) if shown == counts.occurrences => format!("{occurrences} {total}"),
        (0, _) => format!("showing {} of {occurrences} {total}", grouped(shown)),
        (_, 0) => format!("showing none of {occurrences} {total}"),
        _ => format!(
            "showing {} to {} of {occurrences} {total}",
            grouped(skipped + 1),
            grouped(skipped + shown)
        ),
    }
}

/// The first lines in an order other than the one in which they are found, in memory bounded by the limit and by
/// [`MOST_SORTED`].
fn first_sorted(
    lines: impl Iterator<Item = quotable::Result<Line>>,
    order: quotable::LineSort,
    limit: usize,
    most: usize,
) -> Result<Vec<Line>> {
    let mut held = Vec::new();
    let mut bytes = 0;
    for line in lines {
        let line = line?;
        bytes += size(&line);
        held.push(line);
        if held.len() >= limit.saturating_add(SORT_BUFFER) || (bytes > most && held.len() > limit) {
            sort_lines(&mut held, order);
            held.truncate(limit);
            bytes = held.iter().map(size).sum();
        }
        if bytes > most {
            let what =
                format!("more than {} lines are too many to be sorted in memory", grouped(held.len() as u64));
            return Err(Error::new(what).cure("ask for fewer with -n N or --words N, or leave --sort out"));
        }
    }
    sort_lines(&mut held, order);
    held.truncate(limit);
    Ok(held)
}

/// The bytes that a line takes in memory, about.
fn size(line: &Line) -> usize {
    let Line { docname, pre, keyword, post, pattern, citation, .. } = line;
    let texts = [docname, pre, keyword, post, pattern, &citation.path].map(String::len).iter().sum::<usize>();
    let headings: usize = citation.headings.iter().map(|heading| heading.len() + size_of::<String>()).sum();
    let title = citation.title.as_ref().map_or(0, String::len);
    size_of::<Line>() + texts + headings + title
}

fn order(sort: KwicSort) -> quotable::LineSort {
    match sort {
        KwicSort::Date => quotable::LineSort::Date,
        KwicSort::Oldest => quotable::LineSort::Oldest,
        KwicSort::Left => quotable::LineSort::Left,
        KwicSort::Right => quotable::LineSort::Right,
        KwicSort::Authority => quotable::LineSort::Authority,
    }
}

#[cfg(test)]
mod tests {
    use quotable::{Index, LineSort};

    use super::*;

    #[test]
    fn lines_are_sorted_in_bounded_memory() {
        let folder = tempfile::tempdir().unwrap();
        let text: String = (0..300).map(|number| format!("word{} care. ", (number * 37) % 300)).collect();
        std::fs::write(folder.path().join("a.txt"), text).unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        index.refresh(folder.path()).unwrap();
        let search = index.search(&"care".parse().unwrap()).unwrap();
        let sorted =
            |limit, most| first_sorted(search.concordance(1, 1).unwrap(), LineSort::Left, limit, most);
        let all = sorted(usize::MAX, usize::MAX).unwrap();
        assert_eq!(all.len(), 300);
        let few = 20 * size(&all[0]);
        assert_eq!(sorted(5, few).unwrap(), all[..5]);
        let error = sorted(usize::MAX, few).unwrap_err();
        assert!(error.to_string().contains("too many to be sorted"), "{error}");
    }
}
