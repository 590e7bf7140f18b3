//! The themes that the corpus has. Finding them takes longer than a page may, so that it is done beside the answers, once for
//! each state of the index.

use std::sync::{Arc, Mutex, PoisonError};

use quotable::query::{Field, Query};
use quotable::{CodeBook, SearchOptions, Snapshot, Sort};

/// A theme of the code book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Theme {
    pub(crate) name: String,
    /// What people call it.
    pub(crate) title: String,
    /// Paragraphs of the corpus that have it.
    pub(crate) paragraphs: u64,
}

/// The themes that the corpus has, as far as they are known.
#[derive(Default)]
pub(crate) struct KeptThemes(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    /// The state of the index that they are counted in, or are being counted in.
    of: Option<u64>,
    themes: Arc<Vec<Theme>>,
}

impl KeptThemes {
    /// The themes; those of an earlier state, or none, while they are counted.
    pub(crate) fn get(
        &self,
        snapshot: &Snapshot,
        book: &CodeBook,
        options: SearchOptions,
    ) -> Arc<Vec<Theme>> {
        let generation = snapshot.status().generation;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.of != Some(generation) {
            kept.of = Some(generation);
            let (shared, snapshot, book) = (Arc::clone(&self.0), snapshot.clone(), book.clone());
            // Where no thread can be started there are no themes to choose from, and nothing else is missing.
            let _ = std::thread::Builder::new().name("themes".to_owned()).spawn(move || {
                let themes = Arc::new(count(&snapshot, &book, &options.sort(Sort::Date)));
                let mut kept = shared.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.of == Some(generation) {
                    kept.themes = themes;
                }
            });
        }
        Arc::clone(&kept.themes)
    }
}

/// The themes that any paragraph has, in the order of the book.
fn count(snapshot: &Snapshot, book: &CodeBook, options: &SearchOptions) -> Vec<Theme> {
    let theme = |name: &str, title: &str| {
        let query = Query::filter(Field::Theme, name);
        let paragraphs =
            snapshot.search_with(&query, options).and_then(|search| search.count_paragraphs()).ok()?;
        (paragraphs > 0).then(|| Theme { name: name.to_owned(), title: title.to_owned(), paragraphs })
    };
    book.topics().filter_map(|code| theme(&code.name, &code.title)).collect()
}
