//! A run as Markdown tables.

use std::fmt::Write as _;

use super::summary::{growth, summary};
use super::{Run, ScaleResult, shown};
use crate::corpus::CorpusKind;
use crate::queries::{QueryClass, Task};
use crate::stats::median;

/// The overview of a run: summary, growth, indexes and faults.
pub fn overview(run: &Run) -> String {
    let mut text = heading(run);
    text.push_str(&summary(run, true));
    text.push_str(&growth(run));
    indexes(&mut text, &run.scales);
    faults(&mut text, &run.scales);
    text
}

/// The ratios that a reader looks for first, with what they were measured on.
pub fn headlines(run: &Run) -> String {
    let mut text = heading(run);
    text.push_str(&summary(run, false));
    faults(&mut text, &run.scales);
    text
}

/// The times of every class of query at every scale.
pub fn details(run: &Run) -> String {
    let mut text = String::new();
    for scale in &run.scales {
        classes(&mut text, scale);
    }
    text
}

/// Day, machine, corpus, versions and note.
fn heading(run: &Run) -> String {
    let mut text = String::new();
    let machine = &run.machine;
    let corpus = match run.corpus {
        CorpusKind::Generated => "Generated text",
        CorpusKind::Real => "Real reports, resampled beyond 1x",
    };
    let _ = writeln!(
        text,
        "{}; {}, {} threads, {:.0} GiB, {}. {corpus}, seed {}.",
        run.day,
        machine.processor,
        machine.threads,
        machine.memory as f64 / 1024.0,
        machine.system,
        run.seed
    );
    if let Some(scale) = run.scales.last() {
        let versions: Vec<&str> = scale.indexes.iter().map(|index| index.version.as_str()).collect();
        let _ = writeln!(text, "{}.", versions.join("; "));
    }
    text.push('\n');
    if !run.note.is_empty() {
        let _ = writeln!(text, "{}\n", run.note);
    }
    text
}

fn indexes(text: &mut String, scales: &[ScaleResult]) {
    text.push_str(
        "| index of | paragraphs | engine | CPU s | ratio to tantivy | size / text | segments | peak MiB | open us |\n",
    );
    text.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for scale in scales {
        let baseline = scale.baseline().and_then(|baseline| scale.indexes[baseline].seconds);
        for index in &scale.indexes {
            let ratio = index.seconds.zip(baseline).map(|(seconds, baseline)| seconds / baseline);
            let _ = writeln!(
                text,
                "| {}x, {:.0} MB | {} | {} | {} | {} | {:.2} | {} | {} | {} |",
                scale.scale,
                scale.bytes as f64 / 1e6,
                scale.paragraphs,
                index.engine,
                shown(index.seconds, 2),
                shown(ratio, 2),
                index.size as f64 / scale.bytes as f64,
                index.segments,
                index.peak,
                shown(index.open.map(|spread| spread.median), 0),
            );
        }
    }
    text.push('\n');
}

fn classes(text: &mut String, scale: &ScaleResult) {
    let Some(baseline) = scale.baseline() else { return };
    let engines: Vec<&str> = scale.indexes.iter().map(|index| index.engine.as_str()).collect();
    let _ = writeln!(
        text,
        "{}x: median time in microseconds over the queries of a class; in parentheses the median ratio to tantivy. Last, \
         the worst ratio of quotable.\n",
        scale.scale
    );
    let _ =
        writeln!(text, "| class | task | queries | {} | worst ratio and its query |", engines.join(" | "));
    let _ = writeln!(text, "|---|---|---|{}---|", "---|".repeat(engines.len()));
    for class in QueryClass::ALL {
        for task in Task::ALL {
            let queries = scale.rows(Some(class), task).count();
            if queries == 0 {
                continue;
            }
            let _ = write!(text, "| {} | {} | {queries} |", class.name(), task.name());
            for engine in 0..engines.len() {
                let time = median(scale.rows(Some(class), task).filter_map(|row| row.time(engine)));
                let ratio =
                    median(scale.rows(Some(class), task).filter_map(|row| row.ratio(engine, baseline)));
                let _ = match ratio.filter(|_| engine != baseline) {
                    Some(ratio) => write!(text, " {} ({ratio:.2}) |", shown(time, 0)),
                    None => write!(text, " {} |", shown(time, 0)),
                };
            }
            let ratios =
                scale.rows(Some(class), task).filter_map(|row| Some((row.ratio(0, baseline)?, &row.query)));
            let worst = ratios.max_by(|(one, _), (other, _)| one.total_cmp(other));
            let worst = worst.map_or_else(String::new, |(ratio, query)| format!("{ratio:.2} `{query}`"));
            let _ = writeln!(text, " {worst} |");
        }
    }
    text.push('\n');
}

/// Lists every wrong answer.
fn faults(text: &mut String, scales: &[ScaleResult]) {
    let before = text.len();
    for scale in scales {
        for row in &scale.rows {
            for (timing, index) in row.timings.iter().zip(&scale.indexes) {
                if let Some(fault) = &timing.fault {
                    let (engine, task) = (&index.engine, row.task.name());
                    let _ = writeln!(text, "- {}x, {task} of `{}`: {engine} {fault}", scale.scale, row.query);
                }
            }
        }
    }
    if text.len() == before {
        text.push_str(
            "Every count agrees with the oracle, and every paragraph of every top ten matches its query.\n",
        );
    }
}
