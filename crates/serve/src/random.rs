//! Secrets that cannot be guessed.

use std::hash::{BuildHasher as _, RandomState};

/// 32 hexadecimal digits, from the random numbers of the system.
pub(crate) fn secret() -> String {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Where the system gives none, the keys of hash tables come from the system's random numbers.
        for (at, part) in bytes.chunks_mut(8).enumerate() {
            part.copy_from_slice(&RandomState::new().hash_one(at).to_be_bytes());
        }
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A password that cannot be guessed: sixteen letters and digits in four groups.
pub fn new_password() -> String {
    let secret = secret();
    let groups: Vec<&str> =
        [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|group| secret.get(group)).collect();
    groups.join("-")
}

/// Compares in a time that does not tell where two texts of one length part.
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_compare() {
        let (one, other) = (secret(), secret());
        assert!(one.len() == 32 && one != other);
        assert!(is_same(one.as_bytes(), one.as_bytes()));
        assert!(!is_same(one.as_bytes(), other.as_bytes()) && !is_same(b"a", b"ab") && !is_same(b"", b"a"));
    }
}
