//! Time that a program was on a processor, which a busy machine does not stretch as it stretches the clock.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// A moment, by the clock and by the processor.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    clock: Instant,
    /// Of this process, and of the children it has waited for.
    processor: Option<(Duration, Duration)>,
}

/// What passed between two moments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spent {
    /// By the clock.
    pub clock: Duration,
    /// On a processor, by this process; by the clock where the system does not say.
    pub own: Duration,
    /// On a processor, by children that were waited for; by the clock where the system does not say.
    pub children: Duration,
}

impl Moment {
    /// This moment.
    pub fn now() -> Self {
        Self { clock: Instant::now(), processor: processor() }
    }

    /// What has passed since.
    pub fn spent(&self) -> Spent {
        let clock = self.clock.elapsed();
        match (self.processor, processor()) {
            (Some((own, children)), Some((own_now, children_now))) => Spent {
                clock,
                own: own_now.saturating_sub(own),
                children: children_now.saturating_sub(children),
            },
            _ => Spent { clock, own: clock, children: clock },
        }
    }
}

/// How long this process and its children have been on a processor: `/proc/self/stat` of Linux, proc(5), to ten
/// milliseconds.
fn processor() -> Option<(Duration, Duration)> {
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may hold spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<u32> = fields.split_whitespace().skip(11).take(4).flat_map(str::parse).collect();
    let &[user, system, user_of_children, system_of_children] = fields.as_slice() else { return None };
    Some((TICK * (user + system), TICK * (user_of_children + system_of_children)))
}

/// How long this thread has been on a processor; by the clock since the first call where the system does not say.
pub fn of_thread() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // Linux brings the number up to date when a thread gives way: without that it is some milliseconds old.
    std::thread::yield_now();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// How long one call takes on a processor, in each of several batches of calls: as many calls a batch as fill about ten
/// milliseconds. One call goes before, to warm up.
///
/// # Errors
/// The first error of a call.
pub fn each<T, E>(batches: usize, mut call: impl FnMut() -> Result<T, E>) -> Result<Vec<Duration>, E> {
    std::hint::black_box(call()?);
    let start = of_thread();
    std::hint::black_box(call()?);
    let one = of_thread() - start;
    (0..batches).map(|_| batch(one, &mut call)).collect()
}

/// How long one call takes on a processor, of a call that took about so long before: the mean of as many calls as fill
/// about ten milliseconds.
///
/// # Errors
/// The first error of a call.
pub fn batch<T, E>(about: Duration, mut call: impl FnMut() -> Result<T, E>) -> Result<Duration, E> {
    let calls = (10_000_000 / about.as_nanos().max(1)).clamp(1, 10_000) as u32;
    let start = of_thread();
    for _ in 0..calls {
        std::hint::black_box(call()?);
    }
    Ok((of_thread() - start) / calls)
}

/// The median, and the least and the most; `None` of nothing.
pub fn median_and_spread<T: Copy + Ord>(values: &[T]) -> Option<(T, T, T)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    Some((*sorted.get(sorted.len() / 2)?, *sorted.first()?, *sorted.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_seen_on_the_processor() {
        let start = Moment::now();
        let mut sum = 0_u64;
        while start.clock.elapsed() < Duration::from_millis(200) {
            sum = std::hint::black_box(sum + 1);
        }
        let spent = start.spent();
        assert!(spent.own > Duration::ZERO && spent.clock >= Duration::from_millis(200), "{spent:?}");
    }

    #[test]
    fn a_call_takes_what_it_works_and_not_what_it_sleeps() {
        let work = || {
            let start = of_thread();
            while of_thread() - start < Duration::from_millis(3) {}
            std::thread::sleep(Duration::from_millis(30));
            Ok::<(), ()>(())
        };
        let times = each(3, work).unwrap();
        assert!(times.iter().all(|time| (2..20).contains(&time.as_millis())), "{times:?}");
    }

    #[test]
    fn the_median_of_three_stands_in_the_middle() {
        assert_eq!(median_and_spread(&[3, 1, 2]), Some((2, 1, 3)));
        assert_eq!(median_and_spread::<u8>(&[]), None);
    }
}
