//! XML events of the parts of Word, OpenDocument and EPUB files: names without prefixes, text with references resolved.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::budget::Budget;
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};

/// One event of a part.
pub(crate) enum XmlEvent<'t> {
    /// An element begins. An empty one ends in the next event.
    Start(&'t str, &'t Attributes),
    End(&'t str),
    Text(&'t str),
}

/// The attributes of an element, by their names without prefixes.
#[derive(Debug, Default)]
pub(crate) struct Attributes(Vec<(String, String)>);

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

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value of an attribute, if it is a number.
    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.parse().ok()
    }
}

/// Elements per level of nesting in the budget. One table in another takes three.
const ELEMENTS_PER_LEVEL: usize = 16;

/// Events between two looks at the clock.
const EVENTS_PER_CLOCK_CHECK: usize = 1024;

/// What a part says of its file: the text of the elements that `key` names, by the keys that it gives them. `root` is the
/// element around them, if the part has others.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`].
#[cfg(any(feature = "docx", feature = "odt"))]
pub(crate) fn properties(
    part: &[u8],
    budget: &Budget,
    what: &str,
    root: Option<&str>,
    key: impl Fn(&str) -> Option<&'static str>,
) -> Result<Vec<(String, String)>, ReadError> {
    let mut properties: Vec<(String, String)> = Vec::new();
    let (mut inside, mut open) = (root.is_none(), None);
    for_each_event(part, budget, what, |event| {
        match event {
            XmlEvent::Start(name, _) if Some(name) == root => inside = true,
            XmlEvent::End(name) if Some(name) == root => inside = false,
            XmlEvent::Start(name, _) => open = key(name).filter(|_| inside),
            XmlEvent::Text(text) if !text.trim().is_empty() => {
                if let Some(key) = open {
                    match properties.iter_mut().find(|(known, _)| known == key) {
                        Some((_, value)) => value.push_str(text),
                        None => properties.push((key.to_owned(), text.trim_start().to_owned())),
                    }
                }
            }
            XmlEvent::End(_) => open = None,
            XmlEvent::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(properties)
}

/// Refuses a file whose text so far has more bytes than its budget.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`].
#[cfg(any(feature = "docx", feature = "odt"))]
pub(crate) fn check_output(output: usize, budget: &Budget, what: &str) -> Result<(), ReadError> {
    if output <= budget.output {
        return Ok(());
    }
    let message = format!(
        "the {what} holds more than {} bytes of text, far more than a report; raise the limit",
        budget.output
    );
    Err(ReadError::new(ReadErrorKind::OverBudget, message))
}

/// Calls `take` for each event of a part. Returns false if the part breaks off or is not XML; the events before are good.
///
/// Entities that the part declares are dropped, so that none can expand. `what` names the file in messages: `Word file`.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`], or the error of `take`.
pub(crate) fn for_each_event(
    part: &[u8],
    budget: &Budget,
    what: &str,
    mut take: impl FnMut(XmlEvent<'_>) -> Result<(), ReadError>,
) -> Result<bool, ReadError> {
    let over = |message: String| Err(ReadError::new(ReadErrorKind::OverBudget, message));
    let text = match decode(part, None, what) {
        Ok(decoded) => decoded.text,
        Err(_) => return Ok(false),
    };
    let mut reader = Reader::from_str(&text);
    let mut depth = 0_usize;
    for count in 0_usize.. {
        if count % EVENTS_PER_CLOCK_CHECK == 0 && budget.is_over() {
            return over(format!("the {what} took too long to read; raise the time limit"));
        }
        let Ok(event) = reader.read_event() else { return Ok(false) };
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > budget.nesting.saturating_mul(ELEMENTS_PER_LEVEL) {
                    return over(format!(
                        "the {what} nests tables or boxes more deeply than any report; save it as PDF, or raise the limit"
                    ));
                }
                take(XmlEvent::Start(tag.local_name().as_ref(), &Attributes::of(&tag)))?;
            }
            Event::Empty(tag) => {
                take(XmlEvent::Start(tag.local_name().as_ref(), &Attributes::of(&tag)))?;
                take(XmlEvent::End(tag.local_name().as_ref()))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                take(XmlEvent::End(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => take(XmlEvent::Text(&text.into_inner()))?,
            Event::CData(text) => take(XmlEvent::Text(&text.into_inner()))?,
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character.to_string()),
                    Ok(None) => {
                        let name = reference.into_inner();
                        quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
                    }
                    Err(_) => None,
                };
                take(XmlEvent::Text(&character.unwrap_or_default()))?;
            }
            Event::Eof => return Ok(depth == 0),
            _ => {}
        }
    }
    Ok(true)
}
