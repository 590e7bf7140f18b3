//! Shows results that are longer than the screen in a pager, as git and man do.

use std::env;
use std::io::{self, StdoutLock, Write};
use std::process::{Child, Command, Stdio};

/// Standard output on a terminal: results that fit the screen are written to it, longer ones go through a pager.
pub(crate) struct Pager {
    out: StdoutLock<'static>,
    command: PagerCommand,
    /// The lines that the screen has room for.
    height: usize,
    state: State,
}

enum State {
    /// Results so far fit the screen.
    Held { bytes: Vec<u8>, lines: usize },
    /// The pager shows them.
    Piped(Child),
    /// There is no pager: they go to the terminal.
    Plain,
}

/// The program, and its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PagerCommand {
    program: String,
    options: Vec<String>,
}

impl PagerCommand {
    /// The pager that the environment names, or `less`; `None` if it names none.
    pub(crate) fn of_environment() -> Option<Self> {
        let named = env::var("QUOTABLE_PAGER").ok().or_else(|| env::var("PAGER").ok());
        Self::parse(named.as_deref().unwrap_or("less"))
    }

    /// A program and its options, parted by spaces; `None` for no pager, which is also written `cat`.
    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().map(str::to_owned);
        let program = words.next().filter(|program| program != "cat")?;
        Some(Self { program, options: words.collect() })
    }

    fn start(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.program);
        command.args(&self.options).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            // Colours are shown (R), and Ctrl-C ends less together with this program, which would leave it behind (K).
            command.env("LESS", "RK");
        }
        command.spawn()
    }
}

impl Pager {
    pub(crate) fn new(out: StdoutLock<'static>, command: PagerCommand, height: usize) -> Self {
        Self { out, command, height, state: State::Held { bytes: Vec::new(), lines: 0 } }
    }

    /// True once the pager has the screen.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, State::Piped(_))
    }

    /// Ends the results, and waits until the reader has left the pager.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match &mut self.state {
            State::Held { bytes, .. } => self.out.write_all(bytes)?,
            State::Piped(child) => {
                // The end of its input.
                drop(child.stdin.take());
                child.wait()?;
            }
            State::Plain => {}
        }
        self.out.flush()
    }

    fn open(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.command.start() {
            Ok(mut child) => {
                let written = pipe(&mut child, bytes);
                self.state = State::Piped(child);
                written
            }
            Err(_) => {
                self.state = State::Plain;
                self.out.write_all(bytes)
            }
        }
    }
}

/// Writes to the pager.
fn pipe(child: &mut Child, bytes: &[u8]) -> io::Result<()> {
    match &mut child.stdin {
        Some(stdin) => stdin.write_all(bytes),
        None => Err(io::ErrorKind::BrokenPipe.into()),
    }
}

impl Write for Pager {
    fn write(&mut self, new: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Held { bytes, lines } => {
                bytes.extend_from_slice(new);
                *lines += new.iter().filter(|&&byte| byte == b'\n').count();
                // One line is left for the prompt of the shell.
                if *lines >= self.height {
                    let bytes = std::mem::take(bytes);
                    self.open(&bytes)?;
                }
            }
            State::Piped(child) => pipe(child, new)?,
            State::Plain => self.out.write_all(new)?,
        }
        Ok(new.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.state {
            State::Plain => self.out.flush(),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_a_program_with_options() {
        let parsed = PagerCommand::parse("less -R  -S").unwrap();
        assert_eq!((parsed.program.as_str(), parsed.options.len()), ("less", 2));
        assert_eq!(PagerCommand::parse("cat"), None);
        assert_eq!(PagerCommand::parse("  "), None);
    }

    #[test]
    #[cfg(unix)]
    fn results_that_fit_are_held_and_longer_ones_open_the_pager() {
        let command = |program: &str| PagerCommand { program: program.to_owned(), options: Vec::new() };
        // `true` reads nothing, and ends.
        let mut pager = Pager::new(io::stdout().lock(), command("true"), 3);
        pager.write_all(b"one\ntwo\n").unwrap();
        assert!(!pager.is_open());
        let _ = pager.write_all(b"three\n");
        assert!(pager.is_open());
        pager.finish().unwrap();
        let mut pager = Pager::new(io::stdout().lock(), command("no-such-pager"), 1);
        pager.write_all(b"\n").unwrap();
        assert!(matches!(pager.state, State::Plain));
    }
}
