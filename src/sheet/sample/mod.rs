//! A document with every kind of content, for the tests of the sheet.

mod part;

use part::*;

use std::sync::Arc;

use crate::view::*;

/// A runbook with every kind of content.
pub(super) fn runbook() -> Document {
    let fact = |label, value: &str| HeadFact { label, value: words(value) };
    let head = Head {
        name: "orders".into(),
        path: "runbooks/orders.html".into(),
        source: "content/runbooks/orders.yaml".into(),
        title: words("Orders API: production deployment"),
        status: Status::Draft,
        facts: vec![
            fact("product", "Orders API"),
            fact("environment", "production"),
            fact("revision", "1.2"),
            fact("owner", "Deployment lead"),
            fact("duration", "3 to 4 h"),
        ],
        product: "Orders API".into(),
        environment: "production".into(),
        revision: "1.2".into(),
        summary: para("Brings a release of Orders into production, with a way back at every step."),
        escalation: vec![Escalation {
            role: role("on-call", "On-call engineer"),
            within: Some("15 min".into()),
            after: Some("0m".into()),
            about: words("first look"),
        }],
        seal: "7f3a-91c2-0b4d-e811".into(),
        ..Head::default()
    };
    Document {
        head: Arc::new(head),
        about: vec![],
        parameters: parameters(),
        severities: vec![Severity {
            name: "critical".into(),
            means: words("Service down, data loss or breach"),
            respond: Some("0 min".into()),
            actions: vec![Action::Rollback],
        }],
        sections: sections(),
        timeline: None,
        history: vec![HistoryEntry {
            date: Some("2026-10-01".into()),
            revision: Some("1.1".into()),
            author: Some(role("platform", "Platform team")),
            change: para("Added replica checks"),
        }],
        backlinks: vec![],
        voices: Voices::default(),
    }
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter {
            name: "version".into(),
            about: words("Release tag"),
            example: Some("v1.4.0".into()),
            value: None,
        },
        Parameter {
            name: "domain".into(),
            about: words("Public host name"),
            example: None,
            value: Some("api.example.org".into()),
        },
    ]
}

fn steps() -> Vec<Item> {
    let mut rich = vec![item("stop", "2.1", "Stop the workers")];
    rich[0].step = true;
    rich[0].run = Some(Code {
        language: "bash".into(),
        on: vec![],
        pieces: vec![Piece::Text("systemctl stop orders-worker@{1..4}".into())],
    });
    rich.push(rich_step());
    for at in 3..12 {
        rich.push(Item {
            step: true,
            bars: vec![bar("", "HTTP 200")],
            ..item(&format!("s{at}"), &format!("2.{at}"), &format!("Check endpoint number {at}"))
        });
    }
    rich
}

fn sections() -> Vec<Section> {
    let bars = Block::Thresholds(vec![
        bar("checks", "= 100 %"),
        Bar { measured: false, ..bar("API p95 response time", "< 500 ms") },
    ]);
    let nested = section(
        "deep",
        "2.1",
        "A section inside",
        vec![Block::Checks(vec![item("inner", "2.1.1", "Something inside")])],
    );
    let link =
        |url: &str, text: &str| Inline::Link { to: Destination::Url(url.into()), content: words(text) };
    let rich = steps();
    vec![
        section(
            "before",
            "1",
            "Before",
            vec![
                Block::About(para("What must be true before anything is touched.")),
                bars,
                Block::Checks(checks()),
                Block::Gate(Box::new(gate())),
                approvals(),
            ],
        ),
        section("during", "2", "Deployment", vec![Block::Steps(rich), Block::Sections(vec![nested])]),
        section(
            "watch-it",
            "3",
            "Watch",
            vec![
                Block::Triggers(vec![
                    trigger(),
                    Trigger { id: "data".into(), condition: words("Data corruption found"), ..trigger() },
                ]),
                Block::Messages(vec![message()]),
                Block::Decide(decision()),
                Block::Log,
            ],
        ),
        section("rollback", "4", "Rollback", vec![]),
        section(
            "look-up",
            "5",
            "Look up",
            vec![
                Block::Tables(vec![risks(), wide_table()]),
                Block::Contacts(vec![contact(), contact()]),
                Block::Links(vec![link("https://example.org/wiki/orders", "Wiki")]),
            ],
        ),
    ]
}

/// The same, as a release with recorded state.
pub(super) fn release() -> Document {
    let mut document = runbook();
    let head = Arc::make_mut(&mut document.head);
    head.status = Status::Issued;
    head.title = words("Orders API: production deployment v1.4.0");
    record(&mut document);
    let reason = Reason {
        verdict: Some(Verdict::NoGo),
        about: Mention { text: "1.3 Staging".into(), id: "long".into(), to: here("long"), holder: None },
        text: "4 d misses ≥ 7 d".into(),
    };
    let who = Mention { holder: None, ..role("ana", "Ana Ruiz") };
    Arc::make_mut(&mut document.head).release = Some(Box::new(ReleaseState {
        version: "v1.4.0".into(),
        change: words("CHG-1234"),
        about: vec![],
        runbook: Mention { text: "Orders API".into(), id: "orders".into(), to: here(""), holder: None },
        window: Some("2026-12-01 09:00 to 12:00 Europe/Madrid".into()),
        zone: None,
        start: None,
        roles: vec![Assigned { role: role("lead", "Deployment lead"), holder: who.clone(), backup: None }],
        as_of: "2026-12-01 08:55 CET".into(),
        verdict: Verdict::NoGo,
        reasons: vec![reason.clone()],
        progress: Progress { total: 18, done: 1, failed: 1, waived: 1, pending: 15, ..Progress::default() },
        next: vec![],
        waiting: 0,
        stop: None,
        deviations: vec![Reason { verdict: None, ..reason }],
        events: vec![LogEntry {
            at: "2026-12-01 08:02 CET".into(),
            instant: "2026-12-01T07:02:00Z".into(),
            by: who,
            about: None,
            text: "Backup recorded as done".into(),
            line: None,
        }],
        outcome: None,
        seal: "0b4d-e811-7f3a-91c2".into(),
    }));
    document
}

fn record(document: &mut Document) {
    let done = |status| ItemState {
        status,
        notes: vec![],
        by: Some(role("ana", "ana")),
        at: Some("08:02".into()),
        why: None,
        until: None,
        evidence: vec![],
        remarks: vec![],
        confirmed: vec![],
        unconfirmed: vec![],
        disagreement: vec![],
    };
    if let Some(Block::Checks(items)) = document.sections[0].blocks.get_mut(2) {
        items[0].state = Some(done(ItemStatus::Done));
        items[0].bars[0].actual = Some(Actual {
            value: "712 MB".into(),
            rating: Rating::Pass,
            words: "712 MB meets > 500 MB".into(),
        });
        items[1].state = Some(ItemState {
            why: Some("rerun tomorrow".into()),
            until: Some("2026-12-03".into()),
            ..done(ItemStatus::Waived)
        });
        items[2].state = Some(ItemState {
            notes: vec!["staging was restarted on Monday".into()],
            ..done(ItemStatus::Failed)
        });
        items[2].bars[0].actual =
            Some(Actual { value: "4 d".into(), rating: Rating::Miss, words: "4 d misses ≥ 7 d".into() });
    }
}
