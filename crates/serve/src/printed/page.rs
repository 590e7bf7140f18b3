//! The page that shows a printed page.

use maud::{Markup, html};
use quotable_export::report::name;

use super::{PageForm, Sheet};
use crate::link::link;
use crate::text::text;

pub(super) fn sheet(sheet: &Sheet, form: &PageForm) -> Markup {
    let (id, number) = (sheet.id.to_string(), sheet.number);
    let at = |page: u32, zoom: &str| {
        let values = [
            ("p", form.p.as_str()),
            ("start", &form.start),
            ("end", &form.end),
            ("q", form.q.trim()),
            ("z", zoom),
        ];
        link(&format!("/report/{id}/page/{page}"), &values)
    };
    let svg = link(
        &format!("/report/{id}/svg/{number}"),
        &[("p", form.p.as_str()), ("start", &form.start), ("end", &form.end)],
    );
    let anchor = sheet.quoted.as_ref().map(|quoted| format!("#p{}", quoted.ordinal)).unwrap_or_default();
    let read = link(
        &format!("/report/{id}"),
        &[("q", form.q.trim()), ("p", &form.p), ("start", &form.start), ("end", &form.end)],
    ) + &anchor;
    let zoom = match form.z.as_str() {
        zoom @ ("2" | "3") => zoom,
        _ => "1",
    };
    html! {
        h1 { (text(name(&sheet.report))) ", page " (number) }
        div.tools {
            @if number > 1 { a rel="prev" href=(at(number - 1, zoom)) { "← Page " (number - 1) } }
            span { "page " (number) " of " (sheet.pages) }
            @if number < sheet.pages { a rel="next" href=(at(number + 1, zoom)) { "Page " (number + 1) " →" } }
            span aria-hidden="true" { "·" }
            @for (size, label) in [("1", "whole width"), ("2", "larger"), ("3", "largest")] {
                @if size == zoom { strong { (label) } } @else { a href=(at(number, size)) { (label) } }
            }
            span aria-hidden="true" { "·" }
            a href={ "/report/" (id) "/file#page=" (number) } { "Open the file" }
            a href=(read) { "Read as text" }
        }
        div.printed {
            div class={ "sheet z" (zoom) } tabindex="0" role="region" aria-label={ "Printed page " (number) } {
                img src=(svg) width=(sheet.size.0.round()) height=(sheet.size.1.round())
                    alt={ "Page " (number) " as it is printed. Its text is under “Read as text”." };
            }
            aside { @if let Some(quoted) = &sheet.quoted {
                h2 { "The quotation" }
                blockquote { (text(&quoted.text)) }
                p.cite { (text(&quoted.cite)) }
                @if !quoted.is_boxed {
                    @if number < quoted.pages.0 || number > quoted.pages.1 {
                        p.note { "It stands on " a href=(at(quoted.pages.0, zoom)) { "page " (quoted.pages.0) } "." }
                    } @else {
                        p.note { "It could not be found among the letters of this page, so that it is not boxed." }
                    }
                } @else if quoted.pages.1 > number {
                    p { "It goes on on " a href=(at(number + 1, zoom)) { "page " (number + 1) } "." }
                }
            } }
        }
    }
}
