//! `quotable search`.

use quotable::report::Citation;
use quotable::{Counts, Facet, Group, Hit, Search};
use quotable_export::chunk::ChunkOptions;
use quotable_export::completeness::Completeness;
use quotable_export::counts::summary;
use quotable_export::hit::{HitInContext, HitOptions};
use quotable_export::number::{counted, grouped};

use crate::args::{Format, Scope, SearchArgs, SearchSort};
use crate::commands::{explain, query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::outcome::Outcome;
use crate::render::chunks::ChunkPrinter;
use crate::render::hits::HitPrinter;
use crate::viewer;

/// Hits held at once where they are sorted; for more, the search is run again from the last one.
const BATCH: usize = 1 << 15;
/// Hits shown of each group unless `--each` says otherwise.
const DEFAULT_EACH: usize = 3;

pub(super) fn run(args: &SearchArgs, console: &mut Console) -> Result<Outcome> {
    let seed = args.sampling.seed()?;
    let (corpus, search) = query_args::open(&args.query, default_scope(args), order(args), console)?;
    if args.explain {
        explain::write(&search, console)?;
    }
    if args.unit.is_some() {
        return print_chunks(args, &search, console);
    }
    let options = hit_options(args, (&search.provenance()).into());
    let printer = HitPrinter::new(console.page(), args.output, args.citing.cite, options)?;
    let mut page = SearchPage { args, seed, search: &search, printer, first: None };
    let (remark, counts) = match &args.group {
        Some(facet) => page.print_groups(facet)?,
        None => page.print_hits()?,
    };
    let first = page.first.take();
    page.printer.end()?;
    if counts.paragraphs == 0 {
        note_nothing_found(args, &search, console)?;
    } else if args.output.format() == Format::Text && args.citing.cite.is_none() {
        console.page().remark(&remark)?;
    } else if remark.starts_with("showing") || args.sampling.sample.is_some() {
        console.note(remark);
    }
    if is_dated(args, &search) && counts.paragraphs > 0 {
        query_args::note_dating(&search, console);
    }
    query_args::note_left_out(&search, console)?;
    reading::note_hints(&search, &counts, console)?;
    if let Some(citation) = first.filter(|_| args.open) {
        viewer::open(&corpus.location, &citation.path, citation.page, console)?;
    }
    Ok(Outcome::of(counts.paragraphs))
}

/// A search for theme chunks needs its words anywhere in one chunk.
fn default_scope(args: &SearchArgs) -> Scope {
    if args.unit.is_some() { Scope::Theme } else { Scope::Paragraph }
}

fn print_chunks(args: &SearchArgs, search: &Search, console: &mut Console) -> Result<Outcome> {
    let found = search.top_chunks(if args.all { usize::MAX } else { args.limit })?;
    let completeness = Completeness::from(&search.provenance());
    let options = ChunkOptions { whole: false, is_complete: completeness.is_complete() };
    let mut printer = ChunkPrinter::new(console.page(), args.output, options, completeness)?;
    for chunk in &found.chunks {
        printer.chunk(chunk)?;
    }
    printer.end()?;
    let (shown, all) = (found.chunks.len() as u64, counted(found.all, "theme chunks"));
    let showing = if shown < found.all { format!("showing {} of ", grouped(shown)) } else { String::new() };
    let remark = format!("{showing}{all}: {}", summary(found.counts.paragraphs, &found.counts));
    if found.counts.paragraphs == 0 {
        note_nothing_found(args, search, console)?;
    } else if args.output.format() == Format::Text {
        console.page().remark(&remark)?;
    } else if shown < found.all {
        console.note(remark);
    }
    Ok(Outcome::of(found.counts.paragraphs))
}

fn note_nothing_found(args: &SearchArgs, search: &Search, console: &mut Console) -> Result<()> {
    query_args::note_nothing_found(search, console)?;
    if args.explain { Ok(()) } else { explain::note_why_nothing(search, console) }
}

fn order(args: &SearchArgs) -> quotable::Sort {
    match args.sort {
        None | Some(SearchSort::Relevance) => quotable::Sort::Relevance,
        Some(SearchSort::Date) => quotable::Sort::Date,
        Some(SearchSort::Oldest) => quotable::Sort::Oldest,
        Some(SearchSort::Authority) => quotable::Sort::Authority,
    }
}

/// True if the order or the groups of the hits go by their dates.
fn is_dated(args: &SearchArgs, search: &Search) -> bool {
    let is_by_year = args.group.as_ref().is_some_and(Facet::is_dated);
    let has_dates = || {
        let dating = search.dating();
        dating.undated < dating.reports
    };
    is_by_year
        || matches!(args.sort, Some(SearchSort::Date | SearchSort::Oldest))
        || (is_streamed(args) && has_dates())
}

/// True if hits are written as they are found, in report order, without sorting.
fn is_streamed(args: &SearchArgs) -> bool {
    // A sample and --all exclude each other.
    args.all && args.group.is_none() && matches!(args.sort, None | Some(SearchSort::Date))
}

fn hit_options(args: &SearchArgs, completeness: Completeness) -> HitOptions {
    let is_ranked = !is_streamed(args) && matches!(args.sort, None | Some(SearchSort::Relevance));
    HitOptions::default()
        .sentences(args.sentences)
        .full(args.full)
        .context(args.context > 0)
        .group(args.group.clone())
        .complete(completeness)
        .ranked(is_ranked)
}

/// The hits of one search as they are written.
struct SearchPage<'s> {
    args: &'s SearchArgs,
    /// The number that a random sample depends on.
    seed: u64,
    search: &'s Search,
    printer: HitPrinter<'s>,
    /// Where the first hit is.
    first: Option<Citation>,
}

impl SearchPage<'_> {
    /// Writes the hits asked for; returns how many of how many, in words and as counts.
    fn print_hits(&mut self) -> Result<(String, Counts)> {
        let args = self.args;
        if let Some(size) = args.sampling.sample {
            return self.print_sample(size);
        }
        let skipped = args.paging.skipped(args.limit);
        let mut shown = 0;
        let counts = if is_streamed(args) {
            let mut hits = self.search.every()?;
            let mut passed = 0;
            while let Some(hit) = hits.lend()? {
                if passed < skipped {
                    passed += 1;
                    continue;
                }
                self.print_hit(hit, None)?;
                shown += 1;
            }
            hits.counts()
        } else {
            let mut left = if args.all { usize::MAX } else { args.limit };
            let mut found = self.search.page(skipped, left.min(BATCH))?;
            loop {
                for hit in &found.hits {
                    self.print_hit(hit, None)?;
                    shown += 1;
                }
                left -= found.hits.len();
                match found.hits.last() {
                    Some(last) if left > 0 && found.hits.len() == BATCH => {
                        found = self.search.top_after(left.min(BATCH), &last.cursor)?
                    }
                    _ => break found.counts,
                }
            }
        };
        let summary = page_summary(skipped as u64, shown, &counts);
        let past = args.paging.past_the_last(args.limit, counts.paragraphs).filter(|_| shown == 0);
        Ok((past.map_or(summary.clone(), |past| format!("{summary}; {past}")), counts))
    }

    /// Writes a random sample; returns how many of how many, in words and as counts.
    fn print_sample(&mut self, size: usize) -> Result<(String, Counts)> {
        let seed = self.seed;
        let found = self.search.sample(size, seed)?;
        for hit in &found.hits {
            self.print_hit(hit, None)?;
        }
        let whole = summary(found.counts.paragraphs, &found.counts);
        Ok((query_args::sampled(found.hits.len() as u64, &whole, seed), found.counts))
    }

    /// Writes the groups asked for; returns how many of how many, in words and as counts.
    fn print_groups(&mut self, by: &Facet) -> Result<(String, Counts)> {
        let args = self.args;
        let (limit, each) = if args.all { (usize::MAX, usize::MAX) } else { (args.limit, DEFAULT_EACH) };
        let found = self.search.top_grouped(by.clone(), limit, args.each.unwrap_or(each))?;
        let mut shown = 0;
        for group in &found.groups {
            self.printer.group(by, group)?;
            for hit in &group.hits {
                self.print_hit(hit, Some(group))?;
                shown += 1;
            }
        }
        let (shown_groups, paragraphs) = (found.groups.len() as u64, summary(shown, &found.counts));
        let groups = counted(found.all, "groups");
        let remark = if shown_groups < found.all {
            let paragraphs = paragraphs.strip_prefix("showing ").unwrap_or(&paragraphs);
            format!("showing {} of {groups} with {paragraphs}", grouped(shown_groups))
        } else {
            format!("{paragraphs}, {groups}")
        };
        Ok((remark, found.counts))
    }

    fn print_hit(&mut self, hit: &Hit, group: Option<&Group>) -> Result<()> {
        if self.first.is_none() {
            self.first = Some(hit.citation.clone());
        }
        let neighbours = match self.args.context {
            0 => Vec::new(),
            n => self.search.snapshot().around(&hit.id, n)?,
        };
        Ok(self.printer.hit(&HitInContext::among(hit, &neighbours).in_group(group))?)
    }
}

/// How many paragraphs were found, and which of them are shown.
fn page_summary(skipped: u64, shown: u64, counts: &Counts) -> String {
    let whole = summary(counts.paragraphs, counts);
    match (skipped, shown) {
        (0, _) => summary(shown, counts),
        (_, 0) => format!("showing none of {whole}"),
        _ => format!("showing {} to {} of {whole}", grouped(skipped + 1), grouped(skipped + shown)),
    }
}
