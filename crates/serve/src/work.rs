//! Work that blocks: on threads of its own, a few at a time, and ended when it takes too long or nobody waits for it.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use quotable::CancelFlag;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failure::Failure;
use crate::limits::Limits;
use crate::site::Site;
use crate::stream::{ChunkWriter, streamed};

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Work that looks at its deadline ends by itself, and says so better.
const GRACE: Duration = Duration::from_secs(2);

/// Waits for the turn of a request.
///
/// # Errors
/// That the server is busy.
pub(crate) async fn turn(permits: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Failure> {
    let permit = tokio::time::timeout(PATIENCE, Arc::clone(permits).acquire_owned()).await;
    permit.ok().and_then(Result::ok).ok_or_else(Failure::busy)
}

/// The body that `write` writes on a thread that may block, as fast as the client reads it.
///
/// # Errors
/// That the server is busy.
pub(crate) async fn send(
    site: &Arc<Site>,
    write: impl FnOnce(&mut ChunkWriter) -> io::Result<()> + Send + 'static,
) -> Result<Body, Failure> {
    let permit = turn(&site.downloads).await?;
    let (mut writer, body) = streamed();
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let written = write(&mut writer);
        writer.end(written);
    });
    Ok(body)
}

/// Raises the flag when the request is dropped, which is when its client has gone.
struct CancelOnDrop(CancelFlag);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Runs `work` on a thread that may block.
///
/// # Errors
/// Those of `work`; that the server is busy, or that `work` panicked.
pub(crate) async fn run<T: Send + 'static>(
    site: &Arc<Site>,
    work: impl FnOnce(&Site, &Limits) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    run_for(site, site.time, work).await
}

/// The same for work that may take another time.
///
/// # Errors
/// Those of [`run`].
pub(crate) async fn run_for<T: Send + 'static>(
    site: &Arc<Site>,
    time: Duration,
    work: impl FnOnce(&Site, &Limits) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let permit = turn(&site.permits).await?;
    let cancel = CancelFlag::new();
    let limits = Limits { cancel: cancel.clone(), deadline: Instant::now() + time };
    let guard = CancelOnDrop(cancel);
    let site = Arc::clone(site);
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work(&site, &limits)
    });
    // Work that looks at the flag alone is told by it when its time is over.
    let done = tokio::time::timeout(time + GRACE, done).await;
    drop(guard);
    match done {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Failure::unexpected()),
        Err(_) => Err(Failure::too_long()),
    }
}
