//! `runsheet diff`: what it says of two runbooks, two releases and two revisions of a real git
//! repository, in full.

use std::process::Command;

use crate::project::{Project, Ran, golden};

/// A runbook with something of everything.
const BEFORE: &str = include_str!("diff/before.yaml");
/// The same a year later.
const AFTER: &str = include_str!("diff/after.yaml");

/// Runs git in the project; who and when are always the same.
fn git(project: &Project, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(project.path()).args(["-c", "commit.gpgsign=false"]).args(arguments);
    for (name, value) in [
        ("GIT_AUTHOR_NAME", "Ana"),
        ("GIT_AUTHOR_EMAIL", "ana@example.org"),
        ("GIT_COMMITTER_NAME", "Ana"),
        ("GIT_COMMITTER_EMAIL", "ana@example.org"),
        ("GIT_AUTHOR_DATE", "2026-11-01T09:00:00Z"),
        ("GIT_COMMITTER_DATE", "2026-11-01T09:00:00Z"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ] {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Commits everything and gives the hash.
fn commit(project: &Project) -> String {
    git(project, &["add", "--all"]);
    git(project, &["commit", "--quiet", "--message", "Change"]);
    git(project, &["rev-parse", "HEAD"])
}

fn repository() -> Project {
    let project = Project::new();
    git(&project, &["init", "--quiet"]);
    project
}

/// What the program said, with the hashes of commits under their names.
fn said(project: &Project, arguments: &[&str], commits: &[(&str, &str)]) -> Ran {
    let Ran { code, mut out, mut err } = project.run(arguments);
    for (hash, name) in commits {
        for text in [&mut out, &mut err] {
            *text = text.replace(hash, &format!("{name} IN FULL")).replace(&hash[..12], name);
        }
    }
    Ran { code, out, err }
}

fn fine(out: &str, err: &str) -> Ran {
    Ran { code: 0, out: out.to_owned(), err: err.to_owned() }
}

fn could_not(err: &str) -> Ran {
    Ran { code: 2, out: String::new(), err: err.to_owned() }
}

/// Two runbooks side by side, without git.
fn two(before: &str, after: &str) -> Project {
    Project::new().file("content/runbooks/a.yaml", before).file("content/runbooks/b.yaml", after)
}

const FILES: [&str; 2] = ["content/runbooks/a.yaml", "content/runbooks/b.yaml"];

#[test]
fn everything_in_every_format() {
    let project = two(BEFORE, AFTER);
    for (format, ending) in [("human", "txt"), ("markdown", "md"), ("json", "json")] {
        let ran = project.run(&["diff", FILES[0], FILES[1], "--output-format", format]);
        assert_eq!(ran.code, 0, "{ran:?}");
        golden(&format!("diff/everything.{ending}"), &ran.out);
        golden("diff/everything.err", &ran.err);
    }
}

#[test]
fn the_way_there_and_back_weaken_the_opposite() {
    let project = two(BEFORE, AFTER);
    let ran = project.run(&["diff", FILES[1], FILES[0]]);
    golden("diff/back.txt", &ran.out);
}

#[test]
fn a_runbook_does_not_differ_from_itself() {
    let ran = two(BEFORE, BEFORE).run(&["diff", FILES[0], FILES[1]]);
    let out = "content/runbooks/a.yaml → content/runbooks/b.yaml\n\nrunbook `b` (Shop deployment)\n\nno differences\n";
    assert_eq!(ran, fine(out, "no differences\n"));
}

/// A bar before and after, and what the program says of it.
const BARS: &[(&str, &str, &str)] = &[
    ("p95 < 500 ms", "p95 < 1 s", "loosened"),
    ("p95 < 1 s", "p95 < 500 ms", "tightened"),
    ("p95 < 1 s", "P95 < 1000 ms", "reworded"),
    ("p95 < 500 ms", "p95 > 500 ms", "changed"),
    ("p95 < 500 ms at 100 users", "p95 < 500 ms at 10 users", "changed"),
    ("error rate < 1 % for 10m", "error rate < 1 % for 5m", "loosened"),
    ("error rate < 1 % over 10m", "error rate < 1 % over 5m", "changed"),
    ("tests passing >= 98 %", "tests passing >= 95 %", "loosened"),
    ("'HTTP status in 200, 301'", "'HTTP status in 200, 301, 302'", "loosened"),
    ("p95 < 500 ms", "{ metric: p95, pass: < 500 ms, warn: < 800 ms }", "loosened"),
    ("{ metric: p95, pass: < 500 ms, warn: < 800 ms }", "{ metric: p95, warn: < 800 ms }", "reworded"),
    (
        "{ metric: p95, pass: < 1 s, abort: '> 2 s' }",
        "{ metric: p95, pass: < 1 s, abort: '> 3 s' }",
        "loosened",
    ),
    ("{ metric: p95, pass: < 1 s, abort: '> 2 s' }", "{ metric: p95, pass: < 1 s }", "loosened"),
    (
        "{ metric: p95, pass: < 1 s, abort: '> 2 s' }",
        "{ metric: p95, pass: < 2 s, abort: '> 1 s' }",
        "changed",
    ),
    ("{ state: all nodes healthy }", "{ state: most nodes healthy }", "changed"),
    ("{ state: all nodes healthy }", "healthy nodes = 3", "changed"),
];

#[test]
fn bars_are_weighed() {
    let runbook = |bar: &str| {
        format!(
            "title: T\nsections:\n  - title: S\n    checks:\n      - {{ title: C, thresholds: [{bar}] }}\n"
        )
    };
    for (before, after, group) in BARS {
        let ran = two(&runbook(before), &runbook(after)).run(&["diff", FILES[0], FILES[1]]);
        assert_eq!(ran.err, format!("1 difference: 1 {group}\n"), "{before} → {after}\n{}", ran.out);
    }
}

/// An approval before and after, and what the program says of it.
const APPROVALS: &[(&str, &str, &str)] = &[
    ("{ all-of: [a, b] }", "{ any-of: [a, b] }", "loosened"),
    ("{ any-of: [a, b] }", "{ any-of: [a, b, c] }", "loosened"),
    ("{ role: a }", "{ all-of: [a, b] }", "tightened"),
    ("{ n: 2, of: [a, b, c] }", "{ n: 3, of: [a, b, c] }", "tightened"),
    ("{ role: a }", "{ role: a, when: severity is critical }", "loosened"),
    ("{ any-of: [a, b] }", "{ any-of: [b, c] }", "changed"),
    ("{ role: a }", "{ role: a, statement: I have read it. }", "reworded"),
];

#[test]
fn approvals_are_weighed() {
    let runbook = |one: &str| format!("title: T\nsections:\n  - title: S\n    approvals: [{one}]\n");
    for (before, after, group) in APPROVALS {
        let ran = two(&runbook(before), &runbook(after)).run(&["diff", FILES[0], FILES[1]]);
        assert_eq!(ran.err, format!("1 difference: 1 {group}\n"), "{before} → {after}\n{}", ran.out);
    }
}

#[test]
fn revisions_of_a_repository() {
    let project = repository().file("content/runbooks/old.yaml", "title: Old\n");
    let project = project.file("content/runbooks/shop.yaml", "title: Shop\nrevision: 1\n");
    let one = commit(&project);
    std::fs::remove_file(project.path().join("content/runbooks/old.yaml")).unwrap();
    project.put("content/runbooks/new.yaml", b"title: New\n");
    project.put("content/runbooks/shop.yaml", b"title: Shop\nrevision: 2\n");
    let two = commit(&project);
    let names = [(one.as_str(), "ONE"), (two.as_str(), "TWO")];
    let body = "\nrunbook `new` (New) is added\n\nrunbook `old` (Old) is removed\n\nrunbook `shop` (Shop)\n\n  changed\n    runbook, revision: `1` → `2`\n";
    let err = "3 differences: 1 runbook removed, 1 runbook added, 1 changed\n";
    let ran = said(&project, &["diff", "HEAD~1", "HEAD"], &names);
    assert_eq!(ran, fine(&format!("HEAD~1 (ONE) → HEAD (TWO)\n{body}"), err));
    let ran = said(&project, &["diff", "HEAD~1"], &names);
    assert_eq!(ran, fine(&format!("HEAD~1 (ONE) → working tree (TWO)\n{body}"), err));

    project.put("content/runbooks/shop.yaml", b"title: Shop\nrevision: 3\n");
    let body = "\nrunbook `shop` (Shop)\n\n  changed\n    runbook, revision: `1` → `3`\n";
    let err = "1 difference: 1 changed\n";
    let file = "content/runbooks/shop.yaml";
    let ran = said(&project, &["diff", &format!("HEAD~1:{file}"), file], &names);
    let head = format!("HEAD~1:{file} (ONE) → {file} (TWO with uncommitted changes)\n");
    assert_eq!(ran, fine(&format!("{head}{body}"), err));
    let ran = said(&project, &["diff", "HEAD~1", file], &names);
    assert_eq!(ran, fine(&format!("HEAD~1 (ONE) → {file} (TWO with uncommitted changes)\n{body}"), err));
}

#[test]
fn who_holds_a_role_by_the_plan_or_by_the_roster() {
    let plan = |roles: &str| format!("runbook: shop\nversion: \"1\"\nroles: {{ {roles} }}\n");
    let project = Project::new()
        .file("content/runbooks/shop.yaml", "title: Shop\n")
        .file("content/releases/v1.yaml", &plan("lead: ana, dba: bo, cto: cy"))
        .file("content/releases/v2.yaml", &plan("lead: ana, dba: cy, qa: bo"));
    let out = "v1 → v2\n\nrunbook `shop` (Shop)\n\n  changed\n    \
               release, roles: `dba is bo` → `dba is cy`\n    \
               release, roles: `qa by the roster` → `qa is bo`\n    \
               release, roles: `cto is cy` → `cto by the roster`\n";
    assert_eq!(project.run(&["diff", "v1", "v2"]), fine(out, "3 differences: 3 changed\n"));
}

#[test]
fn a_journal_that_was_rewritten() {
    let journal = "content/releases/v1.journal.yaml";
    let project = repository().file("content/runbooks/shop.yaml", "title: Shop\n");
    let project = project.file("content/releases/v1.yaml", "runbook: shop\nversion: \"1.0\"\n");
    let line =
        |minute: u8, said: &str| format!("- {{ at: 2026-12-01T08:0{minute}:00Z, by: ana, event: {said} }}\n");
    let written = [line(1, "One"), line(2, "Two"), line(3, "Three")].concat();
    project.put(journal, written.as_bytes());
    let one = commit(&project);
    let names = [(one.as_str(), "ONE")];
    let head = "HEAD (ONE) → working tree (ONE with uncommitted changes)\n";
    let grown = [
        line(2, "Two"),
        "# another branch\n".to_owned(),
        line(1, "\"One\""),
        line(3, "Three"),
        line(4, "Four"),
    ];
    project.put(journal, grown.concat().as_bytes());
    let ran = said(&project, &["diff", "HEAD"], &names);
    assert_eq!(ran, fine(&format!("{head}\nno differences\n"), "no differences\n"));

    project.put(journal, written.replace("Two", "2").replace(&line(3, "Three"), "").as_bytes());
    let body = "\nrunbook `shop` (Shop)\n\n  removed\n    \
                journal `v1`, event: `- { at: 2026-12-01T08:02:00Z, by: ana, event: Two }` → none\n    \
                journal `v1`, event: `- { at: 2026-12-01T08:03:00Z, by: ana, event: Three }` → none\n";
    let ran = said(&project, &["diff", "HEAD"], &names);
    assert_eq!(ran, fine(&format!("{head}{body}"), "2 differences: 2 removed\n"));

    let rename = |from: &str, to: &str| {
        std::fs::rename(project.path().join(from), project.path().join(to)).unwrap();
    };
    project.put(journal, written.as_bytes());
    rename("content/releases/v1.yaml", "content/releases/v2.yaml");
    let body = "\nrunbook `shop` (Shop)\n\n  removed\n    journal `v1` (1.0)\n";
    let ran = said(&project, &["diff", "HEAD"], &names);
    assert_eq!(ran, fine(&format!("{head}{body}"), "1 difference: 1 removed\n"));
    rename(journal, "content/releases/v2.journal.yaml");
    let plan = "runbook: shop\nversion: \"1.0\"\nwindow: { start: 2026-12-01T09:00, zone: UTC }\nroles: { dba: bo }\n";
    project.put("content/releases/v2.yaml", plan.as_bytes());
    let body = "\nrunbook `shop` (Shop)\n\n  changed\n    \
                plan `v2`, window: none → `2026-12-01T09:00:00 UTC`\n    \
                plan `v2`, roles: `dba by the roster` → `dba is bo`\n";
    let ran = said(&project, &["diff", "HEAD"], &names);
    assert_eq!(ran, fine(&format!("{head}{body}"), "2 differences: 2 changed\n"));
    project.put("content/releases/v2.yaml", b"runbook: shop\nversion: \"1.0\"\n");
    let ran = said(&project, &["diff", "HEAD"], &names);
    assert_eq!(ran, fine(&format!("{head}\nno differences\n"), "no differences\n"));
}

#[test]
fn a_roster_decides_who_may_sign() {
    let roster = |holder: &str| {
        let text = "people: { ana: { name: Ana }, bo: { name: Bo }, cy: { name: Cy } }\nroles: { dba: { title: DBA, holder: HOLDER, backup: ana }, lead: { title: Lead, holder: HOLDER } }\n";
        text.replace("HOLDER", holder)
    };
    let project = repository().file("content/roster.yaml", &roster("bo"));
    let project = project.file(
        "content/runbooks/shop.yaml",
        "title: Shop\nsections: [{ title: Sign, owner: lead, approvals: [{ role: dba }, { role: lead }, { role: qa }] }]\n",
    );
    let project =
        project.file("content/releases/v1.yaml", "runbook: shop\nversion: \"1\"\nroles: { lead: ana }\n");
    let one = commit(&project);
    project.put("content/roster.yaml", roster("cy").as_bytes());
    let out = "HEAD (ONE) → working tree (ONE with uncommitted changes)\n\nrunbook `shop` (Shop)\n\n  changed\n    \
               plan `v1`, signers: `dba: ana, bo` → `dba: ana, cy`\n";
    let ran = said(&project, &["diff", "HEAD"], &[(one.as_str(), "ONE")]);
    assert_eq!(ran, fine(out, "1 difference: 1 changed\n"));
}

#[test]
fn a_program_reads_which_commits_were_compared() {
    let project = repository().file("content/runbooks/shop.yaml", "title: Shop\nrevision: 2\n");
    let two = commit(&project);
    project.put("content/runbooks/shop.yaml", b"title: Shop\nrevision: 3\n");
    let ran = said(&project, &["diff", "HEAD", "--output-format", "json"], &[(&two, "TWO")]);
    let json = r#"{
  "version": 1,
  "before": {
    "name": "HEAD",
    "kind": "revision",
    "commit": "TWO IN FULL",
    "dirty": false
  },
  "after": {
    "name": "working tree",
    "kind": "revision",
    "commit": "TWO IN FULL",
    "dirty": true
  },
  "runbooks": [
    {
      "id": "shop",
      "title": "Shop",
      "is": "changed",
      "changes": [
        {
          "group": "changed",
          "kind": "runbook",
          "id": "shop",
          "title": "Shop",
          "section": "",
          "key": "revision",
          "before": "2",
          "after": "3",
          "inside": null
        }
      ]
    }
  ]
}
"#;
    assert_eq!(ran, fine(json, "1 difference: 1 changed\n"));
}

#[test]
fn a_project_below_the_top_of_its_repository() {
    let outer = Project::empty().file("ops/content/site.yaml", "title: Test\n");
    git(&outer, &["init", "--quiet"]);
    outer.put("ops/content/runbooks/shop.yaml", b"title: Shop\n");
    let one = commit(&outer);
    outer.put("ops/content/runbooks/shop.yaml", b"title: Store\n");
    let root = outer.path().join("ops");
    let root = root.to_str().unwrap();
    for path in ["content/runbooks/shop.yaml", "ops/content/runbooks/shop.yaml"] {
        let name = format!("HEAD:{path}");
        let ran = said(&outer, &["diff", &name, "--root", root], &[(&one, "ONE")]);
        let out = format!(
            "{name} (ONE) → working tree (ONE with uncommitted changes)\n\nrunbook `shop` (Store)\n\n  changed\n    runbook, title: `Shop` → `Store`\n"
        );
        assert_eq!(ran, fine(&out, "1 difference: 1 changed\n"));
    }
}

#[test]
fn a_release_that_has_ended_keeps_its_runbook() {
    let runbook = |bar: &str| {
        format!(
            "title: Shop\nparameters:\n  version: {{ about: Tag }}\nsections:\n  - title: Before\n    id: before\n    checks:\n      - {{ title: Fast, thresholds: p95 < {bar}, run: \"deploy {{{{ version }}}}\" }}\n"
        )
    };
    let plan = |version: &str, lead: &str| {
        format!(
            "runbook: shop\nversion: {version}\nwindow: {{ start: 2026-11-18T09:00 }}\nroles: {{ lead: {lead} }}\nparameters: {{ version: {version} }}\n"
        )
    };
    let project = repository()
        .file("content/runbooks/shop.yaml", &runbook("500 ms"))
        .file("content/releases/v1.yaml", &plan("v1.0.0", "ana"))
        .file(
            "content/releases/v1.journal.yaml",
            "- { at: 2026-11-18T12:00:00Z, by: ana, outcome: success }\n",
        );
    let ran = project.run(&["diff", "v1", "v1"]);
    let note = "release `v1` has ended and its journal is not committed: it is compared with its runbook as it is now\n";
    let out = "v1 → v1\n\nrunbook `shop` (Shop)\n\nno differences\n";
    assert_eq!(ran, fine(out, &format!("{note}{note}no differences\n")));

    let one = commit(&project);
    project.put("content/runbooks/shop.yaml", runbook("1 s").as_bytes());
    project.put("content/releases/v2.yaml", plan("v2.0.0", "bo").as_bytes());
    let two = commit(&project);
    let names = [(one.as_str(), "ONE"), (two.as_str(), "TWO")];
    let ran = said(&project, &["diff", "v1", "v2"], &names);
    let out = "v1 (ONE) → v2 (TWO)\n\nrunbook `shop` (Shop)\n\n  loosened\n    check `fast`, thresholds: `p95 < 500 ms` → `p95 < 1 s`\n\n  changed\n    runbook, parameters: `version = v1.0.0` → `version = v2.0.0`\n    release, roles: `lead is ana` → `lead is bo`\n";
    assert_eq!(ran, fine(out, "3 differences: 1 loosened, 2 changed\n"));

    // The record says it in the language of the site.
    let site = std::fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}language: de\n").as_bytes());
    let later = plan("v2.0.0", "bo").replace("2026-11-18", "2026-12-01");
    project.put("content/releases/v2.yaml", later.as_bytes());
    let record = project.run(&["markdown", "v2"]).out;
    let since: Vec<&str> = record.lines().filter(|line| line.starts_with("- seit")).collect();
    let expected = [
        "- seit v1: gelockert: Prüfung `fast`, thresholds: `p95 < 500 ms` → `p95 < 1 s`",
        "- seit v1: geändert: Runbook, parameters: `version = v1.0.0` → `version = v2.0.0`",
        "- seit v1: geändert: Release, roles: `lead is ana` → `lead is bo`",
    ];
    assert_eq!(since, expected, "{record}");
}

#[test]
fn what_cannot_be_compared_could_not_run() {
    let project = Project::new().file("content/runbooks/shop.yaml", "title: Shop\n");
    let project = project.file("content/pages/policy.md", "# Policy\n").file("outside.yaml", "title: Shop\n");
    let help = "  = help: give a release, the file of a runbook, a git revision, or `REVISION:FILE`\n";
    let nowhere = format!(
        "error: `HEAD` is no release and no file here; `ROOT` is in no git repository: there is no `HEAD`\n{help}"
    );
    assert_eq!(project.run(&["diff", "HEAD"]), could_not(&nowhere));
    let ran = project.run_with(&["diff", "HEAD"], &[("PATH", "/nowhere")]);
    let gone = "error: `HEAD` is no release and no file here; git is needed for `HEAD`: No such file or directory (os error 2)\n";
    assert_eq!(ran, could_not(&format!("{gone}{help}")));
    let runbooks = "  = help: runbooks lie in `content/runbooks/`, releases in `content/releases/`\n";
    for name in ["content/pages/policy.md", "content/site.yaml", "outside.yaml", "content/runbooks/shp.yaml"]
    {
        let err = format!("error: `{name}` is neither a runbook nor a release of this project\n{runbooks}");
        assert_eq!(project.run(&["diff", name]), could_not(&err));
    }

    git(&project, &["init", "--quiet"]);
    commit(&project);
    let err = format!("error: `v9` is no release and no file here; git knows no revision `v9`\n{help}");
    assert_eq!(project.run(&["diff", "v9"]), could_not(&err));
    for (range, ends) in [("a..b", "a b"), ("v1...main", "v1 main"), ("HEAD~1..", "HEAD~1 HEAD")] {
        let help = format!("  = help: give the two ends of a range: `{ends}`\n");
        let err = format!(
            "error: `{range}` is no release and no file here; git knows no revision `{range}`\n{help}"
        );
        assert_eq!(project.run(&["diff", range]), could_not(&err));
    }
    let err = "error: git knows no revision `--output=x`\n";
    assert_eq!(project.run(&["diff", "--", "--output=x:content/runbooks/shop.yaml"]), could_not(err));
    let err = format!(
        "error: `HEAD:content/runbooks/x.yaml` is neither a runbook nor a release of this project\n{runbooks}"
    );
    assert_eq!(project.run(&["diff", "HEAD:content/runbooks/x.yaml"]), could_not(&err));

    project.put("content/runbooks/torn.yaml", b"title: \"Torn\n");
    commit(&project);
    let err = "error: `HEAD:content/runbooks/torn.yaml` cannot be read\n  = help: `runsheet check` says what is wrong in it\n";
    assert_eq!(project.run(&["diff", "HEAD", "HEAD~1"]), could_not(err));
}
