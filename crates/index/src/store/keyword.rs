//! Keywords: the properties of a paragraph that filters test, such as its theme, section and page.
//!
//! Each is one term of the field [`keyword`](crate::store::schema::Fields::keyword), a name and a value with a zero
//! byte between: `theme\0care-leavers`.

use quotable_report::{Paragraph, Role};

use crate::store::entry::part_of;
use crate::store::packed_tokens::push_number;
use crate::store::record::HeadingContext;

/// The term for a name and a value.
pub(crate) fn keyword(name: &str, value: &str) -> String {
    format!("{name}\0{}", short(value))
}

/// Appends the term for a name and a value to `packed`, in the form of
/// [`TokenPacking::Terms`](crate::store::packed_tokens::TokenPacking::Terms).
pub(super) fn push_keyword(packed: &mut Vec<u8>, name: &str, value: &str) {
    let value = short(value);
    push_number(packed, name.len() + 1 + value.len());
    packed.extend_from_slice(name.as_bytes());
    packed.push(0);
    packed.extend_from_slice(value.as_bytes());
}

/// Cuts a value to 1000 bytes. tantivy drops terms above 64 KiB, and a heading that long is a misread page.
fn short(value: &str) -> &str {
    &value[..value.floor_char_boundary(1000)]
}

/// A page number in ten digits, so that terms sort as their numbers do.
fn digits(mut number: u32, digits: &mut [u8; 10]) -> &str {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    std::str::from_utf8(digits).unwrap_or_else(|_| {
        debug_assert!(false, "digits are ASCII");
        ""
    })
}

/// The keyword of every paragraph that begins a theme chunk, save the first of a report. Its name in the stored format
/// is `turn`.
pub(crate) const THEME_START: &str = "turn\0";

/// All keywords of a paragraph, save [`THEME_START`].
pub(crate) fn keywords(paragraph: &Paragraph, context: &HeadingContext) -> Vec<String> {
    let mut all = Vec::new();
    heading_keywords(context, |name, value| all.push(keyword(name, value)));
    own_keywords(paragraph, |name, value| all.push(keyword(name, value)));
    all
}

/// Calls `each` with the name and value of the keywords that a paragraph has from the headings above it.
pub(super) fn heading_keywords(context: &HeadingContext, mut each: impl FnMut(&str, &str)) {
    for heading in &context.headings {
        each("section", &quotable_query::analyse::fold(heading));
    }
    context.headings.last().iter().for_each(|heading| each("heading", heading));
    context.theme.iter().for_each(|theme| each("theme", theme));
    context.grade.iter().for_each(|grade| each("grade", grade.as_str()));
}

/// Calls `each` with the name and value of the keywords that a paragraph has by itself.
pub(super) fn own_keywords(paragraph: &Paragraph, mut each: impl FnMut(&str, &str)) {
    match (part_of(paragraph.role), paragraph.role) {
        (1, _) => each(PART, "table"),
        (2, _) => each(PART, "note"),
        (_, Role::Imprint) => each(PART, IMPRINT),
        _ => {}
    }
    paragraph.number.iter().for_each(|number| each("para", number));
    for (name, value) in &paragraph.fields {
        each(&field_keyword(name.as_str()), &value.to_string());
    }
    if let (Some(first), Some(last)) = (paragraph.pages.first(), paragraph.pages.last()) {
        // A paragraph over more pages than this was misread.
        const MAX_PAGES: usize = 100;
        for page in (first..=last.max(first)).take(MAX_PAGES) {
            each("page", digits(page, &mut [0; 10]));
        }
    }
}

/// The name of the keyword for a field of paragraphs. No other keyword has a dot in its name.
pub(crate) fn field_keyword(name: &str) -> String {
    format!("field.{name}")
}

/// The part of a report that says who published it.
pub(crate) const IMPRINT: &str = "imprint";
/// The name of the keyword for the part of a report that a paragraph belongs to, if it is not the body.
pub(crate) const PART: &str = "part";

/// The keyword of paragraphs of the imprint: they have no theme, whatever their words.
pub(crate) fn imprint_keyword() -> String {
    keyword(PART, IMPRINT)
}
