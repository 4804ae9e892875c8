//! Tests of times; takes texts and looks at all of what comes back.

use proptest::prelude::*;

use super::{Duration, DurationRange, Moment};

fn length(text: &str) -> String {
    match Duration::parse(text) {
        Ok(length) => format!("{length} = {}", length.seconds()),
        Err(flaw) => format!("{:?} {}; {}", flaw.range, flaw.message, flaw.help.unwrap_or_default()),
    }
}

#[test]
fn lengths_are_whole_seconds() {
    let read = |text| length(text);
    assert_eq!(read("15m"), "15m = 900");
    assert_eq!(read("1h30m"), "1h30m = 5400");
    assert_eq!(read("1h 30 min"), "1h30m = 5400");
    assert_eq!(read("24h"), "24h = 86400");
    assert_eq!(read("72h"), "72h = 259200");
    assert_eq!(read("73h"), "3d1h = 262800");
    assert_eq!(read("2 hours"), "2h = 7200");
    assert_eq!(read("0m"), "0m = 0");
    assert_eq!(read("1.5 hours"), "1h30m = 5400");
    assert_eq!(read("7 d"), "7d = 604800");
    assert_eq!(read("2 weeks"), "14d = 1209600");
    assert_eq!(read("90d"), "90d = 7776000");
    assert_eq!(read("45s"), "45s = 45");
    assert_eq!(read("five minutes"), "5m = 300");
    assert_eq!(read("１５ｍ"), "15m = 900");
}

#[test]
fn what_is_no_length_says_why() {
    assert_eq!(length("1:30"), "0..4 `1:30` is a time of the clock; write `1h30m` for hours and minutes");
    assert_eq!(length("15"), "0..2 `15` has no unit of time; write `15m` for minutes or `15h` for hours");
    assert_eq!(
        length("5 GB"),
        "0..4 `5 GB` is an amount of data, not a duration; a duration is written as `15m`, `1h30m` or `24h`"
    );
    assert_eq!(length("5 hors"), "2..6 unknown unit `hors`; did you mean `hours`?");
    assert_eq!(length("500ms"), "0..5 `500ms` is not a whole number of seconds; ");
    assert_eq!(length("-5m"), "0..3 `-5m` is negative; ");
    assert_eq!(length("1h later"), "3..8 unexpected `later` after `1h`; ");
    assert_eq!(length("900 years"), "0..9 `900 years` is longer than a century; ");
    assert_eq!(
        length("soon"),
        "0..4 `soon` is not a duration; a duration is written as `15m`, `1h30m` or `24h`"
    );
    assert_eq!(length("30m-60m"), "0..7 `30m-60m` is a range; one duration is wanted here: `30m` or `1h`");
    assert_eq!(length(""), "0..0 a duration is missing; a duration is written as `15m`, `1h30m` or `24h`");
}

fn range(text: &str) -> String {
    match DurationRange::parse(text) {
        Ok(range) => range.to_string(),
        Err(flaw) => format!("{:?} {}; {}", flaw.range, flaw.message, flaw.help.unwrap_or_default()),
    }
}

#[test]
fn ranges_have_two_ends() {
    assert_eq!(range("3h..4h"), "3h..4h");
    assert_eq!(range("30m..60m"), "30m..1h");
    assert_eq!(range("30..60m"), "30m..1h");
    assert_eq!(range("2-4 weeks"), "14d..28d");
    assert_eq!(range("3h – 4h"), "3h..4h");
    assert_eq!(range("3 to 4 hours"), "3h..4h");
    assert_eq!(range("1h-2h"), "1h..2h");
    assert_eq!(range("1h30m - 2h"), "1h30m..2h");
    assert_eq!(range("15m"), "15m");
    assert_eq!(range("4h..3h"), "0..6 the range ends before it starts; write `3h..4h`");
    assert_eq!(range("4..3"), "3..4 `3` has no unit of time; write `3m` for minutes or `3h` for hours");
    assert_eq!(range("3h.."), "4..4 a duration is missing; a duration is written as `15m`, `1h30m` or `24h`");
}

fn moment(text: &str) -> String {
    match Moment::parse(text) {
        Ok(moment) => moment.to_string(),
        Err(flaw) => format!("{:?} {}", flaw.range, flaw.message),
    }
}

#[test]
fn moments_are_clock_times_or_offsets() {
    assert_eq!(moment("08:05"), "08:05");
    assert_eq!(moment("8:05"), "08:05");
    assert_eq!(moment("T-24h"), "T-24h");
    assert_eq!(moment("T−24h"), "T-24h");
    assert_eq!(moment("T + 15 min"), "T+15m");
    assert_eq!(moment("T"), "T");
    assert_eq!(moment("T+0"), "T");
    assert_eq!(moment("T-0m"), "T");
    assert_eq!(moment("T+1h30m"), "T+1h30m");
    assert_eq!(Moment::parse("T-1h").map(Moment::offset), Ok(Some(-3600)));
    assert_eq!(Moment::parse("23:59"), Ok(Moment::Clock { hour: 23, minute: 59 }));
    assert_eq!(moment("24:00"), "0..5 there is no time `24:00`");
    assert_eq!(moment("08:5"), "0..4 `08:5` is not a time of the schedule");
    assert_eq!(moment(" noon"), "1..5 `noon` is not a time of the schedule");
    assert_eq!(moment("T-5"), "2..3 `5` has no unit of time");
    assert_eq!(moment("T5m"), "0..3 `T5m` is not a time of the schedule");
    assert_eq!(moment(""), "0..0 a time is missing");
    assert_eq!(moment("8"), "0..1 `8` is not a time of the schedule");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_lengths_read_back(seconds in 0_u64..3_000_000_000) {
        let length = Duration::from_seconds(seconds);
        prop_assert_eq!(Duration::parse(&length.to_string()), Ok(length));
    }

    #[test]
    fn printed_ranges_read_back(least in 0_u64..10_000_000, more in 0_u64..10_000_000) {
        let (least, most) = (Duration::from_seconds(least), Duration::from_seconds(least + more));
        let range = DurationRange { least, most };
        prop_assert_eq!(DurationRange::parse(&range.to_string()), Ok(range));
    }

    #[test]
    fn printed_moments_read_back(seconds in -3_000_000_000_i64..3_000_000_000) {
        let moment = Moment::Offset { seconds };
        prop_assert_eq!(Moment::parse(&moment.to_string()), Ok(moment));
    }

    #[test]
    fn any_text_is_answered(text in "[T0-9:+. hmsd…–０-９-]{0,20}") {
        let _ = (Duration::parse(&text), DurationRange::parse(&text), Moment::parse(&text));
    }
}
