//! The hash that is part of the index format. Fast, equal on every machine, and not cryptographic.
//!
//! Changing any bit of it is a change of format: it is stored for every paragraph that may be boilerplate. Maps in
//! memory use the crate `foldhash` instead, which is seeded anew in every process.
//!
//! The construction is that of multiply-and-fold hashes such as wyhash (Wang Yi,
//! <https://github.com/wangyi-fudan/wyhash>): each step multiplies to twice the width and combines both halves with
//! exclusive or.

/// Numbers without a pattern: the first 64 bits of the fractions of the square roots of 2, 3 and 5.
const SEEDS: [u64; 3] = [0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b];

/// Hashes bytes. Part of the index format: paragraphs with equal hashes are the same boilerplate.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = SEEDS[0] ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        hash = fold_multiply(hash.rotate_left(23) ^ to_number(chunk), SEEDS[1]) ^ SEEDS[2];
    }
    fold_multiply(hash, SEEDS[1])
}

/// The product in 128 bits, its halves combined.
fn fold_multiply(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

/// Turns up to eight bytes into a number. Chunks of one length and other bytes give other numbers.
fn to_number(chunk: &[u8]) -> u64 {
    if let Some(eight) = chunk.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    // Four to seven bytes: the first four and the last four, which overlap.
    if let (Some(first), Some(last)) = (chunk.first_chunk(), chunk.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    chunk.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_one_letter_have_other_hashes() {
        let text = "the heron stood in the reeds by the mill and saw nobody";
        let with = |at: usize| hash(&[&text.as_bytes()[..at], b"x", &text.as_bytes()[at + 1..]].concat());
        let lengths = (0..text.len()).map(|end| hash(&text.as_bytes()[..end]));
        let zeros = (1..40).map(|length| hash(&vec![0; length]));
        let mut hashes: Vec<u64> = (0..text.len()).map(with).chain(lengths).chain(zeros).collect();
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }

    #[test]
    fn the_hash_is_that_of_the_format() {
        assert_eq!(format!("{:016x}", hash(b"the heron stood in the reeds")), "b881b56ec1776972");
    }
}
