//! What names of elements, roles and classes say about the content of an element.
//!
//! They are evidence, not proof: themes put `sidebar` on the column of the article, and shops put `paywall` on each of its
//! paragraphs. `content.rs` decides what to believe.

use super::element::Attributes;

/// What an element seems to hold instead of content of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Furniture {
    /// An element or ARIA role for it: `nav`, `footer`, `aside`.
    Landmark,
    /// A form: a search box, usually, but sometimes the whole page.
    Form,
    /// What readers of the page wrote.
    Comments,
    /// A class that names a box beside the content; the index of its word in [`BOXES`].
    Box(u8),
    /// A class that names a box, but is used as well for the layout or the sale of the content itself; the index of its word
    /// in [`LAYOUT`].
    Layout(u8),
}

/// Words in class names of boxes. They match between hyphens, underscores and capitals: `cookie-banner`, `RelatedLinks`.
const BOXES: [&str; 64] = [
    "cookie", "cookies", "consent", "gdpr", "newsletter", "newsletters", "signup", "signin", "login",
    "promo", "promos", "promotion", "advert", "adverts", "advertisement", "advertising", "advertorial", "ad",
    "ads", "adsense", "outbrain", "taboola", "sponsored", "sponsor", "share", "shares", "sharing",
    "sharebar", "sharedaddy", "addtoany", "addthis", "sociable", "socials", "related", "relatedposts",
    "recommended", "recommendation", "recommendations", "breadcrumb", "breadcrumbs", "navbar", "navigation",
    "nav", "trending", "popular", "masthead", "footer", "tags", "taglist", "toolbar", "popup", "modal",
    "donate", "donation", "pager", "authorbox", "authorbio", "noprint", "upsell", "skiplink", "caption",
    "captions", "credit", "lightbox",
];

/// Words in class names of boxes that also occur on the container or the paragraphs of an article.
const LAYOUT: [&str; 16] = [
    "sidebar", "paywall", "subscribe", "subscription", "subscriber", "subscribers", "teaser", "teasers",
    "pagination", "readmore", "readnext", "gallery", "slideshow", "carousel", "menu", "bottom",
];

/// Words in class names of what readers wrote.
const COMMENTS: [&str; 8] =
    ["comment", "comments", "commentlist", "disqus", "respond", "replies", "reactions", "discussion"];

/// Compound names of the element that holds the text of an article, without hyphens and underscores.
const BODIES: [&str; 26] = [
    "articlebody", "articlecontent", "articletext", "articlemain", "artcontent", "articledetail",
    "entrycontent", "postcontent", "postbody", "posttext", "postentry", "blogcontent", "storybody",
    "storycontent", "storytext", "bodytext", "bodycopy", "bodycontent", "contentbody", "contentmain",
    "singlecontent", "themecontent", "newscontent", "newstext", "textcontent", "fieldbody",
];

/// Elements and roles that are never part of the content.
const ROLES: [&str; 7] =
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"];

/// What an element seems to hold instead of content. `in_article`: inside `main` or `article`, whose headers are content.
pub(super) fn furniture(name: &str, attributes: &Attributes<'_>, in_article: bool) -> Option<Furniture> {
    match name {
        "nav" | "aside" | "footer" | "dialog" | "menu" => Some(Furniture::Landmark),
        "header" if !in_article => Some(Furniture::Landmark),
        "form" => Some(Furniture::Form),
        // They hold the page, whatever their class.
        "html" | "body" | "main" => None,
        _ if attributes.any_word("role", &ROLES) => Some(Furniture::Landmark),
        _ => {
            let class = attributes.get("class").unwrap_or_default();
            let by_class =
                class.split_ascii_whitespace().filter_map(of_class).min_by_key(|found| match found {
                    Furniture::Comments => 0,
                    Furniture::Box(_) => 1,
                    _ => 2,
                });
            by_class.or_else(|| {
                let boxes = matches!(name, "div" | "section" | "ul" | "ol" | "table");
                attributes.get("id").filter(|_| boxes).and_then(of_id)
            })
        }
    }
}

/// The words of a class or id in lower case: `relatedLinks`, `related-links` and `related_links` have the same two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for letter in name.chars() {
        let parts = matches!(letter, '-' | '_' | ':' | '.');
        if parts || (lower && letter.is_ascii_uppercase()) {
            words.push(String::new());
        }
        lower = letter.is_ascii_lowercase();
        if let Some(word) = words.last_mut().filter(|_| !parts) {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a class says.
fn of_class(class: &str) -> Option<Furniture> {
    // Programs make such names; they are no words.
    if class.len() > 100 {
        return None;
    }
    let words = words(class);
    let first = words.first()?.as_str();
    // `has-sidebar`, `no-ads` tell about the surroundings, not about the element; `ad-free`, `share-price` are other words.
    if matches!(first, "has" | "no" | "with" | "without" | "is" | "hide") {
        return None;
    }
    let pair = |of: &str, next: &[&str]| {
        words.windows(2).any(|two| two[0] == of && next.iter().any(|next| two[1].starts_with(next)))
    };
    if words.iter().any(|word| COMMENTS.contains(&word.as_str())) {
        return Some(Furniture::Comments);
    }
    let index = |list: &[&str]| {
        words
            .iter()
            .find_map(|word| list.iter().position(|known| known == word))
            .and_then(|at| u8::try_from(at).ok())
    };
    if let Some(at) = index(&BOXES) {
        return Some(Furniture::Box(at));
    }
    let by_pair = [
        ("social", &["share", "link", "media", "icon", "button", "follow", "bar", "network"][..], "sharing"),
        ("sign", &["up", "in"][..], "signup"),
        ("skip", &["link"][..], "navigation"),
        ("author", &["bio", "box", "info", "about"][..], "authorbio"),
        ("about", &["author"][..], "authorbio"),
        ("tag", &["list", "cloud"][..], "tags"),
        ("most", &["read", "popular", "viewed"][..], "popular"),
        ("more", &["stories", "news", "articles", "from", "on"][..], "related"),
        ("see", &["also"][..], "related"),
        ("also", &["read", "on"][..], "related"),
        ("next", &["article", "story", "post"][..], "related"),
        ("prev", &["article", "story", "post"][..], "related"),
    ];
    if let Some((.., word)) = by_pair.iter().find(|(of, next, _)| pair(of, next)) {
        let at = BOXES.iter().position(|known| known == word)?;
        return u8::try_from(at).ok().map(Furniture::Box);
    }
    if pair("read", &["more", "next"]) {
        let at = LAYOUT.iter().position(|known| *known == "readmore")?;
        return u8::try_from(at).ok().map(Furniture::Layout);
    }
    let layout = index(&LAYOUT)?;
    // `menu` and `bottom` alone or last; elsewhere they name a place.
    let placed = matches!(LAYOUT[usize::from(layout)], "menu" | "bottom");
    (!placed || words.last().is_some_and(|last| last == LAYOUT[usize::from(layout)] && words.len() <= 2))
        .then_some(Furniture::Layout(layout))
}

/// What an id says. Far fewer words than for classes: many sites make the id of a heading from its words.
fn of_id(id: &str) -> Option<Furniture> {
    let id = id.to_ascii_lowercase();
    let known = |words: &[&str]| {
        words.iter().any(|known| {
            id == *known || id.strip_prefix(known).is_some_and(|rest| rest.starts_with(['-', '_', 's']))
        })
    };
    let list = |list: &[&str], word: &str| {
        list.iter().position(|known| *known == word).and_then(|at| u8::try_from(at).ok())
    };
    if known(&["comment", "disqus", "respond"]) {
        Some(Furniture::Comments)
    } else if known(&[
        "cookie",
        "newsletter",
        "breadcrumb",
        "global-cookie-message",
        "related",
        "footer",
        "nav",
        "share",
    ]) {
        list(&BOXES, "cookie").map(Furniture::Box)
    } else if known(&["sidebar", "menu"]) {
        list(&LAYOUT, "sidebar").map(Furniture::Layout)
    } else {
        None
    }
}

/// True if the element declares that it holds the text of an article.
pub(super) fn is_body(name: &str, attributes: &Attributes<'_>) -> bool {
    if !matches!(name, "div" | "section" | "article" | "main" | "td" | "span") {
        return false;
    }
    let plain = |name: &str| -> String {
        name.chars()
            .filter(|letter| !matches!(letter, '-' | '_'))
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    attributes.any_word("itemprop", &["articleBody"])
        || ["class", "id"]
            .iter()
            .filter_map(|of| attributes.get(of))
            .flat_map(str::split_ascii_whitespace)
            .any(|name| {
                name.len() <= 60 && {
                    let name = plain(name);
                    BODIES.iter().any(|body| name.contains(body))
                }
            })
}
