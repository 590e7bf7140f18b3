//! What the elements of HTML are for.

use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned, StartTag};

/// Why a part of a page is not its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    /// The page says so by an element or a role: `nav`, `footer`, `aside`.
    Element,
    /// A form: often a search box, sometimes the whole page.
    Form,
    /// A class says so: cookies, newsletters, adverts, related pages.
    Class,
}

/// The attributes of a start tag.
pub(super) struct Attributes<'t>(&'t BTreeMap<HtmlString, Spanned<HtmlString, ()>>);

impl<'t> Attributes<'t> {
    pub(super) fn of(tag: &'t StartTag<()>) -> Self {
        Self(&tag.attributes)
    }

    /// The value of an attribute; empty if the tag bears the name alone.
    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        self.0.get(name.as_bytes()).and_then(|value| std::str::from_utf8(&value.value).ok())
    }

    /// A number, where the attribute begins with one.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    fn any_word(&self, name: &str, known: &[&str]) -> bool {
        let words = self.get(name).into_iter().flat_map(str::split_ascii_whitespace);
        words.into_iter().any(|word| known.iter().any(|known| known.eq_ignore_ascii_case(word)))
    }
}

/// Elements without an end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
            | "basefont"
            | "bgsound"
            | "keygen"
    )
}

/// Elements that stand in a line of text. All others, those not known too, begin and end a block.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "script"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "template"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "br"
            | "button"
            | "noscript"
            | "style"
    )
}

/// True if nothing of the element is shown as text of the page.
pub(super) fn is_hidden(name: &str, attributes: &Attributes<'_>) -> bool {
    let by_name = matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "del"
            | "head"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "rp"
            | "rt"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    );
    let by_style = attributes.get("style").is_some_and(|style| {
        let style: String = style.to_ascii_lowercase().split_ascii_whitespace().collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    // For those who hear the page, not for those who see it; and the way back from a note.
    let unseen = [
        "visually-hidden",
        "visuallyhidden",
        "govuk-visually-hidden",
        "sr-only",
        "screen-reader-text",
        "screen-reader-only",
        "footnote-backref",
        "footnote-back",
    ];
    by_name
        || by_style
        || attributes.get("hidden").is_some()
        || attributes.any_word("aria-hidden", &["true"])
        || attributes.any_word("class", &unseen)
        || attributes.any_word("role", &["doc-backlink"])
}

/// Why the element is not content, if it is not. `in_article`: inside `main` or `article`, where a header is
/// the article's own.
pub(super) fn apart(name: &str, attributes: &Attributes<'_>, in_article: bool) -> Option<Apart> {
    let roles = ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"];
    match name {
        "nav" | "aside" | "footer" | "dialog" | "menu" => Some(Apart::Element),
        "header" if !in_article => Some(Apart::Element),
        "form" => Some(Apart::Form),
        // Whatever class they bear, they hold the page.
        "html" | "body" | "main" | "article" => None,
        _ if attributes.any_word("role", &roles) => Some(Apart::Element),
        _ if class_apart(attributes.get("class").unwrap_or_default()) => Some(Apart::Class),
        "div" | "section" | "ul" if id_apart(attributes.get("id").unwrap_or_default()) => Some(Apart::Class),
        _ => None,
    }
}

/// The words of the names that pages give to what is not content.
const APART_WORDS: [&str; 34] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "newsletter",
    "newsletters",
    "signup",
    "subscribe",
    "subscription",
    "paywall",
    "promo",
    "promos",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "ad",
    "ads",
    "sponsored",
    "share",
    "sharing",
    "related",
    "recommended",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "navbar",
    "navigation",
    "teaser",
    "teasers",
    "trending",
    "comments",
    "pagination",
    "masthead",
];

fn class_apart(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.split_ascii_whitespace().any(|name| {
        let mut words = name.split(['-', '_']).filter(|word| !word.is_empty());
        // `has-sidebar`, `no-ads`: said of what stands around, not of the element.
        let says_of_others = words.clone().next().is_some_and(|word| matches!(word, "has" | "no" | "with"));
        let pair = |first: &str, second: &[&str]| {
            name.split_once(first).is_some_and(|(_, rest)| {
                second.iter().any(|word| rest.trim_start_matches(['-', '_']).starts_with(word))
            })
        };
        !says_of_others
            && (words.any(|word| APART_WORDS.contains(&word))
                || pair("social", &["share", "link", "media", "icon", "button", "follow"])
                || pair("sign", &["up-", "up_"])
                || pair("skip", &["link"])
                || pair("read", &["more", "next"])
                || name == "menu"
                || name.ends_with("-menu"))
    })
}

/// Identifiers of headings are made from their words, so that only plain ones tell.
fn id_apart(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    let known = ["cookie", "newsletter", "sidebar", "comments", "breadcrumb", "global-cookie-message"];
    known
        .iter()
        .any(|known| id == *known || id.strip_prefix(known).is_some_and(|rest| rest.starts_with(['-', 's'])))
}

/// True if the element holds notes at the foot of the page or of the text.
pub(super) fn is_note(attributes: &Attributes<'_>) -> bool {
    let classes = ["footnote", "footnotes", "endnote", "endnotes", "footnote-definition"];
    attributes.any_word("role", &["doc-footnote", "doc-endnote", "doc-endnotes"])
        || attributes.any_word("class", &classes)
        || attributes.any_word("epub:type", &["footnote", "footnotes", "endnote", "endnotes"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_tell_boxes_from_subjects() {
        for class in
            ["cookie-banner", "col-6 newsletter", "social-share", "ad-slot", "related-links", "main-menu"]
        {
            assert!(class_apart(class), "{class}");
        }
        for class in ["social-care", "has-sidebar", "shared-home", "advice", "address", "signature", "header"]
        {
            assert!(!class_apart(class), "{class}");
        }
        assert!(id_apart("cookie-message") && !id_apart("related-services"));
    }
}
