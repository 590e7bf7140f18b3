//! Answers that are sent while they are made, in memory that does not grow with them.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes sent at once.
const CHUNK: usize = 64 << 10;
/// Chunks that may wait for a slow client.
const WAITING: usize = 4;

/// A writer, and the body that sends what is written. The writer belongs on a thread that may block.
pub(crate) fn streamed() -> (ChunkWriter, Body) {
    let (sender, receiver) = channel(WAITING);
    (ChunkWriter { sender, chunk: Vec::new() }, Body::new(Chunks(receiver)))
}

struct Chunks(Receiver<io::Result<Bytes>>);

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(context).map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }
}

/// Sends what is written, in chunks. Fails once the client has gone.
pub(crate) struct ChunkWriter {
    sender: Sender<io::Result<Bytes>>,
    chunk: Vec<u8>,
}

impl ChunkWriter {
    /// Sends what is left; after an error ends the answer so that the client sees that it is not whole.
    pub(crate) fn end(mut self, written: io::Result<()>) {
        let flushed = written.and_then(|()| self.flush());
        if let Err(error) = flushed {
            let _ = self.sender.blocking_send(Err(error));
        }
    }
}

impl Write for ChunkWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.chunk.extend_from_slice(bytes);
        if self.chunk.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let chunk = Bytes::from(std::mem::take(&mut self.chunk));
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
