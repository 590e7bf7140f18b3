//! The `quotable` command: arguments, one call to the library, a renderer.

mod args;
mod commands;
mod environment;
mod error;
mod place;
mod progress;
mod render;
mod session;
mod shelf;

use clap::Parser as _;

fn main() -> std::process::ExitCode {
    match args::Args::try_parse() {
        Ok(args) => session::run(&args),
        Err(error) => session::misunderstood(&error),
    }
}
