//! Words → bars: what a line, a labelled value or a cell of a table says must hold.
//!
//! Takes text, gives thresholds. A text of which a part says something else gives none, for a bar that is half read
//! would say something that nobody wrote; the text stays where it was.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::model::threshold::{Criterion, Levels, Operator, Threshold, read_free, read_levels};

/// A bar of an item, with its other levels where there are some.
#[derive(Debug)]
pub(super) struct Bar {
    /// What must hold.
    pub pass: Threshold,
    /// What passes with a note.
    pub warn: Option<Threshold>,
    /// What calls for the abort.
    pub abort: Option<Threshold>,
}

impl From<Threshold> for Bar {
    fn from(pass: Threshold) -> Self {
        Self { pass, warn: None, abort: None }
    }
}

impl Bar {
    /// Whether what must hold and another bar of the same metric cannot be wanted both: `< 1 s` and `> 5 s`.
    pub(super) fn is_against(&self, other: &Threshold) -> bool {
        let sides = (self.pass.operator.bounds_above(), other.operator.bounds_above());
        matches!(sides, (Some(own), Some(way)) if own != way) && self.pass.metric == other.metric
    }

    /// Whether another bar asks for the same direction.
    pub(super) fn is_along(&self, other: &Threshold) -> bool {
        let side = self.pass.operator.bounds_above();
        side.is_some() && side == other.operator.bounds_above()
    }
}

impl Serialize for Bar {
    /// The short form, or the long one with its levels.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.warn.is_none() && self.abort.is_none() {
            return serializer.collect_str(&self.pass);
        }
        let level = |bar: &Threshold| Threshold { metric: None, ..bar.clone() }.to_string();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("metric", self.pass.metric().unwrap_or_default())?;
        map.serialize_entry("pass", &level(&self.pass))?;
        for (key, bar) in [("warn", &self.warn), ("abort", &self.abort)] {
            if let Some(bar) = bar {
                map.serialize_entry(key, &level(bar))?;
            }
        }
        map.end()
    }
}

/// The bars that a title is: with a sign, or in words where it is one of something to look at.
pub(super) fn of_title(title: &str, is_check: bool) -> Vec<Threshold> {
    let title = plain(title);
    if is_ambiguous(&title) {
        return Vec::new();
    }
    let bars = match signed("", &title) {
        Some(bar) => vec![bar],
        None if is_check => worded(&title),
        None => Vec::new(),
    };
    if bars.iter().any(is_bad_news) { Vec::new() } else { bars }
}

/// The levels that a line gives what it names, else `metric`: `Error rate: target < 1 %, critical > 5 %`.
pub(super) fn leveled(metric: &str, line: &str) -> Option<Bar> {
    let (metric, line) = (plain(metric), plain(line));
    if is_ambiguous(&line) {
        return None;
    }
    let Levels { metric: own, pass, warn, abort } = read_levels(&line)?;
    let metric = if own.is_empty() { metric } else { own };
    (!metric.is_empty()).then_some(())?;
    Some(Bar { pass: pass?.named(&metric), warn, abort })
}

/// Whether a bar is bad news when it is met, by its metric: `Disk space alert (< 15 %)`, `Critical > 5 %`, `Page when
/// load > 9`. What only may be bad news stays words, too.
fn is_bad_news(bar: &Threshold) -> bool {
    let metric = bar.metric().unwrap_or_default().to_lowercase();
    let mut words = metric.split([' ', ':']).filter(|word| !word.is_empty());
    let is_condition = words.clone().any(|word| ["if", "when", "once"].contains(&word));
    let is_alert = bar.operator.bounds_above() == Some(false)
        && words.clone().any(|word| ["alert", "alarm"].contains(&word));
    (is_condition || is_alert || words.next_back().is_some_and(is_bad)) && bar.operator != Operator::Equal
}

/// Whether a word before a bar says that it is bad news.
pub(super) fn is_bad(word: &str) -> bool {
    const BAD: [&str; 8] = ["alert", "alarm", "warning", "critical", "abort", "rollback", "escalate", "stop"];
    BAD.contains(&word.to_lowercase().as_str())
}

/// The bars that a text says of `metric`, or of what it names itself.
pub(super) fn of_value(metric: &str, text: &str) -> Vec<Threshold> {
    let (metric, text) = (plain(metric), plain(text));
    if is_ambiguous(&text) {
        return Vec::new();
    }
    if let Some(bar) = signed(&metric, &text) {
        return vec![bar];
    }
    let is_own = |bar: &Threshold| bar.metric() == Some(metric.as_str());
    let bare =
        Threshold::parse(&text).ok().filter(|bar| bar.metric().is_none()).map(|bar| bar.named(&metric));
    match bare {
        Some(bar) => vec![bar],
        None => Some(worded(&format!("{metric}: {text}")))
            .filter(|bars| bars.iter().all(is_own))
            .unwrap_or_default(),
    }
}

/// The bar of a text that is said to be one: `At least 4 cores`.
pub(super) fn stated(metric: &str, text: &str) -> Option<Threshold> {
    let bar = Threshold::parse(&plain(text)).ok().filter(|_| !is_ambiguous(text))?;
    Some(if bar.metric().is_none() { bar.named(&plain(metric)) } else { bar })
}

/// The bar that a line with a sign is: whole, before its last parenthesis, or in it.
fn signed(metric: &str, line: &str) -> Option<Threshold> {
    let open = line.strip_suffix(')').and_then(|rest| rest.rfind('('));
    let before = open.map_or(line, |open| line[..open].trim());
    let inside = open.map_or("", |open| line[open + 1..line.len() - 1].trim());
    let joined = format!("{} {inside}", before.trim_end_matches([':', ' ', '_']));
    let readings = match inside.chars().next() {
        // A number in parentheses is what was measured once.
        Some(first) if first.is_ascii_digit() => [before, line],
        Some('<' | '>' | '≤' | '≥' | '=') if !has_sign(before) => [joined.as_str(), line],
        _ => [line, before],
    };
    readings.into_iter().filter(|text| has_sign(text)).find_map(|text| stated(metric, text))
}

/// Whether a number means another where others live: `1.500` is one and a half or fifteen hundred.
fn is_ambiguous(text: &str) -> bool {
    let mut numbers =
        text.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|word| word.split_once('.'));
    numbers.any(|(whole, part)| (1..=3).contains(&whole.len()) && whole != "0" && part.len() == 3)
}

fn has_sign(text: &str) -> bool {
    text.contains(['<', '>', '≤', '≥', '=', '＜', '＞'])
}

/// The bars that a line in words is, when they are all it says.
fn worded(line: &str) -> Vec<Threshold> {
    let found = read_free(line);
    let is_whole = is_covered(line, &found) && found.iter().all(|criterion| is_certain(line, criterion));
    if is_whole { found.into_iter().map(|criterion| criterion.threshold).collect() } else { Vec::new() }
}

/// Whether nothing stands beside what was found but what joins it.
fn is_covered(line: &str, found: &[Criterion]) -> bool {
    let is_joint = |text: &str| ["", "and", "&"].contains(&text.trim_matches([' ', ',', ';', '.']));
    let mut at = 0;
    for criterion in found {
        if !line.get(at..criterion.range.start).is_some_and(is_joint) {
            return false;
        }
        at = criterion.range.end;
    }
    line.get(at..).is_some_and(is_joint)
}

/// Whether a criterion says what is measured and how much of it, and can be read in one way: `uptime of 99 % over
/// 30 days` is no bar of 30 days, `within 10 % of the baseline` no bar of 10 %.
fn is_certain(line: &str, criterion: &Criterion) -> bool {
    let bar = &criterion.threshold;
    let is_of_another =
        line.contains("within") && bar.scope.as_deref().is_some_and(|scope| scope.starts_with("of"));
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let has_metric = bar.metric().is_some_and(|metric| !metric.rsplit(' ').next().is_some_and(is_number));
    has_metric && bar.dimension().is_some() && !criterion.inferred && !is_of_another
}

/// Text without emphasis and the marks of code that has no sign.
fn plain(text: &str) -> String {
    let text = text.replace("**", "");
    let is_code = |at: usize| at % 2 == 1;
    if text.split('`').enumerate().any(|(at, part)| is_code(at) && has_sign(part)) {
        return String::new();
    }
    text.replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Vec<String> {
        of_title(text, true).iter().map(Threshold::to_string).collect()
    }

    #[test]
    fn bars_of_titles() {
        let cases: [(&str, &[&str]); 13] = [
            ("Error rate < 0.005 %", &["Error rate < 0.005 %"]),
            ("Regression suite passed (≥ 98%)", &["Regression suite passed >= 98 %"]),
            ("Test coverage ≥ 80% (92%)", &["Test coverage >= 80 %"]),
            ("Disk usage on `db-1` below 70%", &["Disk usage on db-1 < 70 %"]),
            ("Error rate must not exceed 0.5 %", &["Error rate <= 0.5 %"]),
            ("Disk wait < 5 % and CPU steal < 1 %", &["Disk wait < 5 %", "CPU steal < 1 %"]),
            ("Response time below 250 ms for at least 15 minutes", &["Response time < 250 ms for 15m"]),
            ("Freier Speicher mindestens 20 GB", &["Freier Speicher >= 20 GB"]),
            ("接口响应时间小于 500 ms", &["接口响应时间 < 500 ms"]),
            ("Queries: none older than 5 minutes", &["Queries <= 5 min"]),
            ("Expiry date: ________ (> 30 days from now)", &["Expiry date > 30 d from now"]),
            ("Zero failed logins", &["failed logins = 0"]),
            ("`kubectl` version >= 1.29", &["kubectl version >= 1.29"]),
        ];
        for (text, bars) in cases {
            assert_eq!(title(text), bars, "{text}");
        }
    }

    #[test]
    fn what_is_not_wholly_a_bar_is_none() {
        for text in [
            "Uptime of 99.95% over 30 days",
            "Support tickets within 10 % of baseline",
            "Fehlerrate über 5 % für 10 Minuten",
            "Announce the freeze at least 48 hours ahead",
            "p99 below 2s or roll back",
            "At least 3 nodes are ready",
            "Disk space alert (< 15% free)",
            "Error rate: Target < 0.1%, Critical > 1%",
            "If load > 9",
            "CPU alert fires at > 90 % for 5 min",
            "Pager: page when p99 > 2 s",
            "Antwortzeit < 1.500 ms",
            "No errors in `log --severity <=error`",
            "Fill in \"What's New\" (max 4000 characters)",
        ] {
            assert_eq!(title(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(of_title("Wait at least 10 minutes", false), Vec::new());
    }

    #[test]
    fn levels_of_a_line_belong_together() {
        let read = |metric, line| leveled(metric, line).map(|bar| serde_json::to_string(&bar).unwrap());
        let levels = r#"{"metric":"Error rate","pass":"< 0.1 %","abort":"> 1 %"}"#;
        assert_eq!(read("", "**Error rate**: Target < 0.1%, Critical > 1%").as_deref(), Some(levels));
        assert_eq!(read("Error rate", "< 0.1% (rollback if > 1%)").as_deref(), Some(levels));
        let levels = r#"{"metric":"Lag","pass":"<= 10 s","warn":"<= 60 s","abort":"> 60 s"}"#;
        assert_eq!(read("Lag", "warning > 10 s, critical > 60 s").as_deref(), Some(levels));
        assert_eq!(read("", "Target < 0.1%, Critical > 1%"), None);
        assert_eq!(read("Lag", "target < 1.500 s, critical > 5 s"), None);
    }

    #[test]
    fn values_are_bars_of_their_label() {
        let value =
            |metric, text| of_value(metric, text).iter().map(Threshold::to_string).collect::<Vec<_>>();
        assert_eq!(value("Replicas", "at least 3"), ["Replicas >= 3"]);
        assert_eq!(value("Queue depth", "max 500 messages"), ["Queue depth <= 500 messages"]);
        assert_eq!(value("Backup age", "not older than 24 hours"), ["Backup age <= 24 h"]);
        assert_eq!(value("API", "p99 < 1 s for 10m"), ["p99 < 1 s for 10m"]);
        assert_eq!(value("Availability", "99.9%"), Vec::<String>::new());
        assert_eq!(value("Snapshot", "status is shown within 20 minutes"), Vec::<String>::new());
    }
}
