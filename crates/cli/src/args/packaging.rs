//! The arguments of `quotable completions` and `quotable man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::aot::Shell;

use super::TEMPLATE;

/// Print a script that completes commands and options in a shell
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  quotable completions bash > ~/.local/share/bash-completion/completions/quotable
  quotable completions zsh > ~/.zfunc/_quotable           with ~/.zfunc in $fpath
  quotable completions fish > ~/.config/fish/completions/quotable.fish
  quotable completions powershell >> $PROFILE";

/// Print the manual page, or write the pages of all commands to a folder
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = MAN_EXAMPLES)]
pub(crate) struct ManArgs {
    /// Write a page for each command to this folder, which is created if need be [default: print the main page]
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}

const MAN_EXAMPLES: &str = "\
Examples:
  quotable man | man -l -                         read the manual
  quotable man ~/.local/share/man/man1            install it, for man quotable-search";

/// Print the help of a command, or a topic: query, fields, profiles, codebook
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = HELP_EXAMPLES)]
pub(crate) struct HelpArgs {
    /// A command or a topic [default: the commands]
    #[arg(value_name = "TOPIC")]
    pub(crate) topic: Vec<String>,
}

const HELP_EXAMPLES: &str = "\
Examples:
  quotable help query                             how to write a query
  quotable help fields                            filters: authority:, date:, grade: and the others
  quotable help profiles                          how reports are read, and how to teach it new ones
  quotable help codebook                          names for queries
  quotable help search                            the options of a command";
