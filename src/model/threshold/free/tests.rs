//! Tests of criteria in free text; takes texts and looks at all of what comes back.

use proptest::prelude::*;

use super::read_free;

fn read(text: &str) -> Vec<String> {
    read_free(text)
        .iter()
        .map(|found| format!("{}{}", found.threshold, if found.inferred { " ?" } else { "" }))
        .collect()
}

#[test]
fn one_line_may_hold_several() {
    assert_eq!(read("Latency SLO: p95 <500ms, p99 <1s"), ["Latency SLO: p95 < 500 ms", "p99 < 1 s"]);
    assert_eq!(read("CPU > 70% OR Memory > 80%"), ["CPU > 70 %", "Memory > 80 %"]);
    assert_eq!(read("HTTP 200, Time <0.010s"), ["HTTP status in 200 ?", "Time < 0.010 s"]);
    assert_eq!(
        read("Availability ≥ 99.5%; error rate < 2%."),
        ["Availability >= 99.5 %", "error rate < 2 %"]
    );
}

#[test]
fn labels_and_parentheses_are_passed() {
    assert_eq!(
        read("- [ ] **Expected:** CPU usage < 30% (before traffic)"),
        ["CPU usage < 30 % (before traffic)"]
    );
    assert_eq!(read("Error Rate (should be < 1%)"), ["Error Rate < 1 %"]);
    assert_eq!(read("Rollback Trigger: If <19/20 tests pass, evaluate"), ["< 19/20 tests pass"]);
    assert_eq!(read("Test coverage ≥ 80% (92%)"), ["Test coverage >= 80 % (92 %)"]);
    assert_eq!(read("Error rate > 10%\n  for 5 minutes"), ["Error rate > 10 % for 5m"]);
}

#[test]
fn operators_may_be_inferred() {
    assert_eq!(read("Threshold: 50% of total available"), ["total available >= 50 % ?"]);
    assert_eq!(read("Error Threshold: 1%"), ["Error <= 1 % ?"]);
    assert_eq!(read("Availability SLO: 99.9% uptime"), ["Availability >= 99.9 % ?"]);
    assert_eq!(read("All tests passing (755/755)"), ["All tests passing = 755/755 ?"]);
    assert_eq!(read("Max instances: 10 (cost control)"), ["instances <= 10 ?"]);
    assert_eq!(read("backup at least every 120 minutes"), ["backup interval <= 120 min ?"]);
    assert_eq!(read("CTO decision → IMMEDIATE"), ["response time <= 0 min ?"]);
    assert_eq!(read("exit code 0"), ["exit code = 0 ?"]);
    assert_eq!(read("6 times"), ["= 6 times ?"]);
}

#[test]
fn what_only_looks_like_a_criterion_is_left() {
    for text in [
        "24/7 support",
        "Sev 1/2",
        "P1/P2",
        "v1.1.0 deployed",
        "T+30 min",
        "Route 100% traffic",
        "18/10/2025",
        "5/5 checks",
        "All nodes healthy",
        "Retention: 90 days",
        "No orphaned records",
        "Monitor every 15 minutes",
        "client -> server",
        "CPU > ____ %",
        "a => 5",
        "latency < 5 mss",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn ranges_point_into_the_text() {
    let text = "ＣＰＵ ＞ ７０％, memory > 80 %";
    let ranges: Vec<&str> = read_free(text).iter().map(|found| &text[found.range.clone()]).collect();
    assert_eq!(ranges, ["ＣＰＵ ＞ ７０％", "memory > 80 %"]);
}

#[test]
fn long_texts_take_linear_time() {
    for piece in [
        "(< 5 ",
        "all 5 (",
        "a < 5 and ",
        "zero ",
        "no ",
        "(5/5) ",
        "HTTP 200 ",
        ", ",
        "(",
        "x; ",
        "at least ",
    ] {
        let _ = read_free(&piece.repeat(20_000));
        let _ = read_free(&piece.repeat(90));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,80}") {
        for found in read_free(&text) {
            prop_assert!(text.get(found.range.clone()).is_some(), "{:?} in {}", found.range, text);
        }
    }

    #[test]
    fn shuffled_words_are_answered(words in prop::collection::vec(prop::sample::select(vec![
        "error", "rate", "no", "zero", "all", "20", "<", ">=", "=", "in", "between", "and", "5", "5 ms",
        "for", "5m", "over", "at least", "or less", "+", "(", ")", ",", "3.13", "version", "19/20",
        "5/5", "status", "HTTP", "200", "→", "Target:", "100%", "max", ":", ". ", "every", "exit", "＜",
    ]), 0..12)) {
        let text = words.join(" ");
        for found in read_free(&text) {
            prop_assert!(text.get(found.range.clone()).is_some(), "{:?} in {}", found.range, text);
        }
    }
}
