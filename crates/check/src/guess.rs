//! Guesses which reports an article is about.
//!
//! Evidence adds up to a score for each report. Quotations of four words or more vote for the few reports that have their
//! words, each vote shared among them; long ones weigh more. The authority that the article names most counts, by any
//! name that a register knows; so do days that the text names, the day of the article, and a report that is published
//! “today”. One quotation is no evidence for a council that the article does not name where it names another: the words may
//! be misplaced. A report younger than the article is none that it is about, unless long quotations stand in it alone: the
//! press sees reports a few days early. If no report is left, the answer says that the report is [missing](About::missing).

use std::collections::{BTreeMap, BTreeSet};

use quotable_index::{Result, Snapshot, Sort};
use quotable_query::{Field, Query};
use quotable_report::profile::Profiles;
use quotable_report::{Date, ReportKind};

use crate::about::{About, AboutReport};
use crate::aligner::{Aligner, span};
use crate::corpus::Corpus;
use crate::days::{NamedDay, day_of, days_between, is_of_year, is_younger, named_days, years_of_reports};
use crate::mentions::{Mentioned, Names, mentions};
use crate::options::CheckOptions;
use crate::quotation::{Quotation, QuotationKind, Speaker};
use crate::token::{Token, quoted_tokens};
use crate::verdict::FEWEST;

/// Bytes of an article that are searched for names and dates. No article of the press comes near.
const LONGEST_ARTICLE: usize = 1 << 20;
/// Quotations that vote at most: bounds the time for an article that is all quotations.
const MOST_VOTERS: usize = 100;
/// Quotations that are aligned at most, if few stand anywhere word for word.
const MOST_ALIGNED: usize = 6;
/// More reports than these have words that say little of any one.
const FEW_REPORTS: u64 = 8;
/// Paragraphs that are fetched to see which reports have the words of a quotation; more only if few reports do.
const FIRST_HITS: usize = FEW_REPORTS as usize;
/// Words from which on a quotation is long: its words hardly stand in a report by chance.
const LONG: usize = 8;
/// The least similarity of a long quotation that votes for a report which has it with changes.
const ALIKE: f64 = 0.8;
/// What a vote for one report alone weighs, for a long quotation and for a short one.
const VOTE: f64 = 2.0;
const SHORT_VOTE: f64 = 1.0;
/// So many long quotations or more tell nothing of one report, unless it has one in [`MOST_OF`].
const MANY: usize = 4;
const MOST_OF: usize = 3;
/// Long quotations that outweigh the name of another council.
const SEVERAL: usize = 2;
/// What it weighs that the text names a report by its year. More than what the last report has before others.
const OF_YEAR: f64 = 0.7;
/// The lead in score that singles out one report.
const LEAD: f64 = 0.2;

/// An article, as far as a guess needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clues<'a> {
    pub(crate) text: &'a str,
    /// The day of the article.
    pub(crate) published: Option<Date>,
    pub(crate) quotations: &'a [Quotation],
}

/// The votes for one report.
#[derive(Debug, Clone, Default)]
struct Votes {
    weight: f64,
    /// The quotations that stand there, by index.
    quotations: BTreeSet<usize>,
    /// The long ones among them.
    long: BTreeSet<usize>,
}

/// Guesses by names and dates alone.
pub(crate) fn by_names(snapshot: &Snapshot, text: &str, published: Option<Date>) -> Option<About> {
    let clues = Clues { text, published, quotations: &[] };
    let names = Names::of(snapshot);
    let (candidates, _) = candidates(snapshot, &names, &clues, &BTreeMap::new());
    about(&clues, &candidates, |_| Some(true))
}

/// Guesses by all evidence, among the reports that the options admit.
pub(crate) fn by_quotations(
    snapshot: &Snapshot,
    names: &Names,
    clues: &Clues<'_>,
    options: &CheckOptions,
) -> Result<Option<About>> {
    let votes = votes(snapshot, clues, options)?;
    let (candidates, named) = candidates(snapshot, names, clues, &votes);
    let mut corpus = Corpus::new(snapshot, options);
    let confined = options.filter.is_some() || options.within.is_some();
    let mut failed = None;
    let found = about(clues, &candidates, |path| {
        if !confined {
            return Some(true);
        }
        match corpus.search(Query::filter(Field::Path, path), 1, Sort::Date) {
            Ok(hits) => Some(!hits.hits.is_empty()),
            Err(error) => {
                failed.get_or_insert(error);
                None
            }
        }
    });
    corpus.vocabulary.finish()?;
    if let Some(error) = failed {
        return Err(error);
    }
    // Of reports that the reader chose, none need be on the authority that the article names.
    let is_missing = candidates.is_empty() && !confined;
    Ok(found.or_else(|| if is_missing { missing(clues, named) } else { None }))
}

/// What an article is about whose report is not here: the authority that it names most.
fn missing(clues: &Clues<'_>, named: BTreeMap<String, NamedAuthority>) -> Option<About> {
    let (authority, most) = named
        .into_iter()
        .max_by_key(|(key, named)| (named.mentioned.count, std::cmp::Reverse(key.clone())))?;
    Some(About {
        authority,
        name: most.mentioned.name,
        mentions: most.mentioned.count,
        looked_for: looked_for(clues),
        missing: true,
        younger: most.younger,
        ..About::default()
    })
}

/// The votes of the quotations, by the paths of reports.
fn votes(snapshot: &Snapshot, clues: &Clues<'_>, options: &CheckOptions) -> Result<BTreeMap<String, Votes>> {
    let unbiased = CheckOptions { about: None, ..options.clone() };
    let mut aligner = Aligner::new(Corpus::new(snapshot, &unbiased));
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    let mut unfound: Vec<usize> = Vec::new();
    let voters = clues
        .quotations
        .iter()
        .enumerate()
        .filter(|(_, quotation)| matches!(quotation.kind, QuotationKind::Marked | QuotationKind::Block));
    for (index, quotation) in voters.take(MOST_VOTERS) {
        let by_person = matches!(quotation.speaker, Speaker::Person { .. } | Speaker::Organisation { .. });
        let mut stands = false;
        for piece in pieces(quotation) {
            let long = piece.len() >= LONG;
            if piece.len() < FEWEST || (by_person && !long) {
                continue;
            }
            let words = &quotation.text[span(&piece)];
            let Some(mut found) = aligner.corpus.first_with(words, FIRST_HITS)? else { continue };
            stands = true;
            if found.counts.reports > FEW_REPORTS {
                continue;
            }
            if found.counts.paragraphs > found.hits.len() as u64
                && let Some(all) = aligner.corpus.phrase(words, None)?
            {
                found = all;
            }
            let reports: BTreeSet<&str> = found.hits.iter().map(|hit| hit.citation.path.as_str()).collect();
            let weight = if long { VOTE } else { SHORT_VOTE } / reports.len().max(1) as f64;
            for path in reports {
                vote(&mut votes, path, index, long, weight);
            }
        }
        if !stands && quoted_tokens(&quotation.text).len() >= LONG && !by_person {
            unfound.push(index);
        }
    }
    if votes.values().all(|votes| votes.long.is_empty()) {
        for index in unfound.into_iter().take(MOST_ALIGNED) {
            let text = &clues.quotations[index].text;
            let tokens = quoted_tokens(text);
            let Some(best) = aligner.best(text, &tokens, None)? else { continue };
            let compared = aligner.compare(text, &tokens, &best.hit.text, &best.tokens, &best.steps);
            if compared.similarity >= ALIKE && compared.kept >= FEWEST {
                let path = best.hit.citation.path.clone();
                vote(&mut votes, &path, index, true, VOTE * compared.similarity);
            }
        }
    }
    aligner.corpus.vocabulary.finish()?;
    Ok(votes)
}

fn vote(votes: &mut BTreeMap<String, Votes>, path: &str, index: usize, long: bool, weight: f64) {
    let votes = votes.entry(path.to_owned()).or_default();
    votes.weight += weight;
    votes.quotations.insert(index);
    if long {
        votes.long.insert(index);
    }
}

/// The runs of words of a quotation between ellipses, brackets and paragraphs of the article.
fn pieces(quotation: &Quotation) -> Vec<Vec<Token>> {
    let mut pieces: Vec<Vec<Token>> = vec![Vec::new()];
    let mut last = 0;
    for token in quoted_tokens(&quotation.text) {
        let breaks = |at: &usize| (last..=token.bytes.start).contains(at);
        if !token.is_word() || quotation.breaks.iter().any(breaks) {
            pieces.push(Vec::new());
        }
        last = token.bytes.end;
        if token.is_word()
            && let Some(piece) = pieces.last_mut()
        {
            piece.push(token);
        }
    }
    pieces
}

/// A report that an article may be about.
struct Candidate {
    report: AboutReport,
    authority: String,
    name: String,
    mentions: u32,
    day: Option<Date>,
    votes: Votes,
    score: f64,
}

/// An authority that an article names.
struct NamedAuthority {
    mentioned: Mentioned,
    /// The number of reports on it that are younger than the article.
    younger: u32,
}

/// The reports on authorities that the article names, and those with votes, the likeliest first; and the authorities that it
/// names, by key.
fn candidates(
    snapshot: &Snapshot,
    names: &Names,
    clues: &Clues<'_>,
    votes: &BTreeMap<String, Votes>,
) -> (Vec<Candidate>, BTreeMap<String, NamedAuthority>) {
    let text = &clues.text[..clues.text.floor_char_boundary(LONGEST_ARTICLE)];
    let named = mentions(names, text).into_iter();
    let mut named: BTreeMap<String, NamedAuthority> =
        named.map(|(key, mentioned)| (key, NamedAuthority { mentioned, younger: 0 })).collect();
    let most = named.values().map(|named| named.mentioned.count).max().unwrap_or(0).max(1);
    let names_council = named.keys().any(|key| is_registered(key));
    let days = named_days(text);
    let years = years_of_reports(text);
    let is_today = says_today(text);
    let mut candidates: Vec<Candidate> = Vec::new();
    for head in snapshot.report_heads().filter(|head| head.kind != ReportKind::Article) {
        let votes = votes.get(head.path).cloned().unwrap_or_default();
        let mut mentioned = head.authority.and_then(|authority| named.get_mut(&authority.key));
        let day = day_of(&head);
        if mentioned.is_none() && votes.quotations.is_empty() {
            continue;
        }
        let single = votes.long.len() < SEVERAL && votes.quotations.len() < MANY;
        let is_council = head.authority.is_some_and(|authority| is_registered(&authority.key));
        if mentioned.is_none() && single && names_council && is_council {
            continue;
        }
        if let (Some(article), Some(day)) = (clues.published, day)
            && (is_younger(day, article) || (day > article && votes.long.is_empty()))
        {
            if let Some(named) = &mut mentioned {
                named.younger += 1;
            }
            continue;
        }
        let mentioned = mentioned.map(|named| &named.mentioned);
        let mentions = mentioned.map_or(0, |mentioned| mentioned.count);
        let inspected = head.inspected.iter().flat_map(|period| [period.start, period.end]);
        let of_year = years.iter().any(|&year| is_of_year(&head, year));
        let score = votes.weight
            + f64::from(mentions) / f64::from(most)
            + if of_year { OF_YEAR } else { 0.0 }
            + score_of_days(clues, &days, is_today, day, &inspected.collect::<Vec<_>>());
        let title = || head.title.unwrap_or(head.path).to_owned();
        candidates.push(Candidate {
            report: AboutReport {
                quotations: u32::try_from(votes.quotations.len()).unwrap_or(u32::MAX),
                ..AboutReport::of(&head)
            },
            authority: head.authority.map(|authority| authority.key.clone()).unwrap_or_default(),
            name: mentioned
                .map(|mentioned| mentioned.name.clone())
                .or_else(|| head.authority.map(|authority| authority.name.clone()))
                .unwrap_or_else(title),
            mentions,
            day,
            votes,
            score,
        });
    }
    // The press writes about the last report: of the reports on one authority, the later one has a little more.
    let mut latest: BTreeMap<String, Date> = BTreeMap::new();
    for candidate in &candidates {
        if let Some(day) = candidate.day {
            let latest = latest.entry(candidate.authority.clone()).or_insert(day);
            *latest = day.max(*latest);
        }
    }
    // Without the day of the article, a later report may be younger than it.
    let more = if clues.published.is_some() { 2.0 * LEAD } else { LEAD / 2.0 };
    for candidate in &mut candidates {
        if candidate.day.is_some() && latest.get(&candidate.authority) == candidate.day.as_ref() {
            candidate.score += more;
        }
    }
    // An authority that is named most and has no report here leaves what is named in passing.
    let best_named = candidates.iter().map(|candidate| candidate.mentions).max().unwrap_or(0);
    if best_named < most && most > 1 {
        candidates
            .retain(|candidate| !candidate.votes.quotations.is_empty() || 2 * candidate.mentions > most);
    }
    candidates.sort_by(|left, right| {
        right.score.total_cmp(&left.score).then_with(|| left.report.path.cmp(&right.report.path))
    });
    (candidates, named)
}

/// True for the key of an authority in a register of those that ship with the program.
fn is_registered(key: &str) -> bool {
    Profiles::built_in().registers().any(|register| register.with_key(key).is_some())
}

/// What the days that a text names, and its own, say for a report of that day.
fn score_of_days(
    clues: &Clues<'_>,
    named: &[NamedDay],
    is_today: bool,
    day: Option<Date>,
    inspected: &[Date],
) -> f64 {
    let Some(day) = day else { return 0.0 };
    let mut score = 0.0;
    if let Some(article) = clues.published
        && let Some(age) = days_between(day, article)
    {
        score += match age {
            0 if is_today => 2.0,
            0 => 1.0,
            1..=7 => 0.7,
            8..=60 => 0.4,
            _ => 0.0,
        };
    }
    let whole = |day: Date| named.iter().any(|named| named.date() == Some(day));
    let month =
        |day: Date| named.iter().any(|named| named.year.is_some() && named.day.is_none() && named.is(day));
    if whole(day) {
        score += 1.5;
    } else if inspected.iter().any(|day| whole(*day)) {
        score += 1.0;
    } else if month(day) || inspected.iter().any(|day| month(*day)) {
        score += 0.5;
    }
    // What the text names as past was past when the report was written.
    if named.iter().filter_map(NamedDay::date).any(|named| named > day) {
        score -= 0.5;
    }
    score
}

/// True if the text says that something is published today.
fn says_today(text: &str) -> bool {
    let folded = quotable_query::analyse::fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    const PUBLISHED: [&str; 8] =
        ["published", "issued", "released", "out", "report", "publication", "announced", "revealed"];
    words.iter().enumerate().any(|(at, word)| {
        let near = &words[at.saturating_sub(4)..(at + 4).min(words.len())];
        matches!(*word, "today" | "today's") && near.iter().any(|near| PUBLISHED.contains(near))
    })
}

/// What the article is about, from candidates in order. `admits` says whether a report may be looked at; `None` ends the
/// search.
fn about(
    clues: &Clues<'_>,
    candidates: &[Candidate],
    mut admits: impl FnMut(&str) -> Option<bool>,
) -> Option<About> {
    let mut admitted: Vec<&Candidate> = Vec::new();
    for candidate in candidates {
        if admits(&candidate.report.path)? {
            admitted.push(candidate);
        }
    }
    let best = admitted.first()?;
    let behind = |candidate: &&&Candidate| best.score - candidate.score < LEAD;
    let mut tied: Vec<&&Candidate> =
        admitted.iter().filter(behind).filter(|tied| tied.authority == best.authority).collect();
    // Two authorities that fare alike: neither is singled out.
    let rival = admitted.iter().filter(behind).any(|other| other.authority != best.authority);
    let evidence = best.votes.weight >= SHORT_VOTE / 2.0 || best.mentions > 0;
    if !evidence || (rival && best.mentions == 0 && best.votes.long.is_empty()) {
        return None;
    }
    let single = tied.len() == 1;
    // Of several that have the same quotations, the press writes about the later.
    let quoted = !single && tied.iter().all(|tied| !tied.votes.quotations.is_empty());
    if quoted {
        tied.sort_by_key(|tied| std::cmp::Reverse(tied.day));
    }
    let mut reports: Vec<AboutReport> = tied.iter().map(|tied| tied.report.clone()).collect();
    if single {
        // Others that the article names and quotes at length: the report before, the report on a neighbour.
        let others = admitted.iter().skip(1).filter(|other| {
            other.mentions > 0 && other.votes.long.iter().any(|long| !best.votes.quotations.contains(long))
        });
        reports.extend(others.map(|other| other.report.clone()));
    }
    // Long quotations from many reports: the article is about none of them, or all alike.
    let long: BTreeSet<usize> = admitted.iter().flat_map(|one| one.votes.long.iter().copied()).collect();
    let is_chosen = |one: &&&Candidate| reports.iter().any(|report| report.path == one.report.path);
    let chosen: BTreeSet<usize> =
        admitted.iter().filter(is_chosen).flat_map(|one| one.votes.long.iter().copied()).collect();
    if long.len() >= MANY && chosen.len() * MOST_OF < long.len() {
        return None;
    }
    Some(About {
        authority: best.authority.clone(),
        name: best.name.clone(),
        mentions: best.mentions,
        report: reports.first().filter(|_| single || quoted).map(|first| first.path.clone()),
        reports,
        looked_for: looked_for(clues),
        given: false,
        missing: false,
        younger: 0,
    })
}

fn looked_for(clues: &Clues<'_>) -> u32 {
    let looked_for = clues.quotations.iter().filter(|quotation| is_looked_for(quotation)).count();
    u32::try_from(looked_for).unwrap_or(u32::MAX)
}

/// True for a quotation that should stand in a report: long enough, and spoken by no person or other body.
pub(crate) fn is_looked_for(quotation: &Quotation) -> bool {
    matches!(quotation.kind, QuotationKind::Marked | QuotationKind::Block)
        && !matches!(quotation.speaker, Speaker::Person { .. } | Speaker::Organisation { .. })
        && quoted_tokens(&quotation.text).iter().filter(|token| token.is_word()).count() >= FEWEST
}
