//! Progress of a refresh and of an analysis, on standard error.

use std::io::{self, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use quotable::{AnswerProgress, Progress, SearchOptions};
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
                let left = time_left(self.began.elapsed(), progress.done, progress.total);
                let line = cut(&line(progress, left), width.saturating_sub(1));
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

fn line(progress: Progress<'_>, left: Option<String>) -> String {
    let full = (BAR_WIDTH * progress.done).checked_div(progress.total).unwrap_or(BAR_WIDTH).min(BAR_WIDTH);
    let bar = format!("{}{}", "#".repeat(full), ".".repeat(BAR_WIDTH - full));
    let count = format!("{} of {}", grouped(progress.done as u64), counted(progress.total as u64, "files"));
    let failed = if progress.failed > 0 {
        format!(", {} failed", grouped(progress.failed as u64))
    } else {
        String::new()
    };
    let left = left.map(|left| format!(", {left}")).unwrap_or_default();
    format!("[{bar}] {count}{failed}{left}  {}", escape(progress.path))
}

/// How long the rest takes if it goes on as so far; `None` while too little is done to tell.
fn time_left(elapsed: Duration, done: usize, total: usize) -> Option<String> {
    const LEAST_DONE: usize = 5;
    if done < LEAST_DONE || elapsed < LONG || done >= total {
        return None;
    }
    let left = elapsed.as_secs_f64() / done as f64 * (total - done) as f64;
    // Rounded: an estimate in single seconds would only flicker.
    Some(match left {
        ..10.0 => "a few seconds left".to_owned(),
        ..90.0 => format!("about {:.0} s left", (left / 10.0).ceil() * 10.0),
        ..5400.0 => format!("about {:.0} min left", (left / 60.0).ceil()),
        _ => format!("about {:.0} h left", (left / 3600.0).ceil()),
    })
}

/// A line that counts the seconds of work of which no share can be told, once it takes long. Shown on a terminal alone, and
/// cleared when it is dropped.
#[derive(Debug)]
pub(crate) struct Busy {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Busy {
    /// `what` is done, in a word: `counting`. `width` is that of the terminal, if there is one.
    pub(crate) fn new(what: &'static str, width: Option<usize>) -> Self {
        if width.is_none() {
            return Self { stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::spawn(move || {
            let began = Instant::now();
            let mut is_shown = false;
            while stopped.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                is_shown = true;
                let mut err = io::stderr().lock();
                let _ = write!(err, "\r{what}, {} s\x1b[K", began.elapsed().as_secs());
                let _ = err.flush();
            }
            if is_shown {
                let _ = write!(io::stderr().lock(), "\r\x1b[K");
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A line that shows how far an analysis is, once it takes long. Shown on a terminal alone, and cleared when it is dropped.
#[derive(Debug)]
pub(crate) struct AnalysisLine {
    shared: Option<Arc<Shown>>,
}

/// What threads that report progress share.
#[derive(Debug)]
struct Shown {
    width: usize,
    began: Instant,
    last_shown: Mutex<Option<Instant>>,
}

impl AnalysisLine {
    /// `width` is that of the terminal, if there is one.
    pub(crate) fn new(width: Option<usize>) -> Self {
        let shown = |width| Shown { width, began: Instant::now(), last_shown: Mutex::new(None) };
        Self { shared: width.map(|width| Arc::new(shown(width))) }
    }

    /// The options with the line as their progress.
    pub(crate) fn follows(&self, options: SearchOptions) -> SearchOptions {
        match &self.shared {
            Some(shown) => {
                let shown = Arc::clone(shown);
                options.progress(move |progress| shown.show(progress))
            }
            None => options,
        }
    }
}

impl Shown {
    fn show(&self, progress: AnswerProgress) {
        const SHORT: Duration = Duration::from_secs(1);
        // An analysis that is over at once needs no line.
        if self.began.elapsed() < SHORT {
            return;
        }
        let mut last_shown = self.last_shown.lock().unwrap_or_else(PoisonError::into_inner);
        if last_shown.is_some_and(|at| at.elapsed() < INTERVAL) {
            return;
        }
        let line = cut(&analysis_line(progress), self.width.saturating_sub(1));
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r{line}\x1b[K");
        let _ = err.flush();
        *last_shown = Some(Instant::now());
    }
}

fn analysis_line(AnswerProgress { step, done, total, .. }: AnswerProgress) -> String {
    let percent = (100 * done.min(total)).checked_div(total).unwrap_or(100);
    format!("{step}, {percent} %")
}

impl Drop for AnalysisLine {
    fn drop(&mut self) {
        let Some(shown) = &self.shared else { return };
        if shown.last_shown.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_once_it_is_known() {
        let left = |seconds, done| time_left(Duration::from_secs(seconds), done, 100);
        assert_eq!(left(60, 4), None);
        assert_eq!(left(1, 50), None);
        assert_eq!(left(60, 100), None);
        assert_eq!(left(4, 50).as_deref(), Some("a few seconds left"));
        assert_eq!(left(32, 50).as_deref(), Some("about 40 s left"));
        assert_eq!(left(60, 10).as_deref(), Some("about 9 min left"));
    }
}
