//! Removes page furniture: running heads, running feet and page numbers.
//!
//! A format may set furniture apart as artifacts (ISO 32000-1, 14.8.2.2). Where it does not, furniture is the text near
//! the edge of a page that repeats on many pages, digits aside: Lin, "Header and footer extraction by page-association"
//! (SPIE 5010, 2003). Heads and feet are counted apart, because the name at the foot of every page may also be the title
//! at the top of the first.
//!
//! Text repeats too: pages that open with the same sentence, headings that differ by a number, a letter and its copies.
//! To lose a paragraph is worse than to keep a running head, so what reads as text is kept: see [`reads_on`],
//! [`counts_with_pages`] and [`copies`].

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use quotable_read::{Block, BlockKind, Document, Line};

/// Rows of lines from the top and from the bottom of a page that may be furniture.
const EDGE_ROWS: usize = 3;
/// Characters; longer lines are text, however often they repeat.
const LONGEST_FURNITURE: usize = 150;
/// Points; lines with baselines nearer than this are side by side, in one row.
const ROW_HEIGHT: f32 = 8.0;
/// Words; a line that ends in a full stop and has as many is a sentence.
const SENTENCE: usize = 5;
/// Lines; a page with fewer that repeat may hold nothing but its head and foot.
const FEWEST_OF_COPY: usize = 3;

/// The blocks of `document` without artifacts and without furniture. A line near the edge of its page is furniture if it
/// repeats on a third of the pages (two at least), or if it is outermost and a page number.
pub(crate) fn strip(document: &Document) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact).cloned().collect();
    // A tagged file that marks some of its furniture marks all of it.
    let has_artifacts = blocks.len() < document.blocks.len();
    if document.pages < 2 || (document.tagged && has_artifacts) {
        return blocks;
    }
    let edge_lines = edge_lines(&blocks);
    let mut printed: HashMap<(bool, Print), Vec<&EdgeLine>> = HashMap::new();
    for edge in &edge_lines {
        printed.entry((edge.top, Print::of(&blocks[edge.block].lines[edge.line]))).or_default().push(edge);
    }
    let many = (document.pages as usize / 3).max(2);
    let mut furniture: Vec<&EdgeLine> = Vec::new();
    for ((top, print), edges) in &printed {
        let line = |edge: &EdgeLine| &blocks[edge.block].lines[edge.line];
        let lines: Vec<&Line> = edges.iter().map(|edge| line(edge)).collect();
        let pages: HashSet<Option<u32>> = lines.iter().map(|line| line.page).collect();
        let repeats = pages.len() >= many
            && print.text.chars().count() < LONGEST_FURNITURE
            && !edges.iter().any(|edge| reads_on(&blocks[edge.block], edge.line))
            && (is_page_number(&print.text) || counts_with_pages(&lines, *top));
        let is_furniture =
            |edge: &&&EdgeLine| repeats || (edge.outermost && is_page_number(&line(edge).text));
        furniture.extend(edges.iter().filter(is_furniture));
    }
    let copied = copies(&furniture, &blocks);
    furniture.retain(|edge| {
        let line = &blocks[edge.block].lines[edge.line];
        !copied.contains(&line.page) || (edge.outermost && is_page_number(&line.text))
    });
    // Backwards, so that the indices of lines still to be removed stay right.
    let mut furniture: Vec<(usize, usize)> =
        furniture.into_iter().map(|edge| (edge.block, edge.line)).collect();
    furniture.sort_unstable();
    for &(block, line) in furniture.iter().rev() {
        blocks[block].lines.remove(line);
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// True if a line is a sentence, or the start of one that the next line of its block continues.
fn reads_on(block: &Block, line: usize) -> bool {
    let text = block.lines[line].text.trim();
    let words = text.split_whitespace().count();
    let next = block.lines.get(line + 1).map(|next| next.text.trim_start());
    let is_prose = words >= SENTENCE && text.chars().any(char::is_lowercase);
    is_prose
        && (text.ends_with(['.', '?', '!']) || next.is_some_and(|next| next.starts_with(char::is_lowercase)))
}

/// True if the numbers in lines that are alike otherwise are the same on every page, or those of the pages.
///
/// Headings that differ by a number count by themselves. Where one begins each page they seem to count with the pages; a
/// number directly behind a word is a heading's, unless the word says that it is of the page. `top`: the lines are nearer
/// to the top, where headings are.
fn counts_with_pages(lines: &[&Line], top: bool) -> bool {
    let Some(first) = lines.first() else { return false };
    if lines.iter().all(|line| line.text.trim() == first.text.trim()) {
        return true;
    }
    // The place of the number that is as far from the number of each page.
    let numbers: Vec<(Option<u32>, Vec<Number>)> =
        lines.iter().map(|line| (line.page, numbers(&line.text))).collect();
    let count = numbers.iter().map(|(_, numbers)| numbers.len()).min().unwrap_or(0);
    let offset = |page: Option<u32>, number: &Number| Some(number.value - i64::from(page?));
    let counts = |at: usize| {
        let mut offsets = numbers.iter().map(|(page, numbers)| offset(*page, &numbers[at]));
        let first = offsets.next().flatten();
        first.is_some() && offsets.all(|offset| offset == first)
    };
    let same = |at: usize| numbers.iter().all(|(_, of)| of[at].value == numbers[0].1[at].value);
    let of_page = |at: usize| counts(at) && (!top || numbers.iter().all(|(_, numbers)| !numbers[at].names));
    (0..count).any(of_page) && (0..count).all(|at| same(at) || of_page(at))
}

/// A number in a line.
struct Number {
    value: i64,
    /// True if it names a thing: `Recommendation 4`.
    names: bool,
}

/// The numbers in a line, from left to right.
fn numbers(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()).map(|found| at + found) {
        let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        let before = text[..start].strip_suffix(' ').unwrap_or_default();
        let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let names = !word.is_empty() && !matches!(word.to_lowercase().as_str(), "page" | "of" | "p" | "pg");
        numbers.push(Number { value: text[start..start + digits].parse().unwrap_or(i64::MAX / 2), names });
        at = start + digits;
    }
    numbers
}

/// The pages that are copies of each other, as of a letter that goes to several people: most of their lines would be
/// furniture, and there are more of them than a head and a foot have. A page with lines that are furniture on a page of
/// other text is none.
fn copies(furniture: &[&EdgeLine], blocks: &[Block]) -> HashSet<Option<u32>> {
    let mut lines_of: HashMap<Option<u32>, usize> = HashMap::new();
    for line in blocks.iter().flat_map(|block| &block.lines) {
        *lines_of.entry(line.page).or_default() += 1;
    }
    let mut prints_of: HashMap<Option<u32>, Vec<Print>> = HashMap::new();
    for edge in furniture {
        let line = &blocks[edge.block].lines[edge.line];
        if !is_page_number(&line.text) {
            prints_of.entry(line.page).or_default().push(Print::of(line));
        }
    }
    // Pages that all hold nothing but the same are copies however short they are.
    let lines = blocks.iter().flat_map(|block| &block.lines).filter(|line| !is_page_number(&line.text));
    let is_all = prints_of.values().map(Vec::len).sum::<usize>() == lines.count();
    let is_copy = |page: &Option<u32>, prints: &[Print]| {
        let lines = lines_of.get(page).copied().unwrap_or(0);
        is_all || (2 * prints.len() > lines && prints.len() >= FEWEST_OF_COPY)
    };
    let elsewhere: HashSet<&Print> = prints_of
        .iter()
        .filter(|(page, prints)| !is_copy(page, prints))
        .flat_map(|(_, prints)| prints)
        .collect();
    let of_copies = |(page, prints): &(&Option<u32>, &Vec<Print>)| {
        is_copy(page, prints) && !prints.iter().any(|print| elsewhere.contains(print))
    };
    prints_of.iter().filter(of_copies).map(|(page, _)| *page).collect()
}

/// A line near the top or bottom of its page.
#[derive(Debug, Clone, Copy)]
struct EdgeLine {
    /// Index of the block.
    block: usize,
    /// Index of the line in its block.
    line: usize,
    /// Nearer to the top than to the bottom.
    top: bool,
    /// In the first or last row of the page.
    outermost: bool,
}

/// The lines in the first and last [`EDGE_ROWS`] rows of each page. Rows follow the baselines where every line of the
/// page has one; else each line is a row, in reading order.
fn edge_lines(blocks: &[Block]) -> Vec<EdgeLine> {
    struct Placed {
        block: usize,
        line: usize,
        baseline: Option<f32>,
    }
    let mut pages: HashMap<u32, Vec<Placed>> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        for (at, line) in block.lines.iter().enumerate() {
            if let Some(page) = line.page {
                let baseline = line.look.map(|look| look.baseline);
                pages.entry(page).or_default().push(Placed { block: index, line: at, baseline });
            }
        }
    }
    let mut edge_lines = Vec::new();
    for mut lines in pages.into_values() {
        let gap = |above: &Placed, below: &Placed| Some(below.baseline? - above.baseline?);
        if lines.iter().all(|line| line.baseline.is_some()) {
            let heights = |a: &Placed, b: &Placed| Some(a.baseline?.total_cmp(&b.baseline?));
            lines.sort_by(|a, b| heights(a, b).unwrap_or(Ordering::Equal));
        }
        let mut rows = Vec::with_capacity(lines.len());
        let mut last_row = 0;
        for (at, line) in lines.iter().enumerate() {
            if let Some(above) = at.checked_sub(1) {
                let side_by_side = gap(&lines[above], line).is_some_and(|gap| gap < ROW_HEIGHT);
                last_row += usize::from(!side_by_side);
            }
            rows.push(last_row);
        }
        for (line, row) in lines.into_iter().zip(rows) {
            let from_edge = row.min(last_row - row);
            if from_edge < EDGE_ROWS {
                edge_lines.push(EdgeLine {
                    block: line.block,
                    line: line.line,
                    top: row <= last_row - row,
                    outermost: from_edge == 0,
                });
            }
        }
    }
    edge_lines
}

/// What is the same on every page that repeats a line: its words, digits aside, and how they look. A heading in words
/// that also open another page, as those of a table of grades do, is larger or bolder there.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Print {
    text: String,
    /// Size in half points, and bold.
    look: Option<(i32, bool)>,
}

impl Print {
    fn of(line: &Line) -> Self {
        let look = line.look.map(|look| ((look.size * 2.0).round() as i32, look.bold));
        Self { text: mask_digits(&line.text), look }
    }
}

/// A line's text with its digits made alike, so that `Page 3` and `Page 4` repeat.
fn mask_digits(text: &str) -> String {
    text.trim().chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
}

/// True for `12`, `Page 12`, `12 of 40`, `- 12 -`.
fn is_page_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut numbers = 0;
    for word in words {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 4 {
            numbers += 1;
        } else if !matches!(word, "page" | "of") {
            return false;
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use quotable_read::Look;

    use super::*;

    /// A page with a block for each line.
    fn page(number: u32, texts: &[&str]) -> Vec<Block> {
        let line = |text: &&str| {
            let mut line = Line::plain(*text);
            line.page = Some(number);
            Block::new(BlockKind::Paragraph, vec![line])
        };
        texts.iter().map(line).collect()
    }

    #[test]
    fn repeated_edge_lines_and_page_numbers_are_removed() {
        let mut document = Document::new("text");
        document.pages = 3;
        for (number, word) in [(1, "one"), (2, "two"), (3, "three")] {
            let foot = format!("Page {number}");
            let body = format!("Paragraph {word} stands alone here.");
            let more = format!("More of {word} follows.");
            let lines = ["Inspection of Westmere", &body, &more, "12", &body, &more, &foot];
            document.blocks.extend(page(number, &lines));
        }
        let texts: Vec<String> = strip(&document).iter().map(Block::text).collect();
        assert_eq!(texts[..3], ["Paragraph one stands alone here.", "More of one follows.", "12"]);
        assert_eq!(texts.len(), 15, "head and foot go from every page, a number inside it stays");
    }

    #[test]
    fn copies_of_a_page_are_kept() {
        let mut document = Document::new("text");
        document.pages = 2;
        for number in 1..=2 {
            document.blocks.extend(page(number, &["Dear keeper", "Herons are here.", &number.to_string()]));
        }
        let texts: Vec<String> = strip(&document).iter().map(Block::text).collect();
        assert_eq!(texts, ["Dear keeper", "Herons are here.", "Dear keeper", "Herons are here."]);
    }

    /// The texts left of a document whose pages have these lines.
    fn left(pages: &[&[&str]]) -> Vec<String> {
        let mut document = Document::new("text");
        document.pages = pages.len() as u32;
        for (number, lines) in (1..).zip(pages) {
            document.blocks.extend(page(number, lines));
        }
        strip(&document).iter().map(Block::text).collect()
    }

    #[test]
    fn letters_that_differ_in_their_names_are_kept() {
        let letter = |name| {
            ["The marsh", "Mill Lane", name, "Herons are here.", "None was rung.", "With regards", "Ann"]
        };
        let texts = left(&[&letter("Dear Ann"), &letter("Dear Ben"), &letter("Dear Cy")]);
        assert_eq!(texts.len(), 21);
    }

    #[test]
    fn a_sentence_that_opens_every_page_is_text() {
        let first = "Wardens went to the marsh twice this year.";
        let pages = ["one", "two", "three"].map(|word| {
            [
                first.to_owned(),
                format!("Of {word} they say more."),
                "a".repeat(9),
                word.to_owned(),
                "The end".to_owned(),
            ]
        });
        let pages: Vec<Vec<&str>> =
            pages.iter().map(|lines| lines.iter().map(String::as_str).collect()).collect();
        let texts = left(&pages.iter().map(Vec::as_slice).collect::<Vec<_>>());
        assert_eq!(texts.iter().filter(|text| *text == first).count(), 3);
    }

    #[test]
    fn headings_that_count_with_the_pages_are_kept_and_heads_with_page_numbers_go() {
        let pages = |head: &str| -> Vec<String> {
            let texts = |number: usize| {
                let word = ["one", "two", "three", "four"][number - 1];
                let more = [" is here", " is wet", " is dry", " is far", " is near", " is gone"];
                let rest = more.map(|more| format!("{word}{more}")).join("\n");
                format!("{}\n{rest}", head.replace('#', &number.to_string()))
            };
            let pages: Vec<String> = (1..=4).map(texts).collect();
            let pages: Vec<Vec<&str>> = pages.iter().map(|page| page.lines().collect()).collect();
            left(&pages.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        for (head, kept) in [
            ("Recommendation #", true),
            ("Herons of the year 20#7", true),
            ("The marsh, page #", false),
            ("Page # of 4", false),
            ("The marsh | #", false),
            ("# The marsh", false),
            ("The marsh in 2019", false),
        ] {
            let texts = pages(head);
            assert_eq!(texts.len(), if kept { 28 } else { 24 }, "{head}: {texts:?}");
        }
    }

    #[test]
    fn a_heading_in_the_words_of_a_table_on_another_page_stays() {
        let mut document = Document::new("text");
        document.pages = 5;
        let words = "Is the service safe?";
        for (number, first, size) in
            [(1, "Rating", 11.0), (2, words, 11.0), (3, words, 15.0), (4, words, 15.0)]
        {
            let rest = ["A", "B", "C", "D", "E", "F"].map(|letter| letter.repeat(number as usize));
            let [a, b, c, d, e, f] = rest.each_ref().map(String::as_str);
            let mut lines = page(number, &[first, a, b, c, d, e, f]);
            for (line, baseline) in lines.iter_mut().flat_map(|block| &mut block.lines).zip(0_u8..) {
                line.look = Some(Look::new(0.0, 100.0, f32::from(baseline) * 20.0, size));
            }
            document.blocks.extend(lines);
        }
        let left = |document: &Document| strip(document).iter().filter(|block| block.text() == words).count();
        assert_eq!(left(&document), 1, "two that look alike are a running head");
        document.blocks.retain(|block| block.page() != Some(4));
        assert_eq!(left(&document), 2);
    }

    #[test]
    fn page_numbers_are_told_from_other_numbers() {
        for text in ["12", "Page 12", "12 of 40", "Page 12 of 40", "- 12 -"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "Page", "12 children", "123456", "1 2 3"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
