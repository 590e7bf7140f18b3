//! Colour, and the signs that replace it where there is none.

use std::fmt::{self, Display};

use anstyle::{AnsiColor, Style};
use quotable::Verdict;

/// Whether output is coloured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    color: bool,
}

impl Paint {
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    /// The mark before a match.
    pub(crate) fn open(self) -> Mark {
        if self.color { Mark { text: MATCH.render().to_string(), columns: 0 } } else { Mark::of("«") }
    }

    /// The mark after a match.
    pub(crate) fn close(self) -> Mark {
        if self.color { Mark { text: MATCH.render_reset().to_string(), columns: 0 } } else { Mark::of("»") }
    }

    /// True for a character of the text that a reader would take for a mark. It must be escaped.
    pub(crate) fn is_mark(self, character: char) -> bool {
        !self.color && matches!(character, '«' | '»')
    }

    /// True if a mark must be closed at the end of a line and opened again on the next: colour would run on into the
    /// indent and into whatever else the terminal shows.
    pub(crate) fn ends_with_line(self) -> bool {
        self.color
    }

    /// Style for headings.
    pub(crate) fn heading(self, text: impl Display) -> impl Display {
        self.styled(Style::new().bold(), text)
    }

    /// Style for details that few readers look for.
    pub(crate) fn quiet(self, text: impl Display) -> impl Display {
        self.styled(Style::new().dimmed(), text)
    }

    /// Style for ids, which can be copied into the next command.
    pub(crate) fn id(self, text: impl Display) -> impl Display {
        self.styled(AnsiColor::Cyan.on_default(), text)
    }

    /// Style for the verdict on a quotation; `text` has it in words.
    pub(crate) fn verdict(self, verdict: Verdict, text: impl Display) -> impl Display {
        let color = match verdict {
            Verdict::Exact | Verdict::ExactAfterFolding => AnsiColor::Green,
            Verdict::Elsewhere => AnsiColor::Yellow,
            Verdict::Absent => AnsiColor::Magenta,
            _ => AnsiColor::Red,
        };
        self.styled(color.on_default().bold(), text)
    }

    fn styled<T: Display>(self, style: Style, text: T) -> Styled<T> {
        Styled { style: self.color.then_some(style), text }
    }
}

/// Style for matches.
const MATCH: Style = AnsiColor::Red.on_default().bold();

/// The mark before or after a match.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) text: String,
    /// Columns on the terminal: none for an escape sequence.
    pub(crate) columns: usize,
}

impl Mark {
    fn of(sign: &str) -> Self {
        Self { text: sign.to_owned(), columns: 1 }
    }
}

struct Styled<T> {
    style: Option<Style>,
    text: T,
}

impl<T: Display> Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Some(style) => write!(f, "{style}{}{style:#}", self.text),
            None => self.text.fmt(f),
        }
    }
}
