//! From a document to a report: the one way through this crate.

use std::collections::{HashMap, HashSet};

use quotable_read::{Budget, Document, ReadError, ReadErrorKind, Warning};

use crate::article::{self, Head};
use crate::join::Vocabulary;
use crate::judgement::graded_label;
use crate::metadata::{Declared, Metadata, date_in_name, is_title_page_line, metadata};
use crate::unit::{Kind, Unit, units};
use crate::{Area, JudgementScope, Paragraph, Report, ReportKind, Role, Section};
use crate::{furniture, judgement, outline, sentences, theme};

impl Report {
    /// Understands a document. Never fails: what could not be understood is left out, and said in the warnings.
    ///
    /// `path` is where the source stands, relative to the corpus, with `/`; the publication date and the
    /// authority's number are taken from it where the text gives none.
    pub fn from_document(document: &Document, path: &str) -> Self {
        // Nothing can stop it, so that there always is a report.
        Self::understand(document, path, &|| false).unwrap_or_default()
    }

    /// The same within the time of a budget whose clock is running: looked at between the steps, each of which takes
    /// time in proportion to the document.
    ///
    /// # Errors
    /// [`ReadErrorKind::OverBudget`] if the time is used up.
    pub fn from_document_within(document: &Document, path: &str, budget: &Budget) -> Result<Self, ReadError> {
        Self::understand(document, path, &|| budget.is_over()).ok_or_else(|| {
            let message = "the file was read, and too much stands in it to be understood in time; the limit can be raised";
            ReadError::new(ReadErrorKind::OverBudget, message)
        })
    }

    /// `None` if it was stopped.
    fn understand(document: &Document, path: &str, stopped: &dyn Fn() -> bool) -> Option<Self> {
        let go_on = || (!stopped()).then_some(());
        go_on()?;
        let blocks = furniture::strip(document);
        let mut vocabulary = Vocabulary::default();
        for line in blocks.iter().flat_map(|block| &block.lines) {
            vocabulary.add(&line.text);
        }
        go_on()?;
        let mut units = units(&blocks, &vocabulary);
        go_on()?;
        mark_contents(&mut units);
        units.retain(|unit| unit.kind != Kind::Contents);
        join_broken(&mut units, &vocabulary);
        go_on()?;
        outline::mark_headings(&mut units);
        go_on()?;

        let found = metadata(&units, &Declared::of(document), path);
        let judgements = if found.framework.is_some() || !found.inspected.is_empty() {
            judgement::judgements(&units, found.framework)
        } else {
            Vec::new()
        };
        go_on()?;
        let kind = kind(document, &units, &found, !judgements.is_empty());
        let mut report = Self {
            path: path.to_owned(),
            kind,
            pages: document.pages,
            warnings: document.warnings.clone(),
            ..Self::default()
        };
        if kind == ReportKind::Article {
            let Head { title, byline, published } = article::trim(&mut units, document);
            report.title = title;
            report.byline = byline;
            report.published = published.or_else(|| date_in_name(path));
        } else {
            let Metadata { title, authority, framework, inspected, published, lead_inspector } = found;
            report.title = title.or_else(|| first_heading(&units));
            report.authority = authority.filter(|_| kind == ReportKind::Report);
            report.framework = framework;
            report.inspected = inspected;
            report.published = published;
            report.lead_inspector = lead_inspector;
            report.judgements = judgements;
        }
        report.add_paragraphs(units, go_on)?;
        report.warn();
        Some(report)
    }

    fn add_paragraphs(&mut self, units: Vec<Unit>, go_on: impl Fn() -> Option<()>) -> Option<()> {
        let mut open = OpenSections::default();
        let mut imprint = false;
        let lone_rows = lone_graded_rows(&units);
        for (index, unit) in units.into_iter().enumerate() {
            go_on()?;
            imprint |= is_imprint(&unit, self.kind);
            if !imprint {
                if let Kind::Heading(level) = unit.kind {
                    // `Inspection findings` says of what only by what stands above it.
                    let level = open
                        .within_theme(&self.sections)
                        .filter(|_| is_general(unit.text()))
                        .unwrap_or(level);
                    let section = Section::new(unit.text(), level);
                    self.open_section(section, unit.page(), &mut open);
                } else if let Some(label) = graded_label(&unit)
                    .filter(|_| lone_rows.contains(&index))
                    .filter(|label| open.area(&self.sections) != Area::from_label(label))
                {
                    let section = Section::new(label, ROW_LEVEL);
                    self.open_section(section, unit.page(), &mut open);
                }
            }
            let role = match unit.kind {
                Kind::Heading(_) => Role::Heading,
                Kind::Bullet => Role::Bullet,
                Kind::Row(_) => Role::Table,
                Kind::Note => Role::Note,
                Kind::Text | Kind::Contents if imprint => Role::Imprint,
                Kind::Text if unit.quoted => Role::Quote,
                Kind::Text | Kind::Contents => Role::Body,
            };
            self.paragraphs.push(Paragraph {
                role,
                number: unit.number,
                section: open.innermost().filter(|_| !imprint),
                sentences: sentences(&unit.flow.text),
                text: unit.flow.text,
                pages: unit.flow.pages,
            });
        }
        Some(())
    }

    /// Adds a section below those of a higher level, with the theme and area that it names or inherits.
    fn open_section(&mut self, mut section: Section, page: Option<u32>, open: &mut OpenSections) {
        open.close_to(section.level);
        section.parent = open.innermost();
        section.page = page;
        let above = section.parent.and_then(|index| self.sections.get(index as usize));
        let own = theme::of_heading(&section.title);
        section.theme = own.map(str::to_owned).or_else(|| above.and_then(|above| above.theme.clone()));
        section.area = match own {
            Some(_) => Area::from_label(&section.title),
            None => above.and_then(|above| above.area),
        };
        section.grade = section.area.and_then(|area| self.grade(area));
        open.0.push((u32::try_from(self.sections.len()).unwrap_or(u32::MAX), section.level));
        self.sections.push(section);
    }

    /// The grade of an area, the one it shares with another included.
    pub fn grade(&self, area: Area) -> Option<crate::Grade> {
        let own = self.judgements.iter().find(|judgement| judgement.area == area);
        let shared = || {
            let shares = |judgement: &&crate::Judgement| judgement.scope == JudgementScope::Shared;
            self.judgements.iter().find(shares).filter(|_| area == Area::CareLeavers)
        };
        own.or_else(shared).map(|judgement| judgement.grade)
    }

    /// Says what a reader should not trust.
    fn warn(&mut self) {
        if self.kind != ReportKind::Report {
            return;
        }
        let mut missing = Vec::new();
        let mut check = |absent: bool, what| {
            if absent {
                missing.push(what)
            }
        };
        check(self.authority.is_none(), "authority");
        check(self.published.is_none(), "publication date");
        check(self.inspected.is_empty(), "inspection dates");
        check(self.framework.is_none(), "framework");
        check(self.judgements.is_empty(), "judgements");
        for what in missing {
            let code = format!("no-{}", what.replace(' ', "-"));
            self.warnings.push(Warning::new(code, format!("no {what} found")));
        }
        if self.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count() < 5 {
            self.warnings.push(Warning::new("few-paragraphs", "hardly any text was found"));
        }
        self.warn_of_numbers();
    }

    /// Printed numbers run on by one; where one is missing, a paragraph may be.
    fn warn_of_numbers(&mut self) {
        let mut last: Option<u32> = None;
        let mut gaps = Vec::new();
        for paragraph in &self.paragraphs {
            let Some(number) = paragraph.number.as_deref().filter(|_| paragraph.role.is_body()) else {
                continue;
            };
            let Ok(number) = number.parse::<u32>() else { continue };
            if last.is_some_and(|last| number != last + 1 && number != 1) {
                gaps.push((number, paragraph.pages.first()));
            }
            last = Some(number);
        }
        for (number, page) in gaps {
            let warning = Warning::new(
                "number-out-of-order",
                format!("paragraph {number} does not follow the one before it"),
            );
            self.warnings.push(match page {
                Some(page) => warning.on_page(page),
                None => warning,
            });
        }
    }
}

fn kind(document: &Document, units: &[Unit], found: &Metadata, judged: bool) -> ReportKind {
    let numbered = units.iter().filter(|unit| unit.number.is_some()).count();
    // An article's headline may be worded as a report's title; it has nothing else of a report.
    let bare = found.inspected.is_empty() && found.lead_inspector.is_none() && numbered < 5;
    let press = || article::is_article(document, units);
    if (found.framework.is_some() || judged) && !(bare && press()) {
        ReportKind::Report
    } else if press() {
        ReportKind::Article
    } else {
        ReportKind::Other
    }
}

/// The sections that are open while paragraphs are added: index and level, outermost first.
#[derive(Debug, Default)]
struct OpenSections(Vec<(u32, u8)>);

impl OpenSections {
    fn innermost(&self) -> Option<u32> {
        self.0.last().map(|&(index, _)| index)
    }

    /// The area on which the innermost section reports.
    fn area(&self, sections: &[Section]) -> Option<Area> {
        sections.get(self.innermost()? as usize)?.area
    }

    /// Closes those that a heading of this level ends.
    fn close_to(&mut self, level: u8) {
        while self.0.last().is_some_and(|&(_, above)| above >= level) {
            self.0.pop();
        }
    }

    /// The level right below the innermost section that names a theme of its own.
    fn within_theme(&self, sections: &[Section]) -> Option<u8> {
        let names_theme = |index: u32| {
            sections.get(index as usize).is_some_and(|section| theme::of_heading(&section.title).is_some())
        };
        let themed = self.0.iter().rev().find(|&&(index, _)| names_theme(index));
        themed.map(|&(_, level)| level.saturating_add(1))
    }
}

/// The level of a section that a row of label and grade opens: below the parts of a report.
const ROW_LEVEL: u8 = 2;

/// The rows that give an area its grade and stand alone: from 2015 on they head the findings on the area. Several
/// in a row are the table of judgements.
fn lone_graded_rows(units: &[Unit]) -> HashSet<usize> {
    let flowing: Vec<usize> = (0..units.len()).filter(|&index| units[index].kind != Kind::Note).collect();
    let graded = |at: usize| flowing.get(at).is_some_and(|&index| graded_label(&units[index]).is_some());
    (0..flowing.len())
        .filter(|&at| graded(at))
        .filter(|&at| !graded(at + 1) && !at.checked_sub(1).is_some_and(graded))
        .map(|at| flowing[at])
        .collect()
}

/// True for a heading that stands under every area alike.
fn is_general(heading: &str) -> bool {
    let lower = heading.trim_end_matches([':', '.']).to_lowercase();
    matches!(
        lower.as_str(),
        "inspection findings" | "findings" | "summary" | "main findings" | "key findings"
    )
}

/// The title of a document that is no report: its first heading, or a short first line with text below it.
fn first_heading(units: &[Unit]) -> Option<String> {
    let first = units.first()?;
    let heading = units.iter().find(|unit| matches!(unit.kind, Kind::Heading(_)));
    let line = || Some(first).filter(|unit| units.len() > 1 && !unit.text().ends_with(['.', '?', '!', ':']));
    let unit = heading.or_else(line)?;
    (unit.text().chars().count() <= 200).then(|| unit.text().to_owned())
}

/// From here on a report speaks of its publisher, not of the inspection.
fn is_imprint(unit: &Unit, kind: ReportKind) -> bool {
    let text = unit.text();
    let openings = [
        "The Office for Standards in Education, Children",
        "Any complaints about the inspection or the report",
        "If you would like a copy of this document in a different format",
    ];
    kind == ReportKind::Report && openings.iter().any(|opening| text.starts_with(opening))
}

/// Finds tables of contents that the format does not mark: what follows the heading and ends in a page number, or
/// stands on a page with a column of such numbers apart.
fn mark_contents(units: &mut [Unit]) {
    let is_heading =
        |unit: &Unit| matches!(unit.text().to_lowercase().as_str(), "contents" | "table of contents");
    let bare = |unit: &Unit| unit.text().bytes().all(|byte| byte.is_ascii_digit());
    let headed: HashSet<Option<u32>> =
        units.iter().filter(|unit| is_heading(unit)).map(Unit::page).filter(Option::is_some).collect();
    let mut numbers: HashMap<Option<u32>, usize> = HashMap::new();
    for unit in units.iter().filter(|unit| headed.contains(&unit.page()) && bare(unit)) {
        *numbers.entry(unit.page()).or_default() += 1;
    }
    let mut inside: Option<Option<u32>> = None;
    for unit in units {
        let text = unit.text();
        let led = text.contains(".....") || text.contains(". . . .");
        let short = text.chars().count() < 160;
        let numbered = text.ends_with(|letter: char| letter.is_ascii_digit()) && short;
        let apart =
            numbers.get(&unit.page()).is_some_and(|count| *count > 2) && short && !text.ends_with(['.', ';']);
        let heading = is_heading(unit);
        if heading {
            inside = Some(unit.page());
        }
        let listed = (numbered || apart) && unit.number.is_none();
        let goes_on = inside.is_some_and(|page| page == unit.page() && listed);
        if heading || goes_on || (led && numbered) {
            unit.kind = Kind::Contents;
        } else if inside.is_some_and(|page| page != unit.page()) || unit.lines > 3 {
            inside = None;
        }
    }
}

/// Joins paragraphs that a page break cut in two, and the numbers that stand in a block of their own.
fn join_broken(units: &mut Vec<Unit>, vocabulary: &Vocabulary) {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    // The last unit that flows, behind which only notes have come.
    let mut last: Option<usize> = None;
    for unit in units.drain(..) {
        if let Some(index) = last
            && goes_on(&joined[index], &unit)
        {
            let whole = &mut joined[index];
            // What looked like a number was the end of a sentence: `key stage / 2. However`.
            whole.flow.push(&unit.label, unit.page(), vocabulary);
            whole.flow.append(&unit.flow, vocabulary);
            whole.lines += unit.lines;
            continue;
        }
        if unit.is_flowing() {
            last = Some(joined.len());
        } else if unit.kind != Kind::Note {
            last = None;
        }
        joined.push(unit);
    }
    *units = joined;
}

/// Bytes; a text without layout that is longer is no line of a list or of a menu.
const LONG: usize = 200;

/// True if a unit goes on with the one before it.
fn goes_on(above: &Unit, below: &Unit) -> bool {
    if below.kind != Kind::Text || is_title_page_line(above) || is_title_page_line(below) {
        return false;
    }
    let same_letters = match (above.look, below.look) {
        (Some(upper), Some(lower)) => (upper.size - lower.size).abs() < 0.6 && above.bold == below.bold,
        _ => true,
    };
    if !same_letters || above.bold {
        return false;
    }
    let text = above.text().trim_end_matches(['”', '’', '"', '\'', ')', ']']);
    let ended = text.ends_with(['.', '?', '!', ':', ';']);
    let small = below.text().chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_lowercase);
    let aligned = match (above.hanging, below.look) {
        (Some(hanging), Some(look)) => (hanging - look.left).abs() < 4.0,
        // Without layout only the words can tell.
        _ => small,
    };
    let turns = matches!((above.last_page(), below.page()), (Some(upper), Some(lower)) if upper.checked_add(1) == Some(lower));
    if turns && aligned && above.hangs() {
        // Text that stands where a number's or bullet's text hangs, without a label of its own.
        return below.number.is_none() || !ended;
    }
    if below.number.is_some() {
        return false;
    }
    if turns {
        return (!ended && (small || aligned || text.ends_with([',', '-', '–'])))
            || (small && aligned && !text.ends_with([':', ';']));
    }
    // Within a page a format seldom cuts a paragraph; only an unfinished sentence says that it did.
    let same_page = above.last_page() == below.page();
    // Without layout a blank line may stand where a page ended: only a long text is sure to be cut there.
    let long = above.lines > 1 || (above.look.is_none() && above.text().len() > LONG);
    same_page && small && !ended && long && aligned && above.kind == Kind::Text
}

#[cfg(test)]
mod tests {
    use quotable_read::{Block, BlockKind, Line};

    use super::*;

    /// What is left of pages of lines, each a block.
    fn read(pages: &[&[&str]]) -> Vec<String> {
        let mut document = Document::new("test");
        for (number, lines) in (1..).zip(pages) {
            for text in *lines {
                let mut line = Line::plain(*text);
                line.page = Some(number);
                document.blocks.push(Block::new(BlockKind::Paragraph, vec![line]));
            }
        }
        let report = Report::from_document(&document, "test.txt");
        report.paragraphs.into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn contents_with_their_numbers_in_a_column_apart_are_contents() {
        let contents = ["Contents", "The harbour", "The bridge", "Leaders of Hartle", "3", "4", "9"];
        let text = ["The harbour", "The harbour of Hartle is deep."];
        assert_eq!(read(&[&contents, &text]), text);
    }

    #[test]
    fn text_below_contents_stays() {
        let pages: [&[&str]; 1] = [&["Contents", "The harbour 3", "The bridge of Hartle is long and old."]];
        assert_eq!(read(&pages), ["The bridge of Hartle is long and old."]);
    }
}
