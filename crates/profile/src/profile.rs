//! A profile: how to recognise a series of reports, and where its facts are printed.

use crate::name::{Area, FieldName, Framework, Scale};
use crate::pattern::Pattern;
use crate::rule::{AreaRules, Fact, FieldRules, JudgementRules, Rule, ScaleRules, SectionRules, TitleRules};

/// A series of reports of one inspectorate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// The name: `ilacs`. Filters and tables call the series so.
    pub name: Framework,
    /// The kind of inspection in words, as citations print it.
    pub title: Option<String>,
    /// Who inspects.
    pub inspectorate: Option<String>,
    /// Names by which the report's own voice is cited: `Ofsted`, `inspectors`.
    pub voice: Vec<String>,
    /// The year from which reports have this form. Tables list series in this order.
    pub since: Option<u16>,
    /// What the profile was tried on, in words.
    pub tried_on: Option<String>,
    /// How a report of the series is recognised; `None` for a profile that others extend.
    pub recognise: Option<Recognise>,
    /// The name of the file, for messages.
    pub file: String,
    /// The rules, those of the profiles that this one extends included.
    pub rules: Rules,
}

impl Profile {
    /// A profile without rules.
    pub(crate) fn empty() -> Self {
        Self {
            name: Framework::known("general"),
            title: None,
            inspectorate: None,
            voice: Vec::new(),
            since: None,
            tried_on: None,
            recognise: None,
            file: String::new(),
            rules: Rules::default(),
        }
    }
}

/// How a report of a series is recognised, by the lines of its first pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recognise {
    /// Each of these matches a line.
    pub all: Vec<Pattern>,
    /// One of these does.
    pub any: Vec<Pattern>,
    /// None of these does.
    pub none: Vec<Pattern>,
    /// Each of these matches the title.
    pub title: Vec<Pattern>,
    /// None of these matches the title.
    pub not_title: Vec<Pattern>,
    /// The number of first pages that are looked at.
    pub pages: u32,
}

impl Recognise {
    /// True if a report is of the series: `lines` are those of its first pages, `title` is its title.
    pub fn matches<'l>(&self, lines: impl Iterator<Item = &'l str> + Clone, title: Option<&str>) -> bool {
        let in_lines = |pattern: &Pattern| lines.clone().any(|line| pattern.is_in(line));
        let in_title = |pattern: &Pattern| title.is_some_and(|title| pattern.is_in(title));
        self.title.iter().all(in_title)
            && !self.not_title.iter().any(in_title)
            && self.all.iter().all(in_lines)
            && (self.any.is_empty() || self.any.iter().any(in_lines))
            && !self.none.iter().any(in_lines)
    }

    /// How much the profile asks of a report. Of two that recognise one, the more specific has it.
    #[must_use]
    pub fn specificity(&self) -> usize {
        let any = usize::from(!self.any.is_empty());
        self.all.len() + self.title.len() + any + self.none.len() + self.not_title.len()
    }
}

/// The rules of a profile. A part that is `None` is taken from the profile that this one extends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rules {
    /// The title.
    pub title: Option<TitleRules>,
    /// The name of the authority or provider.
    pub authority: Option<Vec<Rule>>,
    /// Its number.
    pub id: Option<Vec<Rule>>,
    /// The name of the register that knows the authorities.
    pub register: Option<String>,
    /// The days of the inspection.
    pub inspected: Option<Vec<Rule>>,
    /// The date of publication.
    pub published: Option<Vec<Rule>>,
    /// The inspector in charge.
    pub lead: Option<Vec<Rule>>,
    /// Fields that are no standard ones.
    pub fields: Vec<FieldRules>,
    /// Scales of grades.
    pub scales: Vec<ScaleRules>,
    /// Areas of judgement, in the order in which a label is compared with them.
    pub areas: Option<Vec<AreaRules>>,
    /// The forms of judgements, the surest first.
    pub judgements: Option<Vec<JudgementRules>>,
    /// Areas whose judgement is a part of another one.
    pub sub_judgements: Option<Vec<Area>>,
    /// Patterns of printed paragraph numbers, each with a group `n`.
    pub numbers: Option<Vec<Pattern>>,
    /// Sections.
    pub sections: SectionRules,
    /// Patterns of the text that begins the closing pages about the publisher.
    pub imprint: Option<Vec<Pattern>>,
    /// Facts that every report of the series has.
    pub expects: Option<Vec<Fact>>,
}

impl Rules {
    /// These rules, with the parts that they leave out from `base`.
    pub(crate) fn or(mut self, base: &Self) -> Self {
        fn fill<T: Clone>(part: &mut Option<T>, base: &Option<T>) {
            if part.is_none() {
                part.clone_from(base);
            }
        }
        fill(&mut self.title, &base.title);
        fill(&mut self.authority, &base.authority);
        fill(&mut self.id, &base.id);
        fill(&mut self.register, &base.register);
        fill(&mut self.inspected, &base.inspected);
        fill(&mut self.published, &base.published);
        fill(&mut self.lead, &base.lead);
        fill(&mut self.areas, &base.areas);
        fill(&mut self.judgements, &base.judgements);
        fill(&mut self.sub_judgements, &base.sub_judgements);
        fill(&mut self.numbers, &base.numbers);
        fill(&mut self.sections.standard, &base.sections.standard);
        fill(&mut self.sections.headings, &base.sections.headings);
        fill(&mut self.sections.generic, &base.sections.generic);
        fill(&mut self.sections.without_theme, &base.sections.without_theme);
        fill(&mut self.sections.themes, &base.sections.themes);
        fill(&mut self.sections.prose_tables, &base.sections.prose_tables);
        fill(&mut self.sections.titles, &base.sections.titles);
        fill(&mut self.sections.label_lines, &base.sections.label_lines);
        fill(&mut self.imprint, &base.imprint);
        fill(&mut self.expects, &base.expects);
        for field in &base.fields {
            if self.field(&field.name).is_none() {
                self.fields.push(field.clone());
            }
        }
        for scale in &base.scales {
            if self.scale(&scale.name).is_none() {
                self.scales.push(scale.clone());
            }
        }
        self
    }

    /// The rules of a field.
    #[must_use]
    pub fn field(&self, name: &FieldName) -> Option<&FieldRules> {
        self.fields.iter().find(|field| field.name == *name)
    }

    /// The scale of that name.
    #[must_use]
    pub fn scale(&self, name: &Scale) -> Option<&ScaleRules> {
        self.scales.iter().find(|scale| scale.name == *name)
    }

    /// The theme that a heading has by its own words, and the area that it names; `None` for a heading without a theme
    /// (`Recommendations`).
    #[must_use]
    pub fn theme(&self, heading: &str) -> Option<(&str, Option<&AreaRules>)> {
        let sections = &self.sections;
        if sections.without_theme.iter().flatten().any(|pattern| pattern.is_in(heading)) {
            return None;
        }
        let named = sections.themes.iter().flatten().find(|(pattern, _)| pattern.is_in(heading));
        let area = self.area(heading).filter(|area| area.theme.is_some());
        match (area, named) {
            (Some(area), _) => area.theme.as_deref().map(|theme| (theme, Some(area))),
            (None, named) => named.map(|(_, theme)| (theme.as_str(), None)),
        }
    }

    /// The rules of the area that a printed label or heading names.
    #[must_use]
    pub fn area(&self, label: &str) -> Option<&AreaRules> {
        let is_in = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.is_in(label));
        let mut areas = self.areas.iter().flatten();
        areas.find(|area| is_in(&area.labels) && !is_in(&area.unless))
    }
}
