//! The code pages and character sets of rich text, as encodings.

use encoding_rs::{self as encodings, Encoding};

/// How the bytes of a font become letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Charset {
    /// That of the default font: none was chosen.
    Default,
    /// The code page of the file.
    File,
    /// The signs of Symbol and Wingdings, which have no letters.
    Symbol,
    Of(&'static Encoding),
}

/// The encoding of a Windows code page.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        437 | 850 | 1252 | 28591 => encodings::WINDOWS_1252,
        866 => encodings::IBM866,
        874 => encodings::WINDOWS_874,
        932 => encodings::SHIFT_JIS,
        936 | 54936 => encodings::GB18030,
        949 => encodings::EUC_KR,
        950 => encodings::BIG5,
        1250 => encodings::WINDOWS_1250,
        1251 => encodings::WINDOWS_1251,
        1253 => encodings::WINDOWS_1253,
        1254 => encodings::WINDOWS_1254,
        1255 => encodings::WINDOWS_1255,
        1256 => encodings::WINDOWS_1256,
        1257 => encodings::WINDOWS_1257,
        1258 => encodings::WINDOWS_1258,
        10000 => encodings::MACINTOSH,
        65001 => encodings::UTF_8,
        _ => return None,
    })
}

/// The charset of a font (`\fcharset`).
pub(super) fn of_font(number: i32) -> Charset {
    let page = match number {
        2 => return Charset::Symbol,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return Charset::File,
    };
    code_page(page).map_or(Charset::File, Charset::Of)
}
