//! The part of a printed page around a quotation.

use maud::{Markup, html};

use crate::link::link;

/// The part of a printed page around a quotation, drawn when it comes into sight. `report` is the path of the report, `values`
/// say what is quoted.
pub(crate) fn strip(report: &str, page: u32, values: &[(&str, &str)], is_open: bool) -> Markup {
    let values = [values, &[("crop", "1")]].concat();
    html! {
        details.strip open[is_open] {
            summary { "As it is printed" }
            img src=(link(&format!("{report}/svg/{page}"), &values)) loading="lazy" width="595"
                alt={ "The words as they are printed on page " (page) };
        }
    }
}
