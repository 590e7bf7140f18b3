//! `quotable read-worker`: reads files for a refresh in a separate process, so that a file that crashes its reader or
//! exhausts memory costs that file alone.

use std::io::{self, BufRead, Read, StdinLock};

use quotable::read::Readers;
use quotable::worker;

use crate::args::ReadWorkerArgs;
use crate::error::{Error, Result};
use crate::outcome::Outcome;

/// Readers recurse into nested formats: more than the default stack, up to the nesting limit.
const STACK_SIZE: usize = 64 << 20;

pub(crate) fn run(args: &ReadWorkerArgs) -> Result<Outcome> {
    limit_memory(args.memory);
    let seconds = args.seconds;
    let serve = move || worker::serve(Requests::new(seconds), io::stdout().lock(), &Readers::default());
    match std::thread::Builder::new().stack_size(STACK_SIZE).spawn(serve)?.join() {
        Ok(served) => served.map(|()| Outcome::Found).map_err(Error::from),
        Err(_) => Err(Error::new("a reader of files panicked; please report this as a bug")),
    }
}

/// Best effort: where the system has no such limit, the clock of the refresh still ends a file.
#[cfg(unix)]
fn limit_memory(mebibytes: u64) {
    let bytes = mebibytes.saturating_mul(1 << 20);
    let _ = rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes);
}

#[cfg(not(unix))]
fn limit_memory(_: u64) {}

/// The requests on standard input. Each sets the limit of processor time anew: if the refresh dies while this process
/// reads a file without end, the system ends it.
struct Requests {
    input: StdinLock<'static>,
    #[cfg(unix)]
    began: std::time::Instant,
    /// Processor time that one file may take.
    #[cfg(unix)]
    seconds: u64,
}

impl Requests {
    #[cfg_attr(not(unix), allow(unused_variables, reason = "processor time is limited on Unix only"))]
    fn new(seconds: u64) -> Self {
        Self {
            input: io::stdin().lock(),
            #[cfg(unix)]
            began: std::time::Instant::now(),
            #[cfg(unix)]
            seconds,
        }
    }

    /// Extends the processor time of this process by that of one file. The limit counts from the start of the process;
    /// wall time since then is an upper bound of what one thread has used.
    #[cfg(unix)]
    fn extend_processor_time(&self) {
        if let Ok((_, hard)) = rlimit::getrlimit(rlimit::Resource::CPU) {
            let soft = self.began.elapsed().as_secs().saturating_add(self.seconds).min(hard);
            let _ = rlimit::setrlimit(rlimit::Resource::CPU, soft, hard);
        }
    }

    #[cfg(not(unix))]
    fn extend_processor_time(&self) {}
}

impl Read for Requests {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for Requests {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.extend_processor_time();
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.input.consume(amount);
    }
}
