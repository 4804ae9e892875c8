//! Thresholds as sets of values: which is tighter, whether two overlap or leave a gap, whether one
//! can be met at all.
//!
//! Takes thresholds, gives relations between their bars; metrics are not compared, that is up to
//! the caller.

use std::cmp::Ordering;
use std::fmt;

use super::{Operator, Threshold, Value};
use crate::model::quantity::{Dimension, Quantity};

/// The values between two bars that meet neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Where it starts.
    pub from: Quantity,
    /// Where it ends; the same as `from` when only that value is left out.
    pub to: Quantity,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            return write!(f, "exactly {}", self.from);
        }
        write!(f, "from {} to {}", self.from, self.to)
    }
}

/// One end of an interval.
#[derive(Debug, Clone, Copy)]
struct End<'a> {
    at: &'a Quantity,
    included: bool,
}

/// The values that meet a threshold.
enum Region<'a> {
    Interval { low: Option<End<'a>>, high: Option<End<'a>> },
    Points(Vec<&'a Quantity>),
    Texts(Vec<String>),
}

impl Threshold {
    /// How strict this bar is beside another of the same metric: `Greater` when it is tighter,
    /// `None` when neither accepts all that the other accepts. Between equal bars the longer
    /// window is the tighter.
    pub fn strictness(&self, other: &Self) -> Option<Ordering> {
        let (here, there) = (self.region()?, other.region()?);
        let values = match (here.within(&there)?, there.within(&here)?) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => return None,
        };
        let length = |threshold: &Self| threshold.window.map(|window| window.length);
        match length(self).cmp(&length(other)) {
            Ordering::Equal => Some(values),
            windows if values == Ordering::Equal || values == windows => Some(windows),
            _ => None,
        }
    }

    /// Whether some value meets both; `None` when they cannot be compared.
    pub fn overlaps(&self, other: &Self) -> Option<bool> {
        match (self.region()?, other.region()?) {
            (Region::Interval { low: a, high: b }, Region::Interval { low: c, high: d }) => {
                Some(!apart(b, c)? && !apart(d, a)?)
            }
            (Region::Points(points), there) | (there, Region::Points(points)) => {
                any(points.into_iter().map(|point| there.holds(point)))
            }
            (Region::Texts(here), Region::Texts(there)) => Some(here.iter().any(|text| there.contains(text))),
            _ => None,
        }
    }

    /// The values that lie between this bar and another and meet neither.
    pub fn gap(&self, other: &Self) -> Option<Gap> {
        let (here, there) = (self.region()?, other.region()?);
        let Region::Interval { low: a, high: b } = here else {
            return None;
        };
        let Region::Interval { low: c, high: d } = there else {
            return None;
        };
        between(b, c).or_else(|| between(d, a))
    }

    /// Why no value can meet it: over the whole, below nothing, or an empty range.
    pub fn impossible(&self) -> Option<String> {
        let bar = self.values.first()?.quantity()?;
        if self.operator == Operator::Between {
            let high = self.values.get(1)?.quantity()?;
            return match bar.compare(high) {
                Ok(Ordering::Greater) => Some(format!("the range from `{bar}` to `{high}` is empty")),
                Ok(_) => None,
                Err(mismatch) => Some(mismatch.to_string()),
            };
        }
        let over = bar.to_whole().is_some_and(|order| match self.operator {
            Operator::Greater => order.is_ge(),
            Operator::AtLeast | Operator::Equal => order.is_gt(),
            _ => false,
        });
        if over {
            let whole = if bar.dimension() == Dimension::Percent { "100 %" } else { "the whole" };
            return Some(format!("`{}` asks for more than {whole}", self.bar()));
        }
        let signed = [Dimension::Temperature, Dimension::Version, Dimension::Date, Dimension::Points];
        let below = !signed.contains(&bar.dimension())
            && match self.operator {
                Operator::Less => bar.is_zero() || bar.is_negative(),
                Operator::AtMost | Operator::Equal => bar.is_negative(),
                _ => false,
            };
        below.then(|| format!("`{}` asks for less than nothing", self.bar()))
    }

    fn region(&self) -> Option<Region<'_>> {
        let quantities: Vec<&Quantity> = self.values.iter().filter_map(Value::quantity).collect();
        if quantities.len() < self.values.len() {
            let texts: Vec<String> = self
                .values
                .iter()
                .filter(|value| value.quantity().is_none())
                .map(|value| value.to_string().to_lowercase())
                .collect();
            let pure = texts.len() == self.values.len() && self.operator != Operator::NotEqual;
            return pure.then_some(Region::Texts(texts));
        }
        let end = |included| quantities.first().map(|at| End { at, included });
        let interval = |low, high| Some(Region::Interval { low, high });
        match self.operator {
            Operator::Less => interval(None, end(false)),
            Operator::AtMost => interval(None, end(true)),
            Operator::Greater => interval(end(false), None),
            Operator::AtLeast => interval(end(true), None),
            Operator::Between => interval(end(true), quantities.get(1).map(|at| End { at, included: true })),
            Operator::Equal | Operator::In => Some(Region::Points(quantities)),
            Operator::NotEqual => None,
        }
    }
}

impl Region<'_> {
    /// Whether every value of this region is in the other.
    fn within(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Interval { low: a, high: b }, Self::Interval { low: c, high: d }) => {
                Some(inside(*a, *c, Ordering::Less)? && inside(*b, *d, Ordering::Greater)?)
            }
            (Self::Points(points), there) => {
                let mut all = true;
                for point in points {
                    all &= there.holds(point)?;
                }
                Some(all)
            }
            (Self::Texts(here), Self::Texts(there)) => Some(here.iter().all(|text| there.contains(text))),
            // An interval has more values than any set of points.
            (Self::Interval { .. }, Self::Points(_)) => Some(false),
            _ => None,
        }
    }

    fn holds(&self, point: &Quantity) -> Option<bool> {
        match self {
            Self::Interval { low, high } => {
                let edge = |end: &End<'_>, beyond: Ordering| {
                    let order = point.compare(end.at).ok()?;
                    Some(order != beyond && (end.included || order.is_ne()))
                };
                let low = low.as_ref().map_or(Some(true), |end| edge(end, Ordering::Less))?;
                Some(low && high.as_ref().map_or(Some(true), |end| edge(end, Ordering::Greater))?)
            }
            Self::Points(points) => {
                any(points.iter().map(|other| point.compare(other).ok().map(Ordering::is_eq)))
            }
            Self::Texts(_) => None,
        }
    }
}

/// Whether any is true; `None` as soon as one cannot be said.
fn any(mut answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    answers.try_fold(false, |before, answer| answer.map(|answer| before || answer))
}

/// Whether one end of an interval does not lie beyond the same end of another.
fn inside(end: Option<End<'_>>, other: Option<End<'_>>, beyond: Ordering) -> Option<bool> {
    match (end, other) {
        (_, None) => Some(true),
        (None, Some(_)) => Some(false),
        (Some(end), Some(other)) => {
            let order = end.at.compare(other.at).ok()?;
            Some(order != beyond && (order.is_ne() || other.included || !end.included))
        }
    }
}

/// Whether an interval that ends here lies wholly before one that starts there.
fn apart(high: Option<End<'_>>, low: Option<End<'_>>) -> Option<bool> {
    let (Some(high), Some(low)) = (high, low) else {
        return Some(false);
    };
    let order = high.at.compare(low.at).ok()?;
    Some(order.is_lt() || order.is_eq() && !(high.included && low.included))
}

/// What lies between the end of one interval and the start of the next.
fn between(high: Option<End<'_>>, low: Option<End<'_>>) -> Option<Gap> {
    let (high, low) = (high?, low?);
    let gap = Gap { from: high.at.clone(), to: low.at.clone() };
    match high.at.compare(low.at).ok()? {
        Ordering::Less => Some(gap),
        Ordering::Equal => (!high.included && !low.included).then_some(Gap { to: gap.from.clone(), ..gap }),
        Ordering::Greater => None,
    }
}
