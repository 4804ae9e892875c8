//! YAML: the reader, the decoder of each kind of document, and a whole site around the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runsheet_fuzz::model::document::{Release, Roster, Runbook};
use runsheet_fuzz::source::{FileId, decode, parse, parse_line};
use runsheet_fuzz::{RELEASE, ROSTER, SITE, judge};

fuzz_target!(|text: &str| {
    let mut faults = Vec::new();
    if let Some(node) = parse(FileId(0), text, &mut faults) {
        let _ = decode::<Runbook>(&node, &mut faults);
        let _ = decode::<Roster>(&node, &mut faults);
        let _ = decode::<Release>(&node, &mut faults);
    }
    let line = text.lines().next().unwrap_or_default();
    let _ = parse_line(FileId(0), 0, line, &mut faults);
    judge(&[
        ("content/releases/r.yaml", RELEASE),
        ("content/roster.yaml", ROSTER),
        ("content/runbooks/a.yaml", text),
        ("content/site.yaml", SITE),
    ]);
});
