//! Limits the memory of documents that tantivy has not indexed yet.

use std::time::{Duration, Instant};

use crate::store::shared_document::{PendingDocument, SharedDocument};

/// The most memory that such documents may hold, in bytes. tantivy's queue has a limit of operations, which says
/// nothing about their size.
const MAX_BYTES: usize = 16 << 20;
/// How long to sleep before looking again.
const PAUSE: Duration = Duration::from_micros(500);
/// How long to wait while tantivy frees nothing. It has then probably failed, and returns its error for the next
/// operation.
const MAX_IDLE: Duration = Duration::from_secs(5);

/// The documents that were given to tantivy and may not be indexed yet.
#[derive(Default)]
pub(super) struct PendingDocuments {
    buffers: Vec<PendingDocument>,
    /// The memory of all of them.
    bytes: usize,
}

impl PendingDocuments {
    /// Waits until there is room, then adds the documents of a source, which share one buffer.
    pub(super) fn add(&mut self, documents: &[SharedDocument]) {
        let mut progress = Instant::now();
        while self.bytes > MAX_BYTES {
            let before = self.bytes;
            self.buffers.retain(|buffer| {
                let is_held = buffer.is_held();
                if !is_held {
                    self.bytes -= buffer.bytes();
                }
                is_held
            });
            if self.bytes < before {
                progress = Instant::now();
            } else if progress.elapsed() > MAX_IDLE {
                break;
            } else {
                std::thread::sleep(PAUSE);
            }
        }
        if let Some(buffer) = documents.first().map(SharedDocument::pending) {
            self.bytes += buffer.bytes();
            self.buffers.push(buffer);
        }
    }
}
