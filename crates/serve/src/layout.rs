//! The frame of every page.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use crate::text::text;

/// The part of the site that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Search,
    Analyse,
    Check,
    Corpus,
    None,
}

const MENU: [(Section, &str, &str); 4] = [
    (Section::Search, "/", "Search"),
    (Section::Analyse, "/analyse", "Analyse"),
    (Section::Check, "/check", "Check"),
    (Section::Corpus, "/corpus", "Reports"),
];

/// A page with its frame. `title` is escaped.
pub(crate) fn page(title: &str, section: Section, body: &Markup) -> Html<String> {
    framed(title, section, &html! {}, body)
}

/// The same with more in its `<head>`.
pub(crate) fn framed(title: &str, section: Section, head: &Markup, body: &Markup) -> Html<String> {
    let version = env!("CARGO_PKG_VERSION");
    let whole = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (text(title)) " – Quotable" }
                link rel="stylesheet" href={ "/assets/style.css?v=" (version) };
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                script src={ "/assets/page.js?v=" (version) } defer {}
                (head)
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    div.inner {
                        a.name href="/" { "Quotable" }
                        nav aria-label="Parts of this site" {
                            @for (part, href, label) in MENU {
                                a href=(href) aria-current=[(part == section).then_some("page")] { (label) }
                            }
                        }
                    }
                }
                main #main tabindex="-1" { (body) }
                footer.foot { div.inner { p { "Quotable " (version) ". Everything stays on this machine." } } }
            }
        }
    };
    Html(whole.into_string())
}
