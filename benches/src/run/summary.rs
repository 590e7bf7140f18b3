//! What a run comes to, in a few lines.

use std::fmt::Write as _;

use super::table::{middle, shown};
use super::{Run, Scale};
use crate::engines::question::{Class, Task};

/// What is said of an engine at a scale, by its place in [`Scale::built`].
type Of<'f> = Box<dyn Fn(&Scale, usize) -> Option<f64> + 'f>;

/// How many paragraphs a query must find at the first scale for its time by paragraph to mean anything.
const ENOUGH: u64 = 100;

/// A line of the summary.
struct Figure {
    name: String,
    /// What ours is to come to.
    goal: Option<f64>,
    of: Of<'static>,
}

/// Ours at each scale, and the best of the others but the floor.
pub(super) fn summary(run: &Run) -> String {
    let mut text = String::from("| what, as a part of tantivy’s | to reach |");
    for scale in &run.scales {
        let _ = write!(text, " {}x |", scale.times);
    }
    text.push_str(" best peer, at each |\n|---|---|");
    text.push_str(&"---|".repeat(run.scales.len() + 1));
    text.push('\n');
    for Figure { name, goal, of } in figures() {
        if run.scales.iter().all(|scale| of(scale, 0).is_none()) {
            continue;
        }
        let _ = write!(text, "| {name} | {} |", goal.map_or_else(String::new, |goal| format!("{goal:.2}")));
        let mut peers = Vec::new();
        for scale in &run.scales {
            let _ = write!(text, " {} |", shown(of(scale, 0), 2));
            let others = (1..scale.built.len()).filter(|engine| scale.floor() != Some(*engine));
            let others = others.filter_map(|engine| Some((of(scale, engine)?, &scale.built[engine].engine)));
            let best = others.min_by(|(one, _), (other, _)| one.total_cmp(other));
            peers.push(best.map_or_else(|| "-".to_owned(), |(ratio, engine)| format!("{engine} {ratio:.2}")));
        }
        let _ = writeln!(text, " {} |", peers.join(", "));
    }
    text.push('\n');
    text
}

fn figures() -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut add = |name: String, goal: Option<f64>, of: Of<'static>| figures.push(Figure { name, goal, of });
    add(
        "index, CPU".to_owned(),
        Some(1.5),
        Box::new(|scale, engine| Some(scale.built[engine].seconds? / scale.built[scale.floor()?].seconds?)),
    );
    add(
        "index, size as a part of the text".to_owned(),
        Some(0.8),
        Box::new(|scale, engine| {
            scale.built[engine].seconds?;
            Some(scale.built[engine].size as f64 / scale.bytes as f64)
        }),
    );
    add(
        "open".to_owned(),
        None,
        Box::new(|scale, engine| Some(scale.built[engine].open? / scale.built[scale.floor()?].open?)),
    );
    for (task, goal) in [(Task::Top, Some(0.15)), (Task::Count, None), (Task::Both, None)] {
        add(
            format!("slowest of all ranked queries, {}", task.name()),
            goal,
            Box::new(move |scale, engine| {
                Some(slowest(scale, engine, task)? / slowest(scale, scale.floor()?, task)?)
            }),
        );
    }
    for class in Class::ALL {
        for &task in class.tasks().iter().chain(&[Task::Cold]) {
            add(
                format!("{}, {}", class.name(), task.name()),
                goal(class, task),
                Box::new(move |scale, engine| {
                    let floor = scale.floor()?;
                    middle(scale.rows(Some(class), task).filter_map(|row| row.ratio(engine, floor)))
                }),
            );
        }
    }
    figures
}

/// What we set out to reach; those of whole programs are in `process` and `first`.
fn goal(class: Class, task: Task) -> Option<f64> {
    match (class, task) {
        (Class::FrequentPhrase, Task::Top) => Some(0.1),
        (Class::FrequentPhrase, Task::Count) => Some(0.05),
        (Class::Proximity, Task::Top | Task::Count) => Some(1.0),
        (Class::Not, Task::Top) => Some(0.16),
        (Class::Prefix, Task::Top) => Some(0.3),
        _ => None,
    }
}

/// The longest time of an engine that answers every query.
fn slowest(scale: &Scale, engine: usize, task: Task) -> Option<f64> {
    let times: Option<Vec<f64>> = scale.rows(None, task).map(|row| row.time(engine)).collect();
    times?.into_iter().reduce(f64::max)
}

/// What of a figure is left at the largest scale for each one at the smallest: 1 is flat.
pub(super) fn growth(run: &Run) -> String {
    let (Some(first), Some(last)) = (run.scales.first(), run.scales.last()) else { return String::new() };
    if first.times == last.times {
        return String::new();
    }
    let mut text = format!("| from {}x to {}x, 1 is flat |", first.times, last.times);
    for built in &last.built {
        let _ = write!(text, " {} |", built.engine);
    }
    let _ = writeln!(text, "\n|---|{}", "---|".repeat(last.built.len()));
    let mut line = |name: &str, figure: Of<'_>| {
        let _ = write!(text, "| {name} |");
        for engine in 0..last.built.len() {
            let _ = write!(text, " {} |", shown(figure(last, engine), 2));
        }
        text.push('\n');
    };
    let of_text = |scale: &Scale, engine: usize| Some(scale.built.get(engine)?.seconds? / scale.bytes as f64);
    line(
        "index, CPU by MB",
        Box::new(|scale, engine| Some(of_text(scale, engine)? / of_text(first, engine)?)),
    );
    for task in [Task::Top, Task::Count, Task::Both] {
        line(
            &format!("{}, by matching paragraph", task.name()),
            Box::new(move |scale, engine| {
                let factors =
                    first.rows(None, task).filter(|row| row.paragraphs >= ENOUGH).filter_map(|row| {
                        let mut same = scale.rows(Some(row.class), task);
                        let other = same.find(|other| other.query == row.query)?;
                        let factor = other.time(engine)? / row.time(engine)?;
                        Some(factor * row.paragraphs as f64 / other.paragraphs as f64)
                    });
                middle(factors)
            }),
        );
    }
    text.push('\n');
    text
}
