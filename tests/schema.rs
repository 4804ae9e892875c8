//! `runsheet schema`: draft-07, and what the program accepts is what the schema accepts.

use std::fs;
use std::path::Path;

use crate::project::{Project, files};

fn schema(of: &str) -> serde_json::Value {
    let ran = Project::empty().run(&["schema", of]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

/// The schema for a file of a content folder.
fn kind(path: &str) -> Option<&'static str> {
    match path {
        _ if !path.ends_with(".yaml") => None,
        "site.yaml" => Some("site"),
        "roster.yaml" => Some("roster"),
        _ if path.starts_with("runbooks/") => Some("runbook"),
        _ if path.ends_with(".journal.yaml") => Some("journal"),
        _ if path.starts_with("releases/") => Some("release"),
        _ => None,
    }
}

#[test]
fn the_content_is_valid_against_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut checked = 0;
    for content in [root.join("content"), root.join("tests/site/content")] {
        for path in files(&content) {
            let Some(kind) = kind(&path) else { continue };
            let text = fs::read_to_string(content.join(&path)).unwrap();
            let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            if value.is_null() {
                continue;
            }
            let validator = jsonschema::draft7::new(&schema(kind)).unwrap();
            let wrong: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(wrong, Vec::<String>::new(), "{path}");
            checked += 1;
        }
    }
    assert!(checked >= 10, "{checked}");
}

#[test]
fn it_is_draft_07_and_strict() {
    for of in ["runbook", "roster", "release", "journal", "site"] {
        let schema = schema(of);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        assert!(jsonschema::draft7::meta::is_valid(&schema), "{of}");
    }
    let validator = jsonschema::draft7::new(&schema("runbook")).unwrap();
    let bad = [
        serde_json::json!({ "titel": "A" }),
        serde_json::json!({ "product": "no title" }),
        serde_json::json!({ "title": "A", "status": "isued" }),
        serde_json::json!({ "title": "A", "sections": [{ "title": "S", "ownr": "dba" }] }),
    ];
    let section = |key: &str, value: serde_json::Value| serde_json::json!({ "title": "A", "sections": [{ "title": "S", key: value }] });
    let approvals = [
        serde_json::json!([{}]),
        serde_json::json!([{ "role": "dba", "any-of": ["dba"] }]),
        serde_json::json!([{ "n": 0, "of": ["dba"] }]),
    ];
    let approvals = approvals.map(|value| section("approvals", value));
    let rest = [
        section("decide", serde_json::json!({ "then": "x" })),
        serde_json::json!({ "title": "A", "reviewed": "soon" }),
    ];
    for value in bad.into_iter().chain(approvals).chain(rest) {
        assert!(!validator.is_valid(&value), "{value}");
    }
    for value in [serde_json::json!("dba"), serde_json::json!([{ "n": 1, "of": ["dba", "lead"] }])] {
        assert!(validator.is_valid(&section("approvals", value)));
    }
    let journal = jsonschema::draft7::new(&schema("journal")).unwrap();
    let event = |at: &str, key: &str| serde_json::json!([{ "at": at, "by": "ana", key: "x" }]);
    for (at, key, fits) in [
        ("2026-12-01T08:02:11Z", "event", true),
        ("2026-12-01 08:02:11.5+01:00", "item", true),
        ("2026-12-01T08:02:11", "event", false),
        ("2026-12-01", "event", false),
        ("2026-12-01T08:02:11Z", "note", false),
    ] {
        assert_eq!(journal.is_valid(&event(at, key)), fits, "{at} {key}");
    }
    assert!(validator.is_valid(&serde_json::json!({ "title": "A", "x-own": 1, "sections": ["S"] })));
}

/// Only what is refused for certain: a grammar takes more than a pattern says.
#[test]
fn it_knows_what_values_and_keys_look_like() {
    let validator = jsonschema::draft7::new(&schema("runbook")).unwrap();
    let section = |key: &str, value: serde_json::Value| serde_json::json!({ "title": "A", "sections": [{ "title": "S", key: value }] });
    let fits = |value: &serde_json::Value| validator.is_valid(value);
    for (key, wrong, right) in [
        ("id", vec!["Ready", "a b", "a--b", "-a", "a_b", ""], vec!["ready", "a-1-b", "überblick", "准备"]),
        (
            "duration",
            vec!["15", "soon", "", "5 %"],
            vec!["15m", "1h 30m", "30..60m", "{{ long }}", "1.5 hours", "one day", "１５ｍ"],
        ),
        (
            "at",
            vec!["noon", "tomorrow", "Tea", ""],
            vec!["08:05", "T", "t+15m", "T - 24h", "T−1h", "{{ begin }}"],
        ),
    ] {
        wrong.into_iter().for_each(|value| assert!(!fits(&section(key, value.into())), "{key}: {value}"));
        right.into_iter().for_each(|value| assert!(fits(&section(key, value.into())), "{key}: {value}"));
    }
    assert!(!fits(&section("duration", 15.into())) && fits(&section("id", 15.into())));
    let parameter = |name: &str| serde_json::json!({ "title": "A", "parameters": { name: {} } });
    assert!(fits(&parameter("Day_2-b")) && !fits(&parameter("2nd")) && !fits(&parameter("größe")));
    let roster = jsonschema::draft7::new(&schema("roster")).unwrap();
    let role = |id: &str| serde_json::json!({ "roles": { id: { "title": "DBA" } } });
    assert!(
        roster.is_valid(&role("dba-2")) && !roster.is_valid(&role("DBA")) && !roster.is_valid(&role("d b"))
    );
    let site = jsonschema::draft7::new(&schema("site")).unwrap();
    for (zone, fits) in
        [("Etc/GMT+5", true), ("America/Port-au-Prince", true), ("UTC", true), ("GMT +1", false), ("", false)]
    {
        assert_eq!(site.is_valid(&serde_json::json!({ "title": "A", "zone": zone })), fits, "{zone}");
    }
}
