//! Tests of quantities; takes texts and looks at all of what comes back.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::{Dimension, Quantity};

fn read(text: &str) -> Quantity {
    Quantity::parse(text).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"))
}

fn flaw(text: &str) -> String {
    match Quantity::parse(text) {
        Ok(quantity) => panic!("{text} reads as {quantity}"),
        Err(flaw) => format!("{:?} {}; {}", flaw.range, flaw.message, flaw.help.unwrap_or_default()),
    }
}

#[test]
fn quantities_print_canonically() {
    let cases = [
        ("500ms", "500 ms"),
        ("500 milliseconds", "500 ms"),
        ("1.5GB", "1.5 GB"),
        ("1.50 gb", "1.50 GB"),
        ("4 GiB", "4 GiB"),
        ("95%", "95 %"),
        ("９５％", "95 %"),
        ("95 percent", "95 %"),
        ("5 percentage points", "5 pp"),
        ("19/20", "19/20"),
        ("19 of 20", "19/20"),
        ("19/20 tests", "19/20 tests"),
        ("4.0/5.0", "4.0/5.0"),
        ("3.13", "3.13"),
        ("3.10", "3.10"),
        ("1.2.3", "1.2.3"),
        ("v1.4.0-rc1", "v1.4.0-rc1"),
        ("3.11.x", "3.11.x"),
        ("2027-03-01", "2027-03-01"),
        ("1,000", "1000"),
        ("1,234,567.8", "1234567.8"),
        ("5k", "5000"),
        ("1.5M users", "1500000 users"),
        (".5 s", "0.5 s"),
        ("-5 °C", "-5 °C"),
        ("1h30m", "90 min"),
        ("2m30s", "150 s"),
        ("1 week", "1 week"),
        ("2 w", "2 weeks"),
        ("50 RPS", "50 req/s"),
        ("600 requests/minute", "600 req/min"),
        ("600 requests per minute", "600 req/min"),
        ("1000 emails/hour", "1000 emails/h"),
        ("5/s", "5 /s"),
        ("1000Mb/s", "1000 Mbit/s"),
        ("1 Gbps", "1 Gbit/s"),
        ("20 MB/s", "20 MB/s"),
        ("50 packages", "50 packages"),
        ("100 concurrent users", "100 concurrent users"),
        ("3 VMs", "3 VMs"),
        ("ten jobs", "10 jobs"),
        ("300 μs", "300 µs"),
        ("5m", "5 min"),
    ];
    for (text, printed) in cases {
        assert_eq!(read(text).to_string(), printed, "{text}");
    }
}

#[test]
fn what_is_no_quantity_says_why() {
    assert_eq!(flaw("5 msc"), "2..5 unknown unit `msc`; did you mean `ms`?");
    assert_eq!(flaw("5 mss"), "2..5 unknown unit `mss`; did you mean `ms`?");
    assert_eq!(flaw("5 Mb"), "2..4 unknown unit `Mb`; did you mean `MB`?");
    assert_eq!(flaw("5 secnds"), "2..8 unknown unit `secnds`; did you mean `seconds`?");
    assert_eq!(flaw("24H"), "2..3 unknown unit `H`; did you mean `h`?");
    assert_eq!(flaw("5 xq"), "2..4 unknown unit `xq`; ");
    assert_eq!(flaw("99,5 %"), "0..4 `99,5` is not a number; write `99.5`");
    assert_eq!(flaw("９９，５"), "0..12 `99,5` is not a number; write `99.5`");
    assert_eq!(
        flaw("1,000,00"),
        "0..8 `1,000,00` is not a number; a comma groups digits by three; decimals follow a point"
    );
    assert_eq!(flaw("5/0"), "2..3 a ratio over zero has no value; ");
    assert_eq!(
        flaw("2027-02-30"),
        "0..10 there is no date `2027-02-30`; a date is a year, a month and a day, such as `2027-03-01`"
    );
    assert_eq!(
        flaw("PASS"),
        "0..4 `PASS` is not a quantity; a quantity is a number with its unit, such as `500 ms`"
    );
    assert_eq!(flaw("5 ms late"), "5..9 unexpected `late` after `5 ms`; ");
    assert_eq!(flaw("50+"), "0..3 `50+` is a bar, not a value; write `>= 50` for a bar, `50` for a value");
    assert_eq!(
        flaw("1234567890123456789012"),
        "0..22 the number `1234567890123456789012` is too long; a number has at most 18 digits"
    );
    assert_eq!(flaw("999999999999999999M"), "0..19 `999999999999999999M` is too large; ");
    assert_eq!(
        flaw(""),
        "0..0 a quantity is missing; a quantity is a number with its unit, such as `500 ms`"
    );
}

fn compare(left: &str, right: &str) -> Result<Ordering, String> {
    read(left).compare(&read(right)).map_err(|mismatch| mismatch.to_string())
}

#[test]
fn one_dimension_converts() {
    use Ordering::{Equal, Greater, Less};
    let cases = [
        ("0.5 s", "500 ms", Equal),
        ("480ms", "0.5 s", Less),
        ("9 d", "1 week", Greater),
        ("12 months", "1 year", Equal),
        ("365 d", "1 year", Equal),
        ("1 GiB", "1 GB", Greater),
        ("19/20", "95 %", Equal),
        ("38/40", "19/20", Equal),
        ("4.2/5.0", "4.0/5.0", Greater),
        ("60 rpm", "1 req/s", Equal),
        ("1 MB/s", "8 Mbit/s", Equal),
        ("1 package", "2 packages", Less),
        ("100 users", "100 concurrent users", Equal),
        ("50", "50 packages", Equal),
        ("v3.9", "v3.13", Less),
        ("1.4.0-rc1", "1.4.0", Less),
        ("1.4.0-rc2", "1.4.0-rc10", Less),
        ("v3.13", "3.13", Equal),
        ("2027-03-01", "2026-12-31", Greater),
        ("0.1 %", "0.10 %", Equal),
        ("999999999999999999 years", "999999999999999999 ns", Greater),
    ];
    for (left, right, order) in cases {
        assert_eq!(compare(left, right), Ok(order), "{left} to {right}");
        assert_eq!(compare(right, left), Ok(order.reverse()), "{right} to {left}");
    }
}

#[test]
fn other_dimensions_do_not() {
    let cases = [
        ("480 MB", "500 ms", "`480 MB` is an amount of data, `500 ms` is a duration"),
        ("5 users", "5 packages", "`5 users` is a number of users, `5 packages` is a number of packages"),
        ("5", "5 s", "`5` is a count, `5 s` is a duration"),
        ("5 pp", "5 %", "`5 pp` is a difference in percentage points, `5 %` is a percentage"),
        ("1.2.3", "5 s", "`1.2.3` is a version, `5 s` is a duration"),
        ("19", "19/20", "`19` is a count, `19/20` is a ratio"),
    ];
    for (left, right, message) in cases {
        assert_eq!(compare(left, right), Err(message.to_owned()));
    }
}

#[test]
fn program_values_have_their_dimension() {
    assert_eq!(Quantity::ratio(19, 20).map(|q| q.to_string()), Some("19/20".to_owned()));
    assert_eq!(Quantity::ratio(0, 0), None);
    assert_eq!(Quantity::days(9).dimension(), Dimension::Duration);
    assert_eq!(Quantity::seconds(90).to_string(), "90 s");
    assert_eq!(Quantity::count(3).unit(), None);
    assert_eq!(read("3 GB").unit(), Some("GB".to_owned()));
}

#[test]
fn long_texts_take_linear_time() {
    for piece in ["1", "1,000,", "1.", "v1.", "a", "1h", "/5", "１", "5 of "] {
        let text = piece.repeat(20_000);
        let _ = Quantity::parse(&text);
        let _ = Quantity::parse(&format!("5 {text}"));
    }
}

fn number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?"
}

fn written() -> impl Strategy<Value = String> {
    let unit = prop::sample::select(vec![
        "",
        "ms",
        "s",
        "min",
        "h",
        "d",
        "weeks",
        "months",
        "years",
        "µs",
        "ns",
        "B",
        "kB",
        "MB",
        "GB",
        "TB",
        "KiB",
        "MiB",
        "GiB",
        "%",
        "pp",
        "°C",
        "Mbit/s",
        "MB/s",
        "req/s",
        "/min",
        "emails/h",
        "packages",
        "concurrent users",
        "failed jobs",
    ]);
    prop_oneof![
        (number(), unit).prop_map(|(number, unit)| format!("{number} {unit}")),
        ("[0-9]{1,6}(\\.[0-9])?", "[1-9][0-9]{0,5}(\\.[0-9])?").prop_map(|(a, b)| format!("{a}/{b}")),
        "v?[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}(-rc[0-9]{1,2})?",
        "20[0-9]{2}-0[1-9]-[0-2][1-8]",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_quantities_read_back(text in written()) {
        let quantity = Quantity::parse(&text);
        prop_assert!(quantity.is_ok(), "{}: {:?}", text, quantity);
        if let Ok(quantity) = quantity {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }

    #[test]
    fn comparison_agrees_with_conversion(a in 0_i64..1_000_000, b in 0_i64..1_000_000, unit in 0_usize..6) {
        let (small, large, factor) = [
            ("ms", "s", 1000), ("s", "min", 60), ("min", "h", 60), ("kB", "MB", 1000),
            ("KiB", "MiB", 1024), ("h", "d", 24),
        ][unit];
        let (left, right) = (read(&format!("{a} {small}")), read(&format!("{b} {large}")));
        prop_assert_eq!(left.compare(&right), Ok(a.cmp(&(b * factor))));
    }

    #[test]
    fn ratios_compare_as_fractions(a in 0_i64..100_000, b in 1_i64..100_000, c in 0_i64..100_000, d in 1_i64..100_000) {
        let (left, right) = (read(&format!("{a}/{b}")), read(&format!("{c}/{d}")));
        prop_assert_eq!(left.compare(&right), Ok((a * d).cmp(&(c * b))));
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}") {
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }

    #[test]
    fn near_texts_are_answered(text in "[0-9vkM.,/+% -]{0,12}[a-zA-Zµ°/ ]{0,8}[0-9]{0,3}[smhd%]?") {
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }
}
