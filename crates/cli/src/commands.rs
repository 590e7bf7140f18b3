//! Each command: its arguments, one call to the library, a renderer.

mod check;
mod codebook;
mod collocates;
mod compare;
mod count;
#[cfg(feature = "pdf")]
pub(crate) mod draw_worker;
mod explain;
mod export;
mod follow;
mod help;
mod index;
mod keywords;
mod kwic;
mod packaging;
mod profile;
mod query_args;
pub(crate) mod read_worker;
mod reading;
mod reports;
mod run;
mod search;
mod serve;
mod show;
mod similar;
mod themes;
mod translate;
mod trend;
mod words;

use crate::args::Command;
use crate::console::Console;
use crate::error::Result;
use crate::outcome::Outcome;

/// Runs any command but the worker, which must not share standard output with a console.
pub(crate) fn run(command: &Command, console: &mut Console) -> Result<Outcome> {
    match command {
        Command::Search(args) => search::run(args, console),
        Command::Count(args) => count::run(args, console),
        Command::Kwic(args) => kwic::run(args, console),
        Command::Collocates(args) => collocates::run(args, console),
        Command::Keywords(args) => keywords::run(args, console),
        Command::Words(args) => words::run(&args.vocabulary, 1..=1, console),
        Command::Ngrams(args) => words::run(&args.vocabulary, args.words.clone(), console),
        Command::Trend(args) => trend::run(args, console),
        Command::Show(args) => show::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Compare(args) => compare::run(args, console),
        Command::Similar(args) => similar::run(args, console),
        Command::Follow(args) => follow::run(args, console),
        Command::Themes(args) => themes::run(args, console),
        Command::Run(args) => run::run(args, console),
        Command::Export(args) => export::run(args, console),
        Command::Translate(args) => translate::run(args, console),
        Command::Codebook(args) => codebook::run(args, console),
        Command::Reports(args) => reports::run(args, console),
        Command::Serve(args) => serve::run(args, console),
        Command::Index(args) => index::run(args, console),
        Command::Profile(args) => profile::run(args, console),
        Command::Help(args) => help::run(args, console),
        Command::Completions(args) => packaging::completions(args, console),
        Command::Man(args) => packaging::man(args, console),
        Command::ReadWorker(args) => read_worker::run(args),
        #[cfg(feature = "pdf")]
        Command::DrawWorker(args) => draw_worker::run(args),
    }
}
