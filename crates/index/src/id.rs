//! Ids that stay the same over every refresh and on every machine.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// The id of a report, or of a paragraph in a report.
///
/// A report's id is a hash of its path, ten letters and digits; a paragraph's adds its place among all the
/// report's paragraphs, one-based: `k3v9x2m7qa.12`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Id {
    /// Letters and digits of ASCII.
    report: [u8; LENGTH],
    paragraph: Option<u32>,
}

/// Five bits a character. Without `i`, `l`, `o` and `u`, which are misread for others (Crockford's Base32 in small
/// letters).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a report's id: 50 bits, so that among a million reports two ids are the same with a chance of 1 in
/// 2000.
const LENGTH: usize = 10;

impl Id {
    /// The id of the report at a path relative to the corpus.
    pub fn of_report(path: &str) -> Self {
        // The first bytes of the extended output are those of the plain hash.
        let mut hash = [0; 8];
        blake3::Hasher::new().update(path.as_bytes()).finalize_xof().fill(&mut hash);
        let mut bits = u64::from_be_bytes(hash);
        let mut report = [0; LENGTH];
        for letter in &mut report {
            // The highest five bits.
            *letter = ALPHABET[(bits >> 59) as usize];
            bits <<= 5;
        }
        Self { report, paragraph: None }
    }

    /// The id of a paragraph of the same report. `ordinal` is its place among all the report's paragraphs, one-based.
    #[must_use]
    pub fn paragraph(&self, ordinal: u32) -> Self {
        Self { report: self.report, paragraph: Some(ordinal) }
    }

    /// The id of the report alone.
    #[must_use]
    pub fn report(&self) -> Self {
        Self { report: self.report, paragraph: None }
    }

    /// The place of the paragraph among all the report's paragraphs, one-based; `None` for a report's id.
    pub fn ordinal(&self) -> Option<u32> {
        self.paragraph
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.report).unwrap_or_default())?;
        match self.paragraph {
            Some(ordinal) => write!(f, ".{ordinal}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Id {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || {
            let message = format!("“{text}” is not an id; copy one from an answer, such as k3v9x2m7qa.12");
            Error::new(ErrorKind::Invalid, message)
        };
        let (report, paragraph) = match text.split_once('.') {
            None => (text, None),
            Some((report, ordinal)) => {
                let ordinal =
                    ordinal.parse::<u32>().ok().filter(|ordinal| *ordinal > 0).ok_or_else(invalid)?;
                (report, Some(ordinal))
            }
        };
        let report: [u8; LENGTH] = report.as_bytes().try_into().map_err(|_| invalid())?;
        if !report.iter().all(|byte| ALPHABET.contains(byte)) {
            return Err(invalid());
        }
        Ok(Self { report, paragraph })
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for Id {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_on_every_machine() {
        let id = Id::of_report("80432_marlowe/2018.pdf");
        insta::assert_snapshot!(id, @"89wmhcp1h2");
        assert_eq!(id.paragraph(12).to_string().parse::<Id>().unwrap(), id.paragraph(12));
    }

    #[test]
    fn malformed_ids_are_refused() {
        for text in ["", "k3v9x2m7qa.0", "k3v9x2m7qa.", "K3V9X2M7QA", "k3v9x2m7q", "k3v9x2m7qa.1.2"] {
            assert!(text.parse::<Id>().is_err(), "{text}");
        }
    }
}
