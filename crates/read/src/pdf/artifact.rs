//! Text that a file marks as an artifact though it is content.
//!
//! Artifacts are running heads and feet, page numbers, and ornaments (ISO 32000-2, 14.8.2.2). Some producers mark more:
//! a page that was scanned and recognised, a page put in from another file, a whole file. What a page can lose as
//! furniture is a line that other pages repeat, a page number, or what the file calls a running head or foot; the rest of
//! a page on which everything is an artifact is its text.

use std::collections::HashMap;

use super::glyphs::{Glyph, Page};

/// Heights that differ by less than this, in points, are one.
const SAME_HEIGHT: f32 = 4.0;

/// Fewer letters in the artifacts of a page, beside furniture, are an ornament and no text.
const FEWEST_LETTERS: usize = 12;

/// Makes content of the artifacts on pages that have nothing else, save for what other pages repeat. Returns the numbers
/// of the pages.
pub(super) fn reclaim(pages: &mut [Page]) -> Vec<u32> {
    let is_bare = |page: &Page| page.content_glyphs() == 0 && page.printed_glyphs() > 0;
    if !pages.iter().any(is_bare) {
        return Vec::new();
    }
    // In a file without any content, nothing that it says of artifacts is believed.
    let believed = pages.iter().any(|page| page.content_glyphs() > 0);
    let artifact_lines = |page: &Page| artifact_lines(page, believed);
    // On how many pages each line of artifacts is printed.
    let mut counts: HashMap<(String, i32), u32> = HashMap::new();
    for page in pages.iter() {
        let mut prints: Vec<(String, i32)> =
            artifact_lines(page).into_iter().map(|line| line.print).collect();
        prints.sort_unstable();
        prints.dedup();
        for print in prints {
            *counts.entry(print).or_default() += 1;
        }
    }
    let mut reclaimed = Vec::new();
    for page in pages.iter_mut().filter(|page| is_bare(page)) {
        let is_furniture = |line: &ArtifactLine| {
            let repeated = counts.get(&line.print).is_some_and(|count| *count > 1);
            repeated || !line.print.0.chars().any(char::is_alphabetic)
        };
        let text: Vec<ArtifactLine> =
            artifact_lines(page).into_iter().filter(|line| !is_furniture(line)).collect();
        let letters =
            |line: &ArtifactLine| line.print.0.chars().filter(|letter| letter.is_alphabetic()).count();
        if text.iter().map(letters).sum::<usize>() < FEWEST_LETTERS {
            continue;
        }
        for at in text.into_iter().flat_map(|line| line.glyphs) {
            page.glyphs[at].artifact = false;
        }
        reclaimed.push(page.number);
    }
    reclaimed
}

/// Glyphs of artifacts on one baseline.
struct ArtifactLine {
    /// The text without white space, digits made alike, and the height in steps of [`SAME_HEIGHT`].
    print: (String, i32),
    /// Indices into [`Page::glyphs`].
    glyphs: Vec<usize>,
}

/// The lines of artifacts of a page, watermarks left out; running heads and feet too if they are `believed` to be some.
fn artifact_lines(page: &Page, believed: bool) -> Vec<ArtifactLine> {
    let is_level = |one: &Glyph, other: &Glyph| (one.baseline - other.baseline).abs() < SAME_HEIGHT;
    let mut lines: Vec<ArtifactLine> = Vec::new();
    let may_be_text =
        |glyph: &Glyph| glyph.artifact && !glyph.is_slanted() && !(believed && glyph.pagination);
    for (at, glyph) in page.glyphs.iter().enumerate().filter(|(_, glyph)| may_be_text(glyph)) {
        let on =
            |line: &ArtifactLine| line.glyphs.last().is_some_and(|last| is_level(&page.glyphs[*last], glyph));
        if !lines.last().is_some_and(on) {
            let height = (glyph.baseline / SAME_HEIGHT).round() as i32;
            lines.push(ArtifactLine { print: (String::new(), height), glyphs: Vec::new() });
        }
        let Some(line) = lines.last_mut() else { continue };
        let letters = glyph.text(page).chars().filter(|letter| !letter.is_whitespace());
        line.print.0.extend(letters.map(|letter| if letter.is_ascii_digit() { '0' } else { letter }));
        line.glyphs.push(at);
    }
    lines
}
