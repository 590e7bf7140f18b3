//! Reports compared: `follow`, `similar`, `compare`.

use pyo3::prelude::*;
use quotable::follow::{
    Concepts, Model, PairsError, Side, compare as compare_sides, follow as follow_pair, pairs, path_of,
    similar as similar_to,
};
use quotable::query::Query;
use quotable::{CancelFlag, CodeBook, KeywordOptions, SearchOptions};

use crate::answer::Answer;
use crate::answers::compared::CompareRows;
use crate::answers::followed::{FollowRows, SimilarRows};
use crate::error::{fault, raise};
use crate::finding::{lacking, read};
use crate::interrupt::run;
use crate::opening::Opened;
use crate::options::Options;

pub(crate) fn follow(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let target: String = options.need("target")?;
    let snapshot = opened.index.snapshot();
    let whole = SearchOptions::default().cancel(cancel.clone());
    let found = run(py, &cancel, || {
        let pairs = match pairs(&snapshot, &target, &opened.place.restrict(whole.clone())) {
            Ok(pairs) => pairs,
            Err(PairsError::Index(error)) => return Err(error),
            Err(error) => return Ok(Err(format!("{error}; {}", cure(&error)))),
        };
        let mut model = Model::learn(&snapshot, &whole)?;
        let concepts = Concepts::learn(&CodeBook::builtin(), &snapshot, &whole)?;
        let mut answers = Vec::new();
        let mut notes = Vec::new();
        for pair in pairs {
            let paths = (pair.earlier.path.as_str(), pair.later.path.as_str());
            let answer = follow_pair(&snapshot, &mut model, &concepts, paths, None, &whole)?;
            if answer.followed.is_empty() {
                notes.push(format!("{} asks for nothing under a heading that is known", pair.earlier.path));
            } else {
                answers.push((pair, answer));
            }
        }
        Ok(Ok((FollowRows::new(answers), notes)))
    })?;
    let (rows, mut notes) = found.map_err(|what| fault(py, "not-found", &what))?;
    notes.extend(lacking((&opened.index.status()).into()));
    Ok(Answer::new(rows, notes))
}

/// What to do about a target that nothing follows.
fn cure(error: &PairsError) -> &'static str {
    match error {
        PairsError::UnknownTarget(_) => {
            "give a name as reports() lists it, or more of the path of the report"
        }
        PairsError::UnknownAuthority(_) => {
            "give it in a table with the columns path and authority: quotable.open(…, metadata=FILE)"
        }
        _ => "put the next report into the folder too; reports() lists what is there",
    }
}

pub(crate) fn similar(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let target: String = options.need("target")?;
    let limit = options.get::<usize>("limit")?.unwrap_or(10);
    let snapshot = opened.index.snapshot();
    let paragraph = snapshot.paragraph(&target).map_err(|error| raise(py, &error))?;
    if paragraph.is_none() && !target.trim().contains(char::is_whitespace) {
        let what = format!(
            "“{target}” is not the id of a paragraph, and too short for a text; give the id of a hit, or a sentence"
        );
        return Err(fault(py, "not-found", &what));
    }
    let all = SearchOptions::default().cancel(cancel.clone());
    let searched = opened.place.restrict(all.clone());
    let rows = run(py, &cancel, || {
        snapshot.search_with(&Query::All, &searched)?.require_reports()?;
        let mut model = Model::learn(&snapshot, &all)?;
        let (words, without) = match &paragraph {
            Some(hit) => (hit.text.as_str(), Some(&hit.id)),
            None => (target.as_str(), None),
        };
        similar_to(&snapshot, &mut model, words, without, limit, &searched).map(SimilarRows)
    })?;
    Ok(Answer::new(rows, lacking((&opened.index.status()).into())))
}

pub(crate) fn compare(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let snapshot = opened.index.snapshot();
    let book = CodeBook::builtin();
    let mut notes = Vec::new();
    let mut side = |name: &str| -> PyResult<Side> {
        let target: String = options.need(name)?;
        if let Some(path) = path_of(&snapshot, &target) {
            return Ok(Side { query: Query::All, within: Some(path) });
        }
        let (query, read_notes) = read(py, &target)?;
        book.resolve(&query).map_err(|error| raise(py, &error.into()))?;
        notes.extend(read_notes);
        Ok(Side { query, within: opened.place.within.clone() })
    };
    let (left, right) = (side("left")?, side("right")?);
    let keywords = KeywordOptions::default().limit(options.get("limit")?.unwrap_or(15));
    let searched = SearchOptions::default().codebook(book.clone()).cancel(cancel.clone());
    let rows = run(py, &cancel, || {
        compare_sides(&snapshot, &book, (&left, &right), &keywords, &searched).map(CompareRows)
    })?;
    notes.extend(lacking((&opened.index.status()).into()));
    Ok(Answer::new(rows, notes))
}
