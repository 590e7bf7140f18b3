//! One state of the index.

use std::sync::Arc;

use quotable_query::Query;
use quotable_report::Report;

use crate::schema::{Fields, Seal};
use crate::search::Search;
use crate::{Error, ErrorKind, Hit, Result, SearchOptions, Source, Status};

/// One state of an index, unchanged by whatever is committed later. Clones share it.
#[derive(Clone)]
pub struct Snapshot(Arc<State>);

pub(crate) struct State {
    pub(crate) seal: Seal,
    pub(crate) fields: Fields,
    pub(crate) searcher: tantivy::Searcher,
}

impl Snapshot {
    /// Searches, in paragraphs of body text, bullets and headings.
    ///
    /// # Errors
    /// [`Query`](ErrorKind::Query) if a pattern is not valid, [`UnknownValue`](ErrorKind::UnknownValue) if a filter
    /// asks for what is not there, [`Unsupported`](ErrorKind::Unsupported), or if the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Search> {
        self.search_with(query, &SearchOptions::default())
    }

    /// The same as [`search`](Self::search), with options.
    ///
    /// # Errors
    /// See there.
    pub fn search_with(&self, query: &Query, options: &SearchOptions) -> Result<Search> {
        Search::new(self, query, options)
    }

    /// Everything on record, in report order; those that could not be read too.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn reports(&self) -> Result<Vec<Source>> {
        Err(Error::new(ErrorKind::Unsupported, "reports is not written yet"))
    }

    /// A whole report, by its path or its id; `None` if there is none or it could not be read.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn report(&self, name: &str) -> Result<Option<Report>> {
        let _ = name;
        Err(Error::new(ErrorKind::Unsupported, "report is not written yet"))
    }

    /// A paragraph by its id, as a hit without matches.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn paragraph(&self, id: &str) -> Result<Option<Hit>> {
        let _ = id;
        Err(Error::new(ErrorKind::Unsupported, "paragraph is not written yet"))
    }

    /// What this state is.
    pub fn status(&self) -> Status {
        let _ = (&self.0.fields, &self.0.searcher);
        Status {
            format: self.0.seal.format,
            generation: self.0.seal.generation,
            committed: Some(self.0.seal.committed).filter(|_| self.0.seal.generation > 0),
            complete: self.0.seal.complete,
            corpus_hash: String::new(),
            reports: 0,
            failed: 0,
            paragraphs: 0,
            words: 0,
        }
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("seal", &self.0.seal).finish_non_exhaustive()
    }
}

/// Loads the last commit.
pub(crate) fn load(engine: &tantivy::Index, fields: &Fields) -> Result<Snapshot> {
    let seal = Seal::read(engine.load_metas()?.payload.as_deref())?;
    let reader: tantivy::IndexReader =
        engine.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
    Ok(Snapshot(Arc::new(State { seal, fields: fields.clone(), searcher: reader.searcher() })))
}
