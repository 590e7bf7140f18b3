//! Trends: counts period by period.

use std::io;

use pyo3::prelude::*;
use quotable::{Series, Trend, TrendPoint};
use quotable_export::chart::{self, TrendValue};
use quotable_export::trend::{self, TrendRecord};
use quotable_export::{Cell, Format};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};

/// How often queries find something, period by period.
pub(crate) struct TrendRows {
    pub(crate) trend: Trend,
    /// Whether the chart draws the share of reports.
    pub(crate) share: bool,
}

/// What is said of the whole answer.
#[derive(Serialize)]
struct Head {
    by: &'static str,
    series: Vec<String>,
}

impl TrendRows {
    fn points(&self) -> impl Iterator<Item = (&Series, &TrendPoint)> {
        self.trend.series.iter().flat_map(|series| series.points.iter().map(move |point| (series, point)))
    }
}

impl Rows for TrendRows {
    fn len(&self) -> usize {
        self.points().count()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.points().nth(at) {
            Some((series, point)) => object(py, &TrendRecord::new(point, series, &self.trend)),
            None => Ok(py.None().into_bound(py)),
        }
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let series = self.trend.series.iter().map(|series| series.name.clone()).collect();
        object(py, &Head { by: self.trend.by.as_str(), series })
    }

    fn names(&self) -> Vec<String> {
        trend::names().into_iter().map(str::to_owned).collect()
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.points().for_each(|(series, point)| add(&trend::cells(point, series, &self.trend)));
    }

    fn text(&self, most: usize) -> String {
        table_text(trend::to_table(&self.trend), &trend::notes(&self.trend), most)
    }

    fn html(&self, most: usize) -> String {
        table_html(trend::to_table(&self.trend), &trend::notes(&self.trend), most)
    }

    fn markdown(&self) -> io::Result<String> {
        written(|out| trend::write(out, Format::Markdown, &self.trend))
    }

    fn svg(&self) -> Option<io::Result<String>> {
        let value = if self.share { TrendValue::ShareOfReports } else { TrendValue::Rate };
        Some(chart::trend(&self.trend, value))
    }
}
