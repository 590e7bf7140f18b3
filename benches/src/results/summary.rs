//! The summary of a run: this library beside the baseline and the best of the other engines.

use std::fmt::Write as _;

use super::{Run, ScaleResult, shown};
use crate::queries::{QueryClass, Task};
use crate::stats::median;

/// Computes a figure of an engine at a scale. The engine is a position in [`ScaleResult::indexes`].
type Figure<'f> = Box<dyn Fn(&ScaleResult, usize) -> Option<f64> + 'f>;

/// Queries with fewer matches at the smallest scale are left out of the time per match: it would be noise.
const MIN_MATCHES: u64 = 100;

/// A line of the summary.
struct Line {
    name: String,
    /// The ratio to reach, where one is set.
    goal: Option<f64>,
    figure: Figure<'static>,
}

/// A figure at each scale, as a ratio to that of the baseline.
pub(super) struct Ratio<'r> {
    pub(super) name: String,
    pub(super) goal: Option<f64>,
    /// Of this library.
    pub(super) ours: Vec<Option<f64>>,
    /// Of the best other engine, with its name.
    pub(super) best_other: Vec<Option<(f64, &'r str)>>,
}

/// The ratios of a run, without those that no scale has.
pub(super) fn ratios(run: &Run) -> Vec<Ratio<'_>> {
    let best_other = |scale: &'_ ScaleResult, figure: &Figure<'_>| -> Option<(f64, usize)> {
        let others = (1..scale.indexes.len()).filter(|engine| scale.baseline() != Some(*engine));
        let others = others.filter_map(|engine| Some((figure(scale, engine)?, engine)));
        others.min_by(|(one, _), (other, _)| one.total_cmp(other))
    };
    let ratio = |Line { name, goal, figure }: Line| {
        let ours: Vec<_> = run.scales.iter().map(|scale| figure(scale, 0)).collect();
        let best_other = run.scales.iter().map(|scale| {
            let (ratio, engine) = best_other(scale, &figure)?;
            Some((ratio, scale.indexes[engine].engine.as_str()))
        });
        ours.iter().any(Option::is_some).then(|| Ratio { name, goal, best_other: best_other.collect(), ours })
    };
    lines().into_iter().filter_map(ratio).collect()
}

/// The ratios as a table: of all figures, or of those that a reader looks for first.
pub(super) fn summary(run: &Run, whole: bool) -> String {
    let mut text = String::from("| ratio to tantivy | goal |");
    for scale in &run.scales {
        let _ = write!(text, " {}x |", scale.scale);
    }
    text.push_str(" best other engine, at each scale |\n|---|---|");
    text.push_str(&"---|".repeat(run.scales.len() + 1));
    text.push('\n');
    for Ratio { name, goal, ours, best_other } in ratios(run) {
        if !whole && !HEADLINES.contains(&name.as_str()) {
            continue;
        }
        let _ = write!(text, "| {name} | {} |", goal.map_or_else(String::new, |goal| format!("{goal:.2}")));
        for ratio in ours {
            let _ = write!(text, " {} |", shown(ratio, 2));
        }
        let best_other = best_other.into_iter().map(|best| match best {
            Some((ratio, engine)) => format!("{engine} {ratio:.2}"),
            None => "-".to_owned(),
        });
        let _ = writeln!(text, " {} |", best_other.collect::<Vec<_>>().join(", "));
    }
    text.push('\n');
    text
}

/// The figures of the short table.
const HEADLINES: [&str; 16] = [
    "index, CPU",
    "index, size / size of the text",
    "slowest ranked query, top 10",
    "word, top 10 and counts",
    "rare word, cold top 10",
    "phrase, top 10",
    "phrase of frequent words, top 10",
    "prefix, top 10",
    "proximity, top 10",
    "and, top 10",
    "or, top 10",
    "not, top 10",
    "filter, top 10 and counts",
    "count by year, all",
    "kwic, all",
    "every, all",
];

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |name: String, goal: Option<f64>, figure: Figure<'static>| {
        lines.push(Line { name, goal, figure });
    };
    add(
        "index, CPU".to_owned(),
        Some(1.5),
        Box::new(|scale, engine| {
            Some(scale.indexes[engine].seconds? / scale.indexes[scale.baseline()?].seconds?)
        }),
    );
    add(
        "index, size / size of the text".to_owned(),
        Some(0.8),
        Box::new(|scale, engine| {
            // An engine without index has no index size.
            scale.indexes[engine].seconds?;
            Some(scale.indexes[engine].size as f64 / scale.bytes as f64)
        }),
    );
    add(
        "open".to_owned(),
        None,
        Box::new(|scale, engine| {
            let open = |engine: usize| scale.indexes[engine].open.map(|spread| spread.median);
            Some(open(engine)? / open(scale.baseline()?)?)
        }),
    );
    for (task, goal) in [(Task::Top, Some(0.15)), (Task::Count, None), (Task::TopAndCount, None)] {
        add(
            format!("slowest ranked query, {}", task.name()),
            goal,
            Box::new(move |scale, engine| {
                Some(slowest(scale, engine, task)? / slowest(scale, scale.baseline()?, task)?)
            }),
        );
    }
    for class in QueryClass::ALL {
        for &task in class.tasks().iter().chain(&[Task::Cold]) {
            add(
                format!("{}, {}", class.name(), task.name()),
                goal(class, task),
                Box::new(move |scale, engine| {
                    let baseline = scale.baseline()?;
                    median(scale.rows(Some(class), task).filter_map(|row| row.ratio(engine, baseline)))
                }),
            );
        }
    }
    lines
}

/// The ratio to reach for a class of query. The goals of whole programs are in `command_latency` and `first_answer`.
fn goal(class: QueryClass, task: Task) -> Option<f64> {
    match (class, task) {
        (QueryClass::FrequentPhrase, Task::Top) => Some(0.1),
        (QueryClass::FrequentPhrase, Task::Count) => Some(0.05),
        (QueryClass::Proximity, Task::Top | Task::Count) => Some(1.0),
        (QueryClass::Not, Task::Top) => Some(0.16),
        (QueryClass::Prefix, Task::Top) => Some(0.3),
        _ => None,
    }
}

/// Time of the slowest query of a task; `None` if the engine does not answer them all.
fn slowest(scale: &ScaleResult, engine: usize, task: Task) -> Option<f64> {
    let times: Option<Vec<f64>> = scale.rows(None, task).map(|row| row.time(engine)).collect();
    times?.into_iter().reduce(f64::max)
}

/// How cost grows with the corpus: each figure at the largest scale, divided by the same figure at the smallest.
pub(super) fn growth(run: &Run) -> String {
    let (Some(first), Some(last)) = (run.scales.first(), run.scales.last()) else { return String::new() };
    if first.scale == last.scale {
        return String::new();
    }
    let mut text = format!("| from {}x to {}x; 1 is linear |", first.scale, last.scale);
    for index in &last.indexes {
        let _ = write!(text, " {} |", index.engine);
    }
    let _ = writeln!(text, "\n|---|{}", "---|".repeat(last.indexes.len()));
    let mut line = |name: &str, figure: Figure<'_>| {
        let _ = write!(text, "| {name} |");
        for engine in 0..last.indexes.len() {
            let _ = write!(text, " {} |", shown(figure(last, engine), 2));
        }
        text.push('\n');
    };
    let per_byte =
        |scale: &ScaleResult, engine: usize| Some(scale.indexes.get(engine)?.seconds? / scale.bytes as f64);
    line(
        "index, CPU per MB",
        Box::new(|scale, engine| Some(per_byte(scale, engine)? / per_byte(first, engine)?)),
    );
    for task in [Task::Top, Task::Count, Task::TopAndCount] {
        line(
            &format!("{}, per matching paragraph", task.name()),
            Box::new(move |scale, engine| {
                let factors =
                    first.rows(None, task).filter(|row| row.paragraphs >= MIN_MATCHES).filter_map(|row| {
                        let mut of_class = scale.rows(Some(row.class), task);
                        let other = of_class.find(|other| other.query == row.query)?;
                        let factor = other.time(engine)? / row.time(engine)?;
                        Some(factor * row.paragraphs as f64 / other.paragraphs as f64)
                    });
                median(factors)
            }),
        );
    }
    text.push('\n');
    text
}
