//! Checks what a PDF would demand of memory and time, before the interpreter sees it.
//!
//! The interpreter allocates by what a file claims: widths for four thousand million glyphs, a mesh without points in its
//! rows, a stream that decodes to more than there is memory. It can neither be stopped nor given a limit. So every object
//! is visited first, and a file that demands far more than any report does is refused. Demands are added up over the file,
//! since each may be plausible alone. Meshes, which only paint, are left out instead where there is too much of them: see
//! [`Hidden`].
//!
//! | demand | where a file states it (ISO 32000-2) |
//! |---|---|
//! | widths of glyphs | `W` and `W2` of CIDFonts (9.7.4.3), `Widths` and `FirstChar` of simple fonts (9.6.2) |
//! | columns of a predictor | `Columns` of `DecodeParms` (7.4.4.4) |
//! | samples of functions, and functions of functions | `Size`, `Functions` (7.10.2, 7.10.4) |
//! | points of meshes | shadings of types 4 to 7 (8.7.4.5) |
//! | decoded length of streams | the filters of each stream (7.4) |

use std::collections::HashMap;
use std::ops::Range;

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Object, Stream};

use super::decoded_size;
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// Glyph widths in all fonts of a file. One font has 65,536 at most.
const MOST_WIDTHS: u64 = 4 << 20;
/// Columns of a predictor: the pixels in a row of a picture, or the bytes in a row of a cross-reference stream.
const MOST_COLUMNS: u64 = 16 << 20;
/// Samples of all functions. A large one has 17 × 17 × 17 × 17 × 3.
const MOST_SAMPLES: u64 = 16 << 20;
/// Bytes of the points of all meshes. The interpreter takes up to 300 bytes of memory for each.
const MOST_POINT_BYTES: u64 = 4 << 20;
/// Bytes that all streams may decode to, for each byte of text in the budget: a file holds fonts and pictures too.
const DECODED_PER_TEXT: u64 = 16;
/// Functions in a stitching function, each counted as often as it is named.
const MOST_FUNCTIONS: u64 = 10_000;
/// Levels of stitching functions in stitching functions. The interpreter recurses for each.
const DEEPEST_FUNCTION: u64 = 16;

/// The dictionaries of meshes that would take too much memory, as places in the file.
#[derive(Debug, Default)]
pub(super) struct Hidden(Vec<Range<usize>>);

impl Hidden {
    /// The bytes of the file without the kind of these meshes, which the interpreter then leaves out; `None` if there are
    /// none.
    pub(super) fn hide(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if self.0.is_empty() {
            return None;
        }
        let mut bytes = bytes.to_vec();
        for range in &self.0 {
            let dict = bytes.get_mut(range.clone())?;
            let at = dict.windows(KIND.len()).position(|window| window == KIND)?;
            // A key of the same length that means nothing.
            dict[at..at + KIND.len()].copy_from_slice(b"/ShadingNone");
        }
        Some(bytes)
    }
}

/// The key that says that a stream is a shading.
const KIND: &[u8] = b"/ShadingType";

/// Visits every object of a file.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`], naming the demand.
pub(super) fn check(file: &File, budget: &Budget) -> Result<Hidden, ReadError> {
    let mut hidden = Hidden::default();
    // The parser rebuilds its cross-reference table, once, on meeting an object that is not where the table says. The
    // new table can list other objects, so visit those too.
    for _ in 0..2 {
        let listed = file.len();
        let mut visited = 0;
        let mut preflight = Preflight {
            budget,
            data: file.data().as_ref(),
            totals: Totals::default(),
            streams: Vec::new(),
            functions: HashMap::new(),
            hidden: Vec::new(),
        };
        for object in file.objects() {
            check_clock(budget)?;
            preflight.object(&object)?;
            visited += 1;
        }
        preflight.decoded_streams()?;
        hidden.0 = preflight.hidden;
        if visited == listed {
            break;
        }
    }
    Ok(hidden)
}

fn check_clock(budget: &Budget) -> Result<(), ReadError> {
    if budget.is_over() { Err(refused("takes too long to look through")) } else { Ok(()) }
}

/// `demand` completes "the PDF …".
fn refused(demand: &str) -> ReadError {
    let message =
        format!("the PDF {demand}: no report is like that. If a viewer can show it, print it to a new PDF");
    ReadError::new(ReadErrorKind::OverBudget, message)
}

/// Demands added up over a whole file.
#[derive(Default)]
struct Totals {
    widths: u64,
    samples: u64,
    point_bytes: u64,
}

/// Adds to a total that has a limit.
fn add(total: &mut u64, more: u64, limit: u64, demand: &str) -> Result<(), ReadError> {
    *total = total.saturating_add(more);
    if *total > limit { Err(refused(demand)) } else { Ok(()) }
}

struct Preflight<'b, 'a> {
    budget: &'b Budget,
    /// The bytes of the file.
    data: &'b [u8],
    totals: Totals,
    /// Streams that the interpreter decodes, as often as it keeps the result.
    streams: Vec<Stream<'a>>,
    /// The size of each function met, by the address of its dictionary.
    functions: HashMap<usize, u64>,
    hidden: Vec<Range<usize>>,
}

impl<'a> Preflight<'_, 'a> {
    /// Checks an object and those written inside it. Referenced objects are visited by themselves. The parser bounds the
    /// depth.
    fn object(&mut self, object: &Object<'a>) -> Result<(), ReadError> {
        match object {
            Object::Dict(dict) => self.dict(dict),
            Object::Stream(stream) => {
                self.streams.push(stream.clone());
                self.mesh(stream)?;
                self.dict(stream.dict())
            }
            Object::Array(array) => array.raw_iter().try_for_each(|item| self.direct(&item)),
            _ => Ok(()),
        }
    }

    fn direct(&mut self, item: &MaybeRef<Object<'a>>) -> Result<(), ReadError> {
        match item {
            MaybeRef::NotRef(object) => self.object(object),
            MaybeRef::Ref(_) => Ok(()),
        }
    }

    fn dict(&mut self, dict: &Dict<'a>) -> Result<(), ReadError> {
        let number = |key: &[u8]| dict.get::<usize>(key).map_or(0, |number| number as u64);
        for (key, value) in dict.entries() {
            match &*key {
                b"W" => self.widths(dict.get(b"W".as_slice()).map_or(0, |array| widths(&array)))?,
                b"W2" => {
                    self.widths(dict.get(b"W2".as_slice()).map_or(0, |array| vertical_widths(&array)))?
                }
                // The interpreter keeps widths from 0 on, so that the codes before the first take memory too.
                b"FirstChar" => self.widths(number(b"FirstChar"))?,
                b"Widths" => self.widths(dict.get(b"Widths".as_slice()).map_or(0, |array| count(&array)))?,
                // Decoded and kept by each font that names it.
                b"ToUnicode" | b"Encoding" | b"CIDToGIDMap" => {
                    self.streams.extend(dict.get::<Stream<'a>>(&*key))
                }
                b"Contents" => self.contents(dict),
                b"Columns" if number(b"Columns") > MOST_COLUMNS => {
                    return Err(refused("has rows of more than sixteen million columns"));
                }
                b"FunctionType" => self.function(dict)?,
                _ => {}
            }
            self.direct(&value)?;
        }
        Ok(())
    }

    fn widths(&mut self, more: u64) -> Result<(), ReadError> {
        add(&mut self.totals.widths, more, MOST_WIDTHS, "gives widths for more characters than fonts have")
    }

    /// The content of a page, decoded and kept for each page that names it.
    fn contents(&mut self, page: &Dict<'a>) {
        match page.get::<Object<'a>>(b"Contents".as_slice()) {
            Some(Object::Stream(stream)) => self.streams.push(stream),
            Some(Object::Array(parts)) => self.streams.extend(parts.iter::<Stream<'a>>()),
            _ => {}
        }
    }

    fn function(&mut self, dict: &Dict<'a>) -> Result<(), ReadError> {
        if let Some(sizes) = dict.get::<Array<'a>>(b"Size".as_slice()) {
            let outputs = dict.get::<Array<'a>>(b"Range".as_slice());
            let outputs = outputs.map_or(0, |range| range.raw_iter().count() as u64 / 2);
            let samples = sizes.iter::<u32>().map(u64::from).fold(outputs, u64::saturating_mul);
            add(
                &mut self.totals.samples,
                samples,
                MOST_SAMPLES,
                "calculates with tables of millions of values",
            )?;
        }
        if self.function_size(dict, 0) > MOST_FUNCTIONS {
            return Err(refused("puts functions together from thousands of others"));
        }
        Ok(())
    }

    /// The number of functions in a stitching function, itself included. The parser cuts circles.
    fn function_size(&mut self, dict: &Dict<'a>, depth: u64) -> u64 {
        let Some(parts) = dict.get::<Array<'a>>(b"Functions".as_slice()) else { return 1 };
        // A function written inside another has no object number, but an address in the file.
        let address = dict.data().as_ptr().addr();
        if let Some(known) = self.functions.get(&address) {
            return *known;
        }
        let mut sum = if depth > DEEPEST_FUNCTION { MOST_FUNCTIONS + 1 } else { 1 };
        for part in parts.iter::<Dict<'a>>() {
            if sum > MOST_FUNCTIONS {
                break;
            }
            sum = sum.saturating_add(self.function_size(&part, depth + 1));
        }
        self.functions.insert(address, sum);
        sum
    }

    fn mesh(&mut self, stream: &Stream<'a>) -> Result<(), ReadError> {
        let dict = stream.dict();
        if dict.get::<u8>(b"ShadingType".as_slice()).is_none_or(|kind| kind < 4) {
            return Ok(());
        }
        if dict.get::<u32>(b"VerticesPerRow".as_slice()) == Some(0) {
            return self.hide(dict, "has a mesh whose rows hold no points");
        }
        let most = MOST_POINT_BYTES.saturating_sub(self.totals.point_bytes);
        let length = match decoded_size::upper_bound(stream) {
            small if small <= most => small,
            _ => decoded_size::measure(stream, most),
        };
        let sum = self.totals.point_bytes.saturating_add(length);
        if sum > MOST_POINT_BYTES {
            return self.hide(dict, "has meshes of millions of points");
        }
        self.totals.point_bytes = sum;
        Ok(())
    }

    /// Hides a mesh, or refuses the file where its dictionary cannot be changed.
    fn hide(&mut self, dict: &Dict<'a>, demand: &str) -> Result<(), ReadError> {
        let own = dict.data();
        let start = own.as_ptr().addr().checked_sub(self.data.as_ptr().addr());
        let range = start.map(|start| start..start + own.len());
        let Some(range) = range.filter(|range| {
            let found = self.data.get(range.clone());
            found.is_some_and(|found| found.windows(KIND.len()).any(|window| window == KIND))
        }) else {
            return Err(refused(demand));
        };
        self.hidden.push(range);
        Ok(())
    }

    /// Checks the decoded length of all streams, each counted as often as it is kept.
    fn decoded_streams(&self) -> Result<(), ReadError> {
        let most = (self.budget.output as u64).saturating_mul(DECODED_PER_TEXT);
        // The upper bound costs nothing and clears almost every file.
        let bounds = self.streams.iter().map(decoded_size::upper_bound);
        if bounds.fold(0, u64::saturating_add) <= most {
            return Ok(());
        }
        let (mut sum, mut known) = (0, HashMap::new());
        for stream in &self.streams {
            check_clock(self.budget)?;
            let length = *known.entry(stream.obj_id()).or_insert_with(|| decoded_size::measure(stream, most));
            add(&mut sum, length, most, "unpacks to more than the limit (which can be raised)")?;
        }
        Ok(())
    }
}

/// The number of glyphs for which an array `W` gives widths: `first [width …]` or `first last width`.
///
/// Parsed as `hayro-font` parses it, so that both agree about malformed arrays.
fn widths(array: &Array<'_>) -> u64 {
    let (mut items, mut sum) = (array.flex_iter(), 0_u64);
    while sum <= MOST_WIDTHS {
        if let Some((_, list)) = items.next::<(u32, Array<'_>)>() {
            sum = sum.saturating_add(count(&list));
            continue;
        }
        let Some((first, last, _)) = items.next::<(u32, u32, f32)>() else { break };
        sum = sum.saturating_add(range(first, last));
    }
    sum
}

/// The same for an array `W2`, for vertical writing: `first [width x y …]` or `first last width x y`.
fn vertical_widths(array: &Array<'_>) -> u64 {
    let (mut items, mut sum) = (array.flex_iter(), 0_u64);
    while sum <= MOST_WIDTHS {
        if let Some((_, list)) = items.next::<(u32, Array<'_>)>() {
            sum = sum.saturating_add(count(&list));
            continue;
        }
        let Some((first, last, ..)) = items.next::<(u32, u32, f32, f32, f32)>() else { break };
        sum = sum.saturating_add(range(first, last));
    }
    sum
}

fn count(list: &Array<'_>) -> u64 {
    list.iter::<f32>().count() as u64
}

fn range(first: u32, last: u32) -> u64 {
    u64::from(last).saturating_add(1).saturating_sub(u64::from(first))
}
