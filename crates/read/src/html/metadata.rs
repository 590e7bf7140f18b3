//! Metadata of a page: title, author, date of publication, type.
//!
//! Sources, from the most to the least deliberate: JSON-LD (schema.org), Open Graph and `article:` properties, Dublin Core
//! and older `meta` names, the `title` and `time` elements.

use serde_json::Value;

use super::element::Attributes;

/// The longest JSON-LD script that is parsed, in bytes. Longer ones are data for a program.
const LONGEST_JSON_LD: usize = 1 << 20;

/// Everything found so far; the most deliberate statement of each property wins.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Property, rank (0 is the most deliberate), value.
    found: Vec<(&'static str, u8, String)>,
    /// The text of the article, if the page gives it as data; the longest.
    article: Option<String>,
}

impl Metadata {
    fn add(&mut self, property: &'static str, rank: u8, value: &str) {
        let value = value.split_ascii_whitespace().collect::<Vec<&str>>().join(" ");
        if !value.is_empty() {
            self.found.push((property, rank, value));
        }
    }

    /// Adds a `meta` element.
    pub(super) fn meta(&mut self, attributes: &Attributes<'_>) {
        let name = ["property", "name", "itemprop"].iter().find_map(|name| attributes.get(name));
        let (Some(name), Some(content)) = (name, attributes.get("content")) else { return };
        match name.to_ascii_lowercase().as_str() {
            "og:title" => self.add("title", 1, content),
            "dc.title" | "dcterms.title" | "twitter:title" => self.add("title", 2, content),
            "author" | "byl" | "dc.creator" | "dcterms.creator" | "parsely-author" => {
                self.add("author", 1, content);
            }
            // Open Graph defines this as the address of a profile; most sites give a name.
            "article:author" if !content.contains("://") => self.add("author", 2, content),
            "article:published_time" | "datepublished" => self.add("published", 1, content),
            "date" | "pubdate" | "publish-date" | "dc.date" | "dc.date.issued" | "dcterms.issued"
            | "dcterms.created" | "dcterms.date" | "parsely-pub-date" => self.add("published", 2, content),
            "og:type" => self.add("type", 2, content),
            _ => {}
        }
    }

    /// Adds a `time` element of the content.
    pub(super) fn time(&mut self, attributes: &Attributes<'_>) {
        if let Some(date) = attributes.get("datetime") {
            let deliberate =
                attributes.get("pubdate").is_some() || attributes.get("itemprop") == Some("datePublished");
            self.add("published", if deliberate { 1 } else { 4 }, date);
        }
    }

    /// Adds the text of the `title` element.
    pub(super) fn title(&mut self, text: &str) {
        self.add("title", 3, text);
    }

    /// Adds a JSON-LD script. One that is malformed is ignored, as browsers do.
    pub(super) fn json_ld(&mut self, text: &str) {
        if text.len() > LONGEST_JSON_LD {
            return;
        }
        // The parser limits depth itself.
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            self.things(&value);
        }
    }

    /// Adds the articles and reports among the things of a graph.
    fn things(&mut self, value: &Value) {
        let graph = value.get("@graph").unwrap_or(value);
        let things = graph.as_array().map_or(std::slice::from_ref(graph), Vec::as_slice);
        for thing in things {
            let kind = thing.get("@type");
            let kind =
                kind.and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str())).unwrap_or_default();
            let headline = thing.get("headline").and_then(Value::as_str);
            if !(kind.ends_with("Article") || kind == "BlogPosting" || kind == "Report" || headline.is_some())
            {
                continue;
            }
            self.add("type", 1, kind);
            self.add("title", 0, headline.unwrap_or_default());
            self.add("published", 0, thing.get("datePublished").and_then(Value::as_str).unwrap_or_default());
            let body = thing.get("articleBody").and_then(Value::as_str).unwrap_or_default();
            if body.len() > self.article.as_deref().map_or(0, str::len) {
                self.article = Some(body.to_owned());
            }
            let Some(author) = thing.get("author") else { continue };
            let authors = author.as_array().map_or(std::slice::from_ref(author), Vec::as_slice);
            let names = authors.iter().filter_map(|author| author.get("name").unwrap_or(author).as_str());
            self.add("author", 0, &names.collect::<Vec<&str>>().join(", "));
        }
    }

    /// Takes the text of the article that the page gives as data, as HTML: some sites give plain text with line breaks.
    pub(super) fn take_article(&mut self) -> Option<String> {
        let text = self.article.take()?;
        let marked_up = ["<p", "<br", "&lt;p"].iter().any(|mark| text.contains(mark));
        Some(if marked_up { text } else { text.replace('<', "&lt;").replace('\n', "<p>") })
    }

    /// True if the page says that it is an article in the press.
    pub(super) fn is_article(&self) -> bool {
        self.found
            .iter()
            .any(|(property, _, value)| *property == "type" && value.to_ascii_lowercase().contains("article"))
    }

    /// The properties found, each once.
    pub(super) fn into_properties(self) -> Vec<(String, String)> {
        let best = |property: &str| {
            let of_it = self.found.iter().filter(|(name, ..)| *name == property);
            of_it.min_by_key(|(_, rank, _)| *rank).map(|(name, _, value)| ((*name).to_owned(), value.clone()))
        };
        ["title", "author", "published", "type"].iter().filter_map(|property| best(property)).collect()
    }
}
