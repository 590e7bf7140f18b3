//! What is asked for: a kind of analysis, its options, and the part of the corpus.

use quotable::{KeywordSort, Measure, Period};
use serde::Deserialize;

use crate::link::link;
use crate::search::SearchForm;

/// A kind of analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Trend,
    Keywords,
    Collocates,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Trend, Self::Keywords, Self::Collocates];

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Keywords => "keywords",
            Self::Collocates => "collocates",
        }
    }

    /// What people call it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Trend => "Trend",
            Self::Keywords => "Keywords",
            Self::Collocates => "Words nearby",
        }
    }

    /// What it tells.
    pub(super) fn lead(self) -> &'static str {
        match self {
            Self::Trend => "How often words are used, period by period, and how sure that is.",
            Self::Keywords => "Which words a part of the reports uses more than the rest.",
            Self::Collocates => "Which words are near what a query finds, more than chance puts them there.",
        }
    }
}

/// What is asked for. A parameter that is missing is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct AnalyseForm {
    /// The query, the filters, and what is searched.
    #[serde(flatten)]
    pub(super) search: SearchForm,
    /// More queries of a trend.
    pub(super) q2: String,
    pub(super) q3: String,
    /// The periods of a trend.
    pub(super) by: String,
    /// `on` to draw shares of reports.
    pub(super) share: String,
    /// What keywords are compared with; the rest, if it is empty.
    pub(super) against: String,
    /// Words of a keyword.
    pub(super) length: String,
    /// Words on each side of an occurrence.
    pub(super) window: String,
    /// `sentence` for windows that end with it.
    pub(super) within: String,
    /// `on` for the concepts of the code book in the place of words.
    pub(super) concepts: String,
    /// The measure that keywords or collocates are sorted by.
    pub(super) measure: String,
}

impl AnalyseForm {
    /// True if there is enough to answer.
    pub(super) fn asks(&self, kind: Kind) -> bool {
        let has_words = !self.search.q.trim().is_empty();
        match kind {
            Kind::Keywords => has_words || !self.search.is_empty(),
            Kind::Trend | Kind::Collocates => has_words,
        }
    }

    /// The queries of a trend.
    pub(super) fn queries(&self) -> impl Iterator<Item = &str> {
        [&self.search.q, &self.q2, &self.q3].into_iter().map(|q| q.trim()).filter(|q| !q.is_empty())
    }

    pub(super) fn period(&self) -> Period {
        self.by.parse().unwrap_or_default()
    }

    pub(super) fn words_of_keyword(&self) -> u8 {
        self.length.parse().ok().filter(|length| (1..=5).contains(length)).unwrap_or(1)
    }

    pub(super) fn keyword_sort(&self) -> KeywordSort {
        self.measure.parse().unwrap_or_default()
    }

    pub(super) fn words_of_window(&self) -> u16 {
        self.window.parse().ok().filter(|words| (1..=50).contains(words)).unwrap_or(5)
    }

    pub(super) fn collocate_measure(&self) -> Measure {
        self.measure.parse().unwrap_or_default()
    }

    fn parameters(&self) -> [(&'static str, &str); 10] {
        [
            ("q2", &self.q2),
            ("q3", &self.q3),
            ("by", &self.by),
            ("share", &self.share),
            ("against", &self.against),
            ("length", &self.length),
            ("window", &self.window),
            ("within", &self.within),
            ("concepts", &self.concepts),
            ("measure", &self.measure),
        ]
    }

    /// The link to `path` for the same with other values.
    pub(super) fn with(&self, path: &str, values: &[(&str, &str)]) -> String {
        let is_changed = |name: &str| values.iter().any(|(changed, _)| *changed == name);
        let mut parameters = self.search.kept(&["view", "sort"]);
        parameters.extend(self.parameters());
        parameters.retain(|(name, _)| !is_changed(name));
        link(path, &[parameters.as_slice(), values].concat())
    }

    /// The link to the paragraphs of a query, among those that the filters leave.
    pub(super) fn paragraphs(&self, query: &str) -> String {
        self.search.with("/", &[("q", query), ("view", ""), ("sort", "")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_what_is_asked_for() {
        let search = SearchForm { q: "a b".to_owned(), year: "2019".to_owned(), ..SearchForm::default() };
        let form =
            AnalyseForm { search, q2: "c".to_owned(), by: "month".to_owned(), ..AnalyseForm::default() };
        assert_eq!(form.with("/x", &[("by", "year")]), "/x?q=a%20b&year=2019&q2=c&by=year");
        assert_eq!(form.with("/x", &[("year", ""), ("q2", "")]), "/x?q=a%20b&by=month");
        assert_eq!(form.paragraphs("d"), "/?year=2019&q=d");
        assert_eq!(form.queries().collect::<Vec<_>>(), ["a b", "c"]);
    }

    #[test]
    fn what_is_no_option_is_the_usual_one() {
        let form = AnalyseForm { window: "9999".to_owned(), by: "x".to_owned(), ..AnalyseForm::default() };
        assert_eq!((form.words_of_window(), form.period(), form.words_of_keyword()), (5, Period::Year, 1));
    }
}
