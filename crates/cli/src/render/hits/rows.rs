//! Hits as rows: a paragraph each, or a sentence each, with the citation in parts.

use std::io::{self, Write};
use std::ops::Range;

use quotable::Hit;
use quotable::report::Citation;

use super::{Shown, Style};
use crate::render::csv::{self, Cell};

/// The columns, between those of groups and those of the context.
const HEAD: [&str; 25] = [
    "id",
    "text",
    "from_byte",
    "to_byte",
    "matched",
    "occurrences",
    "score",
    "role",
    "theme",
    "boilerplate",
    "authority",
    "urn",
    "title",
    "framework",
    "inspected_from",
    "inspected_to",
    "published",
    "section",
    "grade",
    "paragraph",
    "page",
    "page_end",
    "path",
    "citation",
    "complete",
];
const GROUP: [&str; 4] = ["group_by", "group", "group_occurrences", "group_paragraphs"];
const CONTEXT: [&str; 2] = ["before", "after"];
/// What parts two paragraphs in one cell.
const BETWEEN: &str = " ¶ ";
/// What parts two matches in one cell.
const AND: &str = " | ";

/// The names of the columns.
pub(super) fn head(out: &mut dyn Write, style: Style) -> io::Result<()> {
    let group = style.group.map(|_| GROUP).into_iter().flatten();
    let context = style.context.then_some(CONTEXT).into_iter().flatten();
    let names: Vec<_> = group.chain(HEAD).chain(context).map(|name| Cell::text(Some(name))).collect();
    csv::row(out, &names, style.raw)
}

/// A row, or one for each sentence that matches.
pub(super) fn hit(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let hit = shown.hit;
    let parts =
        if style.sentences { hit.matched_sentences() } else { std::iter::once(0..hit.text.len()).collect() };
    for part in parts {
        let mut cells = Vec::with_capacity(GROUP.len() + HEAD.len() + CONTEXT.len());
        if let (Some(by), Some(group)) = (style.group, shown.group) {
            cells.extend([Cell::text(Some(by)), Cell::text(group.value.as_ref())]);
            cells.extend([group.counts.occurrences, group.counts.paragraphs].map(Cell::Number));
        }
        cells.extend(quoted(hit, part, style.ranked));
        cells.extend(cited(&hit.citation));
        cells.push(Cell::text(Some(style.complete)));
        if style.context {
            cells.extend([shown.before, shown.after].map(|hits| {
                let texts: Vec<_> = hits.iter().map(|hit| hit.text.as_str()).collect();
                Cell::Text(texts.join(BETWEEN))
            }));
        }
        csv::row(out, &cells, style.raw)?;
    }
    Ok(())
}

/// The text of a part, where it stands in the paragraph, and what of it matched.
fn quoted(hit: &Hit, part: Range<usize>, ranked: bool) -> [Cell; 10] {
    let inside = |found: &Range<usize>| found.start < part.end && part.start < found.end;
    let matched: Vec<_> = hit
        .matches
        .iter()
        .filter(|found| inside(found))
        .filter_map(|found| hit.text.get(found.start.max(part.start)..found.end.min(part.end)))
        .collect();
    // An occurrence is counted where it begins, so that those of all sentences add up.
    let occurrences = hit.occurrences.iter().filter(|found| part.contains(&found.start)).count();
    [
        Cell::text(Some(&hit.id)),
        Cell::text(hit.text.get(part.clone())),
        Cell::Number(part.start as u64),
        Cell::Number(part.end as u64),
        Cell::Text(matched.join(AND)),
        Cell::Number(occurrences as u64),
        Cell::text(ranked.then_some(hit.score)),
        Cell::text(Some(hit.role.as_str())),
        Cell::text(hit.theme.as_ref()),
        Cell::text(hit.boilerplate),
    ]
}

fn cited(citation: &Citation) -> [Cell; 14] {
    [
        Cell::text(citation.authority.as_ref()),
        Cell::text(citation.urn.as_ref()),
        Cell::text(citation.title.as_ref()),
        Cell::text(citation.framework.map(|framework| framework.as_str())),
        Cell::text(citation.inspected.map(|period| period.start)),
        Cell::text(citation.inspected.map(|period| period.end)),
        Cell::text(citation.published),
        Cell::text(citation.section()),
        Cell::text(citation.grade.map(|grade| grade.as_str())),
        Cell::text(citation.paragraph.as_ref()),
        Cell::text(citation.page),
        Cell::text(citation.page_end),
        Cell::text(Some(&citation.path)),
        Cell::text(Some(citation)),
    ]
}
