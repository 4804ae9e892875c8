//! Thresholds and quantities. The first line is the threshold, the second the actual value.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runsheet_fuzz::model::quantity::Quantity;
use runsheet_fuzz::model::threshold::{Threshold, read_free};

fuzz_target!(|text: &str| {
    let (bar, actual) = text.split_once('\n').unwrap_or((text, "1"));
    for criterion in read_free(text) {
        assert!(text.get(criterion.range.clone()).is_some(), "{criterion:?} cuts a character");
        try_out(&criterion.threshold, actual);
    }
    for threshold in [Threshold::parse(bar), Threshold::parse_for("error rate", bar)].iter().flatten() {
        try_out(threshold, actual);
    }
    for text in [bar, actual] {
        let Ok(quantity) = Quantity::parse(text) else { continue };
        let again = Quantity::parse(&quantity.to_string());
        assert_eq!(again.as_ref(), Ok(&quantity), "{text:?} printed as {quantity}");
    }
});

fn try_out(threshold: &Threshold, actual: &str) {
    let _ = threshold.evaluate(actual);
    let _ = threshold.impossible();
    let _ = threshold.overlaps(threshold);
    let _ = threshold.gap(threshold);
    let _ = threshold.bar();
}
