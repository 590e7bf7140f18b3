//! What the arguments ask, as a search of the library.

use quotable::query::{self, Field, Query};
use quotable::{Boilerplate, CodeBook, Search, SearchOptions};

use crate::args::{Asking, Filters, Part, Scope};
use crate::error::{Error, Result};
use crate::render::number::counted;
use crate::session::Session;
use crate::shelf;

/// Opens the index and prepares the search. `scope` is the unit of a conjunction where none is asked for.
pub(crate) fn search(
    asking: &Asking,
    scope: Scope,
    sort: quotable::Sort,
    session: &Session,
) -> Result<Search> {
    let query = filtered(asking)?;
    one_query(asking)?;
    let book = book(&asking.filters)?;
    // A name that stands for nothing is said before anything is read.
    book.resolve(&query)?;
    let shelf = shelf::find(&asking.place, &asking.refreshing, session)?;
    let options = shelf.place.narrow(options(asking, scope)).codebook(book).sort(sort);
    Ok(shelf.index.search_with(&query, &options)?)
}

/// A query of several words that was not quoted has its second word taken for the folder.
fn one_query(asking: &Asking) -> Result<()> {
    match &asking.place.path {
        Some(path) if !path.exists() => {
            let error = Error::new(format!("there is no file or folder {}", path.display()));
            Err(error
                .cure("a query of more than one word stands in one pair of quotation marks: 'care leavers'"))
        }
        _ => Ok(()),
    }
}

/// The query as it was typed, and what the options add to it.
fn filtered(asking: &Asking) -> Result<Query> {
    let query: Query = asking.query.parse()?;
    Ok(filters(&asking.filters).fold(query, Query::and))
}

/// What the options alone ask for; `None` if they ask for nothing.
pub(crate) fn filter(args: &Filters) -> Option<Query> {
    filters(args).reduce(Query::and)
}

fn filters(args: &Filters) -> impl Iterator<Item = Query> {
    let named = [(Field::Authority, &args.authority), (Field::Theme, &args.theme)];
    let named = named.into_iter().filter_map(|(field, value)| Some(Query::filter(field, value.as_ref()?)));
    let (from, to) = (args.from.as_deref(), args.to.as_deref());
    let dates = (from.is_some() || to.is_some()).then(|| Query::range(Field::Date, from, to));
    named.chain(dates)
}

/// The code book that the options name, or the one built in.
pub(crate) fn book(args: &Filters) -> Result<CodeBook> {
    Ok(match &args.codebook {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    })
}

fn options(asking: &Asking, unasked: Scope) -> SearchOptions {
    SearchOptions::default()
        .tables(asking.include.contains(&Part::Tables))
        .notes(asking.include.contains(&Part::Notes))
        .boilerplate(if asking.no_boilerplate { Boilerplate::Exclude } else { Boilerplate::Include })
        .scope(match asking.scope.unwrap_or(unasked) {
            Scope::Sentence => query::Scope::Sentence,
            Scope::Paragraph => query::Scope::Paragraph,
            Scope::Theme => query::Scope::Theme,
            Scope::Report => query::Scope::Report,
        })
}

/// Says that nothing was found, and among how much.
pub(crate) fn nothing(search: &Search, session: &Session) -> Result<()> {
    let all = search.extent()?;
    let among = format!("{} of {}", counted(all.paragraphs, "paragraphs"), counted(all.reports, "reports"));
    session.note(format!("nothing found in {among}"));
    Ok(())
}
