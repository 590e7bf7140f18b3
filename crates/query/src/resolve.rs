//! Replaces names by the queries that they stand for.

use crate::check::Limits;
use crate::error::{Fault, QueryError};
use crate::query::Query;

/// The deepest nesting of names: names whose queries have names, and so on.
const MAX_DEPTH: usize = 32;

impl Query {
    /// Replaces every name by the query that `named` gives for it, and the names in that query too.
    ///
    /// ```
    /// use quotable_query::Query;
    ///
    /// let query: Query = "@waiting homes".parse()?;
    /// let resolved = query.resolved(|name| (name == "waiting").then(|| Query::word("unallocated")))?;
    /// assert_eq!(resolved.to_string(), "unallocated homes");
    /// # Ok::<(), quotable_query::QueryError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `named` does not know a name, a name stands for itself through others, or the query grows to more parts than
    /// the default [`Limits::parts`].
    pub fn resolved(&self, mut named: impl FnMut(&str) -> Option<Query>) -> Result<Query, QueryError> {
        let max_parts = Limits::default().parts;
        let mut resolver = Resolver { named: &mut named, open: Vec::new(), parts: 0, max_parts };
        let resolved = resolver.replace(self).map_err(|(name, fault)| {
            let part = name.map_or_else(|| self.clone(), Query::Named);
            self.error_at(&part, fault.message, fault.cure)
        })?;
        Ok(resolved.normalised())
    }
}

struct Resolver<'n> {
    named: &'n mut dyn FnMut(&str) -> Option<Query>,
    /// The names being replaced, outermost first.
    open: Vec<String>,
    /// The parts of the resolved query so far.
    parts: usize,
    max_parts: usize,
}

/// A fault, and the outermost name that led to it; none if the whole query is at fault.
type NameFault = (Option<String>, Fault);

impl Resolver<'_> {
    fn replace(&mut self, query: &Query) -> Result<Query, NameFault> {
        // Names that use each other twice grow exponentially: stop before the memory is taken.
        self.parts += 1;
        if self.parts > self.max_parts {
            return Err(self.fail(
                None,
                format!("the query grows to more than {} parts", self.max_parts),
                "use fewer names",
            ));
        }
        let one = |resolver: &mut Self, part: &Query| resolver.replace(part).map(Box::new);
        Ok(match query {
            Query::Named(name) => return self.name(name),
            Query::Phrase(parts) => Query::Phrase(self.all(parts)?),
            Query::And(parts) => Query::And(self.all(parts)?),
            Query::Or(parts) => Query::Or(self.all(parts)?),
            Query::Not(part) => Query::Not(one(self, part)?),
            Query::Within { scope, query } => Query::Within { scope: *scope, query: one(self, query)? },
            Query::Near { left, right, distance, ordered } => Query::Near {
                left: one(self, left)?,
                right: one(self, right)?,
                distance: *distance,
                ordered: *ordered,
            },
            Query::NotNear { left, right, distance } => {
                Query::NotNear { left: one(self, left)?, right: one(self, right)?, distance: *distance }
            }
            Query::NotBeside { left, right, distance, side } => Query::NotBeside {
                left: one(self, left)?,
                right: one(self, right)?,
                distance: *distance,
                side: *side,
            },
            leaf => leaf.clone(),
        })
    }

    fn all(&mut self, parts: &[Query]) -> Result<Vec<Query>, NameFault> {
        parts.iter().map(|part| self.replace(part)).collect()
    }

    fn name(&mut self, name: &str) -> Result<Query, NameFault> {
        if self.open.iter().any(|open| open == name) {
            let chain = self.open.join(" contains @");
            let message = format!("@{name} stands for itself: @{chain} contains @{name}");
            return Err(self.fail(Some(name), message, "remove one of the names"));
        }
        if self.open.len() == MAX_DEPTH {
            let message = format!("names stand for names more than {MAX_DEPTH} deep");
            return Err(self.fail(Some(name), message, "write the words of some of them instead"));
        }
        let Some(query) = (self.named)(name) else {
            return Err(self.fail(
                Some(name),
                format!("no query is named @{name}"),
                "use a name of the code book",
            ));
        };
        self.open.push(name.to_owned());
        let replaced = self.replace(&query)?;
        self.open.pop();
        Ok(replaced)
    }

    fn fail(&self, name: Option<&str>, message: impl Into<String>, cure: &str) -> NameFault {
        let outermost = self.open.first().map(String::as_str).or(name);
        (outermost.map(str::to_owned), Fault::new(message, cure))
    }
}

#[cfg(test)]
mod tests {
    use crate::query::Query;

    fn resolve(query: &str, book: &[(&str, &str)]) -> Result<String, String> {
        let query: Query = query.parse().unwrap();
        let named = |name: &str| {
            book.iter().find(|(known, _)| *known == name).map(|(_, query)| query.parse().unwrap())
        };
        query.resolved(named).map(|query| query.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn nested_names_are_replaced() {
        let book = [("a", "@b OR x"), ("b", "\"y z\"")];
        assert_eq!(resolve("@a -@b", &book).unwrap(), r#"("y z" OR x) NOT "y z""#);
        assert_eq!(resolve("@a w/5 c", &book).unwrap(), r#"("y z" OR x) w/5 c"#);
    }

    #[test]
    fn circles_and_unknown_names_are_errors() {
        let book = [("a", "@b"), ("b", "c @a"), ("x", "@gone")];
        insta::assert_snapshot!(resolve("d @a", &book).unwrap_err(), @r"
        d @a
          ^^
        @a stands for itself: @a contains @b contains @a
        help: remove one of the names
        ");
        insta::assert_snapshot!(resolve("@x", &book).unwrap_err(), @r"
        @x
        ^^
        no query is named @gone
        help: use a name of the code book
        ");
    }

    #[test]
    fn growth_is_limited() {
        let multiply = |n: u32| {
            let book: Vec<(String, String)> =
                (0..=n).map(|n| (format!("n{n}"), format!("@n{} x @n{}", n + 1, n + 1))).collect();
            let mut book: Vec<_> = book.iter().map(|(name, query)| (name.as_str(), query.as_str())).collect();
            book.push((if n == 20 { "n21" } else { "n90" }, "y"));
            resolve("@n0", &book).unwrap_err()
        };
        assert!(multiply(20).contains("20000 parts"));
        assert!(multiply(89).contains("32 deep"));
    }
}
