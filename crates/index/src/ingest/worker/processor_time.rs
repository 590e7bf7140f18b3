//! What the system tells of a child's processor time.

use std::process::ExitStatus;
use std::time::Duration;

/// The processor time that a process has used so far, without its children; `None` if the system does not tell.
#[cfg(target_os = "linux")]
pub(super) fn processor_time_of(process: u32) -> Option<Duration> {
    // See proc(5): clock ticks in user mode and in the kernel are the 12th and 13th fields after the name, which is in
    // parentheses and may hold any character.
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    let ticks = ticks()?.checked_add(ticks()?)?;
    // Linux shows all times of processes in hundredths of a second, whatever its own clock.
    Some(Duration::from_millis(ticks.checked_mul(10)?))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn processor_time_of(_: u32) -> Option<Duration> {
    None
}

/// True if a process ended because it used up its limit of processor time.
#[cfg(unix)]
pub(super) fn ended_by_processor_limit(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;

    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
pub(super) fn ended_by_processor_limit(_: ExitStatus) -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn the_processor_time_of_a_process_grows_with_its_work() {
        let own = || processor_time_of(std::process::id()).unwrap();
        let (before, began) = (own(), Instant::now());
        while own() < before + Duration::from_millis(50) {
            assert!(began.elapsed() < Duration::from_secs(60));
        }
    }
}
