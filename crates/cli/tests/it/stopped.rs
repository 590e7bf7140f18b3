//! Commands that are stopped for longer than a file may take, as when a laptop sleeps.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::sandbox::{Ran, Sandbox};

/// How many reports the corpus has. Each takes a good part of a second to read.
const REPORTS: usize = 12;

fn corpus() -> Sandbox {
    let sandbox = Sandbox::new();
    for report in 0..REPORTS {
        let paragraphs = (1..6_000).map(|number| {
            format!("{number}. In visit {report} a heron stood at gate {number} of the harbour. It did not move.\n\n")
        });
        sandbox.put(&format!("visit {report}.txt"), paragraphs.collect::<String>());
    }
    sandbox
}

/// The processes that read files for a command, once one of them is in the middle of a file.
fn working_readers(command: &Child) -> Vec<u32> {
    let began = Instant::now();
    loop {
        assert!(began.elapsed() < Duration::from_secs(60), "no process reads files");
        let tasks = fs::read_dir(format!("/proc/{}/task", command.id())).unwrap();
        let children = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
        let children: Vec<u32> = children
            .flat_map(|all| all.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
            .collect();
        if children.iter().any(|child| ticks(*child) >= 5) {
            return children;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The processor time that a process has used, in hundredths of a second.
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.split(' ').nth(13).and_then(|ticks| ticks.parse().ok()).unwrap_or(0)
}

fn signal(name: &str, processes: impl IntoIterator<Item = u32>) {
    let ids = processes.into_iter().map(|id| id.to_string());
    assert!(Command::new("kill").arg(format!("-{name}")).args(ids).status().unwrap().success());
}

fn start(sandbox: &Sandbox) -> Child {
    let mut command = sandbox.command(&["index", "--file-seconds", "1"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn ended(command: Child) -> Ran {
    let output = command.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn files_are_read_by_a_command_that_was_stopped_for_long() {
    let sandbox = corpus();
    let command = start(&sandbox);
    let readers = working_readers(&command);
    signal("STOP", [command.id()]);
    signal("STOP", readers.iter().copied());
    // Longer than the command waits for a reader: four times the time of a file, and five seconds.
    thread::sleep(Duration::from_millis(9_500));
    signal("CONT", [command.id()]);
    // The command notices first that the time is over.
    thread::sleep(Duration::from_millis(50));
    signal("CONT", readers);
    let ran = ended(command);
    assert!(ran.out.contains(&format!("{REPORTS} files added (")), "{}{}", ran.out, ran.err);
}

#[test]
fn files_whose_readers_were_stopped_are_read_by_the_next_command() {
    let sandbox = corpus();
    let command = start(&sandbox);
    let readers = working_readers(&command);
    signal("STOP", readers);
    let ran = ended(command);
    assert!(ran.out.contains(" failed"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("did not go on") && ran.out.contains("tried again"), "{}{}", ran.out, ran.err);
    let ran = sandbox.run(&["index"]);
    assert!(ran.out.contains(" changed") && !ran.out.contains("failed"), "{}{}", ran.out, ran.err);
    let ran = sandbox.run(&["count", "heron", "--format", "jsonl"]);
    assert!(ran.out.contains(&(REPORTS * 5_999).to_string()), "{}{}", ran.out, ran.err);
}
