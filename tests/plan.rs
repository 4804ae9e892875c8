//! `runsheet release new` and `release list`: what they write, say and refuse.

use crate::journal::{read, run};
use crate::project::{Project, Ran};

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
roles: { lead: bo, dba: [bo, ana] }
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
fn the_version_of_a_new_release_goes_before_a_default() {
    let runbook =
        "title: Pipe\nstatus: draft\nparameters: { version: { default: v0 }, host: { default: x } }\n";
    let project = Project::small().file("content/runbooks/pipe.yaml", runbook);
    assert_eq!(run(&project, &["release", "new", "v8", "--runbook", "pipe"]).code, 0);
    let plan = "runbook: pipe\nversion: v8\nparameters: { version: v8 }\n";
    assert_eq!(read(&project, "content/releases/v8.yaml"), plan);
    let given = ["release", "new", "v9", "--runbook", "pipe", "--parameter", "version=9.0"];
    assert_eq!(run(&project, &given).code, 0);
    let plan = "runbook: pipe\nversion: v9\nparameters: { version: \"9.0\" }\n";
    assert_eq!(read(&project, "content/releases/v9.yaml"), plan);
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
fn a_release_outlives_a_change_of_the_roster() {
    let roster = |lead: &str| {
        format!(
            "people:\n  ana: {{ name: Ana, email: a@example.org }}\n  bo: {{ name: Bo, email: b@example.org }}
  cy: {{ name: Cy, email: c@example.org }}\nroles:\n  lead: {{ title: Lead, holder: {lead}, backup: bo }}\n"
        )
    };
    let runbook = "title: Shop\nstatus: draft\nowner: lead\nsections:\n  - title: Ready\n    approvals: [{ role: lead }]\n";
    let project = Project::new()
        .file("content/roster.yaml", &roster("ana"))
        .file("content/runbooks/shop.yaml", runbook);
    assert_eq!(run(&project, &["release", "new", "v1", "--runbook", "shop"]).code, 0);
    let plan = "runbook: shop\nversion: v1\nroles: { lead: [ana, bo] }\n";
    assert_eq!(read(&project, "content/releases/v1.yaml"), plan);
    let at = ["--at", "2026-12-01T08:00:00Z"];
    assert_eq!(run(&project, &[&["sign", "v1", "lead", "approve", "--by", "bo"][..], &at].concat()).code, 0);
    assert_eq!(run(&project, &["gate", "v1"]).code, 0);
    assert_eq!(run(&project, &["build", "--no-pdf"]).code, 0);
    let page = read(&project, "output/releases/v1.html");
    let held = r##"<dd><a href="../owners/ana.html">Ana</a> <span class="backup"><span class="label">Backup</span> <a href="../owners/bo.html">Bo</a></span></dd>"##;
    assert!(page.contains(held), "{page}");
    let record = run(&project, &["markdown", "v1"]).out;
    assert!(record.contains("| Lead | Ana, backup Bo |"), "{record}");
    // A year later somebody else is the lead.
    let project = project.file("content/roster.yaml", &roster("cy"));
    assert_eq!(run(&project, &["gate", "v1"]).code, 0);
    assert_eq!(run(&project, &["release", "new", "v2", "--runbook", "shop", "--role", "lead=ana"]).code, 0);
    assert_eq!(run(&project, &[&["sign", "v2", "lead", "approve", "--by", "bo"][..], &at].concat()).code, 0);
    assert_eq!(run(&project, &["gate", "v2"]).code, 1);
    let three = "runbook: shop\nversion: v3\nroles: { lead: [ana, bo, cy] }\n";
    let project = project.file("content/releases/v3.yaml", three);
    let found = run(&project, &["check", "content/releases/v3.yaml", "--output-format", "concise"]).out;
    let line =
        "content/releases/v3.yaml:3:26: error[invalid-value] `lead` has a holder and a backup already\n";
    assert!(found.starts_with(line), "{found}");
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

/// The runbook alone is right; only what a release puts into it is not.
#[test]
fn a_plan_that_cannot_be_read_is_told() {
    let project = Project::small().file("content/releases/v2.yaml", "runbook: [\n");
    let listed = run(&project, &["release", "list"]);
    let warning = "warning: `content/releases/v2.yaml` cannot be read: run `runsheet check`\n1 release\n";
    assert_eq!((listed.code, listed.err.as_str()), (0, warning));
    let err = "error: `content/releases/v2.yaml` cannot be read\n  = help: run `runsheet check`\n";
    let unread = Ran { code: 2, out: String::new(), err: err.to_owned() };
    for release in ["v2", "content/releases/v2.yaml"] {
        assert_eq!(run(&project, &["gate", release]), unread);
    }
    assert_eq!(run(&project, &["event", "v2", "Began", "--by", "ana"]), unread);
}

#[test]
fn a_value_is_held_to_the_places_that_it_fills() {
    let runbook = "\
title: Shop
owner: dba
parameters: { limit: { example: 5 % }, most: { example: 1h }, every: { default: 5m } }
sections:
  - title: Deploy
    phase: during
    owner: dba
    thresholds: [error rate < 1 % for 5m, 'duration <= {{ most }}']
    triggers: [{ when: 'error rate > {{ limit }} for 5m', action: rollback, authority: dba }]
    steps: [{ title: Ramp, duration: 30m, expect: exit code 0 }]
    checks: [{ title: Look, every: '{{ every }}', until: T+4h, expect: exit code 0 }]
  - { title: Back, phase: rollback, owner: dba, thresholds: [duration <= 10m], steps: [{ title: Undo, expect: exit code 0 }] }
";
    let found = |parameters: &str, journal: &str| {
        let plan = format!(
            "runbook: shop\nversion: v1\nwindow: {{ start: 2026-12-01T09:00 }}\nparameters: {{ {parameters} }}\n"
        );
        let project = Project::new()
            .file("content/roster.yaml", "people: { dba: { name: D, phone: '1' } }\n")
            .file("content/runbooks/shop.yaml", runbook)
            .file("content/releases/v1.yaml", &plan)
            .file("content/releases/v1.journal.yaml", journal);
        let out = run(&project, &["check", "--output-format", "concise"]).out;
        let of_plan = out.lines().filter_map(|line| line.strip_prefix("content/releases/v1.yaml:"));
        of_plan.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("limit: 1 %, most: 1h", ""), Vec::<String>::new());
    assert_eq!(
        found("limit: 5 %, most: 10m, every: often", ""),
        [
            "4:22: warning[dead-band] nothing is said about `error rate` from 1 % to 5 %",
            "4:33: warning[time-overrun] the steps take 30m at least, the bar of the section says 10m",
            "4:45: error[invalid-value] `often` is not a duration",
        ]
    );
    assert_eq!(
        found("limit: soon, most: 1h", ""),
        ["4:22: warning[unparsed-threshold] `error rate > soon for 5m` is not a threshold"]
    );
    // What is over cannot be planned anew.
    let over = "- { at: 2026-12-01T12:00:00Z, by: dba, outcome: released }\n";
    assert_eq!(found("limit: soon, most: 1h, every: often", over), Vec::<String>::new());
}

/// A bar whose parts come from a release.
const LIMITED: &str = "\
title: Shop
status: draft
parameters: { limit: { example: 5 % }, every: { default: 5m } }
sections:
  - title: Deploy
    phase: during
    thresholds: error rate < 1 %
    triggers: [{ when: 'error rate > {{ limit }}', action: rollback }]
    checks: [{ title: Look, every: '{{ every }}' }]
";

/// What nothing can ever be held against is refused while it can still be typed anew.
#[test]
fn a_value_that_does_not_fit_makes_no_plan() {
    let project = Project::new().file("content/runbooks/shop.yaml", LIMITED);
    let before = project.tree("");
    let new = ["release", "new", "v1", "--runbook", "shop"];
    let ran =
        run(&project, &[&new[..], &["--parameter", "limit=soon", "--parameter", "every=often"]].concat());
    let err = "\
error: the runbook `shop` does not take these values

error[unparsed-threshold]: `error rate > soon` is not a threshold
 --> content/releases/v1.yaml:3:22
  |
3 | parameters: { limit: soon, every: often }
  |                      ^^^^ with this value
  |
 ::: content/runbooks/shop.yaml:8:24
  |
8 |     triggers: [{ when: 'error rate > {{ limit }}', action: rollback }]
  |                        -------------------------- `soon` is not a quantity
  |
  = help: a quantity is a number with its unit, such as `500 ms`

error[invalid-value]: `often` is not a duration
 --> content/releases/v1.yaml:3:35
  |
3 | parameters: { limit: soon, every: often }
  |                                   ^^^^^ with this value
  |
 ::: content/runbooks/shop.yaml:9:36
  |
9 |     checks: [{ title: Look, every: '{{ every }}' }]
  |                                    ------------- here
  |
  = help: a duration is written as `15m`, `1h30m` or `24h`
";
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: err.to_owned() });
    assert!(project.tree("") == before);
}

#[test]
fn a_value_that_is_doubtful_is_told() {
    let project = Project::new().file("content/runbooks/shop.yaml", LIMITED);
    let ran = run(&project, &["release", "new", "v1", "--runbook", "shop", "--parameter", "limit=5 %"]);
    let err = "\
warning[dead-band]: nothing is said about `error rate` from 1 % to 5 %
 --> content/releases/v1.yaml:3:22
  |
3 | parameters: { limit: 5 % }
  |                      ^^^ with this value
  |
 ::: content/runbooks/shop.yaml:7:17
  |
7 |     thresholds: error rate < 1 %
  |                 ---------------- passes here
8 |     triggers: [{ when: 'error rate > {{ limit }}', action: rollback }]
  |                        -------------------------- neither passes nor aborts
  |
  = help: add `between:` to the levels or a trigger for these values, or move one of the bars
wrote content/releases/v1.yaml and content/releases/v1.journal.yaml
";
    assert_eq!(ran, Ran { code: 0, out: "v1\n".to_owned(), err: err.to_owned() });
}

/// A section from elsewhere asks for values that only the runbook which takes it can give.
#[test]
fn what_a_taken_section_lacks_is_said_of_the_release() {
    let common = "\
title: TLS
owner: dba
parameters: { domain: { example: a.example.org }, days: { default: 30 } }
sections: [{ title: Certificates, owner: dba, thresholds: ['validity > {{ days }} d'], checks: [{ title: 'Look at {{ domain }}', run: date }] }]
";
    let found = |head: &str, with: &str| {
        let runbook = format!(
            "title: Shop\nowner: dba\n{head}sections: [{{ use: common/tls.yaml#certificates{with} }}]\n"
        );
        let project = Project::new()
            .file("content/roster.yaml", "people: { dba: { name: D, phone: '1' } }\n")
            .file("content/runbooks/common/tls.yaml", common)
            .file("content/runbooks/shop.yaml", &runbook)
            .file(
                "content/releases/v1.yaml",
                "runbook: shop\nversion: v1\nwindow: { start: 2026-12-01T09:00 }\n",
            );
        run(&project, &["check"]).out
    };
    assert_eq!(found("", ", with: { domain: b.example.org }"), "");
    let out = "\
warning[unresolved-parameter]: the parameter `domain` of a section from content/runbooks/common/tls.yaml has no value in this release
 --> content/releases/v1.yaml:1:10
  |
1 | runbook: shop
  |          ^^^^ this runbook takes the section
  |
 ::: content/runbooks/common/tls.yaml:4:115
  |
4 | ...{{ days }} d'], checks: [{ title: 'Look at {{ domain }}', run: date }] }]
  |                                               ------------ named here
  |
  = help: give it beside `use` in the runbook, `with: { domain: … }`, or declare `domain` there too

";
    assert_eq!(found("", ""), out);
    let declared = found("parameters: { domain: { about: Host } }\n", "");
    assert!(
        declared.starts_with(
            "warning[unresolved-parameter]: the parameter `domain` has no value in this release\n"
        ),
        "{declared}"
    );
    let soon = found("", ", with: { domain: b.example.org, days: soon }");
    let taken = " ::: content/runbooks/shop.yaml:1:1\n  |\n1 | title: Shop\n  | ----------- in a section that this runbook takes\n";
    assert!(
        soon.starts_with("warning[unparsed-threshold]: `validity > soon d` is not a threshold\n")
            && soon.contains(taken),
        "{soon}"
    );
}
