//! `quotable completions` and `quotable man`: made from the arguments, so that they cannot be out of date.

use std::fs;
use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::aot;
use clap_mangen::Man;

use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::outcome::Outcome;

pub(super) fn completions(args: &CompletionsArgs, console: &mut Console) -> Result<Outcome> {
    // clap panics where it cannot write, so the script goes through memory: a closed pipe is no panic.
    let mut script = Vec::new();
    aot::generate(args.shell, &mut without_hidden_commands(&Args::command()), "quotable", &mut script);
    console.out.write_all(&script)?;
    Ok(Outcome::Found)
}

pub(super) fn man(args: &ManArgs, console: &mut Console) -> Result<Outcome> {
    match &args.folder {
        Some(folder) => {
            let written = fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(with_examples_at_end(Args::command()), folder));
            written.map_err(|error| {
                let what = format!("the manual cannot be written to {}: {error}", folder.display());
                Error::new(what).cure("give another folder")
            })?;
        }
        None => Man::new(with_examples_at_end(Args::command())).render(&mut console.out)?,
    }
    Ok(Outcome::Found)
}

/// The same command line for completions, which offer hidden commands too.
fn without_hidden_commands(command: &clap::Command) -> clap::Command {
    let visible = command.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    clap::Command::new("quotable")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .args(command.get_arguments().cloned())
        .subcommands(visible)
}

/// Moves the examples behind the options: manual pages leave out the text before the usage.
fn with_examples_at_end(command: clap::Command) -> clap::Command {
    let texts = [command.get_before_help(), command.get_after_help()].into_iter().flatten();
    let text = texts.map(ToString::to_string).collect::<Vec<_>>().join("\n\n");
    command.after_help(text).mut_subcommands(with_examples_at_end)
}
