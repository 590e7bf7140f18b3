//! How far a refresh has come, said beside the results.

use std::io::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use quotable::Progress;

use crate::render::columns::cut;
use crate::render::number::{counted, grouped};
use crate::render::safe::safe;

/// A line that is written over and over on a terminal; elsewhere one plain line, if it takes long.
#[derive(Debug)]
pub(crate) struct ProgressLine {
    /// Columns of the terminal; `None` where there is none.
    width: Option<usize>,
    began: Instant,
    shown: Mutex<Option<Instant>>,
}

const BAR: usize = 24;
/// From when on it takes long.
const LONG: Duration = Duration::from_secs(2);
const EVERY: Duration = Duration::from_millis(80);

impl ProgressLine {
    pub(crate) fn new(width: Option<usize>) -> Self {
        Self { width, began: Instant::now(), shown: Mutex::new(None) }
    }

    /// Shows where the refresh is. That it cannot be shown stops nothing.
    pub(crate) fn show(&self, now: Progress<'_>) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let first = shown.is_none();
        let mut err = io::stderr().lock();
        match self.width {
            None if first && self.began.elapsed() >= LONG => {
                let _ = writeln!(err, "reading {}", counted(now.total as u64, "files"));
            }
            Some(width)
                if first || now.done == now.total || shown.is_some_and(|at| at.elapsed() >= EVERY) =>
            {
                let line = cut(&line(now), width.saturating_sub(1));
                let _ = write!(err, "\r{line}\x1b[K");
                let _ = err.flush();
            }
            _ => return,
        }
        *shown = Some(Instant::now());
    }

    /// Clears the line.
    pub(crate) fn end(&self) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if self.width.is_some() && shown.is_some() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

fn line(now: Progress<'_>) -> String {
    let full = (BAR * now.done).checked_div(now.total).unwrap_or(BAR).min(BAR);
    let bar = format!("{}{}", "#".repeat(full), ".".repeat(BAR - full));
    let count = format!("{} of {}", grouped(now.done as u64), counted(now.total as u64, "files"));
    let failed =
        if now.failed > 0 { format!(", {} failed", grouped(now.failed as u64)) } else { String::new() };
    format!("[{bar}] {count}{failed}  {}", safe(now.path))
}
