//! Texts that try to be markup stay text: in every field, on every page, in attributes, addresses and
//! the search index.

use std::collections::BTreeSet;
use std::path::Path;

use runsheet::output::Output;
use runsheet::{pipeline, site, view};

use crate::project::Project;

/// What stands in every text field, as YAML writes it between double quotes.
const ATTACK: &str = r#"</script><img src=x onerror=alert(1)>\"' onload=x <b>{{ x }} [j](javascript:alert(1)) [d](data:text/html,x) ![i](https://x.example/i.png)"#;

const RUNBOOK: &str = r#"
title: "@"
id: evil
product: "@"
environment: "@"
revision: "@"
owner: lead
classification: "@"
duration: 1h
summary: "@"
about: "@"
parameters:
  version: { about: "@", example: "@", default: "@" }
severities:
  critical: { means: "@", respond: 5m, action: rollback }
escalation: [ { role: lead, within: 5m, about: "@" } ]
history: [ { date: 2026-01-01, revision: "@", author: lead, change: "@" } ]
sections:
  - title: "@"
    id: one
    owner: lead
    about: "@"
    thresholds: [ { metric: "@", pass: "< 5 ms", between: "@", source: "@" }, { state: "@", shown-by: "@" } ]
    checks:
      - title: "@"
        id: check
        about: "@"
        applies: "@"
        run: { shell: bash, code: "@ {{ version }}", on: "@" }
        expect: "@"
        warning: "@"
        thresholds: [ "error rate < 1 %" ]
        record: [ { title: "@", type: text } ]
        fields: { "@": "@" }
        evidence: "@"
        checks: [ { title: "@", id: sub } ]
    steps:
      - { title: "@", id: step, run: "@", on-failure: check }
    triggers:
      - { condition: "@", id: trigger, severity: critical, action: rollback, authority: lead, to: one, about: "@" }
    messages:
      - { title: "@", id: message, at: T-5m, channel: "@", to: [lead], subject: "@", body: "@", about: "@" }
    approvals:
      - { role: lead, choices: ["@", block], statement: "@", when: "@" }
    gate: { title: "@", id: gate, about: "@", polls: [lead], decides: lead }
    decide: { ask: "@", then: "@", else: { ask: "@", then: "@" } }
    links: [ { title: "@", url: "javascript:alert(1)" }, { title: "@", url: "https://x.example/\"onclick=1" } ]
    tables: [ { title: "@", id: table, columns: ["@"], rows: [["@"]], blank: 1 } ]
    contacts: all
    log: true
"#;

const ROSTER: &str = r#"
people:
  ana: { name: "@", email: "a@b.c?bcc=x&y=\"", phone: "javascript:alert(1)", chat: "@" }
teams:
  team: { title: "@", members: [ana], chat: "@" }
roles:
  lead: { title: "@", holder: ana }
contacts:
  out: { title: "@", phone: "@", hours: "@", url: "javascript:alert(1)" }
"#;

const RELEASE: &str = r#"
runbook: evil
version: "@"
window: { start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: UTC }
parameters: { version: "@" }
change: "@"
about: "@"
"#;

const JOURNAL: &str = r#"
- { at: 2026-12-01T08:02:11Z, by: ana, item: check, is: failed, actual: 9 %, why: "@", note: "@", evidence: "@" }
- { at: 2026-12-01T08:03:11Z, by: ana, item: check, field: "@", value: "@" }
- { at: 2026-12-01T08:04:11Z, by: ana, item: step, is: waived, why: "@", evidence: "javascript:alert(1)" }
- { at: 2026-12-01T08:05:11Z, by: ana, trigger: trigger, is: fired, actual: "@" }
- { at: 2026-12-01T08:06:11Z, by: ana, sign: lead, choice: "@" }
- { at: 2026-12-01T08:07:11Z, by: ana, event: "@" }
"#;

fn rendered() -> Output {
    let hostile =
        |text: &str| text.replace("\"@\"", &format!("\"{ATTACK}\"")).replace("\"@ ", &format!("\"{ATTACK} "));
    let project = Project::empty()
        .file("content/site.yaml", &hostile("title: \"@\"\n"))
        .file("content/roster.yaml", &hostile(ROSTER))
        .file("content/runbooks/evil.yaml", &hostile(RUNBOOK))
        .file("content/releases/v1.yaml", &hostile(RELEASE))
        .file("content/releases/v1.journal.yaml", &hostile(JOURNAL))
        .file(
            "content/pages/evil.md",
            &format!("# {0}\n\n{0}\n\n## {0}\n\n```html\n{0}\n```\n", ATTACK.replace("\\\"", "\"")),
        );
    let loaded = pipeline::load(project.path(), Path::new("output")).unwrap();
    let site = pipeline::view(&loaded, None);
    assert_eq!((site.runbooks().len(), site.releases().len(), site.pages().len()), (1, 1, 2));
    assert!(!view::plain(&site.runbooks()[0].title).is_empty());
    let theme = site::Theme::load(project.path(), None, "en").unwrap();
    let options = site::Options { sheets: true, records: true, single: true, ..site::Options::default() };
    site::render(&site, &theme, &options).unwrap()
}

/// Every start tag of a page: its name, its attributes with their values as they are written.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let key: String = rest.chars().take_while(|c| !c.is_whitespace() && !"=>".contains(*c)).collect();
            assert!(!key.is_empty(), "an odd tag before {:?}", &rest[..rest.len().min(60)]);
            rest = &rest[key.len()..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                value = quoted[..quoted.find('"').unwrap()].to_owned();
                rest = &quoted[value.len() + 1..];
            }
            attributes.push((key, value));
        }
        found.push((name, attributes));
    }
    found
}

#[test]
fn every_tag_is_ours() {
    let allowed: BTreeSet<&str> = "a abbr article aside b blockquote body br button caption circle code dd del details \
        desc div dl dt em figcaption figure footer g h1 h2 h3 h4 h5 h6 head header hr html i input kbd li line link main \
        marker meta nav ol p path polyline pre rect section small span strong summary svg table tbody td text th thead \
        time title tr tspan ul var script"
        .split_whitespace()
        .collect();
    let pages = |path: &str| path.ends_with(".html") && !path.starts_with("single/");
    for (path, bytes) in rendered().iter().filter(|(path, _)| pages(path)) {
        let page = std::str::from_utf8(bytes).unwrap();
        let tags = tags(page);
        let scripts: Vec<_> = tags.iter().filter(|(name, _)| name == "script").collect();
        // What is loaded, and data that no browser runs.
        let loaded = scripts.iter().filter(|(_, attributes)| attributes.iter().any(|(key, _)| key == "src"));
        let data = scripts.iter().filter(|(_, attributes)| {
            *attributes
                == [("type".to_owned(), "application/json".to_owned()), ("id".to_owned(), "_work".to_owned())]
        });
        let works = path.starts_with("runbooks/") || path.starts_with("releases/");
        assert_eq!((loaded.count(), data.count()), if works { (2, 1) } else { (1, 0) }, "{path}");
        assert_eq!(scripts.len(), if works { 3 } else { 1 }, "{path}");
        for (name, attributes) in tags {
            assert!(allowed.contains(name.as_str()), "<{name}> on {path}");
            for (key, value) in attributes {
                assert!(!key.starts_with("on") && key != "style", "{key}={value} on {path}");
                if matches!(key.as_str(), "href" | "src") {
                    let scheme = value.split(['/', '#', '?']).next().unwrap_or_default();
                    let allowed = ["https:", "http:", "mailto:", "tel:"];
                    assert!(
                        !scheme.contains(':') || allowed.iter().any(|allowed| scheme.starts_with(allowed)),
                        "{key}={value} on {path}"
                    );
                }
                if key == "src" {
                    assert!(!value.contains(':'), "a request out of the site on {path}: {value}");
                }
            }
        }
    }
}

#[test]
fn every_attack_is_shown_as_it_was_written() {
    let output = rendered();
    let shown = "onerror=alert(1)&gt;&quot;";
    let least =
        [("runbooks/evil", 60), ("releases/v1", 80), ("pages/evil", 4), ("owners/lead", 4), ("contacts", 4)];
    for (name, least) in least {
        let page = String::from_utf8(output.get(&format!("{name}.html")).unwrap().to_vec()).unwrap();
        assert!(page.matches(shown).count() >= least, "{name}");
    }
    let search = std::str::from_utf8(output.get(site::SEARCH).unwrap()).unwrap();
    assert!(search.contains("\\u003c/script>") && !search.contains('<'));
}

#[test]
fn one_file_holds_no_tags_but_ours() {
    let output = rendered();
    let text = |path: &str| String::from_utf8(output.get(path).unwrap().to_vec()).unwrap();
    let (page, single) = (text("releases/v1.html"), text("single/v1.html"));
    let shown = "onerror=alert(1)&gt;&quot;";
    assert_eq!(single.matches(shown).count(), page.matches(shown).count());
    // The script of the page, and data that no browser runs.
    for tag in ["<script", "</script>"] {
        assert_eq!(single.matches(tag).count(), 2, "{tag}");
    }
    for tag in ["<style", "</style>", "<meta http-equiv=\"Content-Security-Policy\""] {
        assert_eq!(single.matches(tag).count(), 1, "{tag}");
    }
}
