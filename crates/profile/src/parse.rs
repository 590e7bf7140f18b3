//! Parses a profile: checks its keys and names, and compiles its patterns.

use std::collections::HashSet;
use std::fmt::Display;
use std::str::FromStr;

use crate::error::{ProfileError, line_of};
use crate::file::{
    AreaFile, FieldFile, JudgementFile, ProfileFile, RecogniseFile, RuleFile, ScaleFile, SectionsFile, Text,
    TitleFile,
};
use crate::name::{Area, Scale};
use crate::pattern::Pattern;
use crate::profile::{Profile, Recognise, Rules};
use crate::rule::{
    AreaRules, FieldRules, GradeRules, JudgementForm, JudgementRules, Place, Rule, ScaleRules, SectionRules,
    TitleRules,
};

/// Fields of the query language, which a field of a profile's own would hide.
const RESERVED: [&str; 15] = [
    "authority", "theme", "section", "framework", "kind", "date", "inspected", "para", "page", "path", "urn",
    "region", "grade", "year", "report",
];

/// Pages from the front that a report is recognised by, unless the profile says otherwise.
const FIRST_PAGES: u32 = 2;

/// A parsed profile, without the rules of the profile that it extends.
pub(crate) struct Parsed {
    pub(crate) profile: Profile,
    /// The name of the profile that it extends, and the line that says so.
    pub(crate) extends: Option<(String, usize)>,
}

/// Parses the text of a profile. `file` names it in errors.
///
/// Patterns are checked unless they `are_known` to be right, as those of the built-in profiles are: a test checks them.
pub(crate) fn profile(file: &str, text: &str, are_known: bool) -> Result<Parsed, ProfileError> {
    let parsed: ProfileFile = toml::from_str(text).map_err(|error| {
        let line = line_of(text, error.span().map_or(0, |span| span.start));
        let message = error.message().replace('\n', " ");
        ProfileError::new(file, message, "PROFILES.md lists the keys and what each may hold").at_line(line)
    })?;
    Compiler { file, text, are_known }.profile(parsed)
}

/// Compiles the parts of one file.
struct Compiler<'f> {
    file: &'f str,
    text: &'f str,
    /// True if the patterns are known to be right.
    are_known: bool,
}

impl Compiler<'_> {
    fn error(&self, at: &Text, message: impl Into<String>, cure: impl Into<String>) -> ProfileError {
        ProfileError::new(self.file, message, cure).at_line(line_of(self.text, at.span().start))
    }

    fn name<T: FromStr<Err: Display>>(&self, text: &Text) -> Result<T, ProfileError> {
        text.get_ref().parse().map_err(|error: T::Err| self.error(text, error.to_string(), "change the name"))
    }

    fn pattern(&self, text: &Text) -> Result<Pattern, ProfileError> {
        self.compile(text.get_ref()).map_err(|reason| {
            self.error(text, reason, "correct the pattern; PROFILES.md describes their syntax")
        })
    }

    fn compile(&self, text: &str) -> Result<Pattern, String> {
        if self.are_known { Ok(Pattern::unchecked(text)) } else { Pattern::new(text) }
    }

    fn patterns(&self, texts: &[Text]) -> Result<Vec<Pattern>, ProfileError> {
        texts.iter().map(|text| self.pattern(text)).collect()
    }

    fn optional(&self, texts: Option<&Vec<Text>>) -> Result<Option<Vec<Pattern>>, ProfileError> {
        texts.map(|texts| self.patterns(texts)).transpose()
    }

    fn profile(&self, parsed: ProfileFile) -> Result<Parsed, ProfileError> {
        let rules = |rules: Option<&Vec<RuleFile>>| {
            rules.map(|rules| rules.iter().map(|rule| self.rule(rule)).collect()).transpose()
        };
        let fields = parsed.fields.iter().map(|(name, field)| self.field(name, field));
        let scales = parsed.scales.iter().map(|(name, scale)| self.scale(name, scale));
        let sub_judgements = parsed.sub_judgements.as_ref();
        let numbers = self.optional(parsed.numbers.as_ref().map(|numbers| &numbers.paragraph))?;
        for (pattern, text) in numbers.iter().flatten().zip(parsed.numbers.iter().flat_map(|n| &n.paragraph))
        {
            if !self.are_known && !pattern.has_group("n") {
                let cure = r"put brackets around the number: '^(?P<n>\d+\.\d+) '";
                return Err(self.error(text, "the pattern of a number has no group n", cure));
            }
        }
        let rules = Rules {
            title: parsed.report_title.as_ref().map(|title| self.title(title)).transpose()?,
            authority: rules(parsed.authority.name.as_ref())?,
            id: rules(parsed.authority.id.as_ref())?,
            register: parsed.authority.register.as_ref().map(|name| name.get_ref().clone()),
            inspected: rules(parsed.dates.inspected.as_ref())?,
            published: rules(parsed.dates.published.as_ref())?,
            lead: rules(parsed.people.lead.as_ref())?,
            fields: fields.collect::<Result<_, _>>()?,
            scales: scales.collect::<Result<_, _>>()?,
            areas: parsed
                .areas
                .as_ref()
                .map(|areas| areas.iter().map(|area| self.area(area)).collect())
                .transpose()?,
            judgements: parsed
                .judgements
                .as_ref()
                .map(|all| all.iter().map(|judgement| self.judgement(judgement)).collect())
                .transpose()?,
            sub_judgements: sub_judgements
                .map(|areas| areas.iter().map(|area| self.name(area)).collect())
                .transpose()?,
            numbers,
            sections: self.sections(&parsed.sections)?,
            imprint: self.optional(parsed.imprint.as_ref().map(|imprint| &imprint.from))?,
            expects: parsed.expects,
        };
        let extends = parsed
            .extends
            .as_ref()
            .map(|name| (name.get_ref().clone(), line_of(self.text, name.span().start)));
        let profile = Profile {
            name: self.name(&parsed.name)?,
            title: parsed.title,
            inspectorate: parsed.inspectorate,
            voice: parsed.voice.unwrap_or_default(),
            since: parsed.since,
            tried_on: parsed.tried_on,
            recognise: parsed
                .recognise
                .as_ref()
                .map(|rules| self.recognise(rules, &parsed.name))
                .transpose()?,
            file: self.file.to_owned(),
            rules,
        };
        Ok(Parsed { profile, extends })
    }

    fn recognise(&self, rules: &RecogniseFile, name: &Text) -> Result<Recognise, ProfileError> {
        let recognise = Recognise {
            all: self.patterns(&rules.all)?,
            any: self.patterns(&rules.any)?,
            none: self.patterns(&rules.none)?,
            title: self.patterns(&rules.title)?,
            not_title: self.patterns(&rules.not_title)?,
            pages: rules.pages.unwrap_or(FIRST_PAGES),
        };
        if recognise.all.is_empty() && recognise.any.is_empty() && recognise.title.is_empty() {
            let cure = "add patterns under all, any or title, or leave [recognise] out of a profile that others extend";
            return Err(self.error(name, "the profile would claim every report", cure));
        }
        Ok(recognise)
    }

    fn title(&self, title: &TitleFile) -> Result<TitleRules, ProfileError> {
        Ok(TitleRules {
            opens: self.patterns(&title.opens)?,
            continues: self.patterns(&title.continues)?,
            ends_before: title.ends_before.clone(),
        })
    }

    fn rule(&self, rule: &RuleFile) -> Result<Rule, ProfileError> {
        let mut places = Vec::new();
        if let Some(pattern) = &rule.pattern {
            places.push(Place::Line(self.pattern(pattern)?));
        }
        if let Some(labels) = &rule.label {
            let labels = labels.iter().map(|label| {
                self.compile(&format!(r"(?i)^(?:{})(?:\(s\))?(?P<rest>.*)$", label.get_ref()))
                    .map_err(|reason| self.error(label, reason, "correct the label; it may be a pattern"))
            });
            places.push(Place::Label(labels.collect::<Result<_, _>>()?));
        }
        if let Some(pattern) = &rule.title {
            places.push(Place::Title(self.pattern(pattern)?));
        }
        if let Some(line) = &rule.line {
            places.push(match line.get_ref().as_str() {
                "first" => Place::FirstLine,
                "first-heading" => Place::FirstHeading,
                "above-title" => Place::AboveTitle,
                "file-name" => Place::FileName,
                other => {
                    let cure = "write first, first-heading, above-title or file-name";
                    return Err(self.error(line, format!("there is no line called {other}"), cure));
                }
            });
        }
        if let Some(pattern) = &rule.before {
            places.push(Place::Before(self.pattern(pattern)?));
        }
        if let Some(pattern) = &rule.after {
            places.push(Place::After(self.pattern(pattern)?));
        }
        if let Some(pattern) = &rule.path {
            places.push(Place::Path(self.pattern(pattern)?));
        }
        if let Some(names) = &rule.declared {
            let same = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
            places.push(Place::Declared(names.iter().map(same).collect()));
        }
        let texts = [&rule.pattern, &rule.title, &rule.line, &rule.before, &rule.after, &rule.path];
        let at = texts.into_iter().flatten().next().or_else(|| rule.label.iter().flatten().next());
        let (Some(place), true) = (places.pop(), places.is_empty()) else {
            let error = ProfileError::new(
                self.file,
                "a rule needs one place and no more",
                "give it one of pattern, label, title, line, before, after, path and declared",
            );
            return Err(at.map_or(error.clone(), |at| error.at_line(line_of(self.text, at.span().start))));
        };
        Ok(Rule {
            place,
            words: rule.words,
            reject: self.patterns(&rule.reject)?,
            until: rule.until.clone(),
            date_order: rule.dates,
            many: rule.many,
            anywhere: rule.anywhere,
            first: rule.first,
        })
    }

    fn field(&self, name: &Text, field: &FieldFile) -> Result<FieldRules, ProfileError> {
        let rules = field.rules.iter().map(|rule| self.rule(rule)).collect::<Result<_, _>>()?;
        if RESERVED.contains(&name.get_ref().to_lowercase().replace('_', "-").as_str()) {
            let message = format!("{} is a field that every report has", name.get_ref());
            return Err(self.error(name, message, "give the field another name"));
        }
        Ok(FieldRules { name: self.name(name)?, kind: field.kind, rules })
    }

    fn scale(&self, name: &Text, scale: &ScaleFile) -> Result<ScaleRules, ProfileError> {
        let mut grades: Vec<GradeRules> = Vec::new();
        let ranked = scale.best_first.iter().zip((1..).map(Some));
        for (grade, rank) in ranked.chain(scale.unranked.iter().map(|grade| (grade, None))) {
            let rules = GradeRules { name: self.name(grade)?, rank };
            if grades.iter().any(|known| known.name == rules.name) {
                return Err(self.error(
                    grade,
                    format!("the grade {} is listed twice", rules.name),
                    "remove one",
                ));
            }
            grades.push(rules);
        }
        let mut printed = Vec::new();
        let mut own = HashSet::new();
        for (grade, forms) in &scale.printed {
            let wanted: crate::name::Grade = self.name(grade)?;
            let Some(index) = grades.iter().position(|known| known.name == wanted) else {
                let cure = "list the grade under best-first or unranked";
                return Err(self.error(grade, format!("the scale has no grade {wanted}"), cure));
            };
            own.insert(index);
            printed.extend(forms.iter().map(|form| (words_of(form), index)));
        }
        for (index, grade) in grades.iter().enumerate().filter(|(index, _)| !own.contains(index)) {
            printed.push((grade.name.as_str().replace('-', " "), index));
        }
        printed.retain(|(form, _)| !form.is_empty());
        printed.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Ok(ScaleRules { name: self.name(name)?, grades, printed })
    }

    fn area(&self, area: &AreaFile) -> Result<AreaRules, ProfileError> {
        // Labels are printed in any case.
        let any_case = |texts: &[Text]| -> Result<Vec<Pattern>, ProfileError> {
            let compile = |text: &Text| {
                self.compile(&format!("(?i:{})", text.get_ref()))
                    .map_err(|reason| self.error(text, reason, "correct the pattern"))
            };
            texts.iter().map(compile).collect()
        };
        let shares = area.shares.as_ref().map(|shares| -> Result<_, ProfileError> {
            Ok((self.name(&shares.area)?, any_case(std::slice::from_ref(&shares.when))?.remove(0)))
        });
        Ok(AreaRules {
            name: self.name(&area.name)?,
            labels: any_case(&area.labels)?,
            unless: any_case(&area.unless)?,
            theme: area.theme.clone(),
            shares: shares.transpose()?,
        })
    }

    fn judgement(&self, judgement: &JudgementFile) -> Result<JudgementRules, ProfileError> {
        let how = judgement.how.get_ref().clone();
        let after_heading = how.contains(&JudgementForm::AfterHeading);
        let lacks = |what: &str, example: &str| {
            let line = line_of(self.text, judgement.how.span().start);
            let message = format!("a judgement of this form needs {what}");
            ProfileError::new(self.file, message, format!("add it: {example}")).at_line(line)
        };
        if after_heading && (judgement.heading.is_none() || judgement.value.is_none()) {
            return Err(lacks(
                "a heading and a value",
                "heading = '^(?P<area>Regulation \\d+)', value = '^Judgment: (?P<v>.+)$'",
            ));
        }
        if how.contains(&JudgementForm::Phrase) && judgement.area.is_none() {
            return Err(lacks("an area", "area = 'overall'"));
        }
        Ok(JudgementRules {
            how,
            scale: self.name::<Scale>(&judgement.scale)?,
            area: judgement.area.as_ref().map(|area| self.name::<Area>(area)).transpose()?,
            pages: judgement.pages,
            under: self.patterns(&judgement.under)?,
            reject: self.patterns(&judgement.reject)?,
            heading: judgement.heading.as_ref().map(|pattern| self.pattern(pattern)).transpose()?,
            value: judgement.value.as_ref().map(|pattern| self.pattern(pattern)).transpose()?,
            any_area: judgement.any_area,
            many: judgement.many,
        })
    }

    fn sections(&self, sections: &SectionsFile) -> Result<SectionRules, ProfileError> {
        let lower = |texts: &Option<Vec<String>>| {
            texts.as_ref().map(|texts| texts.iter().map(|text| text.to_lowercase()).collect())
        };
        let themes = sections.themes.as_ref().map(|themes| {
            themes.iter().map(|theme| Ok((self.pattern(&theme.heading)?, theme.theme.clone()))).collect()
        });
        Ok(SectionRules {
            standard: lower(&sections.standard),
            headings: self.optional(sections.headings.as_ref())?,
            generic: lower(&sections.generic),
            without_theme: self.optional(sections.without_theme.as_ref())?,
            themes: themes.transpose()?,
            prose_tables: self.optional(sections.prose_tables.as_ref())?,
            titles: self.optional(sections.titles.as_ref())?,
            label_lines: self.optional(sections.label_lines.as_ref())?,
        })
    }
}

/// The words of a printed form in lower case, with one space between them.
fn words_of(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
