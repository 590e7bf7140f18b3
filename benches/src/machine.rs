//! A description of the machine.

/// The machine that measures.
#[derive(Debug, Clone)]
pub struct Machine {
    /// Model name of the processor.
    pub processor: String,
    /// Architecture, as Rust names it: `x86_64`.
    pub architecture: String,
    /// Number of hardware threads.
    pub threads: usize,
    /// Memory, in MiB.
    pub memory: u64,
    /// Operating system and kernel version.
    pub system: String,
}

impl Machine {
    /// Describes this machine. What the system does not report stays empty or 0.
    pub fn this() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned())
        };
        let release = read("/proc/sys/kernel/osrelease");
        let release = release.trim().split('-').next().unwrap_or_default();
        let memory = field(&read("/proc/meminfo"), "MemTotal").unwrap_or_default();
        let kib: u64 = memory.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default();
        Self {
            processor: field(&read("/proc/cpuinfo"), "model name").unwrap_or_default(),
            architecture: std::env::consts::ARCH.to_owned(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory: kib / 1024,
            system: format!("{} {release}", std::env::consts::OS),
        }
    }
}
