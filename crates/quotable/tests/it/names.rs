//! Every type with stable names parses the names that it prints, and serde writes the same.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use quotable::check::{EditKind, QuotationKind, Verdict};
use quotable::query::{Field, Scope};
use quotable::report::{JudgementScope, ReportKind, Role};
use quotable::{Boilerplate, CodeKind, Facet, FailureKind, LineSort, Origin, Sort};
use serde::Serialize;

fn check<T>(all: &[T])
where
    T: Debug + Display + PartialEq + FromStr<Err: Debug + Display> + Serialize,
{
    for value in all {
        let name = value.to_string();
        assert_eq!(name.parse::<T>().unwrap(), *value);
        assert_eq!(format!(" {} ", name.to_uppercase()).parse::<T>().unwrap(), *value);
        assert_eq!(serde_json::to_string(value).unwrap(), format!("\"{name}\""));
    }
}

/// The error says which names there are.
fn refuses<T: FromStr<Err: Display> + Display>(text: &str, known: &[T]) {
    let error = text.parse::<T>().err().expect("no such name").to_string();
    for name in known {
        assert!(error.contains(&name.to_string()), "{error}");
    }
}

#[test]
fn names_are_parsed_as_they_are_printed() {
    check(&ReportKind::ALL);
    check(&Role::ALL);
    check(&JudgementScope::ALL);
    check(&Verdict::ALL);
    check(&EditKind::ALL);
    check(&QuotationKind::ALL);
    check(&CodeKind::ALL);
    check(&FailureKind::ALL);
    check(&Origin::ALL);
    check(&Sort::ALL);
    check(&LineSort::ALL);
    check(&Boilerplate::ALL);
    check(&Scope::ALL);
    check(&Facet::ALL);
    check(&Field::ALL);
}

#[test]
fn unknown_names_are_refused_with_the_known_ones() {
    refuses("essay", &ReportKind::ALL);
    refuses("footnote", &Role::ALL);
    refuses("true", &Verdict::ALL);
    refuses("page", &Scope::ALL);
    refuses("newest", &Sort::ALL);
    refuses("none", &Boilerplate::ALL);
}
