//! Where words of a paragraph stand on its printed page.
//!
//! The paragraph was read from the letters of the page, so that its letters are found again among them: in the order in which
//! the file draws them, or in that of lines. What was joined, dropped or put in between when lines became a paragraph is no
//! letter or digit (spaces, hyphens, bullets), or parts the words into pieces that are found one by one.

use std::ops::Range;

use quotable::read::{PrintedLetter, PrintedPage};

/// Letters around the words that are looked for with them, so that of two equal places the right one is found; the most first.
const CONTEXTS: [usize; 6] = [usize::MAX, 400, 160, 60, 20, 0];
/// Letters; a shorter piece may stand anywhere on a page.
const SHORTEST_PIECE: usize = 5;
/// Letters between two pieces, or around one, in which a shorter piece is looked for.
const BESIDE: usize = 40;
/// The share of the letters that may not be found.
const MOST_MISSING: f64 = 0.2;
/// Points around a box.
const MARGIN: f32 = 1.5;

/// The left, top, right and bottom edges of boxes around words, one for each line; `None` if they are not on the page.
/// `on_page` are the bytes of the paragraph that stand on it, `wanted` the bytes to box.
pub(super) fn boxes(
    page: &PrintedPage,
    paragraph: &str,
    on_page: Range<usize>,
    wanted: Range<usize>,
) -> Option<Vec<[f32; 4]>> {
    let letters = letters_of(paragraph, &on_page);
    let first = letters.iter().position(|(_, byte)| wanted.contains(byte))?;
    let last = letters.iter().rposition(|(_, byte)| wanted.contains(byte))?;
    let text: Vec<char> = letters.iter().map(|(letter, _)| *letter).collect();
    let wanted = first..last + 1;
    let drawn = Stream::new(page, page.letters.iter().collect());
    if let Some(at) = drawn.place(&text, &wanted) {
        return Some(around(page, drawn.letters(at)));
    }
    let by_line = Stream::new(page, in_lines(page));
    if let Some(at) = by_line.place(&text, &wanted) {
        return Some(around(page, by_line.letters(at)));
    }
    let wanted = text.get(wanted)?;
    let [drawn, by_line] = [drawn.pieces(wanted), by_line.pieces(wanted)];
    // The order in which more of the words are found; that of drawing if both are as good.
    let pieces = drawn.into_iter().chain(by_line).min_by_key(|pieces| pieces.missing)?;
    Some(around(page, pieces.letters))
}

/// The pieces into which a page parts some words.
struct Pieces<'p> {
    letters: Vec<&'p PrintedLetter>,
    /// The number of letters that were not found.
    missing: usize,
}

/// The letters and digits of a part of a text, folded, each with the byte where it stands.
fn letters_of(text: &str, part: &Range<usize>) -> Vec<(char, usize)> {
    let inside = text.get(part.clone()).unwrap_or_default();
    inside
        .char_indices()
        .flat_map(|(at, sign)| folded(sign).map(move |sign| (sign, part.start + at)))
        .collect()
}

/// The letters that a sign is compared by: none for what is no letter or digit, several for a ligature.
fn folded(sign: char) -> impl Iterator<Item = char> {
    let parts = match sign {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => "",
    };
    let own = (parts.is_empty() && sign.is_alphanumeric()).then_some(sign);
    parts.chars().chain(own.into_iter().flat_map(char::to_lowercase))
}

/// The letters of a page, by line from the top and from the left in each.
fn in_lines(page: &PrintedPage) -> Vec<&PrintedLetter> {
    let mut letters: Vec<&PrintedLetter> = page.letters.iter().collect();
    let middle = |letter: &PrintedLetter| (letter.edges[1] + letter.edges[3]) / 2.0;
    letters.sort_by(|one, other| middle(one).total_cmp(&middle(other)));
    // Letters of one line are not quite at one height.
    let mut from = 0;
    for at in 1..=letters.len() {
        let height =
            |index: usize| letters.get(index).map_or(0.0, |letter| letter.edges[3] - letter.edges[1]);
        let is_same = letters
            .get(at)
            .zip(letters.get(at - 1))
            .is_some_and(|(next, last)| middle(next) - middle(last) < 0.3 * height(at).max(height(at - 1)));
        if !is_same {
            if let Some(line) = letters.get_mut(from..at) {
                line.sort_by(|one, other| one.edges[0].total_cmp(&other.edges[0]));
            }
            from = at;
        }
    }
    letters
}

/// The folded letters of a page, each with where it is printed.
struct Stream<'p> {
    text: Vec<char>,
    printed: Vec<&'p PrintedLetter>,
}

impl<'p> Stream<'p> {
    fn new(page: &'p PrintedPage, letters: Vec<&'p PrintedLetter>) -> Self {
        let mut stream = Self { text: Vec::new(), printed: Vec::new() };
        for letter in letters {
            for sign in page.text_of(letter).chars().flat_map(folded) {
                stream.text.push(sign);
                stream.printed.push(letter);
            }
        }
        stream
    }

    fn letters(&self, at: Range<usize>) -> Vec<&'p PrintedLetter> {
        self.printed.get(at).unwrap_or_default().to_vec()
    }

    /// Where letters stand, from the first place.
    fn find<'s>(&'s self, letters: &'s [char], from: usize) -> impl Iterator<Item = usize> + 's {
        let rest = self.text.get(from..).unwrap_or_default();
        let places = rest.windows(letters.len().max(1)).enumerate();
        places.filter(move |(_, window)| *window == letters).map(move |(at, _)| from + at)
    }

    /// Where the wanted letters of a text stand, told by the letters around them.
    fn place(&self, text: &[char], wanted: &Range<usize>) -> Option<Range<usize>> {
        for context in CONTEXTS {
            let start = wanted.start.saturating_sub(context);
            let end = wanted.end.saturating_add(context).min(text.len());
            let mut places = self.find(text.get(start..end)?, 0);
            if let Some(first) = places.next() {
                // Of several equal places, that nearest to the beginning of the paragraph, where that is on the page once.
                let anchor = text.get(..SHORTEST_PIECE.max(16).min(text.len()));
                let anchor = anchor.and_then(|begin| self.find(begin, 0).next()).map_or(0, |at| at + start);
                let nearest =
                    std::iter::once(first).chain(places).min_by_key(|place| place.abs_diff(anchor))?;
                let from = nearest + (wanted.start - start);
                return Some(from..from + wanted.len());
            }
        }
        None
    }

    /// The letters of the pieces into which the page parts a text; `None` if too little of it is found.
    fn pieces(&self, text: &[char]) -> Option<Pieces<'p>> {
        let (mut found, mut missing, mut at, mut from) = (Vec::new(), 0_usize, 0, 0);
        // Where the letters begin that were not found since the last piece.
        let mut lost = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let after = |length: usize| {
                let piece = rest.get(..length)?;
                self.find(piece, from).next().or_else(|| self.find(piece, 0).next())
            };
            // A few letters may stand anywhere: they are looked for beside the pieces around them.
            if rest.len() < SHORTEST_PIECE || after(SHORTEST_PIECE).is_none() {
                at += 1;
                continue;
            }
            // The longest piece: what is found is found also without its last letter.
            let (mut fits, mut too_long) = (SHORTEST_PIECE, rest.len() + 1);
            while too_long - fits > 1 {
                let middle = fits + (too_long - fits) / 2;
                if after(middle).is_some() { fits = middle } else { too_long = middle }
            }
            let place = after(fits)?;
            let between = if lost == 0 { place.saturating_sub(BESIDE)..place } else { from..place };
            missing += self.beside(text.get(lost..at)?, between, &mut found);
            found.extend(self.letters(place..place + fits));
            (at, from, lost) = (at + fits, place + fits, at + fits);
        }
        let behind = if found.is_empty() { 0..self.text.len() } else { from..from + BESIDE };
        missing += self.beside(text.get(lost..)?, behind, &mut found);
        let is_enough = missing as f64 <= MOST_MISSING * text.len() as f64;
        (is_enough && !found.is_empty()).then_some(Pieces { letters: found, missing })
    }

    /// Adds the letters of a short piece, if it stands in a part of the page; returns how many letters are missing.
    fn beside(&self, piece: &[char], part: Range<usize>, found: &mut Vec<&'p PrintedLetter>) -> usize {
        let end = part.end.min(self.text.len());
        let near = part.start..end.min(part.start.saturating_add(2 * BESIDE));
        let place = self.find(piece, part.start).next().filter(|place| place + piece.len() <= near.end);
        match place.filter(|_| !piece.is_empty()) {
            Some(place) => {
                found.extend(self.letters(place..place + piece.len()));
                0
            }
            None => piece.len(),
        }
    }
}

/// Boxes around letters, one for each line.
fn around(page: &PrintedPage, letters: Vec<&PrintedLetter>) -> Vec<[f32; 4]> {
    let mut boxes: Vec<[f32; 4]> = Vec::new();
    for [left, top, right, bottom] in letters.iter().map(|letter| letter.edges) {
        match boxes.last_mut() {
            Some(last) if is_beside(last, &[left, top, right, bottom]) => {
                *last = [last[0].min(left), last[1].min(top), last[2].max(right), last[3].max(bottom)];
            }
            _ => boxes.push([left, top, right, bottom]),
        }
    }
    let inside = |edge: f32, most: f32| edge.clamp(0.0, most);
    boxes
        .into_iter()
        .map(|[left, top, right, bottom]| {
            [
                inside(left - MARGIN, page.width),
                inside(top - MARGIN / 2.0, page.height),
                inside(right + MARGIN, page.width),
                inside(bottom + MARGIN / 2.0, page.height),
            ]
        })
        .collect()
}

/// True if a letter goes on the line of a box.
fn is_beside(line: &[f32; 4], letter: &[f32; 4]) -> bool {
    let (height, width) = (letter[3] - letter[1], letter[2] - letter[0]);
    let overlap = line[3].min(letter[3]) - line[1].max(letter[1]);
    let gap = (letter[0] - line[2]).max(line[0] - letter[2]);
    // Also for text that runs up or down the page, whose letters follow each other by their height.
    let sideways = line[2].min(letter[2]) - line[0].max(letter[0]);
    let apart = (letter[1] - line[3]).max(line[1] - letter[3]);
    let size = height.max(width);
    (overlap > 0.5 * height && gap < 2.0 * size)
        || (height < width && sideways > 0.5 * width && apart < 2.0 * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with lines of text, ten points a letter and twenty a line.
    fn page(lines: &[&str]) -> PrintedPage {
        let mut page = PrintedPage::default();
        (page.width, page.height) = (1000.0, 1000.0);
        for (row, line) in (0_u8..).zip(lines) {
            for (column, letter) in (0_u8..).zip(line.chars()) {
                let start = page.text.len();
                page.text.push(letter);
                let (left, top) = (f32::from(column) * 10.0, f32::from(row) * 20.0);
                let edges = [left, top, left + 10.0, top + 12.0];
                page.letters.push(PrintedLetter::new(start..page.text.len(), edges));
            }
        }
        page
    }

    /// What stands in boxes, read back from the places of letters.
    fn inside(page: &PrintedPage, boxes: &[[f32; 4]]) -> String {
        let is_in = |letter: &&PrintedLetter| {
            let [left, top, right, bottom] = letter.edges;
            let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
            boxes.iter().any(|[l, t, r, b]| (*l..*r).contains(&x) && (*t..*b).contains(&y))
        };
        page.letters.iter().filter(is_in).map(|letter| page.text_of(letter)).collect()
    }

    fn boxed(page: &PrintedPage, paragraph: &str, words: &str) -> Option<String> {
        let start = paragraph.find(words).unwrap();
        let found = boxes(page, paragraph, 0..paragraph.len(), start..start + words.len())?;
        Some(inside(page, &found))
    }

    #[test]
    fn words_are_boxed_line_by_line() {
        let page = page(&["Too many children", "wait for a plan."]);
        let paragraph = "Too many children wait for a plan.";
        let found = boxes(&page, paragraph, 0..paragraph.len(), 9..22).unwrap();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(inside(&page, &found), "childrenwait");
    }

    #[test]
    fn the_right_one_of_two_equal_places_is_boxed() {
        let page = page(&["Plans drift. Staff leave.", "Plans drift. Staff stay."]);
        let paragraph = "Plans drift. Staff stay.";
        let found = boxes(&page, paragraph, 0..paragraph.len(), 0..11).unwrap();
        assert!(found[0][1] > 15.0, "{found:?}");
        assert_eq!(inside(&page, &found), "Plans drift");
    }

    #[test]
    fn hyphens_ligatures_and_a_foot_of_the_page_part_nothing() {
        // The hyphen of the end of a line is none of the quotation.
        let joined = page(&["Their deci-", "sion on ﬁnance"]);
        assert_eq!(
            boxed(&joined, "Their decision on finance", "decision on finance").unwrap(),
            "decision on ﬁnance"
        );
        let parted = page(&["Leaders know the", "Page 7 of 9", "needs of children"]);
        let found = boxed(&parted, "Leaders know the needs of children", "know the needs of").unwrap();
        assert_eq!(found, "know theneeds of");
    }

    #[test]
    fn a_number_that_the_page_parts_from_its_words_is_boxed_with_them() {
        // A mark of a footnote in the line, which the paragraph lacks, and a number between two of them.
        let parted = page(&["Of these children", "xyz16qqq", "have no plan at all"]);
        let boxed =
            boxed(&parted, "Of these children 16% have no plan at all", "these children 16% have no plan");
        assert_eq!(boxed.unwrap(), "these children16have no plan");
        let behind = page(&["Fewer children, of whom x", "9 wait"]);
        assert_eq!(
            super::tests::boxed(&behind, "Fewer children, of whom 9", "children, of whom 9").unwrap(),
            "children, of whom9"
        );
    }

    #[test]
    fn letters_drawn_in_another_order_are_found_by_their_lines() {
        let mut page = page(&["Plans drift here"]);
        page.letters.reverse();
        assert_eq!(boxed(&page, "Plans drift here", "drift").unwrap(), "tfird");
    }

    #[test]
    fn what_is_not_on_the_page_is_not_boxed() {
        let page = page(&["Plans drift."]);
        assert_eq!(boxed(&page, "Nothing of this stands there at all", "of this stands"), None);
        assert_eq!(boxes(&page, "…", 0..3, 0..3), None);
        assert_eq!(boxes(&page, "Plans drift.", 0..12, 5..5), None);
    }
}
