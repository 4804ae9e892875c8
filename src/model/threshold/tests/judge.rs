//! Values held against bars, and bars against each other.

use super::bar;
use crate::model::quantity::Quantity;
use crate::model::threshold::{Level, Levels, Reading, Threshold};

fn judge(bar: &str, actual: &str) -> String {
    let threshold = Threshold::parse(bar).unwrap_or_else(|flaw| panic!("{bar}: {flaw:?}"));
    match threshold.evaluate(actual) {
        Ok(met) => met.to_string(),
        Err(flaw) => format!("{}; {}", flaw.message, flaw.help.unwrap_or_default()),
    }
}

#[test]
fn actuals_are_held_against_the_bar() {
    let cases = [
        ("t < 500 ms", "480ms", "true"),
        ("t < 500 ms", "0.5 s", "false"),
        ("t >= 7 d", "9 d", "true"),
        ("rate < 0.5 %", "0.4", "true"),
        ("cores >= 4", "8 cores", "true"),
        ("tables exist = 20", "20", "true"),
        ("tests >= 95 %", "19/20", "true"),
        ("passed >= 19/20", "19", "true"),
        ("passed >= 19/20", "18", "false"),
        ("passed >= 19/20", "94 %", "false"),
        ("satisfaction >= 4.0/5.0", "4.2", "true"),
        ("Python version >= 3.13", "3.13.1", "true"),
        ("Python version = 3.13", "3.13.1", "true"),
        ("Python version >= 3.13", "3.9", "false"),
        ("Python version < 3.13", "3.9", "true"),
        ("Python version <= 3.13", "3.13.4", "true"),
        ("Python version > 3.13", "3.13.4", "false"),
        ("Python version >= 3.10", "3.9", "false"),
        ("Python 3.10+", "3.9.18", "false"),
        ("Python >= 3.10", "3.9", "false"),
        ("app version = v1.4.0", "1.4.0", "true"),
        ("HTTP status in 200, 301", "301", "true"),
        ("HTTP status in 200, 301", "404", "false"),
        ("ttl in 60..3600 s", "5m", "true"),
        ("ttl in 60..3600 s", "2h", "false"),
        ("state = healthy", " Healthy ", "true"),
        ("state != degraded", "healthy", "true"),
        ("grade in A, A+", "a+", "true"),
        ("grade in A, A+", "B", "false"),
        ("backup size > 0", "5 MB", "true"),
        ("expiry > 2027-01-01", "2027-03-01", "true"),
        ("speed >= 1000 Mbit/s", "1 Gbps", "true"),
        ("requests > 50 RPS", "3600 rpm", "true"),
    ];
    for (bar, actual, met) in cases {
        assert_eq!(judge(bar, actual), met, "{actual} for {bar}");
    }
}

#[test]
fn what_cannot_be_compared_is_no_failure() {
    let cases = [
        ("t < 500 ms", "480 MB", "`480 MB` is an amount of data, the bar `< 500 ms` is a duration; "),
        (
            "t < 500 ms",
            "480",
            "`480` has no unit, the bar is `< 500 ms`; write `480 ms` if that is what was measured",
        ),
        (
            "t < 500 ms",
            "PASS",
            "`PASS` is not a quantity; record the value that was measured; the bar is `< 500 ms`",
        ),
        (
            "t < 500 ms",
            "480 msc",
            "unknown unit `msc`; record the value that was measured; the bar is `< 500 ms`",
        ),
        (
            "installed > 50 packages",
            "60 users",
            "`60 users` is a number of users, `50 packages` is a number of packages; ",
        ),
        (
            "passed >= 19/20",
            "0.95",
            "`0.95` does not say of how many, the bar is `>= 19/20`; write `0.95/20` if that is what was meant",
        ),
        (
            "validity > 30 d",
            "2027-03-01",
            "`2027-03-01` is a date, the bar `> 30 d` is a duration; record the number of days, such as `45 d`",
        ),
    ];
    for (bar, actual, message) in cases {
        assert_eq!(judge(bar, actual), message, "{actual} for {bar}");
    }
}

#[test]
fn a_metric_that_is_set_later_counts() {
    let late = |metric: &str, text| {
        let metric = Some(metric.into());
        bar(text).map(|bar| Threshold { metric, ..bar })
    };
    let judge = |bar: Option<Threshold>, actual| bar.map(|bar| bar.evaluate(actual));
    assert_eq!(judge(late("Python version", ">= 3.10"), "3.9"), Some(Ok(false)));
    assert_eq!(judge(late("HTTP status", "in 200/301"), "301"), Some(Ok(true)));
    let flaw = judge(late("state", "> 0"), " ").map(|judged| judged.map_err(|flaw| flaw.to_string()));
    assert_eq!(flaw, Some(Err("the value is missing".to_owned())));
}

#[test]
fn built_in_values_are_held_against_the_bar() {
    let meets = |text, quantity: Option<Quantity>| bar(text)?.meets(&quantity?).ok();
    assert_eq!(meets("checks = 100 %", Quantity::ratio(48, 48)), Some(true));
    assert_eq!(meets("checks = 100 %", Quantity::ratio(47, 48)), Some(false));
    assert_eq!(meets("passed >= 19/20", Quantity::ratio(38, 40)), Some(true));
    assert_eq!(meets("failed = 0", Some(Quantity::count(0))), Some(true));
    assert_eq!(meets("duration <= 15m", Some(Quantity::seconds(901))), Some(false));
    assert_eq!(meets("age <= 90d", Some(Quantity::days(90))), Some(true));
    assert_eq!(meets("failed = 0 %", Some(Quantity::seconds(3))), None);
}

#[test]
fn dates_count_from_the_day_of_recording() {
    let at = "2026-12-01".parse().ok();
    let judge =
        |bar: &str, actual| Threshold::parse(bar).and_then(|bar| bar.evaluate(Reading { actual, at }));
    assert_eq!(judge("certificate validity > 30 d", "2027-03-01"), Ok(true));
    assert_eq!(judge("certificate validity > 30 d", "2026-12-24"), Ok(false));
    assert_eq!(judge("certificate validity > 30 d", "2026-11-24"), Ok(false));
    assert_eq!(judge("backup age <= 7 d", "2026-11-28"), Ok(true));
    assert_eq!(judge("backup age <= 7 d", "2026-11-01"), Ok(false));
    let flaw = judge("backup age <= 7 d", "2026-12-03").map_err(|flaw| flaw.to_string());
    let message = "`2026-12-03` lies in the future, an age counts back from 2026-12-01";
    assert_eq!(flaw, Err(message.to_owned()));
}

#[test]
fn levels_name_the_worst_that_holds() {
    let levels = Levels {
        metric: "error rate".to_owned(),
        pass: bar("< 0.5 %"),
        warn: bar("< 1 %"),
        abort: bar("> 10 % for 5m"),
    };
    assert_eq!(levels.evaluate("0.4 %"), Ok(Level::Pass));
    assert_eq!(levels.evaluate("0.5 %"), Ok(Level::Warn));
    assert_eq!(levels.evaluate("5 %"), Ok(Level::Between));
    assert_eq!(levels.evaluate("12 %"), Ok(Level::Abort));
    assert!(levels.evaluate("5 ms").is_err());
    assert_eq!(levels.gap().map(|gap| gap.to_string()), Some("from 1 % to 10 %".to_owned()));
    assert!(!levels.overlap());
    let crossed = Levels { warn: bar("< 20 %"), ..levels.clone() };
    assert!(crossed.overlap());
    assert_eq!(crossed.gap(), None);
    let only = Levels { pass: None, warn: None, ..levels };
    assert_eq!(only.evaluate("5 %"), Ok(Level::Pass));
}

#[test]
fn bars_compare_with_each_other() {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let strictness = |a, b| bar(a)?.strictness(&bar(b)?);
    assert_eq!(strictness("< 500 ms", "< 1 s"), Some(Greater));
    assert_eq!(strictness("< 1 s", "<= 1 s"), Some(Greater));
    assert_eq!(strictness(">= 98 %", ">= 19/20"), Some(Greater));
    assert_eq!(strictness(">= 95 %", ">= 19/20"), Some(Equal));
    assert_eq!(strictness("< 1 s", "> 1 s"), None);
    assert_eq!(strictness("< 1 s", "< 1 GB"), None);
    assert_eq!(strictness("= 5", ">= 5"), Some(Greater));
    assert_eq!(strictness("s in 200, 301", "s in 200, 301, 302"), Some(Greater));
    assert_eq!(strictness("> 1 % for 5m", "> 1 % for 10m"), Some(Less));
    assert_eq!(strictness("between 1 and 5 s", "< 10 s"), Some(Greater));
    let overlaps = |a, b| bar(a)?.overlaps(&bar(b)?);
    assert_eq!(overlaps("< 5 s", "> 5 s"), Some(false));
    assert_eq!(overlaps("<= 5 s", ">= 5 s"), Some(true));
    assert_eq!(overlaps("< 5 s", "> 3 s"), Some(true));
    assert_eq!(overlaps("< 5 s", "> 5 GB"), None);
    let gap = |a, b| bar(a)?.gap(&bar(b)?).map(|gap| gap.to_string());
    assert_eq!(gap("< 5 s", "> 5 s"), Some("exactly 5 s".to_owned()));
    assert_eq!(gap("< 5 s", ">= 5 s"), None);
    assert_eq!(gap(">= 99 %", "< 95 %"), Some("from 95 % to 99 %".to_owned()));
}

#[test]
fn impossible_bars_are_told() {
    let impossible = |text| bar(text)?.impossible();
    assert_eq!(impossible("> 100 %").as_deref(), Some("`> 100 %` asks for more than 100 %"));
    assert_eq!(impossible(">= 21/20").as_deref(), Some("`>= 21/20` asks for more than the whole"));
    assert_eq!(impossible(">= 100 %"), None);
    assert_eq!(impossible("< 0 ms").as_deref(), Some("`< 0 ms` asks for less than nothing"));
    assert_eq!(impossible("between 5 and 3 s").as_deref(), Some("the range from `5 s` to `3 s` is empty"));
    assert_eq!(
        impossible("between 5 GB and 3 s").as_deref(),
        Some("`5 GB` is an amount of data, `3 s` is a duration")
    );
    assert_eq!(impossible("< -5 °C"), None);
}

#[test]
fn values_are_drawn_on_the_axis_of_the_bar() {
    let size = |bar: &str, actual: &str| {
        let bar = Threshold::parse(bar).unwrap();
        let day = jiff::civil::date(2026, 11, 1);
        (bar.sizes(), bar.size_of(Reading { actual, at: Some(day) }))
    };
    assert_eq!(size("p95 < 500 ms", "0.25 s"), (vec![500e6], Some(250e6)));
    assert_eq!(size("tests >= 95 %", "19/20"), (vec![0.95], Some(0.95)));
    assert_eq!(size("error rate < 1 %", "0.4"), (vec![0.01], Some(0.004)));
    assert_eq!(size("certificate validity > 30 d", "2026-12-11"), (vec![2_592_000e9], Some(3_456_000e9)));
    assert_eq!(size("delay between 1 and 2 s", "5 MB"), (vec![1e9, 2e9], None));
    assert_eq!(size("Python version >= 3.13", "3.13.1"), (vec![], None));
    assert_eq!(size("grade = A+", "B"), (vec![], None));
}
