//! A run as Markdown.

use std::fmt::Write as _;

use super::{Row, Run, Scale, Task};
use crate::engines::question::Class;

const CLASSES: [Class; 14] = [
    Class::Word,
    Class::RareWord,
    Class::Phrase,
    Class::FrequentPhrase,
    Class::Prefix,
    Class::Wildcard,
    Class::Proximity,
    Class::And,
    Class::Or,
    Class::Not,
    Class::Filter,
    Class::CountBy,
    Class::Kwic,
    Class::Every,
];

/// The tables of a run.
pub fn table(run: &Run) -> String {
    let mut text = String::new();
    let machine = &run.machine;
    let _ = writeln!(
        text,
        "{}; {}, {} threads, {:.0} GiB, {}. Seed {}.\n",
        run.day,
        machine.processor,
        machine.cores,
        machine.memory as f64 / 1024.0,
        machine.system,
        run.seed
    );
    if !run.note.is_empty() {
        let _ = writeln!(text, "{}\n", run.note);
    }
    built(&mut text, &run.scales);
    for scale in &run.scales {
        classes(&mut text, scale);
    }
    faults(&mut text, &run.scales);
    text
}

fn built(text: &mut String, scales: &[Scale]) {
    text.push_str(
        "| index of | paragraphs | engine | CPU s | of tantivy | size / text | segments | peak MiB |\n",
    );
    text.push_str("|---|---|---|---|---|---|---|---|\n");
    for scale in scales {
        let floor = scale.built.last().map_or(0.0, |built| built.seconds);
        for built in &scale.built {
            let _ = writeln!(
                text,
                "| {}x, {:.0} MB | {} | {} | {:.2} | {:.2} | {:.2} | {} | {} |",
                scale.times,
                scale.bytes as f64 / 1e6,
                scale.paragraphs,
                built.engine,
                built.seconds,
                built.seconds / floor,
                built.size as f64 / scale.bytes as f64,
                built.segments,
                built.peak
            );
        }
    }
    text.push('\n');
}

fn classes(text: &mut String, scale: &Scale) {
    let engines: Vec<&str> = scale.built.iter().map(|built| built.engine.as_str()).collect();
    let last = engines.len().saturating_sub(1);
    let _ = writeln!(
        text,
        "{}x: medians in microseconds over the queries of a class, and the median and the worst of their ratios to {}.\n",
        scale.times, engines[last]
    );
    let _ = writeln!(
        text,
        "| class | asked | queries | {} | ratio | worst, and its query |",
        engines.join(" | ")
    );
    let _ = writeln!(text, "|---|---|---|{}---|---|", "---|".repeat(engines.len()));
    for class in CLASSES {
        for task in [Task::Top, Task::Count, Task::All, Task::Cold] {
            let rows: Vec<&Row> =
                scale.rows.iter().filter(|row| row.class == class && row.task == task).collect();
            if rows.is_empty() {
                continue;
            }
            let _ = write!(text, "| {} | {} | {} |", class.name(), task.name(), rows.len());
            for engine in 0..engines.len() {
                let counted = rows.iter().filter_map(|row| row.times.get(engine));
                let mut times: Vec<f64> =
                    counted.filter(|time| time.fault.is_none()).map(|time| time.median).collect();
                times.sort_by(f64::total_cmp);
                let _ =
                    write!(text, " {} |", middle(&times).map_or("-".to_owned(), |time| format!("{time:.0}")));
            }
            let mut ratios: Vec<(f64, &str)> =
                rows.iter().filter_map(|row| Some((row.ratio(last)?, row.query.as_str()))).collect();
            ratios.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            let all: Vec<f64> = ratios.iter().map(|(ratio, _)| *ratio).collect();
            let worst =
                ratios.last().map_or_else(String::new, |(ratio, query)| format!("{ratio:.2} `{query}`"));
            let ratio = middle(&all).map_or("-".to_owned(), |ratio| format!("{ratio:.2}"));
            let _ = writeln!(text, " {ratio} | {worst} |");
        }
    }
    text.push('\n');
}

fn faults(text: &mut String, scales: &[Scale]) {
    let mut any = false;
    for scale in scales {
        for row in &scale.rows {
            for (time, built) in row.times.iter().zip(&scale.built) {
                if let Some(fault) = &time.fault {
                    any = true;
                    let (engine, task) = (&built.engine, row.task.name());
                    let _ = writeln!(text, "- {}x, {task} of `{}`: {engine} {fault}", scale.times, row.query);
                }
            }
        }
    }
    if !any {
        text.push_str("Every count of every engine was that of the oracle.\n");
    }
}

fn middle(sorted: &[f64]) -> Option<f64> {
    sorted.get(sorted.len() / 2).copied()
}
