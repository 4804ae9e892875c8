//! The parts of the sample: one of each kind of content.

use crate::source::Span;
use crate::view::*;

pub(super) fn words(text: &str) -> Line {
    vec![Inline::Text(text.to_owned())]
}

pub(super) fn para(text: &str) -> Vec<Flow> {
    vec![Flow::Paragraph(words(text))]
}

pub(super) fn here(anchor: &str) -> Destination {
    Destination::Page { path: "runbooks/orders.html".into(), anchor: anchor.into() }
}

pub(super) fn role(id: &str, text: &str) -> Mention {
    let to = Destination::Page { path: format!("owners/{id}.html"), anchor: String::new() };
    Mention { text: text.into(), id: id.into(), to, holder: Some("Ana Ruiz".into()) }
}

pub(super) fn bar(metric: &str, required: &str) -> Bar {
    Bar {
        metric: metric.into(),
        required: required.into(),
        written: format!("{metric} {required}"),
        warn: None,
        abort: None,
        between: vec![],
        shown_by: vec![],
        source: vec![],
        measured: true,
        compiled: CompiledBar::default(),
        actual: None,
    }
}

pub(super) fn item(id: &str, number: &str, title: &str) -> Item {
    Item {
        id: id.into(),
        span: Span::default(),
        number: number.into(),
        step: false,
        title: words(title),
        about: vec![],
        owners: vec![],
        own_owners: false,
        level: Level::Required,
        applies: vec![],
        run: None,
        expect: vec![],
        bars: vec![],
        records: vec![],
        facts: vec![],
        evidence: vec![],
        checks: vec![],
        confirm: vec![],
        at: None,
        cadence: None,
        until: None,
        duration: None,
        hold: None,
        on_failure: None,
        warning: vec![],
        backlinks: vec![],
        state: None,
    }
}

pub(super) fn section(id: &str, number: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.into(),
        span: Span::default(),
        number: number.into(),
        depth: number.split('.').count(),
        title: words(title),
        owners: vec![role("dba", "Database administrator")],
        phase: Phase::Before,
        at: Some(When { written: "T-24h".into(), ..When::default() }),
        until: None,
        duration: Some("30 to 60 min".into()),
        blanks: vec![],
        blocks,
        backlinks: vec![],
        progress: None,
        state: None,
    }
}

fn blanks() -> Vec<Record> {
    let blank = |title: &str, kind| Record { title: words(title), kind, value: None };
    vec![
        blank("Server IP", RecordType::Text),
        blank("Certificate expiry", RecordType::Date),
        blank("Rows migrated", RecordType::Number),
    ]
}

fn at(written: &str, local: &str) -> When {
    When { written: written.into(), local: Some(local.into()), ..When::default() }
}

pub(super) fn rich_step() -> Item {
    let url = Destination::Url("https://grafana.example.org/d/abc".into());
    let source = vec![Inline::Link { to: url, content: words("dashboard") }];
    let first = Bar {
        warn: Some("< 1 %".into()),
        abort: Some("> 10 % for 5 min".into()),
        between: words("investigate"),
        source,
        ..bar("error rate", "< 0.5 %")
    };
    Item {
        step: true,
        level: Level::Critical,
        about: vec![
            Flow::Paragraph(words("Migrates the schema. Takes a lock on orders, so writes wait.")),
            Flow::List {
                first: None,
                items: vec![
                    ListItem { ticked: None, content: para("no long transaction is open") },
                    ListItem { ticked: None, content: para("the replica has caught up") },
                ],
            },
        ],
        owners: vec![role("lead", "Deployment lead")],
        own_owners: true,
        applies: words("if the release has migrations"),
        run: Some(Code {
            language: "bash".into(),
            on: words("db-1"),
            pieces: vec![Piece::Text(
                "\
                python -m alembic upgrade head && psql -U orders -h db-1.internal.example.org \
                -c 'select count(*) from schema_version where applied_at > now()'\n\
                ├── done ✅ {80 columns or more}\n"
                    .into(),
            )],
        }),
        expect: vec![Flow::Code {
            language: String::new(),
            code: vec![Piece::Text("count\n-----\n    1".into())],
        }],
        bars: vec![first, bar("migration time", "≤ 10 min")],
        records: blanks(),
        facts: vec![("Chain".into(), words("complete")), ("Contact".into(), words("田中さん, Жанна, Ünal"))],
        evidence: vec![words("screenshot of the dashboard")],
        confirm: vec![role("dba", "Database administrator")],
        at: Some(at("T+15m", "2026-12-01 09:15 CET")),
        duration: Some("10 min".into()),
        hold: Some("30 min".into()),
        on_failure: Some(Mention {
            text: "4 Rollback".into(),
            id: "rollback".into(),
            to: here("rollback"),
            holder: None,
        }),
        warning: para("Writes are blocked while this runs. Do not interrupt it."),
        ..item("migrate", "2.2", "Run the migrations of the orders database")
    }
}

pub(super) fn checks() -> Vec<Item> {
    let mut backup = item("backup", "1.1", "Backup of the orders database is in the vault");
    backup.bars = vec![bar("", "> 500 MB")];
    let mut host = item("host", "1.2", "Host is ready");
    host.checks = vec![item("host-disk", "1.2.1", "Disk"), item("host-memory", "1.2.2", "Memory 🚀 ≥ 4 GB")];
    host.checks[0].bars = vec![bar("", "≥ 20 GB free")];
    let long = "A title of three hundred characters, which nobody should write but somebody will, because the procedure was copied from a document in which this was a paragraph of its own, and then grew with each incident until it said everything that had ever gone wrong there, in one long breath, without a single stop";
    let mut long = item("long", "1.3", long);
    long.bars = vec![bar("staging has been stable in a row for", "≥ 7 d")];
    let mut state = item("nodes", "1.4", "All nodes of the cluster are healthy");
    state.bars = vec![Bar {
        measured: false,
        shown_by: words("load balancer dashboard"),
        ..bar("", "all nodes healthy")
    }];
    let mut watch = item("watch", "1.5", "Error rate is watched");
    watch.cadence = Some(Cadence {
        every: "every 15 min".into(),
        until: Some(When { written: "T+4h".into(), ..When::default() }),
        slots: Some(16),
    });
    watch.level = Level::Optional;
    let mut word = item(
        "word",
        "1.6",
        "Digest sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08aabbccddeeff00112233445566778899",
    );
    word.run = Some(Code {
        language: "sh".into(),
        on: vec![],
        pieces: vec![Piece::Text("deploy ".into()), Piece::Parameter { name: "version".into(), value: None }],
    });
    word.title.push(Inline::Parameter { name: "version".into(), value: None });
    vec![backup, host, long, state, watch, word]
}

pub(super) fn trigger() -> Trigger {
    Trigger {
        id: "errors".into(),
        span: Span::default(),
        condition: words("error rate > 10 % for 5 min"),
        words: "error rate > 10 % for 5 min".into(),
        severity: Some(Mention {
            text: "critical".into(),
            id: "critical".into(),
            to: here("severity-critical"),
            holder: None,
        }),
        actions: vec![Action::Rollback],
        within: Some("5 min".into()),
        blanks: vec![],
        authority: vec![role("lead", "Deployment lead")],
        to: Some(Mention {
            text: "4 Rollback".into(),
            id: "rollback".into(),
            to: here("rollback"),
            holder: None,
        }),
        about: vec![],
        bar: None,
        state: None,
    }
}

pub(super) fn message() -> Message {
    Message {
        id: "notice".into(),
        span: Span::default(),
        title: words("Maintenance notice"),
        words: "Maintenance notice".into(),
        about: vec![],
        owners: vec![role("lead", "Deployment lead")],
        at: Some(When { written: "T-30m".into(), ..When::default() }),
        cadence: None,
        blanks: vec![],
        on: vec![Outcome::Success],
        channels: vec![words("email"), words("#operations")],
        to: vec![role("all", "Stakeholders")],
        subject: words("Orders goes live in 30 minutes"),
        body: vec![
            Piece::Text("Dear all,\n\nOrders ".into()),
            Piece::Parameter { name: "version".into(), value: None },
            Piece::Text(" goes live at 09:00.\n".into()),
        ],
        state: None,
    }
}

pub(super) fn gate() -> Gate {
    Gate {
        path: String::new(),
        id: "go".into(),
        span: Span::default(),
        title: words("Go/no-go"),
        words: "Go/no-go".into(),
        about: para("Asked aloud by the deployment lead."),
        at: Some(When { written: "T-1h".into(), ..When::default() }),
        blanks: vec![],
        requires: vec![Mention {
            text: "1 Before".into(),
            id: "before".into(),
            to: here("before"),
            holder: None,
        }],
        polls: vec![
            role("qa", "QA lead"),
            role("dba", "Database administrator"),
            role("lead", "Deployment lead"),
        ],
        decides: vec![role("lead", "Deployment lead")],
        escalates: vec![role("cto", "CTO")],
        state: None,
    }
}

pub(super) fn approvals() -> Block {
    let approval = |at: usize, id: &str, text: &str| Approval {
        anchor: format!("before-approval-{at}"),
        needed: 1,
        roles: vec![role(id, text)],
        choices: vec!["approve".into(), "block".into()],
        statement: words("I have read the rollback procedure."),
        when: vec![],
        state: None,
    };
    Block::Approvals(vec![approval(1, "qa", "QA lead"), approval(2, "cto", "CTO")])
}

pub(super) fn decision() -> Decision {
    let then = |text: &str| Some(Box::new(Decision::Then(words(text))));
    let inner = Decision::Ask {
        question: words("Is the error rate over 10 %?"),
        yes: then("Roll back"),
        no: then("Watch for 30 minutes"),
    };
    Decision::Ask {
        question: words("Is the service down?"),
        yes: then("Roll back now"),
        no: Some(Box::new(inner)),
    }
}

pub(super) fn wide_table() -> Table {
    let columns = (1..=14).map(|at| words(&format!("Column {at}"))).collect();
    let row = |at: usize| (1..=14).map(|column| words(&format!("v{at}.{column}"))).collect();
    Table {
        id: "wide".into(),
        span: Span::default(),
        title: words("A table of 14 columns"),
        columns,
        rows: (1..=3).map(row).collect(),
        blank: 2,
    }
}

pub(super) fn risks() -> Table {
    let row = |risk: &str, plan: &str| vec![words(risk), words("high"), words(plan)];
    Table {
        id: "risks".into(),
        span: Span::default(),
        title: words("Risks"),
        columns: vec![words("Risk"), words("Impact"), words("Plan")],
        rows: vec![
            row(
                "Migration locks the orders table for longer than planned",
                "Cancel the migration and roll the application back; writes are queued for up to ten minutes",
            ),
            row("CDN serves stale files", "Purge"),
        ],
        blank: 3,
    }
}

pub(super) fn contact() -> Contact {
    Contact {
        who: role("dba", "Database administrator"),
        kind: "role",
        about: Vec::new(),
        holder: Some(Mention { holder: None, ..role("ana", "Ana Ruiz") }),
        backup: Some(Mention { holder: None, ..role("bo", "Bo Li 李博") }),
        email: Some("ana@example.org".into()),
        phone: Some("+34 600 000 001".into()),
        chat: Some("@ana".into()),
        url: None,
        hours: Some("24/7".into()),
    }
}
