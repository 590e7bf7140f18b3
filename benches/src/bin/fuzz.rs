//! Spoils input and tries it, for as long as there is time.
//!
//! ```sh
//! cargo run -p quotable-benches --bin fuzz -- TARGET SECONDS SEED SAMPLES OUT
//! ```
//!
//! TARGET is one of query, pdf, html, markdown, docx, text, report, quotations, codebook. A process of its own tries
//! case after case, made of the files under SAMPLES by SEED; it may have 2 GiB of memory, and 10 seconds for a case. If
//! it ends, or goes on too long, the case is kept in OUT and another process goes on behind it. A panic is kept too, once
//! for each place in the source.
//!
//! Nothing is known of which code a case reaches, as libFuzzer would know.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use quotable_benches::files::files;
use quotable_benches::fuzz::{Bench, Target};
use quotable_benches::memory::Watched;
use quotable_hostile::Hostile;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How long one case may take.
const LONG: Duration = Duration::from_secs(10);
const MEMORY: u64 = 2 << 30;
const STACK: usize = 16 << 20;

/// What is to be tried.
struct Plan {
    target: Target,
    name: String,
    seconds: u64,
    seed: u64,
    samples: OsString,
    out: OsString,
    /// The case with which to begin, for the process that tries them.
    first: Option<u64>,
}

fn main() -> ExitCode {
    let Some(plan) = plan() else {
        eprintln!("usage: fuzz TARGET SECONDS SEED SAMPLES OUT");
        return ExitCode::from(2);
    };
    let done = match plan.first {
        None => watch(&plan),
        Some(first) => std::thread::scope(|scope| {
            let work = || work(&plan, first).map_err(|error| error.to_string());
            let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
            Ok(worker.join().map_err(|_| "the process that tries cases failed")?.map(|()| 0)?)
        }),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn plan() -> Option<Plan> {
    let mut arguments = std::env::args_os().skip(1);
    let name = arguments.next()?.into_string().ok()?;
    let seconds = arguments.next()?.to_str()?.parse().ok()?;
    let seed = arguments.next()?.to_str()?.parse().ok()?;
    let (samples, out) = (arguments.next()?, arguments.next()?);
    let first = arguments.next().and_then(|first| first.to_str()?.parse().ok());
    Some(Plan { target: Target::named(&name)?, name, seconds, seed, samples, out, first })
}

fn samples(plan: &Plan) -> Outcome<Vec<Hostile>> {
    let mut samples = Vec::new();
    for (number, path) in (1..).zip(files(Path::new(&plan.samples))?) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        samples.push(Hostile::new(format!("{number}.{ending}"), fs::read(path)?));
    }
    Ok(samples)
}

/// The case of a number, under this seed.
fn numbered(plan: &Plan, number: u64) -> u64 {
    plan.seed.wrapping_mul(1 << 32).wrapping_add(number)
}

/// Tries cases until it is killed, and says in the file `case` which one.
fn work(plan: &Plan, first: u64) -> Outcome<()> {
    let out = Path::new(&plan.out);
    let bench = Bench::new(Path::new(&plan.samples))?;
    let cases = plan.target.cases(&samples(plan)?);
    let now = File::options().write(true).open(out.join("case"))?;
    let place = std::sync::Arc::new(Mutex::new(String::new()));
    let noted = place.clone();
    std::panic::set_hook(Box::new(move |panic| {
        let place =
            panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    // Else whatever the samples took would count.
    rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY)?;
    for number in first.. {
        now.write_all_at(&number.to_le_bytes(), 0)?;
        let Some(case) = cases(numbered(plan, number)) else { break };
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| bench.attempt(plan.target, &case))) {
            let what = panic.downcast_ref::<String>().map(String::as_str);
            let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            let place = place.lock().unwrap_or_else(PoisonError::into_inner).clone();
            keep(out, &format!("panic {place}: {what}"), number, &case)?;
        }
    }
    Ok(())
}

/// Keeps a case, unless one of the same kind is kept already.
fn keep(out: &Path, what: &str, number: u64, case: &Hostile) -> io::Result<()> {
    let letters = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let what: String = what.chars().take(600).collect();
    // The place alone, without what was seen there.
    let kind: String = what.split(": ").next().unwrap_or(&what).chars().map(letters).collect();
    let ending = case.name.rsplit('.').next().unwrap_or_default();
    if fs::read_dir(out)?.flatten().any(|file| file.file_name().to_string_lossy().starts_with(&kind)) {
        return Ok(());
    }
    fs::write(out.join(format!("{kind}.{ending}")), &case.bytes)?;
    let mut log = File::options().create(true).append(true).open(out.join("findings"))?;
    writeln!(log, "case {number}: {what:?}")
}

/// Starts process after process until the time is over; gives how many kinds of finding there are.
fn watch(plan: &Plan) -> Outcome<usize> {
    let out = Path::new(&plan.out);
    fs::create_dir_all(out)?;
    let cases = plan.target.cases(&samples(plan)?);
    let (began, mut first, mut most) = (Instant::now(), 0_u64, Watched::default());
    let mut ends: BTreeMap<String, u64> = BTreeMap::new();
    let end = Duration::from_secs(plan.seconds);
    while began.elapsed() < end {
        fs::write(out.join("case"), first.to_le_bytes())?;
        let mut arguments =
            vec![plan.name.clone().into(), plan.seconds.to_string().into(), plan.seed.to_string().into()];
        arguments.extend([plan.samples.clone(), plan.out.clone(), first.to_string().into()]);
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let watching = Watched::begin(child.id(), Duration::from_millis(50));
        let (mut seen, mut since) = (first, Instant::now());
        let ended: Option<ExitStatus> = loop {
            std::thread::sleep(Duration::from_millis(50));
            let case = current(out)?;
            if case != seen {
                (seen, since) = (case, Instant::now());
            }
            let ended = child.try_wait()?;
            // Until the first case is done, the samples are being indexed.
            let late = since.elapsed() > if seen == first { 6 * LONG } else { LONG };
            if ended.is_some() || late || began.elapsed() >= end {
                break ended;
            }
        };
        let late = ended.is_none() && began.elapsed() < end;
        if ended.is_none() {
            child.kill()?;
            child.wait()?;
        }
        most.own = most.own.max(watching.end().own);
        let what = match ended {
            Some(status) => Some(format!("ended, {status}")),
            None => late.then(|| "hang".to_owned()),
        };
        first = current(out)?;
        if let Some(what) = what {
            if let Some(case) = cases(numbered(plan, first)) {
                keep(out, &format!("{what} {first}"), first, &case)?;
            }
            *ends.entry(what).or_default() += 1;
            first += 1;
        }
    }
    let kinds = fs::read_to_string(out.join("findings")).unwrap_or_default().lines().count();
    println!(
        "{}: {first} cases in {} s, {} kinds of finding, {ends:?}, at most {} MiB",
        plan.name,
        began.elapsed().as_secs(),
        kinds,
        most.own >> 20
    );
    Ok(kinds)
}

fn current(out: &Path) -> Outcome<u64> {
    let bytes = fs::read(out.join("case"))?;
    Ok(u64::from_le_bytes(bytes.get(..8).ok_or("the number of the case is lost")?.try_into()?))
}
