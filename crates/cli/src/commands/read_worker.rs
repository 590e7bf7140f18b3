//! `quotable read-worker`: reads files for a refresh in a separate process, so that a file that crashes its reader or
//! exhausts memory costs that file alone. The process has limits, and can open nothing.

use std::io::{self, BufRead, Read, StdinLock};

use quotable::read::Readers;
use quotable::worker;

use crate::args::ReadWorkerArgs;
use crate::error::{Error, Result};
use crate::outcome::Outcome;

/// Readers recurse into nested formats: more than the default stack, up to the nesting limit.
pub(super) const STACK_SIZE: usize = 64 << 20;

pub(crate) fn run(args: &ReadWorkerArgs) -> Result<Outcome> {
    limit_resources(args.memory);
    let seconds = args.seconds;
    let serve = move || {
        worker::confine();
        worker::serve(Requests::new(seconds), io::stdout().lock(), &Readers::default())
    };
    match std::thread::Builder::new().stack_size(STACK_SIZE).spawn(serve)?.join() {
        Ok(served) => served.map(|()| Outcome::Found).map_err(Error::from),
        Err(_) => Err(Error::new("a reader of files panicked; please report this as a bug")),
    }
}

/// Best effort: where the system has no such limits, the clock of the refresh still ends a file.
#[cfg(unix)]
pub(super) fn limit_resources(mebibytes: u64) {
    use rlimit::{Resource, setrlimit};

    let bytes = mebibytes.saturating_mul(1 << 20);
    let _ = setrlimit(Resource::AS, bytes, bytes);
    // A process that the limits end would otherwise leave its memory, with the text of a report, in a file.
    let _ = setrlimit(Resource::CORE, 0, 0);
}

#[cfg(not(unix))]
pub(super) fn limit_resources(_: u64) {}

/// The requests on standard input. Each sets the limit of processor time anew: a reader that does not look at its clock
/// is ended by the system, also if the refresh has died.
struct Requests {
    input: StdinLock<'static>,
    /// Processor time that one file may take.
    #[cfg(unix)]
    seconds: u64,
}

/// Processor time, in seconds, beyond that of one file. Readers look at their clock between pages, and the answer is
/// written after reading.
#[cfg(unix)]
const GRACE: u64 = 5;

impl Requests {
    #[cfg_attr(not(unix), allow(unused_variables, reason = "processor time is limited on Unix only"))]
    fn new(seconds: u64) -> Self {
        Self {
            input: io::stdin().lock(),
            #[cfg(unix)]
            seconds,
        }
    }

    /// Extends the processor time of this process by that of one file. The limit counts from the start of the process,
    /// in whole seconds.
    #[cfg(unix)]
    fn extend_processor_time(&self) {
        use rlimit::{Resource, getrlimit, setrlimit};
        use rustix::time::{ClockId, clock_gettime};

        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0) + 1;
        if let Ok((_, hard)) = getrlimit(Resource::CPU) {
            let soft = used.saturating_add(self.seconds).saturating_add(GRACE).min(hard);
            let _ = setrlimit(Resource::CPU, soft, hard);
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
