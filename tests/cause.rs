//! One mistake, one finding: a cause is reported without what follows from it, at its place, with help.

use crate::check::ROSTER;
use crate::project::{Project, Ran};

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
  = help: put that value in quotes if the comma belongs to it, or a list in `[ ]`

";
    let ran = run("HTTP status in 200, 301");
    assert_eq!((ran.code, ran.out.as_str()), (1, out));
    // Words behind commas are one mistake, wherever the last of them stands.
    let ran = run("load < 5, ready, steady }  # ");
    let lines: Vec<&str> = ran.out.lines().filter(|line| line.contains(": ") || line.contains('^')).collect();
    assert_eq!(
        lines,
        [
            "error[unknown-key]: unknown key `ready`",
            "3 |   - { title: Site, owner: dba, thresholds: load < 5, ready, steady }  # , checks: [Open it] }",
            "  |                                                      ^^^^^ a comma in `{ … }` ends the value before it",
            "  = help: put that value in quotes if the comma belongs to it, or a list in `[ ]`",
        ]
    );
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

/// An example tells what kind of value there will be, not where the bar is.
#[test]
fn a_bar_with_a_blank_contradicts_nothing() {
    let runbook = |limit: &str, most: &str| {
        format!(
            "\
title: Shop
parameters: {{ limit: {{ example: 5 % }}, most: {{ example: 5m }} }}
sections:
  - title: Deploy
    phase: during
    thresholds: [error rate < 1 %, 'duration <= {most}']
    triggers: [{{ when: 'error rate > {limit} for 5m', action: rollback }}, {{ when: 'disk usage > {limit}' }}]
    steps: [{{ title: Ramp, duration: 30m }}]
"
        )
    };
    let rules = ["dead-band", "time-overrun", "missing-window"];
    let found = |text: String| {
        let mut lines = concise(&Project::new().file("content/runbooks/shop.yaml", &text));
        lines.retain(|line| rules.iter().any(|rule| line.contains(rule)));
        lines
            .iter()
            .filter_map(|line| line.splitn(4, ':').nth(3))
            .map(|line| line.trim().to_owned())
            .collect::<Vec<_>>()
    };
    let dead_band = "warning[dead-band] nothing is said about `error rate` from 1 % to 5 %";
    let overrun = "warning[time-overrun] the steps take 30m at least, the bar of the section says 5m";
    let missing_window =
        |bar: &str| format!("warning[missing-window] the trigger `{bar}` does not say for how long");
    let written = found(runbook("5 %", "5m"));
    assert_eq!(written, [overrun, dead_band, &missing_window("disk usage > 5 %")]);
    // How long it has to last is no matter of where it is.
    let blank = found(runbook("{{ limit }}", "{{ most }}"));
    assert_eq!(blank, [missing_window("disk usage > ‹limit›")]);
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
  = help: remove the `|` or `>` before it, and begin each entry with `- `

";
    assert_eq!(ran.out, out);
    for lines in ["1. Stop\n      2. Start", "* Stop\n      * Start\n        it", "1) Stop\n\n      2) Start"]
    {
        let text = format!(
            "title: Shop\nsections:\n  - title: Web\n    owner: dba\n    thresholds: checks = 100 %\n    steps: |\n      {lines}\n"
        );
        let ran = deployment(&text).run(&["check", "content/runbooks"]);
        assert!(
            ran.out.starts_with("error[wrong-type]: expected a list, found a text with the lines"),
            "{}",
            ran.out
        );
    }
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
fn a_site_without_a_roster_is_given_one() {
    let project = Project::new()
        .file(
            "content/runbooks/shop.yaml",
            "title: Shop\nowner: deployment-lead\nsections:\n  - title: Backup\n    owner: [dba, übung, Not an id]\n    \
             thresholds: [checks = 100 %]\n    checks: [{ title: Take a dump, confirm: dba }]\n",
        )
        .file("content/releases/v1.yaml", "runbook: shop\nversion: v1\nroles: { dba: ana }\n");
    let Ran { code, out, err } = project.run(&["check"]);
    let told = "\
error[unknown-owner]: unknown role `dba`
 --> content/releases/v1.yaml:3:10
  |
3 | roles: { dba: ana }
  |          ^^^ there is no content/roster.yaml
  |
  = help: write content/roster.yaml, for example
          people:
            ana: { name: Ana }
          roles:
            dba: { title: Dba }
            deployment-lead: { title: Deployment lead }
            übung: { title: Übung }
          # and 1 more

error[unknown-owner]: unknown holder `ana`
 --> content/releases/v1.yaml:3:15
  |
3 | roles: { dba: ana }
  |               ^^^ there is no content/roster.yaml

";
    assert_eq!((code, err.as_str()), (1, "checked 1 runbook, 1 release: 7 errors\n"));
    assert!(out.starts_with(told), "{out}");
    assert_eq!(out.matches("= help").count(), 1, "{out}");
    project.put("content/roster.yaml", b"roles: {}\n");
    let empty = project.run(&["check"]).out;
    assert_eq!(empty, out.replace("there is no content", "nobody is in content"));
    // What it proposes is a roster, in which only the name that is no id is still missing.
    let (_, proposed) = told.split_once("for example\n").unwrap();
    let proposed: String = proposed
        .lines()
        .take_while(|line| !line.is_empty())
        .map(|line| line.get(10..).unwrap_or_default().to_owned() + "\n")
        .collect();
    project.put("content/roster.yaml", proposed.as_bytes());
    let left = project.run(&["check", "--output-format", "concise"]).out;
    assert_eq!(left.matches("error[").count(), 1, "{left}");
    assert!(left.contains("error[unknown-owner] unknown owner `Not an id`"), "{left}");
}

/// Names for keys where a list is expected, and a text with a colon in it, are one mistake each.
#[test]
fn names_instead_of_a_list_are_one_finding() {
    let named = "title: Shop\nsections:\n  backup:\n    owner: dba\n  restore:\n    owner: dba\n";
    let colon = SHOP.replace(
        "      - title: Take a dump\n        expect",
        "      - Dump: taken\n      - title: Take a dump\n        expect",
    );
    let bare = SHOP.replace(
        "      - title: Take a dump\n        expect",
        "      - Look at:\n      - title: Take a dump\n        expect",
    );
    let report = |shop: &str| {
        let mut out = deployment(shop).run(&["check", "content/runbooks"]).out;
        out.truncate(out.find("; keys allowed").unwrap_or(out.len()));
        out
    };
    assert_eq!(
        report(named),
        "error[unknown-key]: unknown keys `backup` and `restore`\n \
         --> content/runbooks/shop.yaml:3:3\n  |\n3 |   backup:\n  |   ^^^^^^ a list is expected here, not names\n  |\n  \
         = help: write each entry with a dash and its name as a value, `- title: …`"
    );
    assert!(report(&bare).contains("= help: put it in quotes: \"Look at:\"\n"), "{}", report(&bare));
    assert_eq!(
        report(&colon),
        "error[unknown-key]: unknown key `Dump`\n  \
         --> content/runbooks/shop.yaml:11:9\n   |\n11 |       - Dump: taken\n   |         ^^^^ a text with `: ` needs quotes\n   |\n   \
         = help: put it in quotes: \"Dump: taken\"\n\n"
    );
}

/// What other tools call a key leads to ours, and is read as it.
#[test]
fn a_key_of_another_tool_leads_to_ours() {
    let shop = SHOP
        .replace(
            "        expect: A file of {{ node }} is there.\n",
            "        command: dump {{ node }}\n        script: x\n",
        )
        .replace("when: error rate", "if: error rate")
        .replace(
            "checks: [Data is back]",
            "checks:\n      - name: Data is back\n      - { name: It, run: { script: x } }",
        )
        .replace("{ decides: dba,", "{ description: Ask, decides: dba,");
    let found = [
        "12:9: error[unknown-key] unknown key `command`; did you mean `run`?",
        "13:9: error[unknown-key] unknown key `script`; did you mean `run`?",
        "16:23: error[unknown-key] unknown key `if`; did you mean `when`?",
        "18:13: error[unknown-key] unknown key `description`; did you mean `about`?",
        "24:9: error[unknown-key] unknown key `name`; did you mean `title`?",
        "25:11: error[unknown-key] unknown key `name`; did you mean `title`?",
        "25:28: error[unknown-key] unknown key `script`; did you mean `code`?",
    ];
    let out = deployment(&shop).run(&["check", "content/runbooks", "--output-format", "json-lines"]).out;
    let line = |line: &str| {
        let found: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        let place = format!("{}:{}", found["line"], found["column"]);
        format!("{place}: {}[{}] {}; {}", text("level"), text("rule"), text("message"), text("label"))
    };
    assert_eq!(out.lines().map(line).collect::<Vec<_>>(), found);
}

/// An id of the roster that is written otherwise than ids are makes nobody unknown.
#[test]
fn a_wrong_id_of_the_roster_is_one_finding() {
    let roster = "people: { ana: { name: Ana, email: ana@example.org } }\nroles: { DBA: { title: DBA, holder: ana } }\n";
    let ran = deployment(SHOP).file("content/roster.yaml", roster).run(&[
        "check",
        "content/roster.yaml",
        "content/runbooks",
        "--output-format",
        "concise",
    ]);
    let errors: Vec<&str> = ran.out.lines().filter(|line| line.contains("error[")).collect();
    assert_eq!(errors, ["content/roster.yaml:2:10: error[invalid-id] `DBA` is not kebab-case"]);
}

/// Several roles where one is expected are one mistake, under a key that is right or nearly so.
#[test]
fn several_roles_of_an_approval_are_one_finding() {
    for (key, found) in [
        ("role", "error[wrong-type] expected text, found a list"),
        ("roles", "error[unknown-key] unknown key `roles`"),
    ] {
        let shop = SHOP.replace("approvals: [dba]", &format!("approvals: [{{ {key}: [dba] }}]"));
        let ran = deployment(&shop).run(&["check", "content/runbooks", "--output-format", "concise"]);
        let errors: Vec<&str> = ran.out.lines().filter(|line| line.contains("error[")).collect();
        assert!(matches!(&errors[..], [one] if one.ends_with(found)), "{errors:?}");
    }
}

/// A line that can be read is not torn: what is wrong in it is told as in any other file.
#[test]
fn a_key_that_stands_twice_in_an_event_is_an_error() {
    let journal = "- { at: 2026-01-12T08:00:00Z, by: ana, item: take-a-dump, is: done, is: failed }\n\
                   - { at: 2026-01-12T08:01:00Z, by: ana, item: backup, is: done }\n";
    let project = deployment(SHOP).file("content/releases/v1.journal.yaml", journal);
    let found = concise(&project);
    let own = "content/pages/shop.md:3:55: error[broken-link] there is no file `gone.md`";
    let twice = "content/releases/v1.journal.yaml:1:69: error[duplicate-key] duplicate key `is`";
    assert_eq!(found, [own, twice]);
}
