//! The folder of an index that a stranger made, or that others may read.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use crate::sandbox::Sandbox;

const PRECIOUS: &str = "precious\n";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// All text that the folder of the index holds in files that others may reach.
fn is_private(index: &Path) -> bool {
    mode(index) & 0o077 == 0
}

#[test]
fn a_folder_from_a_stranger_overwrites_nothing() {
    for name in
        ["lock", "meta.json", "meta.json.unfinished.tmp", ".managed.json.unfinished.tmp", "corpus", "notes"]
    {
        for target in ["victim", "made-anew", "/dev/zero"] {
            let sandbox = Sandbox::with_reports();
            let victim = sandbox.path("victim");
            fs::write(&victim, PRECIOUS).unwrap();
            let index = sandbox.corpus().join(".quotable");
            fs::create_dir(&index).unwrap();
            let link = index.join(name);
            symlink(sandbox.path("").join(target), &link).unwrap();
            for arguments in [
                &["search", "care"][..],
                &["index"],
                &["index", "rebuild"],
                &["search", "care", "--no-refresh"],
            ] {
                let ran = sandbox.run(arguments);
                assert_eq!(ran.code, 2, "{name} {target} {arguments:?}: {}", ran.err);
                assert!(ran.err.contains("link"), "{name} {target} {arguments:?}: {}", ran.err);
                assert_eq!(fs::read_to_string(&victim).unwrap(), PRECIOUS);
                assert!(!sandbox.path("made-anew").exists() && link.is_symlink());
            }
        }
    }
}

#[test]
fn an_index_that_is_a_link_is_not_written() {
    let sandbox = Sandbox::with_reports();
    let elsewhere = sandbox.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, sandbox.corpus().join(".quotable")).unwrap();
    let ran = sandbox.run(&["search", "care"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err, @r"
    error: the folder of the index is a link, and links are not followed there; name the folder that it leads to, or delete the link (SANDBOX/corpus/.quotable)
    help: keep the index elsewhere with --index FOLDER
    ");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    // With a whole index at its end, too.
    fs::remove_file(sandbox.corpus().join(".quotable")).unwrap();
    sandbox.run(&["index"]);
    fs::remove_dir(&elsewhere).unwrap();
    fs::rename(sandbox.corpus().join(".quotable"), &elsewhere).unwrap();
    symlink(&elsewhere, sandbox.corpus().join(".quotable")).unwrap();
    assert_eq!(sandbox.run(&["search", "care"]).code, 2);
}

#[test]
fn the_list_of_files_deletes_nothing_elsewhere() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let (victim, near) = (sandbox.path("victim"), sandbox.corpus().join("orrery/visit.txt"));
    fs::write(&victim, PRECIOUS).unwrap();
    let list = sandbox.corpus().join(".quotable/.managed.json");
    let names = serde_json::json!(["../../victim", victim, "../orrery/visit.txt", near, ".."]);
    fs::write(&list, names.to_string()).unwrap();
    sandbox.put("new.txt", "1. A heron stood in the reeds.\n");
    for arguments in [&["search", "heron"][..], &["index"], &["index", "rebuild"]] {
        sandbox.run(arguments);
        assert_eq!(fs::read_to_string(&victim).unwrap(), PRECIOUS);
        assert!(near.exists());
    }
    assert_eq!(sandbox.run(&["search", "heron"]).code, 0);
}

#[test]
fn a_lock_with_a_name_elsewhere_is_not_written() {
    let sandbox = Sandbox::with_reports();
    let victim = sandbox.path("victim");
    fs::write(&victim, PRECIOUS).unwrap();
    let index = sandbox.corpus().join(".quotable");
    fs::create_dir(&index).unwrap();
    fs::hard_link(&victim, index.join("lock")).unwrap();
    let ran = sandbox.run(&["search", "care"]);
    assert!(ran.code == 2 && ran.err.contains("hard link"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&victim).unwrap(), PRECIOUS);
}

#[test]
fn the_index_is_as_private_as_the_most_private_report() {
    let sandbox = Sandbox::with_reports();
    let index = sandbox.corpus().join(".quotable");
    sandbox.run(&["index"]);
    let open = mode(&sandbox.corpus()) & 0o055;
    assert_eq!(mode(&index) & 0o055, open, "nothing is private");
    // A file, a folder, and a file that becomes private without a change of its text.
    let secret = sandbox.corpus().join("secret.txt");
    sandbox.put("secret.txt", "1. A whistleblower names the manager.\n");
    set_mode(&secret, 0o600);
    let ran = sandbox.run(&["search", "manager"]);
    assert!(is_private(&index));
    assert!(ran.err.contains("the index is now closed to users"), "{}", ran.err);

    let sandbox = Sandbox::with_reports();
    set_mode(&sandbox.corpus().join("orrery"), 0o700);
    let index = sandbox.corpus().join(".quotable");
    sandbox.run(&["search", "care"]);
    assert!(is_private(&index));
    assert_eq!(sandbox.run(&["search", "unallocated", "--no-refresh"]).code, 0);

    let sandbox = Sandbox::with_reports();
    let index = sandbox.corpus().join(".quotable");
    sandbox.run(&["index"]);
    set_mode(&sandbox.corpus().join("orrery/visit.txt"), 0o600);
    sandbox.run(&["search", "care"]);
    assert!(is_private(&index));
    // It stays so when the report is opened again: the owner may have meant the index.
    set_mode(&sandbox.corpus().join("orrery/visit.txt"), 0o644);
    sandbox.run(&["search", "care"]);
    assert!(is_private(&index));
}

#[test]
fn an_index_that_records_a_home_folder_is_not_refreshed() {
    let sandbox = Sandbox::with_reports();
    let index = sandbox.path("index");
    let option = index.to_string_lossy().into_owned();
    sandbox.run(&["index", "--index", &option]);
    fs::write(sandbox.home().join("diary.txt"), "1. A heron.\n").unwrap();
    quotable::Index::open(&index).unwrap().record_corpus(sandbox.home()).unwrap();
    let ran = sandbox.run(&["search", "heron", "--index", &option]);
    assert!(ran.code == 2 && ran.err.contains("is a home folder"), "{}{}", ran.out, ran.err);
}

#[test]
fn files_that_are_no_files_of_ours_are_refused_or_left_alone() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let index = sandbox.corpus().join(".quotable");
    for name in ["meta.json.unfinished.tmp", "0123456789abcdef0123456789abcdef.store"] {
        fs::create_dir(index.join(name)).unwrap();
        let ran = sandbox.run(&["search", "care"]);
        assert!(ran.code == 2 && ran.err.contains("no file") && ran.err.contains(name), "{}", ran.err);
        fs::remove_dir(index.join(name)).unwrap();
    }
    // A sparse file of any length takes no memory.
    let file = fs::File::options().write(true).open(index.join("meta.json")).unwrap();
    file.set_len(1 << 40).unwrap();
    let ran = sandbox.run(&["search", "care"]);
    assert!(ran.code == 2 && ran.err.contains("larger than such a file can be"), "{}", ran.err);
    assert_eq!(sandbox.run(&["index", "rebuild"]).code, 0);
    // A private file with a second name in the index is not opened to others.
    let secret = sandbox.path("secret");
    fs::write(&secret, PRECIOUS).unwrap();
    set_mode(&secret, 0o600);
    fs::hard_link(&secret, index.join("notes.txt")).unwrap();
    assert_eq!(sandbox.run(&["index", "--access", "shared"]).code, 0);
    assert_eq!(mode(&secret), 0o600);
}

#[test]
fn a_new_index_is_written_by_its_owner_alone() {
    let sandbox = Sandbox::with_reports();
    set_mode(&sandbox.corpus(), 0o2775);
    let mut command = std::process::Command::new("sh");
    let run = format!("umask 000; '{}' count care", env!("CARGO_BIN_EXE_quotable"));
    command.args(["-c", &run]).current_dir(sandbox.corpus()).env("HOME", sandbox.home());
    let ran = sandbox.ended(command);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(mode(&sandbox.corpus().join(".quotable")) & 0o022, 0);
    sandbox.put("new.txt", "1. A heron took care.\n");
    let ran = sandbox.run(&["search", "heron"]);
    assert!(ran.code == 0 && ran.err.contains("1 file added"), "{}", ran.err);
}

#[test]
fn a_copy_is_as_private_as_the_index() {
    let sandbox = Sandbox::with_reports();
    set_mode(&sandbox.corpus().join("orrery/visit.txt"), 0o600);
    let copy = sandbox.path("copy");
    sandbox.run(&["index", "--to", &copy.to_string_lossy()]);
    assert!(is_private(&copy));
    // The folders above protect the index in its place, but not the copy.
    let sandbox = Sandbox::with_reports();
    set_mode(&sandbox.corpus(), 0o700);
    let copy = sandbox.path("copy");
    sandbox.run(&["index", "--to", &copy.to_string_lossy()]);
    assert!(is_private(&copy));
}

#[test]
fn an_index_elsewhere_is_as_private_as_the_way_to_the_reports() {
    let sandbox = Sandbox::with_reports();
    set_mode(&sandbox.corpus(), 0o700);
    let index = sandbox.path("index");
    sandbox.run(&["search", "care", "--index", &index.to_string_lossy()]);
    assert!(is_private(&index));
}

#[test]
fn an_index_is_shared_on_purpose_alone() {
    let sandbox = Sandbox::with_reports();
    let index = sandbox.corpus().join(".quotable");
    set_mode(&sandbox.corpus(), 0o755);
    set_mode(&sandbox.corpus().join("orrery/visit.txt"), 0o600);
    sandbox.run(&["index"]);
    assert!(is_private(&index));
    let ran = sandbox.run(&["index", "--access", "shared"]);
    assert!(ran.out.contains("shared: everyone who may enter"), "{}", ran.out);
    assert_eq!(mode(&index) & 0o055, 0o055);
    let files = || fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
    assert!(files().all(|file| file.ends_with("lock") || mode(&file) & 0o044 == 0o044));
    // It stays shared, and says so.
    sandbox.put("new.txt", "1. A heron stood in the reeds.\n");
    sandbox.run(&["search", "heron"]);
    assert_eq!(mode(&index) & 0o055, 0o055);
    assert!(files().all(|file| file.ends_with("lock") || mode(&file) & 0o044 == 0o044));
    assert!(sandbox.run(&["index", "status"]).out.contains("shared"));
    sandbox.run(&["index", "--access", "private"]);
    assert!(is_private(&index));
    assert!(!sandbox.run(&["index", "status"]).out.contains("shared"));
}
