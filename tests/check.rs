//! `runsheet check`: what it says, in full, and its exit codes.

use std::fs;

use crate::project::{Project, Ran};

pub(crate) const ROSTER: &str = "people:\n  ana: { name: Ana Ruiz, email: ana@example.org }\n  bo: { name: Bo Lind, email: bo@example.org }\nroles:\n  dba: { title: Database administrator, holder: ana, backup: bo }\n";

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

#[test]
fn no_project_is_no_finding() {
    let ran = Project::empty().run(&["check"]);
    let err = "error: `ROOT` is not a Runsheet project: it has no `content/site.yaml`\n  = help: `runsheet init DIR` writes one to begin with\n";
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
    let project = Project::new().file("content/runbooks/one.yaml", "title: One\n");
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
    let nothing = Ran { code: 2, out: String::new(), err: err.to_owned() };
    assert_eq!(ran, nothing);
    // What was built before the content went away stands.
    project.put("content/runbooks/one.yaml", b"title: One\n");
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    std::fs::remove_file(project.path().join("content/runbooks/one.yaml")).unwrap();
    assert_eq!(project.run(&["build", "--no-pdf"]), nothing);
    assert!(project.path().join("output/runbooks/one.html").is_file());
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
    // A seal counts in whatever case it is typed.
    let journal = project.path().join("content/releases/v1.journal.yaml");
    let line = std::fs::read_to_string(&journal).unwrap();
    let (before, seal) = line.split_once("seal: ").unwrap();
    let (seal, after) = seal.split_at(19);
    std::fs::write(&journal, format!("{before}seal: {}{after}", seal.to_uppercase())).unwrap();
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
fn a_fix_leaves_what_is_signed_in_another_runbook() {
    let tls = "title: TLS\nstatus: draft\nsections:\n  - title: Certificates\n    checks: [Chain]\n    approvals: [dba]\n";
    let project = Project::new()
        .file("content/roster.yaml", "people: { bo: { name: Bo, email: bo@example.org } }\nroles: { dba: { title: D, holder: bo, backup: bo } }\n")
        .file("content/runbooks/api.yaml", "title: Api\nstatus: draft\nsections: [{ use: tls.yaml#certificates }]\n")
        .file("content/runbooks/tls.yaml", tls)
        .file("content/releases/v1.yaml", "runbook: api\nversion: v1\n");
    assert_eq!(project.run(&["sign", "v1", "dba", "approve", "--by", "bo"]).code, 0);
    let ran = project.run(&["check", "--fix"]);
    let left = "warning: `content/runbooks/tls.yaml` is left without ids that could be written: sign-offs of `v1` are bound to what it says";
    assert_eq!(ran.err.lines().next(), Some(left));
    assert_eq!(std::fs::read_to_string(project.path().join("content/runbooks/tls.yaml")).unwrap(), tls);
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

#[test]
fn a_program_is_told_every_finding() {
    let links: String = (0..1200).map(|n| format!("[a](none-{n}.md)\n")).collect();
    let project = Project::new().file("content/pages/links.md", &links);
    let told = |format: &str| project.run(&["check", "--output-format", format]).out;
    let read = |format: &str| serde_json::from_str::<serde_json::Value>(&told(format)).unwrap();
    assert_eq!(read("json")["summary"]["shown"], 1200);
    assert_eq!(told("json-lines").lines().count(), 1200);
    assert_eq!(read("sarif")["runs"][0]["results"].as_array().unwrap().len(), 1200);
    assert_eq!(read("gitlab").as_array().unwrap().len(), 1200);
    assert!(told("junit").contains("<testsuites name=\"runsheet check\" tests=\"1201\" failures=\"1200\">"));
    assert!(told("concise").ends_with("\n… and 200 findings more\n"));
}

/// What only the clock changes is the same finding: a baseline holds it, and no code host opens it anew.
#[test]
fn a_finding_is_the_same_tomorrow() {
    let journal = "- { at: 2028-01-01T08:00:00Z, by: ana, event: One }\n- { at: 2027-01-01T08:00:00Z, by: ana, event: Two }\n";
    let project = Project::small()
        .file("content/runbooks/old.yaml", "title: Old\nreviewed: 2020-01-01\n")
        .file("content/releases/v1.journal.yaml", journal);
    let on = |day: &str, arguments: &[&str]| project.run_with(arguments, &[("SOURCE_DATE_EPOCH", day)]);
    let path = project.path().join("baseline.json");
    let path = path.to_str().unwrap();
    assert_eq!(on("1796000000", &["check", "--write-baseline", path]).code, 0);
    let known = fs::read_to_string(path).unwrap();
    assert!(known.contains("stale-review") && known.contains("out-of-order-event"));
    // Then one of the two events has come.
    for day in ["1796086400", "1799539200"] {
        let Ran { code, out, err } = on(day, &["check", "--baseline", path]);
        assert_eq!((code, out.as_str()), (0, ""), "{day}");
        assert!(err.contains(": no findings, "), "{err}");
    }
}

#[test]
fn the_last_instant_is_one_as_any() {
    let project = Project::small();
    project.put("content/releases/v1.journal.yaml", b"- { at: 2026-12-01T08:00:00Z, by: ana, event: One }\n");
    for command in [&["check"][..], &["build", "--no-pdf"], &["gate", "v1"], &["release", "list"]] {
        let ran = project.run_with(command, &[("SOURCE_DATE_EPOCH", "253402207200")]);
        assert!(matches!(ran.code, 0 | 1), "{ran:?}");
    }
}

#[test]
fn a_fix_names_the_bytes_of_the_file() {
    let text = "\u{feff}title: T\nsections:\n  - title: S\n    count: 5\n    checks: [one]\n";
    let project = Project::new().file("content/roster.yaml", ROSTER).file("content/runbooks/a.yaml", text);
    let out = project.run(&["check", "--output-format", "json-lines"]).out;
    let line = out.lines().find(|line| line.contains("wrong-count")).unwrap();
    let found: serde_json::Value = serde_json::from_str(line).unwrap();
    let edit = &found["fix"]["edits"][0];
    let byte = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    assert_eq!(&text[byte("start")..byte("end")], "5");
}
