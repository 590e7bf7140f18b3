//! Press articles: what of a page of the press is the article.
//!
//! The rules know no newspaper. They go by what such pages share: prose ends in a full stop and menus do not; boxes open
//! with set words; a teaser names its picture and then repeats the name; where a box opens and little prose
//! follows it, the article is over.

mod line;

use std::collections::HashSet;

use quotable_read::Document;

use crate::Date;
use crate::metadata::Declared;
use crate::unit::{Kind, Unit};
use line::{Line, byline, has_quotation, is_boxed, is_caption, is_end, is_furniture, printed_date};

/// What the head of an article says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<Date>,
}

/// True if a document reads as an article in the press about an inspection.
pub(crate) fn is_article(document: &Document, units: &[Unit]) -> bool {
    let declared = Declared::of(document);
    let kind = declared.get(&["type", "kind"]).map(str::to_lowercase);
    if kind.as_ref().is_some_and(|kind| kind.contains("article") || kind.contains("press")) {
        return true;
    }
    if document.pages > 0 || !matches!(document.format.as_str(), "text" | "html") {
        return false;
    }
    let texts = || units.iter().map(|unit| unit.text().to_lowercase());
    let on_inspection = texts().any(|text| text.contains("ofsted") || text.contains("inspect"));
    let says = ["said", "says", "told", "added", "stated", "found", "warn", "continued"];
    let speech = texts().any(|text| {
        has_quotation(&text)
            && text.split(|letter: char| !letter.is_alphabetic()).any(|word| says.contains(&word))
    });
    let headed = || units.iter().take(HEAD).any(|unit| byline(unit.text()).is_some_and(|byline| byline.sure));
    on_inspection && (speech || headed())
}

/// How many units from the beginning, at most, stand before an article's text.
const HEAD: usize = 30;

/// How many units into the text a byline or date may stand, behind a sentence that sums the article up.
const INTO_TEXT: usize = 3;

/// Bytes; what is longer and stands twice was written twice.
const LONGEST_REPEATED: usize = 200;

/// Leaves of the units those that are the article, and says what its head says.
pub(crate) fn trim(units: &mut Vec<Unit>, document: &Document) -> Head {
    let mut head = take_head(units, document);
    let declared = Declared::of(document);
    head.title = head.title.or_else(|| declared.get(&["title"]).map(without_site));
    head.byline = head.byline.or_else(|| declared.get(&["author", "byline"]).map(str::to_owned));
    // What the page's machine wrote is the surer date: the printed one may be that of a change.
    head.published = declared.published().or(head.published);
    drop_repeated(units);
    drop_boxes(units);
    drop_runs(units);
    while units.last().is_some_and(|unit| unit.kind == Kind::Text && Line::of(unit).is_short()) {
        units.pop();
    }
    head
}

/// A title without the name of the site behind it: `Leaders are new | The Mercury`.
fn without_site(title: &str) -> String {
    let ends = [" | ", " – ", " — ", " - "].iter().filter_map(|bar| title.rfind(bar));
    let end = ends.max().filter(|end| title[..*end].split_whitespace().count() >= 4);
    title[..end.unwrap_or(title.len())].trim().to_owned()
}

/// Takes title, byline and date from the front, with all that stands before and between them and is not prose.
fn take_head(units: &mut Vec<Unit>, document: &Document) -> Head {
    let text = units.iter().take(HEAD).position(|unit| Line::of(unit).begins_text()).unwrap_or(0);
    let marked = units.iter().position(|unit| unit.kind == Kind::Heading(1) && Line::of(unit).words >= 3);
    let title = marked.or_else(|| title(&units[..text]));
    let mut head = Head { title: title.map(|at| units[at].text().to_owned()), ..Head::default() };
    let reach = (text.max(title.map_or(0, |title| title + 1)) + INTO_TEXT).min(units.len());
    let is_date = |at: usize| {
        let line = Line::of(&units[at]);
        Some(at) != title && line.words <= 14 && !line.ends && printed_date(units[at].text()).is_some()
    };
    let dated: Vec<usize> = (0..reach).filter(|&at| is_date(at)).collect();
    head.published = dated.first().and_then(|&at| printed_date(units[at].text()));
    // A bare name is a byline only beside a date, and above the text.
    let by = (0..reach).filter(|at| Some(*at) != title).find_map(|at| {
        let found = byline(units[at].text())?;
        let beside = dated.iter().any(|&date| date.abs_diff(at) <= 1) && at < text;
        (found.sure || beside).then_some((at, found.name))
    });
    head.byline = by.as_ref().map(|(_, name)| name.clone());
    if document.format == "html" && title.is_none() && by.is_none() && dated.is_empty() {
        return head;
    }
    let mut at = 0;
    units.retain_mut(|unit| {
        let this = at;
        at += 1;
        if Some(this) == title {
            unit.kind = Kind::Heading(1);
            return true;
        }
        let of_head = dated.contains(&this) || by.as_ref().is_some_and(|(by, _)| *by == this);
        let above_title = title.is_some_and(|title| this < title) && this < text.max(1);
        let between = this < text && (Line::of(unit).words < 4 || is_furniture(unit.text()));
        !(of_head || above_title || between)
    });
    head
}

/// The title among the lines above the text: the first that is about as long as the longest.
fn title(head: &[Unit]) -> Option<usize> {
    let words = |unit: &Unit| {
        let line = Line::of(unit);
        let other = is_furniture(unit.text())
            || printed_date(unit.text()).is_some() && line.words <= 8
            || byline(unit.text()).is_some_and(|byline| byline.sure);
        if other || line.words > 30 { 0 } else { line.words }
    };
    let longest = head.iter().map(words).max().filter(|longest| *longest >= 4)?;
    head.iter().position(|unit| words(unit) * 5 >= longest * 3)
}

/// Drops what says again what was said: a headline that stands again as a link; and teasers, which name their picture,
/// repeat the name as a headline, and go on with a sentence.
fn drop_repeated(units: &mut Vec<Unit>) {
    let mut keep = vec![true; units.len()];
    let mut said: HashSet<&str> = HashSet::new();
    let mut teasers = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let text = unit.text();
        keep[at] &= text.len() > LONGEST_REPEATED || said.insert(text);
        let picture = text.strip_suffix(" image").or_else(|| text.strip_suffix(" photo"));
        if picture.is_some() && picture == units.get(at + 1).map(Unit::text) {
            keep[at..units.len().min(at + 3)].fill(false);
            teasers.push(at);
        }
    }
    // Two teasers are the end of the article.
    if let [first, _, ..] = teasers.as_slice() {
        keep[*first..].fill(false);
    }
    retain(units, &keep);
}

/// Drops adverts, sign-up lines, captions, teasers and all that stands behind the article.
fn drop_boxes(units: &mut Vec<Unit>) {
    let is_text = |unit: &Unit| Line::of(unit).is_prose() && !is_furniture(unit.text());
    let mut prose = units.iter().filter(|unit| is_text(unit)).count();
    let mut keep = vec![false; units.len()];
    let count = units.len();
    let mut boxed = false;
    let mut advert = false;
    for (at, unit) in units.iter_mut().enumerate() {
        prose -= usize::from(is_text(unit));
        let line = Line::of(unit);
        if unit.kind == Kind::Heading(1) {
            keep[at] = true;
        } else if is_end(unit.text()) && prose * 2 < count - at {
            break;
        } else if is_end(unit.text()) || is_boxed(unit.text()) {
            boxed = true;
            advert = unit.text().to_lowercase().starts_with("advert");
        } else if is_caption(unit.text()) {
            // A caption may quote what the text does not; whoever checks quotations finds it among the notes.
            keep[at] = has_quotation(unit.text());
            unit.kind = Kind::Note;
        } else if !is_furniture(unit.text()) || matches!(unit.kind, Kind::Row(_) | Kind::Note) {
            // What follows a box's opening belongs to it until prose comes; an advert has a paragraph of its own.
            let of_advert = std::mem::take(&mut advert) && line.words <= 40 && !has_quotation(unit.text());
            boxed &= !line.is_prose();
            keep[at] = !(of_advert || (boxed && line.is_short()));
        }
    }
    retain(units, &keep);
}

/// Drops three and more lines in a row that are no prose, as menus are.
fn drop_runs(units: &mut Vec<Unit>) {
    let mut keep = vec![true; units.len()];
    let mut start = 0;
    for at in 0..=units.len() {
        let in_run = units.get(at).is_some_and(|unit| {
            unit.kind == Kind::Text && unit.number.is_none() && Line::of(unit).is_menu_like()
        });
        if !in_run {
            if at - start >= 3 {
                keep[start..at].fill(false);
            }
            start = at + 1;
        }
    }
    retain(units, &keep);
}

/// Leaves those units for which `keep` says so.
fn retain(units: &mut Vec<Unit>, keep: &[bool]) {
    let mut keep = keep.iter();
    units.retain(|_| keep.next().is_some_and(|keep| *keep));
}
