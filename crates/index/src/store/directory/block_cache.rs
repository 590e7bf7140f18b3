//! A cache of blocks that were read and verified.

use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;
use lru::LruCache;
use tantivy::directory::OwnedBytes;

/// The blocks of the files of one index that were read last.
///
/// A posting list, a block of texts and the like are each read as one range, and the same ranges are read again and
/// again. So the cache keeps runs of blocks as they were asked for; a block may be in several runs.
///
/// A run is kept from the second time on that it is read. Most are read once: by a command that gives one answer and
/// ends, or by one that goes through all texts. Memory of a run that is not kept serves the next one; memory of a kept
/// run comes from the system page by page, which takes longer than to read the run. (2Q by Johnson and Shasha, 1994, has
/// such a list of what was read once.)
#[derive(Debug)]
pub(super) struct BlockCache {
    runs: Mutex<Runs>,
    files: AtomicU64,
}

#[derive(Debug)]
struct Runs {
    by_blocks: LruCache<Blocks, OwnedBytes, RandomState>,
    /// The length of all runs, in bytes.
    bytes: usize,
    /// Runs that were read and are not kept.
    read_once: LruCache<Blocks, (), RandomState>,
}

/// The number of a file, and a run of its blocks.
type Blocks = (u64, Range<usize>);

/// The most bytes in a cache.
const CAPACITY: usize = 32 << 20;
/// The most bytes of one run in the cache. Longer ones take longer to decode than to read again.
const LONGEST: usize = 4 << 20;
/// The most runs that are remembered without being kept: some 100 bytes each.
const REMEMBERED: usize = 16 << 10;

impl BlockCache {
    pub(super) fn new() -> Self {
        let by_blocks = LruCache::unbounded_with_hasher(RandomState::default());
        let read_once = LruCache::unbounded_with_hasher(RandomState::default());
        Self { runs: Mutex::new(Runs { by_blocks, bytes: 0, read_once }), files: AtomicU64::new(0) }
    }

    /// A number that no other file of this cache has.
    pub(super) fn new_file(&self) -> u64 {
        self.files.fetch_add(1, Ordering::Relaxed)
    }

    /// The run of blocks of a file, from the cache or else from `read`.
    pub(super) fn get_or_read(
        &self,
        file: u64,
        blocks: Range<usize>,
        read: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> io::Result<OwnedBytes> {
        let key = (file, blocks);
        if let Some(bytes) = self.runs.lock().unwrap_or_else(PoisonError::into_inner).by_blocks.get(&key) {
            return Ok(bytes.clone());
        }
        // Read without the lock: two threads may read the same run, and the second replaces the first.
        let bytes = OwnedBytes::new(read()?);
        if bytes.len() <= LONGEST {
            self.runs.lock().unwrap_or_else(PoisonError::into_inner).put(key, bytes.clone());
        }
        Ok(bytes)
    }
}

impl Runs {
    /// Keeps a run if it was read before.
    fn put(&mut self, key: Blocks, bytes: OwnedBytes) {
        if self.read_once.pop(&key).is_none() {
            self.remember(key);
            return;
        }
        self.bytes += bytes.len();
        if let Some(before) = self.by_blocks.put(key, bytes) {
            self.bytes -= before.len();
        }
        while self.bytes > CAPACITY {
            let Some((key, oldest)) = self.by_blocks.pop_lru() else { break };
            self.bytes -= oldest.len();
            self.remember(key);
        }
    }

    /// Notes that a run was read and is not kept.
    fn remember(&mut self, key: Blocks) {
        self.read_once.put(key, ());
        if self.read_once.len() > REMEMBERED {
            self.read_once.pop_lru();
        }
    }
}
