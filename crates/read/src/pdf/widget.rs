//! Widgets: the annotations by which a page shows the fields of a form (ISO 32000-2, 12.7.4).

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Rect};
use hayro_interpret::kurbo::{Affine, Point};

/// Annotations looked at in a file, at most.
pub(super) const MOST_ANNOTATIONS: usize = 100_000;

/// Steps from a widget to the field that has the value, at most: fields are named by parts, as `person.name.first`.
const MOST_STEPS: usize = 32;

/// Flags of annotations that are not shown: hidden, and not viewed (ISO 32000-2, table 167).
const NOT_SHOWN: i32 = 2 | 32;

/// What the field of a widget is. A field and its only widget may be one object, and each entry may be the field's own or that
/// of a field above it.
#[derive(Default)]
pub(super) struct Field<'a> {
    /// `Tx` for text, `Ch` for a list, `Btn` for a box or button.
    pub(super) kind: Option<Name<'a>>,
    pub(super) flags: i32,
    /// The value, and the identifier of the object that has it.
    pub(super) value: Option<(Object<'a>, Option<ObjectIdentifier>)>,
    /// The options of a list.
    pub(super) options: Option<Array<'a>>,
}

impl<'a> Field<'a> {
    /// The field that a widget shows.
    pub(super) fn of(widget: &Dict<'a>) -> Self {
        let (mut found, mut flags) = (Self::default(), None);
        let mut field = widget.clone();
        for _ in 0..MOST_STEPS {
            found.kind = found.kind.or_else(|| field.get::<Name<'a>>(b"FT".as_slice()));
            flags = flags.or_else(|| field.get::<i32>(b"Ff".as_slice()));
            found.options = found.options.or_else(|| field.get::<Array<'a>>(b"Opt".as_slice()));
            if found.value.is_none() {
                found.value = field.get::<Object<'a>>(b"V".as_slice()).map(|value| (value, field.obj_id()));
            }
            match field.get::<Dict<'a>>(b"Parent".as_slice()) {
                Some(parent) => field = parent,
                None => break,
            }
        }
        Self { flags: flags.unwrap_or(0), ..found }
    }
}

/// True if a page shows an annotation.
pub(super) fn is_shown(annotation: &Dict<'_>) -> bool {
    annotation.get::<i32>(b"F".as_slice()).unwrap_or(0) & NOT_SHOWN == 0
}

/// The edges of a rectangle on its page, in points from the top left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Edges {
    /// The edges of a rectangle of the file; `None` if it lies at infinity.
    pub(super) fn of(rectangle: Rect, to_top_left: Affine) -> Option<Self> {
        let corners = [(rectangle.x0, rectangle.y0), (rectangle.x1, rectangle.y1)];
        let [one, other] = corners.map(|(x, y)| to_top_left * Point::new(x, y));
        let edges = Self {
            left: one.x.min(other.x),
            top: one.y.min(other.y),
            right: one.x.max(other.x),
            bottom: one.y.max(other.y),
        };
        let is_finite = [one.x, one.y, other.x, other.y].iter().all(|place| place.is_finite());
        is_finite.then_some(edges)
    }
}
