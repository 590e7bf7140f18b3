//! One run of the command: where it writes, and how it ends.

use std::io::{self, BufWriter, StdoutLock, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use crate::args::{Args, Command};
use crate::commands;
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::render::safe::safe;

/// Results go to `out`, everything else through [`note`](Self::note).
pub(crate) struct Session {
    pub(crate) out: BufWriter<StdoutLock<'static>>,
    pub(crate) environment: Environment,
}

/// Whether there was anything to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Found,
    Nothing,
}

impl Outcome {
    pub(crate) fn of(count: u64) -> Self {
        if count > 0 { Self::Found } else { Self::Nothing }
    }
}

impl Session {
    /// Says something beside the results. Of any origin: it is made safe to show.
    pub(crate) fn note(&self, text: impl AsRef<str>) {
        say(&format!("note: {}", safe(text.as_ref())));
    }
}

/// A line to the standard error. That nobody reads it is no reason to stop.
fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Runs a command; the exit status is 0 if anything was found, 1 if nothing was, 2 on an error.
pub(crate) fn run(args: &Args) -> ExitCode {
    // It writes from a thread of its own, so the output is not held here.
    if let Command::ReadWorker(args) = &args.command {
        return end(commands::read_worker::run(args));
    }
    let out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
    let mut session = Session { out, environment: Environment::new(args.color) };
    let ended = guarded(|| match &args.command {
        Command::Search(args) => commands::search::run(args, &mut session),
        Command::Count(args) => commands::count::run(args, &mut session),
        Command::Kwic(args) => commands::kwic::run(args, &mut session),
        Command::Show(args) => commands::show::run(args, &mut session),
        Command::Check(args) => commands::check::run(args, &mut session),
        Command::Themes(args) => commands::themes::run(args, &mut session),
        Command::Run(args) => commands::run::run(args, &mut session),
        Command::Reports(args) => commands::reports::run(args, &mut session),
        Command::Index(args) => commands::index::run(args, &mut session),
        Command::ReadWorker(_) => Ok(Outcome::Nothing),
    });
    let flushed = session.out.flush().map_err(Error::from);
    end(ended.and_then(|outcome| flushed.map(|()| outcome)))
}

/// Files of an index that are damaged can have the engine panic where it reads them.
fn guarded(run: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
    // What it would print is not fit to be shown: it can hold anything that stands in the index.
    std::panic::set_hook(Box::new(|_| {}));
    let ran = catch_unwind(AssertUnwindSafe(run));
    let _ = std::panic::take_hook();
    ran.unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str);
        let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Err(Error::new(format!("something failed that should not ({what})")).cure(
            "quotable index verify says whether the index is damaged, quotable index rebuild makes it anew; if it \
             is sound, please report this",
        ))
    })
}

/// Shows help to those who ask for it, and says to others what of their arguments is not understood: these may hold
/// anything.
pub(crate) fn misunderstood(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // That nobody reads it is no reason to fail.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let shown = error.to_string();
    let lines: Vec<_> = shown.lines().map(safe).collect();
    say(&lines.join("\n"));
    ExitCode::from(2)
}

fn end(ended: Result<Outcome>) -> ExitCode {
    match ended {
        // A closed pipe is what `head` does: it has what it wanted.
        Ok(Outcome::Found) | Err(Error::Closed) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) => {
            say(&error.to_string());
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
            guarded(|| std::panic::resume_unwind(Box::new("the gate is gone"))).unwrap_err().to_string();
        assert!(error.contains("(the gate is gone)") && error.contains("quotable index verify"), "{error}");
    }
}
