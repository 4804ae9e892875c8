//! `runsheet release show`: where a release stands.

use assert_cmd::cargo::CommandCargoExt as _;

use crate::project::Project;

#[test]
fn a_release_in_the_terminal() {
    let ran = Project::small().run(&["release", "show", "v1"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "\
v1: Shop & <b>checkout</b> deployment v1.0.0
NO-GO as of 2026-11-21 13:00 CET
window 2026-11-18 09:00 to 2026-11-18 12:00 Europe/Madrid
gate go-no-go: NO-GO, called no-go by ana

Progress
  readiness   [##############!!!!!!]  2 of 3, 1 failed
  deployment  [....................]  0 of 2
  all         [########!!!!........]  2 of 5, 1 failed

What blocks
  NO-GO      certificate (Certificate): Validity: 20 d misses > 30 d (ana, 2026-11-18 07:05 CET)
  NO-GO      readiness (Readiness): checks: 2/3 misses = 100 %

Deviations
  readiness (Readiness): `bo` is the only approver of what `bo` did: `backup`, `checksum-matches`
  approval of dba in readiness (Readiness): signed by `bo` as `dba`: not bound to any content (no seal)

Next
  gate go-no-go (Go/no-go), NO-GO, to be called by lead

Signed
  dba: approve, 2026-11-18 07:30 CET by bo (not bound to any content (no seal))
"
    );
}

#[test]
fn what_lacks_a_confirmation_comes_next() {
    let project = Project::small();
    let path = "content/releases/v1.journal.yaml";
    let journal = std::fs::read_to_string(project.path().join(path)).unwrap();
    let lines = journal.split_inclusive('\n').filter(|line| !line.contains("confirm: lead"));
    project.put(path, lines.collect::<String>().as_bytes());
    let next = "\nNext\n  [x] backup (Backup is recent), to be confirmed by lead\n  gate go-no-go (Go/no-go), NO-GO, to be called by lead\n\n";
    let shown = project.run(&["release", "show", "v1"]).out;
    assert!(shown.contains(next), "{shown}");
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    let page = |path: &str| std::fs::read_to_string(project.path().join("output").join(path)).unwrap();
    let after = |path: &str, mark: &str| page(path).split(mark).nth(1).unwrap().to_owned();
    let next = after("releases/v1.html", "<section class=\"next\"");
    let first = next.split("</li>").next().unwrap();
    assert!(
        first.contains("#backup\"") && first.contains("confirms <a href=\"../owners/lead.html\">"),
        "{first}"
    );
    let waiting = after("owners/lead.html", "id=\"_open-v1\"");
    let waiting = waiting.split("</section>").next().unwrap();
    assert!(waiting.contains("confirms") && waiting.contains("v1.html#backup"), "{waiting}");
}

/// Nobody is led past a gate; once go was called, or somebody went on without it, the way goes on.
#[test]
fn what_stands_behind_a_gate_comes_after_its_call() {
    let next = |line: &str| {
        let project = Project::small();
        let path = "content/releases/v1.journal.yaml";
        let journal = std::fs::read_to_string(project.path().join(path)).unwrap();
        project.put(path, format!("{journal}{line}").as_bytes());
        let shown = project.run(&["release", "show", "v1"]).out;
        assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
        let page = std::fs::read_to_string(project.path().join("output/releases/v1.html")).unwrap();
        let list = page
            .split("<section class=\"next\"")
            .nth(1)
            .unwrap()
            .split("</section>")
            .next()
            .unwrap()
            .to_owned();
        let links = list.split("class=\"next-title\" href=\"").skip(1);
        let links: Vec<String> = links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        let lines = shown.split("\nNext\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
        (lines, links)
    };
    let open = "  [ ] migrate (Migrate), dba\n  [ ] watch (Watch), lead".to_owned();
    let both = vec!["#migrate".to_owned(), "#watch".to_owned()];
    let gate = "  gate go-no-go (Go/no-go), NO-GO, to be called by lead".to_owned();
    assert_eq!(next(""), (gate, vec!["../gates/releases/v1/go-no-go.html".to_owned()]));
    assert_eq!(next("- { at: 2026-11-20T08:00:00Z, by: ana, gate: go-no-go, choice: go }\n"), (open, both));
    assert_eq!(
        next("- { at: 2026-11-20T08:00:00Z, by: ana, gate: go-no-go, choice: Go }\n").1,
        ["#migrate", "#watch"]
    );
    let begun = next("- { at: 2026-11-20T08:00:00Z, by: bo, item: migrate, is: done }\n");
    assert_eq!(begun, ("  [ ] watch (Watch), lead".to_owned(), vec!["#watch".to_owned()]));
    // The page counts sub-checks as the terminal does.
    let again = next("- { at: 2026-11-20T08:00:00Z, by: bo, item: checksum-matches, is: pending }\n");
    let links = ["#backup", "#checksum-matches", "../gates/releases/v1/go-no-go.html"].map(str::to_owned);
    let lines = "  [ ] backup (Backup is recent), dba\n  [ ] checksum-matches (Checksum matches), dba\n";
    let gate = "  gate go-no-go (Go/no-go), NO-GO, to be called by lead";
    assert_eq!(again, (format!("{lines}{gate}"), links.to_vec()));
}

/// What is not listed is counted, so that nobody takes the gate for the next thing.
#[test]
fn a_page_says_how_much_waits_before_its_gate() {
    let project = Project::new()
        .file("content/roster.yaml", "roles: { lead: { title: Lead } }\n")
        .file(
            "content/runbooks/a.yaml",
            "title: A\nsections:\n  - title: Ready\n    owner: lead\n    thresholds: [checks = 100 %]\n    \
             checks: [a1, a2, a3, a4, a5, a6]\n    gate: { title: Go, decides: lead }\n",
        )
        .file("content/releases/v1.yaml", "runbook: a\nversion: v1\n");
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    let page = std::fs::read_to_string(project.path().join("output/releases/v1.html")).unwrap();
    let list = page.split("<section class=\"next\"").nth(1).unwrap().split("</section>").next().unwrap();
    let order = ["#a1", "#a4", "<li class=\"note\">and 2 more</li>", "gates/releases/v1/go.html"];
    let places: Vec<usize> = order.iter().map(|part| list.find(part).unwrap()).collect();
    assert!(places.is_sorted() && !list.contains("#a5"), "{list}");
    // What makes it NO-GO is counted apart from what is open besides.
    assert!(page.contains("<p>7 things are still open. <span"), "{page}");
    let failed = "- { at: 2026-11-20T08:00:00Z, by: ana, item: a1, is: failed, why: down }\n";
    let project = project.file("content/releases/v1.journal.yaml", failed);
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    let page = std::fs::read_to_string(project.path().join("output/releases/v1.html")).unwrap();
    assert!(page.contains("<p>2 things stand against it. 5 things are still open. <span"), "{page}");
}

#[test]
fn a_verdict_as_annotations() {
    let ran = Project::small().run(&["gate", "v1", "--output-format", "github"]);
    let out = "\
::error file=content/runbooks/shop.yaml,line=41,title=NO-GO for v1::NO-GO — certificate (Certificate): Validity: 20 d misses > 30 d
::error file=content/runbooks/shop.yaml,line=18,title=NO-GO for v1::NO-GO — readiness (Readiness): checks: 2/3 misses = 100 %25
::warning file=content/runbooks/shop.yaml,line=18,title=NO-GO for v1::readiness (Readiness): `bo` is the only approver of what `bo` did: `backup`, `checksum-matches`
::warning file=content/runbooks/shop.yaml,line=48,title=NO-GO for v1::approval of dba in readiness (Readiness): signed by `bo` as `dba`: not bound to any content (no seal)
";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, out, ""));
}

#[test]
fn nothing_comes_next_in_a_release_that_is_over() {
    let project = Project::small();
    let close = ["release", "close", "v1", "rollback", "--by", "ana", "--at", "2026-11-20T08:00:00Z"];
    assert_eq!(project.run(&close).code, 0);
    let shown = project.run(&["release", "show", "v1"]).out;
    let open = "\nLeft open\n  [ ] migrate (Migrate), dba\n  [ ] watch (Watch), lead\n\n";
    assert!(shown.contains(open) && !shown.contains("Next"), "{shown}");
}

#[test]
fn releases_for_programs() {
    let ran = Project::small().run(&["release", "list", "--output-format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "1 release\n"));
    let json = r#"{
  "version": 1,
  "releases": [
    {
      "release": "v1",
      "runbook": "shop",
      "version": "v1.0.0",
      "start": "2026-11-18T08:00:00Z",
      "zone": "Europe/Madrid",
      "verdict": "NO-GO",
      "outcome": null
    }
  ]
}
"#;
    assert_eq!(ran.out, json);
}

#[test]
fn only_a_release_that_is_there() {
    let ran = Project::small().run(&["release", "show", "v1.0.0"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err, "error: there is no release `v1.0.0`\n  = help: did you mean `v1`?\n");
}

/// The clock is read to the second, as journals have it.
#[test]
fn now_has_no_fraction() {
    let project = Project::small();
    let mut command = std::process::Command::cargo_bin("runsheet").unwrap();
    command.arg("--root").arg(project.path()).args(["gate", "v1", "--output-format", "json"]);
    let answer = command.env_remove("SOURCE_DATE_EPOCH").output().unwrap().stdout;
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let as_of = answer["as-of"].as_str().unwrap();
    assert!(as_of.len() == "2026-12-01T08:00:00Z".len() && as_of.ends_with('Z'), "{as_of}");
}
