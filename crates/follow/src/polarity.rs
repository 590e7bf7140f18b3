//! How a sentence speaks: words of praise, of criticism, of change and of reservation.
//!
//! The lists are the words that set sections judged good or outstanding apart from sections judged inadequate or to require
//! improvement in 209 reports of English children's services, without the words of any one subject.

use std::collections::HashMap;
use std::sync::LazyLock;

use quotable_query::analyse;

const PRAISE: &str = "improved;improvement;improvements;improving;strengthened;strengthening;better;well;effective;effectively;strong;\
    strongly;good;timely;prompt;promptly;swift;swiftly;high quality;thorough;thoroughly;comprehensive;clear;clearly;regular;\
    regularly;skilled;robust;robustly;benefit;benefits;excellent;highly;positive;positively;appropriate;appropriately;purposeful;\
    detailed;consistent;consistently;successful;successfully;embedded;responsive;sensitive;sensitively;careful;carefully;quickly;\
    confident;proactive;rigorous;meaningful;creative;exceptional;outstanding;impressive;committed;commitment;stable;stability;\
    tenacious;skilful;skilfully;helped;helps;supported;quick;ensures;enables;proportionate;valued;actively;closely;routinely;\
    ambitious;strength;strengths;always;suitable;increased;reduced;reduction;progress;progressed";

const CRITICISM: &str = "not always;not consistently;not routinely;not fully;not sufficiently;not yet;not all;not enough;too many;too few;\
    too long;too slow;too often;too variable;too much;too soon;too high;too late;lack;lacks;lacked;lacking;insufficient;\
    insufficiently;inconsistent;inconsistently;inconsistency;poor;poorly;weak;weaker;weakness;weaknesses;variable;variability;\
    varied;variation;delay;delays;delayed;drift;limited;inadequate;inadequately;ineffective;ineffectively;underdeveloped;\
    under developed;slow;slowly;shortfall;shortfalls;yet to;remain a;remains a;remains an;still;fail;fails;failed;failing;failure;\
    failures;gap;gaps;need to improve;needs to improve;needs improvement;need improvement;need to be;needs to be;further work;\
    more to do;more work;requires improvement;require improvement;requires further;require further;further improvement;struggle;\
    struggles;difficult;difficulty;difficulties;hampered;hinder;hinders;hindered;unable;without;unallocated;high caseloads;\
    high turnover;turnover;churn;overly;absence;absent;deficit;deficits;deficiencies;concern that;concerns about;serious;\
    significantly deteriorated;deteriorated;deterioration;declined;worse;missed;rarely;seldom;little evidence;little difference;\
    little impact;ad hoc;incomplete;out of date;not up to date;late;overdue;long standing;wait too;waiting too;backlog;backlogs;\
    unclear;superficial;instability;unstable;too;neither;minority;less well;less effective;less consistent;challenge of;challenges;\
    shortage;shortages;unsuitable;unregistered;harm;not;do not;does not;don't;doesn't;cannot;never;no";

const CHANGE: &str = "improved;improvement;improvements;improving;strengthened;better;now;since the last inspection;\
    since the previous inspection;since the last;increased;reduced;no longer;progress made;enhanced;transformed;recently;\
    more recently";

const RESERVATION: &str = "but;however;although;while;whilst;despite;though;nevertheless;yet;some;not all;most;mostly;majority;\
    generally;usually;more consistent";

/// Words that turn praise within the next four words into its opposite.
const TURNING: [&str; 23] = [
    "not", "lack", "lacks", "lacking", "insufficient", "insufficiently", "without", "never", "no", "cannot",
    "than", "nor", "less", "isn't", "don't", "aren't", "doesn't", "need", "needs", "limited", "inconsistent",
    "too", "neither",
];
const REACH: usize = 4;

/// Phrases by their first word, the longest first.
struct Phrases(HashMap<&'static str, Vec<Vec<&'static str>>>);

impl Phrases {
    fn new(list: &'static str) -> Self {
        let mut phrases: HashMap<_, Vec<Vec<_>>> = HashMap::new();
        for phrase in list.split(';') {
            let words: Vec<_> = phrase.split_whitespace().collect();
            if let Some(&first) = words.first() {
                phrases.entry(first).or_default().push(words);
            }
        }
        phrases.values_mut().for_each(|group| group.sort_by_key(|words| std::cmp::Reverse(words.len())));
        Self(phrases)
    }

    /// The first words of the phrases found, without overlaps.
    fn find(&self, words: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let here = self.0.get(words[at].as_str()).into_iter().flatten();
            let length = here
                .filter(|phrase| words[at..].len() >= phrase.len())
                .find(|phrase| phrase.iter().zip(&words[at..]).all(|(phrase, word)| phrase == word));
            if let Some(phrase) = length {
                found.push(at);
                at += phrase.len();
            } else {
                at += 1;
            }
        }
        found
    }
}

static LISTS: LazyLock<[Phrases; 4]> =
    LazyLock::new(|| [PRAISE, CRITICISM, CHANGE, RESERVATION].map(Phrases::new));

/// How many words of each kind a sentence has.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Polarity {
    pub(crate) praise: f64,
    pub(crate) criticism: f64,
    pub(crate) change: f64,
    pub(crate) reservation: f64,
}

impl Polarity {
    pub(crate) fn of(sentence: &str) -> Self {
        let words: Vec<String> = analyse::words(sentence).map(|word| word.text).collect();
        let [praise, criticism, change, reservation] = &*LISTS;
        let is_turned = |&at: &usize| {
            words[at.saturating_sub(REACH)..at].iter().any(|word| TURNING.contains(&word.as_str()))
        };
        let unturned =
            |phrases: &Phrases| phrases.find(&words).iter().filter(|at| !is_turned(at)).count() as f64;
        Self {
            praise: unturned(praise),
            criticism: criticism.find(&words).len() as f64,
            change: unturned(change),
            reservation: reservation.find(&words).len() as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_turns_praise() {
        let good = Polarity::of("Plans are now timely and clear.");
        assert_eq!((good.praise, good.criticism, good.change), (2.0, 0.0, 1.0));
        let bad = Polarity::of("Plans are not always timely.");
        assert_eq!((bad.praise, bad.criticism), (0.0, 1.0));
    }
}
