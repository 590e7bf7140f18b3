//! What stands on the pages: letters with their places, and which marked content they belong to.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as HayroPage;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use super::text_string::text_string;
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// One page: its text in the order of the content stream, and its letters.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// One-based.
    pub(super) number: u32,
    /// What the letters say, one after the other.
    pub(super) text: String,
    /// The letters, in the order of the content stream.
    pub(super) letters: Vec<Letter>,
}

impl Page {
    /// How many letters the page prints, spaces not counted.
    pub(super) fn letters(&self) -> usize {
        self.letters.iter().filter(|letter| !letter.is_space(self)).count()
    }

    /// How many of them are not marked as decoration.
    pub(super) fn content_letters(&self) -> usize {
        let content = |letter: &&Letter| !letter.artifact && !letter.is_space(self);
        self.letters.iter().filter(content).count()
    }
}

/// One glyph as printed: mostly one letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// Where its text begins in [`Page::text`], in bytes.
    pub(super) start: u32,
    /// The length of its text in bytes; 0 where another letter's text stands for it.
    pub(super) len: u32,
    /// The marked content (MCID) to which it belongs.
    pub(super) content: Option<i32>,
    /// Left edge, right edge and baseline, in points from the top left of the page.
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// Size in points.
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Part of what the file marks as an artifact.
    pub(super) artifact: bool,
}

impl Letter {
    pub(super) fn text<'p>(&self, page: &'p Page) -> &'p str {
        let start = self.start as usize;
        page.text.get(start..start + self.len as usize).unwrap_or_default()
    }

    pub(super) fn is_space(&self, page: &Page) -> bool {
        self.text(page).chars().all(char::is_whitespace)
    }
}

/// The letters of every page.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`] if the pages ask for more time or give more text than allowed.
pub(super) fn pages(file: &File, budget: &Budget) -> Result<Vec<Page>, ReadError> {
    let cache = InterpreterCache::new();
    // Only the page's own content: annotations are links and form fields, not the report's words.
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
    let mut left = Left { bytes: budget.output, letters: budget.output / BYTES_A_LETTER };
    let mut pages = Vec::new();
    for (index, page) in file.pages().iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        if budget.is_over() {
            return Err(over(number, "was reached too late"));
        }
        let read = one_page(page, number, &cache, &settings, budget, left)?;
        left.bytes = left.bytes.saturating_sub(read.text.len());
        left.letters = left.letters.saturating_sub(read.letters.len());
        pages.push(read);
    }
    Ok(pages)
}

/// What the pages may still hold.
#[derive(Clone, Copy)]
struct Left {
    bytes: usize,
    letters: usize,
}

/// A letter takes some fifty bytes until its page is understood, whatever its text takes. For so many bytes of text that
/// a file may give it may print one letter: eight million, when little else is said.
const BYTES_A_LETTER: usize = 8;

fn one_page<'a>(
    page: &HayroPage<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    budget: &Budget,
    left: Left,
) -> Result<Page, ReadError> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let place = from_top_left(page);
    let mut context = Context::new(place, bounds, cache, page.xref(), settings.clone());
    let mut device = Letters {
        page: Page { number, ..Page::default() },
        open: Vec::new(),
        deeper: 0,
        budget,
        left,
        over: None,
        ticks: 0,
        face: None,
    };
    let read = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut device)));
    match (read, device.over) {
        (Ok(()), None) => Ok(device.page),
        (Ok(()), Some(what)) => Err(over(number, what)),
        (Err(stop), Some(what)) if stop.is::<Stop>() => Err(over(number, what)),
        // Not ours to answer for.
        (Err(panic), _) => resume_unwind(panic),
    }
}

/// What is thrown to leave a page that is over budget.
struct Stop;

fn over(page: u32, what: &str) -> ReadError {
    let message = format!("page {page} {what}; the limit can be raised, or the file printed to a new PDF");
    ReadError::new(ReadErrorKind::OverBudget, message)
}

/// From the page's own coordinates to points from the top left.
fn from_top_left(page: &HayroPage<'_>) -> Affine {
    Affine::new(page.initial_transform(true).as_coeffs())
}

/// The `hayro` device that notes letters and draws nothing.
struct Letters<'b> {
    page: Page,
    /// The marked content sequences that are open, outermost first.
    open: Vec<Marked>,
    /// How many more are open than are noted.
    deeper: usize,
    budget: &'b Budget,
    left: Left,
    /// Why the page was given up.
    over: Option<&'static str>,
    /// Calls since the clock was last looked at.
    ticks: u32,
    /// The font of the last run, by its key: asking for a font's properties costs allocations.
    face: Option<(u128, Face)>,
}

/// One open marked content sequence.
struct Marked {
    content: Option<i32>,
    artifact: bool,
    /// Text that stands for all the letters within; taken by the first of them.
    actual: Option<Rc<str>>,
    /// Whether the first letter has taken it.
    taken: bool,
}

#[derive(Clone, Copy, Default)]
struct Face {
    bold: bool,
    italic: bool,
}

/// How many device calls pass between two looks at the clock: one may be a mesh of a million points.
const TICKS: u32 = 16;

/// Deeper marked content than any real file has; a deeper one is counted with its parent.
const DEEPEST: usize = 64;

impl Letters<'_> {
    /// To be asked with every call: true while the page may go on.
    ///
    /// `hayro` offers no way to stop, and a page may ask for more work than there is time in the world. So the page
    /// is left by unwinding, which calls no hook and so says nothing. In a program that aborts instead, the page is
    /// walked to its end without being noted.
    fn may_go_on(&mut self) -> bool {
        self.ticks += 1;
        if self.over.is_none() && self.ticks >= TICKS {
            self.ticks = 0;
            if self.budget.is_over() {
                self.over = Some("took too long to read");
            }
        }
        if self.over.is_some() && cfg!(panic = "unwind") {
            resume_unwind(Box::new(Stop));
        }
        self.over.is_none()
    }

    fn face(&mut self, run: &GlyphRun<'_, '_>) -> Face {
        let Some(HayroGlyph::Outline(outline)) = run.glyphs().first().map(|glyph| &**glyph) else {
            return Face::default();
        };
        let Some(font) = outline.font_data() else { return Face::default() };
        if let Some((key, face)) = self.face
            && key == font.cache_key
        {
            return face;
        }
        let name = font.postscript_name.as_deref().unwrap_or_default().to_ascii_lowercase();
        let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let face = Face {
            bold: font.weight.is_some_and(|weight| weight >= 600) || named(&["bold", "black", "heavy"]),
            italic: font.is_italic || named(&["italic", "oblique"]),
        };
        self.face = Some((font.cache_key, face));
        face
    }

    /// Takes the text that stands for the innermost sequence with one; `None` where letters speak for themselves.
    fn actual_text(&mut self) -> Option<Rc<str>> {
        let marked = self.open.iter_mut().rev().find(|marked| marked.actual.is_some())?;
        let text = if marked.taken { Rc::from("") } else { marked.actual.clone()? };
        marked.taken = true;
        Some(text)
    }
}

impl<'a> Device<'a> for Letters<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if !self.may_go_on() {
            return;
        }
        let face = self.face(run);
        let content = self.open.iter().rev().find_map(|marked| marked.content);
        let artifact = self.open.iter().any(|marked| marked.artifact);
        for glyph in run.glyphs() {
            let start = self.page.text.len();
            match self.actual_text() {
                Some(actual) => self.page.text.push_str(&actual),
                None => match glyph.as_unicode() {
                    Some(BfString::Char(letter)) => self.page.text.push(letter),
                    Some(BfString::String(letters)) => self.page.text.push_str(&letters),
                    None => self.page.text.push(char::REPLACEMENT_CHARACTER),
                },
            }
            if self.page.text.len() > self.left.bytes || self.page.letters.len() >= self.left.letters {
                self.over = Some("holds more text than a report can");
                return;
            }
            let advance = match &**glyph {
                HayroGlyph::Outline(outline) => outline.advance_width(),
                HayroGlyph::Type3(glyph) => glyph.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let origin = place * Point::ORIGIN;
            let end = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            // A glyph's space has 1,000 units to the em.
            let up = place * Point::new(0.0, 1000.0);
            // A page's matrices can make a place of anything; a letter that stands nowhere is not printed.
            if ![origin.x, origin.y, end.x, up.x, up.y].iter().all(|place| place.is_finite()) {
                continue;
            }
            self.page.letters.push(Letter {
                start: u32::try_from(start).unwrap_or(u32::MAX),
                len: u32::try_from(self.page.text.len() - start).unwrap_or(0),
                content,
                left: origin.x.min(end.x) as f32,
                right: origin.x.max(end.x) as f32,
                baseline: origin.y as f32,
                size: (up - origin).hypot() as f32,
                bold: face.bold,
                italic: face.italic,
                artifact,
            });
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.may_go_on();
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        let actual = properties
            .and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText".as_slice()))
            .map(|text| Rc::from(text_string(text.as_bytes())));
        self.open.push(Marked {
            content: properties.and_then(|properties| properties.get::<i32>(b"MCID".as_slice())),
            artifact: tag == b"Artifact",
            actual,
            taken: false,
        });
    }

    fn end_marked_content(&mut self) {
        match self.deeper.checked_sub(1) {
            Some(less) => self.deeper = less,
            None => {
                self.open.pop();
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.may_go_on();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.may_go_on();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.may_go_on();
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.may_go_on();
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
