//! Journals: the text as the journal of a release with a small runbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runsheet_fuzz::{RELEASE, ROSTER, RUNBOOK, SITE, judge};

fuzz_target!(|text: &str| {
    judge(&[
        ("content/releases/r.journal.yaml", text),
        ("content/releases/r.yaml", RELEASE),
        ("content/roster.yaml", ROSTER),
        ("content/runbooks/a.yaml", RUNBOOK),
        ("content/site.yaml", SITE),
    ]);
});
