//! Fields of forms whose value is no text of the document: boxes and lists (ECMA-376 part 1, 17.16). What is typed into a
//! text field is text as any other, and the box of a content control is printed as one.

use super::xml::Property;
use crate::form_sign::{TICKED, UNTICKED};
use crate::xml::Attributes;

/// A box or list in the making.
#[derive(Debug, Default)]
pub(super) struct FormField {
    /// Whether the box is ticked at first, and whether it is now.
    default: Option<bool>,
    checked: Option<bool>,
    /// The entries of a list, and the zero-based one that is chosen at first and now.
    entries: Vec<String>,
    default_entry: Option<usize>,
    entry: Option<usize>,
}

impl FormField {
    /// True for the elements of a box or list.
    pub(super) fn is_one(name: &str) -> bool {
        matches!(name, "checkBox" | "ddList")
    }

    /// Notes an element inside the field.
    pub(super) fn note(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "checked" => self.checked = Some(attributes.is_on()),
            "default" => {
                self.default = Some(attributes.is_on());
                self.default_entry = attributes.number("val");
            }
            "result" => self.entry = attributes.number("val"),
            "listEntry" => self.entries.push(attributes.value().unwrap_or_default().to_owned()),
            _ => {}
        }
    }

    /// What the field, an element of that name, shows on the page.
    pub(super) fn shown(&self, name: &str) -> &str {
        if name == "checkBox" {
            return if self.checked.or(self.default).unwrap_or(false) { TICKED } else { UNTICKED };
        }
        let chosen = self.entry.or(self.default_entry).unwrap_or(0);
        self.entries.get(chosen).map_or("", String::as_str)
    }
}
