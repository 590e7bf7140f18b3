//! Files that are out to do harm, made anew from a seed wherever they are needed: none is kept.
//!
//! [`crafted`] are those that someone thought of: circles, bombs, sizes that are not so, depths without end.
//! [`Spoiler`] makes others from good files, as bad transmission, bad programs and chance do. Both give the same files
//! for the same seed, on every machine.

mod crafted;
mod random;
mod spoil;
mod words;

pub use crafted::{bottomless, crafted, word_file};
pub use random::Random;
pub use spoil::Spoiler;

/// A file that does not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hostile {
    /// Its name, the ending of which says what it pretends to be. No two crafted files share a name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Hostile {
    /// A file of a name and a content.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}
