//! A run as Markdown.

use std::fmt::Write as _;

use super::summary::{growth, summary};
use super::{Run, Scale};
use crate::corpus::Kind;
use crate::engines::question::{Class, Task};

/// What a run comes to: ours beside the others in a few lines, what the indexes took, and what was wrong.
pub fn table(run: &Run) -> String {
    let mut text = head(run);
    text.push_str(&summary(run));
    text.push_str(&growth(run));
    built(&mut text, &run.scales);
    faults(&mut text, &run.scales);
    text
}

/// Every class of query at every scale.
pub fn details(run: &Run) -> String {
    let mut text = head(run);
    for scale in &run.scales {
        classes(&mut text, scale);
    }
    faults(&mut text, &run.scales);
    text
}

fn head(run: &Run) -> String {
    let mut text = String::new();
    let machine = &run.machine;
    let corpus = match run.corpus {
        Kind::Generated => "Generated text",
        Kind::Real => "Text of real reports, beyond 1x of their sentences drawn anew",
    };
    let _ = writeln!(
        text,
        "{}; {}, {} threads, {:.0} GiB, {}. {corpus}, seed {}.",
        run.day,
        machine.processor,
        machine.cores,
        machine.memory as f64 / 1024.0,
        machine.system,
        run.seed
    );
    if let Some(scale) = run.scales.last() {
        let versions: Vec<&str> = scale.built.iter().map(|built| built.version.as_str()).collect();
        let _ = writeln!(text, "{}.", versions.join("; "));
    }
    text.push('\n');
    if !run.note.is_empty() {
        let _ = writeln!(text, "{}\n", run.note);
    }
    text
}

fn built(text: &mut String, scales: &[Scale]) {
    text.push_str(
        "| index of | paragraphs | engine | CPU s | of tantivy | size / text | segments | peak MiB | open us |\n",
    );
    text.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for scale in scales {
        let floor = scale.floor().and_then(|floor| scale.built[floor].seconds);
        for built in &scale.built {
            let ratio = built.seconds.zip(floor).map(|(seconds, floor)| seconds / floor);
            let _ = writeln!(
                text,
                "| {}x, {:.0} MB | {} | {} | {} | {} | {:.2} | {} | {} | {} |",
                scale.times,
                scale.bytes as f64 / 1e6,
                scale.paragraphs,
                built.engine,
                shown(built.seconds, 2),
                shown(ratio, 2),
                built.size as f64 / scale.bytes as f64,
                built.segments,
                built.peak,
                shown(built.open, 0),
            );
        }
    }
    text.push('\n');
}

fn classes(text: &mut String, scale: &Scale) {
    let Some(floor) = scale.floor() else { return };
    let names: Vec<&str> = scale.built.iter().map(|built| built.engine.as_str()).collect();
    let _ = writeln!(
        text,
        "{}x: medians in microseconds over the queries of a class, in brackets the medians of their ratios to tantivy, \
         and of ours the worst.\n",
        scale.times
    );
    let _ = writeln!(text, "| class | asked | queries | {} | worst, and its query |", names.join(" | "));
    let _ = writeln!(text, "|---|---|---|{}---|", "---|".repeat(names.len()));
    for class in Class::ALL {
        for task in Task::ALL {
            let queries = scale.rows(Some(class), task).count();
            if queries == 0 {
                continue;
            }
            let _ = write!(text, "| {} | {} | {queries} |", class.name(), task.name());
            for engine in 0..names.len() {
                let time = middle(scale.rows(Some(class), task).filter_map(|row| row.time(engine)));
                let ratio = middle(scale.rows(Some(class), task).filter_map(|row| row.ratio(engine, floor)));
                let _ = match ratio.filter(|_| engine != floor) {
                    Some(ratio) => write!(text, " {} ({ratio:.2}) |", shown(time, 0)),
                    None => write!(text, " {} |", shown(time, 0)),
                };
            }
            let ratios =
                scale.rows(Some(class), task).filter_map(|row| Some((row.ratio(0, floor)?, &row.query)));
            let worst = ratios.max_by(|(one, _), (other, _)| one.total_cmp(other));
            let worst = worst.map_or_else(String::new, |(ratio, query)| format!("{ratio:.2} `{query}`"));
            let _ = writeln!(text, " {worst} |");
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
        text.push_str(
            "Every count of every engine was that of the oracle, and so was every one of the ten best.\n",
        );
    }
}

pub(super) fn shown(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
}

/// The median; of an even number the upper.
pub(super) fn middle(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
