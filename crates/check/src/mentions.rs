//! How often a text names each authority: by its name, its key, or an alias of a register.

use std::collections::{BTreeMap, HashMap};

use quotable_index::Snapshot;
use quotable_query::analyse::{Words, fold};
use quotable_report::ReportKind;
use quotable_report::profile::Profiles;

/// An authority of the corpus that a text names.
#[derive(Debug, Clone)]
pub(crate) struct Mentioned {
    /// The name, as the corpus writes it.
    pub(crate) name: String,
    pub(crate) count: u32,
}

/// The names of authorities, by their first words.
struct Names {
    /// For each first word, the names that begin with it, the longest first: the folded words, and the key.
    by_first: HashMap<String, Vec<(Vec<String>, String)>>,
}

impl Names {
    fn add(&mut self, name: &str, key: &str) {
        let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
        let Some(first) = words.first().filter(|_| name.chars().any(char::is_alphabetic)) else { return };
        let names = self.by_first.entry(first.clone()).or_default();
        if !names.iter().any(|(known, _)| *known == words) {
            names.push((words, key.to_owned()));
        }
    }
}

/// The name that a register gives for a key.
fn registered(key: &str) -> Option<&'static str> {
    Profiles::built_in().registers().find_map(|register| register.with_key(key)).map(|row| row.name.as_str())
}

/// The authorities that a text names, by key; those of the registers that no report is on, too, under their own names. A
/// longer name wins where it stands: `West Mere` is no mention of `Mere`. Names begin with a capital.
pub(crate) fn mentions(snapshot: &Snapshot, text: &str) -> BTreeMap<String, Mentioned> {
    let mut names = Names { by_first: HashMap::new() };
    let mut printed: BTreeMap<&str, &str> = BTreeMap::new();
    for head in snapshot.report_heads().filter(|head| head.kind != ReportKind::Article) {
        let Some(authority) = head.authority else { continue };
        let is_new = printed.insert(&authority.key, &authority.name).is_none();
        names.add(&authority.key, &authority.key);
        names.add(&authority.name, &authority.key);
        for alias in authority.aliases.iter().filter(|_| is_new) {
            names.add(alias, &authority.key);
        }
    }
    let registers = Profiles::built_in().registers();
    for row in registers.flat_map(|register| register.rows()) {
        for name in [&row.key, &row.name].into_iter().chain(&row.aliases) {
            names.add(name, &row.key);
        }
    }
    for names in names.by_first.values_mut() {
        names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    let mut found: BTreeMap<String, Mentioned> = BTreeMap::new();
    let mut all: Vec<(String, bool)> = Vec::new();
    let mut words = Words::new(text);
    while words.advance() {
        let capital = text.get(words.bytes()).is_some_and(|word| word.starts_with(char::is_uppercase));
        all.push((words.text().to_owned(), capital));
    }
    let mut at = 0;
    while let Some((word, capital)) = all.get(at) {
        let bare = |word: &str| word.strip_suffix("'s").unwrap_or(word).trim_end_matches('\'').to_owned();
        let candidates = names.by_first.get(word).or_else(|| names.by_first.get(&bare(word)));
        let same = |(name, _): &&(Vec<String>, String)| {
            all.get(at..at + name.len()).is_some_and(|there| {
                there.iter().zip(name).enumerate().all(|(number, ((word, _), named))| {
                    word == named || (number + 1 == name.len() && bare(word) == *named)
                })
            })
        };
        let named = candidates.filter(|_| *capital).and_then(|names| names.iter().find(same));
        let Some((name, key)) = named else {
            at += 1;
            continue;
        };
        at += name.len();
        let entry = found.entry(key.clone()).or_insert_with(|| Mentioned {
            name: printed
                .get(key.as_str())
                .copied()
                .or_else(|| registered(key))
                .map_or_else(|| key.clone(), str::to_owned),
            count: 0,
        });
        entry.count = entry.count.saturating_add(1);
    }
    found
}
