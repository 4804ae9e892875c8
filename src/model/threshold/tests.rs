//! Tests of thresholds; takes texts and looks at all of what comes back.

mod advice;
mod judge;

use proptest::prelude::*;

use super::{Builtin, Threshold};

fn canonical(text: &str) -> String {
    match Threshold::parse(text) {
        Ok(threshold) => threshold.to_string(),
        Err(flaw) => panic!("{text}: {flaw:?}"),
    }
}

fn flaw(text: &str) -> String {
    match Threshold::parse(text) {
        Ok(threshold) => panic!("{text} reads as {threshold}"),
        Err(flaw) => format!("{:?} {}; {}", flaw.range, flaw.message, flaw.help.unwrap_or_default()),
    }
}

fn prints(cases: &[(&str, &str)]) {
    for (text, printed) in cases {
        assert_eq!(canonical(text), *printed, "{text}");
        assert_eq!(canonical(printed), *printed, "{text}, once more");
    }
}

#[test]
fn the_short_form_prints_canonically() {
    let cases = [
        // The examples of the language.
        ("API p95 response time < 500 ms", "API p95 response time < 500 ms"),
        ("free disk > 20 GB", "free disk > 20 GB"),
        ("tests passing >= 98 %", "tests passing >= 98 %"),
        ("certificate validity > 30 d", "certificate validity > 30 d"),
        ("HTTP status in 200, 301", "HTTP status in 200, 301"),
        ("Python version >= 3.13", "Python version >= 3.13"),
        ("error rate > 10 % for 5m", "error rate > 10 % for 5m"),
        ("passed >= 19/20", "passed >= 19/20"),
        ("satisfaction >= 4.0/5.0", "satisfaction >= 4.0/5.0"),
        ("checks = 100 %", "checks = 100 %"),
        ("approvals = 5/5", "approvals = 5/5"),
        ("duration <= 15m", "duration <= 15 min"),
        ("age <= 90d", "age <= 90 d"),
        // Signs and words.
        ("coverage ≥80%", "coverage >= 80 %"),
        ("ｃｏｖｅｒａｇｅ ＞＝ ８０％", "coverage >= 80 %"),
        ("replicas == 3", "replicas = 3"),
        ("restarts != 0", "restarts != 0"),
        ("replicas at least three", "replicas >= 3"),
        ("at most 5 open tickets", "<= 5 open tickets"),
        ("latency under 5 s", "latency < 5 s"),
        ("backup within 24 hours", "backup <= 24 h"),
        ("backup from last 24 hours", "backup <= 24 h"),
        ("response no more than 2 s", "response <= 2 s"),
        ("free memory no less than 2 GB", "free memory >= 2 GB"),
        ("CPU exceeds 70%", "CPU > 70 %"),
        ("CPU must be below 70%", "CPU < 70 %"),
        ("batch up to 1,000 rows", "batch <= 1000 rows"),
        ("Minimum: 2 instances", ">= 2 instances"),
        ("Interval: 30 seconds or less", "Interval <= 30 s"),
        ("Python 3.10+", "Python >= 3.10"),
        ("Frobnicator 3.10+", "Frobnicator version >= 3.10"),
        ("TLS 1.2+", "TLS >= 1.2"),
        ("error rate stable over 15 minutes", "error rate stable >= 15 min"),
        ("Error Rate > 10%?", "Error Rate > 10 %"),
        ("pool 50+", "pool >= 50"),
        ("1000+ emails/hour", ">= 1000 emails/h"),
        ("Link speed 1000Mb/s or higher", "Link speed >= 1000 Mbit/s"),
        ("> 10GB minimum", "> 10 GB"),
    ];
    prints(&cases);
}

#[test]
fn sets_and_what_follows_print_canonically() {
    let cases = [
        // Sets, ranges, words.
        ("ttl between 60 and 3600 s", "ttl between 60 s and 3600 s"),
        ("ttl in 60..3600 s", "ttl between 60 s and 3600 s"),
        ("HTTP status in 200/301", "HTTP status in 200, 301"),
        ("HTTP status in [200, 204]", "HTTP status in 200, 204"),
        ("version in +3.13", "version in 3.13"),
        ("state = \"ready\" at 5 users", "state = \"ready\" at 5 users"),
        ("load < 5 free : ( )", "load < 5 free"),
        ("grade in A, A+", "grade in A, A+"),
        ("bytes in in 5 or 6", "bytes in in 5, 6"),
        ("bytes in in 5, 6", "bytes in in 5, 6"),
        ("state = healthy", "state = healthy"),
        ("state != \"not ready, yet\"", "state != \"not ready, yet\""),
        ("state = healthy for 5m (all nodes)", "state = healthy for 5m (all nodes)"),
        // Counts without an operator.
        ("Zero production vulnerabilities", "production vulnerabilities = 0"),
        ("no failed jobs", "failed jobs = 0"),
        ("No dependency updates in last 48 hours", "dependency updates = 0 in last 48h"),
        ("all 20 tables exist", "tables exist = 20"),
        // Windows, scopes, remarks, labels.
        ("error rate > 1% sustained for >5 minutes", "error rate > 1 % for 5m"),
        ("error rate > 1% over 10m", "error rate > 1 % over 10m"),
        ("Service unavailable for > 5 minutes", "Service unavailable > 5 min"),
        ("Expected: CPU < 70% at 100 concurrent users", "CPU < 70 % at 100 concurrent users"),
        ("coverage >= 80% (92%)", "coverage >= 80 % (92 %)"),
        ("max-age >= 31536000 (1 year)", "max-age >= 31536000 (1 year)"),
        ("Response time (p95) > 10s for 5 minutes", "Response time (p95) > 10 s for 5m"),
        ("> 30 days remaining", "remaining > 30 d"),
        ("> 20GB free space", "free space > 20 GB"),
        ("no increase > 5 pp", "increase <= 5 pp"),
        ("< 500 ms", "< 500 ms"),
        ("错误率超过5%", "错误率 > 5 %"),
        ("错误率超过5%持续5m", "错误率 > 5 % for 5m"),
        ("错误率 > 5 % 持续 5 min", "错误率 > 5 % for 5m"),
        ("磁盘空间 5 GB 以上", "磁盘空间 >= 5 GB"),
        ("応答時間 200ms以下", "応答時間 <= 200 ms"),
        ("エラー 5未満", "エラー < 5"),
        ("the minimum is 20 GB", ">= 20 GB"),
        ("free disk: the minimum is 20 GB", "free disk >= 20 GB"),
        ("coverage >= 80% (Current: 98.28%)", "coverage >= 80 % (98.28 %)"),
    ];
    prints(&cases);
}

#[test]
fn what_only_begins_with_a_number_is_none() {
    prints(&[
        ("checksum = 8f14e45f", "checksum = \"8f14e45f\""),
        ("image != 7c2e1ab", "image != \"7c2e1ab\""),
        ("load <= 40 kW", "load <= 40 kW"),
        ("voltage between 207 and 253 V", "voltage between 207 V and 253 V"),
        ("key size >= 4096 bits", "key size >= 4096 bits"),
        ("fee <= 0.35 GBP", "fee <= 0.35 GBP"),
        ("kernel version >= 6.1.x", "kernel version >= 6.1.x"),
    ]);
    assert_eq!(
        flaw("bit error rate < 1e-9"),
        "17..21 `1e-9` is not a quantity; write the number out, such as `0.001`"
    );
    assert_eq!(
        flaw("users > 1.5 million"),
        "12..19 unexpected `million` after the value; write the number out, or with `k` or `M`: `1.5M`"
    );
    for text in ["burn rate < 14.4x", "burn rate below 2x"] {
        let flaw = flaw(text);
        assert!(
            flaw.ends_with("unknown unit `x`; write the multiple as a number alone: `2` for `2x`"),
            "{flaw}"
        );
    }
    for text in ["cost < €500", "cost < 500 €", "cost < $0.35"] {
        let flaw = flaw(text);
        assert!(
            flaw.ends_with("; write the currency as a word behind the number, such as `500 EUR`"),
            "{flaw}"
        );
    }
    // Help that would turn a speed into a time, or drop half of what is asked, is none.
    assert_eq!(
        flaw("wind < 20 m/s"),
        "11..13 unexpected `/s` after the value; what is measured stands before the operator, remarks in parentheses"
    );
    assert_eq!(
        flaw("response slower than 2 s"),
        "9..20 `slower than` is not an operator; write `<` or `>`: a fast answer takes little time"
    );
}

#[test]
fn what_is_older_is_a_longer_time_and_a_smaller_version() {
    prints(&[
        ("backup older than 24 h", "backup > 24 h"),
        ("backup newer than 24 h", "backup < 24 h"),
        ("certificate not older than 90 d", "certificate <= 90 d"),
        ("client version older than 3.9", "client version < 3.9"),
        ("client version newer than 3.9.1", "client version > 3.9.1"),
        ("client version no older than 3.9", "client version >= 3.9"),
        ("snapshot newer than 2026-12-01", "snapshot > 2026-12-01"),
    ]);
}

#[test]
fn a_denied_operator_is_turned_round() {
    prints(&[
        ("error rate not above 1%", "error rate <= 1 %"),
        ("error rate is never above 1%", "error rate <= 1 %"),
        ("error rate isn't over 1%", "error rate <= 1 %"),
        ("error rate isn’t over 1%", "error rate <= 1 %"),
        ("error rate must not exceed 1 %", "error rate <= 1 %"),
        ("error rate cannot exceed 1 %", "error rate <= 1 %"),
        ("error rate must not be > 1 %", "error rate <= 1 %"),
        ("error rate is not allowed to be above 1 %", "error rate <= 1 %"),
        ("error rate not to exceed 1 %", "error rate <= 1 %"),
        ("memory without exceeding 80 %", "memory <= 80 %"),
        ("not above 1 %", "<= 1 %"),
        ("never more than 3 pods", "<= 3 pods"),
        ("response no longer than 2 s", "response <= 2 s"),
        ("backup no older than 24 h", "backup <= 24 h"),
        ("queries: none older than 5 min", "queries <= 5 min"),
        ("availability does not drop below 99 %", "availability >= 99 %"),
        ("availability never falls below 99 %", "availability >= 99 %"),
        ("conversion no lower than 97 %", "conversion >= 97 %"),
        ("latency fails to stay below 500 ms", "latency >= 500 ms"),
        ("state is not = broken", "state != broken"),
        ("Fehler nicht mehr als 5", "Fehler <= 5"),
        ("Fehlerrate nicht über 5 %", "Fehlerrate <= 5 %"),
        ("errores no más de 5", "errores <= 5"),
        ("erreurs pas plus de 5", "erreurs <= 5"),
        ("load not not > 5", "load > 5"),
        ("no longer than 5 min", "<= 5 min"),
        ("no higher than 5 %", "<= 5 %"),
        ("no más de 5 errores", "<= 5 errores"),
        ("no increase in error rate > 1 %", "increase in error rate <= 1 %"),
        ("no drop in conversion below 97 %", "drop in conversion >= 97 %"),
        ("load has to be under 5 %", "load < 5 %"),
        ("exactly 3 replicas", "= 3 replicas"),
        ("must not upgrade less than 30 days after", "upgrade >= 30 d after"),
        ("pods must not restart more than 3 times", "pods restart <= 3 times"),
        // Here the denial is part of the metric.
        ("pods not ready = 0", "pods not ready = 0"),
        ("pods not ready for more than 5m", "pods not ready > 5 min"),
        ("hosts that do not answer < 3", "hosts that do not answer < 3"),
        ("hosts that do not drop < 3", "hosts that do not drop < 3"),
        ("build no >= 1042", "build no >= 1042"),
    ]);
    let ranges = [
        ("CPU 40–60 %", "CPU between 40 and 60 %"),
        ("CPU usage 40 % to 60 %", "CPU usage between 40 % and 60 %"),
        ("latency 5..10 ms", "latency between 5 and 10 ms"),
        ("latency 5ms - 10ms", "latency between 5ms and 10ms"),
    ];
    for (text, bar) in ranges {
        let help = format!("has no operator; both ends of a range follow `between`: `{bar}`");
        assert!(flaw(text).ends_with(&help), "{}", flaw(text));
    }
    assert!(!flaw("between Monday and Friday").contains("range") && !flaw("build a-2").contains("range"));
    assert_eq!(
        flaw("status not in 500, 502"),
        "11..13 what must not be `in` is no bar; say which values pass, or name each with `!=`"
    );
    assert_eq!(
        flaw("temperature is never between 5 and 10 °C"),
        "21..28 what must not be `between` is no bar; say which values pass, or name each with `!=`"
    );
}

fn bar(text: &str) -> Option<Threshold> {
    Some(Threshold::parse(text).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}")))
}

#[test]
fn builtin_metrics_are_exact_words() {
    let builtin = |text| bar(text)?.builtin();
    assert_eq!(builtin("checks = 100 %"), Some(Builtin::Checks));
    assert_eq!(builtin("age <= 90d"), Some(Builtin::Age));
    assert_eq!(builtin("backup age <= 90d"), None);
    assert_eq!(builtin("Checks = 100 %"), None);
}

#[test]
fn a_bar_is_read_under_its_metric() {
    let read = |metric, text| {
        Threshold::parse_for(metric, text).map(|t| t.to_string()).map_err(|flaw| flaw.to_string())
    };
    assert_eq!(read("error rate", "< 0.5 %"), Ok("error rate < 0.5 %".to_owned()));
    assert_eq!(read("error rate", "Error rate < 0.5 %"), Ok("error rate < 0.5 %".to_owned()));
    assert_eq!(read("HTTP status", "in 200/301"), Ok("HTTP status in 200, 301".to_owned()));
    assert_eq!(read("state", "= healthy"), Ok("state = healthy".to_owned()));
    assert_eq!(read("Validity", "> 30 days remaining"), Ok("Validity > 30 d remaining".to_owned()));
    assert_eq!(read("Chain", "complete").map_err(|_| ()), Err(()));
    assert_eq!(
        read("Where", "servers in Madrid, Paris"),
        Err("`servers` is not the metric `Where`".to_owned())
    );
}

#[test]
fn long_texts_take_linear_time() {
    let pieces = [
        "in ",
        "in 5, ",
        "of ",
        "for ",
        "no ",
        "a < ",
        "1,",
        "1.",
        "5 ",
        "(",
        "at 5 for ",
        "or ",
        "no increase ",
        "not ",
        "does not drop ",
        "between ",
        "5 ms for ",
        "all 20 ",
        "= a",
        "Expected: ",
        "超",
        "over 5 s over ",
    ];
    for piece in pieces {
        let text = piece.repeat(5_000);
        for text in
            [text.clone(), format!("x < 5 {text}"), format!("x in 5, {text}"), format!("{text} < 5 s")]
        {
            let _ = Threshold::parse(&text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_thresholds_read_back(
        metric in "([A-Za-z][a-z]{0,6} ){0,3}",
        operator in prop::sample::select(vec![
            "<", "<=", ">", ">=", "=", "!=", "≤", "at least", "under", "within", "exceeds", "no more than",
        ]),
        number in "[0-9]{1,4}(\\.[0-9]{1,2})?",
        unit in prop::sample::select(vec![
            "", "ms", "%", "GB", "d", "users", "req/s", "/20", "concurrent users", "months",
        ]),
        tail in prop::sample::select(vec![
            "", "for 5m", "over 10 minutes", "at 100 users for 1h", "(p95)", "in last 48 hours (x)", "of total",
        ]),
    ) {
        let text = format!("{metric}{operator} {number}{unit} {tail}");
        if let Ok(threshold) = Threshold::parse(&text) {
            prop_assert_eq!(Threshold::parse(&threshold.to_string()), Ok(threshold));
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}") {
        if let Ok(threshold) = Threshold::parse(&text) {
            prop_assert_eq!(Threshold::parse(&threshold.to_string()), Ok(threshold));
        }
    }

    #[test]
    fn shuffled_words_are_answered(words in prop::collection::vec(prop::sample::select(vec![
        "error", "rate", "no", "zero", "all", "20", "<", ">=", "=", "in", "between", "and", "5", "5 ms",
        "for", "5m", "over", "at least", "or less", "+", "(", ")", ",", "3.13", "version", "19/20",
        "status", "200", "A+", "of", "users", "is", ":", "-", "within", "last", "Expected:", "\"", "%",
        "increase", "to", "..", "minimum", "free", "the", "under", "/", "→", "超过", "Ｅ", "not",
    ]), 0..10), space in "[ ]?") {
        let text = words.join(&space);
        if let Ok(threshold) = Threshold::parse(&text) {
            prop_assert_eq!(Threshold::parse(&threshold.to_string()), Ok(threshold), "{}", text);
        }
    }
}
