//! Markdown: one line, blocks, a free page that every rule looks at, and a checklist that becomes a runbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runsheet_fuzz::import;
use runsheet_fuzz::model::parameter::Values;
use runsheet_fuzz::model::prose::{Prose, Text};
use runsheet_fuzz::source::Span;
use runsheet_fuzz::{ROSTER, RUNBOOK, SITE, judge};

fuzz_target!(|text: &str| {
    let mut values = Values::default();
    values.set("version", Some("`v1` *x*".to_owned()));
    values.set("blank", None);
    let line = text.lines().next().unwrap_or_default();
    let _ = Text::parse(line, Span::default(), &values).plain();
    let _ = Text::parse(text, Span::default(), &values).plain();
    let _ = Prose::parse(text, Span::default(), &values);
    judge(&[
        ("content/pages/a.md", text),
        ("content/roster.yaml", ROSTER),
        ("content/runbooks/a.yaml", RUNBOOK),
        ("content/site.yaml", SITE),
    ]);
    let imported = import::read(text, "Checklist", &[]).unwrap();
    judge(&[("content/runbooks/checklist.yaml", &imported.yaml), ("content/site.yaml", SITE)]);
});
