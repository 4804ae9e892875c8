//! An axis of time: places of seconds on it, and the times that are marked.
//!
//! Takes seconds from T or from midnight, gives places from 0 to 1000. An axis of days, on which a
//! deployment would be a dot, is finer near T. It knows no zone and no section.

/// Axes up to this length, in seconds, are even.
const EVEN: i64 = 12 * 3600;
/// On an uneven axis, how many seconds from T it is close to even.
const NEAR: f64 = 900.0;
/// How far marked times are apart at least, of 1000.
const APART: u32 = 160;
/// Steps between marked times of an even axis, in seconds.
const STEPS: [i64; 9] = [60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600];
/// Distances from T that are marked on an uneven axis, in seconds.
const MARKS: [i64; 11] =
    [900, 3600, 14_400, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000];

/// Where times lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    low: i64,
    high: i64,
    /// Whether equal lengths are equal times.
    pub(super) even: bool,
}

impl Axis {
    /// From the earliest to the latest of some times; nothing where they are all one.
    pub(super) fn over(times: impl Iterator<Item = i64>) -> Option<Self> {
        let (low, high) =
            times.fold((i64::MAX, i64::MIN), |(low, high), time| (low.min(time), high.max(time)));
        (low < high).then(|| Self { low, high, even: high - low <= EVEN })
    }

    /// The place of a time.
    pub(super) fn place(&self, time: i64) -> u32 {
        let (low, high) = (self.warp(self.low), self.warp(self.high));
        let share = (self.warp(time) - low) / (high - low);
        (share.clamp(0.0, 1.0) * 1000.0).round() as u32
    }

    fn warp(&self, time: i64) -> f64 {
        let time = time as f64;
        if self.even { time } else { time.signum() * (1.0 + time.abs() / NEAR).ln() }
    }

    /// The times that are marked, in order.
    pub(super) fn ticks(&self) -> Vec<i64> {
        let mut ticks = if self.even { self.steps() } else { self.marks() };
        ticks.sort_unstable();
        ticks
    }

    fn steps(&self) -> Vec<i64> {
        let wide = |step: &&i64| (self.high - self.low) / **step <= 8;
        let step = STEPS.iter().find(wide).copied().unwrap_or(EVEN);
        let first = self.low.div_euclid(step) + i64::from(self.low.rem_euclid(step) != 0);
        (first..).map(|at| at * step).take_while(|time| *time <= self.high).collect()
    }

    /// T, and what is far enough from it and from each other on both sides.
    fn marks(&self) -> Vec<i64> {
        let mut found = Vec::new();
        for sign in [-1, 1] {
            let mut last = self.place(0);
            for time in MARKS.map(|mark| mark * sign) {
                let place = self.place(time);
                if (self.low..=self.high).contains(&time) && place.abs_diff(last) >= APART {
                    found.push(time);
                    last = place;
                }
            }
        }
        if (self.low..=self.high).contains(&0) {
            found.push(0);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_axis_is_even() {
        let axis = Axis::over([0, 3600, 1800].into_iter()).unwrap();
        assert_eq!([0, 900, 3600, 9999].map(|time| axis.place(time)), [0, 250, 1000, 1000]);
        assert_eq!(axis.ticks(), [0, 600, 1200, 1800, 2400, 3000, 3600]);
        assert_eq!(Axis::over([5, 5].into_iter()), None);
        assert_eq!(Axis::over(std::iter::empty()), None);
    }

    #[test]
    fn a_long_axis_is_finer_near_t() {
        let axis = Axis::over([-604_800, 172_800].into_iter()).unwrap();
        assert!(!axis.even);
        let places = axis.ticks().into_iter().map(|time| (time, axis.place(time))).collect::<Vec<_>>();
        assert_eq!(places, [(-172_800, 106), (-14_400, 312), (0, 553), (14_400, 794), (172_800, 1000)]);
    }
}
