//! `quotable draw-worker`: draws a page of a PDF in a separate process, so that a file that crashes it or exhausts memory costs
//! that page alone. The process has limits, and can open nothing.

use std::io;

use quotable::worker;
use quotable_serve::draw_worker;

use crate::args::DrawWorkerArgs;
use crate::commands::read_worker::{STACK_SIZE, limit_resources};
use crate::error::{Error, Result};
use crate::outcome::Outcome;

pub(crate) fn run(args: &DrawWorkerArgs) -> Result<Outcome> {
    limit_resources(args.memory);
    limit_time(args.seconds);
    let page = args.page;
    let draw = move || {
        worker::confine();
        draw_worker(io::stdin().lock(), io::stdout().lock(), page)
    };
    match std::thread::Builder::new().stack_size(STACK_SIZE).spawn(draw)?.join() {
        Ok(drawn) => drawn.map(|()| Outcome::Found).map_err(Error::from),
        Err(_) => Err(Error::new("the drawing of a page panicked; please report this as a bug")),
    }
}

/// Best effort, as for reading.
#[cfg(unix)]
fn limit_time(seconds: u64) {
    let _ = rlimit::setrlimit(rlimit::Resource::CPU, seconds, seconds);
}

#[cfg(not(unix))]
fn limit_time(_: u64) {}
