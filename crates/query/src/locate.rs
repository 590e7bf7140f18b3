//! Errors about one part of a query, with their carets under it.

use crate::display;
use crate::error::QueryError;
use crate::query::Query;

impl Query {
    /// An error about `part`, which is a part of this query, for those who find faults that the parser cannot know.
    ///
    /// For a filter that was parsed, the error shows the text that it was parsed from. Other parts do not remember
    /// their place: the error shows the query as it displays, with the caret under the first part that equals `part`.
    /// A part that is not in the query is shown by itself.
    ///
    /// ```
    /// use quotable_query::Query;
    ///
    /// let query: Query = "grade:good  OR  grade:goo".parse()?;
    /// let Query::Or(parts) = &query else { unreachable!() };
    /// let error = query.error_at(&parts[1], "no grade is called “goo”", "did you mean good");
    /// assert_eq!(error.query(), "grade:good  OR  grade:goo");
    /// assert_eq!(error.span(), 16..25);
    /// # Ok::<(), quotable_query::QueryError>(())
    /// ```
    #[must_use]
    pub fn error_at(&self, part: &Query, message: impl Into<String>, cure: impl Into<String>) -> QueryError {
        if let Query::Filter(filter) = part
            && let (Some(text), Some(span)) = (filter.source(), filter.span())
        {
            return QueryError::new(text, span, message, cure);
        }
        let (text, span) = display::with_span(self, part);
        if let Some(span) = span {
            return QueryError::new(text, span, message, cure);
        }
        let text = part.to_string();
        let end = text.len();
        QueryError::new(text, 0..end, message, cure)
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{Field, Filter, Query};

    /// Every filter and name of the query, in the order in which they are written.
    fn conditions(query: &Query) -> Vec<&Query> {
        match query {
            Query::Filter(_) | Query::Named(_) => vec![query],
            Query::And(parts) | Query::Or(parts) => parts.iter().flat_map(conditions).collect(),
            Query::Not(part) | Query::Within { query: part, .. } => conditions(part),
            _ => Vec::new(),
        }
    }

    /// The parts of the error's text that the carets of errors about filters and names mark.
    fn marked(query: &Query) -> Vec<String> {
        let error = |part| query.error_at(part, "m", "c");
        conditions(query).into_iter().map(error).map(|error| error.query()[error.span()].to_owned()).collect()
    }

    fn parsed(text: &str) -> Query {
        text.parse().unwrap()
    }

    #[test]
    fn the_caret_is_under_the_part_and_not_under_one_that_begins_alike() {
        for (text, parts) in [
            (
                "section:leaders OR grade:good OR grade:goo",
                &["section:leaders", "grade:good", "grade:goo"][..],
            ),
            ("page:1 OR page:12 OR page:2", &["page:1", "page:12", "page:2"]),
            ("\"grade goo\" -grade:goo", &["grade:goo"]),
            ("(kind:report (kind:re OR -kind:r)) OR x", &["kind:report", "kind:re", "kind:r"]),
            ("w/s(a -kind:x) w/t kind:xy", &["kind:x", "kind:xy"]),
            ("path:\"kind:x.pdf\" kind:x", &["path:\"kind:x.pdf\"", "kind:x"]),
            ("section:‘leaders’  section:“lead”", &["section:‘leaders’", "section:“lead”"]),
            ("児童 é\u{301} kind:x", &["kind:x"]),
            ("date:2014..2018 OR date:2014..", &["date:2014..2018", "date:2014.."]),
        ] {
            assert_eq!(marked(&parsed(text)), parts, "{text}");
        }
        let text = "grade:goo  a OR grade:goo";
        let spans: Vec<_> = conditions(&parsed(text))
            .into_iter()
            .map(|part| parsed(text).error_at(part, "m", "c").span())
            .collect();
        assert_eq!(spans, [0..9, 16..25], "each of two equal filters has its own place");
    }

    #[test]
    fn names_are_located_in_the_query_as_it_displays() {
        for (text, parts) in [
            ("@work-load OR @work", &["@work-load", "@work"][..]),
            ("\"x@work\" @work", &["@work"]),
            ("path:\"@a\" @ab @a", &["path:\"@a\"", "@ab", "@a"]),
        ] {
            assert_eq!(marked(&parsed(text)), parts, "{text}");
        }
    }

    #[test]
    fn filters_keep_their_place_as_the_query_changes() {
        let query = parsed("a kind:xy").and(parsed("kind:x  b")).normalised();
        assert_eq!(marked(&query), ["kind:xy", "kind:x"]);
        let book = parsed("c OR  kind:x");
        let resolved = parsed("@book kind:y").resolved(|_| Some(book.clone())).unwrap();
        let error = resolved.error_at(conditions(&resolved)[0], "m", "c");
        assert_eq!((error.query(), error.span()), ("c OR  kind:x", 6..12));
    }

    #[test]
    fn parts_built_by_hand_are_located_in_the_query_as_it_displays() {
        let query = Query::filter(Field::Grade, "good").or(Query::filter(Field::Grade, "goo"));
        let error = query.error_at(&Query::filter(Field::Grade, "goo"), "m", "c");
        assert_eq!((error.query(), error.span()), ("grade:good OR grade:goo", 14..23));
        let query = query.and(Query::phrase(["a", "good"])).and("good");
        let error = query.error_at(&Query::word("good"), "m", "c");
        assert_eq!(error.query(), "(grade:good OR grade:goo) \"a good\" good");
        assert_eq!(error.span(), 29..33, "words are found in phrases too");
        let error = query.error_at(&Query::filter(Field::Page, "1"), "m", "c");
        assert_eq!((error.query(), error.span()), ("page:1", 0..6), "a part of another query is shown alone");
    }

    #[test]
    fn places_change_neither_equality_nor_serialisation() {
        use std::collections::HashSet;

        let (typed, made) = (parsed(" kind:report"), Query::filter(Field::Kind, "report"));
        assert_eq!(typed, made);
        assert_eq!(HashSet::from([typed.clone()]), HashSet::from([made.clone()]));
        assert_eq!(typed.to_string(), made.to_string());
        let json = serde_json::to_string(&typed).unwrap();
        assert_eq!(json, serde_json::to_string(&made).unwrap());
        let Query::Filter(Filter { field: Field::Kind, .. }) = serde_json::from_str(&json).unwrap() else {
            panic!("{json}")
        };
    }
}
