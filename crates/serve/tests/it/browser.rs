//! The pages in a real browser, by `browser/pages.mjs`. Skipped, and said, where there is none: `.ci/run browser` installs it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::site::{Site, copy_folder};

/// Where `.ci/run browser` puts the modules of node.
fn modules() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"));
    target.join("browser")
}

/// The first program that can be run.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

#[test]
fn pages_in_a_browser() {
    let modules = modules();
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
    let (Some(node), Some(chromium), true) =
        (program(&["node"]), chromium, modules.join("node_modules/axe-core/axe.js").is_file())
    else {
        let message =
            "SKIPPED: browser tests: no Chromium with node modules; .ci/run browser installs them\n";
        // Printed also where the output of a test that passes is not.
        std::io::stderr().write_all(message.as_bytes()).unwrap();
        return;
    };
    let site = Site::of(|reports| {
        copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/reports"), reports);
        let hostile = "<img src=x onerror=alert(1)> herons & \"quotes\" </textarea></title><script>alert(2)</script> herons \u{202e}back\n";
        std::fs::write(reports.join("hostile <script>alert(1)<_script>.txt"), hostile).unwrap();
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/pages.mjs");
    let screenshots = std::env::var("QUOTABLE_SCREENSHOTS").unwrap_or_default();
    let link = format!("http://{}/", site.host());
    let ran = Command::new(node).arg(script).arg(link).arg(modules).arg(chromium).arg(screenshots).output();
    let ran = ran.unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && said.matches("ok: ").count() > 10, "{said}");
    println!("{said}");
}
