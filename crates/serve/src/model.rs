//! What is learnt from the corpus to follow findings, kept until the corpus changes.

use std::sync::{Mutex, PoisonError};

use quotable::follow::{Concepts, Model};
use quotable::{CodeBook, SearchOptions, Snapshot};

/// What was learnt, with the state of the index that it was learnt from.
#[derive(Default)]
pub(crate) struct KeptModel(Mutex<Option<(u64, Model, Concepts)>>);

impl KeptModel {
    /// Runs `work` with what the corpus teaches. One at a time: the model takes in words as it meets them.
    ///
    /// # Errors
    /// Those of learning and of `work`.
    pub(crate) fn with<T>(
        &self,
        snapshot: &Snapshot,
        book: &CodeBook,
        options: &SearchOptions,
        work: impl FnOnce(&mut Model, &Concepts) -> quotable::Result<T>,
    ) -> quotable::Result<T> {
        let generation = snapshot.status().generation;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|(of, _, _)| *of != generation) {
            let model = Model::learn(snapshot, options)?;
            let concepts = Concepts::learn(book, snapshot, options)?;
            *kept = Some((generation, model, concepts));
        }
        match kept.as_mut() {
            Some((_, model, concepts)) => work(model, concepts),
            None => Err(quotable::Error::from(std::io::Error::other("nothing was learnt"))),
        }
    }
}
