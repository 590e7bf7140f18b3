//! The form, and the page of verdicts.

use maud::{Markup, PreEscaped, html};
use quotable::Place;
use quotable_export::check::{CheckedArticle, write_article};

use crate::kept::Checked;
use crate::link::link;
use crate::printer::is_printed;
use crate::strip::strip;

pub(super) fn form() -> Markup {
    html! {
        h1 { "Check an article" }
        p.lead { "Each quotation is looked up in the reports: whether they say it, where, and what was changed." }
        form action="/check" method="post" enctype="multipart/form-data" data-drop="file" {
            div.field {
                label for="article" { "Text of the article" }
                textarea #article name="text" rows="12" {}
                p.hint { "A text without quotation marks is looked up as one quotation." }
            }
            div.field {
                label for="file" { "Or its file" }
                input #file type="file" name="file" accept=".txt,.md,.html,.htm,.docx,.odt,.rtf,.eml,.mht,.mhtml,.epub,.pdf";
                p.hint { "Text, Word, OpenDocument, HTML, e-mail or PDF. It can also be dropped on the text." }
            }
            button type="submit" { "Check" }
        }
    }
}

pub(super) fn verdicts(checked: &Checked, id: &str, has_files: bool) -> Markup {
    let article = CheckedArticle { name: &checked.name, check: &checked.check };
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let written = write_article(&mut out, &article, &|place| behind(place, has_files).into_string());
    debug_assert!(written.is_ok());
    let body = String::from_utf8_lossy(&out).into_owned();
    let found = checked.check.all().next().is_some();
    html! {
        h1.quiet { "Quotations checked" }
        div.tools {
            a href="/check" { "Check another" }
            a href={ "/check/" (id) "/page" } download { "Save as HTML" }
        }
        @if !found { p.note { "No quotation was found in the article." } }
        // Every text in it is escaped by what writes it.
        (PreEscaped(body))
    }
}

/// Links to where a place can be read and seen, and its words as they are printed.
fn behind(place: &Place, has_files: bool) -> Markup {
    let ordinal = place.id.ordinal().unwrap_or(0).to_string();
    let (start, end) = (place.bytes.start.to_string(), place.bytes.end.to_string());
    let values = [("p", ordinal.as_str()), ("start", start.as_str()), ("end", end.as_str())];
    let report = format!("/report/{}", place.id.report());
    let page = place.citation.page.filter(|_| has_files && is_printed(&place.citation.path));
    html! {
        p.go {
            a href={ (link(&report, &values)) "#p" (ordinal) } { "Read it there" }
            @if let Some(page) = page { a href=(link(&format!("{report}/page/{page}"), &values)) { "See page " (page) } }
        }
        @if let Some(page) = page { (strip(&report, page, &values, true)) }
    }
}
