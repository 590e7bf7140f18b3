//! Progress of a refresh, on standard error.

use std::io::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use quotable::Progress;
use quotable_export::escape::escape;
use quotable_export::number::{counted, grouped};

use crate::render::width::cut;

/// One line that is overwritten on a terminal; elsewhere one plain line, if the refresh takes long.
#[derive(Debug)]
pub(crate) struct ProgressLine {
    /// Columns of the terminal; `None` if standard error is not one.
    width: Option<usize>,
    began: Instant,
    last_shown: Mutex<Option<Instant>>,
}

/// Columns of the bar.
const BAR_WIDTH: usize = 24;
/// How long a refresh may take before it is announced where there is no terminal.
const LONG: Duration = Duration::from_secs(2);
/// How often the line is overwritten at most.
const INTERVAL: Duration = Duration::from_millis(80);

impl ProgressLine {
    pub(crate) fn new(width: Option<usize>) -> Self {
        Self { width, began: Instant::now(), last_shown: Mutex::new(None) }
    }

    /// Shows the progress. Write errors are ignored: they must not stop the refresh.
    pub(crate) fn show(&self, progress: Progress<'_>) {
        let mut last_shown = self.last_shown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = last_shown.is_none();
        let mut err = io::stderr().lock();
        match self.width {
            None if is_first && self.began.elapsed() >= LONG => {
                let _ = writeln!(err, "reading {}", counted(progress.total as u64, "files"));
            }
            Some(width)
                if is_first
                    || progress.done == progress.total
                    || last_shown.is_some_and(|at| at.elapsed() >= INTERVAL) =>
            {
                // The last column stays free: some terminals wrap a line that fills it.
                let line = cut(&line(progress), width.saturating_sub(1));
                let _ = write!(err, "\r{line}\x1b[K");
                let _ = err.flush();
            }
            _ => return,
        }
        *last_shown = Some(Instant::now());
    }

    /// Clears the line.
    pub(crate) fn clear(&self) {
        let last_shown = self.last_shown.lock().unwrap_or_else(PoisonError::into_inner);
        if self.width.is_some() && last_shown.is_some() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

fn line(progress: Progress<'_>) -> String {
    let full = (BAR_WIDTH * progress.done).checked_div(progress.total).unwrap_or(BAR_WIDTH).min(BAR_WIDTH);
    let bar = format!("{}{}", "#".repeat(full), ".".repeat(BAR_WIDTH - full));
    let count = format!("{} of {}", grouped(progress.done as u64), counted(progress.total as u64, "files"));
    let failed = if progress.failed > 0 {
        format!(", {} failed", grouped(progress.failed as u64))
    } else {
        String::new()
    };
    format!("[{bar}] {count}{failed}  {}", escape(progress.path))
}
