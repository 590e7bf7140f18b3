//! How often a text names each authority: by its name, its key, or an alias of a register.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

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
pub(crate) struct Names {
    /// For each first word, the names that begin with it, the longest first: the folded words, and the key.
    by_first: HashMap<String, Vec<(Vec<String>, String)>>,
    /// The names of the authorities that reports are on, by key.
    printed: BTreeMap<String, String>,
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

/// Where a text names an authority.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) bytes: Range<usize>,
    pub(crate) key: String,
}

impl Names {
    /// The names of the authorities that reports are on, and of those of the registers.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let mut names = Self { by_first: HashMap::new(), printed: BTreeMap::new() };
        for head in snapshot.report_heads().filter(|head| head.kind != ReportKind::Article) {
            let Some(authority) = head.authority else { continue };
            let is_new = names.printed.insert(authority.key.clone(), authority.name.clone()).is_none();
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
        names
    }

    /// True if reports are on the authority with this key.
    pub(crate) fn has_reports(&self, key: &str) -> bool {
        self.printed.contains_key(key)
    }

    /// The name of an authority, as the corpus writes it, or else a register.
    pub(crate) fn name(&self, key: &str) -> String {
        let printed = self.printed.get(key).map(String::as_str);
        printed.or_else(|| registered(key)).unwrap_or(key).to_owned()
    }

    /// Where a text names authorities, in order. A longer name wins where it stands: `West Mere` is no mention of `Mere`. Names
    /// begin with a capital, and that of a place behind a peer’s name is none: `Baroness Tyler of Enfield`.
    pub(crate) fn find(&self, text: &str) -> Vec<Mention> {
        let mut all: Vec<(String, Range<usize>, bool)> = Vec::new();
        let mut words = Words::new(text);
        while words.advance() {
            let capital = text.get(words.bytes()).is_some_and(|word| word.starts_with(char::is_uppercase));
            all.push((words.text().to_owned(), words.bytes(), capital));
        }
        let bare = |word: &str| word.strip_suffix("'s").unwrap_or(word).trim_end_matches('\'').to_owned();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((word, _, capital)) = all.get(at) {
            let candidates = self.by_first.get(word).or_else(|| self.by_first.get(&bare(word)));
            let same = |(name, _): &&(Vec<String>, String)| {
                all.get(at..at + name.len()).is_some_and(|there| {
                    there.iter().zip(name).enumerate().all(|(number, ((word, ..), named))| {
                        word == named || (number + 1 == name.len() && bare(word) == *named)
                    })
                })
            };
            let named = candidates.filter(|_| *capital).and_then(|names| names.iter().find(same));
            let Some((name, key)) = named else {
                at += 1;
                continue;
            };
            let is_title = at >= 3
                && all[at - 1].0 == "of"
                && all[at - 3..at - 1]
                    .iter()
                    .any(|(word, ..)| matches!(word.as_str(), "lord" | "lady" | "baroness" | "baron"));
            if !is_title {
                let bytes = all[at].1.start..all[at + name.len() - 1].1.end;
                found.push(Mention { bytes, key: key.clone() });
            }
            at += name.len();
        }
        found
    }
}

/// The authorities that a text names, by key; those of the registers that no report is on, too, under their own names.
pub(crate) fn mentions(names: &Names, text: &str) -> BTreeMap<String, Mentioned> {
    let mut found: BTreeMap<String, Mentioned> = BTreeMap::new();
    for mention in names.find(text) {
        let name = || Mentioned { name: names.name(&mention.key), count: 0 };
        let entry = found.entry(mention.key.clone()).or_insert_with(name);
        entry.count = entry.count.saturating_add(1);
    }
    found
}
