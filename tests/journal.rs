//! Recording: what the commands say and append, and what the journal withstands.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::CommandCargoExt as _;

use crate::project::{Project, Ran};

/// Nothing of the machine's own git, and `NOW` on the clock.
const NOBODY: &[(&str, &str)] =
    &[("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("SOURCE_DATE_EPOCH", "1795000000")];
const JOURNAL: &str = "content/releases/v1.journal.yaml";
const NOW: &str = "2026-11-18T11:06:40Z";

fn run(project: &Project, arguments: &[&str]) -> Ran {
    project.run_with(arguments, NOBODY)
}

fn read(project: &Project, path: &str) -> String {
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

#[test]
fn a_new_release_has_a_plan_and_an_empty_journal() {
    let project = Project::small();
    let ran = run(
        &project,
        &[
            "release",
            "new",
            "v1.1.0",
            "--runbook",
            "shop",
            "--start",
            "2026-12-01T09:00",
            "--end",
            "2026-12-01T12:00",
            "--zone",
            "Europe/Berlin",
            "--role",
            "lead=bo",
            "--parameter",
            "host=shop.test",
        ],
    );
    let err = "wrote content/releases/v1.1.0.yaml and content/releases/v1.1.0.journal.yaml\n";
    assert_eq!(ran, Ran { code: 0, out: "v1.1.0\n".to_owned(), err: err.to_owned() });
    let plan = "\
runbook: shop
version: v1.1.0
window: { start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: Europe/Berlin }
roles: { lead: bo }
parameters: { host: shop.test, version: v1.1.0 }
";
    assert_eq!(read(&project, "content/releases/v1.1.0.yaml"), plan);
    assert_eq!(read(&project, "content/releases/v1.1.0.journal.yaml"), "");
    assert_eq!(run(&project, &["check"]).out, "");
    let again = run(&project, &["release", "new", "v1.1.0", "--runbook", "shop"]);
    let err = "error: there is a release `v1.1.0` already; nothing is overwritten\n";
    assert_eq!(again, Ran { code: 2, out: String::new(), err: err.to_owned() });
    assert_eq!(read(&project, "content/releases/v1.1.0.yaml"), plan);
}

#[test]
fn a_version_that_another_runbook_has_gets_the_name_of_its_own() {
    let project = Project::small().file("content/runbooks/data/pipe.yaml", "title: Pipe\nstatus: draft\n");
    let ran = run(&project, &["release", "new", "v1", "--runbook", "data/pipe"]);
    let err = "wrote content/releases/data-pipe-v1.yaml and content/releases/data-pipe-v1.journal.yaml\n";
    assert_eq!(ran, Ran { code: 0, out: "data-pipe-v1\n".to_owned(), err: err.to_owned() });
    assert_eq!(read(&project, "content/releases/data-pipe-v1.yaml"), "runbook: data/pipe\nversion: v1\n");
}

#[test]
fn what_a_new_release_lacks_is_said_at_once() {
    let runbook = "title: Api\nstatus: draft\nowner: cto\nparameters:\n  tag: { about: Tag }\n  host: { about: Host }\n  port: { default: \"80\" }\n";
    let project = Project::new()
        .file(
            "content/roster.yaml",
            "people:\n  ana: { name: Ana, email: a@example.org }\nroles:\n  cto: { title: CTO }\n",
        )
        .file("content/runbooks/api.yaml", runbook);
    let ran = run(&project, &["release", "new", "v1", "--runbook", "api", "--parameter", "host=x"]);
    let err = "error: the runbook `api` needs more to be planned\n  = help: add --role cto=PERSON --parameter tag=VALUE\n";
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: err.to_owned() });
    assert!(!project.path().join("content/releases").exists());
    let ran = run(
        &project,
        &["release", "new", "v1", "--runbook", "api", "--parameter", "host=x", "--parameter", "tag=1.10"],
    );
    let err = "warning: nobody holds the role `cto`\nwrote content/releases/v1.yaml and content/releases/v1.journal.yaml\n";
    assert_eq!(ran, Ran { code: 0, out: "v1\n".to_owned(), err: err.to_owned() });
    let plan = "runbook: api\nversion: v1\nparameters: { host: x, tag: \"1.10\" }\n";
    assert_eq!(read(&project, "content/releases/v1.yaml"), plan);
}

#[test]
fn an_hour_that_no_clock_shows_is_doubted() {
    let project = Project::new().file("content/runbooks/api.yaml", "title: Api\nstatus: draft\n");
    let window = ["--start", "2026-03-29T02:30", "--end", "2026-10-25T02:30", "--zone", "Europe/Madrid"];
    let ran = run(&project, &[&["release", "new", "v1", "--runbook", "api"][..], &window].concat());
    let doubt = |time: &str| format!("warning: `{time}` does not exist or exists twice in `Europe/Madrid`\n");
    let wrote = "wrote content/releases/v1.yaml and content/releases/v1.journal.yaml\n";
    let err = doubt("2026-03-29T02:30:00") + &doubt("2026-10-25T02:30:00") + wrote;
    assert_eq!(ran, Ran { code: 0, out: "v1\n".to_owned(), err });
}

#[test]
fn a_plan_with_mistakes_is_not_written() {
    for (arguments, err) in [
        (&["v2", "--runbook", "shopp"][..], "`shopp` is no runbook\n  = help: did you mean `shop`?"),
        (&["..", "--runbook", "shop"], "`..` makes no name for a file"),
        (&["v2.journal", "--runbook", "shop"], "`v2.journal` makes no name for a file"),
        (
            &["v2", "--runbook", "shop", "--zone", "Mars"],
            "there is no time zone `Mars`\n  = help: use a name of the IANA database, such as `Europe/Madrid`",
        ),
        (
            &["v2", "--runbook", "shop", "--zone", "Europe/Madrid"],
            "`--zone` is that of a window, and there is none\n  = help: say when it begins: `--start 2026-12-01T09:00`",
        ),
        (
            &["v2", "--runbook", "shop", "--start", "tomorrow"],
            "`tomorrow` is not a local date and time\n  = help: write it as `2026-12-01T09:00`",
        ),
        (
            &["v2", "--runbook", "shop", "--start", "2026-12-01T09:00", "--end", "2026-12-01T08:00"],
            "the window ends before it begins",
        ),
        (
            &["v2", "--runbook", "shop", "--role", "led=bo"],
            "`led` is no role\n  = help: did you mean `lead`?",
        ),
        (
            &["v2", "--runbook", "shop", "--role", "lead=boo"],
            "`boo` is no person or team\n  = help: did you mean `bo`?",
        ),
        (
            &["v2", "--runbook", "shop", "--parameter", "hots=x"],
            "`hots` is no parameter of `shop`\n  = help: did you mean `host`?",
        ),
        (
            &["v2", "--runbook", "shop", "--role", "lead=bo", "--role", "lead=ana"],
            "`--role lead` is given twice",
        ),
    ] {
        let project = Project::small();
        let before = project.tree("");
        let ran = run(&project, &[&["release", "new"], arguments].concat());
        assert_eq!(ran, Ran { code: 2, out: String::new(), err: format!("error: {err}\n") });
        assert!(project.tree("") == before);
    }
}

#[test]
fn every_release_on_one_line() {
    let project = Project::small();
    run(&project, &["release", "new", "v2", "--runbook", "shop"]);
    run(&project, &["outcome", "v1", "postponed", "--by", "bo"]);
    let out = "\
release  runbook  version  start                           verdict    outcome
v1       shop     v1.0.0   2026-11-18 09:00 Europe/Madrid  NO-GO      postponed
v2       shop     v2       –                               UNDECIDED  –
";
    let expected = Ran { code: 0, out: out.to_owned(), err: "2 releases\n".to_owned() };
    assert_eq!(run(&project, &["release", "list"]), expected);
    let expected = Ran { code: 0, out: String::new(), err: "0 releases\n".to_owned() };
    assert_eq!(run(&Project::new(), &["release", "list"]), expected);
}

#[test]
fn a_torn_line_stays_and_the_next_begins_anew() {
    let project = Project::small();
    project.put(
        JOURNAL,
        b"- { at: 2026-11-18T06:00:00Z, by: bo, event: a }\n- { at: 2026-11-18T06:01:00Z, by: bo, event: \"b",
    );
    let before = read(&project, JOURNAL);
    assert_eq!(run(&project, &["event", "v1", "c", "--by", "bo"]).code, 0);
    let line = format!("- {{ at: {NOW}, by: bo, event: c }}\n");
    assert_eq!(read(&project, JOURNAL), format!("{before}\n{line}"));
    assert_eq!(run(&project, &["event", "v1", "c", "--by", "bo"]).code, 0);
    assert_eq!(read(&project, JOURNAL), format!("{before}\n{line}{line}"));
}

#[test]
fn a_journal_that_leads_out_of_the_content_is_not_written() {
    let project = Project::small().file("other.yaml", "mine\n");
    let journal = project.path().join(JOURNAL);
    for target in ["../../other.yaml", "../../nothing.yaml"] {
        fs::remove_file(&journal).unwrap();
        std::os::unix::fs::symlink(target, &journal).unwrap();
        let ran = run(&project, &["event", "v1", "x", "--by", "bo"]);
        let err = format!("error: `ROOT/{JOURNAL}` leads out of `content/`\n");
        assert_eq!(ran, Ran { code: 2, out: String::new(), err });
    }
    assert_eq!(read(&project, "other.yaml"), "mine\n");
    assert!(!project.path().join("nothing.yaml").exists());
}

/// A stream of numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn writers_that_are_killed_lose_nothing_they_completed() {
    const WRITERS: u64 = 8;
    const APPENDS: u64 = 125;
    let project = Project::new().file("content/releases/v1.yaml", "runbook: none\nversion: v1\n");
    let begun = Instant::now();
    run(&project, &["event", "v1", "begin", "--by", "w"]);
    // With eight at work on two cores each takes several times as long as one alone.
    let long = 8 * begun.elapsed().as_micros() as u64;
    let completed = Mutex::new(BTreeSet::new());
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (project, completed) = (&project, &completed);
            scope.spawn(move || {
                let mut dice = Dice(writer);
                for number in 0..APPENDS {
                    let text = format!("{writer}.{number}: \"{}\"", "x".repeat(dice.roll(600) as usize));
                    let mut command = Command::cargo_bin("runsheet").unwrap();
                    command.arg("--root").arg(project.path()).args(["event", "v1", &text, "--by", "w"]);
                    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                    let mut child = command.spawn().unwrap();
                    thread::sleep(Duration::from_micros(dice.roll(long)));
                    child.kill().unwrap();
                    if child.wait().unwrap().success() {
                        completed.lock().unwrap().insert(text);
                    }
                }
            });
        }
    });
    let completed = completed.into_inner().unwrap();
    let mut events = BTreeSet::new();
    for line in read(&project, JOURNAL).lines() {
        // A torn line has no end; every other is an event, once.
        if let Ok(event) = serde_yaml::from_str::<serde_yaml::Value>(line) {
            assert!(events.insert(event[0]["event"].as_str().unwrap().to_owned()), "{line}");
        }
    }
    let lost: Vec<&String> = completed.difference(&events).collect();
    assert_eq!(lost, Vec::<&String>::new());
    // The test is worth something when some were killed and some were not.
    assert!((20..980).contains(&completed.len()), "{} of 1000 completed", completed.len());
    assert_eq!(run(&project, &["release", "list"]).code, 0);
}

const GATED: &str = "\
title: Api
status: draft
sections:
  - title: Ready
    id: ready
    checks: [{ title: Tests, id: tests }, { title: Backup, id: backup }]
";

#[test]
fn two_branches_merge_without_a_conflict() {
    let mut merged = Vec::new();
    for (ours, theirs) in [("one", "two"), ("two", "one")] {
        let project = Project::new()
            .file(".gitattributes", "*.journal.yaml merge=union\n")
            .file("content/runbooks/api.yaml", GATED)
            .file("content/releases/v1.yaml", "runbook: api\nversion: v1\n")
            .file(JOURNAL, "- { at: 2026-11-18T08:00:00Z, by: ana, event: begin }\n");
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.arg("-C").arg(project.path()).args([
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
            ]);
            let output = command.args(arguments).envs(NOBODY.iter().copied()).output().unwrap();
            assert!(output.status.success(), "{output:?}");
        };
        let record = |item: &str, state: &str, by: &str, at: &str| {
            let ran = run(&project, &["record", "v1", item, state, "--by", by, "--at", at]);
            assert_eq!(ran.code, 0, "{ran:?}");
        };
        git(&["init", "--quiet", "--initial-branch", "main"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "Begin"]);
        git(&["checkout", "--quiet", "-b", "one"]);
        record("backup", "done", "ana", "2026-11-18T08:10:00Z");
        record("tests", "done", "ana", "2026-11-18T08:30:00Z");
        git(&["commit", "--quiet", "--all", "--message", "One"]);
        git(&["checkout", "--quiet", "-b", "two", "main"]);
        record("tests", "failed", "bo", "2026-11-18T08:20:00Z");
        record("backup", "done", "bo", "2026-11-18T08:40:00Z");
        git(&["commit", "--quiet", "--all", "--message", "Two"]);
        assert!(run(&project, &["release", "list"]).out.contains("NO-GO"));
        git(&["checkout", "--quiet", ours]);
        git(&["merge", "--quiet", "--no-edit", theirs]);
        // The latest event wins, in whichever order the lines came together.
        let list = "release  runbook  version  start  verdict  outcome\nv1       api      v1       –      GO       –\n";
        assert_eq!(run(&project, &["release", "list"]).out, list);
        let mut lines: Vec<String> = read(&project, JOURNAL).lines().map(str::to_owned).collect();
        lines.sort();
        merged.push(lines);
    }
    let expected = [
        "- { at: 2026-11-18T08:00:00Z, by: ana, event: begin }",
        "- { at: 2026-11-18T08:10:00Z, by: ana, item: backup, is: done }",
        "- { at: 2026-11-18T08:20:00Z, by: bo, item: tests, is: failed }",
        "- { at: 2026-11-18T08:30:00Z, by: ana, item: tests, is: done }",
        "- { at: 2026-11-18T08:40:00Z, by: bo, item: backup, is: done }",
    ];
    assert_eq!(merged, [expected, expected]);
}
