//! Calendars hold to RFC 5545, and say who has to do with what.

use super::*;
use crate::source::load_bytes;
use crate::view::DocumentRef;
use crate::{config, model, view};

const RUNBOOK: &str = r##"
title: Shop; the "big, one"
sections:
  - title: Readiness
    id: readiness
    owner: [lead, qa]
    at: T-1d
    duration: 30m..1h
    checks:
      - { title: Backup, id: backup, at: T-2h, until: T-1h, owner: dba, confirm: lead }
      - { title: Untimed, id: untimed }
    gate: { title: Go/no-go, id: go-no-go, at: T-1h, polls: [qa], decides: lead }
    messages:
      - { title: Notice, id: notice, at: T-30m, to: [customers, stakeholders] }
  - title: Überwachung der ganzen Anlage, mit einem Titel, der länger als eine Zeile ist
    id: watch
    owner: dba
    phase: after
    at: "12:00"
    checks:
      - { title: Errors, id: errors, every: 15m, until: T+6h }
"##;

fn site(window: &str) -> view::Site {
    let roster = "people: { ana: { name: Ana Ruiz } }\nroles: { lead: { title: Lead }, dba: { title: DBA }, qa: { title: QA } }\n";
    let plan = format!("runbook: shop\nversion: v1.0.0\n{window}roles: {{ lead: ana }}\n");
    let file = |path: &str, text: &str| (format!("content/{path}"), text.as_bytes().to_vec());
    let (sources, _) = load_bytes(vec![
        file("site.yaml", "title: Test\nzone: Europe/Madrid\n"),
        file("roster.yaml", roster),
        file("runbooks/shop.yaml", RUNBOOK),
        file("releases/v1.yaml", &plan),
    ]);
    let (config, _) = config::load(&sources);
    let (library, found) = model::load(&sources, &config.zone);
    assert!(found.is_empty(), "{found:?}");
    view::shape(&library, &sources, &config, None)
}

fn calendars(window: &str) -> Vec<Calendar> {
    let site = site(window);
    let stamp = "2026-10-01T00:00:00Z".parse().unwrap();
    render(
        &site.document(DocumentRef::Release(0)),
        &Options { stamp, base_url: Some("https://r.example.org"), labels: Labels::english() },
    )
}

/// In Madrid the clocks went back at 01:00 UTC of the day of this release.
const WINDOW: &str = "window: { start: 2026-10-25T09:00, end: 2026-10-25T12:00 }\n";

#[test]
fn a_whole_calendar() {
    let calendars = calendars(WINDOW);
    let all = &calendars[0].text;
    assert_eq!(calendars[0].path, "releases/v1.ics");
    let expected = include_str!("../calendar.ics").replace("\r\n", "\n");
    assert_eq!(all.replace("\r\n", "\n"), expected);
    assert_eq!(all.matches('\n').count(), all.matches("\r\n").count());
    assert!(all.lines().all(|line| line.len() <= LINE));
}

#[test]
fn one_for_everybody_who_has_something_in_it() {
    let of = |calendar: &Calendar| {
        let unfolded = calendar.text.replace("\r\n ", "");
        let summaries = unfolded.lines().filter_map(|line| line.strip_prefix("SUMMARY:").map(str::to_owned));
        (
            calendar.path.clone(),
            summaries.map(|text| text.chars().take(12).collect()).collect::<Vec<String>>(),
        )
    };
    let found: Vec<_> = calendars(WINDOW)[1..].iter().map(of).collect();
    let own = |path: &str, entries: &[&str]| {
        (format!("releases/v1.{path}.ics"), entries.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>())
    };
    let window = "Shop\\; the \"";
    let watch = ["2 Überwachun", "2.1 Errors ("];
    assert_eq!(
        found,
        [
            own("dba", &[window, "1.1 Backup (", watch[0], watch[1]]),
            own("lead", &[window, "1 Readiness ", "1.1 Backup (", "Gate: Go/no-", "Message: Not"]),
            own("qa", &[window, "1 Readiness ", "Gate: Go/no-", "Message: Not"]),
        ]
    );
}

#[test]
fn the_calendar_of_all_has_windows_and_gates() {
    let site = site(WINDOW);
    let options =
        Options { stamp: "2026-10-01T00:00:00Z".parse().unwrap(), base_url: None, labels: Labels::english() };
    let all = overview("All, releases", &[milestones(&site.document(DocumentRef::Release(0)), &options)]);
    let lines = |start: &str| -> Vec<String> {
        all.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
    };
    assert_eq!(lines("X-WR"), ["X-WR-CALNAME:All\\, releases"]);
    assert_eq!(lines("CATEGORIES"), ["CATEGORIES:window", "CATEGORIES:gate"]);
    assert_eq!(lines("UID"), ["UID:v1/shop/window/window@runsheet", "UID:v1/shop/gate/go-no-go@runsheet"]);
}

#[test]
fn no_window_no_calendar() {
    assert_eq!(calendars(""), []);
}

#[test]
fn lines_are_folded_between_characters() {
    let mut out = String::new();
    line(&mut out, "X", &"é".repeat(40));
    assert_eq!(out, format!("X:{}\r\n {}\r\n", "é".repeat(36), "é".repeat(4)));
    assert_eq!(escape("a\\b;c,d\r\ne\u{7}"), "a\\\\b\\;c\\,d\\ne");
}
