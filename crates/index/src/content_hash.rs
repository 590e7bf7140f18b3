//! Hashes the content of a file.

use std::io::{self, Read as _};
use std::path::Path;

use quotable_read::open_regular;

/// BLAKE3 of a file's content, read piece by piece. Of a file longer than `limit` bytes, reads and hashes one byte
/// more than that: the hash is that of no content within the limit, and a file that grows without end ends.
pub(crate) fn content_hash(file: &Path, limit: u64) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut open_regular(file)?.take(limit.saturating_add(1)), &mut hasher)?;
    Ok(hasher.finalize().into())
}
