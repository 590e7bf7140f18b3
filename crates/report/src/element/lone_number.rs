//! Paragraph numbers that stand alone, above or beside their paragraphs.
//!
//! Some producers make an element of the number and another of its paragraph. A lone number is that of the paragraph behind
//! it if it is one of several that rise by one.

use std::collections::HashMap;

use crate::element::{Element, ElementKind};

/// Words; shorter text behind a number is a cell or a caption.
const SHORTEST_PARAGRAPH: usize = 4;
/// Numbers that rise by one, lone or not, at least.
const FEWEST_NUMBERS: usize = 3;
/// Type sizes between the baselines of a number and its paragraph, at most.
const FURTHEST: f32 = 3.5;

/// Gives lone numbers to the paragraphs behind them.
pub(super) fn attach(elements: &mut Vec<Element>) {
    let lone: Vec<Option<Number>> = (0..elements.len())
        .map(|at| {
            let number = Number::alone(&elements[at])?;
            elements.get(at + 1).is_some_and(|below| is_numbered_by(below, &elements[at])).then_some(number)
        })
        .collect();
    if lone.iter().all(Option::is_none) {
        return;
    }
    // The elements of each run of numbers, by its last number.
    let mut runs: HashMap<Number, Vec<usize>> = HashMap::new();
    for (at, element) in elements.iter().enumerate() {
        let Some(number) = lone[at].clone().or_else(|| Number::parse(element.number.as_deref()?)) else {
            continue;
        };
        let mut run = number.before().and_then(|before| runs.remove(&before)).unwrap_or_default();
        run.push(at);
        runs.insert(number, run);
    }
    let mut accepted = vec![false; elements.len()];
    for at in runs.into_values().filter(|run| run.len() >= FEWEST_NUMBERS).flatten() {
        accepted[at] = lone[at].is_some();
    }
    let mut label: Option<Element> = None;
    let mut at = 0;
    elements.retain_mut(|element| {
        let is_label = accepted.get(at).copied().unwrap_or_default();
        at += 1;
        if is_label {
            label = Some(element.clone());
            return false;
        }
        if let Some(label) = label.take() {
            element.number = Some(label.text().trim_end_matches('.').to_owned());
            label.text().clone_into(&mut element.label);
        }
        true
    });
}

/// True for a paragraph without a number, below the lone number or beside it.
fn is_numbered_by(element: &Element, number: &Element) -> bool {
    let opens = |letter: char| letter.is_uppercase() || matches!(letter, '‘' | '“' | '"' | '\'' | '(' | '[');
    let is_paragraph = element.kind == ElementKind::Text
        && element.number.is_none()
        && element.text().starts_with(opens)
        && element.text().split_whitespace().count() >= SHORTEST_PARAGRAPH;
    let is_near = match (number.look, element.look) {
        (Some(number), Some(text)) => {
            let distance = text.baseline - number.baseline;
            (-0.75 * text.size..FURTHEST * text.size).contains(&distance) && number.left < text.right
        }
        _ => true,
    };
    is_paragraph && is_near && number.page() == element.page()
}

/// A printed number: all parts but the last, and the last.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Number(String, u32);

impl Number {
    /// The number that an element is, without any other text.
    fn alone(element: &Element) -> Option<Self> {
        let text = element.text();
        let is_text = element.kind == ElementKind::Text && element.number.is_none();
        let number = text.strip_suffix('.').unwrap_or(text);
        is_text.then(|| Self::parse(number))?
    }

    fn parse(text: &str) -> Option<Self> {
        let (front, last) = text.rsplit_once('.').unwrap_or(("", text));
        let is_part =
            |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let whole = is_part(last) && (front.is_empty() || front.split('.').all(is_part));
        whole.then(|| Some(Self(front.to_owned(), last.parse().ok()?)))?
    }

    /// The number before this one.
    fn before(&self) -> Option<Self> {
        Some(Self(self.0.clone(), self.1.checked_sub(1)?))
    }
}

#[cfg(test)]
mod tests {
    use quotable_profile::Profiles;
    use quotable_read::{Block, BlockKind, Line};

    use crate::element::elements;
    use crate::join::Vocabulary;

    /// Numbers and texts of the elements of some paragraphs.
    fn read(texts: &[&str]) -> Vec<(Option<String>, String)> {
        let block = |text: &&str| Block::new(BlockKind::Paragraph, vec![Line::plain(*text)]);
        let blocks: Vec<Block> = texts.iter().map(block).collect();
        let elements = elements(&blocks, &Vocabulary::default(), Profiles::built_in().general());
        elements.into_iter().map(|element| (element.number.clone(), element.text().to_owned())).collect()
    }

    #[test]
    fn lone_numbers_that_rise_are_those_of_the_paragraphs_below() {
        let texts = ["Herons stand at the weir.", "Otters sleep at the mill.", "Eels go to the sea."];
        for numbers in [["1.", "2.", "3."], ["7", "8", "9"], ["2.9", "2.10", "2.11"]] {
            let lines: Vec<&str> =
                numbers.iter().zip(&texts).flat_map(|(number, text)| [*number, *text]).collect();
            let read = read(&lines);
            let wanted: Vec<(Option<String>, String)> = numbers
                .iter()
                .zip(texts)
                .map(|(number, text)| (Some(number.trim_end_matches('.').to_owned()), text.to_owned()))
                .collect();
            assert_eq!(read, wanted);
        }
    }

    #[test]
    fn one_lone_number_continues_those_in_front_of_texts() {
        let read = read(&[
            "1. Herons stand at the weir.",
            "2",
            "Otters sleep at the mill.",
            "3. Eels go to the sea.",
        ]);
        assert_eq!(read.len(), 3);
        assert_eq!(read[1].0.as_deref(), Some("2"));
    }

    #[test]
    fn other_lone_numbers_stay() {
        assert_eq!(read(&["12", "Herons stand at the weir.", "40", "Otters sleep at the mill."]).len(), 4);
        assert_eq!(read(&["1", "Herons", "2", "Otters", "3", "Eels"]).len(), 6);
    }
}
