//! Lines look like those of the language, and read back as they were meant.

use proptest::prelude::*;

use super::*;
use crate::model;
use crate::source::{Kind, Source, Sources};

fn at() -> Timestamp {
    "2026-12-01T08:02:11Z".parse().unwrap()
}

fn event(about: About) -> Line {
    Line::new(at(), "ana".to_owned(), about)
}

fn item(id: &str) -> ItemEvent {
    ItemEvent { item: id.to_owned(), ..ItemEvent::default() }
}

#[test]
fn lines_look_like_those_of_the_language() {
    let text = |text: &str| Some(text.to_owned());
    let done = ItemEvent { state: Some(EventState::Done), actual: text("9 d"), ..item("staging-stable") };
    let metric = ItemEvent { metric: text("free memory"), actual: text("6 GB"), ..item("backend-host") };
    let field = ("Certificate expiry".to_owned(), "2027-03-01".to_owned());
    let waived = ItemEvent { state: Some(EventState::Waived), ..item("load-test") };
    let lines = [
        event(About::Item(done)),
        Line {
            evidence: text("https://ci.example.org/1"),
            ..event(About::Item(ItemEvent { actual: text("480 ms"), ..item("api-p95") }))
        },
        event(About::Item(metric)),
        event(About::Item(ItemEvent { field: Some(field), ..item("tls") })),
        event(About::Item(ItemEvent { confirm: text("dba"), ..item("migrate") })),
        event(About::Message { message: "maintenance-notice".to_owned(), state: EventState::Sent }),
        event(About::Trigger {
            trigger: "error-rate".to_owned(),
            state: Some(EventState::Fired),
            actual: text("12 %"),
        }),
        Line { why: text("rerun tomorrow"), until: text("2026-12-03"), ..event(About::Item(waived)) },
        event(About::Sign {
            role: "qa-lead".to_owned(),
            choice: "approve".to_owned(),
            seal: "1e34-5678-9012-3456".to_owned(),
        }),
        event(About::Gate { gate: "go-no-go".to_owned(), choice: "go".to_owned() }),
        event(About::Log { text: "Database migration started".to_owned() }),
        event(About::Outcome { outcome: "success".to_owned() }),
    ];
    let written: Vec<String> = lines.iter().map(Line::to_string).collect();
    let start = "- { at: 2026-12-01T08:02:11Z, by: ana, ";
    let expected = [
        "item: staging-stable, is: done, actual: 9 d }",
        "item: api-p95, actual: 480 ms, evidence: \"https://ci.example.org/1\" }",
        "item: backend-host, metric: free memory, actual: 6 GB }",
        "item: tls, field: Certificate expiry, value: 2027-03-01 }",
        "item: migrate, confirm: dba }",
        "message: maintenance-notice, is: sent }",
        "trigger: error-rate, is: fired, actual: 12 % }",
        "item: load-test, is: waived, why: rerun tomorrow, until: 2026-12-03 }",
        "sign: qa-lead, choice: approve, seal: 1e34-5678-9012-3456 }",
        "gate: go-no-go, choice: go }",
        "event: Database migration started }",
        "outcome: success }",
    ];
    assert_eq!(written, expected.map(|end| format!("{start}{end}")));
}

#[test]
fn what_could_be_misread_is_quoted() {
    for text in ["480 ms", "99.2 %", "0", "2027-03-01", "n/a", "v1.4.0", "19/20", "no CDN", "don't", "копия"]
    {
        assert_eq!(scalar(text), text);
    }
    for (text, written) in [
        ("", "\"\""),
        ("no", "\"no\""),
        ("NULL", "\"NULL\""),
        ("1.10", "\"1.10\""),
        ("0755", "\"0755\""),
        ("0x1F", "\"0x1F\""),
        ("1e3", "\"1e3\""),
        ("2026-12-01 08:00", "\"2026-12-01 08:00\""),
        ("1_000", "\"1_000\""),
        ("08:05", "\"08:05\""),
        ("< 5", "\"< 5\""),
        ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""),
        ("a, b", "\"a, b\""),
        (" a", "\" a\""),
        (", a } b", "\"\\x2C a } b\""),
        ("say \"hi\"\\", "\"say \\\"hi\\\"\\\\\""),
        ("two\nlines", "\"two\\nlines\""),
        ("\u{202E}abc\u{85}\u{1F600}", "\"\\u202Eabc\\x85\u{1F600}\""),
    ] {
        assert_eq!(scalar(text), written);
    }
}

/// The events of a journal as the program reads them.
fn read(journal: &str) -> Vec<Event> {
    let plan = "runbook: none\nversion: v1\n".to_owned();
    let sources = Sources::new(vec![
        Source::new("content/releases/v.yaml", Kind::Release, plan),
        Source::new("content/releases/v.journal.yaml", Kind::Journal, journal.to_owned()),
    ]);
    let (library, _) = model::load(&sources, "UTC");
    library.releases[0].journal.events.clone()
}

fn line(by: &str, metric: &str, actual: &str, note: &str) -> Line {
    let measured =
        ItemEvent { metric: Some(metric.to_owned()), actual: Some(actual.to_owned()), ..item("x") };
    Line { by: by.to_owned(), note: Some(note.to_owned()), ..event(About::Item(measured)) }
}

fn texts(event: &Event) -> [String; 4] {
    let Act::Item { actual, metric, .. } = &event.act else { panic!("{event:?}") };
    let text = |text: &Option<crate::source::Spanned<String>>| text.as_ref().unwrap().value.clone();
    [event.by.name.clone(), text(metric), text(actual), event.note.clone().unwrap()]
}

/// Texts that YAML readers stumble over, and any others.
fn hard() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+.0-9eExXoObB_:TtZz ]{0,12}",
        "[ ,{}\\[\\]:#'\"&*!|>%@`\\\\a\n]{0,8}",
        Just("2026-12-01T08:02:11Z".to_owned()),
        Just("~".to_owned()),
        Just("<<".to_owned()),
    ]
}

fn given_back(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Number(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_reader_gives_the_texts_back(by in hard(), metric in hard(), actual in hard(), note in hard()) {
        let line = line(&by, &metric, &actual, &note).to_string();
        prop_assert!(!line.contains('\n'));
        let foreign: serde_yaml::Value = serde_yaml::from_str(&line).unwrap();
        let keys = ["by", "metric", "actual", "note"];
        prop_assert_eq!(keys.map(|key| given_back(&foreign[0][key])), [by.clone(), metric.clone(), actual.clone(), note.clone()]);
        let own = read(&format!("{line}\n"));
        // Names of parties are trimmed by the reader.
        let expected = [by.trim(), &metric, &actual, &note];
        prop_assert_eq!(own.iter().map(texts).collect::<Vec<_>>(), [expected.map(str::to_owned)]);
    }

    #[test]
    fn a_torn_line_takes_nothing_with_it(torn in hard(), note in hard(), cut in 0_usize..200) {
        let mut journal = line("bo", "a", "b", &torn).to_string();
        let end = (0..=cut.min(journal.len() - 1)).rev().find(|at| journal.is_char_boundary(*at));
        journal.truncate(end.unwrap());
        let whole = line("ana", "p95", "480 ms", &note);
        let events = read(&format!("{whole}\n{journal}\n{whole}\n{whole}\n"));
        let expected = ["ana", "p95", "480 ms", &note].map(str::to_owned);
        prop_assert_eq!(events.iter().map(texts).collect::<Vec<_>>(), vec![expected; 3]);
    }
}
