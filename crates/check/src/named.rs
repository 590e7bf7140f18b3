//! The report that a reader says an article is about.

use std::collections::BTreeSet;

use quotable_index::{ReportHead, Result, Snapshot, Sort};
use quotable_query::{Field, Query};
use quotable_report::profile::name_forms;
use quotable_report::{Date, ReportKind};

use crate::about::{About, AboutReport};
use crate::corpus::Corpus;
use crate::days::{day_of, days_between};
use crate::options::CheckOptions;

/// What `name` means: the path of a report, or the end of one; or an authority by any of its names, with or without a
/// year, month or day behind it (`Marlowe 2018`). Of several reports on an authority, the last that is not younger than
/// the article. `None` if no report is called so.
pub(crate) fn by_name(snapshot: &Snapshot, name: &str, article: Option<Date>) -> Result<Option<About>> {
    let name = name.trim();
    let reports = || snapshot.report_heads().filter(|head| head.kind != ReportKind::Article);
    if let Some(head) = snapshot.report_head(name) {
        return Ok(Some(of(&[head], true)));
    }
    let ends: Vec<ReportHead<'_>> = reports().filter(|head| path_ends_with(head.path, name)).collect();
    if let [only] = ends.as_slice() {
        return Ok(Some(of(&[*only], true)));
    }
    let (authority, day) = split_day(name);
    let keys = keys(snapshot, authority)?;
    let is_day = |head: &ReportHead<'_>| {
        day.is_none_or(|day| day_of(head).is_some_and(|date| date.to_string().starts_with(day)))
    };
    let of_authority =
        |head: &ReportHead<'_>| head.authority.is_some_and(|authority| keys.contains(authority.key.as_str()));
    let mut found: Vec<ReportHead<'_>> =
        reports().filter(|head| of_authority(head) && is_day(head)).collect();
    found.sort_by_key(|head| std::cmp::Reverse(day_of(head)));
    let old_enough = |head: &&ReportHead<'_>| match (article, day_of(head)) {
        (Some(article), Some(day)) => days_between(article, day).is_none_or(|early| early <= 0),
        _ => true,
    };
    let Some(first) = found.iter().find(old_enough).or(found.first()) else { return Ok(None) };
    // Without any day to choose by, all of them are meant.
    let all = day.is_none() && article.is_none() && found.len() > 1;
    Ok(Some(if all { of(&found, false) } else { of(&[*first], true) }))
}

/// True for a path and the end of it that begins behind a `/`.
fn path_ends_with(path: &str, end: &str) -> bool {
    let end = end.trim_start_matches("./");
    !end.is_empty() && path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// The name of an authority, and the year, month or day behind it: `2018`, `2018-01`, `2018-01-29`.
fn split_day(name: &str) -> (&str, Option<&str>) {
    let Some((before, last)) = name.rsplit_once(' ') else { return (name, None) };
    let is_day = matches!(last.len(), 4 | 7 | 10)
        && last.split('-').all(|part| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_day { (before.trim_end(), Some(last)) } else { (name, None) }
}

/// The keys of the authority of that name. As filters find it, with their error if there is none.
fn keys(snapshot: &Snapshot, name: &str) -> Result<BTreeSet<String>> {
    let forms = name_forms(name);
    let mut keys = BTreeSet::new();
    for head in snapshot.report_heads() {
        let Some(authority) = head.authority else { continue };
        let names = [&authority.name, &authority.key].into_iter().chain(&authority.aliases);
        if names.map(String::as_str).flat_map(name_forms).any(|form| forms.contains(&form)) {
            keys.insert(authority.key.clone());
        }
    }
    if keys.is_empty() {
        let options = CheckOptions::default();
        let found =
            Corpus::new(snapshot, &options).search(Query::filter(Field::Authority, name), 1, Sort::Date)?;
        keys.extend(found.hits.into_iter().filter_map(|hit| hit.citation.authority_key));
    }
    Ok(keys)
}

fn of(heads: &[ReportHead<'_>], single: bool) -> About {
    let first = heads.first();
    let authority = first.and_then(|head| head.authority);
    let title = || first.map(|head| head.title.unwrap_or(head.path).to_owned()).unwrap_or_default();
    About {
        authority: authority.map(|authority| authority.key.clone()).unwrap_or_default(),
        name: authority.map_or_else(title, |authority| authority.name.clone()),
        mentions: 0,
        report: first.filter(|_| single).map(|head| head.path.to_owned()),
        reports: heads.iter().map(AboutReport::of).collect(),
        looked_for: 0,
        given: true,
        missing: false,
        younger: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_behind_a_name_is_split_off() {
        assert_eq!(split_day("West Marlowe 2018"), ("West Marlowe", Some("2018")));
        assert_eq!(split_day("Marlowe 2018-01-29"), ("Marlowe", Some("2018-01-29")));
        assert_eq!(split_day("West Marlowe"), ("West Marlowe", None));
        assert_eq!(split_day("80442"), ("80442", None));
    }

    #[test]
    fn a_path_is_known_by_its_end() {
        assert!(path_ends_with("80001_marlowe/may 2019.pdf", "may 2019.pdf"));
        assert!(!path_ends_with("80001_marlowe/may 2019.pdf", "2019.pdf"));
        assert!(!path_ends_with("a.pdf", ""));
    }
}
