//! Encodings of TrueType fonts that declare none.
//!
//! The codes of such a font are those of its own `cmap` (ISO 32000-2, 9.6.5.4), which leads to glyphs without telling
//! their characters. The interpreter then assumes StandardEncoding, which has no characters from 80 to 9F, where the
//! codes of Windows have curly quotes and dashes. Producers take the codes from the font that they embed, so they are
//! those of Windows (WinAnsiEncoding, annex D.2), or of Mac OS if the `cmap` has the curly quotes there.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};

/// The fonts of a file that declare neither an encoding nor the characters of their codes.
#[derive(Debug, Default)]
pub(super) struct Undeclared {
    /// The encoding of each embedded font, by its program.
    embedded: HashMap<(usize, u64), &'static Encoding>,
    /// True if there is one that is not embedded.
    not_embedded: bool,
}

/// How to read the codes of a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    /// As the font declares them.
    Declared,
    /// By an encoding that the font does not declare.
    Undeclared(&'static Encoding),
    /// As declared, and by the encoding of Windows where the font says nothing. For fonts that are not embedded, which
    /// the interpreter does not tell apart.
    Mended,
}

impl Undeclared {
    pub(super) fn of(file: &File) -> Self {
        let mut fonts = Self::default();
        for object in file.objects() {
            let Object::Dict(dict) = object else { continue };
            if !is_undeclared(&dict) {
                continue;
            }
            let descriptor = dict.get::<Dict<'_>>(b"FontDescriptor".as_slice()).unwrap_or_default();
            let program = descriptor.get::<Stream<'_>>(b"FontFile2".as_slice());
            match program.and_then(|program| program.decoded_data().ok()) {
                Some(program) => {
                    fonts.embedded.insert(key(&program), encoding(&program));
                }
                None => fonts.not_embedded = true,
            }
        }
        fonts
    }

    /// True if every font declares its codes.
    pub(super) fn is_empty(&self) -> bool {
        self.embedded.is_empty() && !self.not_embedded
    }

    /// The codes of a font; `program` is its font file, `None` if it has none that is TrueType.
    pub(super) fn codes(&self, program: Option<&[u8]>) -> Codes {
        match program {
            Some(program) => self
                .embedded
                .get(&key(program))
                .map_or(Codes::Declared, |encoding| Codes::Undeclared(encoding)),
            None if self.not_embedded => Codes::Mended,
            None => Codes::Declared,
        }
    }
}

impl Codes {
    /// The character of a code, in place of `declared`.
    pub(super) fn character(self, code: u32, declared: bool) -> Option<char> {
        let encoding = match self {
            Self::Declared => return None,
            Self::Mended if declared => return None,
            Self::Mended => WINDOWS_1252,
            Self::Undeclared(encoding) => encoding,
        };
        let byte = [u8::try_from(code).ok()?];
        let (text, _) = encoding.decode_without_bom_handling(&byte);
        text.chars().next().filter(|letter| !letter.is_control())
    }
}

/// True for a TrueType font of letters without `Encoding` and `ToUnicode`. The codes of fonts of signs are their own.
fn is_undeclared(font: &Dict<'_>) -> bool {
    let is = |key: &[u8], value: &str| font.get::<Name<'_>>(key).is_some_and(|name| name.as_str() == value);
    let name = font.get::<Name<'_>>(b"BaseFont".as_slice());
    let name = name.map(|name| name.as_str().to_ascii_lowercase()).unwrap_or_default();
    is(b"Subtype", "TrueType")
        && !font.contains_key(b"Encoding".as_slice())
        && !font.contains_key(b"ToUnicode".as_slice())
        && !["symbol", "dings"].iter().any(|signs| name.contains(signs))
}

fn key(program: &[u8]) -> (usize, u64) {
    let mut hasher = DefaultHasher::new();
    program.hash(&mut hasher);
    (program.len(), hasher.finish())
}

/// The encoding of the codes of a font program: that of Mac OS if its table for Mac OS has glyphs for the curly quotes
/// of Mac OS, and none for those of Windows.
fn encoding(program: &[u8]) -> &'static Encoding {
    let has = |codes: std::ops::RangeInclusive<u16>| {
        codes.clone().any(|code| has_mac_glyph(program, code).unwrap_or(false))
    };
    if has(0xD2..=0xD5) && !has(0x91..=0x94) { MACINTOSH } else { WINDOWS_1252 }
}

/// True if the `cmap` subtable for Mac OS (platform 1) has a glyph for a code; `None` if there is no such subtable, or
/// one of a format other than 0 and 6.
fn has_mac_glyph(program: &[u8], code: u16) -> Option<bool> {
    let short = |at: usize| Some(u16::from_be_bytes([*program.get(at)?, *program.get(at + 1)?]));
    let long = |at: usize| Some((usize::from(short(at)?) << 16) | usize::from(short(at + 2)?));
    let tables = usize::from(short(4)?);
    let cmap =
        (0..tables).map(|table| 12 + 16 * table).find(|&at| program.get(at..at + 4) == Some(b"cmap"))?;
    let cmap = long(cmap + 8)?;
    let subtables = usize::from(short(cmap.checked_add(2)?)?);
    let mac = (0..subtables).map(|table| cmap + 4 + 8 * table).find(|&at| short(at) == Some(1))?;
    let table = cmap.checked_add(long(mac + 4)?)?;
    match short(table)? {
        0 => Some(*program.get(table + 6 + usize::from(code))? != 0),
        6 => {
            let index = code.checked_sub(short(table + 6)?);
            let index = index.filter(|index| short(table + 8).is_some_and(|count| *index < count));
            Some(
                index
                    .and_then(|index| short(table + 10 + 2 * usize::from(index)))
                    .is_some_and(|glyph| glyph != 0),
            )
        }
        _ => None,
    }
}
