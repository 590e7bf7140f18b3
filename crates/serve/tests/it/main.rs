//! Every route of the server, asked over TCP as a browser or an attacker asks.
#![allow(clippy::unwrap_used, reason = "clippy allows unwrap in test functions, but not in their helpers")]

mod answers;
mod api;
mod guard;
mod hostile;
mod pages;
#[cfg(feature = "pdf")]
mod printed;
mod site;
