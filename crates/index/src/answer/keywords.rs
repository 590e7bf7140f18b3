//! Keywords: the words and sequences of words that one part of a corpus has more of than another.

mod options;

use quotable_stats::{Keyness, benjamini_hochberg};
use serde::{Deserialize, Serialize};

use crate::answer::collocates::id_of;
use crate::answer::concordance::Line;
use crate::answer::extent::Extent;
use crate::answer::provenance::{self, Provenance};
use crate::answer::sequences::{self, Gram, Sequences, Side, Sizes, Thresholds};
use crate::error::{Error, ErrorKind, Result};
use crate::id::Id;
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;

pub use self::options::{KeywordOptions, KeywordSort};

/// The words and sequences of words (n-grams) that one part of a corpus, the target, has relatively more of than another, the
/// reference.
///
/// A sequence does not go over the end of a sentence. Counts and sizes are exact; a rate is one of words, for sequences too.
/// Where a paragraph is in both parts, it counts for the target alone. Boilerplate of both parts is left out of counts and
/// sizes, unless the options say otherwise; how often the boilerplate of the target has a word is said
/// [apart](Keyword::boilerplate).
///
/// The documented record, which only grows, is `export::keyword::KeywordRecord` of the crate `quotable`; the form that
/// serde gives this type is for passing it between programs of one version.
///
/// ```
/// use quotable_index::{Index, KeywordOptions};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("a/2014.txt", b"Plans drift. Plans for children drift.")?;
/// writer.put_bytes("b/2014.txt", b"Plans drift and drift.")?;
/// writer.put_bytes("c/2018.txt", b"Plans for children are good, and staff are good to children.")?;
/// writer.finish()?;
/// let old = index.search(&"path:*2014*".parse()?)?;
/// let keywords = old.keywords(None, &KeywordOptions::default().min_count(2).min_reports(2).max_p(1.0))?;
/// let drift = &keywords.rows[0];
/// assert_eq!((drift.words.as_str(), drift.count, drift.reference_count, drift.reports), ("drift", 4, 0, 2));
/// assert_eq!((keywords.target.words, keywords.reference.words), (10, 11));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Keywords {
    /// The keywords that pass the thresholds, in the order that the options ask for.
    pub rows: Vec<Keyword>,
    /// How many pass the thresholds: as many as there are rows, unless a limit cut them.
    pub found: u64,
    /// How many different words and sequences were tested: those that pass the thresholds of counts and reports.
    /// [`p_adjusted`](Keyword::p_adjusted) is adjusted for so many tests.
    pub tested: u64,
    /// What the reference has relatively more of (negative keywords), by the same thresholds applied to the reference; empty
    /// unless the options ask for [both](KeywordOptions::both). Counts and effects are those of the target beside the
    /// reference, as in the other rows: their log ratio, G2 and chi-squared are below 0.
    pub reference_rows: Vec<Keyword>,
    /// How many of these pass the thresholds.
    pub reference_found: u64,
    /// How many words and sequences of the reference were tested, apart from those of the target.
    pub reference_tested: u64,
    /// The text of the target, without the boilerplate that is counted apart.
    pub target: Extent,
    /// The text of the reference, without boilerplate likewise.
    pub reference: Extent,
    /// The boilerplate of the target that is counted apart.
    pub boilerplate: Extent,
    /// The paragraphs of the target that the reference would have too.
    pub in_both: u64,
    /// Version, corpus and the query of the target, to repeat the counts.
    pub provenance: Provenance,
    /// The query of the reference; `None` for the rest of the corpus.
    pub against: Option<String>,
    /// The order of the rows.
    pub sort: KeywordSort,
}

/// A word or sequence of words of a target, beside a reference. In a row of the reference (a negative keyword), reports, spread
/// and examples are those of the reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Keyword {
    /// The folded words, with single spaces between.
    pub words: String,
    /// Number of words.
    pub length: u8,
    /// The part that has relatively more of it.
    pub part: KeywordPart,
    /// Occurrences in the target.
    pub count: u64,
    /// Occurrences in the reference.
    pub reference_count: u64,
    /// Occurrences for every 10,000 words of the target.
    pub per_10_000_words: f64,
    /// Occurrences for every 10,000 words of the reference.
    pub reference_per_10_000_words: f64,
    /// Occurrences in the boilerplate of the target, which are in no other count.
    pub boilerplate: u64,
    /// Log ratio: how many times the rate is doubled.
    pub log_ratio: f64,
    /// %DIFF: by how many per cent the rate is higher; `None` where the reference has none.
    pub percent_difference: Option<f64>,
    /// Simple maths with the constant 1.
    pub simple_maths: f64,
    /// The odds ratio; `None` where the reference has none.
    pub odds_ratio: Option<f64>,
    /// Log-likelihood G2 of the two counts, as concordancers have it.
    pub log_likelihood: f64,
    /// Log-likelihood G2 over the whole table.
    pub log_likelihood_of_table: f64,
    /// Chi-squared, without a correction for continuity.
    pub chi_squared: f64,
    /// The probability of a G2 over the whole table so large by chance.
    pub p: f64,
    /// The same, adjusted for the number of tests (Benjamini and Hochberg 1995).
    pub p_adjusted: f64,
    /// Reports of the target that have it.
    pub reports: u64,
    /// How unevenly the reports of the target have it: Gries's deviation of proportions, 0 for evenly.
    pub dp: f64,
    /// The same, divided by its largest possible value.
    pub dp_norm: f64,
    /// Juilland's D over the reports of the target: 1 for evenly.
    pub juilland_d: f64,
    /// The ids of up to three paragraphs of different reports of the target that have it, in report order.
    pub examples: Vec<Id>,
    /// The first occurrence in the first of these paragraphs; `None` if the options ask for none.
    pub example: Option<Line>,
}

/// Which of two parts has more of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeywordPart {
    /// The target: a keyword.
    Target,
    /// The reference: a negative keyword.
    Reference,
}

impl KeywordPart {
    /// The name used in tables and JSON: `target`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Reference => "reference",
        }
    }
}

/// The keywords of the target against the reference.
pub(crate) fn keywords(
    target: &CompiledQuery,
    reference: &CompiledQuery,
    is_rest: bool,
    options: &KeywordOptions,
) -> Result<Keywords> {
    let longest = sequences::longest(&options.lengths)?;
    let parts = sequences::of_two(target, Some(reference), options.boilerplate, longest)?;
    // One report against others has no words of three reports.
    let thresholds = |sizes: &Sizes| Thresholds {
        count: options.min_count.max(1),
        reports: options.min_reports.min(sizes.target.reports).max(1),
    };
    let own = Side::of_target(&parts, thresholds);
    if own.sizes.target.words == 0 || own.sizes.reference.words == 0 {
        return Err(empty_part(target, reference, is_rest, &own.sizes));
    }
    let extents = [own.sizes.target, own.sizes.reference, own.sizes.boilerplate];
    let mut sides = vec![own];
    if options.both {
        sides.push(Side::of_reference(&parts, thresholds));
    }
    let mut interrupt = target.options.interrupt();
    let counted = Sequences::count(target, &parts, &sides, &interrupt)?;
    let mut listed = Vec::new();
    for ((sequences, side), part) in
        counted.iter().zip(&sides).zip([KeywordPart::Target, KeywordPart::Reference])
    {
        listed.push(Listed::of(target, sequences, &side.sizes, part, options, &mut interrupt)?);
    }
    let mut listed = listed.into_iter();
    let (own, other) = (listed.next().unwrap_or_default(), listed.next().unwrap_or_default());
    let [of_target, of_reference, boilerplate] = extents;
    Ok(Keywords {
        rows: own.rows,
        found: own.found,
        tested: own.tested,
        reference_rows: other.rows,
        reference_found: other.found,
        reference_tested: other.tested,
        target: of_target,
        reference: of_reference,
        boilerplate,
        in_both: if is_rest { 0 } else { parts.both },
        provenance: provenance::of(target),
        against: (!is_rest).then(|| reference.query.to_string()),
        sort: options.sort,
    })
}

/// The keywords of one of the parts.
#[derive(Default)]
struct Listed {
    rows: Vec<Keyword>,
    found: u64,
    tested: u64,
}

impl Listed {
    /// The words that `part` has more of. The target of `sequences` and of `sizes` is that part: counts are turned back for the
    /// reference.
    fn of(
        target: &CompiledQuery,
        sequences: &Sequences<'_>,
        sizes: &Sizes,
        part: KeywordPart,
        options: &KeywordOptions,
        interrupt: &mut Interrupt,
    ) -> Result<Self> {
        let mut tested: Vec<(usize, u32, Gram, Keyness)> = Vec::new();
        for length in options.lengths.clone().map(usize::from) {
            for (number, gram) in sequences.of_length(length) {
                interrupt.step()?;
                if !options.function_words && !sequences.is_of_content(length, gram) {
                    continue;
                }
                let own = (u64::from(gram.count), sizes.target.words);
                let other = (u64::from(gram.reference), sizes.reference.words);
                let (one, two) = if part == KeywordPart::Target { (own, other) } else { (other, own) };
                let keyness = Keyness::new(one.0, one.1, two.0, two.1);
                tested.extend(keyness.map(|keyness| (length, number, *gram, keyness)));
            }
        }
        let p_values: Vec<f64> = tested.iter().map(|(_, _, _, keyness)| keyness.p_value()).collect();
        let adjusted = benjamini_hochberg(&p_values, tested.len());
        let count = tested.len() as u64;
        let mut kept: Vec<(usize, u32, Keyword)> = Vec::new();
        for ((length, number, gram, keyness), (p, p_adjusted)) in
            tested.into_iter().zip(p_values.into_iter().zip(adjusted))
        {
            interrupt.step()?;
            let (more, log_ratio) = match part {
                KeywordPart::Target => (keyness.rate() > keyness.reference_rate(), keyness.log_ratio()),
                KeywordPart::Reference => (keyness.reference_rate() > keyness.rate(), -keyness.log_ratio()),
            };
            if !more || p_adjusted > options.max_p || log_ratio < options.min_log_ratio {
                continue;
            }
            let words = sequences.spelled(length, &gram);
            kept.push((length, number, keyword(words, length, &gram, part, keyness, [p, p_adjusted])));
        }
        let by_strength = |one: &Keyword, other: &Keyword| {
            let (first, second) = (options.sort.strength(one), options.sort.strength(other));
            let by_support = other.log_likelihood.abs().total_cmp(&one.log_likelihood.abs());
            second.total_cmp(&first).then(by_support).then_with(|| one.words.cmp(&other.words))
        };
        kept.sort_by(|(_, _, one), (_, _, other)| by_strength(one, other));
        let mut found = kept.len() as u64;
        if options.max_dp.is_none() {
            // How evenly the others are spread is not asked for.
            kept.truncate(options.limit);
        }
        let places: Vec<(usize, u32)> = kept.iter().map(|(length, number, _)| (*length, *number)).collect();
        let spread = sequences.spread(&places, interrupt)?;
        let mut rows = Vec::with_capacity(kept.len());
        for ((_, _, mut row), spread) in kept.into_iter().zip(&spread) {
            (row.dp, row.dp_norm, row.juilland_d) = (spread.dp, spread.dp_norm, spread.juilland_d);
            if options.max_dp.is_none_or(|most| row.dp <= most) {
                rows.push((row, spread.examples));
            }
        }
        if options.max_dp.is_some() {
            found = rows.len() as u64;
        }
        rows.truncate(options.limit);
        let mut listed = Vec::with_capacity(rows.len());
        for (mut row, examples) in rows {
            interrupt.step()?;
            let paragraphs =
                || examples.iter().filter_map(|at| sequences.subcorpus().paragraphs().get(*at as usize));
            row.examples = paragraphs().filter_map(|paragraph| id_of(&target.state, paragraph)).collect();
            if let Some(paragraph) = paragraphs().next()
                && options.context > 0
            {
                row.example = sequences::line(target, paragraph, &row.words, options.context.into())?;
            }
            listed.push(row);
        }
        Ok(Self { rows: listed, found, tested: count })
    }
}

/// A row, with the counts of the target first, and without its spread and examples.
fn keyword(
    words: String,
    length: usize,
    gram: &Gram,
    part: KeywordPart,
    keyness: Keyness,
    [p, p_adjusted]: [f64; 2],
) -> Keyword {
    let finite = |value: f64| value.is_finite().then_some(value);
    let (count, reference_count) = match part {
        KeywordPart::Target => (gram.count, gram.reference),
        KeywordPart::Reference => (gram.reference, gram.count),
    };
    Keyword {
        words,
        length: u8::try_from(length).unwrap_or(u8::MAX),
        part,
        count: count.into(),
        reference_count: reference_count.into(),
        per_10_000_words: keyness.rate() * 10_000.0,
        reference_per_10_000_words: keyness.reference_rate() * 10_000.0,
        boilerplate: gram.boilerplate.into(),
        log_ratio: keyness.log_ratio(),
        percent_difference: finite(keyness.percent_difference()),
        simple_maths: keyness.simple_maths(1.0),
        odds_ratio: finite(keyness.odds_ratio()),
        log_likelihood: keyness.log_likelihood(),
        log_likelihood_of_table: keyness.log_likelihood_of_table(),
        chi_squared: keyness.chi_squared(),
        p,
        p_adjusted,
        reports: gram.reports.into(),
        dp: 0.0,
        dp_norm: 0.0,
        juilland_d: 0.0,
        examples: Vec::new(),
        example: None,
    }
}

/// The error for a target or reference without words.
fn empty_part(target: &CompiledQuery, reference: &CompiledQuery, is_rest: bool, sizes: &Sizes) -> Error {
    let message = if sizes.target.words == 0 && sizes.boilerplate.words > 0 {
        format!(
            "all paragraphs that {} finds are boilerplate, which is counted apart; count it too, or ask for others",
            target.query
        )
    } else if sizes.target.words == 0 {
        format!("{} finds no paragraph, so it has no keywords", target.query)
    } else if is_rest {
        format!(
            "{} finds every paragraph, so there is no rest to compare with; name another part",
            target.query
        )
    } else {
        format!(
            "{} finds no paragraph that {} does not find, so there is nothing to compare with",
            reference.query, target.query
        )
    };
    Error::new(ErrorKind::NoReports, message)
}

#[cfg(test)]
mod tests;
