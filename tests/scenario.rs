//! A whole deployment through the commands, from the plan to the record. What each command says is
//! compared in full with its page in `tests/golden/scenario`.

use std::fs;

use crate::project::{Project, golden};

const ROSTER: &str = "\
people:
  ana: { name: Ana Ruiz, email: ana@example.org, phone: \"+1 202 555 0101\" }
  bo: { name: Bo Lind, email: bo@example.org, phone: \"+1 202 555 0102\" }
roles:
  deployment-lead: { title: Deployment lead, backup: bo }
  qa-lead: { title: QA lead, holder: bo, backup: ana }
";

const RUNBOOK: &str = "\
title: Orders API production deployment
product: Orders API
environment: production
status: draft
owner: deployment-lead
duration: 1h
reviewed: 2026-11-02
parameters:
  version: { about: Release tag, example: v1.4.0 }
  previous: { about: Release to go back to, example: v1.3.2 }
sections:
  - title: Before the deployment
    id: before
    owner: qa-lead
    at: T-2h
    checks:
      - { title: Tests pass, id: tests, thresholds: tests passing >= 98 % }
      - { title: API is fast enough, id: api-p95, thresholds: API p95 response time < 500 ms }
      - { title: Backup is done, id: backup, owner: deployment-lead }
    approvals: [{ role: qa-lead }]
    gate: { title: Go/no-go, id: go-no-go, at: T-30m, decides: deployment-lead }
  - title: Deployment
    id: deployment
    phase: during
    owner: deployment-lead
    at: T
    duration: 30m
    thresholds: checks = 100 %
    steps:
      - title: Deploy the release
        id: deploy
        run: ./deploy.sh {{ version }}
        expect: The script ends with exit code 0
        on-failure: rollback
      - title: Look at the orders
        id: orders
        thresholds: orders per minute >= 40
  - title: Rollback
    id: rollback
    phase: rollback
    owner: deployment-lead
    thresholds: duration <= 15m
    triggers:
      - id: error-rate
        when: error rate > 10 % for 5m
        action: rollback
        authority: deployment-lead
        to: rollback
    steps:
      - title: Bring back the previous release
        id: bring-back
        run: ./deploy.sh {{ previous }}
        expect: The health endpoint answers with status 200
";

/// A project on the days of its deployment.
struct Story {
    project: Project,
    step: usize,
}

impl Story {
    /// Runs a command at an instant by somebody of the roster, and compares all that it says.
    #[track_caller]
    fn plays(&mut self, name: &str, (by, at): (&str, &str), arguments: &[&str]) {
        let at: jiff::Timestamp = at.parse().unwrap();
        let address = format!("{by}@example.org");
        let environment = [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "user.email"),
            ("GIT_CONFIG_VALUE_0", &address),
            ("SOURCE_DATE_EPOCH", &at.as_second().to_string()),
        ];
        let ran = self.project.run_with(arguments, &environment);
        self.step += 1;
        let said = format!(
            "$ runsheet {}\nexit code {}\n--- standard output\n{}--- standard error\n{}",
            arguments.join(" "),
            ran.code,
            ran.out,
            ran.err
        );
        golden(&format!("golden/scenario/{:02}-{name}.txt", self.step), &said);
    }

    /// Changes the runbook.
    fn edits(&self, from: &str, to: &str) {
        let path = "content/runbooks/orders-api.yaml";
        let text = fs::read_to_string(self.project.path().join(path)).unwrap();
        assert!(text.contains(from));
        self.project.put(path, text.replace(from, to).as_bytes());
    }
}

#[test]
fn a_deployment_that_is_rolled_back() {
    let project = Project::empty()
        .file("content/site.yaml", "title: Example\nzone: Europe/Madrid\n")
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/orders-api.yaml", RUNBOOK);
    let mut story = Story { project, step: 0 };
    plans(&mut story);
    prepares(&mut story);
    signs_again(&mut story);
    deploys(&mut story);
    closes(&mut story);
    let journal = "content/releases/v1.4.0.journal.yaml";
    let journal = fs::read_to_string(story.project.path().join(journal)).unwrap();
    // The seals are hashes of the content; all else is written out here.
    let lines: Vec<&str> = journal.lines().map(|line| line.split(", seal:").next().unwrap()).collect();
    assert_eq!(
        lines,
        [
            "- { at: 2026-12-01T06:30:00Z, by: bo, item: tests, is: done, actual: 99.4 %, evidence: \"https://ci.example.org/2291\" }",
            "- { at: 2026-12-01T06:40:00Z, by: bo, item: api-p95, actual: 620 ms }",
            "- { at: 2026-12-01T06:50:00Z, by: ana, item: backup, is: done }",
            "- { at: 2026-12-01T07:00:00Z, by: ana, item: api-p95, is: waived, why: \"the load test ran cold, watched tonight\", until: 2026-12-03 }",
            "- { at: 2026-12-01T07:05:00Z, by: bo, sign: qa-lead, choice: approve",
            "- { at: 2026-12-01T07:25:00Z, by: bo, sign: qa-lead, choice: approve",
            "- { at: 2026-12-01T07:31:00Z, by: ana, gate: go-no-go, choice: go }",
            "- { at: 2026-12-01T08:00:00Z, by: ana, event: Deployment begins }",
            "- { at: 2026-12-01T08:06:00Z, by: ana, item: deploy, is: done }",
            "- { at: 2026-12-01T08:12:00Z, by: bo, item: orders, is: failed, actual: 12 }",
            "- { at: 2026-12-01T08:14:00Z, by: bo, trigger: error-rate, is: fired, actual: 14 % }",
            "- { at: 2026-12-01T08:22:00Z, by: ana, item: bring-back, is: done }",
            "- { at: 2026-12-01T08:30:00Z, by: bo, trigger: error-rate, is: cleared }",
            "- { at: 2026-12-01T08:40:00Z, by: ana, outcome: rollback }",
        ]
    );
}

fn plans(story: &mut Story) {
    let at = ("ana", "2026-11-28T10:00:00Z");
    story.plays("check-of-the-runbook", at, &["check"]);
    story.plays("plan-without-values", at, &["release", "new", "v1.4.0", "--runbook", "orders-api"]);
    let window = ["--start", "2026-12-01T09:00", "--end", "2026-12-01T10:00", "--zone", "Europe/Madrid"];
    let values = ["--role", "deployment-lead=ana", "--parameter", "previous=v1.3.2"];
    let new = ["release", "new", "v1.4.0", "--runbook", "orders-api"];
    story.plays("plan", at, &[&new[..], &window, &values].concat());
    story.plays("show-the-plan", at, &["release", "show", "v1.4.0"]);
}

fn prepares(story: &mut Story) {
    let record = |item| ["record", "v1.4.0", item];
    let bo = |at| ("bo", at);
    let ci = ["done", "--actual", "99.4 %", "--evidence", "https://ci.example.org/2291"];
    story.plays("tests-pass", bo("2026-12-01T06:30:00Z"), &[&record("tests")[..], &ci].concat());
    let slow = [&record("api-p95")[..], &["--actual", "620 ms"]].concat();
    story.plays("a-threshold-fails", bo("2026-12-01T06:40:00Z"), &slow);
    let backup = [&record("backup")[..], &["done"]].concat();
    story.plays("backup", ("ana", "2026-12-01T06:50:00Z"), &backup);
    story.plays("no-go", bo("2026-12-01T06:51:00Z"), &["gate", "v1.4.0"]);
    let why = ["waived", "--why", "the load test ran cold, watched tonight", "--until", "2026-12-03"];
    let waiver = [&record("api-p95")[..], &why].concat();
    story.plays("a-waiver", ("ana", "2026-12-01T07:00:00Z"), &waiver);
    story.plays("undecided", bo("2026-12-01T07:01:00Z"), &["gate", "v1.4.0", "go-no-go"]);
    story.plays("sign", bo("2026-12-01T07:05:00Z"), &["sign", "v1.4.0", "qa-lead", "approve"]);
    story.plays("go", bo("2026-12-01T07:06:00Z"), &["gate", "v1.4.0"]);
}

fn signs_again(story: &mut Story) {
    story.edits("orders per minute >= 40", "orders per minute >= 30");
    let bo = |at| ("bo", at);
    story.plays("stale-sign-off", bo("2026-12-01T07:20:00Z"), &["gate", "v1.4.0"]);
    story.plays("check-the-stale", bo("2026-12-01T07:21:00Z"), &["check", "--output-format", "concise"]);
    story.plays("sign-again", bo("2026-12-01T07:25:00Z"), &["sign", "v1.4.0", "qa-lead", "approve"]);
    let github = ["gate", "v1.4.0", "go-no-go", "--output-format", "json"];
    story.plays("go-again", bo("2026-12-01T07:30:00Z"), &github);
    story.plays("call", ("ana", "2026-12-01T07:31:00Z"), &["call", "v1.4.0", "go-no-go", "go"]);
}

fn deploys(story: &mut Story) {
    let (ana, bo) = (|at| ("ana", at), |at| ("bo", at));
    story.plays("event", ana("2026-12-01T08:00:00Z"), &["event", "v1.4.0", "Deployment begins"]);
    story.plays("deploy", ana("2026-12-01T08:06:00Z"), &["record", "v1.4.0", "deploy", "done"]);
    let orders = ["record", "v1.4.0", "orders", "failed", "--actual", "12"];
    story.plays("orders-fail", bo("2026-12-01T08:12:00Z"), &orders);
    let fired = ["record", "v1.4.0", "error-rate", "fired", "--actual", "14 %"];
    story.plays("trigger", bo("2026-12-01T08:14:00Z"), &fired);
    story.plays("show-the-failure", bo("2026-12-01T08:15:00Z"), &["release", "show", "v1.4.0"]);
    story.plays("rollback", ana("2026-12-01T08:22:00Z"), &["record", "v1.4.0", "bring-back", "done"]);
    story.plays("cleared", bo("2026-12-01T08:30:00Z"), &["record", "v1.4.0", "error-rate", "cleared"]);
}

fn closes(story: &mut Story) {
    let ana = |at| ("ana", at);
    story.plays("close", ana("2026-12-01T08:40:00Z"), &["release", "close", "v1.4.0", "rollback"]);
    story.plays("close-twice", ana("2026-12-01T08:41:00Z"), &["release", "close", "v1.4.0", "success"]);
    story.plays("show-the-end", ana("2026-12-02T09:00:00Z"), &["release", "show", "v1.4.0"]);
    story.plays("record", ana("2026-12-02T09:00:00Z"), &["markdown", "v1.4.0", "--host", "github"]);
    story.plays("list", ana("2026-12-02T09:00:00Z"), &["release", "list"]);
}
