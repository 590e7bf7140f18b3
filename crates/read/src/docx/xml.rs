//! XML as the parts of a Word file need it: names without prefixes, text with its references resolved.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::budget::Budget;
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};

/// What comes next in a part.
pub(super) enum Piece<'t> {
    /// An element begins. One without content ends at once.
    Start(&'t str, &'t Attributes),
    End(&'t str),
    Text(&'t str),
}

/// The attributes of an element, by their names without prefixes.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut attributes = tag.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let value = quick_xml::escape::unescape(&attribute.value).map(std::borrow::Cow::into_owned);
            let value = value.unwrap_or_else(|_| attribute.value.to_string());
            (attribute.key.local_name().as_ref().to_owned(), value)
        };
        Self(attributes.map(pair).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The attribute that Word uses for most values.
    pub(super) fn value(&self) -> Option<&str> {
        self.get("val")
    }

    /// A property that is on unless its value says that it is off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }

    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.parse().ok()
    }
}

/// Elements nested more deeply than this for each level of the budget are no document's.
const ELEMENTS_A_LEVEL: usize = 16;

/// The clock is looked at each time so many pieces have come.
const PIECES_A_LOOK: usize = 1024;

/// Gives the pieces of a part to `take`, in order. False if the part breaks off or is no XML: what came before is good.
///
/// Entities that the part declares itself are never replaced, so that none can grow.
pub(super) fn walk(
    part: &[u8],
    budget: &Budget,
    mut take: impl FnMut(Piece<'_>) -> Result<(), ReadError>,
) -> Result<bool, ReadError> {
    let over = |message| Err(ReadError::new(ReadErrorKind::OverBudget, message));
    let text = match decode(part, None, "Word") {
        Ok(decoded) => decoded.text,
        Err(_) => return Ok(false),
    };
    let mut reader = Reader::from_str(&text);
    let mut depth = 0_usize;
    for count in 0_usize.. {
        if count % PIECES_A_LOOK == 0 && budget.is_over() {
            return over("the Word file took too long to read");
        }
        let Ok(event) = reader.read_event() else { return Ok(false) };
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > budget.nesting.saturating_mul(ELEMENTS_A_LEVEL) {
                    return over("the Word file nests its parts more deeply than any document");
                }
                take(Piece::Start(tag.local_name().as_ref(), &Attributes::of(&tag)))?;
            }
            Event::Empty(tag) => {
                take(Piece::Start(tag.local_name().as_ref(), &Attributes::of(&tag)))?;
                take(Piece::End(tag.local_name().as_ref()))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                take(Piece::End(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => take(Piece::Text(&text.into_inner()))?,
            Event::CData(text) => take(Piece::Text(&text.into_inner()))?,
            Event::GeneralRef(reference) => {
                let letter = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Some(letter.to_string()),
                    Ok(None) => {
                        let name = reference.into_inner();
                        quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
                    }
                    Err(_) => None,
                };
                take(Piece::Text(&letter.unwrap_or_default()))?;
            }
            Event::Eof => return Ok(depth == 0),
            _ => {}
        }
    }
    Ok(true)
}
