//! Takes from a worker process what reading does not need: files, the network, other processes.

/// What [`confine`] could take from the process. Where the system has none of it, all are false, and the process works
/// on as before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Confinement {
    /// System calls are filtered (seccomp, on Linux): the process can open no file, make no connection, start no process
    /// or thread, and read and write only its standard input, output and error. What it tries is refused with an error.
    pub system_calls: bool,
    /// No rule lets the process at any file, TCP port or process outside (Landlock, on Linux): a second lock, which
    /// depends on no list of system calls.
    pub landlock: bool,
    /// The limit of open files is zero (on Unix): nothing new can be opened, neither file nor connection. The limit of
    /// processes is zero too, which does not bind the superuser.
    pub limits: bool,
}

/// Takes from this process, for good, what a worker does not need: opening files, the network, other processes. A file
/// that takes over its reader can then do nothing but answer wrongly.
///
/// Call it in a worker process after everything was opened that is needed, and before [`serve`](super::serve), on the
/// thread that serves: other threads are confined by the filter of system calls, and not by Landlock. Threads cannot be
/// started any more. Limit memory and processor time before, with the crate `rlimit` or the like.
///
/// Never fails: an old kernel, or another system, takes less, as the answer tells. Nothing is taken on systems other
/// than Unix.
pub fn confine() -> Confinement {
    // The filter comes last: it forbids the others.
    Confinement { landlock: forbid_by_rules(), limits: limit(), system_calls: filter_system_calls() }
}

#[cfg(unix)]
fn limit() -> bool {
    use rlimit::{Resource, setrlimit};

    // A limit on processes counts those that run already, whose they are. So zero starts no more.
    let _ = setrlimit(Resource::NPROC, 0, 0);
    setrlimit(Resource::NOFILE, 0, 0).is_ok()
}

#[cfg(not(unix))]
fn limit() -> bool {
    false
}

/// An empty set of rules for everything that this kernel can forbid.
#[cfg(target_os = "linux")]
fn forbid_by_rules() -> bool {
    use landlock::{ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetStatus, Scope};

    // The crate asks a kernel that does not know all of these for those that it knows.
    const NEWEST: ABI = ABI::V6;
    let rules = Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(NEWEST)))
        .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create);
    rules
        .and_then(landlock::RulesetCreated::restrict_self)
        .is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced)
}

#[cfg(not(target_os = "linux"))]
fn forbid_by_rules() -> bool {
    false
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")
))]
fn filter_system_calls() -> bool {
    filter::filter().is_some_and(|filter| seccompiler::apply_filter_all_threads(&filter).is_ok())
}

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")
)))]
fn filter_system_calls() -> bool {
    false
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")
))]
mod filter {
    use std::collections::BTreeMap;

    use seccompiler::SeccompCmpArgLen::Dword;
    use seccompiler::SeccompCmpOp::Eq;
    use seccompiler::{BpfProgram, SeccompAction, SeccompCondition, SeccompFilter, SeccompRule};

    /// What a process calls that computes, whatever it is asked with: memory, clocks, locks between its threads, its own
    /// signals, its end.
    const ALWAYS: [i64; 28] = [
        libc::SYS_brk,
        libc::SYS_clock_getres,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_close,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_futex,
        libc::SYS_getpid,
        libc::SYS_getrandom,
        libc::SYS_getrusage,
        libc::SYS_gettid,
        libc::SYS_gettimeofday,
        libc::SYS_madvise,
        libc::SYS_membarrier,
        libc::SYS_mprotect,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_nanosleep,
        libc::SYS_restart_syscall,
        libc::SYS_rseq,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sched_getaffinity,
        libc::SYS_sched_yield,
        libc::SYS_sigaltstack,
        libc::SYS_sysinfo,
    ];

    /// `PR_GET_AUXV`.
    const GET_AUXV: u64 = 0x4155_5856;

    /// A filter that answers all calls but those of a computing process with "not permitted"; `None` on processors that
    /// the compiler of filters does not know.
    pub(super) fn filter() -> Option<BpfProgram> {
        // A list of what is allowed, since kernels learn new calls. An error and no signal for the rest: a library that
        // looks for something it can do without goes on.
        let refused = SeccompAction::Errno(libc::EPERM as u32);
        let architecture = std::env::consts::ARCH.try_into().ok()?;
        let filter = SeccompFilter::new(allowed()?, refused, SeccompAction::Allow, architecture).ok()?;
        filter.try_into().ok()
    }

    fn allowed() -> Option<BTreeMap<i64, Vec<SeccompRule>>> {
        let own = u64::from(std::process::id());
        let no_file = u64::from(u32::MAX);
        let mut allowed: BTreeMap<i64, Vec<SeccompRule>> =
            ALWAYS.into_iter().map(|call| (call, Vec::new())).collect();
        // Only the three standard streams: the process may have inherited other open files.
        allowed.insert(libc::SYS_read, vec![argument(0, 0)?]);
        allowed.insert(libc::SYS_readv, vec![argument(0, 0)?]);
        allowed.insert(libc::SYS_write, vec![argument(0, 1)?, argument(0, 2)?]);
        allowed.insert(libc::SYS_writev, vec![argument(0, 1)?, argument(0, 2)?]);
        // Memory that is of no file.
        allowed.insert(libc::SYS_mmap, vec![argument(4, no_file)?]);
        // Its own limits, which only go down, and its own signals, by which it aborts.
        allowed.insert(libc::SYS_prlimit64, vec![argument(0, 0)?, argument(0, own)?]);
        allowed.insert(libc::SYS_tgkill, vec![argument(0, own)?]);
        // What the kernel told it at its start. The clock of a thread is found by that.
        allowed.insert(libc::SYS_prctl, vec![argument(0, GET_AUXV)?]);
        Some(allowed)
    }

    /// A rule that holds where an argument of a call has this value.
    fn argument(number: u8, value: u64) -> Option<SeccompRule> {
        SeccompRule::new(vec![SeccompCondition::new(number, Dword, Eq, value).ok()?]).ok()
    }
}
