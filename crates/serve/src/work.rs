//! Work that blocks: on threads of its own, a few at a time, and ended when it takes too long or nobody waits for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use quotable::CancelFlag;

use crate::failure::Failure;
use crate::limits::Limits;
use crate::site::Site;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Work that looks at its deadline ends by itself, and says so better.
const GRACE: Duration = Duration::from_secs(2);

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
    let permits = Arc::clone(&site.permits);
    let permit = tokio::time::timeout(PATIENCE, permits.acquire_owned()).await;
    let Ok(Ok(permit)) = permit else { return Err(Failure::busy()) };
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
