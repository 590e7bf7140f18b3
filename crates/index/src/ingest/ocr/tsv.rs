//! Reads the table that Tesseract writes: a row for each page, block, paragraph, line and word, parted by tabs.

use quotable_read::{Line, Look};

/// The level of a row that is a word.
const WORD: &str = "5";
/// Sizes of lines within this share of the usual one on their page are the usual one: they are measured on a picture.
const NEAR: f32 = 0.18;
/// The height of a line's box, from the top of its ascenders to the foot of its descenders, to the size of its type.
const HEIGHT_TO_SIZE: f32 = 0.92;

/// A word and its box, in pixels from the top left.
struct Word<'t> {
    /// The numbers of its block, paragraph and line.
    place: [u32; 3],
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    text: &'t str,
}

/// The lines of each paragraph. `scale` is the number of pixels to a point.
pub(super) fn paragraphs(table: &str, scale: f32) -> Vec<Vec<Line>> {
    let words: Vec<Word<'_>> = table.lines().filter_map(word).collect();
    let lines: Vec<&[Word<'_>]> = words.chunk_by(|one, other| one.place == other.place).collect();
    let mut sizes: Vec<f32> = lines.iter().map(|line| size(line, scale)).collect();
    let usual = median(sizes.clone());
    for size in &mut sizes {
        if (*size - usual).abs() <= NEAR * usual {
            *size = usual;
        }
    }
    let mut paragraphs: Vec<Vec<Line>> = Vec::new();
    let mut last = None;
    for (words, size) in lines.into_iter().zip(sizes) {
        let Some(first) = words.first() else { continue };
        let mut line = Line::plain(words.iter().map(|word| word.text).collect::<Vec<_>>().join(" "));
        let edge = |of: fn(f32, f32) -> f32, start, place: fn(&Word<'_>) -> f32| {
            words.iter().map(place).fold(start, of) / scale
        };
        let left = edge(f32::min, f32::MAX, |word| word.left);
        let right = edge(f32::max, 0.0, |word| word.left + word.width);
        let foot = edge(f32::max, 0.0, |word| word.top + word.height);
        line.look = Some(Look::new(left, right, foot, size));
        let place = [first.place[0], first.place[1]];
        if last.replace(place) != Some(place) {
            paragraphs.push(Vec::new());
        }
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push(line);
        }
    }
    // Specks and rules of a table are recognised as signs.
    paragraphs.retain(|lines| lines.iter().any(|line| line.text.contains(char::is_alphanumeric)));
    paragraphs
}

/// The columns are: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn word(row: &str) -> Option<Word<'_>> {
    let columns: Vec<&str> = row.splitn(12, '\t').collect();
    let [level, _, block, paragraph, line, _, left, top, width, height, confidence, text] =
        columns.as_slice()
    else {
        return None;
    };
    let text = text.trim();
    // The confidence of what is no word is -1.
    let doubtful = confidence.parse::<f32>().ok()? < 0.0;
    if *level != WORD || text.is_empty() || doubtful {
        return None;
    }
    let number = |column: &str| column.parse::<u32>().ok();
    let pixels = |column: &str| column.parse::<f32>().ok().filter(|pixels| pixels.is_finite());
    Some(Word {
        place: [number(block)?, number(paragraph)?, number(line)?],
        left: pixels(left)?,
        top: pixels(top)?,
        width: pixels(width)?,
        height: pixels(height)?,
        text,
    })
}

/// The size of the type of a line, in points, by its tallest words: a word without ascenders is low.
fn size(words: &[Word<'_>], scale: f32) -> f32 {
    let top = words.iter().map(|word| word.top).fold(f32::MAX, f32::min);
    let foot = words.iter().map(|word| word.top + word.height).fold(0.0, f32::max);
    (foot - top).max(0.0) / scale * HEIGHT_TO_SIZE
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_and_paragraphs() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t800\t600\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t50\t200\t80\t96.1\tHerons\n\
            5\t1\t2\t1\t1\t1\t100\t200\t60\t30\t91\tA\n\
            5\t1\t2\t1\t1\t2\t170\t205\t90\t30\t88\theron\n\
            5\t1\t2\t1\t2\t1\t100\t240\t90\t33\t90\twaits.\n\
            5\t1\t2\t2\t1\t1\t100\t300\t90\t32\t90\tIt\tis\n\
            5\t1\t3\t1\t1\t1\t100\t400\t90\t3\t20\t——\n\
            5\t1\t4\t1\t1\t1\tx\t400\t90\t3\t20\tlost\n";
        let paragraphs = paragraphs(table, 2.0);
        let texts: Vec<Vec<&str>> =
            paragraphs.iter().map(|lines| lines.iter().map(|line| line.text.as_str()).collect()).collect();
        assert_eq!(texts, vec![vec!["Herons"], vec!["A heron", "waits."], vec!["It\tis"]]);
        let looks: Vec<Look> = paragraphs.iter().flatten().filter_map(|line| line.look).collect();
        assert!(looks[0].size > looks[1].size * 2.0);
        assert!(looks[1..].iter().all(|look| look.size == looks[1].size), "{looks:?}");
        assert_eq!((looks[1].left, looks[1].right, looks[1].baseline), (50.0, 130.0, 117.5));
    }
}
