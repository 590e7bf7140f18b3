//! The built-in profiles on imitations: small reports of no real place, in the form of each series.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quotable_read::{Budget, Readers};
use quotable_report::{FieldValue, Profiles, Report, ReportKind};
use serde_json::Value;

/// The imitations: the text, and what must be read of it.
fn imitations() -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let wanted = |file: PathBuf| {
        let json = std::fs::read_to_string(file.with_extension("json")).unwrap();
        (file, serde_json::from_str(&json).unwrap())
    };
    files.into_iter().map(wanted).collect()
}

fn read(file: &Path) -> Report {
    let document = Readers::default().read(file, &std::fs::read(file).unwrap(), &Budget::default()).unwrap();
    Report::from_document(&document, "imitation.txt")
}

/// What was read, in the form of the wanted values, for the keys that these have.
fn found(report: &Report, wanted: &Value) -> BTreeMap<String, Value> {
    let text = |value: Option<String>| value.map_or(Value::Null, Value::String);
    let mut found = BTreeMap::new();
    for (key, want) in wanted.as_object().unwrap() {
        let value = match key.as_str() {
            "profile" => text(report.framework.as_ref().map(ToString::to_string)),
            "authority" => text(report.authority.as_ref().map(|authority| authority.name.clone())),
            "urn" => text(report.authority.as_ref().and_then(|authority| authority.urn.clone())),
            "inspected" => Value::Array(
                report.inspected.first().zip(report.inspected.last()).map_or(Vec::new(), |(first, last)| {
                    vec![first.start.to_string().into(), last.end.to_string().into()]
                }),
            ),
            "published" => text(report.published.map(|day| day.to_string())),
            "lead_inspector" => text(report.lead_inspector.clone()),
            "judgements" => {
                let pairs = report.judgements.iter();
                pairs
                    .map(|one| (one.area.to_string(), one.grade.to_string()))
                    .collect::<BTreeMap<_, _>>()
                    .into_iter()
                    .map(|(area, grade)| (area, Value::String(grade)))
                    .collect()
            }
            "judgements_list" => {
                let pair = |one: &quotable_report::Judgement| {
                    serde_json::json!([one.area.as_str(), one.grade.as_str()])
                };
                report.judgements.iter().map(pair).collect()
            }
            "fields" => {
                let value = |value: &FieldValue| match value {
                    FieldValue::Number(number) => serde_json::json!(number),
                    other => Value::String(other.to_string()),
                };
                report.fields.iter().map(|(name, field)| (name.to_string(), value(field))).collect()
            }
            // These must be among the numbers.
            "numbers" => {
                let read: Vec<&str> =
                    report.paragraphs.iter().filter_map(|paragraph| paragraph.number.as_deref()).collect();
                let wanted = want.as_array().unwrap().iter();
                wanted.filter(|number| read.contains(&number.as_str().unwrap())).cloned().collect()
            }
            other => panic!("unknown key {other}"),
        };
        found.insert(key.clone(), value);
    }
    found
}

#[test]
fn every_imitation_is_read_by_its_profile() {
    let mut wrong = Vec::new();
    let mut tried = Vec::new();
    for (file, wanted) in imitations() {
        let report = read(&file);
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let profile = wanted.get("profile").and_then(Value::as_str).unwrap_or(&stem).to_owned();
        tried.push(profile.clone());
        if report.kind != ReportKind::Report || report.framework.as_ref().is_none_or(|name| *name != *profile)
        {
            wrong.push(format!("{stem}: kind {:?}, framework {:?}", report.kind, report.framework));
            continue;
        }
        for (key, value) in found(&report, &wanted) {
            if value != wanted[&key] {
                wrong.push(format!("{stem}: {key} is {value}, not {}", wanted[&key]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Each profile that recognises reports has an imitation, or is that of the sample corpus.
    for profile in Profiles::built_in().iter().filter(|profile| profile.recognise.is_some()) {
        let sampled = ["ilacs", "sif", "sif-reinspection", "lscb-review", "looked-after-2013"];
        let name = profile.name.as_str();
        assert!(sampled.contains(&name) || tried.iter().any(|tried| tried == name), "{name} is not tried");
        assert!(
            sampled.contains(&name) || profile.tried_on.is_some(),
            "{name} does not say what it was tried on"
        );
    }
}
