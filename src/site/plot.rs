//! Values of several releases as a small drawing.
//!
//! Takes heights of the view, gives the coordinates of a static SVG. What it shows stands beside it
//! in words; a value is told by its shape, colour comes on top.

use serde::Serialize;

use super::word::{self, Word};
use crate::config::Labels;
use crate::view::{self, Limit};

/// The width of a drawing, in its own units.
const WIDTH: u32 = 160;
/// Its height.
const HEIGHT: u32 = 40;
/// Room on each side, so that no sign is cut.
const MARGIN: u32 = 7;
/// As many values as can be told apart.
pub(super) const MOST: usize = 16;

/// Values of several releases on one axis.
#[derive(Debug, Serialize)]
pub(super) struct Plot<'a> {
    width: u32,
    height: u32,
    /// `7,33 80,12`: the values joined, for a polyline.
    line: String,
    /// The values, oldest first.
    points: Vec<Point<'a>>,
    /// The bars.
    limits: Vec<Line>,
}

/// One value.
#[derive(Debug, Serialize)]
struct Point<'a> {
    x: u32,
    y: u32,
    /// How it compares; decides the sign.
    rating: Word<'a>,
}

/// One bar.
#[derive(Debug, Serialize)]
struct Line {
    y: u32,
    /// `pass`, `warn` or `abort`.
    key: &'static str,
}

impl<'a> Plot<'a> {
    /// The newest values; nothing where there are none.
    pub(super) fn new(labels: &'a Labels, plot: &view::Plot) -> Option<Self> {
        let newest = plot.points.get(plot.points.len().saturating_sub(MOST)..)?;
        let x = |at: usize| across(at, newest.len());
        let point = |(at, (height, rating)): (usize, &(u32, view::Rating))| Point {
            x: x(at),
            y: down(*height),
            rating: word::rating(labels, *rating),
        };
        let points: Vec<Point<'a>> = newest.iter().enumerate().map(point).collect();
        let line: Vec<String> = points.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
        let limit = |(limit, height): &(Limit, u32)| Line { y: down(*height), key: key(*limit) };
        let limits = plot.limits.iter().map(limit).collect();
        (!points.is_empty()).then(|| Self {
            width: WIDTH,
            height: HEIGHT,
            line: line.join(" "),
            points,
            limits,
        })
    }
}

const fn key(limit: Limit) -> &'static str {
    match limit {
        Limit::Pass => "pass",
        Limit::Warn => "warn",
        Limit::Abort => "abort",
    }
}

/// The place of value `at` of `count` from left to right; one alone stands at the right.
fn across(at: usize, count: usize) -> u32 {
    let (at, last) = (at as u32, (count as u32).saturating_sub(1));
    let room = WIDTH - 2 * MARGIN;
    MARGIN + (at * room).checked_div(last).unwrap_or(room)
}

/// The place of a height from top to bottom.
const fn down(height: u32) -> u32 {
    let room = HEIGHT - 2 * MARGIN;
    HEIGHT - MARGIN - height * room / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Rating;

    #[test]
    fn the_newest_values_fit_the_drawing() {
        let points = (0..20).map(|at| (at * 50, Rating::Pass)).collect();
        let plot =
            Plot::new(Labels::english(), &view::Plot { points, limits: vec![(Limit::Abort, 1000)] }).unwrap();
        assert_eq!((plot.points[0].x, plot.points[0].y), (MARGIN, 28));
        assert_eq!((plot.points[15].x, plot.points[15].y), (WIDTH - MARGIN, 9));
        assert_eq!((plot.points.len(), plot.limits[0].y), (MOST, MARGIN));
    }

    #[test]
    fn one_value_stands_at_the_right() {
        let plot = Plot::new(
            Labels::english(),
            &view::Plot { points: vec![(500, Rating::Miss)], limits: Vec::new() },
        )
        .unwrap();
        assert_eq!(plot.line, "153,20");
        assert!(
            Plot::new(Labels::english(), &view::Plot { points: Vec::new(), limits: Vec::new() }).is_none()
        );
    }
}
