//! Splits a query text into tokens.

mod misread;

use std::ops::Range;
use std::sync::Arc;

use super::cursor::{Cursor, escape_len, regex_len};
use super::notes::Notes;
use super::token::{Token, TokenKind};
use super::{filter, foreign, half_range, phrase};
use crate::chars::{is_apostrophe, is_dash, is_double_quote, is_space};
use crate::check;
use crate::error::{Fault, QueryError};
use crate::nearest::nearest;
use crate::printed;
use crate::query::{Field, Query, Scope, Side};
use crate::regex;

/// The tokens of a query text, in order, with notes on how they were read.
pub(super) fn tokens(text: &str) -> Result<(Vec<Token>, Notes), QueryError> {
    let mut lexer = Lexer {
        cursor: Cursor { text, at: 0 },
        shared_text: None,
        tokens: Vec::new(),
        notes: Notes::default(),
        asking: Vec::new(),
    };
    while let Some(first) = lexer.cursor.skip_space() {
        lexer.token(first)?;
    }
    // A single word with a wildcard at its end is no question.
    for word in lexer.asking.iter().filter(|_| lexer.tokens.len() > 1) {
        lexer
            .notes
            .add(format!("the ? of “{word}” is read as any one letter; for a question mark write \\?"));
    }
    Ok((lexer.tokens, lexer.notes))
}

struct Lexer<'t> {
    cursor: Cursor<'t>,
    /// The text, shared by the filters that keep their place in it; made for the first of them.
    shared_text: Option<Arc<str>>,
    tokens: Vec<Token>,
    notes: Notes,
    /// Words with `?` at their end.
    asking: Vec<String>,
}

impl<'t> Lexer<'t> {
    /// Reads the token that begins with the next character, `first`.
    fn token(&mut self, first: char) -> Result<(), QueryError> {
        let start = self.cursor.at;
        match first {
            '(' => {
                self.cursor.bump();
                self.push(TokenKind::Open(None), start);
            }
            ')' => {
                self.cursor.bump();
                self.push(TokenKind::Close, start);
                self.end_of_part(start)?;
            }
            // Word processors may replace a hyphen by the minus sign.
            '-' | '\u{2212}' => self.minus()?,
            c if is_dash(c) => {
                let cure = "leave it out, or write - right before a word to exclude it";
                return Err(self.cursor.fault_here("there is a dash before a word", cure));
            }
            '/' => self.regex()?,
            '@' => self.name()?,
            '=' => self.exact()?,
            c if is_double_quote(c) => {
                let inside = self.cursor.double_quoted(true)?;
                self.phrase(start, inside)?;
            }
            c if is_apostrophe(c) => {
                let inside = self.cursor.single_quoted()?;
                self.phrase(start, inside.clone())?;
                self.cursor.check_unambiguous(start..inside.end)?;
            }
            // Before words, since `kind:report` would be two words too.
            _ => match self.field() {
                Some((field, value)) => self.filter(start, field, value)?,
                None => self.chunk()?,
            },
        }
        Ok(())
    }

    fn minus(&mut self) -> Result<(), QueryError> {
        let start = self.cursor.at;
        self.cursor.bump();
        let lone = self.cursor.peek().is_none_or(|c| is_space(c) || c == ')');
        if lone || self.cursor.peek().is_some_and(|c| c == '-' || is_dash(c) || c == '\u{2212}') {
            let cure = "write - right before a word to exclude it, or put the text in quotation marks";
            return Err(self.cursor.fault(start..self.cursor.at, "this - excludes nothing", cure));
        }
        self.push(TokenKind::Minus, start);
        Ok(())
    }

    fn regex(&mut self) -> Result<(), QueryError> {
        let start = self.cursor.at;
        if self.after_part()
            && let Some(fault) = foreign::window_after_slash(&self.cursor.text[start..])
        {
            let end =
                self.cursor.text[start..].find(is_space).map_or(self.cursor.text.len(), |end| start + end);
            return Err(fault.at(self.cursor.text, start..end));
        }
        let Some(end) = regex_len(&self.cursor.text[start..]) else {
            let cure = "close it with /, or put the text in quotation marks if text was meant";
            return Err(self.cursor.fault(start..start + 1, "this regular expression is not closed", cure));
        };
        self.cursor.at = start + end;
        let pattern = &self.cursor.text[start + 1..self.cursor.at - 1];
        regex::check(pattern).map_err(|fault| fault.at(self.cursor.text, start..self.cursor.at))?;
        self.push(TokenKind::Part(Query::Regex(pattern.to_owned())), start);
        self.end_of_part(start)
    }

    fn name(&mut self) -> Result<(), QueryError> {
        let start = self.cursor.at;
        self.cursor.bump();
        let name = self.cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).to_owned();
        check::named(&name).map_err(|fault| fault.at(self.cursor.text, start..self.cursor.at))?;
        self.push(TokenKind::Part(Query::Named(name)), start);
        self.end_of_part(start)
    }

    /// Words as printed: `=Prevent`, `="Prevent duty"`.
    fn exact(&mut self) -> Result<(), QueryError> {
        let start = self.cursor.at;
        let (before, rest) = self.cursor.text.split_at(start);
        let compared = foreign::spaced_comparison(before, rest)
            .filter(|_| self.after_part() && before.ends_with(is_space));
        self.cursor.bump();
        if let Some(fault) = compared.filter(|_| self.cursor.peek().is_some_and(|c| is_space(c) || c == '='))
        {
            return Err(fault.at(self.cursor.text, start..self.cursor.at));
        }
        let text = match self.cursor.peek() {
            Some(c) if is_double_quote(c) => {
                let inside = self.cursor.double_quoted(true)?;
                without_escapes(&self.cursor.text[inside])
            }
            Some(c) if is_apostrophe(c) => {
                let inside = self.cursor.single_quoted()?;
                self.cursor.text[inside].to_owned()
            }
            _ => {
                let chunk = self.cursor.take_chunk();
                if chunk.contains(['*', '?', '~', '=']) && !chunk.contains('\\') {
                    let cure = "write the word in full, or put signs that are meant in quotation marks: =\"Is it safe?\"";
                    let message = "words as printed take no wildcards or marks";
                    return Err(self.cursor.fault(start..self.cursor.at, message, cure));
                }
                without_escapes(chunk)
            }
        };
        if text.trim_matches(is_space).is_empty() {
            let cure = "write the words right after it, as they are printed: =Prevent; or put the text in quotation marks";
            return Err(self.cursor.fault(start..self.cursor.at, "nothing follows =", cure));
        }
        check::exact(&text).map_err(|fault| fault.at(self.cursor.text, start..self.cursor.at))?;
        self.push(TokenKind::Part(Query::exact(text)), start);
        self.end_of_part(start)
    }

    /// The bytes of the field name and the start of the value, if a filter begins here: a letter, then letters, digits and
    /// hyphens, then a colon.
    fn field(&self) -> Option<(Range<usize>, usize)> {
        let rest = &self.cursor.text[self.cursor.at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))?;
        let begins = rest.starts_with(char::is_alphabetic);
        // `W:www.a.example` in a letter's head, and an address on the web, are text.
        let is_initial = end == 1 && rest.starts_with(char::is_uppercase);
        (begins && !is_initial && rest[end..].starts_with(':') && !rest[end..].starts_with("://"))
            .then(|| (self.cursor.at..self.cursor.at + end, self.cursor.at + end + 1))
    }

    fn filter(&mut self, start: usize, name: Range<usize>, value: usize) -> Result<(), QueryError> {
        self.cursor.at = value;
        let Some(field) = Field::named(&self.cursor.text[name.clone()]) else {
            return Err(unknown_field(self.cursor.text, name));
        };
        // `Note: the …`: a word with its colon.
        let empty = self.cursor.peek().is_none_or(|next| next.is_whitespace() || next == ')');
        if matches!(field, Field::Named(_)) && empty {
            return Err(unknown_field(self.cursor.text, name));
        }
        let filter = filter::read(&mut self.cursor, field, start, &mut self.notes)?;
        let text = self.shared_text.get_or_insert_with(|| self.cursor.text.into());
        let filter = filter.parsed_from(Arc::clone(text), start..self.cursor.at);
        self.push(TokenKind::Part(Query::Filter(filter)), start);
        self.end_of_part(start)
    }

    fn phrase(&mut self, start: usize, inside: Range<usize>) -> Result<(), QueryError> {
        let parts = phrase::quoted(self.cursor.text, inside, &mut self.notes)?;
        check::phrase(&parts).map_err(|fault| fault.at(self.cursor.text, start..self.cursor.at))?;
        self.push(TokenKind::Part(Query::Phrase(parts).normalised()), start);
        self.end_of_part(start)
    }

    /// Reads a run up to space, bracket or quotation mark: an operator, or words.
    fn chunk(&mut self) -> Result<(), QueryError> {
        let start = self.cursor.at;
        let chunk = self.number_with_space().unwrap_or_else(|| self.cursor.take_chunk());
        if let Some(kind) = self.operator(start, chunk)? {
            // No end_of_part: a bracket may follow an operator without space, as in NOT(a).
            self.push(kind, start);
            return Ok(());
        }
        self.refuse_foreign(start, chunk)?;
        if is_left_out(chunk) {
            self.notes.leave_out(chunk);
            return Ok(());
        }
        // The mark of a question or call, with a space before it.
        if chunk.chars().all(|c| matches!(c, '?' | '!')) && chunk.contains('?') && self.after_part() {
            self.notes.add(format!("the {chunk} is read as punctuation and not searched"));
            return Ok(());
        }
        self.note_small_operator(chunk);
        self.note_either(chunk);
        self.note_window_in_words(chunk);
        self.note_truncation(chunk);
        if let Some(body) = chunk.trim_end_matches([',', '.', ';']).strip_suffix('?')
            && body.ends_with(char::is_alphanumeric)
        {
            self.asking.push(chunk.to_owned());
        }
        let query = if chunk == "*:*" {
            Query::All
        } else {
            phrase::bare(self.cursor.text, start..self.cursor.at, &mut self.notes)?
        };
        self.push(TokenKind::Part(query), start);
        self.end_of_part(start)
    }

    /// Takes a number with a space before its per cent sign, or after its sign of currency: `97 %`, `£ 5`.
    fn number_with_space(&mut self) -> Option<&'t str> {
        let rest = &self.cursor.text[self.cursor.at..];
        let length = printed::number_len(rest, true).filter(|length| rest[..*length].contains(is_space))?;
        // With all that follows without space.
        let tail = &rest[length..];
        let end = tail.find(|c| is_space(c) || matches!(c, '(' | ')') || is_double_quote(c));
        let chunk = &rest[..length + end.unwrap_or(tail.len())];
        self.cursor.at += chunk.len();
        Some(chunk)
    }

    /// Refuses what another query language has, and ranges and filters with a space too many or without a field.
    fn refuse_foreign(&mut self, start: usize, chunk: &str) -> Result<(), QueryError> {
        let (text, at) = (self.cursor.text, self.cursor.at);
        let (before, rest) = (&text[..start], &text[at..]);
        if let Some((span, fault)) = foreign::in_chunk(chunk, rest, self.after_part()) {
            let error = fault.at(text, start + span.start..start + span.end);
            // A word in small letters may be one of a query that was printed.
            if chunk.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                && span.end == chunk.len()
            {
                self.notes.doubt(error);
                return Ok(());
            }
            return Err(error);
        }
        if self.after_part()
            && before.ends_with(is_space)
            && chunk.starts_with(['<', '>', '!', '≥', '≤'])
            && let Some(fault) = foreign::spaced_comparison(before, &text[start..])
        {
            return Err(fault.at(text, start..at));
        }
        match half_range::bare(chunk) {
            Some(Err(fault)) => return Err(fault.at(text, start..at)),
            Some(Ok(note)) => self.notes.add(note),
            None => {}
        }
        self.refuse_lone_colon(start, chunk)
    }

    /// Refuses a filter with a space before its colon: `authority : kent`.
    fn refuse_lone_colon(&mut self, start: usize, chunk: &str) -> Result<(), QueryError> {
        let Some(value) = chunk.strip_prefix(':') else { return Ok(()) };
        let Some(Token { kind: TokenKind::Part(Query::Word(_)), span }) = self.tokens.last() else {
            return Ok(());
        };
        let (text, name) = (self.cursor.text, self.cursor.text[span.clone()].to_owned());
        let next = if value.is_empty() { foreign::first_value(&text[self.cursor.at..]) } else { Some(value) };
        let (Some(field), Some(value)) = (Field::named(&name), next) else { return Ok(()) };
        let field =
            if Field::ALL.contains(&field) { field } else { Field::by_other_name(&name).unwrap_or(field) };
        let meant = format!("{field}:{value}");
        if matches!(field, Field::Named(_)) {
            self.notes.add(format!("the : is not searched; for a filter write {meant} without space"));
            return Ok(());
        }
        let cure = format!("write {meant}; if text was meant, put it in quotation marks");
        Err(self.cursor.fault(span.start..start + 1, "there is a space before the colon of a filter", cure))
    }

    /// The operator that `chunk` is, if it is one. Takes the rest of operators that have two chunks.
    fn operator(&mut self, start: usize, chunk: &str) -> Result<Option<TokenKind>, QueryError> {
        if chunk.eq_ignore_ascii_case("not")
            && let Some(kind) = self.not_window(chunk == "NOT")?
        {
            return Ok(Some(kind));
        }
        match chunk {
            "AND" => return Ok(Some(TokenKind::And)),
            "OR" => return Ok(Some(TokenKind::Or)),
            "NOT" => return Ok(Some(TokenKind::Not)),
            // Windows of other query languages.
            "NEAR" | "WITHIN" | "ADJ" | "ADJACENT" | "ONEAR" if self.after_part() => {
                return Err(self.foreign_window(start, chunk));
            }
            _ => {}
        }
        let Some((name, distance)) = chunk.split_once('/') else { return Ok(None) };
        let ordered = match name {
            "w" | "W" => false,
            _ if name.eq_ignore_ascii_case("pre") => true,
            "NEAR" | "WITHIN" | "ADJ" | "N" | "ONEAR" => {
                return Err(self.foreign_window(start, &format!("{name}/")));
            }
            _ if is_foreign_window(name) && distance.parse::<u32>().is_ok() => {
                return Err(self.foreign_window(start, &format!("{name}/")));
            }
            _ => return Ok(None),
        };
        if let (false, Some(scope)) = (ordered, Scope::of_letter(distance)) {
            // Not after a part, and right before a bracket, it is the scope of the group: w/s(a b).
            if self.cursor.peek() == Some('(') && !self.after_part() {
                self.cursor.bump();
                return Ok(Some(TokenKind::Open(Some(scope))));
            }
            return Ok(Some(TokenKind::Scope(scope)));
        }
        self.distance(start, distance).map(|distance| Some(TokenKind::Near { distance, ordered }))
    }

    /// The error for the window of another query language, called `name`.
    fn foreign_window(&self, start: usize, name: &str) -> QueryError {
        let cure = format!(
            "write w/5 for within five words, or pre/5 for in this order; if the word was meant, \"{}\" in quotation marks",
            name.trim_end_matches('/').to_lowercase()
        );
        self.cursor.fault(start..self.cursor.at, format!("{name} is not an operator"), cure)
    }

    /// The distance of a window.
    fn distance(&self, start: usize, digits: &str) -> Result<u32, QueryError> {
        match digits.parse::<u32>() {
            // The standard parser takes a sign too: w/+5.
            Ok(distance) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
                check::window(distance).map_err(|fault| fault.at(self.cursor.text, start..self.cursor.at))?;
                Ok(distance)
            }
            _ => Err(self.cursor.fault(
                start..self.cursor.at,
                "a window is a number of words, or the letter of a scope",
                "write w/5 or pre/5, w/s w/p w/t or w/r, or put the text in quotation marks",
            )),
        }
    }

    /// After `not`: takes the window of `not w/5` if one follows. `capital` if the word was `NOT`, which may also be an
    /// operator by itself.
    fn not_window(&mut self, capital: bool) -> Result<Option<TokenKind>, QueryError> {
        let after_not = self.cursor.at;
        self.cursor.skip_space();
        let start = self.cursor.at;
        let chunk = self.cursor.take_chunk();
        let (name, distance) = chunk.split_once('/').unwrap_or_default();
        let window = name.eq_ignore_ascii_case("w");
        let side = match name {
            name if name.eq_ignore_ascii_case("pre") => Some(Side::Before),
            name if name.eq_ignore_ascii_case("post") => Some(Side::After),
            _ => None,
        };
        if start == after_not || !(window || side.is_some()) {
            self.cursor.at = after_not;
            return Ok(None);
        }
        if window && Scope::of_letter(distance).is_some() {
            if capital && self.cursor.peek() == Some('(') {
                self.cursor.at = after_not; // NOT w/s(a b)
                return Ok(None);
            }
            let cure = format!("write {chunk} NOT: a {chunk} NOT b");
            return Err(self.cursor.fault(
                start..self.cursor.at,
                "for absence from a unit, NOT comes after the scope",
                cure,
            ));
        }
        let distance = self.distance(start, distance)?;
        if side == Some(Side::Before) {
            self.notes.add(format!(
                "a not pre/{distance} b is read as: a that is not preceded by b; for not followed by, write not post/{distance}"
            ));
        }
        Ok(Some(TokenKind::NotNear { distance, side }))
    }

    /// True if the last token ends a part.
    fn after_part(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: TokenKind::Part(_) | TokenKind::Close, .. }))
    }

    /// Refuses a character right after a part, which could not belong to anything.
    fn end_of_part(&self, start: usize) -> Result<(), QueryError> {
        let Some(next) = self.cursor.peek().filter(|&c| !is_space(c) && c != ')') else { return Ok(()) };
        let here = self.cursor.at..self.cursor.at + next.len_utf8();
        let quoted = self.cursor.text[start..].starts_with(|c| is_double_quote(c) || is_apostrophe(c));
        let marks = self.cursor.text.chars().filter(|&c| is_double_quote(c)).count();
        Err(match next {
            // `care leavers"`: the shell took the first mark, or it was forgotten.
            next if is_double_quote(next) && marks % 2 == 1 => {
                let words = self.cursor.text[..self.cursor.at].trim_matches(is_space);
                let is_more = |c: char| is_double_quote(c) || c.is_control() || matches!(c, '(' | ')' | ':');
                let cure = if words.contains(is_more) {
                    "write one before the phrase too, or leave this one out".to_owned()
                } else {
                    format!("write one before the phrase too, as in \"{words}\", or leave this one out")
                };
                self.cursor.fault(here, "this quotation mark closes a phrase that none opens", cure)
            }
            '(' => {
                let (message, cure) = bracket_after_word(self.cursor.text, start, self.cursor.at);
                self.cursor.fault(here, message, cure)
            }
            next if quoted && marks % 2 == 1 && next.is_alphanumeric() => self.cursor.fault(
                start..self.cursor.at,
                "one of the quotation marks of this query is missing",
                "put one before and one after every phrase",
            ),
            '~' | '%' | '*' if quoted => self.cursor.fault(
                here,
                format!("{next} applies to a word, not to a phrase"),
                "write it inside, after the word; for words further apart write w/5 between them",
            ),
            _ => self.cursor.fault(
                here,
                format!("{next} follows a part without a space"),
                "put a space between them, or remove it",
            ),
        })
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, span: start..self.cursor.at });
    }
}

/// What is wrong with a bracket that follows the part at byte `start` without a space, at byte `at`, and the cure: `20(4)`,
/// `leaver(s)`.
fn bracket_after_word(text: &str, start: usize, at: usize) -> (&'static str, String) {
    const MESSAGE: &str = "( follows a part without a space";
    let word = &text[start..at];
    let inside = text[at + 1..].split_once(')').map(|(inside, _)| inside);
    let Some(inside) =
        inside.filter(|inside| !inside.is_empty() && inside.chars().all(char::is_alphanumeric))
    else {
        return (MESSAGE, "put a space between them, or remove it".to_owned());
    };
    let whole = format!("\"{word}({inside})\"");
    if !word.chars().all(char::is_alphabetic) || !inside.chars().all(char::is_lowercase) {
        return (
            MESSAGE,
            format!("put it in quotation marks: {whole}; for a group of its own put a space between them"),
        );
    }
    let after = text[at + inside.len() + 2..].chars().next();
    if after.is_some_and(char::is_alphanumeric) {
        return (
            MESSAGE,
            format!("write the forms that are meant with OR between them, or {word}* for every ending"),
        );
    }
    (MESSAGE, format!("write {word} OR {word}{inside}; for a group of its own put a space between them"))
}

/// True for the name of a window in another query language.
fn is_foreign_window(name: &str) -> bool {
    ["near", "within", "adj", "onear"].iter().any(|window| name.eq_ignore_ascii_case(window))
}

/// True for a run of signs that no word is beside and that mean nothing in this or another query language.
fn is_left_out(chunk: &str) -> bool {
    let means_nothing = |c: char| !c.is_alphanumeric() && !"*?&|!+~^=<>{}-@".contains(c);
    // Both words are wanted beside a lone `&` anyway.
    chunk == "&"
        || escape_len(chunk) == Some(chunk.len())
        || !chunk.contains('\\') && chunk.chars().all(means_nothing)
}

/// The text with every escaped sign as itself.
fn without_escapes(text: &str) -> String {
    let (mut plain, mut at) = (String::with_capacity(text.len()), 0);
    while let Some(c) = text[at..].chars().next() {
        let length = escape_len(&text[at..]);
        let from = at + usize::from(length.is_some());
        at += length.unwrap_or(c.len_utf8());
        plain.push_str(&text[from..at]);
    }
    plain
}

/// The error for a name with a colon that cannot be a field.
fn unknown_field(text: &str, name: Range<usize>) -> QueryError {
    let typed = &text[name.clone()];
    let known = Field::ALL;
    let other_name = Field::by_other_name(typed);
    let near = nearest(&typed.replace('_', "-"), known.iter().map(Field::name));
    if let Some(value) = foreign::first_value(text.get(name.end + 1..).unwrap_or_default())
        && near.is_empty()
        && other_name.is_none()
    {
        let cure = format!(
            "for a filter write {typed}:{value} without the space; if text was meant, put it in quotation marks: \"{typed}: …\""
        );
        return Fault::new(format!("“{typed}:” has no value right after its colon"), cure).at(text, name);
    }
    let offer = match near.split_last() {
        _ if other_name.is_some() => {
            format!("did you mean {}:", other_name.iter().map(Field::name).collect::<String>())
        }
        None => {
            let all: Vec<_> = known.iter().map(Field::name).collect();
            format!("the fields are {}, and the areas of judgement", all.join(", "))
        }
        Some((only, [])) => format!("did you mean {only}:"),
        Some((last, others)) => format!("did you mean {}: or {last}:", others.join(":, ")),
    };
    let cure = format!("{offer}; if text was meant, put it in quotation marks: \"{typed}: …\"");
    Fault::new(format!("there is no field {typed:?}"), cure).at(text, name)
}
