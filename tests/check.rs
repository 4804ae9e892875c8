//! `runsheet check`: what it says, in full, and its exit codes.

use crate::project::{Project, Ran};

const ROSTER: &str = "people:\n  ana: { name: Ana Ruiz, email: ana@example.org }\n  bo: { name: Bo Lind, email: bo@example.org }\nroles:\n  dba: { title: Database administrator, holder: ana, backup: bo }\n";

#[test]
fn four_mistakes_in_three_files_in_one_run() {
    let project = Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/one.yaml", "title: One\nsections:\n  - title: \"Unclosed\n")
        .file(
            "content/runbooks/three.yaml",
            "title: Three\nstatus: issued\nsections:\n  - title: Database\n    thresholds: [checks = 100 %]\n    checks: [Backup]\n  - title: Rollback\n    owner: dba\n    thresholds: [checks = 100 %]\n    steps:\n      - title: Restore\n        expect: Done.\n        on-failure: nowhere\n",
        )
        .file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    let Ran { code, out, err } = project.run(&["check"]);
    let heads: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("error") || line.trim_start().starts_with("-->"))
        .map(str::trim)
        .collect();
    assert_eq!(
        heads,
        [
            "error[invalid-yaml]: invalid YAML: the quote that opens here is never closed",
            "--> content/runbooks/one.yaml:3:12",
            "error[missing-owner]: section `Database` has no owner",
            "--> content/runbooks/three.yaml:4:5",
            "error[unknown-reference]: unknown reference `nowhere`",
            "--> content/runbooks/three.yaml:13:21",
            "error[unknown-key]: unknown key `productt`",
            "--> content/runbooks/two.yaml:2:1",
        ]
    );
    assert_eq!(code, 1);
    assert_eq!(err, "checked 2 runbooks, 0 releases: 4 errors\n");
}

/// A runbook, a release and a page that name each other; every name leads somewhere.
fn deployment(runbook: &str) -> Project {
    Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/shop.yaml", runbook)
        .file(
            "content/pages/shop.md",
            "# Shop\n\nSee [the dump](../runbooks/shop.yaml#take-a-dump) and [nothing](gone.md).\n",
        )
        .file("content/releases/v1.yaml", "runbook: shop\nversion: v1\nparameters: { node: db-1 }\n")
        .file(
            "content/releases/v1.journal.yaml",
            "- { at: 2026-01-12T08:00:00Z, by: ana, item: take-a-dump, is: done }\n\
             - { at: 2026-01-12T08:01:00Z, by: ana, item: backup, is: done }\n\
             - { at: 2026-01-12T08:02:00Z, by: ana, trigger: errors, is: fired }\n\
             - { at: 2026-01-12T08:03:00Z, by: ana, sign: dba, choice: approve }\n",
        )
}

const SHOP: &str = "\
title: Shop
environment: production
parameters:
  node: { about: Host }
sections:
  - title: Backup
    owner: dba
    count: 1
    thresholds: [checks = 100 %]
    checks:
      - title: Take a dump
        expect: A file of {{ node }} is there.
        on-failure: restore
    triggers:
      - { id: errors, when: error rate > 10 % for 5m, action: rollback, authority: dba, to: restore }
    approvals: [dba]
    gate: { decides: dba, requires: [backup] }
  - title: Restore
    owner: dba
    phase: rollback
    thresholds: [checks = 100 %]
    checks: [Data is back]
";

/// The lines of `--output-format concise`.
fn concise(project: &Project) -> Vec<String> {
    let Ran { out, .. } = project.run(&["check", "--output-format", "concise"]);
    out.lines().map(str::to_owned).collect()
}

#[test]
fn a_cause_is_reported_and_what_follows_from_it_is_not() {
    // This follows from nothing else.
    let own = "content/pages/shop.md:3:55: error[broken-link] there is no file `gone.md`";
    assert_eq!(concise(&deployment(SHOP)), [own]);
    let list = "    checks:\n      - title: T";
    let cases = [
        (list, "    chekcs:\n      - title: T", "10:5: error[unknown-key] unknown key `chekcs`"),
        ("    triggers:", "    trigers:", "14:5: error[unknown-key] unknown key `trigers`"),
        ("    approvals:", "    aprovals:", "16:5: error[unknown-key] unknown key `aprovals`"),
        ("sections:", "sectoins:", "5:1: error[unknown-key] unknown key `sectoins`"),
        ("parameters:", "paramaters:", "3:1: error[unknown-key] unknown key `paramaters`"),
        (
            list,
            "    checks: [Other]\n    checks:\n      - title: T",
            "11:5: error[duplicate-key] duplicate key `checks`",
        ),
        (
            list,
            "    checks: |\n      - title: T",
            "11:7: error[wrong-type] expected a list, found a text with the lines of a list",
        ),
        (
            "title: Shop",
            "title: \"Shop",
            "1:8: error[invalid-yaml] invalid YAML: the quote that opens here is never closed",
        ),
    ];
    for (right, wrong, cause) in cases {
        let found = concise(&deployment(&SHOP.replacen(right, wrong, 1)));
        assert_eq!(found, [own.to_owned(), format!("content/runbooks/shop.yaml:{cause}")], "{wrong}");
    }
}

#[test]
fn a_misspelt_key_of_a_plan_or_an_event_is_the_only_finding() {
    let own = "content/pages/shop.md:3:55: error[broken-link] there is no file `gone.md`";
    let plan = "runbok: shop\nversoin: v1\nwindow: { strat: 2026-01-12T09:00 }\nparamters: { node: db-1 }\n";
    let journal = "- { att: 2026-01-12T08:00:00Z, bye: ana, itme: take-a-dump, iss: done }\n";
    let project = deployment(SHOP)
        .file("content/releases/v1.yaml", plan)
        .file("content/releases/v1.journal.yaml", journal);
    let place = |file: &str, place: &str, key: &str| {
        format!("content/releases/{file}.yaml:{place}: error[unknown-key] unknown key `{key}`")
    };
    assert_eq!(
        concise(&project),
        [
            own.to_owned(),
            place("v1.journal", "1:5", "att"),
            place("v1.journal", "1:32", "bye"),
            place("v1.journal", "1:42", "itme"),
            place("v1.journal", "1:61", "iss"),
            place("v1", "1:1", "runbok"),
            place("v1", "2:1", "versoin"),
            place("v1", "3:11", "strat"),
            place("v1", "4:1", "paramters"),
        ]
    );
    // Nothing is judged on what was only guessed.
    let Ran { code, out, err } = project.run(&["gate", "v1"]);
    let refused = "error: `v1` cannot be judged: 8 errors in its files\n  = help: run `runsheet check`\n";
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", refused));
}

/// Without the roster nobody knows who may sign, and a runbook that is there does exist.
#[test]
fn nothing_is_judged_by_files_that_cannot_be_read() {
    let plan =
        "runbook: shop\nversion: v1\nwindow: { start: 2026-01-12T09:00 }\nparameters: { node: db-1 }\n";
    let project =
        |path: &str, text: &[u8]| deployment(SHOP).file("content/releases/v1.yaml", plan).bytes(path, text);
    for (path, text, why) in [
        (
            "content/roster.yaml",
            &b"people: [\n"[..],
            "`v1` cannot be judged: the roster cannot be read as a whole",
        ),
        (
            "content/roster.yaml",
            b"people: {}\xff\n",
            "`v1` cannot be judged: the roster cannot be read as a whole",
        ),
        ("content/runbooks/shop.yaml", b"title: \xff\n", "the runbook `shop` of `v1` cannot be read"),
    ] {
        let Ran { code, out, err } = project(path, text).run(&["gate", "v1"]);
        let refused = format!("error: {why}\n  = help: run `runsheet check`\n");
        assert_eq!((code, out, err), (2, String::new(), refused), "{path}");
    }
}

#[test]
fn a_misspelt_list_of_the_roster_makes_nobody_unknown() {
    let roster = ROSTER.replace("people:", "persons:");
    let found = concise(&deployment(SHOP).file("content/roster.yaml", &roster));
    assert_eq!(
        found,
        [
            "content/pages/shop.md:3:55: error[broken-link] there is no file `gone.md`",
            "content/roster.yaml:1:1: error[unknown-key] unknown key `persons`",
        ]
    );
}

#[test]
fn true_is_written_in_three_ways() {
    let text = |log: &str| {
        format!(
            "title: Shop\nsections:\n  - {{ title: Log, owner: dba, thresholds: [checks = 100 %], log: {log} }}\n"
        )
    };
    for log in ["true", "True", "TRUE", "false", "False", "FALSE"] {
        let project = Project::new().file("content/roster.yaml", ROSTER);
        assert_eq!(
            concise(&project.file("content/runbooks/shop.yaml", &text(log))),
            [] as [String; 0],
            "{log}"
        );
    }
}

#[test]
fn a_comma_on_one_line_ends_a_value() {
    let text = |bar: &str| {
        format!(
            "title: Shop\nsections:\n  - {{ title: Site, owner: dba, thresholds: {bar}, checks: [Open it] }}\n"
        )
    };
    let run = |bar: &str| {
        let project = Project::new().file("content/roster.yaml", ROSTER);
        project.file("content/runbooks/shop.yaml", &text(bar)).run(&["check"])
    };
    let out = "\
error[unknown-key]: unknown key `301`
 --> content/runbooks/shop.yaml:3:64
  |
3 |   - { title: Site, owner: dba, thresholds: HTTP status in 200, 301, checks: [Open it] }
  |                                                                ^^^ a comma in `{ … }` ends the value before it
  |
  = help: put that value in quotes if the comma belongs to it

";
    let ran = run("HTTP status in 200, 301");
    assert_eq!((ran.code, ran.out.as_str()), (1, out));
    let ran = run("\"HTTP status in 200, 301\"");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
}

#[test]
fn a_cadence_of_no_time_is_none() {
    let text = "title: Shop\nsections:\n  - title: Watch\n    owner: dba\n    thresholds: [checks = 100 %]\n    checks: [{ title: Look, every: 0m, until: T+4h }]\n";
    let ran = Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/shop.yaml", text)
        .run(&["check"]);
    let out = "\
error[invalid-value]: every `0m` is no cadence
 --> content/runbooks/shop.yaml:6:36
  |
6 |     checks: [{ title: Look, every: 0m, until: T+4h }]
  |                                    ^^
  |
  = help: write the time from one to the next, such as `15m`

";
    assert_eq!((ran.code, ran.out.as_str()), (1, out));
}

/// The example of a parameter has to be what its place asks for.
#[test]
fn a_time_with_a_blank_is_held_to_its_example() {
    let runbook = "\
title: Shop
parameters: { soak: { example: soon }, start: { about: When } }
sections:
  - { title: One, steps: [{ title: Ramp, hold: '{{ soak }}', at: '{{ start }}' }] }
";
    let ran = Project::new().file("content/runbooks/shop.yaml", runbook).run(&["check"]);
    let found = ran.out.split("\n\n").find(|found| found.contains("invalid-value"));
    assert_eq!(
        found,
        Some(
            "\
error[invalid-value]: `soon` is not a duration
 --> content/runbooks/shop.yaml:4:48
  |
4 |   - { title: One, steps: [{ title: Ramp, hold: '{{ soak }}', at: '{{ start }}' }] }
  |                                                ^^^^^^^^^^^^ with the example of its parameter
  |
  = help: a duration is written as `15m`, `1h30m` or `24h`"
        )
    );
}

/// Whoever reads it at night needs a way on from every question.
#[test]
fn a_decision_leads_somewhere() {
    let runbook = "\
title: Shop
sections:
  - { title: One, decide: { ask: Is it down? } }
  - { title: Two, decide: { ask: Is it down?, then: '' } }
  - { title: Three, decide: { then: Roll back } }
";
    let found = concise(&Project::new().file("content/runbooks/shop.yaml", runbook));
    let decisions: Vec<&String> = found.iter().filter(|line| line.contains("decision")).collect();
    assert_eq!(
        decisions,
        [
            "content/runbooks/shop.yaml:3:27: error[missing-key] the decision leads nowhere: it has neither `then` nor \
             `else`",
            "content/runbooks/shop.yaml:4:53: error[missing-key] the `answer` of the decision is empty",
            "content/runbooks/shop.yaml:5:29: error[missing-key] the decision has no `ask`",
        ]
    );
}

#[test]
fn yes_is_no_word_of_yaml() {
    let text =
        "title: Shop\nsections:\n  - { title: Log, owner: dba, thresholds: [checks = 100 %], log: yes }\n";
    let ran = Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/shop.yaml", text)
        .run(&["check"]);
    let out = "\
error[wrong-type]: expected `true` or `false`, found `yes`
 --> content/runbooks/shop.yaml:3:66
  |
3 |   - { title: Log, owner: dba, thresholds: [checks = 100 %], log: yes }
  |                                                                  ^^^ did you mean `true`?

";
    assert_eq!(ran.out, out);
}

#[test]
fn a_key_that_loses_only_itself_silences_nothing() {
    let shop = SHOP.replace("    owner: dba\n    phase", "    colour: red\n    owner: dba\n    phase");
    let shop = shop.replace("requires: [backup]", "requires: [backup, load]");
    let found = concise(&deployment(&shop).file("content/pages/shop.md", "# Shop\n"));
    assert_eq!(
        found,
        [
            "content/runbooks/shop.yaml:17:46: error[unknown-reference] unknown section `load`",
            "content/runbooks/shop.yaml:19:5: error[unknown-key] unknown key `colour`",
        ]
    );
}

#[test]
fn a_list_that_became_a_text_says_why() {
    let text = "title: Shop\nsections: |\n  - title: Backup\n    checks: [Dump]\n";
    let ran = Project::new().file("content/runbooks/shop.yaml", text).run(&["check"]);
    let out = "\
error[wrong-type]: expected a list, found a text with the lines of a list
 --> content/runbooks/shop.yaml:3:3
  |
3 |   - title: Backup
  |   ^^^^^^^^^^^^^^^ one text as it stands
  |
  = help: remove the `|` or `>` before it, and what follows is a list

";
    assert_eq!(ran.out, out);
}

#[test]
fn a_command_has_something_to_run() {
    let runbook = "title: A\nstatus: draft\nsections:\n  - title: S\n    thresholds: [checks = 100 %]\n    steps:\n      - { title: C, run: { shell: bash }, expect: x }\n      - { title: D, run: \"\", expect: x }\n";
    let project = Project::new().file("content/runbooks/a.yaml", runbook);
    let found: Vec<String> =
        concise(&project).into_iter().filter(|line| line.contains("missing-key")).collect();
    assert_eq!(
        found,
        [
            "content/runbooks/a.yaml:7:26: error[missing-key] the command has no `code`",
            "content/runbooks/a.yaml:8:26: error[missing-key] the `code` of the command is empty",
        ]
    );
}

#[test]
fn no_project_is_no_finding() {
    let ran = Project::empty().run(&["check"]);
    let err = "error: `ROOT` is not a Runsheet project: it has no `content/site.yaml`\n";
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: err.to_owned() });
}

#[test]
fn addresses_of_the_site_are_those_of_the_web() {
    let site = "title: Shop\nbase-url: shop.example.org\nrepository: git@example.org:shop/ops.git\n";
    let ran = Project::empty().file("content/site.yaml", site).run(&["check"]);
    let out = "\
error[invalid-value]: `shop.example.org` is not an address at which a site can be published
 --> content/site.yaml:2:11
  |
2 | base-url: shop.example.org
  |           ^^^^^^^^^^^^^^^^
  |
  = help: write it with its scheme, for example `https://runbooks.example.org`

warning[invalid-value]: `git@example.org:shop/ops.git` is not an address at which the sources can be seen
 --> content/site.yaml:3:13
  |
3 | repository: git@example.org:shop/ops.git
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write what a browser shows, for example `https://github.com/acme/runbooks`; until then no page links to its source

";
    let err = "checked 0 runbooks, 0 releases: 1 error and 1 warning\n";
    assert_eq!(ran, Ran { code: 1, out: out.to_owned(), err: err.to_owned() });
}

#[test]
fn what_a_build_is_told_is_held_to_what_a_site_may_say() {
    let project = Project::new();
    for url in
        ["shop.example.org", "https:", "https://a b", "https://a/?q=1", "https://a/\"><b>", "javascript:1"]
    {
        let err = format!(
            "error: `--base-url {url}` is not an address at which a site can be published\n  = help: write it with its scheme, for example `https://runbooks.example.org`\n"
        );
        assert_eq!(project.run(&["build", "--base-url", url]).err, err);
    }
    for jobs in ["0", "257", "99999"] {
        let ran = project.run(&["build", "--jobs", jobs]);
        assert_eq!((ran.code, ran.err), (2, format!("error: `--jobs {jobs}` is not between 1 and 256\n")));
    }
    assert_eq!(project.run(&["build", "--jobs", "256"]).code, 0);
}

#[test]
fn a_date_that_is_none_could_not_run() {
    let project = Project::small();
    for epoch in ["", "soon", "-1", "1.5", "1e3", "253402300800"] {
        let err = format!("error: `SOURCE_DATE_EPOCH={epoch}` is not a number of seconds since 1970\n");
        for arguments in [&["check"][..], &["build"], &["gate", "v1"], &["event", "v1", "x"]] {
            let ran = project.run_with(arguments, &[("SOURCE_DATE_EPOCH", epoch)]);
            assert_eq!((ran.code, ran.out.as_str(), ran.err), (2, "", err.clone()), "{arguments:?}");
        }
    }
    assert!(!project.path().join("output").exists());
}

#[test]
fn a_wrong_command_line_could_not_run() {
    let ran = Project::new().run(&["chekc"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn colour_only_when_it_is_asked_for() {
    let project = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    assert!(!project.run(&["check"]).out.contains('\u{1b}'));
    assert!(project.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
    assert!(!project.run_with(&["check", "--color", "auto"], &[("NO_COLOR", "1")]).out.contains('\u{1b}'));
}

#[test]
fn formats_for_programs_stay_what_they_are() {
    let project = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    for format in ["json", "sarif", "gitlab"] {
        let ran = project.run(&["check", "--output-format", format, "--statistics"]);
        assert_eq!(ran.code, 1);
        assert!(serde_json::from_str::<serde_json::Value>(&ran.out).is_ok(), "{format}");
        assert_eq!(ran.err, "      1 error    unknown-key\nchecked 1 runbook, 0 releases: 1 error\n");
    }
    let ran = project.run(&["check", "--output-format", "concise"]);
    assert_eq!(ran.out, "content/runbooks/two.yaml:2:1: error[unknown-key] unknown key `productt`\n");
}

#[test]
fn exit_codes_can_be_asked_for() {
    let error = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    assert_eq!(error.run(&["check", "--exit-zero"]).code, 0);
    let draft = "title: One\nstatus: draft\nsections: [Database]\n";
    let warning = Project::new().file("content/runbooks/one.yaml", draft);
    assert_eq!(warning.run(&["check"]).code, 0);
    assert_eq!(warning.run(&["check", "--deny-warnings"]).code, 1);
}

#[test]
fn a_baseline_holds_what_was_there_before() {
    let project = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    let baseline = project.path().join("baseline.json");
    let baseline = baseline.to_str().unwrap();
    assert_eq!(project.run(&["check", "--write-baseline", baseline]).code, 0);
    project.put("content/runbooks/two.yaml", b"# moved\ntitle: Two\nproductt: Shop\n");
    let ran = project.run(&["check", "--baseline", baseline]);
    let err = "checked 1 runbook, 0 releases: no findings, 1 known before\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", err));
    project.put("content/runbooks/two.yaml", b"title: Two\nproductt: Shop\nsumary: All\n");
    assert_eq!(project.run(&["check", "--baseline", baseline]).code, 1);
    let ran = project.run(&["check", "--baseline", baseline, "--write-baseline"]);
    assert_eq!((ran.code, ran.err), (0, "wrote 2 findings to ROOT/baseline.json\n".to_owned()));
    assert_eq!(project.run(&["check", "--baseline", baseline]).code, 0);
    let ran = project.run(&["check", "--write-baseline"]);
    let err = "error: `--write-baseline` needs a file\n  = help: say `--write-baseline baseline.json`\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, err));
}

#[test]
fn nothing_to_check_is_no_success() {
    let project = Project::new().file("content/roster.yaml", ROSTER);
    let ran = project.run(&["check"]);
    let err = "error: `ROOT/content` holds no runbook, release or page\n  = help: write one in `content/runbooks/`; `runsheet init` makes a project to start from\n";
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: err.to_owned() });
    let misplaced = project.file("content/runbook/one.yaml", "title: One\n");
    let err = "error: `ROOT/content` holds no runbook, release or page\n  = help: `content/runbook/one.yaml` is not read: runbooks are in `content/runbooks/`\n";
    assert_eq!(misplaced.run(&["check"]).err, err);
    let wrong = misplaced.file("content/roster.yaml", "poeple: {}\n");
    assert_eq!(wrong.run(&["check"]).code, 1);
}

#[test]
fn a_fix_touches_nothing_else() {
    let text = "title: One # kept\nstatus: draft\nsections:\n  - title: A\n    count: 3   # three?\n    checks: [x, y]\n";
    let project = Project::new().file("content/runbooks/one.yaml", text);
    let ran = project.run(&["check", "--fix"]);
    assert_eq!(ran.err.lines().next(), Some("made 2 changes"));
    let mended = std::fs::read_to_string(project.path().join("content/runbooks/one.yaml")).unwrap();
    let expected = text.replace("count: 3", "count: 2").replace("- title: A\n", "- title: A\n    id: a\n");
    assert_eq!(mended, expected);
}

#[test]
fn a_fix_leaves_what_is_signed() {
    let runbook = "title: Api\nstatus: draft\nsections:\n  - title: Ready now\n    checks: [Tests]\n    approvals: [dba]\n";
    let project = Project::new()
        .file("content/roster.yaml", "people: { bo: { name: Bo, email: bo@example.org } }\nroles: { dba: { title: D, holder: bo, backup: bo } }\n")
        .file("content/runbooks/api.yaml", runbook)
        .file("content/runbooks/other.yaml", &runbook.replace("Api", "Other"))
        .file("content/releases/v1.yaml", "runbook: api\nversion: v1\n");
    assert_eq!(project.run(&["sign", "v1", "dba", "approve", "--by", "bo"]).code, 0);
    let ran = project.run(&["check", "--fix"]);
    let lines: Vec<&str> = ran.err.lines().collect();
    let left = "warning: `content/runbooks/api.yaml` is left without ids that could be written: sign-offs of `v1` are bound to what it says";
    assert_eq!(lines, [left, "made 1 change", "checked 2 runbooks, 1 release: 5 warnings"]);
    let other = project.path().join("content/runbooks/other.yaml");
    let ran = project.run(&["check", "--fix", other.to_str().unwrap()]);
    assert_eq!(ran.err, "checked 2 runbooks, 1 release: 2 warnings\n");
    let read = |name: &str| {
        std::fs::read_to_string(project.path().join(format!("content/runbooks/{name}.yaml"))).unwrap()
    };
    assert_eq!(read("api"), runbook);
    assert!(read("other").contains("\n    id: ready-now\n"));
}

#[test]
fn a_fix_keeps_the_mark_and_the_line_ends_and_names_what_is_mended() {
    let text = "\u{feff}title: One # kept\r\nstatus: draft\r\nsections:\r\n  - title: CafÃ©   # kept\r\n    checks: [x]\r\n";
    let project = Project::new().file("content/runbooks/one.yaml", text);
    assert_eq!(project.run(&["check", "--fix"]).err.lines().next(), Some("made 2 changes"));
    let mended = std::fs::read_to_string(project.path().join("content/runbooks/one.yaml")).unwrap();
    let id = "Café   # kept\r\n    id: café\r\n";
    assert_eq!(mended, text.replace("CafÃ©   # kept\r\n", id));
    assert!(!project.run(&["check", "--fix"]).err.contains("made"));
}

#[test]
fn a_path_shows_only_what_is_below_it() {
    let project = Project::new()
        .file("content/runbooks/one.yaml", "titel: One\n")
        .file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    let ran = project.run(&["check", "content/runbooks/two.yaml", "--output-format", "concise"]);
    assert_eq!(ran.out.lines().count(), 1);
    let ran = project.run(&["check", "content/nothing.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn a_report_can_go_to_a_file() {
    let project = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    let path = project.path().join("report.json");
    let ran = project.run(&["check", "--output-format", "json", "-o", path.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    let report: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(report["version"], 1);
}

#[test]
fn the_step_summary_has_the_whole_list() {
    let project = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    let path = project.path().join("summary.md");
    let environment = [("GITHUB_STEP_SUMMARY", path.to_str().unwrap())];
    project.run_with(&["check", "--output-format", "github"], &environment);
    assert!(std::fs::read_to_string(path).unwrap().contains("unknown-key"));
}

/// A `curl` of our own stands for the network.
#[test]
fn a_dead_link_is_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let page = "# Links\n\n[a](https://a.example/) and [b](https://b.example/x#y)\n";
    let project = Project::new().file("content/pages/links.md", page).file(
        "bin/curl",
        "#!/bin/sh\nfor url; do :; done\ncase $url in *b.example*) printf 404;; *) printf 200;; esac\n",
    );
    let curl = project.path().join("bin/curl");
    std::fs::set_permissions(&curl, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", project.path().join("bin").display());
    let ran =
        project.run_with(&["check", "--external-links", "--output-format", "concise"], &[("PATH", &path)]);
    let out = "content/pages/links.md:3:29: warning[dead-link] `https://b.example/x` answers with HTTP status 404\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, out));
}

/// Answers each connection with what belongs to its path; gives its address.
fn server() -> String {
    use std::io::{BufRead as _, BufReader, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let first = request.next().unwrap_or_default();
            request.find(String::is_empty);
            let answer = match first.split(' ').nth(1).unwrap_or_default() {
                "/drop" => continue,
                "/moved" => "302 Found\r\nLocation: /gone",
                "/loop" => "302 Found\r\nLocation: /loop",
                "/login" => "401 Unauthorized",
                "/broken-off" => "200 OK\r\nContent-Length: 9",
                "/down" => "503 Service Unavailable",
                "/[1-2]" => "204 No Content",
                _ => "404 Not Found",
            };
            let length = if answer.contains("Length") { "" } else { "\r\nContent-Length: 0" };
            write!(stream, "HTTP/1.1 {answer}{length}\r\nConnection: close\r\n\r\n").unwrap();
        }
    });
    address
}

#[test]
fn web_addresses_are_judged_by_their_answer() {
    let at = server();
    let link = |path: &str| format!("[{path}]({at}/{path})\n");
    let paths = ["drop", "moved", "loop", "login", "broken-off", "down", "[1-2]"];
    let links: String = paths.into_iter().map(link).collect();
    let secret = at.replace("http://", "http://ana:hunter22@");
    let source = format!("metric: error rate, pass: < 1 %, source: {at}/source");
    let project = Project::new()
        .file("content/pages/links.md", &format!("# Links\n\n{links}\n[secret]({secret}/)\n"))
        .file("content/roster.yaml", "roles: { dba: { title: DBA } }\n")
        .file(
            "content/runbooks/a.yaml",
            &format!("title: A\nstatus: draft\nsections:\n  - title: B\n    thresholds: [{{ {source} }}]\n"),
        );
    let ask = |path| {
        let ran = project.run(&["check", "--external-links", "--output-format", "concise", path]);
        (ran.code, ran.out.replace(&at, "AT").replace(at.trim_start_matches("http://"), "HOST"), ran.err)
    };
    let page = "\
content/pages/links.md:3:1: warning[dead-link] `AT/drop` does not answer: the connection was closed without an answer
content/pages/links.md:4:1: warning[dead-link] `AT/moved` answers with HTTP status 404
content/pages/links.md:5:1: warning[dead-link] `AT/loop` does not answer: it redirects more than 5 times
content/pages/links.md:8:1: warning[dead-link] `AT/down` answers with HTTP status 503
content/pages/links.md:11:1: warning[dead-link] `http://…@HOST/` answers with HTTP status 404
";
    let (code, out, err) = ask("content/pages");
    let out: String = out.split_inclusive('\n').filter(|line| line.contains("dead-link")).collect();
    assert_eq!((code, out.as_str()), (1, page));
    assert!(err.starts_with("asking 8 web addresses\n"), "{err}");
    let (_, out, err) = ask("content/runbooks");
    let found = "warning[dead-link] `AT/source` answers with HTTP status 404\n";
    assert!(out.contains(found) && err.starts_with("asking 1 web address\n"), "{out}{err}");
}

#[test]
fn a_dead_link_is_silenced_and_levelled_like_any_finding() {
    let at = server();
    let runbook = format!(
        "title: A\nstatus: draft\nsections:\n  - title: B\n    phase: reference\n    owner: dba\n    thresholds: [age <= 9 d]\n    \
         # allow: dead-link because it answers at night\n    links: [{{ title: C, url: \"{at}/c\" }}]\n"
    );
    let roster = "people: { ana: { name: Ana }, bo: { name: Bo } }\nroles: { dba: { title: DBA, holder: ana, backup: bo } }\n";
    let project =
        Project::new().file("content/roster.yaml", roster).file("content/runbooks/a.yaml", &runbook);
    let dead = |ran: &Ran| ran.out.matches("dead-link").count();
    for arguments in [["check", "--output-format=concise"].as_slice(), &["check", "--external-links"]] {
        let ran = project.run(arguments);
        assert_eq!((ran.code, dead(&ran)), (0, 0), "{ran:?}");
    }
    project.put("content/runbooks/a.yaml", runbook.replace("# allow", "# all").as_bytes());
    for (level, code, count) in [("error", 1, 1), ("warning", 0, 1), ("off", 0, 0)] {
        let site = format!("title: Test\nrules: {{ dead-link: {level} }}\n");
        project.put("content/site.yaml", site.as_bytes());
        let ran = project.run(&["check", "--external-links", "--output-format", "concise"]);
        assert_eq!((ran.code, dead(&ran)), (code, count), "{ran:?}");
    }
}

#[test]
fn explain_has_a_page_for_every_rule_of_the_table() {
    let project = Project::empty();
    let table = project.run(&["explain", "--output-format", "json"]);
    let table: serde_json::Value = serde_json::from_str(&table.out).unwrap();
    let rules = table["rules"].as_array().unwrap();
    assert!(rules.len() > 60);
    for rule in rules {
        let name = rule["name"].as_str().unwrap();
        let page = project.run(&["explain", name]);
        assert_eq!(page.code, 0);
        assert!(page.out.starts_with(&format!("# {name}\n")));
    }
    let ran = project.run(&["explain", "missing-ownr"]);
    let err = "error: there is no rule `missing-ownr`\n  = help: did you mean `missing-owner`?\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, err));
}
