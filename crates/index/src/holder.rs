//! The process that holds the write lock of an index.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// Who is writing to an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holder {
    /// The number of the process.
    pub process: u32,
    /// The name of the machine, where it can be told.
    pub host: Option<String>,
    /// Since when.
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

/// The machine's name where the system keeps it in a file.
fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
