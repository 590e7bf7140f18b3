//! Text strings (ISO 32000-2, 7.9.2.2): the encoding of titles, authors and `ActualText`.

/// Decodes a text string: UTF-16 or UTF-8 behind a byte order mark, else PDFDocEncoding.
///
/// PDFDocEncoding is read as Latin-1, which differs in a few punctuation marks only.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let utf_16 = |from_bytes: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| from_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xFE, 0xFF, ..] => utf_16(u16::from_be_bytes),
        [0xFF, 0xFE, ..] => utf_16(u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().copied().map(char::from).collect(),
    }
}
