//! Requests answered in memory: the whole server but for its socket, for tests and for the fuzz target `page_request`.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper_util::service::TowerToHyperService;
use tokio::runtime::Runtime;

use crate::connections::LARGEST_HEAD;
use crate::guard::Guard;
use crate::server::routes;
use crate::settings::Settings;
use crate::site::Site;

/// The name that requests must ask for.
pub const HOST: &str = "127.0.0.1:80";

/// A server without a socket.
pub struct Pages {
    runtime: Runtime,
    routes: Router,
    token: String,
}

impl Pages {
    /// Answers requests about an index. Nothing is refreshed.
    ///
    /// # Errors
    /// If no threads can be started.
    pub fn new(settings: Settings) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let guard = Guard::new(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 80), settings.password.clone());
        let token = guard.token.clone();
        let site = Arc::new(Site::new(settings, guard, 4));
        Ok(Self { runtime, routes: routes(site), token })
    }

    /// The secret that forms must hold.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Everything that is sent to a client who sends these bytes and no more.
    pub fn answer(&self, request: &[u8]) -> Vec<u8> {
        let mut answer = Vec::new();
        let client = Client { unread: request, answer: &mut answer };
        let service = TowerToHyperService::new(self.routes.clone());
        // A client that has sent all goes on reading.
        let connection = http1::Builder::new()
            .half_close(true)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(client, service);
        // How a connection ends concerns nobody but its client.
        let _ = self.runtime.block_on(connection);
        answer
    }
}

/// A client that has sent all that it will, and takes every answer at once.
struct Client<'c> {
    unread: &'c [u8],
    answer: &'c mut Vec<u8>,
}

impl Read for Client<'_> {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let client = self.get_mut();
        let (now, later) = client.unread.split_at(client.unread.len().min(buffer.remaining()));
        buffer.put_slice(now);
        client.unread = later;
        Poll::Ready(Ok(()))
    }
}

impl Write for Client<'_> {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.get_mut().answer.extend(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use quotable::Index;

    use super::*;

    fn pages() -> Pages {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer.put_bytes("weir.txt", b"Herons stand at the weir.\n").unwrap();
        writer.finish().unwrap();
        Pages::new(Settings::new(index)).unwrap()
    }

    fn ask(pages: &Pages, request: &str) -> String {
        String::from_utf8(pages.answer(request.as_bytes())).unwrap()
    }

    #[test]
    fn requests_are_answered_as_over_a_socket() {
        let pages = pages();
        let found = ask(&pages, "GET /?q=herons HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n");
        assert!(found.starts_with("HTTP/1.1 200 OK\r\n") && found.contains("stand at the weir"), "{found}");
        let other = ask(&pages, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        assert!(other.starts_with("HTTP/1.1 421"), "{other}");
    }

    #[test]
    fn a_request_that_is_cut_short_ends() {
        let pages = pages();
        for cut in
            ["", "GET", "POST /check HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Length: 9\r\n\r\ntext=a"]
        {
            let answer = ask(&pages, cut);
            assert!(!answer.contains(" 200 "), "{answer}");
        }
    }

    #[test]
    fn a_form_needs_the_secret() {
        let pages = pages();
        let post = |token: &str| {
            let body = format!("token={token}");
            let length = body.len();
            let head =
                format!("POST /corpus/refresh HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {length}\r\n");
            ask(&pages, &format!("{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"))
        };
        assert!(post(pages.token()).starts_with("HTTP/1.1 303"));
        assert!(post("guess").starts_with("HTTP/1.1 403"));
    }
}
