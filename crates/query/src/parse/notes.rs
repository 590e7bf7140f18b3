//! Notes on how a query text was read.

use crate::chars::{is_apostrophe, is_dash, is_double_quote, is_space};
use crate::error::QueryError;

/// What a reader of the answer should know of how the query was read.
#[derive(Debug, Default)]
pub(super) struct Notes {
    lines: Vec<String>,
    /// Signs that are searched neither by themselves nor with a word, in the order in which they were met.
    left_out: Vec<char>,
    /// Lines on operators in small letters, which are words. In pasted text they are no news.
    small_operators: Vec<String>,
    /// What a person who typed the query most likely did not mean. It is an error there; a query that was written by a
    /// program, or printed, is read as it stands.
    doubt: Option<QueryError>,
}

impl Notes {
    /// Adds a line, once.
    pub(super) fn add(&mut self, line: impl Into<String>) {
        let line = line.into();
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    /// Adds a line on an operator in small letters, once.
    pub(super) fn add_small_operator(&mut self, line: String) {
        if !self.small_operators.contains(&line) {
            self.small_operators.push(line);
        }
    }

    /// Says one line in place of those on operators in small letters, if there are any.
    pub(super) fn replace_small_operators(&mut self, line: impl Into<String>) {
        if !std::mem::take(&mut self.small_operators).is_empty() {
            self.add(line);
        }
    }

    /// Keeps the first thing that was most likely not meant.
    pub(super) fn doubt(&mut self, error: QueryError) {
        self.doubt.get_or_insert(error);
    }

    /// Takes what was most likely not meant.
    pub(super) fn take_doubt(&mut self) -> Option<QueryError> {
        self.doubt.take()
    }

    /// Notes the signs of a text between words. Ordinary punctuation is left out of every query, which is not worth a line.
    pub(super) fn leave_out(&mut self, signs: &str) {
        for sign in signs.chars().filter(|&c| is_worth_a_note(c)) {
            if !self.left_out.contains(&sign) {
                self.left_out.push(sign);
            }
        }
    }

    /// All notes, that of what was left out last.
    pub(super) fn into_lines(mut self) -> Vec<String> {
        std::mem::take(&mut self.small_operators).into_iter().for_each(|line| self.add(line));
        if !self.left_out.is_empty() {
            let signs: Vec<String> = self.left_out.iter().map(char::to_string).collect();
            let signs = signs.join(" ");
            self.add(format!(
                "left out of the query: {signs} (only letters and digits are searched; for signs as printed, write =\"R&D\")"
            ));
        }
        self.lines
    }
}

fn is_worth_a_note(c: char) -> bool {
    const PUNCTUATION: &str = ".,;:!?()[]/\\…•·*_-";
    !(c.is_alphanumeric()
        || is_space(c)
        || is_apostrophe(c)
        || is_double_quote(c)
        || is_dash(c)
        || PUNCTUATION.contains(c))
}
