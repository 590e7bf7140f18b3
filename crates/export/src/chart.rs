//! Charts as SVG: trends with their intervals, bars, dispersion plots and heat maps.
//!
//! Each has a title, the denominators and the corpus that its numbers come from. Series differ by marker and line, and shades
//! by their lightness, so that a chart can be read in print and in grey.

mod bars;
mod canvas;
mod dispersion;
mod heat;
mod trend;

pub use self::bars::{collocates, keywords, ngrams};
pub use self::dispersion::dispersion;
pub use self::heat::themes;
pub use self::trend::{TrendValue, trend};
