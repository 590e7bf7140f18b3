//! Grades as they are shown.

use maud::{Markup, html};

use crate::text::text;

/// A grade, told by its words and not by colour alone.
pub(crate) fn grade_tag(grade: &str) -> Markup {
    let class = match grade {
        "outstanding" => "grade best",
        "good" => "grade good",
        "inadequate" => "grade worst",
        _ => "grade",
    };
    html! { span class=(class) { (text(&grade.replace('-', " "))) } }
}
