//! The process that reads files for a refresh: this module, in a Python of its own.

use std::io::{self, BufRead, Read, StdinLock};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use quotable::read::{Budget, Readers};
use quotable::worker;

use crate::error::raise;

/// Readers recurse into nested formats: more than the default stack, up to the nesting limit.
const STACK_SIZE: usize = 64 << 20;
/// Address space of the process, as the command limits it.
#[cfg(unix)]
const MEMORY: u64 = 2048 << 20;
/// Processor time, in seconds, beyond that of one file: readers look at their clock between pages.
#[cfg(unix)]
const GRACE: u64 = 5;

/// Reads files that a refresh names on standard input, until it ends. Called in a process of its own.
#[pyfunction]
pub(crate) fn read_worker(py: Python<'_>) -> PyResult<()> {
    limit_resources();
    let serve = || {
        worker::confine();
        worker::serve(Requests::new(), io::stdout().lock(), &Readers::default())
    };
    let served = py.detach(|| match std::thread::Builder::new().stack_size(STACK_SIZE).spawn(serve) {
        Ok(thread) => thread.join().map_err(|_| "a reader of files panicked; please report this".to_owned()),
        Err(error) => Err(error.to_string()),
    });
    match served {
        Ok(served) => served.map_err(|error| raise(py, &error)),
        Err(what) => Err(PyRuntimeError::new_err(what)),
    }
}

/// Best effort: where the system has no such limits, the clock of the refresh still ends a file.
#[cfg(unix)]
fn limit_resources() {
    use rlimit::{Resource, setrlimit};

    let _ = setrlimit(Resource::AS, MEMORY, MEMORY);
    // A process that the limits end would otherwise leave its memory, with the text of a report, in a file.
    let _ = setrlimit(Resource::CORE, 0, 0);
}

#[cfg(not(unix))]
fn limit_resources() {}

/// The requests on standard input. Each sets the limit of processor time anew.
struct Requests(StdinLock<'static>);

impl Requests {
    fn new() -> Self {
        Self(io::stdin().lock())
    }

    #[cfg(unix)]
    fn extend_processor_time() {
        use rlimit::{Resource, getrlimit, setrlimit};
        use rustix::time::{ClockId, clock_gettime};

        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0) + 1;
        if let Ok((_, hard)) = getrlimit(Resource::CPU) {
            let soft = used.saturating_add(Budget::default().time.as_secs()).saturating_add(GRACE).min(hard);
            let _ = setrlimit(Resource::CPU, soft, hard);
        }
    }

    #[cfg(not(unix))]
    fn extend_processor_time() {}
}

impl Read for Requests {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl BufRead for Requests {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Self::extend_processor_time();
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}
