//! Collocates: what stands near the occurrences of a query more often than chance puts it there.

mod example;
mod occurrences;
mod options;
mod tally;
mod window;

use quotable_codebook::{Code, CodeKind};
use quotable_query::is_function_word;
use quotable_stats::{Association, benjamini_hochberg};
use serde::{Deserialize, Serialize};

use self::example::Examples;
use self::occurrences::Occurrences;
use self::tally::{NONE, Sizes, Tally, count_concepts, count_words};
use self::window::Places;
use crate::answer::concordance::Line;
use crate::answer::count::restricted;
use crate::answer::provenance::{self, Provenance};
use crate::error::{Error, ErrorKind, Result};
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::forward::ForwardIndex;
use crate::search::found::FoundParagraph;
use crate::search::hit::Counts;
use crate::search::subcorpus::ListedParagraph;
use crate::store::state::State;

pub use self::options::{CollocateOptions, Measure};

/// The words near the occurrences of a query, or the concepts of the code book.
///
/// **What is counted.** The surface co-occurrences of Evert ("Corpora and collocations", in Lüdeling and Kytö, *Corpus
/// Linguistics*, 2008, section 3): a window has the words up to [`left`](Self::left) before and [`right`](Self::right) after an
/// occurrence and ends with the paragraph or sentence. A word in the windows of several occurrences counts once, for the
/// nearest. The words of the occurrences themselves are neither near nor elsewhere: they are left out of every count. So
/// each of the other words of the restricted corpus is in a window or not, and is the word in question or not, which gives a
/// table of two rows and two columns of exact counts:
///
/// | | the word | other words | all |
/// |---|---|---|---|
/// | in a window | [`observed`](Collocate::observed) | | [`window_words`](Self::window_words) |
/// | elsewhere | | | |
/// | all | [`frequency`](Collocate::frequency) | | [`words`](Self::words) |
///
/// [`expected`](Collocate::expected) is `window_words × frequency / words`. All measures but logDice are computed from this
/// table; logDice takes the number of occurrences in place of `window_words`. The restricted corpus is that of a
/// [`CountTable`](crate::CountTable).
///
/// A concept of the code book counts as a word at the first word of each of its occurrences.
///
/// The documented record, which only grows, is `export::collocate::CollocateRecord` of the crate `quotable`; the form that
/// serde gives this type is for passing it between programs of one version.
///
/// ```
/// use quotable_index::{CollocateOptions, Index};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"High caseloads delay visits. Caseloads stay high, too high. Staff like the town.")?;
/// writer.finish()?;
/// let search = index.search(&"caseloads".parse()?)?;
/// let near = search.collocates(&CollocateOptions::default().window(2).min_count(2))?;
/// let high = &near.rows[0];
/// assert_eq!((high.name.as_str(), high.observed, high.frequency), ("high", 2, 3));
/// // One word before an occurrence, and two words after one.
/// assert_eq!((high.left.as_slice(), high.right.as_slice()), ([1, 0].as_slice(), [0, 1].as_slice()));
/// assert_eq!((near.window_words, near.words), (5, 11));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Collocates {
    /// The collocates that pass the thresholds, the strongest first.
    pub rows: Vec<Collocate>,
    /// How many pass the thresholds: as many as there are rows, unless a limit cut them.
    pub found: u64,
    /// How many different words or concepts stand in the windows at all, function words left out if the options leave them
    /// out. [`p_adjusted`](Collocate::p_adjusted) is adjusted for so many tests.
    pub tested: u64,
    /// What the query found.
    pub counts: Counts,
    /// The number of words in the windows, each once.
    pub window_words: u64,
    /// The number of words of the restricted corpus, without those of the occurrences.
    pub words: u64,
    /// Words of a window before an occurrence.
    pub left: u16,
    /// Words of a window after an occurrence.
    pub right: u16,
    /// True if windows end with the sentence; else they end with the paragraph.
    pub within_sentence: bool,
    /// True if the rows are concepts of the code book.
    pub concepts: bool,
    /// True if function words and numbers are listed.
    pub function_words: bool,
    /// The measure that sorts the rows.
    pub measure: Measure,
    /// The parts of the query that restrict the corpus; `None` if none does.
    pub restriction: Option<String>,
    /// Version, corpus and query, to repeat the counts.
    pub provenance: Provenance,
}

/// A word or concept near the occurrences of a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Collocate {
    /// The folded word, or the name of the concept.
    pub name: String,
    /// The title of the concept; `None` for a word.
    pub title: Option<String>,
    /// How often it stands in a window.
    pub observed: u64,
    /// How often it stands anywhere in the restricted corpus, outside of the occurrences of the query.
    pub frequency: u64,
    /// How often chance would put it into the windows.
    pub expected: f64,
    /// Reports with a window that it stands in.
    pub reports: u64,
    /// Paragraphs with a window that it stands in.
    pub paragraphs: u64,
    /// How often it stands one word before an occurrence, two words, and so on; up to ten.
    pub left: Vec<u64>,
    /// How often it stands one word after an occurrence, two words, and so on; up to ten.
    pub right: Vec<u64>,
    /// logDice.
    pub log_dice: f64,
    /// Log-likelihood G2 over the whole table.
    pub log_likelihood: f64,
    /// The probability of this G2 by chance.
    pub p: f64,
    /// The same, adjusted for the number of words tested (Benjamini and Hochberg 1995).
    pub p_adjusted: f64,
    /// Mutual information.
    pub mi: f64,
    /// MI3.
    pub mi3: f64,
    /// t-score.
    pub t_score: f64,
    /// z-score.
    pub z_score: f64,
    /// The Dice coefficient.
    pub dice: f64,
    /// Chi-squared, without a correction for continuity.
    pub chi_squared: f64,
    /// The probability by Fisher's exact test, one-sided.
    pub fisher: f64,
    /// The ids of up to three paragraphs of different reports in which it stands in a window, in report order.
    pub examples: Vec<Id>,
    /// An occurrence of the query in the first of these paragraphs, with the collocate in the words around it; `None` if the
    /// options ask for none.
    pub example: Option<Line>,
}

impl Collocate {
    /// The value of a measure.
    pub fn score(&self, measure: Measure) -> f64 {
        match measure {
            Measure::LogDice => self.log_dice,
            Measure::LogLikelihood => self.log_likelihood,
            Measure::Mi => self.mi,
            Measure::Mi3 => self.mi3,
            Measure::TScore => self.t_score,
            Measure::ZScore => self.z_score,
            Measure::Dice => self.dice,
            Measure::ChiSquared => self.chi_squared,
            Measure::Fisher => self.fisher,
        }
    }
}

/// The collocates of a query.
pub(crate) fn collocates(compiled: &CompiledQuery, options: &CollocateOptions) -> Result<Collocates> {
    if options.left.max(options.right) > CollocateOptions::MOST_WORDS {
        let most = CollocateOptions::MOST_WORDS;
        return Err(Error::new(
            ErrorKind::Invalid,
            format!("a window has at most {most} words on each side"),
        ));
    }
    if options.left == 0 && options.right == 0 {
        return Err(Error::new(ErrorKind::Invalid, "a window needs at least one word on one side"));
    }
    let (all, restriction) = restricted(compiled)?;
    let (found, counts) = Occurrences::of(compiled)?;
    let wanted = |paragraph: &FoundParagraph| found.are_in(paragraph.source, paragraph.ordinal);
    let forward = ForwardIndex::of_those_among(&all, wanted)?;
    let mut places = Places::new(&forward);
    for paragraph in forward.paragraphs() {
        places.mark(&forward, paragraph, found.get(paragraph.source, paragraph.ordinal), options);
    }
    let mut interrupt = compiled.options.interrupt();
    let mut sizes = Sizes::default();
    let words = count_words(&forward, &places, options, &mut sizes);
    interrupt.look()?;
    let codes = concepts(compiled, options)?;
    let tallies = match &codes {
        Some(codes) => count_concepts(compiled, codes, &forward, &places, options)?,
        None => words,
    };
    let listed = |number: usize| match &codes {
        Some(_) => true,
        None => options.function_words || is_content_word(forward.word(to_u32(number))),
    };
    let table =
        |tally: &Tally| Association::new(tally.observed.into(), sizes.near, tally.frequency, sizes.all);
    let tested =
        tallies.each.iter().enumerate().filter(|(number, tally)| tally.observed > 0 && listed(*number));
    let tested: Vec<(usize, &Tally, Association)> =
        tested.filter_map(|(number, tally)| Some((number, tally, table(tally)?))).collect();
    let p_values: Vec<f64> = tested.iter().map(|(_, _, table)| table.p_value()).collect();
    let adjusted = benjamini_hochberg(&p_values, tested.len());
    let node = counts.occurrences;
    let is_wanted = |tally: &Tally, table: &Association| {
        u64::from(tally.observed) >= options.min_count
            && u64::from(tally.reports) >= options.min_reports
            && f64::from(tally.observed) > table.expected()
    };
    let wanted = tested.iter().zip(p_values.iter().zip(&adjusted));
    let wanted = wanted.filter(|((_, tally, table), _)| is_wanted(tally, table));
    let mut rows = Vec::new();
    for ((number, tally, table), (p, p_adjusted)) in wanted {
        let [left, right] = tallies.sides(*number);
        let code = codes.as_ref().and_then(|codes| codes.get(*number));
        rows.push((
            (*number, *tally),
            Collocate {
                name: code.map_or_else(|| forward.word(to_u32(*number)).to_owned(), |code| code.name.clone()),
                title: code.map(|code| code.title.clone()),
                observed: tally.observed.into(),
                frequency: tally.frequency,
                expected: table.expected(),
                reports: tally.reports.into(),
                paragraphs: tally.paragraphs.into(),
                left,
                right,
                log_dice: table.log_dice(node),
                log_likelihood: table.log_likelihood(),
                p: *p,
                p_adjusted: *p_adjusted,
                mi: table.mi(),
                mi3: table.mi3(),
                t_score: table.t_score(),
                z_score: table.z_score(),
                dice: table.dice(),
                chi_squared: table.chi_squared(),
                fisher: table.fisher(),
                examples: Vec::new(),
                example: None,
            },
        ));
    }
    let measure = options.measure;
    let strength =
        |row: &Collocate| if measure.is_probability() { -row.score(measure) } else { row.score(measure) };
    if let Some(least) = options.min_score {
        let least = if measure.is_probability() { -least } else { least };
        rows.retain(|(_, row)| strength(row) >= least);
    }
    rows.sort_by(|(_, one), (_, other)| {
        // Probabilities below the least number are all nought: G2 tells them apart.
        let by_support = other.log_likelihood.total_cmp(&one.log_likelihood);
        strength(other).total_cmp(&strength(one)).then(by_support).then_with(|| one.name.cmp(&other.name))
    });
    let passed = rows.len() as u64;
    rows.truncate(options.limit);
    let state = &compiled.state;
    let examples = Examples { state, forward: &forward, found: &found, places: &places, options };
    let mut listed_rows = Vec::with_capacity(rows.len());
    for ((number, tally), mut row) in rows {
        interrupt.step()?;
        let paragraphs = tally.examples.iter().filter_map(|at| forward.paragraphs().get(*at as usize));
        row.examples = paragraphs.filter_map(|paragraph| id_of(state, paragraph)).collect();
        let word = codes.is_none().then(|| to_u32(number));
        row.example = examples.line(tally.examples[0], word, &row.name)?;
        listed_rows.push(row);
    }
    Ok(Collocates {
        rows: listed_rows,
        found: passed,
        tested: tested.len() as u64,
        counts,
        window_words: sizes.near,
        words: sizes.all,
        left: options.left,
        right: options.right,
        within_sentence: options.within_sentence,
        concepts: options.concepts,
        function_words: options.function_words,
        measure,
        restriction: restriction.map(|restriction| restriction.to_string()),
        provenance: provenance::of(compiled),
    })
}

/// The concepts of the code book, if they are asked for: all named queries of a book without concepts.
fn concepts<'c>(compiled: &'c CompiledQuery, options: &CollocateOptions) -> Result<Option<Vec<&'c Code>>> {
    if !options.concepts {
        return Ok(None);
    }
    let book = compiled.options.codebook.as_ref();
    let codes = book.map(|book| book.codes().iter().collect::<Vec<_>>()).unwrap_or_default();
    let concepts: Vec<_> = codes.iter().copied().filter(|code| code.kind == CodeKind::Concept).collect();
    let codes = if concepts.is_empty() { codes } else { concepts };
    if codes.is_empty() {
        let message = "concepts are those of a code book: name one";
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    Ok(Some(codes))
}

/// True for a word that says what a text is about: no function word, and with a letter.
pub(crate) fn is_content_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !is_function_word(word)
}

/// The id of a paragraph.
pub(crate) fn id_of(state: &State, paragraph: &ListedParagraph) -> Option<Id> {
    Some(state.sources().id(paragraph.source)?.paragraph(paragraph.ordinal))
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

#[cfg(test)]
mod tests;
