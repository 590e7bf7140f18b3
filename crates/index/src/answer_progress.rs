//! How far an answer is that takes long.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

/// How far the work on an answer is. An answer has several steps, each with its own total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerProgress {
    /// What is being done, in words: `reading the words`.
    pub step: &'static str,
    /// How much of the step is done.
    pub done: u64,
    /// How much the step has in all.
    pub total: u64,
}

impl AnswerProgress {
    pub(crate) fn new(step: &'static str, done: u64, total: u64) -> Self {
        Self { step, done, total }
    }
}

/// What is called while an answer is worked on, from any thread that works on it.
#[derive(Clone)]
pub struct AnswerProgressCall(Arc<dyn Fn(AnswerProgress) + Send + Sync>);

impl AnswerProgressCall {
    pub(crate) fn new(call: impl Fn(AnswerProgress) + Send + Sync + 'static) -> Self {
        Self(Arc::new(call))
    }

    pub(crate) fn call(&self, progress: AnswerProgress) {
        (self.0)(progress);
    }
}

impl fmt::Debug for AnswerProgressCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerProgressCall")
    }
}

// A panic of the call ends the answer; no answer reads what the call left behind.
impl UnwindSafe for AnswerProgressCall {}
impl RefUnwindSafe for AnswerProgressCall {}
