//! What was measured against every bar, over all releases of a runbook.
//!
//! Takes a runbook and what was judged of its releases, gives its register if it has a bar. Heights are computed here once, so that whoever draws them needs no arithmetic.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::here::Here;
use super::index::World;
use super::path::{register_path, release_path, runbook_path};
use crate::config::Labels;
use crate::model::Library;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Reading, Threshold};
use crate::release::{Actual, Assessment};
use crate::view::{Destination, History, Limit, Measured, Mention, Plot, Rating, Register};

/// A release with what was judged of it.
type Judged<'a> = (&'a Release, &'a Assessment);

/// The releases of each runbook by its id, as places in the library, in the order of their windows.
pub(super) fn followers(library: &Library, assessed: &[Arc<Assessment>]) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, plan) in library.releases.iter().enumerate() {
        found.entry(plan.runbook_id.name.clone()).or_default().push(at);
    }
    let begins = |at: usize| start(&library.releases[at]).unwrap_or(assessed[at].as_of);
    for all in found.values_mut() {
        all.sort_by_key(|at| (begins(*at), &library.releases[*at].name));
    }
    found
}

fn start(plan: &Release) -> Option<Timestamp> {
    plan.window.as_ref()?.t()
}

/// The register of a runbook, measured in `releases`; nothing for one without a bar.
pub(super) fn register(world: World<'_>, runbook: &Runbook, releases: &[Judged<'_>]) -> Option<Register> {
    let bars = bars(runbook);
    if bars.is_empty() {
        return None;
    }
    let path = runbook_path(&runbook.id);
    let here = Here { world, runbook: Some(runbook), path: &path, own: None };
    let mut histories = BTreeMap::new();
    for (id, at, bar) in bars {
        let readings: Vec<(Measured, Option<f64>)> =
            releases.iter().filter_map(|release| measured(*release, (id, at, bar), world.labels)).collect();
        if !readings.is_empty() {
            let plot = plot(bar, &readings);
            let readings = readings.into_iter().map(|(reading, _)| reading).collect();
            histories.insert((id.to_owned(), at), History { place: here.place(id), readings, plot });
        }
    }
    Some(Register { path: register_path(&runbook.id), histories })
}

/// Every bar with the id of what it belongs to and its place there, in reading order.
fn bars(runbook: &Runbook) -> Vec<(&str, usize, &Bar)> {
    let mut out = Vec::new();
    for section in runbook.all_sections() {
        out.extend(section.bars().enumerate().map(|(at, bar)| (section.id.as_str(), at, bar)));
        for item in section.items() {
            item.walk(&mut |item| {
                out.extend(item.bars.iter().enumerate().map(|(at, bar)| (item.id.as_str(), at, bar)));
            });
        }
    }
    out
}

/// What counts in a release, and how large it is. What the program computes from a journal counts
/// once the release has ended: before, it is on its way.
fn measured(
    release: Judged<'_>,
    (id, at, bar): (&str, usize, &Bar),
    labels: &Labels,
) -> Option<(Measured, Option<f64>)> {
    let (plan, assessed) = release;
    let actual = assessed.actual(id, at)?;
    let ended = assessed.outcome.as_ref().map(|(_, mark)| mark.at);
    let when = actual.mark.as_ref().map(|mark| mark.at).or(ended)?;
    let day = when.to_zoned(plan.zone()).date();
    let to = Destination::Page { path: release_path(&plan.name), anchor: id.to_owned() };
    let release = Mention { text: plan.name.clone(), id: plan.name.clone(), to, holder: None };
    let Actual { value, rating, words, .. } = actual;
    let size = axis(bar).and_then(|axis| axis.size_of(Reading { actual: value, at: Some(day) }));
    let (value, words) = (value.clone(), words.words(labels));
    Some((Measured { release, day: day.to_string(), value, rating: *rating, words }, size))
}

/// The threshold in whose terms values are drawn.
fn axis(bar: &Bar) -> Option<&Threshold> {
    limits(bar).into_iter().map(|(_, threshold)| threshold).next()
}

fn limits(bar: &Bar) -> Vec<(Limit, &Threshold)> {
    match &bar.criterion {
        Criterion::Threshold(threshold) => vec![(Limit::Pass, threshold)],
        Criterion::Levels { levels, .. } => {
            let all =
                [(Limit::Pass, &levels.pass), (Limit::Warn, &levels.warn), (Limit::Abort, &levels.abort)];
            all.into_iter().filter_map(|(limit, threshold)| Some((limit, threshold.as_ref()?))).collect()
        }
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => Vec::new(),
    }
}

/// Values and bars on one axis; nothing where a value is no number of the bar's dimension.
fn plot(bar: &Bar, readings: &[(Measured, Option<f64>)]) -> Option<Plot> {
    let sizes: Vec<(f64, Rating)> =
        readings.iter().map(|(reading, size)| Some(((*size)?, reading.rating))).collect::<Option<_>>()?;
    let bars = limits(bar).into_iter();
    let bars: Vec<(Limit, f64)> = bars
        .flat_map(|(limit, threshold)| threshold.sizes().into_iter().map(move |size| (limit, size)))
        .collect();
    let all = || sizes.iter().map(|(size, _)| *size).chain(bars.iter().map(|(_, size)| *size));
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let height = |size: f64| height(size, low, high);
    Some(Plot {
        points: sizes.iter().map(|(size, rating)| (height(*size), *rating)).collect(),
        limits: bars.iter().map(|(limit, size)| (*limit, height(*size))).collect(),
    })
}

/// Where a size lies between the lowest and the highest, from 0 to 1000; in the middle of nothing.
fn height(size: f64, low: f64, high: f64) -> u32 {
    let share = if high > low { (size - low) / (high - low) } else { 0.5 };
    (share * 1000.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights() {
        assert_eq!([0.0, 5.0, 10.0].map(|size| height(size, 0.0, 10.0)), [0, 500, 1000]);
        assert_eq!(height(3.0, 3.0, 3.0), 500);
    }
}
