//! What the command takes from its surroundings: terminal, NO_COLOR, home, cache. The libraries read none of these.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use quotable::worker::NEEDED_VARIABLES;
use terminal_size::{Height, Width};

use crate::args::Color;

/// Where the command runs and what it writes to.
#[derive(Debug)]
pub(crate) struct Environment {
    /// Whether results are coloured.
    pub(crate) color: bool,
    /// Columns for results.
    pub(crate) width: usize,
    /// Whether results go to a terminal, so that lines must fit its width.
    pub(crate) is_terminal: bool,
    /// Lines of the terminal that results go to.
    pub(crate) height: Option<usize>,
    /// Columns for messages; `None` if standard error is not a terminal.
    pub(crate) message_width: Option<usize>,
    /// The user's home folder.
    pub(crate) home: Option<PathBuf>,
    /// The folder for files that can be made again.
    pub(crate) cache: Option<PathBuf>,
    /// Whether there is a screen that windows can be opened on.
    pub(crate) has_screen: bool,
    /// The folders in which programs are looked for.
    pub(crate) programs: Vec<PathBuf>,
}

/// Columns where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;
/// The least width assumed of a terminal: on a narrower one, wrapping puts one word on each line.
const LEAST_WIDTH: usize = 30;

impl Environment {
    /// The surroundings of a command whose results go to standard output, or to a file.
    pub(crate) fn new(color: Color, to_file: bool) -> Self {
        let is_terminal = !to_file && io::stdout().is_terminal();
        let home = env::home_dir().filter(|home| home.is_absolute());
        Self {
            is_terminal,
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => {
                    is_terminal
                        && !is_set("NO_COLOR")
                        && env::var_os("TERM").is_none_or(|term| term != "dumb")
                }
            },
            width: if is_terminal {
                width(terminal_size::terminal_size_of(io::stdout()))
            } else {
                DEFAULT_WIDTH
            },
            height: terminal_size::terminal_size_of(io::stdout())
                .filter(|_| is_terminal)
                .map(|(_, Height(height))| usize::from(height)),
            message_width: message_width(),
            cache: cache(home.as_deref()),
            has_screen: cfg!(any(windows, target_os = "macos"))
                || is_set("DISPLAY")
                || is_set("WAYLAND_DISPLAY"),
            programs: env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default(),
            home,
        }
    }
}

/// The environment of worker processes: what a program needs to start, and nothing that a hostile file could give away.
pub(crate) fn of_workers() -> Vec<(OsString, OsString)> {
    NEEDED_VARIABLES.into_iter().filter_map(|name| Some((name.into(), env::var_os(name)?))).collect()
}

/// Columns for messages; `None` if standard error is not a terminal.
pub(crate) fn message_width() -> Option<usize> {
    io::stderr().is_terminal().then(|| width(terminal_size::terminal_size_of(io::stderr())))
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn width(size: Option<(Width, Height)>) -> usize {
    size.map_or(DEFAULT_WIDTH, |(Width(width), _)| usize::from(width).max(LEAST_WIDTH))
}

fn cache(home: Option<&Path>) -> Option<PathBuf> {
    // The XDG Base Directory Specification says to ignore a relative path.
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    Some(named.or_else(|| Some(home?.join(".cache")))?.join("quotable"))
}
