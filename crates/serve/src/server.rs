//! The server: its address, its routes, its threads.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::bound;
use crate::failure::Failure;
use crate::guard::Guard;
use crate::settings::Settings;
use crate::site::Site;
use crate::{
    analyse, api, assets, check, cite, connections, corpus, download, follow, printed, report, search,
};

/// Answers worked on at the same time, at least.
const FEWEST_PERMITS: usize = 4;
/// The most bytes of a request: an article to check.
const LARGEST_REQUEST: usize = 32 << 20;

/// A server that listens and does not answer yet.
///
/// ```
/// use quotable::Index;
/// use quotable_serve::{Server, Settings};
///
/// let server = Server::bind(Settings::new(Index::in_memory()?))?;
/// assert!(server.link().starts_with("http://127.0.0.1:"));
/// // `server.run()` answers until the process ends.
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Server {
    listener: std::net::TcpListener,
    address: SocketAddr,
    settings: Settings,
}

impl Server {
    /// Begins to listen.
    ///
    /// # Errors
    /// If the address cannot be listened at; [`InvalidInput`](io::ErrorKind::InvalidInput) if others than this machine could
    /// ask and no password is set.
    pub fn bind(settings: Settings) -> io::Result<Self> {
        if !settings.listen.ip().is_loopback() && settings.password.as_deref().is_none_or(str::is_empty) {
            let message = "an address that other machines reach needs a password";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = std::net::TcpListener::bind(settings.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, settings })
    }

    /// The address that it listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The link to open in a browser.
    pub fn link(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers requests until the process ends.
    ///
    /// # Errors
    /// If no threads can be started.
    pub fn run(self) -> io::Result<()> {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let permits = threads.max(FEWEST_PERMITS);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads.min(4))
            // Downloads hold a thread as long as the client reads.
            .max_blocking_threads(4 * permits)
            .enable_all()
            .build()?;
        let guard = Guard::new(self.address, self.settings.password.clone());
        let site = Arc::new(Site::new(self.settings, guard, permits));
        site.refresh.start(&site.index, site.corpus.as_deref());
        // Begins to count them, so that they are there when a page asks.
        let _ = site.themes(&site.snapshot());
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            connections::serve(listener, routes(site)).await;
            Ok(())
        })
    }
}

pub(crate) fn routes(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(search::show))
        .route("/report/{id}", get(report::show))
        .route("/report/{id}/page/{page}", get(printed::show))
        .route("/report/{id}/svg/{page}", get(printed::svg))
        .route("/report/{id}/file", get(printed::file))
        .route("/cite/{id}", get(cite::show))
        .route("/analyse", get(analyse::start))
        .route("/analyse/{name}", get(analyse::show))
        .route("/follow", get(follow::show))
        .route("/check", get(check::ask).post(check::check))
        .route("/check/{id}", get(check::show))
        .route("/check/{id}/page", get(check::save))
        .route("/corpus", get(corpus::show))
        .route("/corpus/refresh", post(corpus::refresh))
        .route("/corpus/add", post(corpus::add))
        .merge(api::routes())
        .route("/download/{name}", get(download::download))
        .route("/assets/{name}", get(assets::show))
        .fallback(async || Failure::not_found("There is no such page."))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        // The client is mostly on the same machine: a little larger at once beats smaller and later.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&site), bound::check))
        .with_state(site)
}
