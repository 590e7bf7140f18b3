//! Alignment of a quotation with a stretch of text.
//!
//! Local alignment after Smith and Waterman, “Identification of common molecular subsequences” (1981), with the affine
//! gaps of Gotoh, “An improved algorithm for matching biological sequences” (1982), over words instead of letters, as
//! passim does to find reprinted newspaper text (Smith, Cordell and Mullen, “Computational methods for uncovering
//! reprinted texts in antebellum newspapers”, 2015).
//!
//! The alignment is semi-global: it covers the whole quotation and any part of the source, and source words before and
//! after that part cost nothing. Gaps in the quotation (words of the source that it lacks) use two affine costs, and the
//! cheaper one counts, as in Gotoh, “Optimal sequence alignment allowing for long gaps” (1990): the first suits short
//! gaps, the second makes the length of a long cut nearly irrelevant.
//!
//! Two kinds of item are placeholders instead of words: an ellipsis replaces any number of source words, and a bracketed
//! insertion up to [`MAX_BRACKET_WORDS`].

/// An item of the quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// A word with the score of finding it: see [`MAX_WEIGHT`].
    Word { weight: i32 },
    /// An ellipsis.
    Ellipsis,
    /// Words in square brackets.
    Bracket,
}

/// How well a quoted word matches a source word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordMatch {
    Same,
    /// Another form of the same word.
    Form,
    /// The same word with a negating prefix on one side: `unsuitable`, `suitable`. A change, but cheaper than any other
    /// word, so that the two are aligned with each other.
    Negated,
    Other,
}

/// A step of an alignment. Numbers are indexes of quoted items and source words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Same {
        quoted: usize,
        source: usize,
    },
    /// Forms of one word.
    Form {
        quoted: usize,
        source: usize,
    },
    /// Different words.
    Replaced {
        quoted: usize,
        source: usize,
    },
    /// A word of the quotation that the source lacks.
    Added {
        quoted: usize,
    },
    /// A word of the source that the quotation lacks.
    Missing {
        source: usize,
    },
    /// An ellipsis or a bracket, and the source words that it replaces.
    Placeholder {
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

/// The score of finding the rarest word. Common words score less: see `Vocabulary`.
pub(crate) const MAX_WEIGHT: i32 = 100;
/// The cost of a replaced word. Lower than [`OPEN`], so that a changed word at either end of the quotation is aligned with
/// its replacement instead of counting as added.
const REPLACED: i32 = 55;
/// The cost of a negated word.
const NEGATED: i32 = 20;
/// The cost of the first added or missing word in a row, and of each further one.
const OPEN: i32 = 60;
const EXTEND: i32 = 12;
/// The second piece of the gap cost, for long runs of missing words: leaving out thirty words is hardly worse than leaving
/// out fifteen.
const OPEN_LONG: i32 = 170;
const EXTEND_LONG: i32 = 1;
/// The cost of an ellipsis or bracket.
const PLACEHOLDER: i32 = 10;
/// The cost of each source word that a bracket replaces, and the most words that it can replace.
const BRACKET_WORD: i32 = 4;
const MAX_BRACKET_WORDS: usize = 8;
/// The score of a cell that no path reaches. Half the minimum, so that subtracting costs cannot overflow.
const UNREACHABLE: i32 = i32::MIN / 2;

// A byte for each cell of the dynamic program, for tracing the best path back. The low three bits say by which move the
// best score was reached; the others, whether a gap that ends in this cell extends the gap of the cell before.
const DIAGONAL: u8 = 1;
const UP: u8 = 2;
const LEFT: u8 = 3;
const JUMP: u8 = 4;
const LONG: u8 = 5;
const MOVE: u8 = 7;
const UP_EXTENDS: u8 = 8;
const LEFT_EXTENDS: u8 = 16;
const LONG_EXTENDS: u8 = 32;

/// Aligns the items of a quotation with a source of `source` words; `word_match` compares a quoted item with a source word,
/// both by index. Takes time and memory proportional to the product of the two lengths.
///
/// The dynamic program goes row by row over the quotation. A cell holds the best score of an alignment of the items up to
/// its row that ends before its column. Three more scores carry open gaps: `up[column]` for added words, `left` and `long`
/// for missing words under the first and second gap cost.
pub(crate) fn align(
    quoted: &[Item],
    source: usize,
    mut word_match: impl FnMut(usize, usize) -> WordMatch,
) -> Alignment {
    let width = source + 1;
    let mut trace = vec![0_u8; (quoted.len() + 1) * width];
    let mut jumps: Vec<Vec<usize>> = vec![Vec::new(); quoted.len()];
    // Zero in every column: the alignment may start anywhere in the source.
    let mut above = vec![0_i32; width];
    let mut up = vec![UNREACHABLE; width];
    for (row, item) in quoted.iter().enumerate() {
        let mut best = vec![UNREACHABLE; width];
        let trace = &mut trace[(row + 1) * width..(row + 2) * width];
        match item {
            Item::Word { weight } => {
                let (mut left, mut long) = (UNREACHABLE, UNREACHABLE);
                for column in 0..width {
                    let opened = above[column] - OPEN;
                    let extended = up[column] - EXTEND;
                    up[column] = opened.max(extended);
                    let mut cell = if extended > opened { UP_EXTENDS } else { 0 };
                    let mut score = up[column];
                    let mut from = UP;
                    if column > 0 {
                        let opened = best[column - 1] - OPEN;
                        let extended = left - EXTEND;
                        left = opened.max(extended);
                        if extended > opened {
                            cell |= LEFT_EXTENDS;
                        }
                        let opened = best[column - 1] - OPEN_LONG;
                        let extended = long - EXTEND_LONG;
                        long = opened.max(extended);
                        if extended > opened {
                            cell |= LONG_EXTENDS;
                        }
                        let step = match word_match(row, column - 1) {
                            WordMatch::Same => *weight,
                            WordMatch::Form => *weight / 2,
                            WordMatch::Negated => -NEGATED,
                            WordMatch::Other => -REPLACED,
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
                    trace[column] = cell | from;
                }
            }
            Item::Ellipsis | Item::Bracket => {
                let bracket = *item == Item::Bracket;
                let mut from = vec![0; width];
                let mut first = 0; // the best column of the row above so far; of equals the last
                for column in 0..width {
                    if above[column] >= above[first] {
                        first = column;
                    }
                    let mut start = first;
                    let mut score = above[start] - PLACEHOLDER;
                    if bracket {
                        (score, start) = (0..=MAX_BRACKET_WORDS.min(column))
                            .map(|back| {
                                let cost = PLACEHOLDER + BRACKET_WORD * i32::try_from(back).unwrap_or(0);
                                (above[column - back] - cost, column - back)
                            })
                            .max()
                            .unwrap_or((UNREACHABLE, column));
                    }
                    best[column] = score;
                    from[column] = start;
                    trace[column] = JUMP;
                }
                jumps[row] = from;
                // A run of added words does not continue across a placeholder.
                up.fill(UNREACHABLE);
            }
        }
        above = best;
    }
    // Any end in the source is free; of equals the first: `max_by_key` returns the last, hence `rev`.
    let end = (0..width).rev().max_by_key(|&column| above[column]).unwrap_or(0);
    let steps = steps(quoted, &trace, &jumps, width, end);
    Alignment { steps: name_matches(steps, word_match), score: above[end] }
}

/// Follows the trace from the best end back to the start.
fn steps(quoted: &[Item], trace: &[u8], jumps: &[Vec<usize>], width: usize, end: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut row, mut column) = (quoted.len(), end);
    let mut gap = 0; // the move of the gap being followed; 0 outside gaps
    while row > 0 {
        let cell = trace[row * width + column];
        let from = if gap == 0 { cell & MOVE } else { gap };
        gap = 0;
        match from {
            DIAGONAL => {
                row -= 1;
                column -= 1;
                steps.push(Step::Replaced { quoted: row, source: column });
            }
            LEFT | LONG => {
                column -= 1;
                steps.push(Step::Missing { source: column });
                if cell & (if from == LEFT { LEFT_EXTENDS } else { LONG_EXTENDS }) != 0 {
                    gap = from;
                }
            }
            JUMP => {
                row -= 1;
                let start = jumps[row][column];
                steps.push(Step::Placeholder { quoted: row, source: start..column });
                column = start;
            }
            _ => {
                row -= 1;
                steps.push(Step::Added { quoted: row });
                if cell & UP_EXTENDS != 0 {
                    gap = UP;
                }
            }
        }
    }
    steps.reverse();
    steps
}

/// Tells equal words and forms apart from replaced words: the trace only knows diagonal moves.
fn name_matches(mut steps: Vec<Step>, mut word_match: impl FnMut(usize, usize) -> WordMatch) -> Vec<Step> {
    for step in &mut steps {
        if let Step::Replaced { quoted, source } = *step {
            *step = match word_match(quoted, source) {
                WordMatch::Same => Step::Same { quoted, source },
                WordMatch::Form => Step::Form { quoted, source },
                WordMatch::Negated | WordMatch::Other => Step::Replaced { quoted, source },
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
                _ => Item::Word { weight: MAX_WEIGHT },
            })
            .collect();
        let word_match =
            |at: usize, to: usize| if left[at] == right[to] { WordMatch::Same } else { WordMatch::Other };
        let found = align(&items, right.len(), word_match);
        let shown = found.steps.iter().map(|step| match step {
            Step::Same { quoted, .. } | Step::Form { quoted, .. } => left[*quoted].to_owned(),
            Step::Replaced { quoted, source } => format!("{}/{}", left[*quoted], right[*source]),
            Step::Added { quoted } => format!("+{}", left[*quoted]),
            Step::Missing { source } => format!("-{}", right[*source]),
            Step::Placeholder { quoted, source } => {
                format!("{}({})", left[*quoted], right[source.clone()].join(" "))
            }
        });
        (shown.collect::<Vec<_>>().join(" "), found.score)
    }

    #[test]
    fn a_long_cut_is_one_gap() {
        let cut = (0..200).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
        let (steps, score) = run("a b c d e f", &format!("x a b c {cut} d e f y"));
        assert!(steps.starts_with("a b c -w0") && steps.ends_with("-w199 d e f"), "{steps}");
        assert_eq!(score, 6 * MAX_WEIGHT - OPEN_LONG - 199 * EXTEND_LONG);
    }

    #[test]
    fn every_kind_of_step_is_produced() {
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
        assert_eq!(align(&[], 3, |_, _| WordMatch::Other).steps, []);
    }

    proptest! {
        #[test]
        fn a_part_of_the_source_aligns_word_by_word(
            words in proptest::collection::vec("[a-d]", 1..20), start in 0_usize..20, len in 1_usize..20,
        ) {
            let start = start.min(words.len() - 1);
            let part = &words[start..(start + len).min(words.len())];
            let (steps, score) = run(&part.join(" "), &words.join(" "));
            prop_assert_eq!(steps, part.join(" "));
            prop_assert_eq!(score, MAX_WEIGHT * i32::try_from(part.len()).unwrap());
        }

        #[test]
        fn swapping_the_sides_keeps_the_score(
            left in proptest::collection::vec("[a-d]", 0..9), right in proptest::collection::vec("[a-d]", 0..9),
        ) {
            // Unique words at both ends force the whole source into the alignment.
            let hold = |words: &[String]| format!("{} {} {}", "( ".repeat(9), words.join(" "), ") ".repeat(9));
            prop_assert_eq!(run(&hold(&left), &hold(&right)).1, run(&hold(&right), &hold(&left)).1);
        }

        #[test]
        fn steps_visit_every_quoted_item_once(
            left in proptest::collection::vec("[a-d]|\\.\\.\\.", 0..12), right in proptest::collection::vec("[a-d]", 0..12),
        ) {
            let items: Vec<Item> = left.iter()
                .map(|word| if word == "..." { Item::Ellipsis } else { Item::Word { weight: 50 } }).collect();
            let found = align(&items, right.len(), |at, to| {
                if left[at] == right[to] { WordMatch::Same } else { WordMatch::Other }
            });
            let (mut next, mut last) = (0, None);
            for step in &found.steps {
                let (quoted, source) = match step {
                    Step::Same { quoted, source } | Step::Form { quoted, source }
                    | Step::Replaced { quoted, source } => (Some(*quoted), *source..source + 1),
                    Step::Added { quoted } => (Some(*quoted), 0..0),
                    Step::Missing { source } => (None, *source..source + 1),
                    Step::Placeholder { quoted, source } => (Some(*quoted), source.clone()),
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
