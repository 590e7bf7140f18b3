#![doc = include_str!("../README.md")]

mod analyse;
mod api;
mod assets;
mod bound;
mod check;
mod cite;
mod connections;
mod corpus;
mod download;
mod export_file;
mod failure;
mod file_name;
mod follow;
mod grade;
mod guard;
// `.ci/fuzz` sets `fuzzing`.
#[cfg(any(fuzzing, test))]
#[doc(hidden)]
pub mod in_memory;
mod inspections;
mod kept;
mod layout;
mod limits;
mod link;
mod model;
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
mod strip;
mod text;
mod themes;
mod work;

#[cfg(feature = "pdf")]
pub use printer::{DrawCommand, draw_worker};
pub use random::new_password;
pub use server::Server;
pub use settings::Settings;
