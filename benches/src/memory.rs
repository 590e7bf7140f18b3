//! Memory of processes, from `/proc` of Linux. Elsewhere every figure is 0.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Peak resident memory, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeakMemory {
    /// Of the process itself.
    pub own: u64,
    /// Of its largest child.
    pub child: u64,
}

/// Samples the memory of another process and of its children on a thread of its own.
#[derive(Debug)]
pub struct MemoryMonitor {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<PeakMemory>>,
}

impl MemoryMonitor {
    /// Starts sampling a process, by its id, once every `interval`.
    pub fn start(process: u32, interval: Duration) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let sample = move || {
            let mut peak = PeakMemory::default();
            while !stopped.load(Ordering::Relaxed) {
                peak.own = peak.own.max(status_field(&process.to_string(), "VmHWM:"));
                for child in children(process) {
                    peak.child = peak.child.max(status_field(&child.to_string(), "VmHWM:"));
                }
                thread::sleep(interval);
            }
            peak
        };
        Self { stop, thread: thread::Builder::new().spawn(sample).ok() }
    }

    /// Stops sampling and returns the peaks.
    pub fn stop(self) -> PeakMemory {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.and_then(|thread| thread.join().ok()).unwrap_or_default()
    }
}

/// Peak resident memory of this process, in bytes.
pub fn own_peak_memory() -> u64 {
    status_field("self", "VmHWM:")
}

/// Resident memory of this process, in bytes.
pub fn own_memory() -> u64 {
    status_field("self", "VmRSS:")
}

/// A field of `/proc/PROCESS/status` in bytes; 0 if the process has gone.
fn status_field(process: &str, field: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.map_or(0, |kib| kib << 10)
}

/// The child processes of every thread of a process.
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
    fn this_process_uses_memory() {
        let monitor = MemoryMonitor::start(std::process::id(), Duration::from_millis(1));
        thread::sleep(Duration::from_millis(50));
        assert!(monitor.stop().own > 1 << 20);
        assert!(own_memory() > 1 << 20 && own_memory() <= own_peak_memory());
    }
}
