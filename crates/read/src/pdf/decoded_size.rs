//! The decoded length of a stream, found without holding the decoded bytes.
//!
//! A stream passes through a chain of filters (ISO 32000-2, 7.4), each of which can multiply its length: Flate by a
//! thousand, LZW by nearly three thousand. [`upper_bound`] multiplies the worst cases; [`measure`] decodes and counts, and
//! stops at a limit. Filters of pictures are left out: nothing here asks for pictures.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::Stream;

/// An upper bound of the decoded length, in bytes, by the encoded length and the filters alone.
pub(super) fn upper_bound(stream: &Stream<'_>) -> u64 {
    let filters = stream.filters();
    if is_picture(&filters) { 0 } else { bound_behind(stream.raw_data().len(), &filters) }
}

/// The decoded length, in bytes; if that exceeds `limit`, any number above `limit`.
pub(super) fn measure(stream: &Stream<'_>, limit: u64) -> u64 {
    let filters = stream.filters();
    if is_picture(&filters) { 0 } else { measure_behind(stream.raw_data(), &filters, limit) }
}

/// True for the filters of pictures, whose streams nothing here decodes to bytes.
fn is_picture(filters: &[Filter]) -> bool {
    use Filter::{CcittFaxDecode, DctDecode, Jbig2Decode, JpxDecode};
    filters.iter().any(|filter| matches!(filter, CcittFaxDecode | DctDecode | Jbig2Decode | JpxDecode))
}

/// An upper bound of the length of `length` bytes behind some filters.
fn bound_behind(length: usize, filters: &[Filter]) -> u64 {
    let factor = |filter: &Filter| match filter {
        // One character, `z`, for four zero bytes.
        Filter::Ascii85Decode => 4,
        // Two bytes for a run of 128.
        Filter::RunLengthDecode => 64,
        // 12 bits for a table entry, and 4,096 entries, each at most one byte longer than another.
        Filter::LzwDecode => 2_731,
        // Two bits for a run of 258: zlib’s own maximum is 1,032.
        Filter::FlateDecode => 1_032,
        _ => 1,
    };
    filters.iter().map(factor).fold(length as u64, u64::saturating_mul)
}

/// The most bytes held in memory between two filters.
const MOST_BETWEEN: u64 = 16 << 20;

/// The decoded length of `bytes` behind some filters.
///
/// Decoders differ in what they salvage from damaged bytes, so that those count with their upper bound.
fn measure_behind(bytes: Cow<'_, [u8]>, filters: &[Filter], limit: u64) -> u64 {
    let Some((filter, behind)) = filters.split_first() else { return bytes.len() as u64 };
    match filter {
        Filter::FlateDecode if behind.is_empty() => {
            inflate(&bytes, limit, |from| io::copy(from, &mut io::sink()))
        }
        Filter::LzwDecode if behind.is_empty() => Some(lzw(&bytes, 0).max(lzw(&bytes, 1))),
        Filter::FlateDecode => {
            let mut inner = Vec::new();
            let most_between = limit.min(MOST_BETWEEN);
            let length = inflate(&bytes, most_between, |from| {
                inner.clear();
                from.read_to_end(&mut inner).map(|length| length as u64)
            });
            // Longer bytes are not kept and count with their upper bound.
            length
                .filter(|length| *length <= most_between)
                .map(|_| measure_behind(inner.into(), behind, limit))
        }
        Filter::AsciiHexDecode => Some(measure_behind(ascii_hex(&bytes).into(), behind, limit)),
        Filter::Ascii85Decode => Some(measure_behind(ascii_85(&bytes).into(), behind, limit)),
        Filter::Crypt => Some(measure_behind(Cow::Borrowed(&bytes), behind, limit)),
        _ => None,
    }
    .unwrap_or_else(|| bound_behind(bytes.len(), filters))
}

/// Inflates up to one byte more than `limit`. `None` if the bytes are damaged.
fn inflate(
    bytes: &[u8],
    limit: u64,
    mut decode: impl FnMut(&mut dyn Read) -> io::Result<u64>,
) -> Option<u64> {
    let limit = limit.saturating_add(1);
    let with_header = decode(&mut ZlibDecoder::new(bytes).take(limit));
    // Some producers leave out the zlib header.
    with_header.or_else(|_| decode(&mut DeflateDecoder::new(bytes).take(limit))).ok()
}

/// The length behind LZW (ISO 32000-2, 7.4.4). The table keeps the lengths of its entries in place of their bytes. Codes
/// grow by a bit `early` entries before the table is full: `EarlyChange`, which is 1 unless the file says 0.
fn lzw(bytes: &[u8], early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut table: Vec<u64> = vec![1; END + 1];
    let (mut bits, mut held, mut length) = (0_u32, 0, 0_u64);
    let mut before = None;
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        let width = match table.len() + early {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        match code {
            CLEAR => {
                table.truncate(END + 1);
                before = None;
                continue;
            }
            END => break,
            _ => {}
        }
        if let Some(before) = before
            && table.len() < 4096
        {
            table.push(before + 1);
        }
        let Some(entry) = table.get(code) else { break };
        length += entry;
        before = Some(*entry);
    }
    length
}

/// Decodes ASCIIHex (ISO 32000-2, 7.4.2).
fn ascii_hex(bytes: &[u8]) -> Vec<u8> {
    let digits =
        bytes.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

/// Decodes ASCII85 (ISO 32000-2, 7.4.3).
fn ascii_85(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut group = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u32>, decoded: &mut Vec<u8>| {
        let length = group.len().saturating_sub(1);
        group.resize(5, 84);
        let number = group.drain(..).fold(0_u32, |number, digit| number.wrapping_mul(85).wrapping_add(digit));
        decoded.extend(&number.to_be_bytes()[..length]);
    };
    for byte in bytes {
        match byte {
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'z' => {
                flush(&mut group, &mut decoded);
                decoded.extend([0; 4]);
            }
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            flush(&mut group, &mut decoded);
        }
    }
    flush(&mut group, &mut decoded);
    decoded
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn measured(bytes: &[u8], filters: &[Filter], limit: u64) -> u64 {
        let length = measure_behind(bytes.into(), filters, limit);
        assert!(length <= bound_behind(bytes.len(), filters), "{length} is beyond the bound");
        length
    }

    #[test]
    fn streams_are_measured_through_their_filters() {
        let text = b"The heron stood in the reeds. ".repeat(40);
        let length = text.len() as u64;
        assert_eq!(measured(&text, &[], 9_999), length);
        assert_eq!(measured(&zlib(&text), &[Filter::FlateDecode], 9_999), length);
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::best());
        bare.write_all(&text).unwrap();
        assert_eq!(measured(&bare.finish().unwrap(), &[Filter::FlateDecode], 9_999), length);
        assert_eq!(measured(&zlib(&zlib(&text)), &[Filter::FlateDecode; 2], 9_999), length);
        let letters: String = zlib(&text).iter().map(|byte| format!("{byte:02x} ")).collect();
        let filters = [Filter::AsciiHexDecode, Filter::FlateDecode];
        assert_eq!(measured(format!("{letters}> and more").as_bytes(), &filters, 9_999), length);
        assert_eq!(measure_behind(text.into(), &[Filter::Crypt], 9_999), length);
    }

    #[test]
    fn ascii_85_decodes_five_characters_to_four_bytes() {
        assert_eq!(ascii_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii_85(b"87cUR z D]i,\"Eb ~> more"), b"Hell\0\0\0\0o Wor");
    }

    #[test]
    fn lzw_is_measured_by_the_lengths_of_table_entries() {
        // The example of the standard: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(lzw(&[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], 1), 10);
    }

    #[test]
    fn decoding_stops_at_the_limit() {
        let bomb = zlib(&vec![b' '; 8 << 20]);
        let filters = [Filter::FlateDecode];
        assert_eq!(measured(&bomb, &filters, 1000), 1001);
        assert_eq!(measured(&zlib(&bomb), &[Filter::FlateDecode; 2], 9_000), 9_001);
        assert!(measured(&bomb[..bomb.len() - 9], &filters, 1 << 30) >= 8 << 20, "damaged");
        let run = [Filter::RunLengthDecode];
        assert_eq!(measured(&[129, b' '], &run, 10), 128);
    }

    #[test]
    fn pictures_are_told_by_their_filters() {
        assert!(is_picture(&[Filter::FlateDecode, Filter::DctDecode]));
        assert!(!is_picture(&[Filter::FlateDecode]));
    }
}
