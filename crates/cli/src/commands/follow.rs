//! `quotable follow`.

use quotable::SearchOptions;
use quotable::follow::{Concepts, Model, PairsError, follow, pairs};
use quotable_export::follow::{FollowView, write};

use crate::args::FollowArgs;
use crate::commands::query_args;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::AnalysisLine;
use crate::render::follow as text;

pub(super) fn run(args: &FollowArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let snapshot = corpus.index.snapshot();
    let book = query_args::code_book_of(args.codebook.as_deref())?;
    let line = AnalysisLine::new(console.environment.message_width);
    let options = line.follows(SearchOptions::default());
    let pairs =
        pairs(&snapshot, &args.target, &corpus.location.restrict(options.clone())).map_err(refused)?;
    let mut model = Model::learn(&snapshot, &options)?;
    let concepts = Concepts::learn(&book, &snapshot, &options)?;
    let mut answers = Vec::new();
    for pair in &pairs {
        let paths = (pair.earlier.path.as_str(), pair.later.path.as_str());
        let answer = follow(&snapshot, &mut model, &concepts, paths, None, &options)?;
        if answer.followed.is_empty() {
            console.note(format!("{} asks for nothing under a heading that is known", pair.earlier.path));
        } else {
            answers.push((pair, answer));
        }
    }
    drop(line);
    let views: Vec<_> = answers
        .iter()
        .map(|(pair, answer)| FollowView { answer, earlier: &pair.earlier.name, later: &pair.later.name })
        .collect();
    match args.output.export_format() {
        Some(format) => write(&mut console.out, format, &views, (&corpus.index.status()).into())?,
        None => views.iter().try_for_each(|view| text::write(&mut console.page(), view))?,
    }
    Ok(Outcome::of(views.len() as u64))
}

/// The error of a target that nothing follows, with its cure.
fn refused(error: PairsError) -> Error {
    let what = error.to_string();
    match error {
        PairsError::Index(error) => error.into(),
        PairsError::UnknownTarget(_) => Error::new(what)
            .cure("give a name as quotable reports lists it, or more of the path of the report"),
        PairsError::UnknownAuthority(_) => {
            Error::new(what).cure("give it in a table with the columns path and authority: --metadata FILE")
        }
        _ => Error::new(what)
            .cure("put the next report into the folder too; quotable reports lists what is there"),
    }
}
