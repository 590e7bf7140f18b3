//! The parts of the corpus that two queries find.

use quotable_query::Query;

use super::gram::Part;
use crate::error::{Error, ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::forward::ForwardIndex;
use crate::search::options::{Boilerplate, Duplicates, SearchOptions};
use crate::search::subcorpus::Subcorpus;
use crate::store::state::State;

/// The paragraphs that two queries find.
pub(crate) struct Parts {
    pub(super) text: Text,
    /// What each listed paragraph counts for.
    pub(super) parts: Vec<Part>,
    /// Paragraphs that both queries find, which count for the first.
    pub(crate) both: u64,
}

/// The text of two parts.
pub(super) enum Text {
    /// For single words.
    Unordered(Subcorpus),
    /// For sequences of up to `longest` words.
    Ordered { forward: ForwardIndex, longest: usize },
}

impl Parts {
    /// The paragraphs of both parts, and boilerplate of the reference that counts for neither.
    pub(crate) fn subcorpus(&self) -> &Subcorpus {
        match &self.text {
            Text::Unordered(subcorpus) => subcorpus,
            Text::Ordered { forward, .. } => forward,
        }
    }
}

/// By source, a mark for each of its paragraphs.
struct Marks {
    starts: Vec<usize>,
    marks: Vec<u8>,
}

impl Marks {
    fn new(state: &State) -> Self {
        let mut end = 0;
        let starts = state.sources().entries().iter().map(|entry| {
            let start = end;
            // Ordinals begin with 1.
            end += entry.documents as usize + 1;
            start
        });
        let starts: Vec<usize> = starts.collect();
        Self { starts, marks: vec![0; end] }
    }

    fn get_mut(&mut self, source: u32, ordinal: u32) -> Option<&mut u8> {
        let start = self.starts.get(source as usize)?;
        self.marks.get_mut(start + ordinal as usize)
    }
}

const TARGET: u8 = 1;
const REFERENCE: u8 = 2;

/// Finds the paragraphs of two queries, to count sequences of up to `longest` words. Boilerplate is counted apart, unless it is to
/// count like other text. Without a second query there is no reference.
pub(crate) fn of_two(
    target: &CompiledQuery,
    reference: Option<&CompiledQuery>,
    boilerplate: Boilerplate,
    longest: usize,
) -> Result<Parts> {
    let state = &target.state;
    let mut marks = Marks::new(state);
    // Of copies of a report, the one that the target has, else the one that is looked in.
    let table = state.sources();
    let mut chosen: Vec<Option<u32>> = vec![None; table.len()];
    target.each(false, |found, _| {
        if let Some(mark) = marks.get_mut(found.source, found.ordinal) {
            *mark = TARGET;
        }
        if let Some(chosen) = chosen.get_mut(table.kept(found.source) as usize) {
            *chosen = Some(found.source);
        }
    })?;
    let mut both = 0;
    if let Some(reference) = reference {
        if !std::sync::Arc::ptr_eq(state, &reference.state) {
            let message = "two parts can be compared in one snapshot of an index alone";
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        let once = table.copies() > 0 && reference.options.duplicates == Duplicates::Once;
        let with_copies;
        let (reference, chosen) = if once {
            let options = reference.options.clone().duplicates(Duplicates::Keep);
            with_copies = CompiledQuery::new(state, &reference.query, &options)?;
            choose_copies(&with_copies, &mut chosen)?;
            (&with_copies, Some(chosen))
        } else {
            (reference, None)
        };
        reference.each(false, |found, _| {
            let kept = table.kept(found.source) as usize;
            let is_chosen =
                chosen.as_ref().is_none_or(|chosen| chosen.get(kept) == Some(&Some(found.source)));
            match marks.get_mut(found.source, found.ordinal) {
                Some(mark) if *mark == TARGET => both += 1,
                Some(mark) if is_chosen => *mark = REFERENCE,
                _ => {}
            }
        })?;
    }
    let all = all_of(target, reference)?;
    let subcorpus = Subcorpus::of_those(&all, |found| {
        marks.get_mut(found.source, found.ordinal).is_some_and(|mark| *mark > 0)
    })?;
    let parts = subcorpus.paragraphs().iter().map(|paragraph| {
        let mark = marks.get_mut(paragraph.source, paragraph.ordinal).map_or(0, |mark| *mark);
        let is_apart = paragraph.boilerplate > 0 && boilerplate == Boilerplate::Exclude;
        match (mark, is_apart) {
            (TARGET, false) => Part::Target,
            (TARGET, true) => Part::TargetBoilerplate,
            (REFERENCE, false) => Part::Reference,
            _ => Part::Neither,
        }
    });
    let parts = parts.collect();
    let text = match longest {
        ..=1 => Text::Unordered(subcorpus),
        _ => Text::Ordered { forward: ForwardIndex::of(&all.options, subcorpus)?, longest },
    };
    Ok(Parts { text, parts, both })
}

/// Chooses one of the copies of each report that the target does not have: the one that a search looks in.
fn choose_copies(reference: &CompiledQuery, chosen: &mut [Option<u32>]) -> Result<()> {
    let table = reference.state.sources();
    let mut found = vec![false; table.len()];
    reference.each(false, |paragraph, _| {
        if let Some(found) = found.get_mut(paragraph.source as usize) {
            *found = true;
        }
    })?;
    for source in table.in_copy_order() {
        if found.get(source as usize) == Some(&true)
            && let Some(chosen) = chosen.get_mut(table.kept(source) as usize)
        {
            chosen.get_or_insert(source);
        }
    }
    Ok(())
}

/// A search for all paragraphs that either of two searches looks in.
fn all_of(target: &CompiledQuery, reference: Option<&CompiledQuery>) -> Result<CompiledQuery> {
    let own = &target.options;
    let other = reference.map_or(own, |reference| &reference.options);
    let mut options = SearchOptions {
        within: own.within.clone().filter(|within| other.within.as_ref() == Some(within)),
        codebook: None,
        ..own.clone()
    };
    options = options
        .scope(quotable_query::Scope::Paragraph)
        .tables(own.tables || other.tables)
        .notes(own.notes || other.notes)
        .boilerplate(Boilerplate::Include)
        .duplicates(Duplicates::Keep);
    CompiledQuery::new(&target.state, &Query::All, &options)
}
