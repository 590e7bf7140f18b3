//! Which of the arguments typed are options with their values, and which stand alone.

use clap::{Arg, Command};

/// The arguments of a command, sorted out without the argument parser, which has refused them.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The command, with the command under it: `index verify`.
    pub(super) command: Option<String>,
    /// The arguments that belong to no option.
    pub(super) plain: Vec<String>,
    /// Options and their values.
    pub(super) options: Vec<String>,
}

impl Words {
    /// Sorts out the arguments that were `typed` after the name of the program.
    pub(super) fn new(program: &Command, typed: &[String]) -> Self {
        let mut words = Self::default();
        let mut command = program;
        let mut names = Vec::new();
        let mut rest = typed.iter();
        while let Some(argument) = rest.next() {
            if argument == "--" {
                words.plain.extend(rest.cloned());
                break;
            }
            if argument.len() > 1 && argument.starts_with('-') {
                words.options.push(argument.clone());
                if takes_next(&[program, command], argument) {
                    words.options.extend(rest.next().cloned());
                }
            } else if let Some(inner) = command.find_subcommand(argument).filter(|_| words.plain.is_empty()) {
                command = inner;
                names.push(argument.as_str());
            } else {
                words.plain.push(argument.clone());
            }
        }
        words.command = (!names.is_empty()).then(|| names.join(" "));
        words
    }
}

/// True if an option takes the next argument as its value.
fn takes_next(commands: &[&Command], option: &str) -> bool {
    let is_it = |argument: &&Arg| match option.strip_prefix("--") {
        Some(long) => argument.get_long_and_visible_aliases().is_some_and(|all| all.contains(&long)),
        None => {
            // A value may follow in the same argument, as in -n5.
            argument.get_short().is_some_and(|short| option.strip_prefix('-') == Some(&short.to_string()))
        }
    };
    let found = commands.iter().find_map(|command| command.get_arguments().find(is_it));
    found.is_some_and(|argument| argument.get_action().takes_values())
}
