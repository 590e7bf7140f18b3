//! Regions of a page by position: running text, columns of text, and tables.
//!
//! The content stream may draw a page in any order: cell after cell, line after line over both columns, the title last. So
//! lines are first put into rows, from the top of the page to its foot. Rows that leave the same strip of the page free, a
//! gutter, have something side by side: a table, or columns of running text. In columns most lines go on from the line
//! above; in a table the cells of one row begin together. A row with a gap that the lines around it cross is a line of
//! running text with a blank in it.

use super::line::look;
use super::row::{Gutter, LEADING, Placed, Row};
use super::{columns, hanging_number, table};
use crate::block::Line;

/// Lines of one page.
pub(super) enum Region {
    /// Running text, line under line.
    Text(Vec<Line>),
    /// Columns of running text, from the left.
    Columns(Vec<Vec<Line>>),
    /// The lines of each row of a table, and what parts its columns.
    Table(Vec<Vec<Line>>, Vec<Gutter>),
}

/// Lines whose baselines differ by less than this many type sizes stand in one row. More than half a line, since a short
/// cell is centred beside a taller one.
const ROW: f32 = 0.75;

/// Baselines of one line differ by no more than this share of the size.
const LEVEL: f32 = 0.25;

/// The narrowest strip between columns, in type sizes.
const GUTTER: f32 = 0.4;

/// Parts of a row that are this many type sizes from each other are no words of one line.
const APART: f32 = 3.0;

/// A line further below a table than this many type sizes is outside it.
const TABLE_GAP: f32 = 4.0;

/// Left edges that differ by less than this, in points, belong to one column.
const COLUMN_EDGE: f32 = 24.0;

/// The regions of a page, from its top. `width` is that of the page, in points.
pub(super) fn regions(lines: Vec<Line>, width: f32) -> Vec<Region> {
    // Most pages have equal margins, which no line may reach.
    let left = lines.iter().map(|line| look(line).left).fold(f32::INFINITY, f32::min);
    let page_right = lines.iter().map(|line| look(line).right).fold(width - left, f32::max);
    let rows = rows(hanging_number::join(lines));
    let mut regions: Vec<Region> = Vec::new();
    let mut text: Vec<Line> = Vec::new();
    let mut at = 0;
    let sides = Sides::of(&rows);
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    while at < rows.len() {
        let Some(side) = sides.iter().find(|side| side.start == at) else {
            let row = rows[at].take().unwrap_or_default();
            if is_apart(&row) {
                // A label and its value: neither goes on with the text around them.
                flush(&mut text, &mut regions);
                regions.extend(row.into_iter().map(|placed| Region::Text(vec![placed.line])));
            } else {
                text.extend(row.into_iter().map(|placed| placed.line));
            }
            at += 1;
            continue;
        };
        let found: Vec<Row> = rows[at..side.end].iter_mut().filter_map(Option::take).collect();
        at = side.end;
        match side.kind {
            Kind::Line => text.extend(found.into_iter().map(whole_line)),
            Kind::Columns => {
                flush(&mut text, &mut regions);
                regions.push(Region::Columns(columns::lines(found, &side.gutters)));
            }
            Kind::Table => {
                flush(&mut text, &mut regions);
                let rows = table::rows(found, &side.gutters, page_right);
                regions.push(Region::Table(rows, side.gutters.clone()));
            }
        }
    }
    flush(&mut text, &mut regions);
    regions
}

fn flush(text: &mut Vec<Line>, regions: &mut Vec<Region>) {
    if !text.is_empty() {
        regions.push(Region::Text(std::mem::take(text)));
    }
}

/// Puts lines into rows, from the top.
fn rows(lines: Vec<Line>) -> Vec<Row> {
    let mut placed: Vec<Placed> =
        lines.into_iter().enumerate().map(|(drawn, line)| Placed { line, drawn }).collect();
    placed.sort_by(|one, other| {
        let (upper, lower) = (look(&one.line), look(&other.line));
        upper.baseline.total_cmp(&lower.baseline).then(upper.left.total_cmp(&lower.left))
    });
    let mut rows: Vec<Row> = Vec::new();
    for placed in placed {
        let own = look(&placed.line);
        let joins = |row: &Row| {
            let Some(first) = row.first() else { return false };
            let first = look(&first.line);
            let near = own.baseline - first.baseline < ROW * own.size.min(first.size);
            near && row.iter().all(|other| {
                let other = look(&other.line);
                own.left.max(other.left) > own.right.min(other.right) - 0.3 * own.size
            })
        };
        match rows.last_mut() {
            Some(row) if joins(row) => row.push(placed),
            _ => rows.push(vec![placed]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| look(&one.line).left.total_cmp(&look(&other.line).left));
    }
    rows
}

/// What stands side by side in some rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Each row is one line with blanks in it.
    Line,
    Columns,
    Table,
}

/// Rows with lines side by side.
struct Sides {
    start: usize,
    end: usize,
    gutters: Vec<Gutter>,
    kind: Kind,
}

impl Sides {
    /// All rows of a page that have lines side by side, from the top.
    fn of(rows: &[Row]) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let mut at = 0;
        while at < rows.len() {
            if rows[at].len() < 2 {
                at += 1;
                continue;
            }
            let floor = found.last().map_or(0, |side| side.end);
            let side = Self::from(rows, at, floor)
                .or_else(|| Self::blank(rows, at))
                .or_else(|| Self::alone(rows, at, floor));
            at = side.as_ref().map_or(at + 1, |side| side.end);
            found.extend(side);
        }
        found
    }

    /// The rows around `first` that leave the same gutters free, none of them before `floor`; `None` if these are not
    /// two with lines on both sides.
    fn from(rows: &[Row], first: usize, floor: usize) -> Option<Self> {
        let mut gutters = gutters(&rows[first..=first]);
        let (mut end, mut both, mut kept) = (first + 1, 1, gutters.clone());
        let mut next = first + 1;
        while next < rows.len() && is_near(&rows[first..next], &rows[next]) {
            let narrower = narrowed(&gutters, &rows[next]);
            if narrower.is_empty() {
                // A cell that wraps may be as wide as its column: what follows goes on with it.
                if rows.get(next + 1).is_some_and(|below| wraps_into(&rows[next], below, &gutters)) {
                    next += 1;
                    continue;
                }
                break;
            }
            gutters = narrower;
            if gutters.iter().any(|gutter| has_both_sides(&rows[next], gutter)) {
                end = next + 1;
                both += 1;
                kept.clone_from(&gutters);
            }
            next += 1;
        }
        if both < 2 {
            return None;
        }
        while let Some(narrower) = continued(rows, first, end, &kept) {
            kept = narrower;
            end += 1;
        }
        // A right column that begins above the left one, or a cell that wraps beside the last line of which stands another.
        let mut start = first;
        while start > floor
            && (stands_right(&rows[start - 1], &rows[start], &kept)
                || wraps_into(&rows[start - 1], &rows[start], &kept))
        {
            start -= 1;
        }
        let gutters = self::gutters(&rows[start..end]);
        let gutters = if gutters.len() < kept.len() { kept } else { gutters };
        let kind = kind(rows, start, end, &gutters);
        Some(Self { start, end, gutters, kind })
    }

    /// A single row whose cells have several lines; `None` if they do not.
    fn alone(rows: &[Row], at: usize, floor: usize) -> Option<Self> {
        let mut gutters = gutters(&rows[at..=at]);
        if gutters.is_empty() {
            return None;
        }
        let (mut start, mut end) = (at, at + 1);
        while start > floor && wraps_into(&rows[start - 1], &rows[start], &gutters) {
            start -= 1;
        }
        while let Some(narrower) = continued(rows, start, end, &gutters) {
            gutters = narrower;
            end += 1;
        }
        (end - start > 1).then_some(Self { start, end, gutters, kind: Kind::Table })
    }

    /// A row that is one line with blanks in it; `None` if it is not.
    fn blank(rows: &[Row], at: usize) -> Option<Self> {
        let gutters = gutters(&rows[at..=at]);
        let is_blank = is_level(&rows[at]) && goes_on(&rows[at]) && crossed(rows, at, at + 1, &gutters);
        is_blank.then_some(Self { start: at, end: at + 1, gutters, kind: Kind::Line })
    }
}

/// The strips that no row enters and that have lines on both sides.
fn gutters(rows: &[Row]) -> Vec<Gutter> {
    let mut extents: Vec<(f32, f32)> = Vec::new();
    let mut size = 0.0_f32;
    for own in rows.iter().flatten().map(|placed| look(&placed.line)) {
        extents.push((own.left, own.right));
        size = if size == 0.0 { own.size } else { size.min(own.size) };
    }
    extents.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut gutters = Vec::new();
    let mut right = f32::INFINITY;
    for (left, end) in extents {
        if left - right >= GUTTER * size {
            gutters.push(Gutter { left: right, right: left });
        }
        right = if right.is_infinite() { end } else { right.max(end) };
    }
    gutters
}

/// What a row leaves of some gutters.
fn narrowed(gutters: &[Gutter], row: &Row) -> Vec<Gutter> {
    let narrow = |gutter: &Gutter| {
        let mut rest = *gutter;
        for own in row.iter().map(|placed| look(&placed.line)) {
            if own.right <= rest.left || own.left >= rest.right {
                continue;
            }
            // The line enters the strip: the wider part beside it is left.
            let (before, behind) = (own.left - rest.left, rest.right - own.right);
            if before >= behind {
                rest.right = own.left;
            } else {
                rest.left = own.right;
            }
        }
        let size = row.iter().map(|placed| look(&placed.line).size).fold(f32::INFINITY, f32::min);
        (rest.right - rest.left >= GUTTER * size).then_some(rest)
    };
    gutters.iter().filter_map(narrow).collect()
}

fn has_both_sides(row: &Row, gutter: &Gutter) -> bool {
    let left = row.iter().any(|placed| look(&placed.line).right <= gutter.left + 0.1);
    left && row.iter().any(|placed| look(&placed.line).left >= gutter.right - 0.1)
}

/// The lowest baseline of some rows.
fn bottom(rows: &[Row]) -> f32 {
    rows.iter().flatten().map(|placed| look(&placed.line).baseline).fold(0.0, f32::max)
}

fn is_near(above: &[Row], row: &Row) -> bool {
    row.first().is_some_and(|placed| {
        let own = look(&placed.line);
        own.baseline - bottom(above) < TABLE_GAP * own.size.max(1.0)
    })
}

/// True if the row below goes on with one column of some rows: near, on one side of their gutters, at an edge they have.
fn continues(above: &[Row], row: &Row, gutters: &[Gutter]) -> bool {
    let [placed] = row.as_slice() else { return false };
    let own = look(&placed.line);
    let clear = gutters.iter().all(|gutter| own.right <= gutter.left + 0.1 || own.left >= gutter.right - 0.1);
    let column =
        |other: &Placed| gutters.iter().filter(|gutter| look(&other.line).left >= gutter.right - 0.1).count();
    let last = above.iter().flatten().rfind(|other| column(other) == column(placed));
    clear
        && last.is_some_and(|last| {
            let last = look(&last.line);
            let same_type = (last.size - own.size).abs() < 0.6 && last.bold == own.bold;
            own.baseline - last.baseline < LEADING * own.size
                && same_type
                && above.iter().flatten().any(|other| (look(&other.line).left - own.left).abs() < COLUMN_EDGE)
        })
}

/// True if a row holds nothing but a line right of the gutters, close above the next.
fn stands_right(row: &Row, below: &Row, gutters: &[Gutter]) -> bool {
    let ([placed], Some(last)) = (row.as_slice(), below.last()) else { return false };
    let (own, below) = (look(&placed.line), look(&last.line));
    let Some(gutter) = gutters.first() else { return false };
    own.left >= gutter.right - 0.1
        && below.baseline - own.baseline < LEADING * own.size
        && (below.left - own.left).abs() < COLUMN_EDGE
}

/// True if a row holds one line, left of the gutters or over them, that the first line of the row below goes on with.
fn wraps_into(row: &Row, below: &Row, gutters: &[Gutter]) -> bool {
    let ([placed], Some(first), Some(gutter)) = (row.as_slice(), below.first(), gutters.first()) else {
        return false;
    };
    let (own, next) = (look(&placed.line), look(&first.line));
    first.line.text.starts_with(char::is_lowercase)
        && below.len() > 1
        && next.right <= gutter.left + 0.1
        && (own.left - next.left).abs() < 0.5 * own.size
        && (own.size - next.size).abs() < 0.6
        && own.bold == next.bold
        && next.baseline - own.baseline < LEADING * own.size
}

fn is_level(row: &Row) -> bool {
    let first = row.first().map_or(0.0, |placed| look(&placed.line).baseline);
    row.iter().all(|placed| {
        let own = look(&placed.line);
        (own.baseline - first).abs() <= LEVEL * own.size
    })
}

/// True if a line of running text next above or below the rows `start..end`, in the same type, crosses their gutters.
fn crossed(rows: &[Row], start: usize, end: usize, gutters: &[Gutter]) -> bool {
    let crosses = |near: &Row, edge: &Row| {
        let (Some(first), Some(last)) =
            (edge.first().map(|placed| look(&placed.line)), near.first().map(|placed| look(&placed.line)))
        else {
            return false;
        };
        let leading = (first.baseline - last.baseline).abs() / first.size.max(1.0);
        let same_type = (first.size - last.size).abs() < 0.6;
        let aligned = (first.left - last.left).abs() < 3.0 * first.size;
        same_type
            && aligned
            && (0.8..LEADING).contains(&leading)
            && gutters.iter().all(|gutter| {
                near.iter().any(|placed| {
                    let own = look(&placed.line);
                    own.left <= gutter.left && own.right >= gutter.right
                })
            })
    };
    let above = start.checked_sub(1).is_some_and(|above| crosses(&rows[above], &rows[start]));
    above || rows.get(end).is_some_and(|below| crosses(below, &rows[end - 1]))
}

/// True if the parts of a row are level, far from each other, and no sentence goes on from one to the next.
fn is_apart(row: &Row) -> bool {
    let is_far = row.windows(2).all(|pair| {
        let (left, right) = (look(&pair[0].line), look(&pair[1].line));
        right.left - left.right >= APART * left.size
    });
    row.len() > 1 && is_level(row) && is_far && !goes_on(row)
}

/// True if what stands right in a row can go on with a sentence.
fn goes_on(row: &Row) -> bool {
    row.iter().skip(1).all(|placed| !placed.line.text.trim_start().starts_with(char::is_uppercase))
}

/// What is left of some gutters once the row below the rows `start..end` is added, which goes on with one column of them;
/// `None` if it does not.
fn continued(rows: &[Row], start: usize, end: usize, gutters: &[Gutter]) -> Option<Vec<Gutter>> {
    let row = rows.get(end)?;
    let narrower = narrowed(gutters, row);
    (narrower.len() == gutters.len() && continues(&rows[start..end], row, &narrower)).then_some(narrower)
}

/// What the rows `start..end` are.
fn kind(rows: &[Row], start: usize, end: usize, gutters: &[Gutter]) -> Kind {
    let found = &rows[start..end];
    if found.len() <= 4
        && found.iter().all(|row| is_level(row) && goes_on(row))
        && crossed(rows, start, end, gutters)
    {
        return Kind::Line;
    }
    if columns::are_columns(found, gutters) { Kind::Columns } else { Kind::Table }
}

/// One line of the parts of a row.
fn whole_line(row: Row) -> Line {
    let mut parts = row.into_iter().map(|placed| placed.line);
    let Some(mut line) = parts.next() else { return Line::default() };
    for part in parts {
        line.text.push(' ');
        let shift = line.text.len();
        line.text.push_str(&part.text);
        line.raised.extend(part.raised.into_iter().map(|range| range.start + shift..range.end + shift));
        if let (Some(whole), Some(part)) = (line.look.as_mut(), part.look) {
            whole.right = whole.right.max(part.right);
        }
    }
    line
}
