#![doc = include_str!("../README.md")]

mod api;
mod assets;
mod bound;
mod check;
mod cite;
mod corpus;
mod download;
mod failure;
mod grade;
mod guard;
mod kept;
mod layout;
mod limits;
mod link;
mod printed;
mod printer;
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
pub use printer::{DrawCommand, draw_worker};
pub use random::new_password;
pub use server::Server;
pub use settings::Settings;
