//! The tokens of a rich-text file.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    /// `\par`, `\fs24`.
    Word(&'t [u8], Option<i32>),
    /// A backslash and one sign that is no letter: `\~`. Of `\'e9`, see [`Token::Byte`].
    Symbol(u8),
    /// One byte of text, from `\'e9`.
    Byte(u8),
    /// Text as it stands, without line ends.
    Text(&'t [u8]),
}

/// Cuts a file into tokens.
pub(super) struct Tokens<'t> {
    rest: &'t [u8],
}

/// The longest control word, in letters (the specification says 32).
const LONGEST_WORD: usize = 64;

impl<'t> Tokens<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Passes over bytes that are no tokens.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// The token after a backslash.
    fn control(&mut self) -> Option<Token<'t>> {
        let first = *self.rest.first()?;
        if !first.is_ascii_alphabetic() {
            self.pass(1);
            if first == b'\'' {
                let code = self.rest.get(..2).and_then(|code| std::str::from_utf8(code).ok());
                if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                    self.pass(2);
                    return Some(Token::Byte(byte));
                }
            }
            return Some(Token::Symbol(first));
        }
        let letters =
            self.rest.iter().take(LONGEST_WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, after) = self.rest.split_at(letters);
        let negative = after.first() == Some(&b'-') && after.get(1).is_some_and(u8::is_ascii_digit);
        let digits = &after[usize::from(negative)..];
        let count = digits.iter().take(LONGEST_WORD).take_while(|byte| byte.is_ascii_digit()).count();
        let number = digits[..count]
            .iter()
            .fold(0_i32, |number, digit| number.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        let number = (count > 0).then_some(if negative { -number } else { number });
        let after = &digits[count..];
        // One space after a control word belongs to it.
        self.rest = after.strip_prefix(b" ").unwrap_or(after);
        Some(Token::Word(word, number))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            match *self.rest.first()? {
                b'{' => {
                    self.pass(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.pass(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.pass(1);
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.pass(1),
                _ => {
                    let end = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest.iter().position(end).unwrap_or(self.rest.len());
                    let (text, rest) = self.rest.split_at(length);
                    self.rest = rest;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}
