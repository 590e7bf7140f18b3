//! Draws the pictures of a page as one, for a program that recognises text (OCR).
//!
//! A scanned page is a picture, or several: strips, layers of a mask and a background. Each is laid onto a sheet of the
//! size of the page, in shades of grey and at the resolution that such programs are made for. Lines and letters that are
//! drawn, not pictured, are left out: a page that has letters needs no recognition.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, LumaData, Paint, RenderContent, SoftMask, interpret_page,
};

use super::glyphs::{self, from_top_left};
use super::open;
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};

/// Pixels of a sheet, at most: an A3 page at 300 dots per inch has 17 million. A larger page is drawn more coarsely.
const MOST_PIXELS: f64 = 24e6;
/// Pixels of a picture that is decoded, at most: an A4 page scanned at 600 dots per inch has 35 million.
const MOST_PICTURE_PIXELS: u64 = 72_000_000;
/// Points to an inch.
const POINTS: f64 = 72.0;

/// The picture of one page.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ScannedPage {
    /// One-based.
    pub number: u32,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The pixels by rows, from the top: 0 is black, 255 is white.
    pub pixels: Vec<u8>,
    /// Pixels to a point (a 72nd of an inch).
    pub scale: f32,
}

/// The number of pages of a PDF, and the numbers of those that print no letter, one-based.
///
/// # Errors
/// Those of reading a PDF, but not that it has no text.
pub fn pages_without_text(bytes: &[u8], budget: &Budget) -> Result<(u32, Vec<u32>), ReadError> {
    let budget = budget.start();
    let pages = glyphs::pages(&open(bytes, &budget)?.0, &budget)?;
    let without = pages.iter().filter(|page| page.printed_glyphs() == 0).map(|page| page.number);
    Ok((u32::try_from(pages.len()).unwrap_or(u32::MAX), without.collect()))
}

impl ScannedPage {
    /// Draws the pictures of one page, one-based; `None` if it has none.
    ///
    /// # Errors
    /// Those of reading a PDF; [`Damaged`](ReadErrorKind::Damaged) if there is no such page, and
    /// [`OverBudget`](ReadErrorKind::OverBudget) if a picture is too large or the page takes too long.
    pub fn read(
        bytes: &[u8],
        number: u32,
        dots_per_inch: u32,
        budget: &Budget,
    ) -> Result<Option<Self>, ReadError> {
        let budget = budget.start();
        let (file, _) = open(bytes, &budget)?;
        let pages = file.pages();
        let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        let Some(page) = at.and_then(|at| pages.get(at)) else {
            let message = format!("the PDF has no page {number} that can be read");
            return Err(ReadError::new(ReadErrorKind::Damaged, message));
        };
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        if !(width >= 1.0 && height >= 1.0 && width.is_finite() && height.is_finite()) {
            return Ok(None);
        }
        let scale = f64::from(dots_per_inch) / POINTS;
        let scale = scale.min((MOST_PIXELS / (width * height)).sqrt());
        let bounds = Rect::new(0.0, 0.0, width, height);
        let cache = InterpreterCache::new();
        let settings =
            InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        let mut context = Context::new(from_top_left(page), bounds, &cache, page.xref(), settings);
        let mut sheet = Sheet {
            width: (width * scale).ceil() as usize,
            height: (height * scale).ceil() as usize,
            pixels: Vec::new(),
            scale,
            budget: &budget,
            stopped: None,
        };
        let drawn = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut sheet)));
        if let Some(reason) = sheet.stopped {
            return Err(glyphs::over_budget(number, reason));
        }
        // A panic of the interpreter. The caller isolates it to this file.
        drawn.unwrap_or_else(|payload| resume_unwind(payload));
        let Sheet { width, height, pixels, .. } = sheet;
        let page = || {
            let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
            Some(Self { number, width, height, pixels, scale: scale as f32 })
        };
        Ok(page().filter(|page| !page.pixels.is_empty()))
    }
}

/// A `hayro` device that draws pictures alone.
struct Sheet<'b> {
    width: usize,
    height: usize,
    /// Empty until the first picture.
    pixels: Vec<u8>,
    /// Pixels to a point.
    scale: f64,
    budget: &'b Budget,
    /// Why the page was given up.
    stopped: Option<&'static str>,
}

/// A decoded picture in shades of grey.
struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
    /// How much of each pixel is painted; `None` for all of it.
    cover: Option<Cover>,
}

/// A mask, which may have another size than its picture.
struct Cover {
    width: usize,
    height: usize,
    painted: Vec<u8>,
}

impl Picture {
    /// The shade and the cover at a place, both as shares of the picture's width and height.
    fn at(&self, x: f64, y: f64) -> Option<(u32, u32)> {
        let look = |width: usize, height: usize, data: &[u8]| {
            let (column, row) = ((x * width as f64) as usize, (y * height as f64) as usize);
            data.get(row.min(height.checked_sub(1)?) * width + column.min(width.checked_sub(1)?)).copied()
        };
        let shade = look(self.width, self.height, &self.grey)?;
        let cover = match &self.cover {
            None => u8::MAX,
            Some(Cover { width, height, painted }) => look(*width, *height, painted)?,
        };
        Some((shade.into(), cover.into()))
    }
}

/// Samples in a row and in a column for each pixel, at least and at most: pictures are mostly finer than the sheet, and fewer
/// samples than the picture has pixels there would lose thin strokes.
const SAMPLES: [usize; 2] = [2, 6];

impl Sheet<'_> {
    /// Lays a picture onto the sheet. `to_page` maps its square, one unit wide and high, to points on the page.
    fn lay(&mut self, picture: &Picture, to_page: Affine) {
        let to_sheet = Affine::scale(self.scale) * to_page;
        if !to_sheet.is_finite() || to_sheet.determinant().abs() < f64::EPSILON {
            return;
        }
        if self.pixels.is_empty() {
            self.pixels = vec![u8::MAX; self.width * self.height];
        }
        let corners = to_sheet.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        let from_sheet = to_sheet.inverse();
        // Pixels of the picture to a pixel of the sheet.
        let pixels = picture.width as f64 * picture.height as f64;
        let finer = (pixels / to_sheet.determinant().abs()).sqrt().ceil();
        let side = finer.clamp(SAMPLES[0] as f64, SAMPLES[1] as f64) as usize;
        let clamp = |place: f64, most: usize| place.clamp(0.0, most as f64) as usize;
        let columns = clamp(corners.x0.floor(), self.width)..clamp(corners.x1.ceil(), self.width);
        for row in clamp(corners.y0.floor(), self.height)..clamp(corners.y1.ceil(), self.height) {
            if row % 64 == 0 && self.budget.is_over() {
                self.stopped = Some("took longer than the time limit");
                return;
            }
            for column in columns.clone() {
                let (mut shades, mut covers) = (0, 0);
                for sample in 0..side * side {
                    let offset = |part: usize| (part as f64 + 0.5) / side as f64;
                    let place =
                        Point::new(column as f64 + offset(sample % side), row as f64 + offset(sample / side));
                    let inside = from_sheet * place;
                    if (0.0..1.0).contains(&inside.x)
                        && (0.0..1.0).contains(&inside.y)
                        && let Some((shade, cover)) = picture.at(inside.x, inside.y)
                    {
                        shades += shade * cover;
                        covers += cover;
                    }
                }
                let Some(pixel) = self.pixels.get_mut(row * self.width + column).filter(|_| covers > 0)
                else {
                    continue;
                };
                let whole = (side * side) as u32 * u32::from(u8::MAX);
                let under = u32::from(*pixel) * (whole - covers);
                *pixel = u8::try_from((shades + under) / whole).unwrap_or(u8::MAX);
            }
        }
    }
}

/// The brightness of a colour, by the weights of ITU-R BT.601.
fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(sum / 1000).unwrap_or(u8::MAX)
}

fn cover_of(mask: LumaData) -> Cover {
    Cover { width: mask.width as usize, height: mask.height as usize, painted: mask.data }
}

impl<'a> Device<'a> for Sheet<'_> {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (image.width(), image.height());
        if self.stopped.is_some() || width == 0 || height == 0 {
            return;
        }
        if u64::from(width) * u64::from(height) > MOST_PICTURE_PIXELS {
            self.stopped = Some("holds a picture that is too large");
            return;
        }
        // The transform is for pixels from the top left of the picture.
        let to_page = props.transform * Affine::scale_non_uniform(f64::from(width), f64::from(height));
        match image {
            Image::Stencil(stencil) => {
                let draw = |mask: LumaData, _: &Paint<'_>| {
                    let (width, height) = (mask.width as usize, mask.height as usize);
                    // A mask paints in one colour: on a scan in that of the ink.
                    let cover = Some(cover_of(mask));
                    let picture = Picture { width, height, grey: vec![0; width * height], cover };
                    self.lay(&picture, to_page);
                };
                stencil.with_stencil(draw, None);
            }
            Image::Raster(raster) => {
                let draw = |data: ImageData, mask: Option<LumaData>| {
                    let (width, height) = (data.width() as usize, data.height() as usize);
                    let grey = match data {
                        ImageData::Luma(luma) => luma.data,
                        ImageData::Rgb(rgb) => rgb
                            .data
                            .as_chunks::<3>()
                            .0
                            .iter()
                            .map(|[r, g, b]| brightness(*r, *g, *b))
                            .collect(),
                    };
                    let picture = Picture { width, height, grey, cover: mask.map(cover_of) };
                    self.lay(&picture, to_page);
                };
                raster.with_rgba(draw, None);
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use quotable_testkit::{grey_picture as picture, pdf_with_pictures};

    use super::*;

    fn page(pictures: &[&str], content: &str) -> Vec<u8> {
        pdf_with_pictures(pictures, &[content])
    }

    /// The rows of a page at one pixel to two points: `#` for dark, `.` for light.
    fn rows(pdf: Vec<u8>) -> Vec<String> {
        let page = ScannedPage::read(&pdf, 1, 36, &Budget::default()).unwrap().unwrap();
        let row = |row: &[u8]| row.iter().map(|pixel| if *pixel < 128 { '#' } else { '.' }).collect();
        page.pixels.chunks(page.width as usize).map(row).collect()
    }

    #[test]
    fn pictures_lie_where_the_page_prints_them() {
        // Left half dark, over all of the page.
        let half = picture(2, "00FF");
        let rows_of_half = rows(page(&[&half], "40 0 0 20 0 0 cm /P0 Do"));
        assert_eq!(rows_of_half, vec!["##########.........."; 10]);
        // The same, in strips: the upper one to the left, the lower one turned by half.
        let strips = rows(page(&[&half], "q 20 0 0 10 0 10 cm /P0 Do Q q -20 0 0 10 40 0 cm /P0 Do Q"));
        let expected = [vec!["#####..............."; 5], vec!["...............#####"; 5]].concat();
        assert_eq!(strips, expected);
        // Turned by a quarter: its left side is at the foot of the page.
        let turned = rows(page(&[&half], "0 20 -40 0 40 0 cm /P0 Do"));
        assert_eq!(turned, [vec!["...................."; 5], vec!["####################"; 5]].concat());
    }

    #[test]
    fn thin_strokes_are_not_lost_between_pixels() {
        let stripes = picture(80, &"00FF".repeat(40 * 40));
        let page =
            ScannedPage::read(&page(&[&stripes], "40 0 0 20 0 0 cm /P0 Do"), 1, 36, &Budget::default());
        let page = page.unwrap().unwrap();
        assert!(page.pixels.iter().all(|pixel| (100..160).contains(pixel)), "{:?}", &page.pixels[..20]);
    }

    #[test]
    fn a_stencil_paints_its_mask() {
        let mask = "<< /Type /XObject /Subtype /Image /ImageMask true /Width 8 /Height 1 /BitsPerComponent 1 \
                    /Filter /ASCIIHexDecode /Length 3 >>\nstream\n0F>\nendstream";
        let painted = rows(page(&[mask], "40 0 0 20 0 0 cm /P0 Do"));
        assert_eq!(painted[0], "##########..........");
    }

    #[test]
    fn pages_without_text_are_named_and_those_without_pictures_have_none() {
        let empty = page(&[], "");
        assert_eq!(pages_without_text(&empty, &Budget::default()).unwrap(), (1, vec![1]));
        assert_eq!(ScannedPage::read(&empty, 1, 300, &Budget::default()).unwrap(), None);
        assert!(ScannedPage::read(&empty, 2, 300, &Budget::default()).is_err());
    }
}
