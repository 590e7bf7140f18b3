//! `quotable similar`.

use quotable::SearchOptions;
use quotable::follow::{Model, similar};
use quotable_export::similar::write;

use crate::args::SimilarArgs;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::AnalysisLine;
use crate::render::similar as text;

pub(super) fn run(args: &SimilarArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let snapshot = corpus.index.snapshot();
    let paragraph = snapshot.paragraph(&args.target)?;
    if paragraph.is_none() && !args.target.trim().contains(char::is_whitespace) {
        let what = format!("“{}” is not the id of a paragraph, and too short for a text", args.target);
        return Err(Error::new(what)
            .cure("give the id below a result of quotable search, or a sentence in quotation marks"));
    }
    let options = corpus.location.restrict(SearchOptions::default());
    corpus.search_all(&options)?;
    let line = AnalysisLine::new(console.environment.message_width);
    let mut model = Model::learn(&snapshot, &line.follows(SearchOptions::default()))?;
    let (words, without) = match &paragraph {
        Some(hit) => (hit.text.as_str(), Some(&hit.id)),
        None => (args.target.as_str(), None),
    };
    let answer = similar(&snapshot, &mut model, words, without, args.limit, &line.follows(options))?;
    drop(line);
    match args.output.export_format() {
        Some(format) => write(&mut console.out, format, &answer, (&corpus.index.status()).into())?,
        None => text::write(&mut console.page(), &answer)?,
    }
    Ok(Outcome::of((answer.copies.len() + answer.alike.len()) as u64))
}
