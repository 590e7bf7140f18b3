//! Properties of HTML elements: inline or block, hidden, content or not.

use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned, StartTag};

/// Why an element is not content of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exclusion {
    /// An element or ARIA role that marks page furniture: `nav`, `footer`, `aside`.
    Landmark,
    /// A form: a search box, usually, but sometimes the whole page.
    Form,
    /// A class that names page furniture: cookies, newsletters, adverts, related pages.
    Class,
}

/// The attributes of a start tag.
pub(super) struct Attributes<'t>(&'t BTreeMap<HtmlString, Spanned<HtmlString, ()>>);

impl<'t> Attributes<'t> {
    pub(super) fn of(tag: &'t StartTag<()>) -> Self {
        Self(&tag.attributes)
    }

    /// The value of an attribute; empty if it has a name only.
    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        self.0.get(name.as_bytes()).and_then(|value| std::str::from_utf8(&value.value).ok())
    }

    /// The value of an attribute, if it is a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// True if one of the words of an attribute is known, ignoring case.
    fn any_word(&self, name: &str, known: &[&str]) -> bool {
        let words = self.get(name).into_iter().flat_map(str::split_ascii_whitespace);
        words.into_iter().any(|word| known.iter().any(|known| known.eq_ignore_ascii_case(word)))
    }
}

/// True for elements without an end tag (13.1.2 of the standard, with obsolete ones).
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

/// True for elements that can be in the head of a page (metadata content, 4.2 of the standard).
pub(super) fn is_of_head(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "basefont"
            | "bgsound"
            | "link"
            | "meta"
            | "noframes"
            | "noscript"
            | "script"
            | "style"
            | "template"
            | "title"
    )
}

/// True for elements inside a line of text (phrasing content, 3.2.5.2.5). All others, unknown ones too, begin and end a
/// block.
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

/// True if the element shows no text on the page.
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
    // For screen readers only; and links from a note back to its reference.
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

/// Why an element is not content; `None` if it is. `in_article`: inside `main` or `article`, whose headers are content.
pub(super) fn exclusion(name: &str, attributes: &Attributes<'_>, in_article: bool) -> Option<Exclusion> {
    let roles = ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"];
    match name {
        "nav" | "aside" | "footer" | "dialog" | "menu" => Some(Exclusion::Landmark),
        "header" if !in_article => Some(Exclusion::Landmark),
        "form" => Some(Exclusion::Form),
        // They hold the page, whatever their class.
        "html" | "body" | "main" | "article" => None,
        _ if attributes.any_word("role", &roles) => Some(Exclusion::Landmark),
        _ if is_excluded_class(attributes.get("class").unwrap_or_default()) => Some(Exclusion::Class),
        "div" | "section" | "ul" if is_excluded_id(attributes.get("id").unwrap_or_default()) => {
            Some(Exclusion::Class)
        }
        _ => None,
    }
}

/// Words in class names of page furniture. They match between hyphens and underscores: `cookie-banner`.
const EXCLUDED_WORDS: [&str; 34] = [
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

/// True if a class name marks page furniture.
fn is_excluded_class(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.split_ascii_whitespace().any(|name| {
        let mut words = name.split(['-', '_']).filter(|word| !word.is_empty());
        // `has-sidebar`, `no-ads` tell about the surroundings, not about the element.
        let about_surroundings =
            words.clone().next().is_some_and(|word| matches!(word, "has" | "no" | "with"));
        let pair = |first: &str, second: &[&str]| {
            name.split_once(first).is_some_and(|(_, rest)| {
                second.iter().any(|word| rest.trim_start_matches(['-', '_']).starts_with(word))
            })
        };
        !about_surroundings
            && (words.any(|word| EXCLUDED_WORDS.contains(&word))
                || pair("social", &["share", "link", "media", "icon", "button", "follow"])
                || pair("sign", &["up-", "up_"])
                || pair("skip", &["link"])
                || pair("read", &["more", "next"])
                || name == "menu"
                || name.ends_with("-menu"))
    })
}

/// True if an id marks page furniture. Far fewer words than for classes: many sites make the id of a heading from its
/// words.
fn is_excluded_id(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    let known = ["cookie", "newsletter", "sidebar", "comments", "breadcrumb", "global-cookie-message"];
    known
        .iter()
        .any(|known| id == *known || id.strip_prefix(known).is_some_and(|rest| rest.starts_with(['-', 's'])))
}

/// True if the element holds footnotes or endnotes.
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
    fn classes_of_page_furniture_are_told_from_subjects() {
        for class in
            ["cookie-banner", "col-6 newsletter", "social-share", "ad-slot", "related-links", "main-menu"]
        {
            assert!(is_excluded_class(class), "{class}");
        }
        for class in ["social-care", "has-sidebar", "shared-home", "advice", "address", "signature", "header"]
        {
            assert!(!is_excluded_class(class), "{class}");
        }
        assert!(is_excluded_id("cookie-message") && !is_excluded_id("related-services"));
    }
}
