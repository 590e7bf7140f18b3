//! The glyphs of each page, with their positions and the marked content they belong to.
//!
//! `hayro` interprets the content stream and calls a [`Device`] for everything it would draw. The device here notes
//! glyphs and draws nothing. Marked content (ISO 32000-2, 14.6) brackets parts of the stream: `/P <</MCID 3>> BDC … EMC`.
//! The MCID, unique on its page, is how the structure tree refers to those glyphs; the tag `Artifact` sets page furniture
//! apart (14.8.2.2); `ActualText` gives the text that glyphs stand for (14.9.4), where a ligature or a hyphen would
//! misspell it.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as HayroPage;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use unicode_normalization::UnicodeNormalization as _;

use super::font_encoding::{Codes, Undeclared};
use super::text_string::text_string;
use super::turn::{Turn, is_slanted};
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// One page: its text in the order of the content stream, and its glyphs.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// One-based.
    pub(super) number: u32,
    /// The text of all glyphs, one after the other.
    pub(super) text: String,
    /// Its width as it is shown, in points.
    pub(super) width: f32,
    /// The glyphs, in the order of the content stream.
    pub(super) glyphs: Vec<Glyph>,
    /// True if spaces are printed between words, false if they are parted by gaps alone.
    pub(super) prints_spaces: bool,
}

impl Page {
    /// The number of glyphs on the page, without spaces.
    pub(super) fn printed_glyphs(&self) -> usize {
        self.glyphs.iter().filter(|glyph| !glyph.blank).count()
    }

    /// The number of glyphs that are content: neither spaces nor artifacts.
    pub(super) fn content_glyphs(&self) -> usize {
        let content = |glyph: &&Glyph| !glyph.artifact && !glyph.blank;
        self.glyphs.iter().filter(content).count()
    }
}

/// One glyph as printed: usually one letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Start of its text in [`Page::text`], in bytes.
    pub(super) start: u32,
    /// Length of its text, in bytes; 0 if the `ActualText` of an earlier glyph covers it.
    pub(super) len: u32,
    /// True if its text is white space or nothing: asked many times of every glyph.
    pub(super) blank: bool,
    /// The MCID of the innermost marked content that has one.
    pub(super) mcid: Option<i32>,
    /// Left edge, right edge and baseline, in points from the top left of the page, which is turned so that the glyph
    /// stands upright.
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// Size, in points.
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// How it is turned on its page.
    pub(super) turn: Turn,
    /// True inside content that the file marks as an artifact, and for untagged text that slants: a watermark.
    pub(super) artifact: bool,
    /// The angle at which untagged text slants down its page, in radians; 0 for all other text.
    pub(super) slant: f32,
    /// True inside an artifact that the file calls a part of every page: a running head or foot.
    pub(super) pagination: bool,
}

impl Glyph {
    pub(super) fn text<'p>(&self, page: &'p Page) -> &'p str {
        let start = self.start as usize;
        let text = page.text.get(start..start + self.len as usize);
        debug_assert!(text.is_some(), "a glyph of another page");
        text.unwrap_or_default()
    }

    /// True for untagged text that slants.
    pub(super) fn is_slanted(&self) -> bool {
        self.slant != 0.0
    }
}

/// Bytes of text in the budget for each glyph that a file may print: eight million glyphs by default. A [`Glyph`] takes
/// some fifty bytes of memory until its page is read, even if its own text is empty.
const BYTES_PER_GLYPH: usize = 8;

/// The glyphs of every page.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`] if the pages take more time or give more text than `budget` allows.
pub(super) fn pages(file: &File, budget: &Budget) -> Result<Vec<Page>, ReadError> {
    let cache = InterpreterCache::new();
    let undeclared = Undeclared::of(file);
    // Page content alone. Annotations are links and form fields, not the words of the report.
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
    // Glyphs address text with 32 bits.
    let bytes = budget.output.min(u32::MAX as usize);
    let mut remaining = Remaining { bytes, glyphs: budget.output / BYTES_PER_GLYPH };
    let mut pages = Vec::new();
    for (index, page) in file.pages().iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        if budget.is_over() {
            return Err(over_budget(number, "was not reached within the time limit"));
        }
        let page = read_page(page, number, &cache, &settings, budget, remaining, &undeclared)?;
        remaining.bytes = remaining.bytes.saturating_sub(page.text.len());
        remaining.glyphs = remaining.glyphs.saturating_sub(page.glyphs.len());
        pages.push(page);
    }
    Ok(pages)
}

/// The glyphs of one page, one-based, and its height as it is shown, in points; `None` if there is no such page.
///
/// # Errors
/// Those of [`pages`].
pub(super) fn page(file: &File, number: u32, budget: &Budget) -> Result<Option<(Page, f32)>, ReadError> {
    let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
    let pages = file.pages();
    let Some(page) = at.and_then(|at| pages.get(at)) else { return Ok(None) };
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
    let bytes = budget.output.min(u32::MAX as usize);
    let remaining = Remaining { bytes, glyphs: budget.output / BYTES_PER_GLYPH };
    let undeclared = Undeclared::of(file);
    let (_, height) = page.render_dimensions();
    let read = read_page(page, number, &cache, &settings, budget, remaining, &undeclared)?;
    Ok(Some((read, height)))
}

/// Text and glyphs that the remaining pages may hold.
#[derive(Clone, Copy)]
struct Remaining {
    bytes: usize,
    glyphs: usize,
}

fn read_page<'a>(
    page: &HayroPage<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    budget: &Budget,
    remaining: Remaining,
    undeclared: &Undeclared,
) -> Result<Page, ReadError> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = from_top_left(page);
    let mut context = Context::new(transform, bounds, cache, page.xref(), settings.clone());
    let mut device = GlyphCollector {
        page: Page { number, width, ..Page::default() },
        bounds,
        open: Vec::new(),
        too_deep: 0,
        budget,
        remaining,
        undeclared,
        stopped: None,
        calls: 0,
        style: None,
        codes: HashMap::new(),
        read: ReadCodes::new(),
    };
    let read = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut device)));
    match (read, device.stopped) {
        (Ok(()), None) => {
            let mut page = device.page;
            let spaces = page.glyphs.len() - page.printed_glyphs();
            page.prints_spaces = spaces * GLYPHS_TO_SPACES >= page.glyphs.len();
            Ok(page)
        }
        (Ok(()), Some(reason)) => Err(over_budget(number, reason)),
        (Err(payload), Some(reason)) if payload.is::<Stop>() => Err(over_budget(number, reason)),
        // A panic of the interpreter. The caller isolates it to this file.
        (Err(payload), _) => resume_unwind(payload),
    }
}

/// Glyphs to a printed space, at most, on a page that prints spaces: a word has five or six letters.
const GLYPHS_TO_SPACES: usize = 40;

/// The payload of the unwinding that leaves a page over budget.
struct Stop;

pub(super) fn over_budget(page: u32, reason: &str) -> ReadError {
    let message = format!("page {page} {reason}; raise the limit, or print the file to a new PDF");
    ReadError::new(ReadErrorKind::OverBudget, message)
}

/// Maps the coordinates of the page to points from its top left corner.
pub(super) fn from_top_left(page: &HayroPage<'_>) -> Affine {
    Affine::new(page.initial_transform(true).as_coeffs())
}

/// A `hayro` device that collects glyphs and draws nothing.
struct GlyphCollector<'b> {
    page: Page,
    /// The page, in points from its top left.
    bounds: Rect,
    /// The open marked-content sequences, outermost first.
    open: Vec<MarkedContent>,
    /// Open sequences beyond [`DEEPEST`], which are counted and not stored.
    too_deep: usize,
    budget: &'b Budget,
    remaining: Remaining,
    undeclared: &'b Undeclared,
    /// Why the page was given up.
    stopped: Option<&'static str>,
    /// Calls since the last look at the clock.
    calls: u32,
    /// Style of the last font, by the font's key: reading the properties of a font allocates.
    style: Option<(u128, FontStyle)>,
    /// Codes of fonts, by the font's key: telling them takes the whole font.
    codes: HashMap<u128, Codes>,
    read: ReadCodes,
}

/// The texts of the codes of one run that were read last, as places in the text of the page.
///
/// To read a code, an interpreter looks up its glyph's name and then the letter of that name, which took an eighth of all
/// reading; a line has each letter several times. They hold for one run only, because the runs of two fonts cannot be told
/// apart: fonts share programs, and read their codes differently.
struct ReadCodes {
    run: u32,
    /// By code, as far as they fit; a later code takes the place of another.
    places: Vec<ReadCode>,
}

#[derive(Clone, Copy, Default)]
struct ReadCode {
    /// The run, one-based: 0 is none.
    run: u32,
    code: u32,
    start: u32,
    len: u32,
}

impl ReadCodes {
    const PLACES: u32 = 256;

    fn new() -> Self {
        Self { run: 0, places: vec![ReadCode::default(); Self::PLACES as usize] }
    }

    /// Forgets what was read.
    fn begin_run(&mut self) {
        self.run += 1;
    }

    fn get(&self, code: u32) -> Option<Range<usize>> {
        let read = self.places.get((code % Self::PLACES) as usize)?;
        let start = read.start as usize;
        (read.run == self.run && read.code == code).then(|| start..start + read.len as usize)
    }

    fn put(&mut self, code: u32, start: u32, len: u32) {
        if let Some(place) = self.places.get_mut((code % Self::PLACES) as usize) {
            *place = ReadCode { run: self.run, code, start, len };
        }
    }
}

/// One open marked-content sequence.
struct MarkedContent {
    mcid: Option<i32>,
    artifact: bool,
    pagination: bool,
    /// Replacement text for all glyphs inside. The first glyph takes it, the others become empty.
    actual_text: Option<Rc<str>>,
    /// True once a glyph has taken it.
    taken: bool,
}

#[derive(Clone, Copy, Default)]
struct FontStyle {
    bold: bool,
    italic: bool,
}

/// Device calls between two looks at the clock. Few, since one call may draw a mesh of a million points.
const CALLS_PER_CLOCK_CHECK: u32 = 16;

/// Marked content is nested no deeper than this in real files. What lies deeper belongs to its ancestor at this depth.
const DEEPEST: usize = 64;

impl GlyphCollector<'_> {
    /// Called first by every device call: true while the page is within budget.
    ///
    /// `hayro` has no way to stop, and nested forms can ask for centuries of work. So the page is left by unwinding:
    /// `resume_unwind` does not run the panic hook, hence prints nothing. Where panics abort, the page is interpreted
    /// to its end and nothing more is noted.
    fn within_budget(&mut self) -> bool {
        self.calls += 1;
        if self.stopped.is_none() && self.calls >= CALLS_PER_CLOCK_CHECK {
            self.calls = 0;
            if self.budget.is_over() {
                self.stopped = Some("took too long to read");
            }
        }
        if self.stopped.is_some() && cfg!(panic = "unwind") {
            resume_unwind(Box::new(Stop));
        }
        self.stopped.is_none()
    }

    fn font_style(&mut self, run: &GlyphRun<'_, '_>) -> FontStyle {
        let Some(HayroGlyph::Outline(outline)) = run.glyphs().first().map(|glyph| &**glyph) else {
            return FontStyle::default();
        };
        let Some(font) = outline.font_data() else { return FontStyle::default() };
        if let Some((key, style)) = self.style
            && key == font.cache_key
        {
            return style;
        }
        // Many subset fonts carry no weight, but `Arial-BoldMT` in their name.
        let name = font.postscript_name.as_deref().unwrap_or_default().to_ascii_lowercase();
        let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let style = FontStyle {
            bold: font.weight.is_some_and(|weight| weight >= 600) || named(&["bold", "black", "heavy"]),
            italic: font.is_italic || named(&["italic", "oblique"]),
        };
        self.style = Some((font.cache_key, style));
        style
    }

    /// How to read the codes of the font of a run.
    fn codes(&mut self, run: &GlyphRun<'_, '_>) -> Codes {
        let Some(HayroGlyph::Outline(outline)) = run.glyphs().first().map(|glyph| &**glyph) else {
            return Codes::Declared;
        };
        if self.undeclared.is_empty() {
            return Codes::Declared;
        }
        let Some(font) = outline.font_data() else { return self.undeclared.codes(None) };
        let codes = || self.undeclared.codes(Some((*font.data).as_ref()));
        *self.codes.entry(font.cache_key).or_insert_with(codes)
    }

    /// Takes the `ActualText` of the innermost sequence that has one; `None` where glyphs are read as they are.
    fn take_actual_text(&mut self) -> Option<Rc<str>> {
        let marked = self.open.iter_mut().rev().find(|marked| marked.actual_text.is_some())?;
        let text = if marked.taken { Rc::from("") } else { marked.actual_text.clone()? };
        marked.taken = true;
        Some(text)
    }
}

/// Adds a character. Of one that is a letter of Arabic in the form that its neighbours give it, or several in one sign, the
/// letters: fonts name these forms, and nobody types them.
fn push(text: &mut String, character: char) {
    match character {
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => text.extend(std::iter::once(character).nfkc()),
        _ => text.push(character),
    }
}

impl<'a> Device<'a> for GlyphCollector<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if !self.within_budget() {
            return;
        }
        let style = self.font_style(run);
        let codes = self.codes(run);
        let mcid = self.open.iter().rev().find_map(|marked| marked.mcid);
        let artifact = self.open.iter().any(|marked| marked.artifact);
        let pagination = self.open.iter().any(|marked| marked.pagination);
        self.read.begin_run();
        for glyph in run.glyphs() {
            let start = self.page.text.len();
            let actual = self.take_actual_text();
            let code = glyph.char_code();
            let is_code = actual.is_none();
            match (actual, self.read.get(code)) {
                (Some(actual), _) => self.page.text.push_str(&actual),
                (None, Some(read)) => self.page.text.extend_from_within(read),
                (None, None) => {
                    let declared = glyph.as_unicode();
                    match (codes.character(code, declared.is_some()), declared) {
                        (Some(character), _) | (None, Some(BfString::Char(character))) => {
                            push(&mut self.page.text, character);
                        }
                        (None, Some(BfString::String(characters))) => {
                            characters.chars().for_each(|character| push(&mut self.page.text, character));
                        }
                        (None, None) => self.page.text.push(char::REPLACEMENT_CHARACTER),
                    }
                }
            }
            let end = self.page.text.len();
            if end > self.remaining.bytes || self.page.glyphs.len() >= self.remaining.glyphs {
                self.stopped = Some("holds more text than the limit allows");
                return;
            }
            let (Ok(start), Ok(len)) = (u32::try_from(start), u32::try_from(end - start)) else {
                debug_assert!(false, "the bound on the text of a page fits 32 bits");
                self.stopped = Some("holds more text than can be addressed");
                return;
            };
            let advance = match &**glyph {
                HayroGlyph::Outline(outline) => outline.advance_width(),
                HayroGlyph::Type3(glyph) => glyph.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let origin = place * Point::ORIGIN;
            // Glyph space has 1,000 units to the em (ISO 32000-2, 9.2.4); half an em where the font gives no width.
            let advanced = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            let up = place * Point::new(0.0, 1000.0);
            let turn = Turn::of(up - origin);
            // The matrices of a page can place a glyph at infinity, where it is not seen.
            if ![origin.x, origin.y, advanced.x, up.x, up.y].iter().all(|place| place.is_finite()) {
                continue;
            }
            // What lies outside the crop box is cut off and not seen: marks of the printer, and what a viewer hides.
            let middle = origin.midpoint(advanced) + 0.3 * (up - origin);
            if !self.bounds.contains(middle) {
                self.page.text.truncate(start as usize);
                continue;
            }
            if is_code {
                self.read.put(code, start, len);
            }
            let slanted = mcid.is_none() && is_slanted(advanced - origin);
            let (start_of_line, end) = (turn.place(origin, self.bounds), turn.place(advanced, self.bounds));
            let blank = self.page.text.get(start as usize..).is_none_or(|text| text.trim().is_empty());
            self.page.glyphs.push(Glyph {
                start,
                len,
                blank,
                mcid,
                left: start_of_line.x.min(end.x) as f32,
                right: start_of_line.x.max(end.x) as f32,
                baseline: start_of_line.y as f32,
                size: (up - origin).hypot() as f32,
                bold: style.bold,
                italic: style.italic,
                turn,
                artifact: artifact || slanted,
                slant: if slanted { (end - start_of_line).atan2() as f32 } else { 0.0 },
                pagination,
            });
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.within_budget();
        if self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let actual_text = properties
            .and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText".as_slice()))
            .map(|text| Rc::from(text_string(text.as_bytes())));
        let kind = properties.and_then(|properties| properties.get::<Name<'_>>(b"Type".as_slice()));
        self.open.push(MarkedContent {
            mcid: properties.and_then(|properties| properties.get::<i32>(b"MCID".as_slice())),
            artifact: tag == b"Artifact",
            pagination: kind.is_some_and(|kind| kind.as_str() == "Pagination"),
            actual_text,
            taken: false,
        });
    }

    fn end_marked_content(&mut self) {
        match self.too_deep.checked_sub(1) {
            Some(rest) => self.too_deep = rest,
            None => {
                self.open.pop();
            }
        }
    }

    // Nothing is drawn, but each call is a moment to look at the clock.
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.within_budget();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.within_budget();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.within_budget();
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.within_budget();
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
