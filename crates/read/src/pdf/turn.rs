//! Text that is turned on its page.

use hayro_interpret::kurbo::{Point, Rect, Vec2};

/// How glyphs are turned, in quarter turns: a wide table is often set sideways on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Upright,
    Clockwise,
    UpsideDown,
    Anticlockwise,
}

impl Turn {
    /// The turn of a glyph whose top lies in direction `up`, where y grows down the page. Type that leans as italics do
    /// is upright.
    pub(super) fn of(up: Vec2) -> Self {
        match up {
            Vec2 { x, y } if y.abs() >= x.abs() => {
                if y <= 0.0 {
                    Self::Upright
                } else {
                    Self::UpsideDown
                }
            }
            Vec2 { x, .. } => {
                if x > 0.0 {
                    Self::Clockwise
                } else {
                    Self::Anticlockwise
                }
            }
        }
    }

    /// A place on the page, once the page is turned so that such a glyph stands upright.
    pub(super) fn place(self, place: Point, page: Rect) -> Point {
        match self {
            Self::Upright => place,
            Self::Clockwise => Point::new(place.y, page.width() - place.x),
            Self::UpsideDown => Point::new(page.width() - place.x, page.height() - place.y),
            Self::Anticlockwise => Point::new(page.height() - place.y, place.x),
        }
    }
}

/// True if a line of text runs neither along nor up nor down the page, by more than five degrees.
pub(super) fn is_slanted(advance: Vec2) -> bool {
    advance.x.abs().min(advance.y.abs()) > 0.09 * advance.hypot()
}
