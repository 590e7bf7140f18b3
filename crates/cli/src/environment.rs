//! What the command takes from its surroundings. The libraries take nothing.

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use terminal_size::Width;

use crate::args::Color;

/// Where the command runs and what it writes to.
#[derive(Debug)]
pub(crate) struct Environment {
    /// Whether results may bear colour.
    pub(crate) color: bool,
    /// Columns for results.
    pub(crate) width: usize,
    /// Whether results go to a terminal, so that lines must fit.
    pub(crate) terminal: bool,
    /// Columns for messages; `None` if nobody watches them.
    pub(crate) watched: Option<usize>,
    /// The user's home folder.
    pub(crate) home: Option<PathBuf>,
    /// Where this command may keep what it can make again.
    pub(crate) cache: Option<PathBuf>,
}

/// Where there is no terminal to ask.
const WIDTH: usize = 80;

impl Environment {
    pub(crate) fn new(color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        let home = env::home_dir().filter(|home| home.is_absolute());
        Self {
            terminal,
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => {
                    terminal && !is_set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb")
                }
            },
            width: if terminal { columns(terminal_size::terminal_size_of(io::stdout())) } else { WIDTH },
            watched: io::stderr()
                .is_terminal()
                .then(|| columns(terminal_size::terminal_size_of(io::stderr()))),
            cache: cache(home.as_deref()),
            home,
        }
    }
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn columns(size: Option<(Width, terminal_size::Height)>) -> usize {
    // Narrower than this, words no longer fit and nothing is won by wrapping.
    size.map_or(WIDTH, |(Width(width), _)| usize::from(width).max(30))
}

fn cache(home: Option<&Path>) -> Option<PathBuf> {
    // A relative one is to be ignored: XDG Base Directory Specification.
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    Some(named.or_else(|| Some(home?.join(".cache")))?.join("quotable"))
}
