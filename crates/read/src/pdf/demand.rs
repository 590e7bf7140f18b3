//! What a PDF asks for, looked at before anything is drawn.
//!
//! The interpreter believes what a file says of itself: a font with widths for four thousand million letters, a mesh
//! whose rows hold nothing, a stream that unfolds to more than there is memory. It can be told neither to stop nor how
//! much it may take. So every object is looked at first, and a file that asks for more than any report does is refused.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Object, Stream};

use super::unpack;
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// Letters for which all the fonts of a file may give widths. One has 65,536 of them at most.
const WIDTHS: u64 = 4 << 20;
/// Columns of what is predicted from its neighbours: a picture's, or a table's.
const COLUMNS: u64 = 16 << 20;
/// Values in the tables of all functions; 17 by 17 by 17 by 17 by 3 is a large one.
const SAMPLES: u64 = 16 << 20;
/// Bytes of the points of all meshes. The interpreter makes up to three hundred of each.
const POINTS: u64 = 4 << 20;
/// Bytes that all streams may come to, for each byte of text that the file may give.
const UNPACKED: u64 = 16;
/// Functions of which one is put together, each counted as often as it is named.
const FUNCTIONS: u64 = 10_000;
/// Levels on which functions are put together.
const DEEPEST: u64 = 16;

/// Looks at every object of a file.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`], with what the file asks for.
pub(super) fn check(file: &File, budget: &Budget) -> Result<(), ReadError> {
    // Where an object is not as the table of objects says, the table is made anew, once: then there may be others.
    for _ in 0..2 {
        let known = file.len();
        let mut met = 0;
        let mut demand =
            Demand { budget, counted: Counted::default(), streams: Vec::new(), functions: HashMap::new() };
        for object in file.objects() {
            budget_left(budget)?;
            demand.object(&object)?;
            met += 1;
        }
        demand.unpacked()?;
        if met == known {
            break;
        }
    }
    Ok(())
}

fn budget_left(budget: &Budget) -> Result<(), ReadError> {
    if budget.is_over() { Err(refused("takes too long to look through")) } else { Ok(()) }
}

fn refused(what: &str) -> ReadError {
    let message = format!("the PDF {what}: no report is like that; print it to a new PDF if it can be shown");
    ReadError::new(ReadErrorKind::OverBudget, message)
}

/// What is added up over a whole file: each part may be real, and the sum not.
#[derive(Default)]
struct Counted {
    widths: u64,
    samples: u64,
    points: u64,
}

/// Adds to a sum that has a bound.
fn add(sum: &mut u64, more: u64, most: u64, what: &str) -> Result<(), ReadError> {
    *sum = sum.saturating_add(more);
    if *sum > most { Err(refused(what)) } else { Ok(()) }
}

struct Demand<'b, 'a> {
    budget: &'b Budget,
    counted: Counted,
    streams: Vec<Stream<'a>>,
    /// How many functions the one that is written at this address comes to.
    functions: HashMap<usize, u64>,
}

impl<'a> Demand<'_, 'a> {
    /// An object with all that is written in it; what it refers to is an object of its own. The parser bounds the depth.
    fn object(&mut self, object: &Object<'a>) -> Result<(), ReadError> {
        match object {
            Object::Dict(dict) => self.dict(dict),
            Object::Stream(stream) => {
                self.streams.push(stream.clone());
                self.mesh(stream)?;
                self.dict(stream.dict())
            }
            Object::Array(array) => array.raw_iter().try_for_each(|item| self.written(&item)),
            _ => Ok(()),
        }
    }

    fn written(&mut self, item: &MaybeRef<Object<'a>>) -> Result<(), ReadError> {
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
                b"W2" => self.widths(dict.get(b"W2".as_slice()).map_or(0, |array| upright_widths(&array)))?,
                // Noted from 0 on, each letter that has none too.
                b"FirstChar" => self.widths(number(b"FirstChar"))?,
                b"Widths" => self.widths(dict.get(b"Widths".as_slice()).map_or(0, |array| count(&array)))?,
                // Unpacked by each font anew, and kept.
                b"ToUnicode" | b"Encoding" | b"CIDToGIDMap" => {
                    self.streams.extend(dict.get::<Stream<'a>>(&*key))
                }
                b"Contents" => self.contents(dict),
                b"Columns" if number(b"Columns") > COLUMNS => {
                    return Err(refused("has rows of more than sixteen million columns"));
                }
                b"FunctionType" => self.function(dict)?,
                _ => {}
            }
            self.written(&value)?;
        }
        Ok(())
    }

    fn widths(&mut self, more: u64) -> Result<(), ReadError> {
        add(&mut self.counted.widths, more, WIDTHS, "gives widths for more letters than fonts have")
    }

    /// What a page shows, unpacked for each page anew, and kept.
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
            add(&mut self.counted.samples, samples, SAMPLES, "calculates with tables of millions of values")?;
        }
        if self.functions_of(dict, 0) > FUNCTIONS {
            return Err(refused("puts functions together of thousands of others"));
        }
        Ok(())
    }

    /// How many functions a function comes to, itself included. One that holds itself is met by the parser as nothing.
    fn functions_of(&mut self, dict: &Dict<'a>, depth: u64) -> u64 {
        let Some(parts) = dict.get::<Array<'a>>(b"Functions".as_slice()) else { return 1 };
        // One written within another has no number of its own, but a place.
        let place = dict.data().as_ptr().addr();
        if let Some(known) = self.functions.get(&place) {
            return *known;
        }
        // The interpreter calls itself for each level.
        let mut sum = if depth > DEEPEST { FUNCTIONS + 1 } else { 1 };
        for part in parts.iter::<Dict<'a>>() {
            if sum > FUNCTIONS {
                break;
            }
            sum = sum.saturating_add(self.functions_of(&part, depth + 1));
        }
        self.functions.insert(place, sum);
        sum
    }

    fn mesh(&mut self, stream: &Stream<'a>) -> Result<(), ReadError> {
        let dict = stream.dict();
        if dict.get::<u8>(b"ShadingType".as_slice()).is_none_or(|kind| kind < 4) {
            return Ok(());
        }
        if dict.get::<u32>(b"VerticesPerRow".as_slice()) == Some(0) {
            return Err(refused("has a mesh of rows without points"));
        }
        let most = POINTS.saturating_sub(self.counted.points);
        let length = match unpack::bound(stream) {
            small if small <= most => small,
            _ => unpack::length(stream, most),
        };
        add(&mut self.counted.points, length, POINTS, "has meshes of millions of points")
    }

    /// What all streams come to when they are unpacked, each counted as often as it is kept.
    fn unpacked(&self) -> Result<(), ReadError> {
        let most = (self.budget.output as u64).saturating_mul(UNPACKED);
        let bounds = self.streams.iter().map(unpack::bound);
        if bounds.fold(0, u64::saturating_add) <= most {
            return Ok(());
        }
        let (mut sum, mut known) = (0, HashMap::new());
        for stream in &self.streams {
            budget_left(self.budget)?;
            let length = *known.entry(stream.obj_id()).or_insert_with(|| unpack::length(stream, most));
            add(&mut sum, length, most, "unpacks to more than the limit, which can be raised")?;
        }
        Ok(())
    }
}

/// For how many letters the array `W` of a font gives widths: `first [width …]` or `first last width`.
///
/// Taken apart as `hayro-font` does, so that nothing is counted here otherwise than it is noted there.
fn widths(array: &Array<'_>) -> u64 {
    let (mut items, mut sum) = (array.flex_iter(), 0_u64);
    while sum <= WIDTHS {
        if let Some((_, list)) = items.next::<(u32, Array<'_>)>() {
            sum = sum.saturating_add(count(&list));
            continue;
        }
        let Some((first, last, _)) = items.next::<(u32, u32, f32)>() else { break };
        sum = sum.saturating_add(range(first, last));
    }
    sum
}

/// The same of the array `W2`, for lines that run downwards: `first [width x y …]` or `first last width x y`.
fn upright_widths(array: &Array<'_>) -> u64 {
    let (mut items, mut sum) = (array.flex_iter(), 0_u64);
    while sum <= WIDTHS {
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
