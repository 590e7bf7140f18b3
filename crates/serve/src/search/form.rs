//! What is asked for: the parameters of a link, and of every link that changes one of them.

use serde::Deserialize;

use crate::link::link;

/// What is asked for. A parameter that is missing is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct SearchForm {
    /// The query, in the query language.
    pub(crate) q: String,
    pub(crate) authority: String,
    pub(crate) year: String,
    pub(crate) theme: String,
    pub(crate) grade: String,
    pub(crate) series: String,
    /// `lines` for a concordance; else hits.
    pub(crate) view: String,
    pub(crate) sort: String,
    /// `on` to search tables and footnotes too.
    pub(crate) tables: String,
    pub(crate) notes: String,
    /// `exclude` to leave boilerplate out.
    pub(crate) boilerplate: String,
    /// The cursor of the last hit of the page before.
    pub(crate) after: String,
    /// How many hits or lines the pages before have.
    pub(crate) from: String,
}

/// What chips filter by: the parameter, and what it is called.
pub(crate) const CHIPS: [(&str, &str); 5] = [
    ("authority", "Authority"),
    ("year", "Year"),
    ("theme", "Theme"),
    ("grade", "Grade of the section"),
    ("series", "Series"),
];

impl SearchForm {
    /// True if nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.q.trim().is_empty() && CHIPS.iter().all(|(name, _)| self.value(name).is_empty())
    }

    /// True for the concordance.
    pub(crate) fn is_concordance(&self) -> bool {
        self.view == "lines"
    }

    /// How many hits or lines the pages before have.
    pub(crate) fn before(&self) -> u64 {
        self.from.parse().unwrap_or(0)
    }

    /// What is asked for, for a title.
    pub(crate) fn in_words(&self) -> String {
        let filters = CHIPS.iter().map(|(name, _)| self.value(name)).filter(|value| !value.is_empty());
        let words: Vec<&str> =
            std::iter::once(self.q.trim()).chain(filters).filter(|word| !word.is_empty()).collect();
        let words = words.join(", ");
        match words.char_indices().nth(80) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        }
    }

    /// The value of a parameter.
    pub(crate) fn value(&self, name: &str) -> &str {
        let parameters = self.parameters();
        parameters.into_iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    fn parameters(&self) -> [(&'static str, &str); 13] {
        [
            ("q", &self.q),
            ("authority", &self.authority),
            ("year", &self.year),
            ("theme", &self.theme),
            ("grade", &self.grade),
            ("series", &self.series),
            ("view", &self.view),
            ("sort", &self.sort),
            ("tables", &self.tables),
            ("notes", &self.notes),
            ("boilerplate", &self.boilerplate),
            ("after", &self.after),
            ("from", &self.from),
        ]
    }

    /// The parameters that say what is asked for, without the place in it; `except` is left out.
    pub(crate) fn kept(&self, except: &[&str]) -> Vec<(&'static str, &str)> {
        let place = ["after", "from"];
        let parameters = self.parameters().into_iter();
        parameters
            .filter(|(name, value)| !value.is_empty() && !place.contains(name) && !except.contains(name))
            .collect()
    }

    /// The link to `path` for the same with other values, from its first page.
    pub(crate) fn with(&self, path: &str, values: &[(&str, &str)]) -> String {
        let changed: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        let mut parameters: Vec<(&str, &str)> = self.kept(&changed);
        parameters.extend(values);
        link(path, &parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_changes_one_value_and_goes_to_the_first_page() {
        let form = SearchForm {
            q: "plans & \"care\"".to_owned(),
            year: "2019".to_owned(),
            from: "20".to_owned(),
            after: "x".to_owned(),
            ..SearchForm::default()
        };
        assert_eq!(form.with("/", &[("year", "")]), "/?q=plans%20%26%20%22care%22");
        assert_eq!(form.with("/", &[("from", "40")]), "/?q=plans%20%26%20%22care%22&year=2019&from=40");
        assert!(!form.is_empty() && SearchForm { q: "  ".to_owned(), ..SearchForm::default() }.is_empty());
        assert_eq!(form.in_words(), "plans & \"care\", 2019");
    }
}
