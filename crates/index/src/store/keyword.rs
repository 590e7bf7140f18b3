//! Keywords: what filters ask of a paragraph besides its words.
//!
//! Each is one term of the field [`facet`](crate::store::schema::Fields::facet), a name and a value with a zero byte
//! between: `theme\0care-leavers`.

use quotable_report::{Paragraph, Role};

use crate::store::entry::part_of;
use crate::store::packed_tokens::push_number;
use crate::store::record::HeadingContext;

/// The value of a facet as the index holds it.
pub(crate) fn keyword(name: &str, value: &str) -> String {
    format!("{name}\0{}", short(value))
}

/// Packs a facet.
pub(super) fn push_keyword(packed: &mut Vec<u8>, name: &str, value: &str) {
    let value = short(value);
    push_number(packed, name.len() + 1 + value.len());
    packed.extend_from_slice(name.as_bytes());
    packed.push(0);
    packed.extend_from_slice(value.as_bytes());
}

/// The engine drops longer terms; so long a heading is none.
fn short(value: &str) -> &str {
    &value[..value.floor_char_boundary(1000)]
}

/// The number of a page as filters ask for it: ten digits, so that pages sort as numbers.
fn digits(mut number: u32, digits: &mut [u8; 10]) -> &str {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    std::str::from_utf8(digits).unwrap_or_default()
}

/// The facet of a paragraph with which another theme chunk begins than that of the paragraph before it.
pub(crate) const THEME_START: &str = "turn\0";

/// What filters may ask of a paragraph.
pub(crate) fn keywords(paragraph: &Paragraph, standing: &HeadingContext) -> Vec<String> {
    let mut all = Vec::new();
    heading_keywords(standing, |name, value| all.push(keyword(name, value)));
    own_keywords(paragraph, |name, value| all.push(keyword(name, value)));
    all
}

/// What they may ask of where it stands: names and values.
pub(super) fn heading_keywords(standing: &HeadingContext, mut each: impl FnMut(&str, &str)) {
    for heading in &standing.headings {
        each("section", &quotable_query::analyse::fold(heading));
    }
    standing.headings.last().iter().for_each(|heading| each("heading", heading));
    standing.theme.iter().for_each(|theme| each("theme", theme));
    standing.grade.iter().for_each(|grade| each("grade", grade.as_str()));
}

/// What they may ask of the paragraph alone: names and values.
pub(super) fn own_keywords(paragraph: &Paragraph, mut each: impl FnMut(&str, &str)) {
    match (part_of(paragraph.role), paragraph.role) {
        (1, _) => each("part", "table"),
        (2, _) => each("part", "note"),
        (_, Role::Imprint) => each("part", IMPRINT),
        _ => {}
    }
    paragraph.number.iter().for_each(|number| each("para", number));
    if let (Some(first), Some(last)) = (paragraph.pages.first(), paragraph.pages.last()) {
        // A paragraph that claims to stand on more pages than this is broken.
        const MOST: usize = 100;
        for page in (first..=last.max(first)).take(MOST) {
            each("page", digits(page, &mut [0; 10]));
        }
    }
}

const IMPRINT: &str = "imprint";

/// The facet of what is about no theme, whatever its words.
pub(crate) fn imprint_keyword() -> String {
    keyword("part", IMPRINT)
}
