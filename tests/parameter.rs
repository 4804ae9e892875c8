//! Parameters in texts: with a value it is filled in, without one it is a blank, in everything that is made.

use runsheet::config;
use runsheet::model;
use runsheet::record::{self, Options};
use runsheet::source::{Kind, Source, Sources};
use runsheet::view::{self, DocumentRef};

const ROSTER: &str = "\
people:
  ana: { name: Ana Ruiz, email: ana@example.org }
roles:
  lead: { title: Deployment lead, holder: ana }
";

/// The record of the only release among these files, in which nothing may be wrong.
fn record(files: &[(&str, &str)]) -> String {
    let rest = [("site", "title: Example\n"), ("roster", ROSTER)];
    let source = |(name, text): &(&str, &str)| {
        let kind = match *name {
            "site" => Kind::Site,
            "roster" => Kind::Roster,
            name if name.starts_with("runbooks/") => Kind::Runbook,
            name if name.ends_with(".journal") => Kind::Journal,
            _ => Kind::Release,
        };
        Source::new(format!("content/{name}.yaml"), kind, (*text).to_owned())
    };
    let sources = Sources::new(rest.iter().chain(files).map(source).collect());
    let (config, _) = config::load(&sources);
    let (library, found) = model::load(&sources, "UTC");
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, [""; 0]);
    let document = view::shape(&library, &sources, &config, None).document(DocumentRef::Release(0));
    record::render(&document, &Options::default())
}

/// The lines that have one of these words.
fn lines(text: &str, words: &[&str]) -> Vec<String> {
    let wanted = |line: &&str| words.iter().any(|word| line.contains(word));
    text.lines().filter(wanted).map(str::to_owned).collect()
}

/// What a parameter stands for reads the same wherever it is written, and is no part of an id.
#[test]
fn labels_metrics_and_revisions_name_parameters() {
    let runbook = "\
title: Orders API
revision: '1.{{ region }}'
parameters: { region: { example: eu }, most: { example: 50 } }
sections:
  - title: Readiness
    owner: lead
    checks:
      - title: Latency
        thresholds: ['p95 in {{ region }} < {{ most }} ms']
        fields: { 'p99 in {{ region }}': '< {{ most }} ms' }
    triggers: ['errors in {{ region }} > {{ most }}']
";
    let seen = |plan: &str| {
        let journal = "- { at: 2026-12-01T08:00:00Z, by: ana, trigger: errors-in-region, is: fired }\n";
        lines(
            &record(&[
                ("runbooks/orders-api", runbook),
                ("releases/v1", plan),
                ("releases/v1.journal", journal),
            ]),
            &["p9", "Revision", "- Trigger"],
        )
    };
    let open = seen("runbook: orders-api\nversion: v1\n");
    let given = seen("runbook: orders-api\nversion: v1\nparameters: { region: us, most: 9 }\n");
    assert_eq!(
        open,
        [
            "| Revision | 1.‹region› |",
            "  - p95 in ‹region› `< ‹most› ms`",
            "  - p99 in ‹region› `< ‹most› ms`",
            "- Trigger errors in ‹region› &gt; ‹most›: **fired** (fired, 2026-12-01 08:00 by Ana Ruiz)",
        ]
    );
    assert_eq!(
        given,
        [
            "| Revision | 1.us |",
            "  - p95 in us `< 9 ms`",
            "  - p99 in us `< 9 ms`",
            "- Trigger errors in us &gt; 9: **fired** (fired, 2026-12-01 08:00 by Ana Ruiz)",
        ]
    );
}

/// A value that is made of one that is not there yet waits with it, and its names are those of its own runbook.
#[test]
fn what_is_made_of_a_blank_is_one() {
    let runbook = "\
title: Orders API
parameters: { host: { example: a.example }, most: { example: 5 }, limit: { default: '{{ most }}0' } }
sections:
  - { title: Readiness, owner: lead, checks: { title: Latency, thresholds: 'p95 < {{ limit }} ms' } }
  - { use: common.yaml#taken, with: { server: 'db.{{ host }}', days: '{{ most }}' } }
";
    let common = "\
title: Common
parameters: { server: Server, days: Days, host: { default: other.example } }
sections:
  - title: Taken
    owner: lead
    checks: { title: 'On {{ server }}', thresholds: 'validity > {{ days }} d' }
";
    let seen = |plan: &str| {
        let files = [("runbooks/common", common), ("runbooks/orders-api", runbook), ("releases/v1", plan)];
        lines(&record(&files), &["p95 `", "[ ] 2.1 On", "validity `"])
    };
    assert_eq!(
        seen("runbook: orders-api\nversion: v1\n"),
        [
            "  - p95 `< ‹most›0 ms`",
            "- [ ] 2.1 On db.‹host› <!-- item on-server -->",
            "  - validity `> ‹most› d`"
        ]
    );
    assert_eq!(
        seen("runbook: orders-api\nversion: v1\nparameters: { host: b.example, most: 9 }\n"),
        ["  - p95 `< 90 ms`", "- [ ] 2.1 On db.b.example <!-- item on-server -->", "  - validity `> 9 d`"]
    );
}
