//! Names replaced by the queries they stand for.

use crate::check::Limits;
use crate::error::{Fault, QueryError};
use crate::query::Query;

/// The most names that may stand for one another in a row.
const DEPTH: usize = 32;

impl Query {
    /// Replaces every name by the query that `named` gives for it, and the names in that too.
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
    /// If a name is not known, stands for itself through others, or the query grows to more parts than
    /// [`Limits::parts`] by default.
    pub fn resolved(&self, mut named: impl FnMut(&str) -> Option<Query>) -> Result<Query, QueryError> {
        let most = Limits::default().parts;
        let mut resolver = Resolver { named: &mut named, open: Vec::new(), parts: 0, most };
        let resolved = resolver.replace(self).map_err(|(name, fault)| {
            let part = name.map_or_else(|| self.clone(), Query::Named);
            self.error_at(&part, fault.message, fault.cure)
        })?;
        Ok(resolved.normalised())
    }
}

struct Resolver<'n> {
    named: &'n mut dyn FnMut(&str) -> Option<Query>,
    /// The names that are being replaced, outermost first.
    open: Vec<String>,
    parts: usize,
    most: usize,
}

/// A fault, and the outermost name that led to it; none if the whole query is at fault.
type Fail = (Option<String>, Fault);

impl Resolver<'_> {
    fn replace(&mut self, query: &Query) -> Result<Query, Fail> {
        self.parts += 1;
        if self.parts > self.most {
            return Err(self.fail(
                None,
                format!("the query grows to more than {} parts", self.most),
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
            leaf => leaf.clone(),
        })
    }

    fn all(&mut self, parts: &[Query]) -> Result<Vec<Query>, Fail> {
        parts.iter().map(|part| self.replace(part)).collect()
    }

    fn name(&mut self, name: &str) -> Result<Query, Fail> {
        if self.open.iter().any(|open| open == name) {
            let circle = self.open.join(" holds @");
            let message = format!("@{name} stands for itself: @{circle} holds @{name}");
            return Err(self.fail(Some(name), message, "take one of the names out"));
        }
        if self.open.len() == DEPTH {
            let message = format!("names stand for names more than {DEPTH} deep");
            return Err(self.fail(Some(name), message, "write some of them out"));
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

    fn fail(&self, name: Option<&str>, message: impl Into<String>, cure: &str) -> Fail {
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
    fn names_are_replaced_all_the_way() {
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
        @a stands for itself: @a holds @b holds @a
        help: take one of the names out
        ");
        insta::assert_snapshot!(resolve("@x", &book).unwrap_err(), @r"
        @x
        ^^
        no query is named @gone
        help: use a name of the code book
        ");
    }

    #[test]
    fn names_that_multiply_are_stopped() {
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
