//! `quotable search`.

use quotable::query::{Field, Query};
use quotable::{Counts, Hit, Search, SearchOptions};

use crate::args::{self, Format, Part, Sort};
use crate::error::Result;
use crate::render::hits::{self, summary};
use crate::render::jsonl;
use crate::render::number::counted;
use crate::render::page::Page;
use crate::render::record::HitRecord;
use crate::session::{Outcome, Session};
use crate::shelf;

pub(crate) fn run(args: &args::Search, session: &mut Session) -> Result<Outcome> {
    let query = filtered(args)?;
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let search = shelf.index.search_with(&shelf.place.narrow(query), &options(args))?;
    let (shown, counts) = show(args, &search, session)?;
    if counts.paragraphs == 0 {
        let status = shelf.index.status();
        let among =
            format!("{} of {}", counted(status.paragraphs, "paragraphs"), counted(status.reports, "reports"));
        session.note(format!("nothing found in {among}"));
    } else if args.format == Format::Text {
        use std::io::Write as _;
        writeln!(session.out, "{}", summary(shown, &counts))?;
    } else if shown < counts.paragraphs {
        session.note(summary(shown, &counts));
    }
    Ok(Outcome::of(counts.paragraphs))
}

/// The query as it was typed, and what the options add to it.
fn filtered(args: &args::Search) -> Result<Query> {
    let mut query: Query = args.query.parse()?;
    for (field, value) in [(Field::Authority, &args.authority), (Field::Theme, &args.theme)] {
        if let Some(value) = value {
            query = query.and(Query::filter(field, value));
        }
    }
    if args.from.is_some() || args.to.is_some() {
        query = query.and(Query::range(Field::Date, args.from.as_deref(), args.to.as_deref()));
    }
    Ok(query)
}

fn options(args: &args::Search) -> SearchOptions {
    SearchOptions::default()
        .sort(match args.sort {
            None | Some(Sort::Relevance) => quotable::Sort::Relevance,
            Some(Sort::Date) => quotable::Sort::Date,
            Some(Sort::Authority) => quotable::Sort::Authority,
        })
        .tables(args.include.contains(&Part::Tables))
        .notes(args.include.contains(&Part::Notes))
}

/// Shows the hits asked for; gives how many, and how many there are.
fn show(args: &args::Search, search: &Search, session: &mut Session) -> Result<(u64, Counts)> {
    let mut page = Page::new(&mut session.out, &session.environment);
    let streams = args.all && matches!(args.sort, None | Some(Sort::Date));
    let mut shown = 0;
    let mut one = |hit: &Hit, ranked: bool| {
        shown += 1;
        match args.format {
            Format::Text => hits::hit(&mut page, hit)?,
            Format::Jsonl => jsonl::line(page.out, &HitRecord::new(hit, ranked))?,
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
