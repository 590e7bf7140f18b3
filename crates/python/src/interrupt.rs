//! Runs work of the library for Python: without the lock of the interpreter, and ended by Ctrl-C.

use std::any::Any;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::{PyOSError, PyRuntimeError};
use pyo3::prelude::*;
use quotable::CancelFlag;

use crate::error::raise;

/// How often Python is asked whether Ctrl-C was pressed.
const PERIOD: Duration = Duration::from_millis(50);
/// Readers recurse into nested formats. Memory that is not used costs nothing.
const STACK: usize = 64 << 20;

/// Runs the work in another thread. Python runs the handlers of signals in its main thread only, so this thread waits for
/// them, raises the flag when one fails, as that of Ctrl-C does, and returns its error.
///
/// # Errors
/// Those of the work, as exceptions of Python, and those of a handler.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    cancel: &CancelFlag,
    work: impl FnOnce() -> quotable::Result<T> + Send,
) -> PyResult<T> {
    watched(py, cancel, work, |_| Ok(()))
}

/// The same, calling `look` every now and then while the work goes on.
///
/// # Errors
/// Those of [`run`], and those of `look`, which end the work too.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    cancel: &CancelFlag,
    work: impl FnOnce() -> quotable::Result<T> + Send,
    mut look: impl FnMut(Python<'_>) -> PyResult<()> + Send,
) -> PyResult<T> {
    let (done, stopped) = py.detach(|| {
        thread::scope(|scope| {
            let (end, ended) = mpsc::channel::<()>();
            let work = move || {
                // Dropped when the work ends, also by a panic, and so wakes the waiting thread.
                let _end = end;
                work()
            };
            let worker = match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
                Ok(worker) => worker,
                Err(error) => return (Err(PyOSError::new_err(error.to_string())), None),
            };
            let mut stopped: Option<PyErr> = None;
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(PERIOD) {
                if stopped.is_none()
                    && let Err(error) = Python::attach(|py| py.check_signals().and_then(|()| look(py)))
                {
                    cancel.cancel();
                    stopped = Some(error);
                }
            }
            (Ok(worker.join()), stopped)
        })
    });
    match (done?, stopped) {
        (_, Some(error)) => Err(error),
        (Ok(done), None) => done.map_err(|error| raise(py, &error)),
        (Err(panic), None) => Err(panicked(panic.as_ref())),
    }
}

fn panicked(panic: &(dyn Any + Send)) -> PyErr {
    let what = panic.downcast_ref::<&str>().copied();
    let what = what.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("it panicked");
    PyRuntimeError::new_err(format!("Quotable has a fault, please report it: {what}"))
}
