//! `PROFILES.md` has every key, and its examples are right.

use quotable_profile::{Profiles, Register};

const PAGE: &str = include_str!("../../PROFILES.md");
const FILE: &str = include_str!("../../src/file.rs");

/// The key of a field of `file.rs`, as TOML has it.
fn key(field: &str) -> String {
    match field {
        "kind" => "type".to_owned(),
        field => field.replace('_', "-"),
    }
}

#[test]
fn every_key_is_in_a_table() {
    let fields = FILE.lines().filter_map(|line| line.trim().strip_prefix("pub(crate) ")?.split_once(": "));
    let keys: Vec<String> =
        fields.map(|(field, _)| field).filter(|field| !field.contains(' ')).map(key).collect();
    assert!(keys.len() > 50, "{keys:?}");
    for key in keys {
        let in_table = PAGE
            .lines()
            .filter(|line| line.starts_with("| "))
            .any(|line| line.split(" | ").take(4).any(|cell| cell.contains(&format!("`{key}`"))));
        let is_table = [format!("`[{key}]"), format!("`[{key}."), format!("`[[{key}]]`")];
        assert!(in_table || is_table.iter().any(|name| PAGE.contains(name)), "{key} is not described");
    }
}

#[test]
fn every_example_parses() {
    let examples: Vec<&str> =
        PAGE.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() > 5);
    let complete = |(at, example): (usize, &&str)| {
        let rest =
            example.strip_prefix("name = ").map_or(*example, |named| named.split_once('\n').unwrap().1);
        let mut text = format!("name = \"example-{at}\"\n{rest}");
        if text.contains("scale = \"library\"") && !text.contains("[scales.library]") {
            text.push_str("\n[scales.library]\nbest-first = [\"good\", \"poor\"]\n");
        }
        (format!("example-{at}.toml"), text)
    };
    // All at once: each set compiles the built-in profiles again.
    let (profiles, errors) = Profiles::built_in().with(examples.iter().enumerate().map(complete));
    assert!(errors.is_empty(), "{errors:?}");
    assert!((0..examples.len()).all(|at| profiles.named(&format!("example-{at}")).is_some()));
}

#[test]
fn the_register_parses() {
    let csv = PAGE.split("```text\n").find(|text| text.starts_with("key,name,")).unwrap();
    let register = Register::parse("providers", csv.split("```").next().unwrap()).unwrap();
    assert_eq!(register.find("Mereshire").unwrap().key, "westmere");
    assert_eq!(register.find("90001").unwrap().region.as_deref(), Some("North"));
}
