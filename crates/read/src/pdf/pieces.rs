//! The pieces of the lines of a page.
//!
//! Parts of one line that were drawn apart, or backwards, are joined by position, and what is drawn again in nearly the
//! same place is left out.

use super::piece::{LEVEL, Piece};
use super::run::Run;

/// The pieces of the runs in the order of the content stream, cut at gaps wider than `widest_gap` glyph sizes. Pieces
/// that were drawn apart and are no further from each other than `nearest` glyph sizes are one.
pub(super) fn pieces<'p>(widest_gap: f32, nearest: f32, runs: &[Run<'p>]) -> Vec<Piece<'p>> {
    let mut pieces: Vec<Piece<'p>> = Vec::new();
    let mut open: Option<Piece<'p>> = None;
    for run in runs {
        if open.as_ref().is_some_and(|piece| piece.page.number != run.page.number) {
            pieces.extend(open.take());
        }
        for (glyph, index) in run.glyphs().iter().zip(run.glyphs.start..) {
            let Ok(index) = u32::try_from(index) else { break };
            let text = glyph.text(run.page);
            let mut goes_on = false;
            if let Some(piece) = open.as_mut()
                && piece.accepts(glyph, text)
                && !piece.ends_before(glyph, widest_gap)
            {
                // Behind a gap wider than that of words there may be words that are drawn later.
                goes_on = piece.is_level(glyph) && piece.ends_before(glyph, nearest.min(FINE));
                if !goes_on {
                    piece.push(glyph, index, text);
                    continue;
                }
            }
            // A space never begins a line: producers leave spaces anywhere on the page.
            if !glyph.blank {
                pieces.extend(open.take());
                let mut piece = Piece::new(run.page, glyph, index, text);
                piece.goes_on = goes_on;
                open = Some(piece);
            }
        }
    }
    pieces.extend(open);
    if widest_gap.is_finite() {
        part_columns(&mut pieces);
    }
    join_apart(pieces, nearest, widest_gap.is_infinite())
}

/// Parts columns that stand close: the right parts of at least [`LEAST_ROWS`] lines begin at one place.
fn part_columns(pieces: &mut [Piece<'_>]) {
    let mut edges: Vec<f32> = pieces.iter().filter(|piece| piece.goes_on).map(|piece| piece.left).collect();
    edges.sort_by(f32::total_cmp);
    for piece in pieces.iter_mut().filter(|piece| piece.goes_on) {
        let first = edges.partition_point(|edge| *edge < piece.left - SAME_EDGE);
        let behind = edges.partition_point(|edge| *edge <= piece.left + SAME_EDGE);
        piece.goes_on = behind - first < LEAST_ROWS;
    }
}

/// Lines whose right parts begin at one place, of which so many make a column.
const LEAST_ROWS: usize = 3;

/// Left edges that differ by no more than this, in points, are one.
const SAME_EDGE: f32 = 1.0;

/// Pieces are cut at gaps of this many type sizes, until it is known what else stands on their line.
const FINE: f32 = 0.8;

/// Pieces no further from each other than this many type sizes are of one line, whatever was drawn between them.
const WORD_SPACE: f32 = 0.35;

/// Joins pieces that stand on one line beside each other, and drops those that repeat another in nearly its place.
///
/// Further apart than words, they may be two cells of a table, between which other lines of a cell are drawn. `in_block`
/// is true for pieces of one paragraph, which has no cells.
fn join_apart(pieces: Vec<Piece<'_>>, nearest: f32, in_block: bool) -> Vec<Piece<'_>> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let key = |at: &usize| {
        let piece = &pieces[*at];
        (piece.page.number, piece.turn as u8, piece.baseline, piece.left)
    };
    let less = |one: &usize, other: &usize| {
        let (one, other) = (key(one), key(other));
        (one.0, one.1)
            .cmp(&(other.0, other.1))
            .then(one.2.total_cmp(&other.2))
            .then(one.3.total_cmp(&other.3))
    };
    order.sort_by(less);
    // For each piece the one that it becomes part of.
    let mut joins: Vec<Option<usize>> = vec![None; pieces.len()];
    let mut repeats = vec![false; pieces.len()];
    let mut any = false;
    let mut start = 0;
    while start < order.len() {
        let first = &pieces[order[start]];
        let level = |at: &&usize| {
            let piece = &pieces[**at];
            piece.page.number == first.page.number
                && piece.turn == first.turn
                && piece.baseline - first.baseline <= LEVEL * first.size.min(piece.size)
        };
        let end = start + order[start..].iter().take_while(level).count().max(1);
        if end - start > 1 {
            let mut row: Vec<usize> = order[start..end].to_vec();
            row.sort_by(|one, other| pieces[*one].left.total_cmp(&pieces[*other].left).then(one.cmp(other)));
            let mut drawn = row.clone();
            drawn.sort_unstable();
            let in_turn = |one: usize, other: usize| {
                let (first, last) = (one.min(other), one.max(other));
                let between =
                    drawn.partition_point(|at| *at <= last) - drawn.partition_point(|at| *at < first);
                between == last - first + 1
            };
            let mut right_of = row[0];
            for at in row.into_iter().skip(1) {
                let (before, piece) = (&pieces[right_of], &pieces[at]);
                if piece.repeats(before) {
                    repeats[at.max(right_of)] = true;
                    right_of = at.min(right_of);
                    any = true;
                    continue;
                }
                let nearest = if in_block || in_turn(at, right_of) { nearest } else { WORD_SPACE };
                if piece.follows(before, nearest)
                    || (piece.goes_on && at == right_of + 1 && piece.left >= before.right)
                {
                    joins[at] = Some(right_of);
                    any = true;
                }
                if before.right < piece.right {
                    right_of = at;
                }
            }
        }
        start = end;
    }
    if any { joined(pieces, &joins, &repeats, &order) } else { pieces }
}

/// The pieces once those of one line are joined: each line where its first piece was drawn. `joins` names for each piece
/// the one that stands before it on its line; those that repeat another are left out.
fn joined<'p>(
    pieces: Vec<Piece<'p>>,
    joins: &[Option<usize>],
    repeats: &[bool],
    order: &[usize],
) -> Vec<Piece<'p>> {
    let mut next: Vec<Option<usize>> = vec![None; pieces.len()];
    for (at, before) in joins.iter().enumerate() {
        if let Some(before) = before {
            // A gap is filled once.
            if next[*before].is_none() && !repeats[at] {
                next[*before] = Some(at);
            }
        }
    }
    let mut pieces: Vec<Option<Piece<'p>>> = pieces.into_iter().map(Some).collect();
    let mut placed: Vec<(usize, Piece<'p>)> = Vec::with_capacity(pieces.len());
    let is_next = |at: usize| joins[at].is_some_and(|before| next[before] == Some(at));
    for &head in order.iter().filter(|at| !repeats[**at] && !is_next(**at)) {
        let Some(mut piece) = pieces[head].take() else { continue };
        let (mut at, mut drawn) = (next[head], head);
        while let Some(other) = at {
            at = next[other];
            drawn = drawn.min(other);
            if let Some(other) = pieces[other].take() {
                piece.append_piece(other);
            }
        }
        placed.push((drawn, piece));
    }
    placed.sort_by_key(|(drawn, _)| *drawn);
    placed.into_iter().map(|(_, piece)| piece).collect()
}
