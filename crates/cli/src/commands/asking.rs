//! What the arguments ask, as a search of the library.

use quotable::query::{self, Field, Query};
use quotable::{Boilerplate, CodeBook, Search, SearchOptions};

use crate::args::{Asking, Part, Scope};
use crate::error::Result;
use crate::render::number::counted;
use crate::session::Session;
use crate::shelf;

/// Opens the index and prepares the search.
pub(crate) fn search(asking: &Asking, sort: quotable::Sort, session: &Session) -> Result<Search> {
    let query = filtered(asking)?;
    let book = match &asking.codebook {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    };
    // A name that stands for nothing is said before anything is read.
    book.resolve(&query)?;
    let shelf = shelf::find(&asking.place, &asking.refreshing, session)?;
    let options = shelf.place.narrow(options(asking)).codebook(book).sort(sort);
    Ok(shelf.index.search_with(&query, &options)?)
}

/// The query as it was typed, and what the options add to it.
fn filtered(asking: &Asking) -> Result<Query> {
    let mut query: Query = asking.query.parse()?;
    for (field, value) in [(Field::Authority, &asking.authority), (Field::Theme, &asking.theme)] {
        if let Some(value) = value {
            query = query.and(Query::filter(field, value));
        }
    }
    if asking.from.is_some() || asking.to.is_some() {
        query = query.and(Query::range(Field::Date, asking.from.as_deref(), asking.to.as_deref()));
    }
    Ok(query)
}

fn options(asking: &Asking) -> SearchOptions {
    SearchOptions::default()
        .tables(asking.include.contains(&Part::Tables))
        .notes(asking.include.contains(&Part::Notes))
        .boilerplate(if asking.no_boilerplate { Boilerplate::Exclude } else { Boilerplate::Include })
        .scope(match asking.scope {
            Some(Scope::Sentence) => query::Scope::Sentence,
            None | Some(Scope::Paragraph) => query::Scope::Paragraph,
            Some(Scope::Theme) => query::Scope::Theme,
            Some(Scope::Report) => query::Scope::Report,
        })
}

/// Says that nothing was found, and among how much.
pub(crate) fn nothing(search: &Search, session: &Session) -> Result<()> {
    let all = search.extent()?;
    let among = format!("{} of {}", counted(all.paragraphs, "paragraphs"), counted(all.reports, "reports"));
    session.note(format!("nothing found in {among}"));
    Ok(())
}
