//! Registers of authorities and providers: which printed names mean the same one.

use std::collections::HashMap;

use crate::error::ProfileError;

/// An authority or provider of a register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registered {
    /// The stable key: `buckinghamshire`.
    pub key: String,
    /// The usual name.
    pub name: String,
    /// Other names: `Bucks`.
    pub aliases: Vec<String>,
    /// Keys of the authorities that it took over from.
    pub predecessors: Vec<String>,
    /// Keys of the authorities that took over from it.
    pub successors: Vec<String>,
    /// The region.
    pub region: Option<String>,
    /// The numbers by which inspectorates call it.
    pub numbers: Vec<String>,
}

/// A register: a list of authorities, found by any of their names or numbers.
///
/// As a file it is CSV with a header. The column `name` must be there; `key`, `aliases`, `predecessors`, `successors`,
/// `region` and `numbers` may be, the lists separated by semicolons. Other columns are ignored.
#[derive(Debug, Clone)]
pub struct Register {
    name: String,
    text: String,
    hash: [u8; 32],
    rows: Vec<Registered>,
    /// Rows by the forms of their names.
    names: HashMap<String, usize>,
    numbers: HashMap<String, usize>,
    keys: HashMap<String, usize>,
}

impl Register {
    /// Parses a register. `name` is the name that profiles call it by, the name of its file without `.csv`.
    ///
    /// # Errors
    /// If the text is no such CSV, or if two rows share a key, a name, an alias or a number.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let file = format!("{name}.csv");
        let error = |line: u64, message: String, cure: &str| {
            ProfileError::new(&file, message, cure).at_line(usize::try_from(line).unwrap_or(usize::MAX))
        };
        // With one sign for a line end, the lines are counted right.
        let lines = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(lines.as_bytes());
        let header =
            reader.headers().map_err(|fault| error(1, fault.to_string(), "save it as CSV in UTF-8"))?.clone();
        let column = |wanted: &str| header.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted));
        let Some(name_column) = column("name") else {
            return Err(error(
                1,
                "there is no column “name”".to_owned(),
                "give the columns names in the first line",
            ));
        };
        let columns = ["key", "aliases", "predecessors", "successors", "region", "numbers"].map(column);
        let mut register = Self {
            name: name.to_owned(),
            text: text.to_owned(),
            hash: *blake3::hash(text.as_bytes()).as_bytes(),
            rows: Vec::new(),
            names: HashMap::new(),
            numbers: HashMap::new(),
            keys: HashMap::new(),
        };
        for record in reader.records() {
            let record = record.map_err(|fault| {
                let line = fault.position().map_or(1, csv::Position::line);
                error(
                    line,
                    "the row cannot be read".to_owned(),
                    "put texts that hold commas or quotation marks in quotation marks",
                )
            })?;
            let line = record.position().map_or(1, csv::Position::line);
            let cell = |column: Option<usize>| {
                column.and_then(|at| record.get(at)).map(str::trim).unwrap_or_default()
            };
            let list = |column| -> Vec<String> {
                cell(column)
                    .split(';')
                    .map(str::trim)
                    .filter(|item| !item.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let [key, aliases, predecessors, successors, region, numbers] = columns;
            let name = cell(Some(name_column)).to_owned();
            if name.is_empty() {
                continue;
            }
            let key = Some(cell(key))
                .filter(|key| !key.is_empty())
                .map_or_else(|| authority_key(&name), str::to_owned);
            let row = Registered {
                key,
                name,
                aliases: list(aliases),
                predecessors: list(predecessors),
                successors: list(successors),
                region: Some(cell(region).to_owned()).filter(|region| !region.is_empty()),
                numbers: list(numbers),
            };
            register.add(row).map_err(|message| error(line, message, "remove one of the two"))?;
        }
        Ok(register)
    }

    fn add(&mut self, row: Registered) -> Result<(), String> {
        let at = self.rows.len();
        for number in &row.numbers {
            if let Some(other) = self.numbers.insert(number.to_lowercase(), at).filter(|other| *other != at) {
                return Err(format!("the number {number} is that of {} too", self.rows[other].name));
            }
        }
        if let Some(other) = self.keys.insert(row.key.clone(), at) {
            return Err(format!("the key {} is that of {} too", row.key, self.rows[other].name));
        }
        for name in [&row.key, &row.name].into_iter().chain(&row.aliases) {
            let form = name_form(name);
            if let Some(other) = self.names.insert(form, at).filter(|other| *other != at) {
                return Err(format!("the name {name} is that of {} too", self.rows[other].name));
            }
        }
        self.rows.push(row);
        Ok(())
    }

    /// The name by which profiles call the register.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text that the register was parsed from.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// All rows, in the order of the file.
    #[must_use]
    pub fn rows(&self) -> &[Registered] {
        &self.rows
    }

    /// The row with that key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Option<&Registered> {
        self.keys.get(key).and_then(|at| self.rows.get(*at))
    }

    /// The authority that a name, alias, key or number means, with or without the words for its legal form.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&Registered> {
        let text = text.trim();
        let at = self.numbers.get(&text.to_lowercase()).or_else(|| {
            // As it is first: the City of London is not London.
            let whole = name_form(text);
            self.names
                .get(&whole)
                .or_else(|| self.names.get(&name_form(&authority_key(text))))
                .or_else(|| self.names.get(name_form(&authority_key(text)).strip_prefix("city of ")?))
        });
        at.and_then(|at| self.rows.get(*at))
    }
}

/// The forms in which a name of an authority is compared: as it is, and without the words for its legal form.
#[must_use]
pub fn name_forms(name: &str) -> Vec<String> {
    let whole = name_form(name);
    let mut forms = vec![name_form(&authority_key(&whole)), name_form(&authority_key(name)), whole];
    forms.dedup();
    forms
}

/// A name as it is compared: lower case, without punctuation, `&` as `and`, hyphens as spaces, without a leading `the`.
fn name_form(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', " and ");
    let words = lower.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’')));
    let words = words.map(|word| word.replace(['\'', '’'], "")).filter(|word| !word.is_empty());
    let form = words.collect::<Vec<_>>().join(" ");
    form.strip_prefix("the ").map_or(form.clone(), str::to_owned)
}

/// The stable key of an authority's printed name: lower case, without the words for its legal form, which change when
/// councils are reorganised.
#[must_use]
pub fn authority_key(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "'").replace(',', " ").replace('&', " and ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    // `London Borough of Brent` is Brent, but `City of London` stays: the City is not the rest of London.
    let form = match words.as_slice() {
        ["the", "royal", "borough", "of", ..] | ["the", "london", "borough", "of", ..] => 4,
        ["london", "borough", "of", ..]
        | ["royal", "borough", "of", ..]
        | ["metropolitan", "borough", "of", ..] => 3,
        ["borough", "of", ..] | ["county", "of", ..] | ["council", "of", ..] => 2,
        _ => 0,
    };
    let trailing_forms = [
        "council", "county", "borough", "city", "metropolitan", "district", "unitary", "authority", "local",
        "mbc", "cc", "safeguarding", "children", "board",
    ];
    let mut words = words[form..].to_vec();
    while words.len() > 1 && words.last().is_some_and(|word| trailing_forms.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "key,name,aliases,region,numbers\n\
        westmere,Westmere,West’s;Mereshire,North,80001;90001\n\
        north westmere,North Westmere,,North,80002\n\
        ,St Hartle and Poll,,\"South, and West\",\n\
        city of hartle,City of Hartle,,,\n\
        hartle,Hartle,,,\n";

    fn key(text: &str) -> Option<String> {
        Register::parse("test", CSV).unwrap().find(text).map(|row| row.key.clone())
    }

    #[test]
    fn every_form_of_a_name_finds_its_authority_and_no_neighbour() {
        for text in [
            "Westmere",
            "WESTMERE COUNTY COUNCIL",
            "wests",
            "The London Borough of Westmere",
            "80001",
            "90001",
        ] {
            assert_eq!(key(text).as_deref(), Some("westmere"), "{text}");
        }
        assert_eq!(key("North Westmere Council").as_deref(), Some("north westmere"));
        assert_eq!(key("St. Hartle & Poll Borough Council").as_deref(), Some("st hartle and poll"));
        assert_eq!(key("City of Hartle").as_deref(), Some("city of hartle"));
        assert_eq!(key("Hartle City Council").as_deref(), Some("hartle"));
        assert_eq!(key("East Westmere"), None);
        assert_eq!(key("City of Westmere Council").as_deref(), Some("westmere"));
    }

    #[test]
    fn what_is_doubled_is_an_error_with_its_line() {
        for (rows, message) in [
            ("a,Ay,\na,Bee,", "test.csv, line 3: the key a is that of Ay too"),
            ("a,Ay,\nb,Bee,AY", "test.csv, line 3: the name AY is that of Ay too"),
        ] {
            let error =
                Register::parse("test", &format!("key,name,aliases\n{rows}\n")).map(drop).unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
        }
        let error = Register::parse("test", "nome\nA\n").map(drop).unwrap_err();
        assert_eq!(error.line, Some(1));
    }

    #[test]
    fn keys_leave_out_the_legal_form() {
        for name in [
            "Westmere",
            "Westmere County Council",
            "Westmere City Council",
            "London Borough of Westmere",
            "The Royal Borough of Westmere",
        ] {
            assert_eq!(authority_key(name), "westmere", "{name}");
        }
        assert_eq!(authority_key("Bournmouth, Christhurst & Poll"), "bournmouth christhurst and poll");
    }
}
