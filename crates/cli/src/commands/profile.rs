//! `quotable profile`: the profiles that say how reports are read.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use quotable::read::{Budget, Document, Readers};
use quotable::report::{Profile, Profiles, RuleTrace, Trace, draft, trace};
use quotable_export::Table;
use quotable_export::escape::escape;
use quotable_export::number::counted;

use crate::args::{
    ProfileArgs, ProfileCommand, ProfileListArgs, ProfileNewArgs, ProfileShowArgs, ProfileTestArgs,
};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::inspectorates::with_folder;
use crate::outcome::Outcome;
use crate::render::table;

pub(super) fn run(args: &ProfileArgs, console: &mut Console) -> Result<Outcome> {
    match &args.command {
        ProfileCommand::List(args) => list(args, console),
        ProfileCommand::Show(args) => show(args, console),
        ProfileCommand::New(args) => new(args, console),
        ProfileCommand::Test(args) => test(args, console),
    }
}

/// The built-in profiles and those of a folder.
fn profiles(folder: Option<&PathBuf>, console: &Console) -> Result<Profiles> {
    match folder {
        Some(folder) => with_folder(None, folder, console),
        None => Ok(Profiles::built_in().clone()),
    }
}

fn list(args: &ProfileListArgs, console: &mut Console) -> Result<Outcome> {
    let profiles = profiles(args.profiles.as_ref(), console)?;
    let mut rows = Table::new(["profile", "reports", "by", "tried on"], Vec::<String>::new());
    for profile in profiles.iter().filter(|profile| profile.recognise.is_some()) {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let name = profile.name.to_string();
        rows.push(vec![name, text(&profile.title), text(&profile.inspectorate), text(&profile.tried_on)]);
    }
    table::write(&mut console.page(), &rows)?;
    Ok(Outcome::Found)
}

fn show(args: &ProfileShowArgs, console: &mut Console) -> Result<Outcome> {
    let profiles = profiles(args.profiles.as_ref(), console)?;
    let Some((_, text)) = profiles.source(&args.name) else {
        return Err(unknown(&profiles, &args.name));
    };
    write!(console.out, "{text}")?;
    Ok(Outcome::Found)
}

fn unknown(profiles: &Profiles, name: &str) -> Error {
    let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
    let near = quotable::query::nearest(name, names.iter().copied());
    let error = Error::new(format!("there is no profile called “{name}”"));
    match near.as_slice() {
        [] => error.cure("quotable profile list shows the profiles that there are"),
        near => error.cure(format!("did you mean {}", near.join(" or "))),
    }
}

fn new(args: &ProfileNewArgs, console: &mut Console) -> Result<Outcome> {
    let name: quotable::report::Framework = args.name.parse().map_err(|error| {
        Error::new(format!("{error}")).cure("give the series a name such as harbour-safety")
    })?;
    let documents = read_folder(&args.folder, args.reports, console)?;
    let documents: Vec<Document> = documents.into_iter().map(|(_, document)| document).collect();
    let text = draft(name.as_str(), &documents);
    write!(console.out, "{}", escape_lines(&text))?;
    console.note(format!(
        "drafted from {}; write it to a file, try it with quotable profile test, and put it into .quotable/profiles",
        counted(documents.len() as u64, "reports")
    ));
    Ok(Outcome::Found)
}

/// Escapes what a terminal would obey, but for line ends.
fn escape_lines(text: &str) -> String {
    text.lines().flat_map(|line| [escape(line).into_owned(), "\n".to_owned()]).collect()
}

fn test(args: &ProfileTestArgs, console: &mut Console) -> Result<Outcome> {
    let (profiles, name) = profile_named(&args.profile)?;
    let Some(profile) = profiles.named(&name) else { return Err(unknown(&profiles, &name)) };
    let documents = read_folder(&args.folder, args.reports, console)?;
    let traces: Vec<(String, Trace)> = documents
        .iter()
        .map(|(path, document)| (path.clone(), trace(document, path, profile, &profiles)))
        .collect();
    if args.all {
        for (path, trace) in &traces {
            write_report(path, trace, console)?;
        }
    }
    write_summary(profile, &traces, console)?;
    let recognised = traces.iter().filter(|(_, trace)| trace.unrecognised.is_empty()).count();
    Ok(Outcome::of(recognised as u64))
}

/// The profile of a file, beside the built-in ones, or a built-in one.
fn profile_named(profile: &str) -> Result<(Profiles, String)> {
    let file = Path::new(profile);
    if !file.is_file() {
        return Ok((Profiles::built_in().clone(), profile.to_owned()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| {
        Error::new(format!("{profile} cannot be read: {error}")).cure("save it as a text in UTF-8")
    })?;
    // Registers and profiles that it extends may lie beside it.
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let (beside, _) = Profiles::built_in().with_folder(folder);
    let name =
        file.file_name().map_or_else(|| profile.to_owned(), |name| name.to_string_lossy().into_owned());
    let before: Vec<String> = Profiles::built_in().iter().map(|profile| profile.file.clone()).collect();
    let (profiles, errors) = beside.with([(name.clone(), text)]);
    if let Some(error) = errors.into_iter().find(|error| error.file == name) {
        return Err(Error::new(error.to_string()));
    }
    let found = profiles.iter().rev().find(|profile| profile.file == name && !before.contains(&profile.file));
    let found = found.or_else(|| profiles.iter().find(|profile| profile.file == name));
    let found = found.map(|profile| profile.name.to_string());
    found.map(|found| (profiles, found)).ok_or_else(|| Error::new(format!("{profile} holds no profile")))
}

/// Reads the reports of a folder, in the order of their paths. What cannot be read is noted.
fn read_folder(folder: &Path, most: usize, console: &Console) -> Result<Vec<(String, Document)>> {
    let mut files: Vec<PathBuf> = Vec::new();
    if folder.is_file() {
        files.push(folder.to_owned());
    } else if folder.is_dir() {
        collect(folder, &mut files);
        files.sort();
    } else {
        let error = Error::new(format!("there is no file or folder {}", folder.display()));
        return Err(error.cure("name a folder of reports"));
    }
    let readers = Readers::default();
    let mut documents = Vec::new();
    let mut failed = 0_u64;
    for file in files {
        if documents.len() == most {
            console.note(format!(
                "only the first {} are read; --reports N reads more",
                counted(most as u64, "reports")
            ));
            break;
        }
        let Ok(bytes) = std::fs::read(&file) else { continue };
        let head = &bytes[..bytes.len().min(Readers::HEAD)];
        if readers.find(&file, head).is_none() {
            continue;
        }
        match readers.read(&file, &bytes, &Budget::default().start()) {
            Ok(document) => {
                let path = file.strip_prefix(folder).ok().filter(|path| path.components().next().is_some());
                let path = path.unwrap_or(Path::new(file.file_name().unwrap_or_default()));
                documents.push((path.to_string_lossy().replace('\\', "/"), document));
            }
            Err(_) => failed += 1,
        }
    }
    if failed > 0 {
        console.note(format!("{} could not be read", counted(failed, "files")));
    }
    if documents.is_empty() {
        return Err(Error::new(format!("there is no report in {}", folder.display()))
            .cure("name a folder of reports"));
    }
    Ok(documents)
}

/// The files below a folder, hidden ones left out.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

/// What every rule reads in one report.
fn write_report(path: &str, trace: &Trace, console: &mut Console) -> Result<()> {
    let mut page = console.page();
    page.heading(path)?;
    for fault in &trace.unrecognised {
        page.text("", 2, &format!("not recognised by {fault}"), &[])?;
    }
    for RuleTrace { fact, value, used, rule, .. } in &trace.rules {
        if let Some(value) = value {
            let mark = if *used { "" } else { " (not used: a rule above found a value)" };
            page.text("", 2, &format!("{fact}: {value}{mark}"), &[])?;
            page.text("", 6, rule, &[])?;
        }
    }
    for judgement in &trace.report.judgements {
        page.text(
            "",
            2,
            &format!("judgement {}: {} (“{}”)", judgement.area, judgement.grade, judgement.printed),
            &[],
        )?;
    }
    let report = &trace.report;
    let numbered = report.paragraphs.iter().filter(|paragraph| paragraph.number.is_some()).count();
    let sections: Vec<&str> = report.sections.iter().map(|section| section.title.as_str()).take(8).collect();
    page.text("", 2, &format!("{} of {} paragraphs have a number", numbered, report.paragraphs.len()), &[])?;
    page.text("", 2, &format!("sections: {}", sections.join(" | ")), &[])?;
    Ok(page.blank()?)
}

/// How many reports each rule reads, and which it misses.
fn write_summary(profile: &Profile, traces: &[(String, Trace)], console: &mut Console) -> Result<()> {
    const NAMED: usize = 3;
    let all = traces.len();
    let missing = |is_missing: &dyn Fn(&Trace) -> bool| -> String {
        let paths: Vec<&str> =
            traces.iter().filter(|(_, trace)| is_missing(trace)).map(|(path, _)| path.as_str()).collect();
        match paths.len() {
            0 => String::new(),
            1..=NAMED => paths.join(", "),
            more => format!("{} and {} more", paths[..NAMED].join(", "), more - NAMED),
        }
    };
    let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, trace) in traces {
        for rule in trace.rules.iter().filter(|rule| rule.used) {
            *facts.entry(rule.fact.as_str()).or_default() += 1;
        }
    }
    let mut page = console.page();
    page.heading(&format!("Profile {} on {}", profile.name, counted(all as u64, "reports")))?;
    let line = |name: &str, count: usize, missed: String| {
        let missed = if missed.is_empty() { String::new() } else { format!("; missed: {missed}") };
        format!("{name}: {count} of {all}{missed}")
    };
    let recognised = traces.iter().filter(|(_, trace)| trace.unrecognised.is_empty()).count();
    page.text("", 2, &line("recognised", recognised, missing(&|trace| !trace.unrecognised.is_empty())), &[])?;
    let mut faults: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in traces.iter().flat_map(|(_, trace)| &trace.unrecognised) {
        *faults.entry(fault.as_str()).or_default() += 1;
    }
    for (fault, count) in faults {
        page.text("", 6, &format!("{count} by {fault}"), &[])?;
    }
    let others = missing(&|trace| {
        trace.unrecognised.is_empty()
            && trace.read_by.as_deref().is_some_and(|name| *name != *profile.name.as_str())
    });
    if !others.is_empty() {
        page.text("", 2, &format!("read by a more specific profile: {others}"), &[])?;
    }
    let mut seen: Vec<&str> = Vec::new();
    for rule in traces.iter().flat_map(|(_, trace)| &trace.rules) {
        if seen.contains(&rule.fact.as_str()) {
            continue;
        }
        seen.push(&rule.fact);
        let has = |trace: &Trace| trace.rules.iter().any(|one| one.fact == rule.fact && one.used);
        let count = facts.get(rule.fact.as_str()).copied().unwrap_or(0);
        page.text("", 2, &line(&rule.fact, count, missing(&|trace| !has(trace))), &[])?;
        let first = traces.first().map(|(_, trace)| trace.rules.as_slice()).unwrap_or_default();
        for (at, of_fact) in first.iter().enumerate().filter(|(_, one)| one.fact == rule.fact) {
            let used =
                traces.iter().filter(|(_, trace)| trace.rules.get(at).is_some_and(|rule| rule.used)).count();
            page.text("", 6, &format!("{used} by {}", of_fact.rule), &[])?;
        }
    }
    let judged = traces.iter().filter(|(_, trace)| !trace.report.judgements.is_empty()).count();
    page.text("", 2, &line("judgements", judged, missing(&|trace| trace.report.judgements.is_empty())), &[])?;
    let mut areas: BTreeMap<String, usize> = BTreeMap::new();
    for judgement in traces.iter().flat_map(|(_, trace)| &trace.report.judgements) {
        *areas.entry(format!("{}: {}", judgement.area, judgement.grade)).or_default() += 1;
    }
    for (area, count) in areas {
        page.text("", 6, &format!("{count} times {area}"), &[])?;
    }
    let numbered = |trace: &Trace| trace.report.paragraphs.iter().any(|paragraph| paragraph.number.is_some());
    let count = traces.iter().filter(|(_, trace)| numbered(trace)).count();
    page.text("", 2, &line("paragraph numbers", count, missing(&|trace| !numbered(trace))), &[])?;
    Ok(())
}
