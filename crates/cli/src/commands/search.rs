//! `quotable search`.

use quotable::{Counts, Hit, Search};

use crate::args::{self, Format, Sort};
use crate::commands::{asking, explain};
use crate::error::Result;
use crate::render::hits::{self, summary};
use crate::render::jsonl;
use crate::render::page::Page;
use crate::render::record::HitRecord;
use crate::session::{Outcome, Session};

pub(crate) fn run(args: &args::Search, session: &mut Session) -> Result<Outcome> {
    let (shelf, search) = asking::search(&args.asking, order(args), session)?;
    if args.explain {
        explain::whole(&search, session)?;
    }
    let (shown, counts) = show(args, &search, session)?;
    if counts.paragraphs == 0 {
        asking::nothing(&shelf, session);
        if !args.explain {
            explain::why_nothing(&search, session)?;
        }
    } else if args.format == Format::Text {
        use std::io::Write as _;
        writeln!(session.out, "{}", summary(shown, &counts))?;
    } else if shown < counts.paragraphs {
        session.note(summary(shown, &counts));
    }
    Ok(Outcome::of(counts.paragraphs))
}

fn order(args: &args::Search) -> quotable::Sort {
    match args.sort {
        None | Some(Sort::Relevance) => quotable::Sort::Relevance,
        Some(Sort::Date) => quotable::Sort::Date,
        Some(Sort::Authority) => quotable::Sort::Authority,
    }
}

/// Shows the hits asked for; gives how many, and how many there are.
fn show(args: &args::Search, search: &Search, session: &mut Session) -> Result<(u64, Counts)> {
    let mut page = Page::new(&mut session.out, &session.environment);
    let complete = search.provenance().complete;
    let streams = args.all && matches!(args.sort, None | Some(Sort::Date));
    let mut shown = 0;
    let mut one = |hit: &Hit, ranked: bool| {
        shown += 1;
        match args.format {
            Format::Text => hits::hit(&mut page, hit)?,
            Format::Jsonl => jsonl::line(page.out, &HitRecord::new(hit, ranked, complete))?,
        }
        Result::Ok(())
    };
    let counts = if streams {
        for hit in search.every()? {
            one(&hit?, false)?;
        }
        search.count()?
    } else {
        let most = if args.all {
            usize::try_from(search.count()?.paragraphs).unwrap_or(usize::MAX)
        } else {
            args.max
        };
        let found = search.top(most)?;
        let ranked = matches!(args.sort, None | Some(Sort::Relevance));
        for hit in &found.hits {
            one(hit, ranked)?;
        }
        found.counts
    };
    Ok((shown, counts))
}
