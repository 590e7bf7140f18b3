//! Every route of the server, asked over TCP as a browser or an attacker asks.
#![allow(clippy::unwrap_used, reason = "clippy allows unwrap in test functions, but not in their helpers")]

mod analyse;
mod answers;
mod api;
#[cfg(feature = "pdf")]
mod browser;
mod corpus;
mod flood;
mod guard;
mod hostile;
mod pages;
#[cfg(feature = "pdf")]
mod printed;
mod site;
