//! The form of a profile as a file: TOML, before its patterns are compiled.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::rule::{DateOrder, Fact, FieldKind, JudgementForm};

/// A text with its place in the file, for errors.
pub(crate) type Text = Spanned<String>;

/// A profile as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ProfileFile {
    pub(crate) name: Text,
    pub(crate) title: Option<String>,
    pub(crate) inspectorate: Option<String>,
    pub(crate) voice: Option<Vec<String>>,
    pub(crate) extends: Option<Text>,
    pub(crate) since: Option<u16>,
    pub(crate) tried_on: Option<String>,
    pub(crate) recognise: Option<RecogniseFile>,
    pub(crate) report_title: Option<TitleFile>,
    #[serde(default)]
    pub(crate) authority: AuthorityFile,
    #[serde(default)]
    pub(crate) dates: DatesFile,
    #[serde(default)]
    pub(crate) people: PeopleFile,
    #[serde(default)]
    pub(crate) fields: BTreeMap<Text, FieldFile>,
    #[serde(default)]
    pub(crate) scales: BTreeMap<Text, ScaleFile>,
    pub(crate) areas: Option<Vec<AreaFile>>,
    pub(crate) judgements: Option<Vec<JudgementFile>>,
    pub(crate) sub_judgements: Option<Vec<Text>>,
    pub(crate) numbers: Option<NumbersFile>,
    #[serde(default)]
    pub(crate) sections: SectionsFile,
    pub(crate) imprint: Option<ImprintFile>,
    pub(crate) expects: Option<Vec<Fact>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RecogniseFile {
    #[serde(default)]
    pub(crate) all: Vec<Text>,
    #[serde(default)]
    pub(crate) any: Vec<Text>,
    #[serde(default)]
    pub(crate) none: Vec<Text>,
    #[serde(default)]
    pub(crate) title: Vec<Text>,
    #[serde(default)]
    pub(crate) not_title: Vec<Text>,
    pub(crate) pages: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TitleFile {
    pub(crate) opens: Vec<Text>,
    #[serde(default)]
    pub(crate) continues: Vec<Text>,
    #[serde(default)]
    pub(crate) ends_before: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthorityFile {
    pub(crate) name: Option<Vec<RuleFile>>,
    pub(crate) id: Option<Vec<RuleFile>>,
    pub(crate) register: Option<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DatesFile {
    pub(crate) inspected: Option<Vec<RuleFile>>,
    pub(crate) published: Option<Vec<RuleFile>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleFile {
    pub(crate) lead: Option<Vec<RuleFile>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FieldFile {
    #[serde(default, rename = "type")]
    pub(crate) kind: FieldKind,
    pub(crate) rules: Vec<RuleFile>,
}

/// A rule as written: exactly one of the keys that name a place, and any of the others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RuleFile {
    pub(crate) pattern: Option<Text>,
    pub(crate) label: Option<Vec<Text>>,
    pub(crate) title: Option<Text>,
    pub(crate) line: Option<Text>,
    pub(crate) before: Option<Text>,
    pub(crate) after: Option<Text>,
    pub(crate) path: Option<Text>,
    pub(crate) declared: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) anywhere: bool,
    #[serde(default)]
    pub(crate) many: bool,
    pub(crate) first: Option<usize>,
    pub(crate) words: Option<usize>,
    #[serde(default)]
    pub(crate) reject: Vec<Text>,
    #[serde(default)]
    pub(crate) until: Vec<String>,
    #[serde(default)]
    pub(crate) dates: DateOrder,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ScaleFile {
    pub(crate) best_first: Vec<Text>,
    #[serde(default)]
    pub(crate) unranked: Vec<Text>,
    #[serde(default)]
    pub(crate) printed: BTreeMap<Text, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AreaFile {
    pub(crate) name: Text,
    pub(crate) labels: Vec<Text>,
    #[serde(default)]
    pub(crate) unless: Vec<Text>,
    pub(crate) theme: Option<String>,
    pub(crate) shares: Option<SharesFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharesFile {
    pub(crate) area: Text,
    pub(crate) when: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct JudgementFile {
    pub(crate) how: Spanned<Vec<JudgementForm>>,
    pub(crate) scale: Text,
    pub(crate) area: Option<Text>,
    pub(crate) pages: Option<u32>,
    #[serde(default)]
    pub(crate) under: Vec<Text>,
    #[serde(default)]
    pub(crate) reject: Vec<Text>,
    pub(crate) heading: Option<Text>,
    pub(crate) value: Option<Text>,
    #[serde(default)]
    pub(crate) any_area: bool,
    #[serde(default)]
    pub(crate) many: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumbersFile {
    pub(crate) paragraph: Vec<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SectionsFile {
    pub(crate) standard: Option<Vec<String>>,
    pub(crate) headings: Option<Vec<Text>>,
    pub(crate) generic: Option<Vec<String>>,
    pub(crate) without_theme: Option<Vec<Text>>,
    pub(crate) themes: Option<Vec<ThemeFile>>,
    pub(crate) prose_tables: Option<Vec<Text>>,
    pub(crate) titles: Option<Vec<Text>>,
    pub(crate) label_lines: Option<Vec<Text>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThemeFile {
    pub(crate) heading: Text,
    pub(crate) theme: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImprintFile {
    pub(crate) from: Vec<Text>,
}
