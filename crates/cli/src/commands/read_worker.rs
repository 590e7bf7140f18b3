//! `quotable read-worker`: reads files for a refresh, where nothing that a file does can harm the refresh.

use std::io::{self, BufRead, Read, StdinLock};

use quotable::read::Readers;
use quotable::worker;

use crate::args;
use crate::error::{Error, Result};
use crate::session::Outcome;

/// Formats nest, and readers call themselves for it.
const STACK: usize = 64 << 20;

pub(crate) fn run(args: &args::ReadWorker) -> Result<Outcome> {
    limit_memory(args.memory);
    let seconds = args.seconds;
    let serve = move || worker::serve(Requests::new(seconds), io::stdout().lock(), &Readers::default());
    match std::thread::Builder::new().stack_size(STACK).spawn(serve)?.join() {
        Ok(served) => served.map(|()| Outcome::Found).map_err(Error::from),
        Err(_) => Err(Error::new("the reader failed in a way it should not")),
    }
}

/// Best effort: where the system has no such limit, the refresh still has its clock.
#[cfg(unix)]
fn limit_memory(mebibytes: u64) {
    let bytes = mebibytes.saturating_mul(1 << 20);
    let _ = rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes);
}

#[cfg(not(unix))]
fn limit_memory(_: u64) {}

/// The requests on the standard input. With each, the clock of the processor is set anew: should the refresh die
/// while a file is read without end, the system ends this process.
struct Requests {
    input: StdinLock<'static>,
    #[cfg(unix)]
    began: std::time::Instant,
    /// What one file may take of the processor.
    #[cfg(unix)]
    seconds: u64,
}

impl Requests {
    #[cfg_attr(not(unix), allow(unused_variables, reason = "only there is the processor's clock"))]
    fn new(seconds: u64) -> Self {
        Self {
            input: io::stdin().lock(),
            #[cfg(unix)]
            began: std::time::Instant::now(),
            #[cfg(unix)]
            seconds,
        }
    }

    /// One thread cannot have used more time of the processor than has gone by.
    #[cfg(unix)]
    fn wind(&self) {
        if let Ok((_, hard)) = rlimit::getrlimit(rlimit::Resource::CPU) {
            let soft = self.began.elapsed().as_secs().saturating_add(self.seconds).min(hard);
            let _ = rlimit::setrlimit(rlimit::Resource::CPU, soft, hard);
        }
    }

    #[cfg(not(unix))]
    fn wind(&self) {}
}

impl Read for Requests {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for Requests {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.wind();
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.input.consume(amount);
    }
}
