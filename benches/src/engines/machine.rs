//! The machine, and what it knows of this process.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

/// What is known of the machine.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Machine {
    /// The processor.
    pub processor: String,
    /// Its kind: `x86_64`.
    pub architecture: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// Memory, in MiB.
    pub memory: u64,
    /// The operating system.
    pub system: String,
}

impl Machine {
    /// This machine. What it does not say is empty.
    pub fn this() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned())
        };
        let release = read("/proc/sys/kernel/osrelease");
        let release = release.trim().split('-').next().unwrap_or_default();
        Self {
            processor: field(&read("/proc/cpuinfo"), "model name").unwrap_or_default(),
            architecture: std::env::consts::ARCH.to_owned(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory: field(&read("/proc/meminfo"), "MemTotal").map_or(0, |memory| kib(&memory) / 1024),
            system: format!("{} {}", std::env::consts::OS, release),
        }
    }
}

fn kib(text: &str) -> u64 {
    text.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The most memory this process has held, in MiB; 0 where the system does not say.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_once(':')).map_or(0, |(_, value)| kib(value) / 1024)
}

/// The size of the files of a folder, in bytes.
///
/// # Errors
/// If it cannot be listed.
pub fn size(folder: &Path) -> io::Result<u64> {
    let sizes = std::fs::read_dir(folder)?.map(|entry| entry?.metadata());
    sizes.map(|metadata| metadata.map(|metadata| metadata.len())).sum()
}

/// Lets the system forget what it holds of the files of a folder, by `dd` of GNU; false where that cannot be done.
pub fn forget(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().all(|entry| {
        let mut dd = Command::new("dd");
        dd.arg(format!("if={}", entry.path().display())).args(["iflag=nocache", "count=0"]);
        dd.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    })
}
