//! Who may ask, and what a browser may do with an answer.
//!
//! A page of another site can make a browser send requests here. It cannot read the answers, since no header allows it. It
//! could by letting its own name point to this machine (DNS rebinding), so requests under another name than this machine's are
//! refused. It could send forms, so what comes from another origin is refused, and a form that writes needs a
//! secret that only our own pages hold.

use std::net::SocketAddr;

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::failure::Failure;
use crate::random::{is_same, secret};

/// Who may ask.
pub(crate) struct Guard {
    /// The names under which this machine is asked; any, if a password is asked for.
    hosts: Option<[String; 3]>,
    password: Option<String>,
    /// What a form that writes must hold.
    pub(crate) token: String,
}

impl Guard {
    pub(crate) fn new(address: SocketAddr, password: Option<String>) -> Self {
        let port = address.port();
        let names = ["127.0.0.1", "localhost", "[::1]"];
        // With a password, a name that is made to point here gains nothing: a browser sends the password to no other name.
        let hosts = password.is_none().then(|| names.map(|name| format!("{name}:{port}")));
        Self { hosts, password, token: secret() }
    }

    /// Why the request is not answered, if so.
    pub(crate) fn refusal<B>(&self, request: &Request<B>) -> Option<Response> {
        let headers = request.headers();
        // RFC 9112, 3.2: which of two names is meant, nobody can tell.
        if headers.get_all(header::HOST).iter().nth(1).is_some() {
            return Some(Failure::bad_request("The request names two hosts.").into_response());
        }
        let host = value(headers, &header::HOST).unwrap_or_default().to_ascii_lowercase();
        let is_ours =
            |host: &str| self.hosts.as_ref().is_none_or(|hosts| hosts.iter().any(|name| name == host));
        let named = request.uri().authority().map(|authority| authority.as_str().to_ascii_lowercase());
        if !is_ours(&host) || named.is_some_and(|named| !is_ours(&named)) {
            let message =
                "This page answers under its own address only. Open the link that quotable serve printed.";
            return Some(
                Failure::new(StatusCode::MISDIRECTED_REQUEST, "Another address", message).into_response(),
            );
        }
        if let Some(password) = &self.password
            && !value(headers, &header::AUTHORIZATION).is_some_and(|given| has_password(given, password))
        {
            let failure =
                Failure::new(StatusCode::UNAUTHORIZED, "Password needed", "Any user name, and the password.");
            let mut response = failure.into_response();
            let ask = HeaderValue::from_static("Basic realm=\"Quotable\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
            return Some(response);
        }
        if [Method::GET, Method::HEAD].contains(request.method()) || is_same_origin(headers, &host) {
            return None;
        }
        let message =
            "This form was sent by a page of another site. Open the link that quotable serve printed.";
        Some(Failure::forbidden(message).into_response())
    }

    /// Refuses a form that does not hold the secret of our own pages.
    pub(crate) fn check_token(&self, token: &str) -> Result<(), Failure> {
        if is_same(token.as_bytes(), self.token.as_bytes()) {
            return Ok(());
        }
        Err(Failure::forbidden("The form is from an earlier start of quotable serve. Load its page again."))
    }
}

/// True if a form was sent by a page of ours, or by a program that is no browser.
fn is_same_origin(headers: &HeaderMap, host: &str) -> bool {
    let site = HeaderName::from_static("sec-fetch-site");
    let fetched = value(headers, &site).is_none_or(|site| ["same-origin", "none"].contains(&site));
    let origin = headers.get(header::ORIGIN);
    let origin = origin.map(|origin| origin.to_str().unwrap_or_default().to_ascii_lowercase());
    fetched
        && origin.is_none_or(|origin| {
            let name = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            name == Some(host)
        })
}

fn value<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// True if the header of HTTP Basic authentication gives the password, with any user name.
fn has_password(header: &str, password: &str) -> bool {
    let Some(encoded) = header.strip_prefix("Basic ") else { return false };
    let given = decode_base64(encoded.trim());
    let colon = given.iter().position(|byte| *byte == b':');
    colon.is_some_and(|colon| is_same(&given[colon + 1..], password.as_bytes()))
}

/// The bytes of a text in base64 (RFC 4648); empty for what is none.
fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for sign in text.trim_end_matches('=').bytes() {
        let Some(value) = ALPHABET.iter().position(|letter| *letter == sign) else { return Vec::new() };
        bits = (bits << 6 | value as u32) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(guard: &Guard, method: &str, headers: &[(&str, &str)]) -> Option<u16> {
        let request =
            headers.iter().fold(Request::builder().method(method).uri("/"), |request, (name, value)| {
                request.header(*name, *value)
            });
        guard.refusal(&request.body(()).unwrap()).map(|refusal| refusal.status().as_u16())
    }

    #[test]
    fn other_names_and_other_origins_are_refused() {
        let guard = Guard::new("127.0.0.1:8080".parse().unwrap(), None);
        assert_eq!(ask(&guard, "GET", &[("host", "127.0.0.1:8080")]), None);
        assert_eq!(ask(&guard, "GET", &[("host", "LOCALHOST:8080")]), None);
        for host in ["evil.example:8080", "127.0.0.1", "127.0.0.1:8081", "127.0.0.1.evil.example:8080", ""] {
            assert_eq!(ask(&guard, "GET", &[("host", host)]), Some(421), "{host}");
        }
        let two = [("host", "127.0.0.1:8080"), ("host", "evil.example")];
        assert_eq!(ask(&guard, "GET", &two), Some(400));
        let post = |origin: &str| ask(&guard, "POST", &[("host", "localhost:8080"), ("origin", origin)]);
        assert_eq!(post("http://localhost:8080"), None);
        for origin in ["http://evil.example", "null", "http://localhost:8081", "http://127.0.0.1:8080"] {
            assert_eq!(post(origin), Some(403), "{origin}");
        }
        let site = [("host", "localhost:8080"), ("sec-fetch-site", "cross-site")];
        assert_eq!(ask(&guard, "POST", &site), Some(403));
    }

    #[test]
    fn a_password_is_asked_for() {
        let guard = Guard::new("192.0.2.1:80".parse().unwrap(), Some("säsam".to_owned()));
        let give = |given: &str| ask(&guard, "GET", &[("host", "reports.example"), ("authorization", given)]);
        assert_eq!(give("Basic eDpzw6RzYW0="), None);
        for wrong in ["Basic eDpzw6RzYQ==", "Basic", "Basic ====", "Bearer eDpzw6RzYW0=", "Basic 🗝"] {
            assert_eq!(give(wrong), Some(401), "{wrong}");
        }
        assert_eq!(decode_base64("eDp5"), b"x:y");
    }

    #[test]
    fn a_form_needs_the_secret() {
        let guard = Guard::new("127.0.0.1:1".parse().unwrap(), None);
        assert!(guard.check_token(&guard.token).is_ok() && guard.check_token("").is_err());
    }
}
