//! CPU time, which other work on the machine stretches far less than wall time.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Measures the wall time and the CPU time of a stretch of work.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch {
    started: Instant,
    /// CPU time at the start: of this process, and of the children it has waited for.
    cpu: Option<(Duration, Duration)>,
}

/// The time of a stretch of work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Elapsed {
    /// Wall time.
    pub wall: Duration,
    /// CPU time of this process; wall time where the system does not report CPU time.
    pub own_cpu: Duration,
    /// CPU time of the children that were waited for; wall time where the system does not report CPU time.
    pub children_cpu: Duration,
}

impl Stopwatch {
    /// Starts measuring.
    pub fn start() -> Self {
        Self { started: Instant::now(), cpu: process_cpu_time() }
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Elapsed {
        let wall = self.started.elapsed();
        match (self.cpu, process_cpu_time()) {
            (Some((own, children)), Some((own_now, children_now))) => Elapsed {
                wall,
                own_cpu: own_now.saturating_sub(own),
                children_cpu: children_now.saturating_sub(children),
            },
            _ => Elapsed { wall, own_cpu: wall, children_cpu: wall },
        }
    }
}

/// CPU time of this process and of its children, from `/proc/self/stat` of Linux (proc(5)), with a resolution of ten
/// milliseconds.
fn process_cpu_time() -> Option<(Duration, Duration)> {
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the program name in parentheses, may contain spaces and parentheses.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<u32> = fields.split_whitespace().skip(11).take(4).flat_map(str::parse).collect();
    let &[user, system, children_user, children_system] = fields.as_slice() else { return None };
    Some((TICK * (user + system), TICK * (children_user + children_system)))
}

/// CPU time of this thread; wall time since the first call where the system does not report CPU time.
pub fn thread_cpu_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // Linux updates the figure when a thread is descheduled: without the yield it is some milliseconds old.
    std::thread::yield_now();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// CPU time of one call, measured over `batches` batches of about ten milliseconds each, after a call to warm up.
///
/// # Errors
/// The first error of a call.
pub fn time_calls<T, E>(batches: usize, mut call: impl FnMut() -> Result<T, E>) -> Result<Vec<Duration>, E> {
    std::hint::black_box(call()?);
    let start = thread_cpu_time();
    std::hint::black_box(call()?);
    let estimate = thread_cpu_time() - start;
    (0..batches).map(|_| mean_call_time(estimate, &mut call)).collect()
}

/// Mean CPU time of one call, over as many calls as take about ten milliseconds if one takes `estimate`.
///
/// # Errors
/// The first error of a call.
pub fn mean_call_time<T, E>(
    estimate: Duration,
    mut call: impl FnMut() -> Result<T, E>,
) -> Result<Duration, E> {
    let calls = (10_000_000 / estimate.as_nanos().max(1)).clamp(1, 10_000) as u32;
    let start = thread_cpu_time();
    for _ in 0..calls {
        std::hint::black_box(call()?);
    }
    Ok((thread_cpu_time() - start) / calls)
}

/// A duration in microseconds.
pub fn micros(time: Duration) -> f64 {
    // From whole nanoseconds: the clocks have no finer resolution, and the quotient prints shorter.
    time.as_nanos() as f64 / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn busy_work_takes_cpu_time() {
        let stopwatch = Stopwatch::start();
        let mut sum = 0_u64;
        while stopwatch.started.elapsed() < Duration::from_millis(200) {
            sum = std::hint::black_box(sum + 1);
        }
        let elapsed = stopwatch.elapsed();
        assert!(
            elapsed.own_cpu > Duration::ZERO && elapsed.wall >= Duration::from_millis(200),
            "{elapsed:?}"
        );
    }

    #[test]
    fn sleep_takes_no_cpu_time() {
        let work = || {
            let start = thread_cpu_time();
            while thread_cpu_time() - start < Duration::from_millis(3) {}
            std::thread::sleep(Duration::from_millis(30));
            Ok::<(), ()>(())
        };
        let times = time_calls(3, work).unwrap();
        assert!(times.iter().all(|time| (2..20).contains(&time.as_millis())), "{times:?}");
    }
}
