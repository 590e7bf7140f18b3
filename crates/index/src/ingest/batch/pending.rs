//! How far those who write documents may be ahead of the engine.

use std::time::{Duration, Instant};

use crate::store::shared_document::{PendingDocument, SharedDocument};

/// How much memory documents may hold that the engine has not indexed yet, in bytes. Its own queue counts operations,
/// whatever is in them.
const MOST: usize = 16 << 20;
/// How long to wait between two looks, and how long for an engine that does nothing: it will say why when it is given
/// the next.
const PAUSE: Duration = Duration::from_micros(500);
const PATIENCE: Duration = Duration::from_secs(5);

/// Documents that were given to the engine and may not be indexed yet.
#[derive(Default)]
pub(super) struct PendingDocuments {
    unread: Vec<PendingDocument>,
    bytes: usize,
}

impl PendingDocuments {
    /// Waits until there is room for more, and takes note of documents that are to be given to the engine.
    pub(super) fn add(&mut self, documents: &[SharedDocument]) {
        let mut since = Instant::now();
        while self.bytes > MOST {
            let before = self.bytes;
            self.unread.retain(|unread| {
                let is_held = unread.is_held();
                if !is_held {
                    self.bytes -= unread.bytes();
                }
                is_held
            });
            if self.bytes < before {
                since = Instant::now();
            } else if since.elapsed() > PATIENCE {
                break;
            } else {
                std::thread::sleep(PAUSE);
            }
        }
        if let Some(unread) = documents.first().map(SharedDocument::pending) {
            self.bytes += unread.bytes();
            self.unread.push(unread);
        }
    }
}
