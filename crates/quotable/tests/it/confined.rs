//! What a worker process can do once it is confined: nothing but compute and answer.
//!
//! This test program is the process too: the tests run the ignored test `play_prisoner` in a new one. It tries what a
//! file that took over its reader would try, and prints how each try ended.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs, thread};

use quotable::worker::{Confinement, confine};

/// The variable by which the process learns whether to be confined.
const CONFINED: &str = "QUOTABLE_TEST_CONFINED";

#[test]
#[ignore = "the process of the other tests"]
fn play_prisoner() {
    let mut lines = String::new();
    io::stdin().read_to_string(&mut lines).unwrap();
    let (folder, address) = lines.trim_end().split_once('\n').unwrap();
    let folder = PathBuf::from(folder);
    let parent = rustix::process::getppid().unwrap();
    // All that a try needs is made before, so that nothing but the try can fail.
    let mut report = String::new();
    if env::var_os(CONFINED).is_some() {
        let Confinement { system_calls, landlock, limits, .. } = confine();
        report = format!("in force: system calls {system_calls}, landlock {landlock}, limits {limits}\n");
    }
    let mut tried = |what: &str, outcome: io::Result<()>| {
        let outcome = outcome.map_or_else(|error| format!("refused: {error}"), |()| "done".to_owned());
        report.push_str(&format!("{what}: {outcome}\n"));
    };
    tried("read a file", fs::File::open(folder.join("secret")).map(drop));
    tried("read its own program", fs::File::open("/proc/self/exe").map(drop));
    tried("list a folder", fs::read_dir(&folder).map(drop));
    tried("write a file", fs::OpenOptions::new().append(true).open(folder.join("secret")).map(drop));
    tried("create a file", fs::write(folder.join("new"), "x"));
    tried("create a folder", fs::create_dir(folder.join("folder")));
    tried("rename a file", fs::rename(folder.join("old"), folder.join("older")));
    tried("delete a file", fs::remove_file(folder.join("spare")));
    tried("connect by TCP", TcpStream::connect(address).map(drop));
    tried("send by UDP", UdpSocket::bind("127.0.0.1:0").map(drop));
    tried("connect to a service", UnixStream::connect(folder.join("socket")).map(drop));
    tried("start a process", Command::new("/bin/true").status().map(drop));
    tried("start a thread", thread::Builder::new().spawn(|| ()).map(drop));
    tried("send a signal", rustix::process::test_kill_process(parent).map_err(Into::into));
    let mut output = io::stdout().lock();
    output.write_all(format!("BEGIN\n{report}END\n").as_bytes()).unwrap();
    output.flush().unwrap();
}

/// What the process of this test prints of its tries.
fn tries(confined: bool) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for name in ["secret", "old", "spare"] {
        fs::write(folder.path().join(name), "Sheep.").unwrap();
    }
    let _service = UnixListener::bind(folder.path().join("socket")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "confined::play_prisoner", "--nocapture"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    if confined {
        command.env(CONFINED, "1");
    }
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{}\n{}", folder.path().display(), listener.local_addr().unwrap()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, text) = text.split_once("BEGIN\n").unwrap();
    text.split_once("END\n").unwrap().0.lines().map(str::to_owned).collect()
}

/// Else the next test shows nothing.
#[test]
fn a_process_that_is_not_confined_can_do_all_of_it() {
    let tries = tries(false);
    assert_eq!(tries.len(), 14, "{tries:?}");
    for outcome in tries {
        assert!(outcome.ends_with(": done"), "{outcome}");
    }
}

#[test]
fn a_confined_process_cannot_open_connect_or_fork() {
    let tries = tries(true);
    let (in_force, tries) = tries.split_first().unwrap();
    assert_eq!(tries.len(), 14, "{tries:?}");
    let (system_calls, limits) = (in_force.contains("system calls true"), in_force.contains("limits true"));
    // By the limit alone, names can be changed, and what needs no open file can be done.
    let by_limit = ["read a", "read its", "list", "write", "create a file", "connect", "send by"];
    for outcome in tries {
        let refused = system_calls || limits && by_limit.iter().any(|what| outcome.starts_with(what));
        assert!(!refused || outcome.contains(": refused: "), "{in_force}; {outcome}");
    }
    assert!(limits, "{in_force}");
    // Every kernel that a distribution has built for years knows it.
    let known = fs::read_to_string("/proc/self/status").is_ok_and(|status| status.contains("\nSeccomp:"));
    assert!(!known || system_calls, "{in_force}");
}
