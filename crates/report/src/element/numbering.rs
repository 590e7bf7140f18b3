//! Tells printed paragraph numbers from other numbers, by their neighbours.
//!
//! `1.8.4` in front of a paragraph is its number if `1.8.3` or `1.8.5` is in front of another; `3.5` in front of `per cent`
//! is not. So the labels in front of all blocks are collected first, and those with a neighbour are numbers. A profile
//! may also say how its series numbers paragraphs; then its patterns decide.

use std::collections::{HashMap, HashSet};

use quotable_profile::{Pattern, Profile};
use quotable_read::{Block, BlockKind};

use crate::join::clean_line;

/// Labels with neighbours; fewer are chance.
const FEWEST: usize = 3;

/// The numbers that the paragraphs of a document have.
#[derive(Debug, Default)]
pub(crate) struct Numbering<'p> {
    patterns: &'p [Pattern],
    /// Labels that have a neighbour.
    labels: HashSet<Label>,
}

/// A label in front of a text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Label {
    /// `1.8.4`, `S5`, `A1.2`: an initial, if any, and the parts.
    Dotted(Option<char>, Vec<u16>),
    /// `(a)`, `b)`, `c.`.
    Letter(char, Sign),
    /// `(iv)`, `iv)`, `iv.`: by its value.
    Roman(u16, Sign),
    /// `(12)`.
    Bracketed(u16),
}

/// The punctuation of a letter or Roman numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sign {
    Brackets,
    Bracket,
    Dot,
}

/// A label found in front of a text: as printed without the dot behind it, and its length with all that parts it from the
/// text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) printed: String,
    /// Bytes from the front of the text.
    pub(crate) length: usize,
}

impl<'p> Numbering<'p> {
    /// The numbers of a document, from the labels in front of its blocks.
    pub(crate) fn of(blocks: &[Block], profile: &'p Profile) -> Self {
        let numbered = |block: &&Block| {
            !matches!(
                block.kind,
                BlockKind::Artifact | BlockKind::Note | BlockKind::Contents | BlockKind::Figure
            )
        };
        // A label may have a line of its own.
        let front = |block: &Block| -> String {
            let lines = block.lines.iter().take(2).map(clean_line);
            lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join(" ")
        };
        let fronts = blocks.iter().filter(numbered).map(front);
        let found: HashSet<Label> =
            fronts.flat_map(|text| labels(&text).into_iter().map(|(label, _)| label)).collect();
        let kept: HashSet<Label> =
            found.iter().filter(|label| has_neighbour(label, &found)).cloned().collect();
        // Each kind of label for itself: three of one kind are a numbering, one of each is not.
        let kind = |label: &Label| match label {
            Label::Dotted(None, parts) => (0, char::MIN, parts.len().min(2)),
            Label::Dotted(Some(initial), _) => (1, *initial, 0),
            Label::Letter(_, sign) => (2, char::MIN, *sign as usize),
            Label::Roman(_, sign) => (3, char::MIN, *sign as usize),
            Label::Bracketed(_) => (4, char::MIN, 0),
        };
        let mut counts = HashMap::new();
        for label in &kept {
            *counts.entry(kind(label)).or_insert(0) += 1;
        }
        let enough = |label: &&Label| counts.get(&kind(label)).is_some_and(|count| *count >= FEWEST);
        let labels = kept.iter().filter(enough).cloned().collect();
        Self { patterns: profile.rules.numbers.as_deref().unwrap_or_default(), labels }
    }

    /// The number in front of a text.
    pub(crate) fn number(&self, text: &str) -> Option<Number> {
        for pattern in self.patterns {
            if let (Some(printed), Some(found)) = (pattern.group(text, "n"), pattern.find(text))
                && found.start == 0
                && text.len() > found.end
            {
                let printed = printed.trim_end_matches('.').to_owned();
                return Some(Number { printed, length: found.end });
            }
        }
        labels(text).into_iter().find(|(label, _)| self.labels.contains(label)).map(|(_, number)| number)
    }

    /// The level of the heading that a text is by its number: the number has others below it (`1.8` has `1.8.1`), as a
    /// section has, and one part for each level below the chapters.
    pub(crate) fn heading_level(&self, text: &str) -> Option<u8> {
        let (label, _) = labels(text).into_iter().find(|(label, _)| self.labels.contains(label))?;
        let Label::Dotted(initial, mut parts) = label else { return None };
        let level = u8::try_from(parts.len() + 1).ok()?;
        parts.push(1);
        self.labels.contains(&Label::Dotted(initial, parts)).then_some(level)
    }

    /// True for a text that is the number of a paragraph and nothing else.
    pub(crate) fn is_number(&self, text: &str) -> bool {
        // Labels are read in front of a text.
        self.number(&format!("{} A", text.trim())).is_some_and(|number| number.length > text.trim().len())
    }
}

/// The labels that the front of `text` may be. A letter may also be a Roman numeral: `(i)`.
fn labels(text: &str) -> Vec<(Label, Number)> {
    let mut found = Vec::new();
    let mut add = |label: Option<Label>, printed: &str, length: usize| {
        let rest = &text[length..];
        let spaces = rest.len() - rest.trim_start().len();
        // TAIC prints a bar between number and text.
        let bar =
            rest.trim_start().strip_prefix("| ").map_or(0, |rest| text.len() - length - spaces - rest.len());
        let behind = rest[spaces + bar..].trim_start();
        let begins = behind.starts_with(|letter: char| letter.is_uppercase() || "‘’“\"'([".contains(letter))
            || (matches!(label, Some(Label::Letter(..) | Label::Roman(..) | Label::Bracketed(_)))
                && behind.starts_with(char::is_alphanumeric));
        if let Some(label) = label.filter(|_| spaces > 0 && begins) {
            found.push((label, Number { printed: printed.to_owned(), length: text.len() - behind.len() }));
        }
    };
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    if end == 0 || end > 16 {
        return found;
    }
    let front = &text[..end];
    if let Some(inside) = front.strip_prefix('(').and_then(|front| front.strip_suffix(')')) {
        add(letter(inside, Sign::Brackets), front, end);
        add(roman(inside, Sign::Brackets), front, end);
        add(small_number(inside).map(Label::Bracketed), front, end);
    } else if let Some(inside) = front.strip_suffix(')') {
        add(letter(inside, Sign::Bracket), front, end);
        add(roman(inside, Sign::Bracket), front, end);
    } else {
        let bare = front.strip_suffix('.').unwrap_or(front);
        add(dotted(bare), bare, end);
        if bare.len() < front.len() {
            add(letter(bare, Sign::Dot), bare, end);
            add(roman(bare, Sign::Dot), bare, end);
        }
    }
    found
}

fn small_number(text: &str) -> Option<u16> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// `1.8.4`, `S5` or `A1.2`. A plain number is no such label.
fn dotted(text: &str) -> Option<Label> {
    let initial = text.chars().next().filter(char::is_ascii_uppercase);
    let parts =
        text[usize::from(initial.is_some())..].split('.').map(small_number).collect::<Option<Vec<u16>>>()?;
    ((initial.is_some() || parts.len() > 1) && parts.len() <= 5).then_some(Label::Dotted(initial, parts))
}

fn letter(text: &str, sign: Sign) -> Option<Label> {
    let mut letters = text.chars();
    let only = letters.next().filter(char::is_ascii_lowercase)?;
    letters.next().is_none().then_some(Label::Letter(only, sign))
}

/// A Roman numeral in small letters, up to 39.
fn roman(text: &str, sign: Sign) -> Option<Label> {
    let numeral = |number: u16| {
        let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        format!("{}{}", "x".repeat(usize::from(number / 10)), units[usize::from(number % 10)])
    };
    (text.len() <= 7)
        .then(|| (1..40).find(|&number| numeral(number) == text))?
        .map(|number| Label::Roman(number, sign))
}

/// True if a label before or after this one is there too: a sibling, or the parent of a first one.
fn has_neighbour(label: &Label, all: &HashSet<Label>) -> bool {
    match label {
        Label::Dotted(initial, parts) => {
            let Some((last, above)) = parts.split_last() else { return false };
            let sibling = |last: u16| {
                let mut parts = above.to_vec();
                parts.push(last);
                all.contains(&Label::Dotted(*initial, parts))
            };
            let parent =
                || *last == 1 && above.len() > 1 && all.contains(&Label::Dotted(*initial, above.to_vec()));
            // `1.9` follows `1.8.6`, which has `1.8` above it.
            last.checked_sub(1).is_some_and(sibling) || sibling(last + 1) || parent()
        }
        Label::Letter(letter, sign) => {
            let other = |by: i8| {
                letter
                    .to_digit(36)
                    .and_then(|_| char::from_u32((*letter as u32).wrapping_add_signed(by.into())))
            };
            [-1, 1].into_iter().filter_map(other).any(|other| all.contains(&Label::Letter(other, *sign)))
        }
        Label::Roman(number, sign) => {
            [number - 1, number + 1].into_iter().any(|other| all.contains(&Label::Roman(other, *sign)))
        }
        Label::Bracketed(number) => number
            .checked_sub(1)
            .into_iter()
            .chain([number + 1])
            .any(|other| all.contains(&Label::Bracketed(other))),
    }
}

#[cfg(test)]
mod tests {
    use quotable_profile::Profiles;
    use quotable_read::Line;

    use super::*;

    /// The numbers of the texts, each in a block of its own.
    fn numbers(texts: &[&str]) -> Vec<Option<String>> {
        let block = |text: &&str| Block::new(BlockKind::Paragraph, vec![Line::plain(*text)]);
        let blocks: Vec<Block> = texts.iter().map(block).collect();
        let numbering = Numbering::of(&blocks, Profiles::built_in().general());
        texts.iter().map(|text| numbering.number(text).map(|number| number.printed)).collect()
    }

    #[test]
    fn dotted_numbers_have_neighbours_and_decimals_have_none() {
        let texts = [
            "1.8 Wheels",
            "1.8.1 The wheel turned.",
            "1.8.2. It stopped.",
            "3.5 Per cent of wheels",
            "1.9 Axles",
        ];
        let found = numbers(&texts);
        let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, [Some("1.8"), Some("1.8.1"), Some("1.8.2"), None, Some("1.9")]);
        assert_eq!(numbers(&["3.4 Per cent", "3.5 Per cent"]), [None, None], "two are chance");
    }

    #[test]
    fn a_label_may_have_a_line_of_its_own() {
        let block = |number: &str| {
            Block::new(BlockKind::Paragraph, vec![Line::plain(number), Line::plain("The wheel turned.")])
        };
        let blocks: Vec<Block> = ["3.1.", "3.2.", "3.3."].map(block).to_vec();
        let numbering = Numbering::of(&blocks, Profiles::built_in().general());
        assert_eq!(numbering.number("3.2. The wheel turned.").unwrap().printed, "3.2");
    }

    #[test]
    fn letters_romans_and_initials_are_numbers_as_printed() {
        for (texts, wanted) in [
            (["S1 One is here", "S2 Two is here", "S3 Three"], ["S1", "S2", "S3"]),
            (["(a) one is here", "(b) two is here", "(c) three"], ["(a)", "(b)", "(c)"]),
            (["(i) one is here", "(ii) two is here", "(iii) three"], ["(i)", "(ii)", "(iii)"]),
            (["i. One is here", "ii. Two is here", "iii. Three"], ["i", "ii", "iii"]),
            (["4.1 | One is here", "4.2 | Two is here", "4.3 | Three"], ["4.1", "4.2", "4.3"]),
        ] {
            let found = numbers(&texts);
            let found: Vec<&str> = found.iter().flatten().map(String::as_str).collect();
            assert_eq!(found, wanted);
        }
        assert_eq!(numbers(&["A 1 is here", "e.g. One", "(sic) one", "M1 Motorway"]), vec![None; 4]);
    }
}
