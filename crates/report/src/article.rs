//! Finds the article on a page of the press: title, byline, date and text.
//!
//! The rules know no newspaper. Like the boilerplate removal of Kohlschütter, Fankhauser and Nejdl, "Boilerplate
//! Detection using Shallow Text Features" (WSDM 2010), they go by shallow features that such pages share: prose ends in a
//! full stop and is long, menus are short lines in a row; boxes open with set words; a teaser names its picture and
//! repeats the name as its headline; and where a box opens and little prose follows, the article is over.

mod line;

use std::collections::HashSet;

use quotable_read::Document;

use crate::article::line::{
    LineForm, byline, ends_article, has_quotation, is_caption, is_navigation, opens_box, printed_date,
};
use crate::date::Date;
use crate::element::{Element, ElementKind};
use crate::metadata::declared::Declared;

/// The head of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<Date>,
}

/// Elements from the front that may come before the text of an article.
const HEAD: usize = 30;
/// Elements into the text where a byline or date may still be, behind a sentence that sums the article up.
const HEAD_IN_TEXT: usize = 3;
/// Bytes; longer text that occurs twice was written twice.
const LONGEST_REPEATED: usize = 200;
/// Words; a shorter heading is a site's name or a section of it, not a title.
const SHORTEST_TITLE: usize = 3;
/// Numbered paragraphs; articles have fewer.
const NUMBERED: usize = 5;
/// Lines in a row without prose; from here on they are a menu.
const MENU_LINES: usize = 3;

/// True if a document reads as an article in the press about an inspection: it declares so, or it mentions an inspection
/// and has a byline or quotes somebody.
pub(crate) fn is_article(document: &Document, elements: &[Element]) -> bool {
    let declared = Declared::of(document);
    let kind = declared.get(&["type", "kind"]).map(str::to_lowercase);
    if kind.as_ref().is_some_and(|kind| kind.contains("article") || kind.contains("press")) {
        return true;
    }
    if document.pages > 0 || !(document.format == "text" || is_page(document)) {
        return false;
    }
    // Articles number no paragraphs: a document that does is not cut.
    if elements.iter().filter(|element| element.number.is_some()).count() >= NUMBERED {
        return false;
    }
    let texts = || elements.iter().map(|element| element.text().to_lowercase());
    // Press articles about other things are stored as other documents.
    let on_inspection = texts().any(|text| text.contains("ofsted") || text.contains("inspect"));
    let verbs = ["said", "says", "told", "added", "stated", "found", "warn", "continued"];
    let quotes = texts().any(|text| {
        has_quotation(&text)
            && text.split(|letter: char| !letter.is_alphabetic()).any(|word| verbs.contains(&word))
    });
    let has_byline = || {
        elements.iter().take(HEAD).any(|element| byline(element.text()).is_some_and(|byline| byline.marked))
    };
    on_inspection && (quotes || has_byline())
}

/// True for a web page, and for one saved as one file.
fn is_page(document: &Document) -> bool {
    matches!(document.format.as_str(), "html" | "mhtml")
}

/// Reduces `elements` to the text of the article and returns its head.
pub(crate) fn trim(elements: &mut Vec<Element>, document: &Document) -> Head {
    let mut head = take_head(elements, document);
    let declared = Declared::of(document);
    head.title = head.title.or_else(|| declared.get(&["title"]).map(without_site));
    head.byline = head.byline.or_else(|| declared.get(&["author", "byline"]).map(str::to_owned));
    // The declared date comes first: the printed one may be that of a change.
    head.published = declared.published().or(head.published);
    drop_repeated(elements);
    drop_boxes(elements);
    drop_menus(elements);
    while elements
        .last()
        .is_some_and(|element| element.kind == ElementKind::Text && LineForm::of(element).is_short())
    {
        elements.pop();
    }
    head
}

/// A page's title without the name of the site: `Leaders are new at the council | The Mercury`.
fn without_site(title: &str) -> String {
    let ends = [" | ", " – ", " — ", " - "].iter().filter_map(|bar| title.rfind(bar));
    let end = ends.max().filter(|end| title[..*end].split_whitespace().count() >= 4);
    title[..end.unwrap_or(title.len())].trim().to_owned()
}

/// Takes title, byline and date from the front, and removes everything before and between them that is no prose. The
/// title stays as a heading.
fn take_head(elements: &mut Vec<Element>, document: &Document) -> Head {
    let text =
        elements.iter().take(HEAD).position(|element| LineForm::of(element).begins_text()).unwrap_or(0);
    let marked = elements.iter().position(|element| {
        element.kind == ElementKind::Heading(1) && LineForm::of(element).words >= SHORTEST_TITLE
    });
    let title = marked.or_else(|| title(&elements[..text]));
    let mut head = Head { title: title.map(|at| elements[at].text().to_owned()), ..Head::default() };
    let reach = (text.max(title.map_or(0, |title| title + 1)) + HEAD_IN_TEXT).min(elements.len());
    let is_date = |at: usize| {
        let line = LineForm::of(&elements[at]);
        Some(at) != title
            && line.words <= 14
            && !line.ends_sentence
            && printed_date(elements[at].text()).is_some()
    };
    let dated: Vec<usize> = (0..reach).filter(|&at| is_date(at)).collect();
    head.published = dated.first().and_then(|&at| printed_date(elements[at].text()));
    // Without `By` a name is a byline only above the text and beside a date.
    let by = (0..reach).filter(|at| Some(*at) != title).find_map(|at| {
        let found = byline(elements[at].text())?;
        let beside_date = dated.iter().any(|&date| date.abs_diff(at) <= 1) && at < text;
        (found.marked || beside_date).then_some((at, found.name))
    });
    head.byline = by.as_ref().map(|(_, name)| name.clone());
    // HTML readers leave most menus out: without a head to anchor on, dropping more would lose text.
    if is_page(document) && title.is_none() && by.is_none() && dated.is_empty() {
        return head;
    }
    let mut next = 0;
    elements.retain_mut(|element| {
        let at = next;
        next += 1;
        if Some(at) == title {
            element.kind = ElementKind::Heading(1);
            return true;
        }
        let in_head = dated.contains(&at) || by.as_ref().is_some_and(|(by, _)| *by == at);
        let above_title = title.is_some_and(|title| at < title) && at < text.max(1);
        let between = at < text && (LineForm::of(element).words < 4 || is_navigation(element.text()));
        !(in_head || above_title || between)
    });
    head
}

/// Index of the title among the lines above the text: the first that has three fifths of the words of the longest.
/// Menus, bylines and dates are shorter.
fn title(head: &[Element]) -> Option<usize> {
    let words = |element: &Element| {
        let line = LineForm::of(element);
        let other = is_navigation(element.text())
            || printed_date(element.text()).is_some() && line.words <= 8
            || byline(element.text()).is_some_and(|byline| byline.marked);
        if other || line.words > 30 { 0 } else { line.words }
    };
    let longest = head.iter().map(words).max().filter(|longest| *longest >= 4)?;
    head.iter().position(|element| words(element) * 5 >= longest * 3)
}

/// Drops repeated text: links that repeat the headline, and teasers. A teaser is the name of its picture, the name again
/// as a headline, and one sentence.
fn drop_repeated(elements: &mut Vec<Element>) {
    let mut keep = vec![true; elements.len()];
    let mut seen: HashSet<&str> = HashSet::new();
    let mut teasers = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let text = element.text();
        keep[at] &= text.len() > LONGEST_REPEATED || seen.insert(text);
        let picture = text.strip_suffix(" image").or_else(|| text.strip_suffix(" photo"));
        if picture.is_some() && picture == elements.get(at + 1).map(Element::text) {
            keep[at..elements.len().min(at + 3)].fill(false);
            teasers.push(at);
        }
    }
    // One teaser may interrupt an article; two are the list of other articles below it.
    if let [first, _, ..] = teasers.as_slice() {
        keep[*first..].fill(false);
    }
    retain(elements, &keep);
}

/// For each element, true if the article comes behind it: more words of prose in a row than there are above. The teasers of
/// other articles are short, and headlines part them; what comes above an article is its summary, and lists of links.
fn texts_go_on(elements: &[Element], is_text: impl Fn(&Element) -> bool) -> Vec<bool> {
    /// Paragraphs in a row that are no teaser.
    const PARAGRAPHS: usize = 2;
    let words: Vec<usize> = elements
        .iter()
        .map(|element| if is_text(element) { LineForm::of(element).words } else { 0 })
        .collect();
    // The most words in a row behind each element, and those of the row that begins right behind it.
    let mut longest = vec![0; elements.len()];
    let (mut most, mut row, mut paragraphs) = (0, 0, 0);
    for at in (0..elements.len()).rev() {
        longest[at] = most;
        (row, paragraphs) = if words[at] > 0 { (row + words[at], paragraphs + 1) } else { (0, 0) };
        if paragraphs >= PARAGRAPHS {
            most = most.max(row);
        }
    }
    let mut above = 0;
    let above = words.iter().map(|words| {
        above += words;
        above
    });
    above.zip(longest).map(|(above, behind)| behind > above).collect()
}

/// Drops adverts, invitations to sign up, captions, teasers and everything behind the article.
fn drop_boxes(elements: &mut Vec<Element>) {
    let is_text = |element: &Element| LineForm::of(element).is_prose() && !is_navigation(element.text());
    let mut prose_ahead = elements.iter().filter(|element| is_text(element)).count();
    let goes_on = texts_go_on(elements, is_text);
    let mut keep = vec![false; elements.len()];
    let count = elements.len();
    let mut in_box = false;
    let mut in_advert = false;
    for (at, element) in elements.iter_mut().enumerate() {
        prose_ahead -= usize::from(is_text(element));
        let line = LineForm::of(element);
        if element.kind == ElementKind::Heading(1) {
            keep[at] = true;
        } else if ends_article(element.text()) && prose_ahead * 2 < count - at && !goes_on[at] {
            break;
        } else if ends_article(element.text()) || opens_box(element.text()) {
            in_box = true;
            in_advert = element.text().to_lowercase().starts_with("advert");
        } else if is_caption(element.text()) {
            // A caption may quote what the text does not; as a footnote it stays out of search unless asked for.
            keep[at] = has_quotation(element.text());
            element.kind = ElementKind::Note;
        } else if !is_navigation(element.text())
            || matches!(element.kind, ElementKind::Row(_) | ElementKind::Note)
        {
            // A box lasts until prose comes; an advert has one paragraph of its own.
            let of_advert =
                std::mem::take(&mut in_advert) && line.words <= 40 && !has_quotation(element.text());
            in_box &= !line.is_prose();
            keep[at] = !(of_advert || (in_box && line.is_short()));
        }
    }
    retain(elements, &keep);
}

/// Drops runs of [`MENU_LINES`] or more lines that read like a menu.
fn drop_menus(elements: &mut Vec<Element>) {
    let mut keep = vec![true; elements.len()];
    let mut start = 0;
    for at in 0..=elements.len() {
        let in_run = elements.get(at).is_some_and(|element| {
            element.kind == ElementKind::Text
                && element.number.is_none()
                && LineForm::of(element).is_menu_like()
        });
        if !in_run {
            if at - start >= MENU_LINES {
                keep[start..at].fill(false);
            }
            start = at + 1;
        }
    }
    retain(elements, &keep);
}

/// Keeps the elements whose flag in `keep` is set.
fn retain(elements: &mut Vec<Element>, keep: &[bool]) {
    debug_assert_eq!(elements.len(), keep.len(), "one flag for each element");
    let mut keep = keep.iter();
    elements.retain(|_| keep.next().is_some_and(|keep| *keep));
}
