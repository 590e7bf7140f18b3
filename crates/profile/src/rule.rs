//! Rules: where a fact of a report is printed.

use std::fmt;

use serde::Deserialize;

use crate::name::{Area, FieldName, Grade, Scale};
use crate::pattern::Pattern;

/// A rule that finds one fact. A fact has a list of rules; the first that finds a value gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Where the value is.
    pub place: Place,
    /// The most words of a value; a longer one is not taken.
    pub words: Option<usize>,
    /// A value that one of these matches is not taken.
    pub reject: Vec<Pattern>,
    /// The value ends in front of the first of these texts.
    pub until: Vec<String>,
    /// The order of day and month in numeric dates.
    pub date_order: DateOrder,
    /// True if every value is one of the fact's, joined by `; `.
    pub many: bool,
    /// True to look in the whole report, not in its first pages alone.
    pub anywhere: bool,
    /// Look in this many lines from the front alone.
    pub first: Option<usize>,
}

/// The place of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// In a line that the pattern matches: its group `v`, else the whole line.
    Line(Pattern),
    /// Behind one of these labels: on the same line or in the next cell, else on the next line.
    Label(Vec<Pattern>),
    /// In the title of the report.
    Title(Pattern),
    /// The line above the title.
    AboveTitle,
    /// The first line of the report.
    FirstLine,
    /// The first heading of the report.
    FirstHeading,
    /// The line before one that the pattern matches.
    Before(Pattern),
    /// The line after one that the pattern matches.
    After(Pattern),
    /// In the path of the file, relative to the corpus, with `/`.
    Path(Pattern),
    /// A date in the name of the file.
    FileName,
    /// One of these properties, as the file declares them outside its text.
    Declared(Vec<String>),
}

/// The order of day and month in dates written with digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DateOrder {
    /// `24/12/2024`.
    #[default]
    Dmy,
    /// `12/24/2024`.
    Mdy,
}

/// How the title of a report is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TitleRules {
    /// Patterns of the line that is the title.
    pub opens: Vec<Pattern>,
    /// Patterns of the lines below it that belong to it.
    pub continues: Vec<Pattern>,
    /// The title ends in front of the first of these texts.
    pub ends_before: Vec<String>,
}

/// The rules of a field that is no standard one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldRules {
    /// The name of the field.
    pub name: FieldName,
    /// The type of its values.
    pub kind: FieldKind,
    /// Where its value is.
    pub rules: Vec<Rule>,
}

/// The type of the values of a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FieldKind {
    /// Words.
    #[default]
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
}

/// A scale of grades and the words in which they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScaleRules {
    /// The name of the scale.
    pub name: Scale,
    /// The grades: those with a rank first, best first.
    pub grades: Vec<GradeRules>,
    /// The printed forms, in lower case, each with the index of its grade; longer forms first, so that the first form
    /// that fits is the whole one.
    pub printed: Vec<(String, usize)>,
}

impl ScaleRules {
    /// The grade of a printed form: the index into [`printed`](Self::printed) gives it.
    #[must_use]
    pub fn grade(&self, index: usize) -> Option<&GradeRules> {
        self.grades.get(index)
    }
}

/// A grade of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GradeRules {
    /// The name of the grade.
    pub name: Grade,
    /// Its place on the scale, 1 for the best; `None` for a grade without a place (`not-judged`).
    pub rank: Option<u16>,
}

/// How one area of judgement is told from its printed label.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AreaRules {
    /// The name of the area.
    pub name: Area,
    /// The area is meant if one of these matches the label.
    pub labels: Vec<Pattern>,
    /// Unless one of these does.
    pub unless: Vec<Pattern>,
    /// The theme of the sections on the area.
    pub theme: Option<String>,
    /// An area that shares the grade, where the label matches the pattern.
    pub shares: Option<(Area, Pattern)>,
}

/// One form in which judgements are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JudgementRules {
    /// The forms, tried on each line in this order.
    pub how: Vec<JudgementForm>,
    /// The scale of the grade.
    pub scale: Scale,
    /// The area, where the form names none.
    pub area: Option<Area>,
    /// Only on that many pages from the front.
    pub pages: Option<u32>,
    /// Only below a heading that one of these matches.
    pub under: Vec<Pattern>,
    /// Labels that one of these matches are no judgement of this report (`at previous inspection`).
    pub reject: Vec<Pattern>,
    /// For [`JudgementForm::AfterHeading`]: the heading whose group `area` names the area.
    pub heading: Option<Pattern>,
    /// For [`JudgementForm::AfterHeading`] and [`JudgementForm::Phrase`]: the line that holds the grade.
    pub value: Option<Pattern>,
    /// True if a label that names no known area makes an area of its own.
    pub any_area: bool,
    /// True if every occurrence is a judgement, not the first of each area alone.
    pub many: bool,
}

/// The form of a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum JudgementForm {
    /// A row of a table, an area and its grade: `Safe | Good`.
    Row,
    /// A line that ends in a grade: `Safety  reasonably good`.
    Line,
    /// A sentence with a verb that ends in a grade: `Services are good.`
    Sentence,
    /// A heading that ends in a grade: `Care leavers: good`.
    Heading,
    /// A sentence that holds the words of a grade.
    Phrase,
    /// A line below a heading that names the area: `Regulation 15: Staffing` / `Judgment: Compliant`.
    AfterHeading,
}

/// How sections are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SectionRules {
    /// Headings that the framework prescribes, in lower case, without the grade that some carry.
    pub standard: Option<Vec<String>>,
    /// Patterns of other headings.
    pub headings: Option<Vec<Pattern>>,
    /// Headings that recur under every area, in lower case.
    pub generic: Option<Vec<String>>,
    /// Patterns of headings without a theme, whatever their words.
    pub without_theme: Option<Vec<Pattern>>,
    /// Patterns of headings with their themes.
    pub themes: Option<Vec<(Pattern, String)>>,
    /// Patterns of headings below which the rows of tables are paragraphs.
    pub prose_tables: Option<Vec<Pattern>>,
    /// Patterns of titles: headings of the first level.
    pub titles: Option<Vec<Pattern>>,
    /// Patterns of labelled lines (`Inspection dates: …`), which are no headings and which no text continues.
    pub label_lines: Option<Vec<Pattern>>,
}

/// A fact that every report of a series has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fact {
    /// The authority or provider.
    Authority,
    /// The date of publication.
    Published,
    /// The days of the inspection.
    Inspected,
    /// The inspector in charge.
    LeadInspector,
    /// Judgements.
    Judgements,
    /// The number of the authority or provider.
    Id,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Line(pattern) => write!(f, "pattern {pattern}"),
            Place::Label(labels) => {
                // Labels are compiled with what may stand around them.
                let bare = |label: &Pattern| {
                    let text = label.as_str();
                    let text = text.strip_prefix("(?i)^(?:").unwrap_or(text);
                    text.split_once(r")(?:\(s\))?").map_or(text, |(label, _)| label).to_owned()
                };
                write!(f, "label {}", labels.iter().map(bare).collect::<Vec<_>>().join(" or "))
            }
            Place::Title(pattern) => write!(f, "title {pattern}"),
            Place::AboveTitle => f.write_str("line above-title"),
            Place::FirstLine => f.write_str("line first"),
            Place::FirstHeading => f.write_str("line first-heading"),
            Place::Before(pattern) => write!(f, "before {pattern}"),
            Place::After(pattern) => write!(f, "after {pattern}"),
            Place::Path(pattern) => write!(f, "path {pattern}"),
            Place::FileName => f.write_str("line file-name"),
            Place::Declared(names) => write!(f, "declared {}", names.join(" or ")),
        }
    }
}
