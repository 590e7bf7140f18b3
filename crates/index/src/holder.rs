//! The process that holds the write lock of an index.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// The process that is writing to an index. `Display` is `process 4711 on box since 2026-11-22 16:10 UTC`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holder {
    /// The id that the operating system gave the process.
    pub process: u32,
    /// The name of the machine; `None` on systems that do not keep it in a file.
    pub host: Option<String>,
    /// When the process took the lock.
    pub since: Moment,
}

impl Holder {
    pub(crate) fn this_process() -> Self {
        Self { process: std::process::id(), host: host(), since: Moment::now() }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.process)?;
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        write!(f, " since {}", self.since)
    }
}

/// The machine's name, read from the file in which Linux keeps it: the standard library has no call for it.
fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
