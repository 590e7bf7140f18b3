//! Connections: how many there are, and how long a client may take. What a client costs is bounded, whatever it sends.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at the same time; further clients wait.
const MOST: usize = 256;
/// How long a client may take to send the head of a request, and how long a connection without one is kept.
const HEAD_TIME: Duration = Duration::from_secs(20);
/// Bytes of a head: a few of the longest queries.
pub(crate) const LARGEST_HEAD: usize = 128 << 10;
/// How long to wait where the system gives no further connection, as when too many files are open.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers clients until the process ends.
pub(crate) async fn serve(listener: TcpListener, routes: Router) {
    let permits = Arc::new(Semaphore::new(MOST));
    loop {
        // It is never closed.
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let service = TowerToHyperService::new(routes.clone());
        tokio::spawn(async move {
            let _permit = permit;
            // How a connection ends concerns nobody but its client.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(LARGEST_HEAD)
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
