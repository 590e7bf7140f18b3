//! Signs that the file names, or that its fonts show for other letters.

/// A byte of the fonts Symbol and Wingdings: bullets as one bullet, other signs where such fonts have them.
pub(super) fn symbol(byte: u8) -> char {
    match byte {
        0..=0x20 => ' ',
        0xB7 | 0xA7 | 0x6E | 0xD8 | 0xFC | 0x76 => '•',
        _ => char::from_u32(0xF000 + u32::from(byte)).unwrap_or(' '),
    }
}

/// The sign that a control word stands for.
pub(super) fn letter(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"bullet" => "•",
        b"endash" => "–",
        b"emdash" => "—",
        b"enspace" | b"emspace" | b"qmspace" => " ",
        _ => return None,
    })
}
