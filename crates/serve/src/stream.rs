//! Bodies: answers that are sent while they are made, in memory that does not grow with them, and requests that may not take
//! for ever.

use std::future::Future as _;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes sent at once.
const CHUNK: usize = 64 << 10;
/// Chunks that may wait for a slow client.
const WAITING: usize = 4;

/// How long a client may take for a chunk.
const PATIENCE: Duration = Duration::from_secs(60);

/// A writer, and the body that sends what is written. The writer belongs on a thread of the runtime that may block.
pub(crate) fn streamed() -> (ChunkWriter, Body) {
    let (sender, receiver) = channel(WAITING);
    (ChunkWriter { sender, chunk: Vec::new() }, Body::new(Chunks(receiver)))
}

/// A body that fails where it has not come whole in time.
pub(crate) fn within(body: Body, time: Duration) -> Body {
    Body::new(Timed { body, end: Box::pin(tokio::time::sleep(time)) })
}

struct Timed {
    body: Body,
    end: Pin<Box<tokio::time::Sleep>>,
}

impl HttpBody for Timed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Pending => {}
            ready => return ready,
        }
        self.end
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut)))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
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
            let _ = self.send(Err(error));
        }
    }

    /// Waits for a slow client, for a while.
    fn send(&self, chunk: io::Result<Bytes>) -> io::Result<()> {
        let sent = tokio::runtime::Handle::try_current()
            .map_err(io::Error::other)?
            .block_on(async { tokio::time::timeout(PATIENCE, self.sender.send(chunk)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
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
        self.send(Ok(chunk))
    }
}
