//! Colour, and what stands for it where there is none.

use std::fmt::{self, Display};

use anstyle::{AnsiColor, Style};

/// How things are set off from one another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    color: bool,
}

impl Paint {
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    /// What stands before a match.
    pub(crate) fn open(self) -> Mark {
        if self.color { Mark { text: MATCH.render().to_string(), columns: 0 } } else { Mark::of("«") }
    }

    /// What stands after a match.
    pub(crate) fn close(self) -> Mark {
        if self.color { Mark { text: MATCH.render_reset().to_string(), columns: 0 } } else { Mark::of("»") }
    }

    /// True if the letter means something else than itself, and so must be written out in a marked text.
    pub(crate) fn is_mark(self, letter: char) -> bool {
        !self.color && matches!(letter, '«' | '»')
    }

    /// True if a mark must be closed at the end of a line and opened again on the next.
    pub(crate) fn ends_with_line(self) -> bool {
        self.color
    }

    /// A heading.
    pub(crate) fn heading(self, text: impl Display) -> impl Display {
        self.styled(Style::new().bold(), text)
    }

    /// What is there for those who look for it.
    pub(crate) fn quiet(self, text: impl Display) -> impl Display {
        self.styled(Style::new().dimmed(), text)
    }

    /// What can be typed again.
    pub(crate) fn id(self, text: impl Display) -> impl Display {
        self.styled(AnsiColor::Cyan.on_default(), text)
    }

    fn styled<T: Display>(self, style: Style, text: T) -> Styled<T> {
        Styled { style: self.color.then_some(style), text }
    }
}

const MATCH: Style = AnsiColor::Red.on_default().bold();

/// What stands before or after a match.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) text: String,
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
