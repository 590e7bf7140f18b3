//! Queries built by hand.

use crate::query::{Field, Filter, Query, Scope, Side, Value};

impl Query {
    /// The words of `text` side by side: one word, or a phrase if the text contains several (`decision-making`).
    pub fn word(text: impl Into<String>) -> Self {
        Self::Word(text.into()).normalised()
    }

    /// One word by a pattern: `*` is any letters, or none; `?` is one letter.
    pub fn wildcard(pattern: impl Into<String>) -> Self {
        Self::Wildcard(pattern.into()).normalised()
    }

    /// One word by a regular expression, which must match the whole folded word.
    pub fn regex(pattern: impl Into<String>) -> Self {
        Self::Regex(pattern.into()).normalised()
    }

    /// A word and its regular inflections.
    pub fn inflected(word: impl Into<String>) -> Self {
        Self::Inflected(word.into()).normalised()
    }

    /// A word with at most `distance` letters wrong; `distance` is 1 or 2.
    pub fn fuzzy(word: impl Into<String>, distance: u8) -> Self {
        Self::Fuzzy { word: word.into(), distance }.normalised()
    }

    /// A number with the signs that belong to it, as in `£1.2`. A text that is no such number is its words.
    pub fn number(text: impl Into<String>) -> Self {
        Self::Number(text.into()).normalised()
    }

    /// A number in every way in which it may be written, as in `1,000~`.
    pub fn number_forms(text: impl Into<String>) -> Self {
        Self::NumberForms(text.into()).normalised()
    }

    /// Words as they are printed: capitals, accents and the signs between them count.
    pub fn exact(text: impl Into<String>) -> Self {
        Self::Exact(text.into()).normalised()
    }

    /// Parts side by side, in order. A part given as text is its words.
    ///
    /// ```
    /// use quotable_query::Query;
    ///
    /// let query = Query::phrase(["care", "leavers"]).and("unallocated").not("agency");
    /// assert_eq!(query.to_string(), r#""care leavers" unallocated NOT agency"#);
    /// assert_eq!(query, query.to_string().parse()?);
    /// # Ok::<(), quotable_query::QueryError>(())
    /// ```
    pub fn phrase<Q: Into<Self>>(parts: impl IntoIterator<Item = Q>) -> Self {
        Self::Phrase(parts.into_iter().map(Into::into).collect()).normalised()
    }

    /// All of the parts.
    pub fn all_of<Q: Into<Self>>(parts: impl IntoIterator<Item = Q>) -> Self {
        Self::And(parts.into_iter().map(Into::into).collect()).normalised()
    }

    /// Any of the parts.
    pub fn any_of<Q: Into<Self>>(parts: impl IntoIterator<Item = Q>) -> Self {
        Self::Or(parts.into_iter().map(Into::into).collect()).normalised()
    }

    /// Both this query and another.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        Self::all_of([self, other.into()])
    }

    /// This query or another.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        Self::any_of([self, other.into()])
    }

    /// This query without the other, in one unit of the scope.
    #[must_use]
    pub fn not(self, other: impl Into<Self>) -> Self {
        self.and(Self::Not(Box::new(other.into())))
    }

    /// This query at most `distance` words from another, in either order: `w/N`.
    #[must_use]
    pub fn near(self, other: impl Into<Self>, distance: u32) -> Self {
        Self::Near { left: Box::new(self), right: Box::new(other.into()), distance, ordered: false }
            .normalised()
    }

    /// This query at most `distance` words before another: `pre/N`.
    #[must_use]
    pub fn before(self, other: impl Into<Self>, distance: u32) -> Self {
        Self::Near { left: Box::new(self), right: Box::new(other.into()), distance, ordered: true }
            .normalised()
    }

    /// This query with no occurrence of the other within `distance` words: `not w/N`.
    #[must_use]
    pub fn not_near(self, other: impl Into<Self>, distance: u32) -> Self {
        Self::NotNear { left: Box::new(self), right: Box::new(other.into()), distance }.normalised()
    }

    /// This query with no occurrence of the other among the `distance` words before it: `not pre/N`.
    #[must_use]
    pub fn not_preceded(self, other: impl Into<Self>, distance: u32) -> Self {
        self.not_beside(other.into(), distance, Side::Before)
    }

    /// This query with no occurrence of the other among the `distance` words after it: `not post/N`.
    #[must_use]
    pub fn not_followed(self, other: impl Into<Self>, distance: u32) -> Self {
        self.not_beside(other.into(), distance, Side::After)
    }

    fn not_beside(self, other: Self, distance: u32, side: Side) -> Self {
        Self::NotBeside { left: Box::new(self), right: Box::new(other), distance, side }.normalised()
    }

    /// This query within one unit of the scope.
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self::Within { scope, query: Box::new(self) }.normalised()
    }

    /// Paragraphs whose field matches the text, as typed after the colon.
    pub fn filter(field: Field, text: impl Into<String>) -> Self {
        Self::Filter(Filter::new(field, Value::Text(text.into())))
    }

    /// Paragraphs whose field is in a range, both ends included; `None` leaves an end open.
    #[must_use]
    pub fn range(field: Field, from: Option<&str>, to: Option<&str>) -> Self {
        let value = Value::Range(from.map(str::to_owned), to.map(str::to_owned));
        Self::Filter(Filter::new(field, value))
    }

    /// The query of that name in the code book.
    pub fn named(name: impl Into<String>) -> Self {
        Self::Named(name.into())
    }
}

/// The words of the text side by side; see [`Query::word`].
impl From<&str> for Query {
    fn from(text: &str) -> Self {
        Self::word(text)
    }
}

/// The words of the text side by side; see [`Query::word`].
impl From<String> for Query {
    fn from(text: String) -> Self {
        Self::word(text)
    }
}
