#![doc = include_str!("../README.md")]

mod assets;
mod download;
mod failure;
mod grade;
mod guard;
mod layout;
mod link;
mod printed;
mod random;
mod refresh;
mod report;
mod search;
mod server;
mod settings;
mod site;
mod stream;
mod text;
mod work;

#[cfg(feature = "pdf")]
pub use printed::{DrawCommand, draw_worker};
pub use random::new_password;
pub use server::Server;
pub use settings::Settings;
