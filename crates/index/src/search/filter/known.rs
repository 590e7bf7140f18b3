//! Which reports a filter can judge: those of which the index knows the value that it asks for.

use quotable_query::Field;

use crate::error::Result;
use crate::search::named_field::{NamedField, language_fields, named_field};
use crate::store::entry::Entry;
use crate::store::state::State;

/// A field of reports whose value may be unknown.
pub(crate) enum ReportField {
    Date,
    Inspected,
    Authority,
    Urn,
    Region,
    Framework,
    Named(NamedField),
}

impl ReportField {
    /// The field of a filter; `None` for a field that every report has, and for one of paragraphs.
    pub(crate) fn of(state: &State, field: &Field) -> Result<Option<Self>> {
        Ok(Some(match field {
            Field::Date => Self::Date,
            Field::Inspected => Self::Inspected,
            Field::Authority => Self::Authority,
            Field::Urn => Self::Urn,
            Field::Region => Self::Region,
            Field::Framework => Self::Framework,
            Field::Named(name) => {
                let known = language_fields();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                match named_field(state, name, &known)? {
                    NamedField::Paragraph(_) => return Ok(None),
                    found => Self::Named(found),
                }
            }
            _ => return Ok(None),
        }))
    }

    /// True if the value is known of a report.
    pub(crate) fn is_known(&self, entry: &Entry) -> bool {
        let authority = entry.authority.as_ref();
        match self {
            Self::Date => entry.day().is_some(),
            Self::Inspected => !entry.inspected.is_empty(),
            Self::Authority => authority.is_some(),
            Self::Urn => authority.is_some_and(|authority| authority.urn.is_some()),
            Self::Region => authority.is_some_and(|authority| authority.region.is_some()),
            Self::Framework => entry.framework.is_some(),
            Self::Named(NamedField::Area(area)) => entry.grades.iter().any(|given| given.area == *area),
            Self::Named(NamedField::Report(name)) => entry.fields.contains_key(name),
            Self::Named(NamedField::Paragraph(_)) => true,
        }
    }
}
