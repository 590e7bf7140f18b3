//! Alignment of a quotation with a stretch of text.
//!
//! Local similarity after Smith and Waterman, “Identification of common molecular subsequences” (1981), with the
//! affine gaps of Gotoh, “An improved algorithm for matching biological sequences” (1982), over words instead of
//! letters, as passim does to find reprinted newspaper text (Smith, Cordell and Mullen, “Computational methods
//! for uncovering reprinted texts in antebellum newspapers”, 2015). Here the quotation is aligned whole and the
//! source in part (semi-global): what stands before and behind costs nothing. What the source has and the quotation has
//! not costs by two pieces, as in Gotoh, “Optimal sequence alignment allowing for long gaps” (1990): a cut is a cut, however
//! long. Two kinds of item are no words: an ellipsis
//! stands for any stretch of the source, and a bracketed insertion for none to a few words of it.

/// An item of the quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// A word, and what it is worth to find it: see [`WORTH`].
    Word { worth: i32 },
    /// An ellipsis.
    Ellipsis,
    /// Words in square brackets.
    Bracket,
}

/// How far two words agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    Same,
    /// A form of the same word.
    Like,
    /// The same word denied: `unsuitable`, `suitable`. Another word, and the one that it stands for.
    Denied,
    Other,
}

/// A step of an alignment, by the places of the items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Same {
        quoted: usize,
        source: usize,
    },
    Like {
        quoted: usize,
        source: usize,
    },
    Other {
        quoted: usize,
        source: usize,
    },
    /// In the quotation alone.
    Added {
        quoted: usize,
    },
    /// In the source alone.
    Missing {
        source: usize,
    },
    /// An ellipsis or a bracket, and the stretch of the source that it stands for.
    Stands {
        quoted: usize,
        source: std::ops::Range<usize>,
    },
}

/// The best alignment of a whole quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alignment {
    pub(crate) steps: Vec<Step>,
    pub(crate) score: i32,
}

/// What finding the rarest word is worth; common words are worth less.
pub(crate) const WORTH: i32 = 100;
/// What another word in its place costs: less than a word too many, so that at either end of the quotation too the one
/// stands for the other.
const OTHER: i32 = 55;
/// What the same word denied costs.
const DENIED: i32 = 20;
/// What a word too many or too few costs, and each that follows it.
const OPEN: i32 = 60;
const EXTEND: i32 = 12;
/// What a long cut of the source costs, and each word that follows: as two-piece affine gaps have it, whoever leaves out
/// thirty words does not do more than one who leaves out fifteen.
const OPEN_LONG: i32 = 170;
const EXTEND_LONG: i32 = 1;
/// What an ellipsis or bracket costs.
const STANDS: i32 = 10;
/// What each word costs for which a bracket stands, and how many these are at most.
const REPLACED: i32 = 4;
const BRACKET: usize = 8;
const NEVER: i32 = i32::MIN / 2;

/// How a cell was reached: the low bits for the best score, then whether a gap goes on.
const DIAGONAL: u8 = 1;
const UP: u8 = 2;
const LEFT: u8 = 3;
const JUMP: u8 = 4;
const LONG: u8 = 5;
const WAY: u8 = 7;
const UP_GOES_ON: u8 = 8;
const LEFT_GOES_ON: u8 = 16;
const LONG_GOES_ON: u8 = 32;

/// Aligns a quotation with a source of so many words. Takes time and memory by the product of the two.
pub(crate) fn align(
    quoted: &[Item],
    source: usize,
    mut likeness: impl FnMut(usize, usize) -> Likeness,
) -> Alignment {
    let width = source + 1;
    let mut ways = vec![0_u8; (quoted.len() + 1) * width];
    let mut jumps: Vec<Vec<usize>> = vec![Vec::new(); quoted.len()];
    let mut above = vec![0_i32; width];
    let mut up = vec![NEVER; width];
    for (row, item) in quoted.iter().enumerate() {
        let mut best = vec![NEVER; width];
        let ways = &mut ways[(row + 1) * width..(row + 2) * width];
        match item {
            Item::Word { worth } => {
                let (mut left, mut long) = (NEVER, NEVER);
                for column in 0..width {
                    let opened = above[column] - OPEN;
                    let goes_on = up[column] - EXTEND;
                    up[column] = opened.max(goes_on);
                    let mut way = if goes_on > opened { UP_GOES_ON } else { 0 };
                    let mut score = up[column];
                    let mut from = UP;
                    if column > 0 {
                        let opened = best[column - 1] - OPEN;
                        let goes_on = left - EXTEND;
                        left = opened.max(goes_on);
                        if goes_on > opened {
                            way |= LEFT_GOES_ON;
                        }
                        let opened = best[column - 1] - OPEN_LONG;
                        let goes_on = long - EXTEND_LONG;
                        long = opened.max(goes_on);
                        if goes_on > opened {
                            way |= LONG_GOES_ON;
                        }
                        let step = match likeness(row, column - 1) {
                            Likeness::Same => *worth,
                            Likeness::Like => *worth / 2,
                            Likeness::Denied => -DENIED,
                            Likeness::Other => -OTHER,
                        };
                        let diagonal = above[column - 1] + step;
                        if diagonal >= score {
                            (score, from) = (diagonal, DIAGONAL);
                        }
                        if left > score {
                            (score, from) = (left, LEFT);
                        }
                        if long > score {
                            (score, from) = (long, LONG);
                        }
                    }
                    best[column] = score;
                    ways[column] = way | from;
                }
            }
            Item::Ellipsis | Item::Bracket => {
                let bracket = *item == Item::Bracket;
                let mut from = vec![0; width];
                let mut first = 0; // the best column above so far; the nearest of equals
                for column in 0..width {
                    if above[column] >= above[first] {
                        first = column;
                    }
                    let mut start = first;
                    let mut score = above[start] - STANDS;
                    if bracket {
                        (score, start) = (0..=BRACKET.min(column))
                            .map(|back| {
                                let cost = STANDS + REPLACED * i32::try_from(back).unwrap_or(0);
                                (above[column - back] - cost, column - back)
                            })
                            .max()
                            .unwrap_or((NEVER, column));
                    }
                    best[column] = score;
                    from[column] = start;
                    ways[column] = JUMP;
                }
                jumps[row] = from;
                up.fill(NEVER);
            }
        }
        above = best;
    }
    let end = (0..width).rev().max_by_key(|&column| above[column]).unwrap_or(0);
    let steps = steps(quoted, &ways, &jumps, width, end);
    Alignment { steps: name(steps, likeness), score: above[end] }
}

/// Goes back over the ways by which the best end was reached.
fn steps(quoted: &[Item], ways: &[u8], jumps: &[Vec<usize>], width: usize, end: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut row, mut column) = (quoted.len(), end);
    let mut gap = 0; // in which gap we are
    while row > 0 {
        let way = ways[row * width + column];
        let from = if gap == 0 { way & WAY } else { gap };
        gap = 0;
        match from {
            DIAGONAL => {
                row -= 1;
                column -= 1;
                steps.push(Step::Other { quoted: row, source: column });
            }
            LEFT | LONG => {
                column -= 1;
                steps.push(Step::Missing { source: column });
                if way & (if from == LEFT { LEFT_GOES_ON } else { LONG_GOES_ON }) != 0 {
                    gap = from;
                }
            }
            JUMP => {
                row -= 1;
                let start = jumps[row][column];
                steps.push(Step::Stands { quoted: row, source: start..column });
                column = start;
            }
            _ => {
                row -= 1;
                steps.push(Step::Added { quoted: row });
                if way & UP_GOES_ON != 0 {
                    gap = UP;
                }
            }
        }
    }
    steps.reverse();
    steps
}

/// Says of each pair of words how far they agree.
fn name(mut steps: Vec<Step>, mut likeness: impl FnMut(usize, usize) -> Likeness) -> Vec<Step> {
    for step in &mut steps {
        if let Step::Other { quoted, source } = *step {
            *step = match likeness(quoted, source) {
                Likeness::Same => Step::Same { quoted, source },
                Likeness::Like => Step::Like { quoted, source },
                Likeness::Denied | Likeness::Other => Step::Other { quoted, source },
            };
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(quoted: &str, source: &str) -> (String, i32) {
        let left: Vec<&str> = quoted.split_whitespace().collect();
        let right: Vec<&str> = source.split_whitespace().collect();
        let items: Vec<Item> = left
            .iter()
            .map(|word| match *word {
                "..." => Item::Ellipsis,
                "[]" => Item::Bracket,
                _ => Item::Word { worth: WORTH },
            })
            .collect();
        let likeness =
            |at: usize, to: usize| if left[at] == right[to] { Likeness::Same } else { Likeness::Other };
        let found = align(&items, right.len(), likeness);
        let shown = found.steps.iter().map(|step| match step {
            Step::Same { quoted, .. } | Step::Like { quoted, .. } => left[*quoted].to_owned(),
            Step::Other { quoted, source } => format!("{}/{}", left[*quoted], right[*source]),
            Step::Added { quoted } => format!("+{}", left[*quoted]),
            Step::Missing { source } => format!("-{}", right[*source]),
            Step::Stands { quoted, source } => {
                format!("{}({})", left[*quoted], right[source.clone()].join(" "))
            }
        });
        (shown.collect::<Vec<_>>().join(" "), found.score)
    }

    #[test]
    fn a_cut_is_one_however_long() {
        let cut = (0..200).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
        let (steps, score) = run("a b c d e f", &format!("x a b c {cut} d e f y"));
        assert!(steps.starts_with("a b c -w0") && steps.ends_with("-w199 d e f"), "{steps}");
        assert_eq!(score, 6 * WORTH - OPEN_LONG - 199 * EXTEND_LONG);
    }

    #[test]
    fn every_kind_of_step() {
        for (quoted, source, expected) in [
            ("b c", "a b c d", "b c"),
            ("b x d", "a b c d", "b x/c d"),
            ("b c x d", "a b c d", "b c +x d"),
            ("b e", "a b e c b d e", "b e"),
            ("b c f g", "b c d e f g", "b c -d -e f g"),
            ("b c ... g", "b c d e f g h", "b c ...(d e f) g"),
            ("b [] g h", "b c d g h", "b [](c d) g h"),
            ("b c [] d", "b c d", "b c []() d"),
            ("a b x", "a b c d", "a b x/c"),
            ("x c d", "a b c d", "x/b c d"),
            ("x y z", "a", "+x +y +z"),
            ("x", "", "+x"),
        ] {
            assert_eq!(run(quoted, source).0, expected, "{quoted} | {source}");
        }
        assert_eq!(align(&[], 3, |_, _| Likeness::Other).steps, []);
    }

    proptest! {
        #[test]
        fn a_part_of_the_source_is_found_as_it_is(
            words in proptest::collection::vec("[a-d]", 1..20), start in 0_usize..20, len in 1_usize..20,
        ) {
            let start = start.min(words.len() - 1);
            let part = &words[start..(start + len).min(words.len())];
            let (steps, score) = run(&part.join(" "), &words.join(" "));
            prop_assert_eq!(steps, part.join(" "));
            prop_assert_eq!(score, WORTH * i32::try_from(part.len()).unwrap());
        }

        #[test]
        fn costs_are_the_same_from_both_sides(
            left in proptest::collection::vec("[a-d]", 0..9), right in proptest::collection::vec("[a-d]", 0..9),
        ) {
            // Held at both ends by words that nothing else matches, the source is aligned whole.
            let hold = |words: &[String]| format!("{} {} {}", "( ".repeat(9), words.join(" "), ") ".repeat(9));
            prop_assert_eq!(run(&hold(&left), &hold(&right)).1, run(&hold(&right), &hold(&left)).1);
        }

        #[test]
        fn steps_go_once_through_the_quotation(
            left in proptest::collection::vec("[a-d]|\\.\\.\\.", 0..12), right in proptest::collection::vec("[a-d]", 0..12),
        ) {
            let items: Vec<Item> = left.iter()
                .map(|word| if word == "..." { Item::Ellipsis } else { Item::Word { worth: 50 } }).collect();
            let found = align(&items, right.len(), |at, to| {
                if left[at] == right[to] { Likeness::Same } else { Likeness::Other }
            });
            let (mut next, mut last) = (0, None);
            for step in &found.steps {
                let (quoted, source) = match step {
                    Step::Same { quoted, source } | Step::Like { quoted, source }
                    | Step::Other { quoted, source } => (Some(*quoted), *source..source + 1),
                    Step::Added { quoted } => (Some(*quoted), 0..0),
                    Step::Missing { source } => (None, *source..source + 1),
                    Step::Stands { quoted, source } => (Some(*quoted), source.clone()),
                };
                if let Some(quoted) = quoted {
                    prop_assert_eq!(quoted, next);
                    next += 1;
                }
                if !source.is_empty() {
                    prop_assert!(last.is_none_or(|last| last == source.start));
                    last = Some(source.end);
                }
            }
            prop_assert_eq!(next, left.len());
        }
    }
}
