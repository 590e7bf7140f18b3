//! The last articles checked, so that their pages can be loaded again and saved.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use quotable::ArticleCheck;

use crate::random::secret;

/// How many are kept.
const MOST: usize = 24;

/// An article, checked.
pub(crate) struct Checked {
    pub(crate) name: String,
    pub(crate) check: ArticleCheck,
}

/// The last articles checked, each under a name that cannot be guessed.
#[derive(Default)]
pub(crate) struct KeptChecks(Mutex<VecDeque<(String, Arc<Checked>)>>);

impl KeptChecks {
    pub(crate) fn put(&self, checked: Checked) -> String {
        let id = secret();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((id.clone(), Arc::new(checked)));
        if kept.len() > MOST {
            kept.pop_front();
        }
        id
    }

    pub(crate) fn get(&self, id: &str) -> Option<Arc<Checked>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == id).map(|(_, checked)| Arc::clone(checked))
    }
}
