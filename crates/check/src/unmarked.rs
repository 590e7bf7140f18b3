//! Passages of reports in the prose of an article, without quotation marks.
//!
//! The paragraphs of the reports that the article is about are indexed by every three words in a row. A passage is a run
//! of at least [`LONG_RUN`] words that a paragraph has too, or a sentence that agrees with one nearly word for word. Runs
//! grow over small changes. What stands in quotation marks is left out, but for scare quotes.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::ops::Range;

use quotable_index::{Hit, Result, Snapshot, Sort};
use quotable_query::{Field, Query};
use quotable_report::{Report, Role, sentences};

use crate::about::About;
use crate::align::Step;
use crate::aligner::{Aligner, edits, span};
use crate::article::CheckedText;
use crate::corpus::Corpus;
use crate::options::CheckOptions;
use crate::quotation::{Quotation, QuotationKind, QuotedPart};
use crate::token::{Token, source_tokens};
use crate::verbatim::verdict;
use crate::verdict::{ALTERED, BOILERPLATE, Check, FEWEST};

/// Words in a row that make a passage.
const LONG_RUN: usize = 8;
/// Words of a whole sentence that make one.
const SHORT_SENTENCE: usize = 6;
/// Words from which on a part of a sentence counts though many reports have it.
const RARE_RUN: usize = 13;
/// The share of a sentence that runs of three words must cover in one paragraph before it is aligned with it.
const COVERED: f64 = 0.4;
/// The least similarity of a sentence of fewer than [`LONG_RUN`] words.
const SHORT_ALIKE: f64 = 0.8;
/// Words in a row by which paragraphs are indexed.
const GRAM: usize = 3;
/// The most occurrences of three words that are followed up.
const MOST_OCCURRENCES: usize = 64;
/// The most reports that are searched for passages, the most paragraphs of one, and the most passages of an article.
const MOST_REPORTS: usize = 6;
const MOST_PARAGRAPHS: usize = 3_000;
const MOST_PASSAGES: usize = 2_000;

/// The passages of an article, in order.
pub(crate) fn passages(
    snapshot: &Snapshot,
    article: &Report,
    quoted: &[CheckedText],
    about: &About,
    options: &CheckOptions,
) -> Result<Vec<CheckedText>> {
    let mut finder = Finder {
        sources: Sources::load(snapshot, about, options)?,
        aligner: Aligner::new(Corpus::new(snapshot, options)),
    };
    if finder.sources.paragraphs.is_empty() {
        return Ok(Vec::new());
    }
    let mut masks: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    let longer = quoted.iter().filter(|checked| checked.quotation.kind != QuotationKind::Scare);
    for part in longer.flat_map(|checked| &checked.quotation.parts) {
        masks.entry(part.paragraph).or_default().push(part.bytes.clone());
    }
    let mut passages = Vec::new();
    let prose = article
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| matches!(paragraph.role, Role::Body | Role::Bullet | Role::Quote));
    for (index, paragraph) in prose {
        let mask = masks.get(&index).map(Vec::as_slice).unwrap_or_default();
        for found in finder.passages(&paragraph.text, mask)? {
            if passages.len() >= MOST_PASSAGES {
                return Ok(passages);
            }
            passages.extend(finder.checked(index, &paragraph.text, found)?);
        }
    }
    finder.aligner.corpus.vocabulary.finish()?;
    Ok(passages)
}

/// The paragraphs of the reports.
struct Sources {
    paragraphs: Vec<(Hit, Vec<Token>)>,
    /// Where three words in a row stand, by their hash: paragraph and first token.
    grams: HashMap<u64, Vec<(usize, usize)>>,
    hasher: BuildHasherDefault<DefaultHasher>,
}

impl Sources {
    fn load(snapshot: &Snapshot, about: &About, options: &CheckOptions) -> Result<Self> {
        let corpus = Corpus::new(snapshot, options);
        let mut sources =
            Self { paragraphs: Vec::new(), grams: HashMap::new(), hasher: BuildHasherDefault::default() };
        let mut paths: Vec<&str> = about
            .report
            .as_deref()
            .into_iter()
            .chain(about.reports.iter().map(|report| report.path.as_str()))
            .collect();
        let mut seen = std::collections::HashSet::new();
        paths.retain(|path| seen.insert(*path));
        for path in paths.into_iter().take(MOST_REPORTS) {
            let query = Query::All.and(Query::filter(Field::Path, path));
            for hit in corpus.search(query, MOST_PARAGRAPHS, Sort::Date)?.hits {
                sources.add(hit);
            }
        }
        Ok(sources)
    }

    fn add(&mut self, hit: Hit) {
        let tokens = source_tokens(&hit.text);
        let paragraph = self.paragraphs.len();
        for (at, gram) in tokens.windows(GRAM).enumerate() {
            let hash = self.hash(gram);
            self.grams.entry(hash).or_default().push((paragraph, at));
        }
        self.paragraphs.push((hit, tokens));
    }

    fn hash(&self, gram: &[Token]) -> u64 {
        let texts: [&str; GRAM] =
            std::array::from_fn(|at| gram.get(at).map_or("", |token| token.text.as_str()));
        self.hasher.hash_one(texts)
    }

    /// Where the words at `at` stand in the reports.
    fn occurrences(&self, tokens: &[Token], at: usize) -> impl Iterator<Item = (usize, usize)> {
        let gram = tokens.get(at..at + GRAM);
        let found = gram.and_then(|gram| self.grams.get(&self.hash(gram)));
        found.into_iter().flatten().copied().take(MOST_OCCURRENCES)
    }

    /// The number of equal tokens from `at` on and from token `there` of a paragraph on.
    fn equal(&self, tokens: &[Token], at: usize, paragraph: usize, there: usize) -> usize {
        let source = self.paragraphs.get(paragraph).map(|(_, tokens)| tokens.as_slice()).unwrap_or_default();
        let pairs = tokens.get(at..).unwrap_or_default().iter().zip(source.get(there..).unwrap_or_default());
        pairs.take_while(|(left, right)| left.text == right.text).count()
    }
}

/// A passage in the tokens of a part of a paragraph, and how it agrees with a paragraph of a report.
struct Passage {
    /// The tokens of the article from the first to the last of the passage.
    tokens: Vec<Token>,
    paragraph: usize,
    /// Indexes of `tokens` and of the tokens in `source`.
    steps: Vec<Step>,
    /// The tokens of the paragraph that steps index into; `None` for all of them.
    source: Option<Vec<Token>>,
}

/// A run of equal words.
#[derive(Debug, Clone)]
struct Run {
    at: usize,
    paragraph: usize,
    there: usize,
    len: usize,
}

struct Finder<'a> {
    sources: Sources,
    aligner: Aligner<'a>,
}

impl Finder<'_> {
    /// The passages of one paragraph outside `masks`, in order.
    fn passages(&mut self, text: &str, masks: &[Range<usize>]) -> Result<Vec<Passage>> {
        let tokens = source_tokens(text);
        let masked = |token: &Token| {
            masks.iter().any(|mask| mask.start < token.bytes.end && token.bytes.start < mask.end)
        };
        let mut passages = Vec::new();
        for part in tokens.chunk_by(|left, right| !masked(left) && !masked(right)) {
            if part.len() >= SHORT_SENTENCE && !part.first().is_some_and(masked) {
                self.passages_of_part(text, part, &mut passages)?;
            }
        }
        Ok(passages)
    }

    fn passages_of_part(&mut self, text: &str, tokens: &[Token], passages: &mut Vec<Passage>) -> Result<()> {
        let sentences = sentence_ranges(text, tokens);
        let mut runs = self.runs(tokens, &sentences);
        for sentence in &sentences {
            let inside = |run: &Run| {
                let end = run.at + run.len;
                end.min(sentence.end).saturating_sub(run.at.max(sentence.start))
            };
            let covered: usize = runs.iter().map(inside).sum();
            // What is covered as a whole needs no alignment.
            if sentence.len() < SHORT_SENTENCE || covered == sentence.len() {
                continue;
            }
            // A run that reaches into other sentences is kept whole.
            let reaches = runs.iter().any(|run| {
                inside(run) > 0
                    && (run.at < sentence.start || run.at + run.len > sentence.end)
                    && run.len > 2 * inside(run)
            });
            if reaches {
                continue;
            }
            let least = if sentence.len() < LONG_RUN { SHORT_ALIKE } else { ALTERED };
            if let Some(found) = self.aligned(text, tokens, sentence, least) {
                runs.retain(|run| inside(run) == 0);
                passages.push(found);
            }
        }
        for run in runs {
            let (start, end) = (run.at, run.at + run.len);
            let whole = sentences.iter().any(|sentence| start <= sentence.start && sentence.end <= end);
            if !whole && run.len < RARE_RUN && self.is_common(text, &tokens[start..end])? {
                continue;
            }
            let found = self.grown(tokens, &run);
            passages.push(found);
        }
        passages.sort_by_key(|passage| span(&passage.tokens).start);
        // A run that grew over small changes may reach what another passage has.
        passages.dedup_by(|later, earlier| span(&later.tokens).start < span(&earlier.tokens).end);
        Ok(())
    }

    /// The longest runs of equal words, without overlap.
    fn runs(&self, tokens: &[Token], sentences: &[Range<usize>]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut at = 0;
        while at + GRAM <= tokens.len() {
            let mut best: Option<Run> = None;
            for (paragraph, there) in self.sources.occurrences(tokens, at) {
                let len = self.sources.equal(tokens, at, paragraph, there);
                if best.as_ref().is_none_or(|best| len > best.len) {
                    best = Some(Run { at, paragraph, there, len });
                }
            }
            let is_sentence = |run: &Run| {
                run.len >= SHORT_SENTENCE
                    && sentences
                        .iter()
                        .any(|sentence| run.at == sentence.start && sentence.end <= run.at + run.len)
            };
            match best.filter(|run| run.len >= LONG_RUN || is_sentence(run)) {
                Some(run) => {
                    at += run.len;
                    runs.push(run);
                }
                None => at += 1,
            }
        }
        runs
    }

    /// A sentence aligned with the paragraph that has most of its words in threes; `None` if it is less similar than
    /// `least`.
    fn aligned(
        &mut self,
        text: &str,
        tokens: &[Token],
        sentence: &Range<usize>,
        least: f64,
    ) -> Option<Passage> {
        let mut covered: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for at in sentence.start..(sentence.end + 1).saturating_sub(GRAM) {
            let mut here: Vec<usize> =
                self.sources.occurrences(tokens, at).map(|(paragraph, _)| paragraph).collect();
            here.sort_unstable();
            here.dedup();
            for paragraph in here {
                let (count, end) = covered.entry(paragraph).or_default();
                *count += at + GRAM - at.max(*end);
                *end = at + GRAM;
            }
        }
        let (&paragraph, &(count, _)) =
            covered.iter().max_by_key(|(paragraph, (count, _))| (*count, std::cmp::Reverse(**paragraph)))?;
        if (count as f64) < COVERED * sentence.len() as f64 {
            return None;
        }
        let (hit, source) = self.sources.paragraphs.get(paragraph)?;
        let (hit, source) = (hit.clone(), source.clone());
        let quoted = tokens[sentence.clone()].to_vec();
        let aligned = self.aligner.align(&quoted, hit, source);
        let compared =
            self.aligner.compare(text, &quoted, &aligned.hit.text, &aligned.tokens, &aligned.steps);
        if compared.similarity < least || compared.kept <= FEWEST {
            return None;
        }
        // Words of the writer before and behind (`Inspectors found`) are no part of the passage.
        let added = |step: &&Step| matches!(step, Step::Added { .. });
        let before = aligned.steps.iter().take_while(added).count();
        let behind = aligned.steps.iter().rev().take_while(added).count().min(aligned.steps.len() - before);
        let shifted = |step: &Step| match step.clone() {
            Step::Same { quoted, source } => Step::Same { quoted: quoted - before, source },
            Step::Form { quoted, source } => Step::Form { quoted: quoted - before, source },
            Step::Replaced { quoted, source } => Step::Replaced { quoted: quoted - before, source },
            Step::Added { quoted } => Step::Added { quoted: quoted - before },
            Step::Placeholder { quoted, source } => Step::Placeholder { quoted: quoted - before, source },
            step @ Step::Missing { .. } => step,
        };
        let kept = &aligned.steps[before..aligned.steps.len() - behind];
        Some(Passage {
            tokens: quoted[before..quoted.len() - behind].to_vec(),
            paragraph,
            steps: kept.iter().map(shifted).collect(),
            source: Some(aligned.tokens),
        })
    }

    /// A run with what follows and precedes it after a change of one or two words.
    fn grown(&self, tokens: &[Token], run: &Run) -> Passage {
        // A change of so many words, if so many equal ones follow: more for a longer change.
        const GAP: usize = 6;
        const SMALL_GAP: usize = 2;
        const MORE: usize = 4;
        const MORE_AFTER_LONG: usize = 6;
        let source = self
            .sources
            .paragraphs
            .get(run.paragraph)
            .map(|(_, tokens)| tokens.as_slice())
            .unwrap_or_default();
        let same = |at: usize, there: usize| matches!((tokens.get(at), source.get(there)), (Some(left), Some(right)) if left.text == right.text);
        let mut steps: Vec<(Option<usize>, Option<usize>)> =
            (0..run.len).map(|step| (Some(run.at + step), Some(run.there + step))).collect();
        // The smallest change first.
        let gaps = || {
            (1..=2 * GAP)
                .flat_map(|both| (0..=both).map(move |left| (left, both - left)))
                .filter(|(left, right)| *left <= GAP && *right <= GAP)
        };
        let more =
            |left: usize, right: usize| if left.max(right) <= SMALL_GAP { MORE } else { MORE_AFTER_LONG };
        let (mut end, mut end_there) = (run.at + run.len, run.there + run.len);
        while let Some((left, right)) = gaps().find(|(left, right)| {
            !tokens.get(end).is_some_and(|token| token.opens_sentence)
                && (0..more(*left, *right)).all(|next| same(end + left + next, end_there + right + next))
                && !tokens[end..end + left].iter().any(|token| token.opens_sentence)
        }) {
            steps.extend((0..left).map(|gap| (Some(end + gap), None)));
            steps.extend((0..right).map(|gap| (None, Some(end_there + gap))));
            (end, end_there) = (end + left, end_there + right);
            while same(end, end_there) {
                steps.push((Some(end), Some(end_there)));
                (end, end_there) = (end + 1, end_there + 1);
            }
        }
        let (mut start, mut there) = (run.at, run.there);
        let mut before: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        while let Some((left, right)) = gaps().find(|(left, right)| {
            !tokens.get(start).is_some_and(|token| token.opens_sentence)
                && (1..=more(*left, *right)).all(|before| {
                    matches!((start.checked_sub(left + before), there.checked_sub(right + before)), (Some(at), Some(there)) if same(at, there))
                })
                && !tokens[start - left..start].iter().any(|token| token.opens_sentence)
        }) {
            before.extend((1..=left).map(|gap| (Some(start - gap), None)));
            before.extend((1..=right).map(|gap| (None, Some(there - gap))));
            (start, there) = (start - left, there - right);
            while start > 0 && there > 0 && same(start - 1, there - 1) {
                (start, there) = (start - 1, there - 1);
                before.push((Some(start), Some(there)));
            }
        }
        before.reverse();
        let steps = before.into_iter().chain(steps).filter_map(|step| match step {
            (Some(quoted), Some(source)) => Some(Step::Same { quoted: quoted - start, source }),
            (Some(quoted), None) => Some(Step::Added { quoted: quoted - start }),
            (None, Some(source)) => Some(Step::Missing { source }),
            (None, None) => None,
        });
        Passage {
            tokens: tokens[start..end].to_vec(),
            paragraph: run.paragraph,
            steps: steps.collect(),
            source: None,
        }
    }

    /// True if many reports have these words: a phrase of the trade, and no passage of any.
    fn is_common(&mut self, text: &str, tokens: &[Token]) -> Result<bool> {
        Ok(self.aligner.corpus.reports_with(&text[span(tokens)])? >= BOILERPLATE)
    }

    /// A passage as it is reported.
    fn checked(&mut self, index: usize, text: &str, passage: Passage) -> Result<Option<CheckedText>> {
        let Some((hit, all)) = self.sources.paragraphs.get(passage.paragraph) else { return Ok(None) };
        let source = passage.source.as_ref().unwrap_or(all);
        let bytes = span(&passage.tokens);
        let words = text.get(bytes.clone()).unwrap_or_default().to_owned();
        let mut tokens = passage.tokens;
        for token in &mut tokens {
            token.bytes = token.bytes.start - bytes.start..token.bytes.end - bytes.start;
        }
        let compared = self.aligner.compare(&words, &tokens, &hit.text, source, &passage.steps);
        let Some(place) = self.aligner.corpus.place(hit, compared.source, 0..words.len())? else {
            return Ok(None);
        };
        let edits = edits(&words, &place.text, compared.differences, 0);
        let mut check = Check::blank(&words);
        check.verdict = verdict(&edits);
        check.similarity = compared.similarity;
        check.edits = edits;
        check.places = vec![place];
        (check.total, check.reports) = (1, 1);
        let mut quotation = Quotation::new(words);
        quotation.kind = QuotationKind::Unmarked;
        quotation.parts = vec![QuotedPart { paragraph: index, bytes }];
        Ok(Some(CheckedText { quotation, check }))
    }
}

/// The sentences of a part of a paragraph, as ranges of its tokens.
fn sentence_ranges(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(text) {
        let start = tokens.partition_point(|token| token.bytes.start < sentence.start);
        let end = tokens.partition_point(|token| token.bytes.start < sentence.end);
        if end > start {
            ranges.push(start..end);
        }
    }
    ranges
}
