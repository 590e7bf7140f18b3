//! How long a stream would be, were it unpacked: found out without taking the memory for it.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::Stream;

/// The length that a stream cannot exceed, told by its packed length and its filters alone.
pub(super) fn bound(stream: &Stream<'_>) -> u64 {
    let filters = stream.filters();
    if is_picture(&filters) { 0 } else { grown(stream.raw_data().len(), &filters) }
}

/// The length of a stream, unpacked; where that is more than `most`, some number more than `most`.
pub(super) fn length(stream: &Stream<'_>, most: u64) -> u64 {
    let filters = stream.filters();
    if is_picture(&filters) { 0 } else { unpacked(stream.raw_data(), &filters, most) }
}

/// A stream packed as a picture is given to nobody as bytes.
fn is_picture(filters: &[Filter]) -> bool {
    use Filter::{CcittFaxDecode, DctDecode, Jbig2Decode, JpxDecode};
    filters.iter().any(|filter| matches!(filter, CcittFaxDecode | DctDecode | Jbig2Decode | JpxDecode))
}

/// What so many bytes cannot exceed behind these filters.
fn grown(length: usize, filters: &[Filter]) -> u64 {
    let factor = |filter: &Filter| match filter {
        // One letter, `z`, for four noughts.
        Filter::Ascii85Decode => 4,
        // Two bytes for a run of 128.
        Filter::RunLengthDecode => 64,
        // 12 bits for an entry of the table: it has 4,096, each a byte longer than another.
        Filter::LzwDecode => 2_731,
        // Two bits for a run of 258.
        Filter::FlateDecode => 1_032,
        _ => 1,
    };
    filters.iter().map(factor).fold(length as u64, u64::saturating_mul)
}

/// The most bytes that are held of what is unpacked to be unpacked again.
const INSIDE: u64 = 16 << 20;

/// Readers make of damaged bytes what they can, each something else: there the bound stands for the length.
fn unpacked(bytes: Cow<'_, [u8]>, filters: &[Filter], most: u64) -> u64 {
    let Some((filter, behind)) = filters.split_first() else { return bytes.len() as u64 };
    match filter {
        Filter::FlateDecode if behind.is_empty() => {
            inflate(&bytes, most, |from| io::copy(from, &mut io::sink()))
        }
        Filter::LzwDecode if behind.is_empty() => Some(lzw(&bytes, 0).max(lzw(&bytes, 1))),
        Filter::FlateDecode => {
            let mut inner = Vec::new();
            let most_inside = most.min(INSIDE);
            let length = inflate(&bytes, most_inside, |from| {
                inner.clear();
                from.read_to_end(&mut inner).map(|length| length as u64)
            });
            // What is larger is not kept, but taken to grow as far as it can.
            length.filter(|length| *length <= most_inside).map(|_| unpacked(inner.into(), behind, most))
        }
        Filter::AsciiHexDecode => Some(unpacked(hexadecimal(&bytes).into(), behind, most)),
        Filter::Ascii85Decode => Some(unpacked(base_85(&bytes).into(), behind, most)),
        Filter::Crypt => Some(unpacked(Cow::Borrowed(&bytes), behind, most)),
        _ => None,
    }
    .unwrap_or_else(|| grown(bytes.len(), filters))
}

/// Unpacks one byte more than `most` at most. `None` if the bytes are damaged.
fn inflate(bytes: &[u8], most: u64, mut unpack: impl FnMut(&mut dyn Read) -> io::Result<u64>) -> Option<u64> {
    let most = most.saturating_add(1);
    let whole = unpack(&mut ZlibDecoder::new(bytes).take(most));
    // Some writers leave the header out.
    whole.or_else(|_| unpack(&mut DeflateDecoder::new(bytes).take(most))).ok()
}

/// The length behind LZW (ISO 32000-1, 7.4.4): only the lengths of the table's entries are kept. Codes grow longer
/// when the table has no room for `early` more.
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

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits =
        bytes.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn base_85(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::with_capacity(bytes.len());
    let mut group = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u32>, unpacked: &mut Vec<u8>| {
        let length = group.len().saturating_sub(1);
        group.resize(5, 84);
        let number = group.drain(..).fold(0_u32, |number, digit| number.wrapping_mul(85).wrapping_add(digit));
        unpacked.extend(&number.to_be_bytes()[..length]);
    };
    for byte in bytes {
        match byte {
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'z' => {
                flush(&mut group, &mut unpacked);
                unpacked.extend([0; 4]);
            }
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            flush(&mut group, &mut unpacked);
        }
    }
    flush(&mut group, &mut unpacked);
    unpacked
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

    fn measured(bytes: &[u8], filters: &[Filter], most: u64) -> u64 {
        let length = unpacked(bytes.into(), filters, most);
        assert!(length <= grown(bytes.len(), filters), "{length} is beyond the bound");
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
        assert_eq!(unpacked(text.into(), &[Filter::Crypt], 9_999), length);
    }

    #[test]
    fn letters_of_base_85_are_four_bytes_in_five() {
        assert_eq!(base_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(base_85(b"87cUR z D]i,\"Eb ~> more"), b"Hell\0\0\0\0o Wor");
    }

    #[test]
    fn a_table_of_strings_is_measured_by_their_lengths() {
        // The example of the standard: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(lzw(&[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], 1), 10);
    }

    #[test]
    fn what_is_too_long_is_not_unpacked() {
        let bomb = zlib(&vec![b' '; 8 << 20]);
        let filters = [Filter::FlateDecode];
        assert_eq!(measured(&bomb, &filters, 1000), 1001);
        assert_eq!(measured(&zlib(&bomb), &[Filter::FlateDecode; 2], 9_000), 9_001);
        assert!(measured(&bomb[..bomb.len() - 9], &filters, 1 << 30) >= 8 << 20, "damaged");
        let run = [Filter::RunLengthDecode];
        assert_eq!(measured(&[129, b' '], &run, 10), 128);
    }

    #[test]
    fn pictures_are_unpacked_by_nobody() {
        assert!(is_picture(&[Filter::FlateDecode, Filter::DctDecode]));
        assert!(!is_picture(&[Filter::FlateDecode]));
    }
}
