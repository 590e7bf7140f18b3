//! `quotable search`.

use quotable::{Counts, Group, Hit, Search};

use crate::args::{self, Format, Scope, Sort};
use crate::commands::{asking, explain};
use crate::error::Result;
use crate::render::chunks;
use crate::render::hits::{Shown, Style, Writer, summary};
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::session::{Outcome, Session};

/// How many hits are held at once where they are not given as they are found; the search is run again for more.
const HELD: usize = 1 << 15;
/// How many hits of each group are shown unasked.
const EACH: usize = 3;

pub(crate) fn run(args: &args::Search, session: &mut Session) -> Result<Outcome> {
    let search = asking::search(&args.asking, unit_scope(args), order(args), session)?;
    if args.explain {
        explain::whole(&search, session)?;
    }
    if args.unit.is_some() {
        return chunks(args, &search, session);
    }
    let style = style(args, search.provenance().complete);
    let mut desk = Desk { args, search: &search, writer: Writer::begin(session, style)? };
    let (said, counts) = if args.group.is_some() { desk.groups()? } else { desk.hits()? };
    desk.writer.end()?;
    if counts.paragraphs == 0 {
        nothing(args, &search, session)?;
    } else if args.output.format == Format::Text && args.citing.cite.is_none() {
        Page::new(&mut session.out, &session.environment).said(&said)?;
    } else if said.starts_with("showing") {
        session.note(said);
    }
    Ok(Outcome::of(counts.paragraphs))
}

/// Where a theme chunk is found, it is enough that all stands in it.
fn unit_scope(args: &args::Search) -> Scope {
    if args.unit.is_some() { Scope::Theme } else { Scope::Paragraph }
}

/// Shows theme chunks.
fn chunks(args: &args::Search, search: &Search, session: &mut Session) -> Result<Outcome> {
    let found = search.top_chunks(if args.all { usize::MAX } else { args.limit })?;
    let args::Output { format, raw } = args.output;
    let complete = search.provenance().complete;
    let style = chunks::Style { format, raw, complete, whole: false };
    let mut writer = chunks::Writer::begin(session, style)?;
    for chunk in &found.chunks {
        writer.chunk(chunk)?;
    }
    let (shown, all) = (found.chunks.len() as u64, counted(found.all, "theme chunks"));
    let some = if shown < found.all { format!("showing {} of ", grouped(shown)) } else { String::new() };
    let said = format!("{some}{all}: {}", summary(found.counts.paragraphs, &found.counts));
    if found.counts.paragraphs == 0 {
        nothing(args, search, session)?;
    } else if format == Format::Text {
        Page::new(&mut session.out, &session.environment).said(&said)?;
    } else if shown < found.all {
        session.note(said);
    }
    Ok(Outcome::of(found.counts.paragraphs))
}

fn nothing(args: &args::Search, search: &Search, session: &mut Session) -> Result<()> {
    asking::nothing(search, session)?;
    if args.explain { Ok(()) } else { explain::why_nothing(search, session) }
}

fn order(args: &args::Search) -> quotable::Sort {
    match args.sort {
        None | Some(Sort::Relevance) => quotable::Sort::Relevance,
        Some(Sort::Date) => quotable::Sort::Date,
        Some(Sort::Authority) => quotable::Sort::Authority,
    }
}

/// True if hits are given as they are found.
fn streams(args: &args::Search) -> bool {
    args.all && args.group.is_none() && matches!(args.sort, None | Some(Sort::Date))
}

fn style(args: &args::Search, complete: bool) -> Style {
    Style {
        format: args.output.format,
        raw: args.output.raw,
        cite: args.citing.cite,
        sentences: args.sentences,
        context: args.context > 0,
        group: args.group,
        complete,
        ranked: !streams(args) && matches!(args.sort, None | Some(Sort::Relevance)),
    }
}

/// Where hits are laid out.
struct Desk<'s> {
    args: &'s args::Search,
    search: &'s Search,
    writer: Writer<'s>,
}

impl Desk<'_> {
    /// Shows the hits asked for; says how many of how many.
    fn hits(&mut self) -> Result<(String, Counts)> {
        let mut shown = 0;
        let counts = if streams(self.args) {
            for hit in self.search.every()? {
                self.hit(&hit?, None)?;
                shown += 1;
            }
            self.search.count()?
        } else {
            let mut left = if self.args.all { usize::MAX } else { self.args.limit };
            let mut found = self.search.top(left.min(HELD))?;
            loop {
                for hit in &found.hits {
                    self.hit(hit, None)?;
                    shown += 1;
                }
                left -= found.hits.len();
                match found.hits.last() {
                    Some(last) if left > 0 && found.hits.len() == HELD => {
                        found = self.search.top_after(left.min(HELD), &last.cursor)?
                    }
                    _ => break found.counts,
                }
            }
        };
        Ok((summary(shown, &counts), counts))
    }

    /// Shows the groups asked for; says how many of how many.
    fn groups(&mut self) -> Result<(String, Counts)> {
        let args = self.args;
        let Some(by) = args.group else { return self.hits() };
        let (most, each) = if args.all { (usize::MAX, usize::MAX) } else { (args.limit, EACH) };
        let found = self.search.top_grouped(by, most, args.each.unwrap_or(each))?;
        let mut shown = 0;
        for group in &found.groups {
            self.writer.group(group)?;
            for hit in &group.hits {
                self.hit(hit, Some(group))?;
                shown += 1;
            }
        }
        let (some, paragraphs) = (found.groups.len() as u64, summary(shown, &found.counts));
        let groups = counted(found.all, "groups");
        let said = if some < found.all {
            let with = paragraphs.strip_prefix("showing ").unwrap_or(&paragraphs);
            format!("showing {} of {groups} with {with}", grouped(some))
        } else {
            format!("{paragraphs}, {groups}")
        };
        Ok((said, found.counts))
    }

    fn hit(&mut self, hit: &Hit, group: Option<&Group>) -> Result<()> {
        let around = match self.args.context {
            0 => Vec::new(),
            n => self.search.snapshot().around(&hit.id, n)?,
        };
        self.writer.hit(&Shown { group, ..Shown::among(hit, &around) })
    }
}
