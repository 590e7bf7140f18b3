//! The `quotable` command: arguments, one call to the library, a renderer.

mod args;
mod commands;
mod console;
mod environment;
mod error;
mod index_owner;
mod inspectorates;
mod location;
mod open_corpus;
mod outcome;
mod output;
mod pager;
mod progress;
mod render;
mod shell;
mod usage;
mod viewer;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser as _;
use quotable_export::escape::escape;

use crate::args::{Args, Command};
use crate::console::{Console, write_message};
use crate::error::{Error, Result};
use crate::outcome::Outcome;

fn main() -> ExitCode {
    if let Some(error) = usage::glued(&typed()) {
        return exit_code(Err(error));
    }
    match Args::try_parse() {
        Ok(mut args) => match args.follow_output_name() {
            Ok(note) => run(&args, note),
            Err(error) => exit_code(Err(error)),
        },
        Err(error) => usage_error(&error),
    }
}

/// Runs a command. The exit status is 0 if anything was found, 1 if nothing was, 2 on an error.
/// `note` is said beside the results.
fn run(args: &Args, note: Option<String>) -> ExitCode {
    // The worker writes from its own thread, so it must not find standard output locked by this one.
    if let Command::ReadWorker(args) = &args.command {
        return exit_code(commands::read_worker::run(args));
    }
    #[cfg(feature = "pdf")]
    if let Command::DrawWorker(args) = &args.command {
        return exit_code(commands::draw_worker::run(args));
    }
    let mut console = match Console::new(args) {
        Ok(console) => console,
        Err(error) => return exit_code(Err(error)),
    };
    note.into_iter().for_each(|note| console.note(note));
    let outcome = catch_panic(|| commands::run(&args.command, &mut console));
    let finished = console.finish(outcome.is_ok());
    let outcome = outcome.map_err(|error| error.in_option_words(&args.command.option_words()));
    exit_code(outcome.and_then(|outcome| finished.map(|()| outcome)))
}

/// Turns a panic into an error: tantivy panics on some damaged index files.
fn catch_panic(run: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
    // The default hook prints the message unescaped, and it may quote text of the index.
    std::panic::set_hook(Box::new(|_| {}));
    let ran = catch_unwind(AssertUnwindSafe(run));
    let _ = std::panic::take_hook();
    ran.unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Err(Error::new(format!("quotable failed unexpectedly ({message})")).cure(
            "run quotable index verify to see whether the index is damaged, and quotable index rebuild to repair it; \
             if the index is sound, please report this as a bug",
        ))
    })
}

/// Prints help to those who asked for it; for anything else, says what is wrong with the arguments. These are
/// escaped first, for they may hold anything.
fn usage_error(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is no reason to fail.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if let Some(error) = usage::explain(error, &typed()) {
        write_message(&error.to_string());
        return ExitCode::from(2);
    }
    let message = error.to_string();
    let lines: Vec<_> = message.lines().map(escape).collect();
    write_message(&lines.join("\n"));
    ExitCode::from(2)
}

/// The arguments after the name of the program.
fn typed() -> Vec<String> {
    std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect()
}

fn exit_code(outcome: Result<Outcome>) -> ExitCode {
    match outcome {
        // `head` closes the pipe once it has enough: that is success.
        Ok(Outcome::Found) | Err(Error::Closed) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) => {
            write_message(&error.to_string());
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_a_cure() {
        let error =
            catch_panic(|| std::panic::resume_unwind(Box::new("the gate is gone"))).unwrap_err().to_string();
        assert!(error.contains("(the gate is gone)") && error.contains("quotable index verify"), "{error}");
    }
}
