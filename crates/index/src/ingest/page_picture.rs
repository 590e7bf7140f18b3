//! The pictures of pages without text, as a worker sends them.

use quotable_read::{Budget, ReadError};
use serde::{Deserialize, Serialize};

/// The picture of one page, as it is sent between processes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PagePicture {
    /// One-based.
    pub(crate) number: u32,
    /// Pixels in a row.
    width: u32,
    height: u32,
    /// Pixels to a point.
    pub(crate) scale: f32,
    /// The pixels by rows, each a hexadecimal digit: 16 shades are as good as 256 to a program that looks for letters, and a
    /// digit fits into a line of JSON.
    shades: String,
}

/// The number of pages of a file, and those that hold no text, one-based.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TextlessPages {
    pub(crate) pages: u32,
    pub(crate) numbers: Vec<u32>,
}

impl PagePicture {
    /// The picture in the format PGM (Netpbm), which has no compression.
    pub(crate) fn portable_graymap(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        let shade =
            |digit: u8| char::from(digit).to_digit(16).and_then(|shade| u8::try_from(shade * 17).ok());
        file.extend(self.shades.bytes().map(|digit| shade(digit).unwrap_or(u8::MAX)));
        // A picture that was cut short ends in white.
        let wanted = file.len().saturating_sub(self.shades.len())
            + (self.width as usize).saturating_mul(self.height as usize);
        file.resize(wanted, u8::MAX);
        file
    }

    /// Draws the pictures of a page, one-based; `None` if it has none.
    #[cfg(feature = "pdf")]
    pub(crate) fn draw(
        bytes: &[u8],
        number: u32,
        dots_per_inch: u32,
        budget: &Budget,
    ) -> Result<Option<Self>, ReadError> {
        let page = quotable_read::ScannedPage::read(bytes, number, dots_per_inch, budget)?;
        Ok(page.map(|page| Self {
            number,
            width: page.width,
            height: page.height,
            scale: page.scale,
            shades: page
                .pixels
                .iter()
                .map(|pixel| char::from(b"0123456789abcdef"[usize::from(pixel >> 4)]))
                .collect(),
        }))
    }

    #[cfg(not(feature = "pdf"))]
    pub(crate) fn draw(_: &[u8], _: u32, _: u32, _: &Budget) -> Result<Option<Self>, ReadError> {
        Ok(None)
    }
}

impl TextlessPages {
    #[cfg(feature = "pdf")]
    pub(crate) fn find(bytes: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let (pages, numbers) = quotable_read::pages_without_text(bytes, budget)?;
        Ok(Self { pages, numbers })
    }

    #[cfg(not(feature = "pdf"))]
    pub(crate) fn find(_: &[u8], _: &Budget) -> Result<Self, ReadError> {
        Ok(Self::default())
    }
}
