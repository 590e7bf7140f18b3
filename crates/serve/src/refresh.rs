//! The refresh beside the answers: one at a time, on a thread of its own.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quotable::{Index, RefreshOptions};

/// The refresh of the corpus.
pub(crate) struct Refreshing {
    /// `None`: the index is only read.
    options: Option<RefreshOptions>,
    state: Arc<Mutex<State>>,
}

/// How far a refresh is, and how the last one ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// `None` if none runs.
    pub(crate) running: Option<Running>,
    /// What the last one did, or why it failed.
    pub(crate) last: Option<Result<String, String>>,
}

/// A refresh that runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Running {
    pub(crate) done: usize,
    /// 0 until all files are found.
    pub(crate) total: usize,
    pub(crate) failed: usize,
    /// The last file.
    pub(crate) path: String,
}

impl Refreshing {
    pub(crate) fn new(options: Option<RefreshOptions>) -> Self {
        Self { options, state: Arc::default() }
    }

    /// True if a reader may ask for a refresh.
    pub(crate) fn is_possible(&self, corpus: Option<&Path>) -> bool {
        self.options.is_some() && corpus.is_some()
    }

    pub(crate) fn state(&self) -> State {
        lock(&self.state).clone()
    }

    /// Begins a refresh, unless one runs or none is possible.
    pub(crate) fn start(&self, index: &Index, corpus: Option<&Path>) {
        let (Some(options), Some(corpus)) = (&self.options, corpus) else { return };
        {
            let mut state = lock(&self.state);
            if state.running.is_some() {
                return;
            }
            state.running = Some(Running::default());
        }
        let shared = Arc::clone(&self.state);
        let progress = Arc::clone(&self.state);
        let options = options.clone().progress(move |now| {
            let path = now.path.to_owned();
            let running = Running { done: now.done, total: now.total, failed: now.failed, path };
            lock(&progress).running = Some(running);
        });
        let (index, corpus) = (index.clone(), corpus.to_owned());
        let end = End(shared);
        let started = std::thread::Builder::new().name("refresh".to_owned()).spawn(move || {
            let done = index.refresh_with(corpus, &options);
            let done = done.map(|done| done.to_string()).map_err(|error| error.to_string());
            lock(&end.0).last = Some(done);
        });
        if let Err(error) = started {
            lock(&self.state).last = Some(Err(error.to_string()));
        }
    }
}

/// Says that no refresh runs any more, also after a panic.
struct End(Arc<Mutex<State>>);

impl Drop for End {
    fn drop(&mut self) {
        lock(&self.0).running = None;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
