//! What is said of a text that is no threshold, and where it leads.

use super::flaw;

#[test]
fn what_is_more_than_a_threshold_says_so() {
    assert_eq!(
        flaw("HTTP 200, time < 5 s"),
        "0..8 `HTTP 200` is a threshold of its own; write one threshold a line: `HTTP status in 200` and `time < 5 s`"
    );
    assert_eq!(
        flaw("p95 < 500 ms, p99 < 1 s"),
        "12..13 unexpected `,` after the value; write one threshold a line: `p95 < 500 ms` and `p99 < 1 s`"
    );
    assert_eq!(
        flaw("SQL backup created (> 500MB)"),
        "19..20 the parenthesis is not closed before the operator; write `SQL backup created > 500 MB`"
    );
    assert_eq!(flaw("HTTP 200"), "0..8 `HTTP 200` has no operator; write `HTTP status in 200`");
}

#[test]
fn levels_in_one_line_lead_to_the_long_form() {
    let levels = [
        ("Error rate: Target <2%, Critical >5%", r#"metric: Error rate, pass: "< 2 %", abort: "> 5 %""#),
        (
            "error rate < 0.5 %; warning < 1 %; abort > 10 % for 5m",
            r#"metric: error rate, pass: "< 0.5 %", warn: "< 1 %", abort: "> 10 % for 5m""#,
        ),
        // A warning that is bad when true notes what lies before the abort.
        (
            "Warning: lag > 10 s, Critical: lag > 60 s",
            r#"metric: lag, pass: "<= 10 s", warn: "<= 60 s", abort: "> 60 s""#,
        ),
        ("Normal < 70 %, warning 70-90 %, critical > 90 %", r#"metric: …, pass: "< 70 %", abort: "> 90 %""#),
    ];
    for (text, long) in levels {
        let help = format!("; write one threshold with levels: `{{ {long} }}`");
        assert!(flaw(text).ends_with(&help), "{}", flaw(text));
    }
    // Another metric, a level twice, bars that overlap: these are no levels of one metric.
    for text in [
        "error rate < 2 %, critical findings < 5",
        "target < 2 %, goal < 3 %, critical lag > 5 s",
        "target < 2 %, critical > 1 %",
    ] {
        assert!(!flaw(text).contains("levels"), "{}", flaw(text));
    }
}

#[test]
fn help_leads_to_the_bar_that_is_meant() {
    assert_eq!(
        flaw("backup every 15 min"),
        "0..19 `backup every 15 min` has no operator; how often is told by `every`; as a bar it is `backup interval <= 15 min`"
    );
    assert_eq!(
        flaw("clock offset ± 5 ms"),
        "0..20 `clock offset ± 5 ms` has no operator; write both ends: `clock offset between -5 and 5 ms`"
    );
    assert_eq!(
        flaw("error rate < 1 % sustained"),
        "17..26 unexpected `sustained` after the value; say for how long: `for 5m`"
    );
    assert_eq!(
        flaw("resolved in 2 business days"),
        "12..23 `in` needs a set or a range, `2 business` is one value; write a metric, an operator and a value, such as `error rate < 1 %`"
    );
}

#[test]
fn what_is_no_threshold_says_why() {
    assert_eq!(flaw("latency < 5 mss"), "12..15 unknown unit `mss`; did you mean `ms`?");
    assert_eq!(flaw("latency = 5 mss"), "12..15 unknown unit `mss`; did you mean `ms`?");
    assert_eq!(
        flaw("light level > -10 dBm"),
        "18..21 unknown unit `dBm`; write the unit into the metric, such as `level in dBm < 5`"
    );
    assert_eq!(flaw("rate < 99,5 %"), "7..11 `99,5` is not a number; write `99.5`");
    assert_eq!(flaw("rate < 1.000,5 /s"), "7..14 `1.000,5` is not a number; write `1000.5`");
    assert_eq!(flaw("ｒａｔｅ ＜ ９９，５ ％"), "17..29 `99,5` is not a number; write `99.5`");
    assert_eq!(
        flaw("all nodes healthy"),
        "0..17 `all nodes healthy` has no operator; write a metric, an operator and a value, such as `error rate < 1 %`"
    );
    assert_eq!(
        flaw("latency < fast"),
        "10..14 `fast` is not a quantity; a quantity is a number with its unit, such as `500 ms`"
    );
    assert_eq!(
        flaw("latency < 5 ms quickly"),
        "15..22 unexpected `quickly` after the value; what is measured stands before the operator, remarks in parentheses"
    );
    assert_eq!(
        flaw("rate > 1 % for 5"),
        "15..16 `5` has no unit of time; write `5m` for minutes or `5h` for hours"
    );
    assert_eq!(
        flaw("ttl between 60 s"),
        "16..16 the end of the range is missing; write `between 60 and 3600 s`"
    );
    assert_eq!(
        flaw("rate (should be < 5 %)"),
        "5..6 the parenthesis is not closed before the operator; write `rate < 5 %`"
    );
    assert_eq!(flaw("rate < 5 % (of all"), "11..12 the parenthesis is not closed; write `rate < 5 %`");
    assert_eq!(
        flaw("= healthy"),
        "2..9 `healthy` is not a quantity; a quantity is a number with its unit, such as `500 ms`"
    );
    assert_eq!(
        flaw(" "),
        "0..0 a threshold is missing; write a metric, an operator and a value, such as `error rate < 1 %`"
    );
    assert_eq!(
        flaw("a < 5 < 6"),
        "6..7 unexpected `<` after the value; what is measured stands before the operator, remarks in parentheses"
    );
}
