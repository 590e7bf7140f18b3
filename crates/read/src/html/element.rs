//! Properties of HTML elements: inline or block, hidden or shown.

use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned, StartTag};

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
    pub(super) fn any_word(&self, name: &str, known: &[&str]) -> bool {
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

/// True if the element holds footnotes or endnotes.
pub(super) fn is_note(attributes: &Attributes<'_>) -> bool {
    let classes = ["footnote", "footnotes", "endnote", "endnotes", "footnote-definition"];
    attributes.any_word("role", &["doc-footnote", "doc-endnote", "doc-endnotes"])
        || attributes.any_word("class", &classes)
        || attributes.any_word("epub:type", &["footnote", "footnotes", "endnote", "endnotes"])
}

/// True for elements that end an open `svg` or `math` which lacks its end tag (13.2.6.5).
pub(super) fn breaks_out_of_foreign(name: &str) -> bool {
    matches!(
        name,
        "blockquote"
            | "body"
            | "br"
            | "center"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "img"
            | "li"
            | "nobr"
            | "ol"
            | "p"
            | "pre"
            | "span"
            | "table"
            | "ul"
            | "article"
            | "section"
            | "main"
    )
}
