//! Recording: what the commands say and append.

use std::fs;
use std::process::{Command, Stdio};

use crate::project::{Project, Ran};

/// Nothing of the machine's own git, and `NOW` on the clock.
pub(crate) const NOBODY: &[(&str, &str)] =
    &[("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("SOURCE_DATE_EPOCH", "1795000000")];
pub(crate) const JOURNAL: &str = "content/releases/v1.journal.yaml";
pub(crate) const NOW: &str = "2026-11-18T11:06:40Z";

pub(crate) fn run(project: &Project, arguments: &[&str]) -> Ran {
    project.run_with(arguments, NOBODY)
}

pub(crate) fn read(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join(path)).unwrap()
}

/// Runs a command by bo, which has to append `line` and say `out`.
#[track_caller]
fn appends(arguments: &[&str], line: &str, out: &str) {
    appends_with(&[arguments, &["--by", "bo"]].concat(), &format!("at: {NOW}, by: bo, {line}"), out, "");
}

#[track_caller]
fn appends_with(arguments: &[&str], line: &str, out: &str, warning: &str) {
    let project = Project::small();
    let before = read(&project, JOURNAL);
    let ran = run(&project, arguments);
    let err = format!("recorded in v1: - {{ {line} }}\n{warning}");
    assert_eq!(ran, Ran { code: 0, out: out.to_owned(), err });
    assert_eq!(read(&project, JOURNAL), format!("{before}- {{ {line} }}\n"));
    // Whatever it means for the verdict, the journal can be read.
    assert_ne!(run(&project, &["gate", "v1"]).code, 2);
}

/// Runs a command by bo, which has to append `line`, and warn.
#[track_caller]
fn doubts(arguments: &[&str], line: &str, warning: &str) {
    let line = format!("at: {NOW}, by: bo, {line}");
    appends_with(&[arguments, &["--by", "bo"]].concat(), &line, "", &format!("warning: {warning}\n"));
}

/// Runs a command by bo, which has to say `err` and append nothing.
#[track_caller]
fn refuses(arguments: &[&str], err: &str) {
    let project = Project::small();
    let before = project.tree("");
    let ran = run(&project, &[arguments, &["--by", "bo"]].concat());
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: format!("error: {err}\n") });
    assert!(project.tree("") == before);
}

#[test]
fn a_state_is_one_line() {
    appends(&["record", "v1", "backup", "done"], "item: backup, is: done", "");
    appends(
        &["record", "v1", "migrate", "failed", "--note", "no\nlock"],
        "item: migrate, is: failed, note: \"no\\nlock\"",
        "",
    );
    appends(
        &["record", "v1", "readiness", "blocked", "--why", "network"],
        "item: readiness, is: blocked, why: network",
        "",
    );
    appends(&["record", "v1", "backup", "pending"], "item: backup, is: pending", "");
    appends(
        &["record", "v1", "certificate", "n/a", "--why", "TLS ends at the CDN"],
        "item: certificate, is: n/a, why: TLS ends at the CDN",
        "",
    );
    appends(
        &["record", "v1", "certificate", "waived", "--why", "renewed, soon", "--until", "2026-12-03"],
        "item: certificate, is: waived, why: \"renewed, soon\", until: 2026-12-03",
        "",
    );
    appends(
        &["record", "v1", "unicode", "--evidence", "https://ci.example.org/1"],
        "item: unicode, evidence: \"https://ci.example.org/1\"",
        "",
    );
}

#[test]
fn a_value_is_answered_at_once() {
    appends(
        &["record", "v1", "certificate", "--actual", "45 d"],
        "item: certificate, actual: 45 d",
        "45 d meets > 30 d\n",
    );
    appends(
        &["record", "v1", "certificate", "--actual", "2026-12-08"],
        "item: certificate, actual: 2026-12-08",
        "2026-12-08 misses > 30 d\n",
    );
    appends(
        &["record", "v1", "backup", "--actual", "0.4 GB", "--metric", "Backup size"],
        "item: backup, metric: backup size, actual: 0.4 GB",
        "0.4 GB misses > 500 MB\n",
    );
    appends(
        &["record", "v1", "watch", "done", "--actual", "620 ms"],
        "item: watch, is: done, actual: 620 ms",
        "620 ms misses < 500 ms, meets warn < 800 ms\n",
    );
    appends(
        &["record", "v1", "error-rate", "fired", "--actual", "12 %"],
        "trigger: error-rate, is: fired, actual: 12 %",
        "12 %, which is > 5 % for 5m\n",
    );
}

#[test]
fn a_value_that_misses_is_recorded_all_the_same() {
    let warning = "warning: `certificate` is recorded as done and counts as failed\n";
    appends_with(
        &["record", "v1", "certificate", "done", "--actual", "20 d", "--by", "bo"],
        &format!("at: {NOW}, by: bo, item: certificate, is: done, actual: 20 d"),
        "20 d misses > 30 d\n",
        warning,
    );
}

#[test]
fn whoever_did_it_is_told_that_a_second_person_confirms() {
    let project = Project::small();
    let done = ["record", "v1", "backup", "done", "--by", "ana"];
    assert_eq!(run(&project, &done).code, 0);
    let ran = run(&project, &["record", "v1", "backup", "--confirm", "lead", "--by", "ana"]);
    let err = format!(
        "recorded in v1: - {{ at: {NOW}, by: ana, item: backup, confirm: lead }}\n\
         warning: `ana` did it, and a second person has to confirm: the confirmation does not count\n"
    );
    assert_eq!(ran, Ran { code: 0, out: String::new(), err });
}

#[test]
fn blanks_and_confirmations_and_messages() {
    appends(
        &["record", "v1", "backup", "--field", "backup file", "--value", "a.sql"],
        "item: backup, field: Backup file, value: a.sql",
        "",
    );
    doubts(
        &["record", "v1", "backup", "--confirm", "lead"],
        "item: backup, confirm: lead",
        "`bo` does not hold `lead`: the confirmation does not count",
    );
    appends(&["record", "v1", "start", "sent"], "message: start, is: sent", "");
    appends(&["record", "v1", "error-rate", "cleared"], "trigger: error-rate, is: cleared", "");
}

#[test]
fn names_may_be_short() {
    appends(&["record", "v1", "Mig", "done"], "item: migrate, is: done", "");
    appends(&["record", "v1", "error", "fired"], "trigger: error-rate, is: fired", "");
    appends(&["record", "v1", "matches", "done"], "item: checksum-matches, is: done", "");
    refuses(
        &["record", "v1", "re", "done"],
        "`re` names more than one item or section of `shop`\n  = help: say `restore`, `readiness` or `reference`",
    );
    refuses(
        &["record", "v1", "bakcup", "done"],
        "`bakcup` is no item or section of `shop`\n  = help: did you mean `backup`?",
    );
    refuses(&["record", "v2", "backup", "done"], "there is no release `v2`\n  = help: did you mean `v1`?");
    refuses(
        &["record", "v1.0.0", "backup", "done"],
        "there is no release `v1.0.0`\n  = help: did you mean `v1`?",
    );
}

#[test]
fn what_cannot_be_taken_up_is_not_appended() {
    for (arguments, err) in [
        (
            &["go-no-go", "done"][..],
            "`go-no-go` is a gate\n  = help: record what is called there: `runsheet call v1 go-no-go go`",
        ),
        (
            &["backup", "--actual", "3 h"][..],
            "`backup`: `3 h` does not say which threshold it is for (`metric`)\n  = help: name it with `--metric`: `age of backup` or `backup size`",
        ),
        (
            &["backup", "--actual", "3 h", "--metric", "age"],
            "`backup`: `3 h` is for `age`, which no threshold here measures\n  = help: name it with `--metric`: `age of backup` or `backup size`",
        ),
        (
            &["certificate", "done", "--actual", "3 GB"],
            "`certificate`: `3 GB` is an amount of data, the bar `> 30 d` is a duration",
        ),
        (
            &["certificate", "--actual", "soon"],
            "`certificate`: `soon` is not a quantity\n  = help: record the value that was measured; the bar is `> 30 d`",
        ),
        (&["certificate", "done", "--actual", ""], "`certificate`: the value is missing"),
        (&["migrate", "--actual", "3"], "`migrate`: `3` is for no threshold, there is none"),
        (&["certificate", "n/a"], "`n/a` needs a reason: add `--why`"),
        (&["certificate", "waived", "--why", " "], "`waived` needs a reason: add `--why`"),
        (
            &["certificate", "waived", "--why", "x", "--until", "soon"],
            "`soon` is neither a date nor an instant\n  = help: write `2026-12-03`, or `2026-12-03T18:00:00Z`",
        ),
        (
            &["certificate", "done", "--until", "2026-12-03"],
            "`--until` is the end of a waiver and goes with `waived`",
        ),
        (
            &["backup"],
            "there is nothing to record\n  = help: say what it is (`done`, `failed`, `blocked`, `n/a`, `waived` or `pending`), or give a value, a note or evidence",
        ),
        (&["start", "done"], "`start` is a message and cannot be `done`\n  = help: record it as `sent`"),
        (&["start", "sent", "--actual", "3"], "`start` is a message and takes no `--actual`"),
        (&["readiness", "--confirm", "lead"], "`readiness` is a section and takes no `--confirm`"),
        (
            &["backup", "--confirm", "dba"],
            "`dba` is no role that confirms `backup`\n  = help: there is `lead`",
        ),
        (&["migrate", "--confirm", "dba"], "`migrate` asks for no second person"),
        (
            &["backup", "--field", "size", "--value", "3"],
            "`size` is no blank of `backup`\n  = help: there is `Backup file`",
        ),
        (
            &["backup", "done", "--at", "noon"],
            "`noon` is not a time\n  = help: write `2026-12-01T08:02:11Z`, or the time of day in the zone of the release, `09:30`",
        ),
    ] {
        refuses(&[&["record", "v1"], arguments].concat(), err);
    }
}

#[test]
fn a_waiver_should_end_and_an_item_should_say_when_it_applies() {
    appends_with(
        &["record", "v1", "certificate", "waived", "--why", "later", "--by", "bo"],
        &format!("at: {NOW}, by: bo, item: certificate, is: waived, why: later"),
        "",
        "warning: the waiver has no end; `--until` gives it one\n",
    );
    for until in ["2020-01-01", "2026-11-17", "2026-11-18T10:00:00Z"] {
        appends_with(
            &["record", "v1", "certificate", "waived", "--why", "later", "--until", until, "--by", "bo"],
            &format!("at: {NOW}, by: bo, item: certificate, is: waived, why: later, until: {until}"),
            "",
            "warning: the waiver has ended already\n",
        );
    }
    appends_with(
        &["record", "v1", "migrate", "n/a", "--why", "no change", "--by", "bo"],
        &format!("at: {NOW}, by: bo, item: migrate, is: n/a, why: no change"),
        "",
        "warning: `migrate` does not say when it `applies`, so n/a leaves it open\n",
    );
}

#[test]
fn a_gate_has_the_same_name_for_every_command() {
    let project = Project::small();
    let gate = |name: &str| run(&project, &["gate", "v1", name]);
    assert_eq!(gate("go-no-go").out.lines().next(), Some("NO-GO for v1 at go-no-go"));
    assert_eq!(gate("GO"), gate("go-no-go"));
    let err = "error: `later` is no gate of `shop`\n  = help: there is `go-no-go`\n";
    assert_eq!(gate("later"), Ran { code: 2, out: String::new(), err: err.to_owned() });
}

#[test]
fn signatures_are_sealed() {
    let gate = run(&Project::small(), &["gate", "v1", "--output-format", "json"]).out;
    let gate: serde_json::Value = serde_json::from_str(&gate).unwrap();
    let seal = gate["seal"].as_str().unwrap();
    assert_eq!(seal.len(), "7f3a-91c2-0b4d-e811".len());
    appends(&["sign", "v1", "dba", "approve"], &format!("sign: dba, choice: approve, seal: {seal}"), "");
    doubts(
        &["sign", "v1", "lead", "Block"],
        &format!("sign: lead, choice: block, seal: {seal}"),
        "`bo` does not hold `lead`: the signature does not count",
    );
    refuses(&["sign", "v1", "dba", "maybe"], "`dba` cannot say `maybe`\n  = help: say `approve` or `block`");
    refuses(
        &["sign", "v1", "cto", "approve"],
        "`cto` is no role that signs\n  = help: there is `dba` or `lead`",
    );
}

#[test]
fn a_seal_changes_with_what_is_signed() {
    let project = Project::small();
    let runbook = read(&project, "content/runbooks/shop.yaml");
    let seal = || {
        let ran = run(&project, &["sign", "v1", "dba", "approve", "--by", "bo"]);
        ran.err.split("seal: ").nth(1).unwrap().to_owned()
    };
    let first = seal();
    project.put(
        "content/runbooks/shop.yaml",
        runbook.replace("revision:", "revision: # as issued\n ").as_bytes(),
    );
    assert_eq!(seal(), first);
    project.put("content/runbooks/shop.yaml", runbook.replace("./restore.sh", "./reset.sh").as_bytes());
    assert_ne!(seal(), first);
}

#[test]
fn calls_events_and_outcomes() {
    doubts(
        &["call", "v1", "go", "no-go"],
        "gate: go-no-go, choice: no-go",
        "`bo` does not hold `lead`: the record says who decides at this gate",
    );
    doubts(
        &["call", "v1", "go", "go"],
        "gate: go-no-go, choice: go",
        "`bo` does not hold `lead`: the record says who decides at this gate\n\
         warning: the verdict is NO-GO: `runsheet gate v1 go-no-go` says why",
    );
    appends(&["event", "v1", "Migration: \"begun\""], "event: \"Migration: \\\"begun\\\"\"", "");
    appends(&["outcome", "v1", "success"], "outcome: success", "");
    appends(&["release", "close", "v1", "rollback"], "outcome: rollback", "");
    refuses(&["call", "v1", "lunch", "go"], "`lunch` is no gate\n  = help: there is `go-no-go`");
    refuses(&["event", "v1", " "], "an event needs a text");
    refuses(&["outcome", "v1", ""], "an outcome needs a word, such as `success` or `rollback`");
}

#[test]
fn a_release_is_closed_once() {
    let project = Project::small();
    assert_eq!(run(&project, &["release", "close", "v1", "success", "--by", "ana"]).code, 0);
    let err = format!(
        "error: `v1` was closed as `success` by ana at {NOW}\n  = help: `runsheet outcome` records another outcome\n"
    );
    let ran = run(&project, &["release", "close", "v1", "rollback", "--by", "bo"]);
    assert_eq!(ran, Ran { code: 2, out: String::new(), err });
    assert_eq!(run(&project, &["outcome", "v1", "rollback", "--by", "bo"]).code, 0);
    let late = ["record", "v1", "backup", "failed", "--by", "bo", "--at", "2026-11-18T11:10:00Z"];
    let err = format!(
        "warning: `v1` was closed as `rollback` at {NOW}, before this\n\
         recorded in v1: - {{ at: 2026-11-18T11:10:00Z, by: bo, item: backup, is: failed }}\n"
    );
    assert_eq!(run(&project, &late), Ran { code: 0, out: String::new(), err });
    let lines = "- { at: 2026-11-18T11:08:00Z, by: bo, item: backup, is: done }\n- { at: 2026-11-18T11:09:00Z, by: bo, item: backup, is: failed }\n";
    project.put("lines.yaml", lines.as_bytes());
    let ran = run(&project, &["import-events", "v1", project.path().join("lines.yaml").to_str().unwrap()]);
    let err = format!(
        "warning: `v1` was closed as `rollback` at {NOW}, before this\nimported 2 events, refused 0, 0 known before\n"
    );
    assert_eq!(ran, Ran { code: 0, out: lines.to_owned(), err });
    let said = ["event", "v1", "Post-mortem", "--by", "bo", "--at", "2026-11-18T11:10:00Z"];
    let err = "recorded in v1: - { at: 2026-11-18T11:10:00Z, by: bo, event: Post-mortem }\n";
    assert_eq!(run(&project, &said), Ran { code: 0, out: String::new(), err: err.to_owned() });
}

#[test]
fn who_records() {
    let project = Project::small();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(project.path()).args(arguments).envs(NOBODY.iter().copied());
        assert!(command.stdout(Stdio::null()).status().unwrap().success());
    };
    let by = |arguments: &[&str]| {
        let ran = run(&project, &[&["event", "v1", "x"], arguments].concat());
        ran.err.replace(&format!("recorded in v1: - {{ at: {NOW}, "), "").replace(", event: x }\n", "")
    };
    let nobody = "error: it is not known who records this\n  = help: say it with `--by`, or set `user.name` and `user.email` of git\n";
    assert_eq!(by(&[]), nobody);
    assert_eq!(by(&["--by", "ana"]), "by: ana");
    assert_eq!(by(&["--by", "ANA@example.org"]), "by: ana");
    assert_eq!(by(&["--by", "Ana"]), "by: ana");
    assert_eq!(by(&["--by", "ana ruiz"]), "by: ana");
    assert_eq!(by(&["--by", "dba"]), "by: dba");
    assert_eq!(by(&["--by", "Zoë: night"]), "warning: `Zoë: night` is not in the roster\nby: \"Zoë: night\"");
    git(&["init", "--quiet"]);
    git(&["config", "user.name", "Somebody Else"]);
    assert_eq!(by(&[]), "warning: `Somebody Else` is not in the roster\nby: Somebody Else");
    git(&["config", "user.email", "bo@example.org"]);
    assert_eq!(by(&[]), "by: bo");
    git(&["config", "user.email", "other@example.org"]);
    git(&["config", "user.name", "Ana Ruiz"]);
    assert_eq!(by(&[]), "by: ana");
}

#[test]
fn when_it_happened() {
    let at = |time: &str, instant: &str, warning: &str| {
        let arguments = ["event", "v1", "x", "--by", "bo", "--at", time];
        let project = Project::small();
        let ran = run(&project, &arguments);
        let err = format!("{warning}recorded in v1: - {{ at: {instant}, by: bo, event: x }}\n");
        assert_eq!(ran, Ran { code: 0, out: String::new(), err });
    };
    at("2026-11-18T09:00:00+02:00", "2026-11-18T07:00:00Z", "");
    // The release is run in Madrid.
    at("09:30", "2026-11-18T08:30:00Z", "");
    at("2026-11-17 23:59", "2026-11-17T22:59:00Z", "");
    at("13:00", "2026-11-18T12:00:00Z", "warning: 2026-11-18T12:00:00Z is still to come\n");
}
