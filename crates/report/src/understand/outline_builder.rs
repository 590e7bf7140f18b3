//! Turns elements into paragraphs, and their headings into the outline.
//!
//! Sections nest by level, as in HTML: a heading closes every open section of its level or below. Two rules of the field
//! come on top. Generic headings (`Inspection findings`) recur under every area at any level; they nest under the last
//! heading with a theme. And from 2015 on a lone row of label and grade heads the findings on its area like a heading.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use quotable_profile::{Area, AreaRules, Pattern, Profile};

use crate::element::{Element, ElementKind};
use crate::judgement::find::{graded_row, is_graded_row};
use crate::paragraph::{Paragraph, Role};
use crate::report::Report;
use crate::section::Section;
use crate::understand::long_text::{self, LONGEST_PARAGRAPH};

/// The level of a section that a row of label and grade opens: below the parts of a report.
const GRADED_ROW_LEVEL: u8 = 2;

/// Adds the elements to `report` as paragraphs and sections. `check` is called before each element, and an error from it
/// ends the work.
pub(super) fn add_paragraphs<E>(
    report: &mut Report,
    elements: Vec<Element>,
    profile: &Profile,
    check: &dyn Fn() -> Result<(), E>,
) -> Result<(), E> {
    let lone_rows = lone_graded_rows(&elements, profile);
    let mut open = OpenSections::default();
    let mut in_imprint = false;
    for (index, element) in elements.into_iter().enumerate() {
        check()?;
        in_imprint |= is_in(profile.rules.imprint.as_ref(), element.text());
        if !in_imprint {
            if let ElementKind::Heading(level) = element.kind {
                let below_theme = open
                    .level_below_theme(&report.sections, profile)
                    .filter(|_| is_generic(element.text(), profile));
                let title = long_text::shorten(element.text());
                let section = Section::new(title, below_theme.unwrap_or(level));
                open_section(report, section, element.page(), &mut open, profile);
            } else if let Some((label, area)) =
                graded_row(&element, profile).filter(|_| lone_rows.contains(&index))
                && !open.is_on(&report.sections, area)
            {
                let mut section = Section::new(long_text::shorten(label), GRADED_ROW_LEVEL);
                // A label that the profile does not know is an area of its own.
                section.area = Area::from_label(label).filter(|_| area.is_none());
                open_section(report, section, element.page(), &mut open, profile);
            }
        }
        if let ElementKind::Row(cells) = &element.kind
            && is_prose_table(report, &open, profile)
        {
            let section = open.innermost().filter(|_| !in_imprint);
            for bytes in cell_bytes(&element.content.text, cells) {
                let mut paragraph = Paragraph::new("");
                element.content.text[bytes.clone()].clone_into(&mut paragraph.text);
                paragraph.pages = element.content.pages.part(bytes);
                paragraph.section = section;
                long_text::push(report, paragraph, LONGEST_PARAGRAPH);
            }
            continue;
        }
        let role = match element.kind {
            ElementKind::Heading(_) => Role::Heading,
            ElementKind::Bullet => Role::Bullet,
            ElementKind::Row(_) => Role::Table,
            ElementKind::Note => Role::Note,
            ElementKind::Text | ElementKind::Contents if in_imprint => Role::Imprint,
            ElementKind::Text if element.quoted => Role::Quote,
            ElementKind::Text | ElementKind::Contents => Role::Body,
        };
        let paragraph = Paragraph {
            role,
            number: element.number,
            section: open.innermost().filter(|_| !in_imprint),
            // Found when it is added.
            sentences: Vec::new(),
            text: element.content.text,
            pages: element.content.pages,
            fields: BTreeMap::new(),
        };
        long_text::push(report, paragraph, LONGEST_PARAGRAPH);
    }
    Ok(())
}

/// Adds a section inside the open sections of a higher level. Theme and area are its own, else those of its parent.
fn open_section(
    report: &mut Report,
    mut section: Section,
    page: Option<u32>,
    open: &mut OpenSections,
    profile: &Profile,
) {
    open.close(section.level);
    section.parent = open.innermost();
    section.page = page;
    let parent = section.parent.and_then(|index| report.sections.get(index as usize));
    debug_assert_eq!(parent.is_some(), section.parent.is_some(), "open sections are sections of the report");
    if section.area.is_none() {
        let own = profile.rules.theme(&section.title);
        section.area = match &own {
            Some((_, area)) => area.map(|area| area.name.clone()),
            None => parent.and_then(|parent| parent.area.clone()),
        };
        section.theme = match own {
            Some((theme, _)) => Some(theme.to_owned()),
            None => parent.and_then(|parent| parent.theme.clone()),
        };
    }
    section.grade = section.area.as_ref().and_then(|area| report.grade(area)).cloned();
    open.push(report.sections.len(), section.level);
    report.sections.push(section);
}

/// True if the rows of tables below the innermost heading are paragraphs.
fn is_prose_table(report: &Report, open: &OpenSections, profile: &Profile) -> bool {
    let heading = open.innermost().and_then(|index| report.sections.get(index as usize));
    heading.is_some_and(|section| is_in(profile.rules.sections.prose_tables.as_ref(), &section.title))
}

/// The bytes of each cell in the text of its row.
fn cell_bytes(row: &str, cells: &[String]) -> Vec<Range<usize>> {
    let mut end = 0;
    let bytes = cells.iter().filter(|cell| !cell.is_empty()).filter_map(|cell| {
        let start = end + row.get(end..)?.find(cell.as_str())?;
        end = start + cell.len();
        Some(start..end)
    });
    bytes.collect()
}

fn is_in(patterns: Option<&Vec<Pattern>>, text: &str) -> bool {
    patterns.into_iter().flatten().any(|pattern| pattern.is_in(text))
}

/// The sections open at the current element: index and level, outermost first.
#[derive(Debug, Default)]
struct OpenSections(Vec<(u32, u8)>);

impl OpenSections {
    fn push(&mut self, index: usize, level: u8) {
        debug_assert!(
            u32::try_from(index).is_ok(),
            "a file fits in memory, and a heading takes more than a byte"
        );
        self.0.push((u32::try_from(index).unwrap_or(u32::MAX), level));
    }

    fn innermost(&self) -> Option<u32> {
        self.0.last().map(|&(index, _)| index)
    }

    /// True if the innermost section is on this area.
    fn is_on(&self, sections: &[Section], area: Option<&AreaRules>) -> bool {
        let innermost = self.innermost().and_then(|index| sections.get(index as usize));
        area.is_some_and(|area| innermost.and_then(|section| section.area.as_ref()) == Some(&area.name))
    }

    /// Closes the sections that a heading of this level ends.
    fn close(&mut self, level: u8) {
        while self.0.last().is_some_and(|&(_, open)| open >= level) {
            self.0.pop();
        }
    }

    /// The level below the innermost section whose own heading has a theme.
    fn level_below_theme(&self, sections: &[Section], profile: &Profile) -> Option<u8> {
        let has_theme = |index: u32| {
            sections.get(index as usize).is_some_and(|section| profile.rules.theme(&section.title).is_some())
        };
        let themed = self.0.iter().rev().find(|&&(index, _)| has_theme(index));
        themed.map(|&(_, level)| level.saturating_add(1))
    }
}

/// Indices of the rows of an area and its grade without another such row beside them. Several in a row are the table of
/// judgements, which heads no findings.
fn lone_graded_rows(elements: &[Element], profile: &Profile) -> HashSet<usize> {
    let without_notes: Vec<usize> =
        (0..elements.len()).filter(|&index| elements[index].kind != ElementKind::Note).collect();
    let is_row = |at: usize, test: &dyn Fn(&Element) -> bool| {
        without_notes.get(at).is_some_and(|&index| test(&elements[index]))
    };
    let graded = |at: usize| is_row(at, &|element| graded_row(element, profile).is_some());
    // The grade of the last inspection is a neighbour too.
    let beside = |at: usize| is_row(at, &|element| is_graded_row(element, profile));
    (0..without_notes.len())
        .filter(|&at| graded(at))
        .filter(|&at| !beside(at + 1) && !at.checked_sub(1).is_some_and(beside))
        .map(|at| without_notes[at])
        .collect()
}

/// True for a heading that recurs under every area.
fn is_generic(heading: &str, profile: &Profile) -> bool {
    let lower = heading.trim_end_matches([':', '.']).to_lowercase();
    profile.rules.sections.generic.iter().flatten().any(|generic| *generic == lower)
}
