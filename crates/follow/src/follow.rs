//! The requests of one report followed into the next.

use std::ops::Range;

use quotable_index::{Hit, Result, SearchOptions, Snapshot};
use quotable_query::{Query, analyse};
use quotable_report::{Area, Grade};

use crate::concepts::Concepts;
use crate::item::{Request, asks, describes, requests};
use crate::judging::{JUDGED, Prepared, followed_parts, judge, standing};
use crate::label::{Outcome, Shares};
use crate::matching::{Match, Passage, Wanted, rank};
use crate::model::{Model, is_text, sentence_texts};
use crate::part::FollowedPart;
use crate::polarity::Polarity;
use crate::similar::shared_words;
use crate::verdict::{FollowVerdict, mixed, verdict};

/// The paragraphs kept of each request.
const KEPT: usize = 15;
/// Paragraphs with fewer telling words are not ranked.
const SHORTEST: usize = 4;

/// A paragraph that may speak to a request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The paragraph of the later report; its matches are the words that the request has too.
    pub hit: Hit,
    /// An estimate of the probability that it speaks to the request.
    pub relevance: f64,
    /// The share of the telling words of the request that its best sentence has, alike words counting in part, from 0 to 1.
    pub coverage: f64,
    /// What it says, as far as the words show it.
    pub outcome: Outcome,
}

/// A request, and what the later report says of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Followed {
    /// What the earlier report asks for.
    pub request: Request,
    /// What the candidates say together.
    pub verdict: FollowVerdict,
    /// Its parts, where it asks for several things: none for a request of one part.
    pub parts: Vec<FollowedPart>,
    /// The candidates, most relevant first. Those below [`Followed::RELEVANT`] are the nearest, and no evidence.
    pub candidates: Vec<Candidate>,
}

impl Followed {
    /// A candidate that is less relevant is only the nearest that there is.
    pub const RELEVANT: f64 = 0.2;

    /// The candidates that are relevant enough to be shown as evidence; for a request without a verdict the nearest three.
    pub fn shown(&self) -> &[Candidate] {
        let silent = matches!(self.verdict, FollowVerdict::NotMentioned | FollowVerdict::Unknown);
        let relevant =
            self.candidates.iter().take_while(|candidate| candidate.relevance >= Self::RELEVANT).count();
        let count = if silent { 3 } else { relevant.clamp(1, 5) };
        &self.candidates[..count.min(self.candidates.len())]
    }

    /// True if a relevant paragraph of the later report asks for it again.
    pub fn is_asked_again(&self) -> bool {
        self.shown().iter().any(|candidate| {
            candidate.outcome == Outcome::RepeatedAction && candidate.relevance >= Self::RELEVANT
        }) && !matches!(self.verdict, FollowVerdict::NotMentioned | FollowVerdict::Unknown)
    }
}

/// A sentence about all or many earlier requests at once.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Blanket {
    /// The paragraph; its matches are the sentence.
    pub hit: Hit,
}

/// How often a concept of the code book is in each of the two reports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConceptRow {
    /// The name in the code book.
    pub name: String,
    /// What it is, in words.
    pub title: String,
    /// Paragraphs of the earlier report that have it.
    pub earlier: u32,
    /// Paragraphs of the later report that have it.
    pub later: u32,
}

/// The grade of an area in each of the two reports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GradeChange {
    /// The area.
    pub area: Area,
    /// The grade in the earlier report.
    pub earlier: Option<Grade>,
    /// The grade in the later report.
    pub later: Option<Grade>,
}

/// One inspection followed into the next.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FollowUp {
    /// The path of the earlier report.
    pub earlier: String,
    /// The path of the later report.
    pub later: String,
    /// The requests of the earlier report, in its order.
    pub followed: Vec<Followed>,
    /// Requests of the later report that no request of the earlier one leads to.
    pub new: Vec<Request>,
    /// Sentences about many earlier requests at once.
    pub blankets: Vec<Blanket>,
    /// The concepts that either report has, in the order of the code book.
    pub concepts: Vec<ConceptRow>,
    /// Body paragraphs of the earlier and of the later report, which the counts of concepts are out of.
    pub paragraphs: (u32, u32),
    /// The grades of either report.
    pub grades: Vec<GradeChange>,
}

impl FollowUp {
    /// The areas that the earlier report judged and the later one does not.
    pub fn no_longer_judged(&self) -> impl Iterator<Item = &GradeChange> {
        self.grades.iter().filter(|change| change.later.is_none())
    }
}

/// The paragraphs of the report at a path, without headings, tables and notes.
fn paragraphs(snapshot: &Snapshot, path: &str, options: &SearchOptions) -> Result<Vec<Hit>> {
    let options = options.clone().within(path).most_steps(u64::MAX);
    let hits = snapshot.search_with(&Query::All, &options)?.every()?;
    let mut hits = hits.collect::<Result<Vec<_>>>()?;
    hits.retain(|hit| hit.citation.path == path && is_text(hit.role));
    Ok(hits)
}

impl Model {
    fn prepare(&mut self, hit: Hit, concepts: &Concepts) -> Prepared {
        let text = self.stemmed(sentence_texts(&hit));
        let concepts = concepts.of(&hit.text);
        let polarity =
            sentence_texts(&hit).filter(|text| !self.stems.of(text).is_empty()).map(Polarity::of).collect();
        Prepared { is_request: asks(&hit), text, concepts, polarity, hit }
    }
}

/// Follows what the report at `earlier` asks for into the report at `later`. `model` is learnt from the corpus
/// ([`Model::learn`]); `asked` takes the place of the requests that the earlier report makes, where it is given.
///
/// # Errors
/// [`Damaged`](quotable_index::ErrorKind::Damaged) or [`Io`](quotable_index::ErrorKind::Io) if the index cannot be read,
/// [`Cancelled`](quotable_index::ErrorKind::Cancelled) if the options say so.
pub fn follow(
    snapshot: &Snapshot,
    model: &mut Model,
    concepts: &Concepts,
    (earlier, later): (&str, &str),
    asked: Option<Vec<Request>>,
    options: &SearchOptions,
) -> Result<FollowUp> {
    let before = paragraphs(snapshot, earlier, options)?;
    let after = paragraphs(snapshot, later, options)?;
    let asked = asked.unwrap_or_else(|| requests(&before));
    let found: Vec<Prepared> =
        after.into_iter().filter(|hit| !describes(hit)).map(|hit| model.prepare(hit, concepts)).collect();
    let mut earlier_counts = vec![0_u32; concepts.len()];
    for hit in &before {
        concepts.of(&hit.text).iter().for_each(|&concept| earlier_counts[concept] += 1);
    }
    let mut later_counts = vec![0_u32; concepts.len()];
    for prepared in &found {
        prepared.concepts.iter().for_each(|&concept| later_counts[concept] += 1);
    }
    let ranked: Vec<&Prepared> =
        found.iter().filter(|prepared| prepared.text.stems.len() >= SHORTEST).collect();
    let passages: Vec<Passage<'_>> = ranked
        .iter()
        .map(|prepared| Passage {
            text: &prepared.text,
            concepts: &prepared.concepts,
            is_request: prepared.is_request,
        })
        .collect();
    let grades: Vec<f64> = ranked.iter().filter_map(|prepared| standing(&prepared.hit)).collect();
    let overall = grades.iter().sum::<f64>() / grades.len().max(1) as f64;

    let mut followed = Vec::with_capacity(asked.len());
    let total = asked.len() as u64;
    for (done, request) in (0..).zip(asked) {
        options.advance("following requests", done, total)?;
        let own = model.prepare(request.hit.clone(), concepts);
        let wanted = Wanted::new(model, &own.text, own.concepts);
        let matches = rank(model, &wanted, &passages, concepts);
        let mut order: Vec<usize> = (0..ranked.len()).collect();
        order.sort_by(|&left, &right| {
            matches[right].relevance.total_cmp(&matches[left].relevance).then(left.cmp(&right))
        });
        order.truncate(KEPT);
        let judged: Vec<(Match, Outcome, Shares)> =
            order.iter().map(|&at| judge(model, &wanted, ranked[at], matches[at], overall)).collect();
        let candidates = order.iter().zip(&judged).map(|(&at, (found, outcome, _))| {
            let mut hit = ranked[at].hit.clone();
            hit.matches = shared_words(model, &wanted, &hit.text);
            Candidate { hit, relevance: found.relevance, coverage: found.coverage, outcome: *outcome }
        });
        let candidates = candidates.collect();
        let most = judged.len().min(JUDGED);
        let best: Vec<(&Prepared, Match)> = order
            .iter()
            .map(|&at| ranked[at])
            .zip(judged.iter().map(|(found, ..)| *found))
            .take(most)
            .collect();
        let parts = followed_parts(model, &request.hit.text, &best, overall);
        followed.push(Followed {
            verdict: mixed(parts.iter().map(|part| part.verdict)).unwrap_or_else(|| verdict(&judged[..most])),
            request,
            candidates,
            parts,
        });
    }
    let led_to = |hit: &Hit| {
        followed.iter().any(|followed: &Followed| {
            followed.is_asked_again() && followed.shown().iter().any(|candidate| candidate.hit.id == hit.id)
        })
    };
    let asked_later: Vec<Hit> = found.iter().map(|prepared| prepared.hit.clone()).collect();
    let new = requests(&asked_later).into_iter().filter(|request| !led_to(&request.hit)).collect();
    let concept = |at: usize| {
        let (name, title) = concepts.name(at)?;
        let (earlier, later) = (earlier_counts[at], later_counts[at]);
        (earlier + later > 0).then(|| ConceptRow {
            name: name.to_owned(),
            title: title.to_owned(),
            earlier,
            later,
        })
    };
    Ok(FollowUp {
        earlier: earlier.to_owned(),
        later: later.to_owned(),
        new,
        blankets: found.iter().filter_map(|prepared| blanket(&prepared.hit)).collect(),
        concepts: (0..concepts.len()).filter_map(concept).collect(),
        paragraphs: (before.len() as u32, found.len() as u32),
        grades: grade_changes(snapshot, earlier, later),
        followed,
    })
}

/// Phrases for the inspection before.
const BEFORE: [&str; 7] = [
    "last inspection",
    "previous inspection",
    "last full inspection",
    "last judgement inspection",
    "last ofsted inspection",
    "previous ofsted inspection",
    "last ilacs inspection",
];
/// Phrases for all that it asked for.
const EVERYTHING: [&str; 9] = [
    "areas for improvement",
    "areas for development",
    "recommendations",
    "areas of improvement",
    "areas of weakness",
    "weaknesses identified",
    "shortfalls identified",
    "deficits identified",
    "priority actions",
];
/// What is said of services as a whole.
const WHOLE: [&str; 6] = ["improved", "deteriorated", "declined", "progress", "improvement", "improvements"];

/// The paragraph with its sentence about many earlier requests at once marked, if it has one.
fn blanket(hit: &Hit) -> Option<Blanket> {
    let is_blanket = |sentence: &Range<usize>| {
        let Some(text) = hit.text.get(sentence.clone()) else { return false };
        let folded = format!(" {} ", analyse::fold(text));
        let has = |phrases: &[&str]| phrases.iter().any(|phrase| folded.contains(&format!(" {phrase} ")));
        has(&BEFORE)
            && (has(&EVERYTHING)
                || (has(&WHOLE)
                    && ["services for children", "children's services"]
                        .iter()
                        .any(|whole| folded.contains(whole))))
    };
    let matches: Vec<_> = hit.sentences.iter().filter(|sentence| is_blanket(sentence)).cloned().collect();
    if matches.is_empty() {
        return None;
    }
    let mut hit = hit.clone();
    hit.matches = matches;
    Some(Blanket { hit })
}

/// The grades of both reports, in the order of the earlier one.
fn grade_changes(snapshot: &Snapshot, earlier: &str, later: &str) -> Vec<GradeChange> {
    let grades = |path: &str| snapshot.report_head(path).map(|head| head.grades.to_vec()).unwrap_or_default();
    let (before, after) = (grades(earlier), grades(later));
    let mut changes: Vec<GradeChange> = Vec::new();
    for grade in before.iter().chain(&after) {
        if changes.iter().any(|change| change.area == grade.area) {
            continue;
        }
        let of = |grades: &[quotable_index::GivenGrade]| {
            grades.iter().find(|other| other.area == grade.area).map(|grade| grade.grade.clone())
        };
        changes.push(GradeChange { area: grade.area.clone(), earlier: of(&before), later: of(&after) });
    }
    changes
}
