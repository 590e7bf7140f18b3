//! How much memory another process has, by `/proc` of Linux; elsewhere nothing is known, and nothing is counted.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The most memory that was seen in use, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watched {
    /// By the process itself.
    pub own: u64,
    /// By any one of its children.
    pub child: u64,
}

/// A process that is being watched.
#[derive(Debug)]
pub struct Watching {
    stop: Arc<AtomicBool>,
    watcher: Option<JoinHandle<Watched>>,
}

impl Watched {
    /// Begins to look at a process and its children, again and again after so long.
    pub fn begin(process: u32, every: Duration) -> Watching {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let watch = move || {
            let mut most = Self::default();
            while !stopped.load(Ordering::Relaxed) {
                most.own = most.own.max(peak(process));
                for child in children(process) {
                    most.child = most.child.max(peak(child));
                }
                thread::sleep(every);
            }
            most
        };
        Watching { stop, watcher: thread::Builder::new().spawn(watch).ok() }
    }
}

impl Watching {
    /// Stops looking.
    pub fn end(self) -> Watched {
        self.stop.store(true, Ordering::Relaxed);
        self.watcher.and_then(|watcher| watcher.join().ok()).unwrap_or_default()
    }
}

/// The most that a process has had in memory since it began, in bytes.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.map_or(0, |kibibytes| kibibytes << 10)
}

/// The children of every thread of a process.
fn children(process: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let lists = threads.into_iter().flatten().flatten();
    let lists = lists.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().flat_map(str::parse).collect::<Vec<u32>>()).collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_seen() {
        let watching = Watched::begin(std::process::id(), Duration::from_millis(1));
        thread::sleep(Duration::from_millis(50));
        assert!(watching.end().own > 1 << 20);
    }
}
