//! `runsheet import`: what a checklist said, the runbook says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use runsheet::import;

use crate::judge::judge;
use crate::project::{Project, Ran, golden};
use crate::random::{Dice, damage};

const ROSTER: &str = "roles: { dba: { title: Database administrator }, qa-lead: { title: QA lead } }\n";
const RUNBOOK: &str = "content/runbooks/shop-release.yaml";

/// What of a runbook its author has to add or to decide. Anything else would be a mistake of the import.
const LEFT_TO_THE_AUTHOR: [&str; 3] = ["unknown-owner", "missing-owner", "missing-threshold"];

fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn project() -> Project {
    Project::new().file("content/roster.yaml", ROSTER).file("Shop Release.md", &fixture("checklist.md"))
}

fn import(project: &Project, flags: &[&str]) -> Ran {
    let file = project.path().join("Shop Release.md");
    let ran = project.run(&[&["import", file.to_str().unwrap()], flags].concat());
    Ran { err: ran.err.replace(project.path().to_str().unwrap(), "ROOT"), ..ran }
}

#[test]
fn a_checklist_becomes_a_runbook() {
    let project = project();
    let said = "wrote ROOT/content/runbooks/shop-release.yaml: 9 sections, 10 checks, 4 steps, 4 thresholds\n\
                content/roster.yaml does not know them yet; add to its `roles`:\n  cto: { title: \"CTO\" }\n\
                \x20 devops-engineer: { title: \"DevOps Engineer\" }\n  release-manager: { title: \"Release Manager\" }\n\
                \x20 security-engineer: { title: \"Security Engineer\" }\n\
                `runsheet check` says what else is missing\n";
    assert_eq!(import(&project, &[]), Ran { code: 0, out: String::new(), err: said.to_owned() });
    let written = fs::read_to_string(project.path().join(RUNBOOK)).unwrap();
    golden("fixtures/checklist.yaml", &written);
    let printed = import(&project, &["--output", "-"]);
    assert_eq!(printed, Ran { code: 0, out: written, err: String::new() });
}

#[test]
fn a_runbook_that_is_there_stays() {
    let project = project().file(RUNBOOK, "title: Mine\n");
    let said = "error: `ROOT/content/runbooks/shop-release.yaml` is there already\n  = help: name another file with `--output`\n";
    assert_eq!(import(&project, &[]), Ran { code: 2, out: String::new(), err: said.to_owned() });
    assert_eq!(fs::read_to_string(project.path().join(RUNBOOK)).unwrap(), "title: Mine\n");
}

/// The findings of a runbook that was made of a text, beyond those that are left to its author.
fn wrong(markdown: &str) -> Vec<String> {
    let imported = import::read(markdown, "Checklist", &[]).unwrap();
    let site = "title: Test\n";
    let report = judge(&[("content/site.yaml", site), ("content/runbooks/a.yaml", &imported.yaml)]);
    let errors = report.iter().filter(|found| found.severity == runsheet::diagnostic::Severity::Error);
    let unexpected = errors.filter(|found| !LEFT_TO_THE_AUTHOR.contains(&found.rule));
    unexpected.map(|found| format!("{}: {}", found.rule, found.message)).collect()
}

/// The words of a text, of three letters at least.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(str::to_lowercase).collect()
}

/// Gone are names of columns and labels that keys say, units that are written in short, choices and what an approver
/// is beside the one who signs.
#[test]
fn what_a_checklist_said_is_there() {
    let (said, written) = (words(&fixture("checklist.md")), words(&fixture("checklist.yaml")));
    let gone: Vec<&str> = said.difference(&written).map(String::as_str).collect();
    let labels = "approval command date department estimated expected minimum requirement responsible screenshot \
                  signature stakeholder target";
    let others = "20gb administrator approve bash block board database hours items least minutes";
    let expected: BTreeSet<&str> = labels.split(' ').chain(others.split(' ')).collect();
    assert_eq!(gone.into_iter().collect::<BTreeSet<_>>(), expected);
}

/// What exporters make of a checklist: front matter, escaped signs, tables of facts, boxes without a list.
#[test]
fn an_exported_checklist_is_read_as_it_was_meant() {
    let roster = [("dba", "Database administrator"), ("qa-lead", "QA lead")];
    let known = roster.map(|(id, title)| (id.to_owned(), title.to_owned()));
    let imported = import::read(&fixture("exported.md"), "unused", &known).unwrap();
    golden("fixtures/exported.yaml", &imported.yaml);
    assert_eq!((imported.missing, wrong(&fixture("exported.md"))), (Vec::new(), Vec::new()));
}

/// What people write by hand: links by reference, bars in words, levels, comments, triggers behind a line, tabs.
#[test]
fn a_handwritten_checklist_is_read_as_it_was_meant() {
    let imported = import::read(&fixture("handwritten.md"), "Checklist", &[]).unwrap();
    golden("fixtures/handwritten.yaml", &imported.yaml);
    let missing = [("operations", "Operations"), ("release-lead", "Release lead")];
    assert_eq!(imported.missing, missing.map(|(id, name)| (id.to_owned(), name.to_owned())));
    assert_eq!(wrong(&fixture("handwritten.md")), Vec::<String>::new());
}

#[test]
fn lines_in_bold_are_headings_where_there_are_no_others() {
    let text = "**Before**\n\n- [ ] a\n\n**Step 1: Go**\n\nNow.\n\n**After**\n\n- [ ] b\n";
    let yaml = import::read(text, "T", &[]).unwrap().yaml;
    let sections = "sections:\n- title: Before\n  checks:\n  - title: a\n  steps:\n  - title: Go\n    about: Now.\n- title: After\n\
                    \x20 phase: after\n  checks:\n  - title: b\n";
    assert!(yaml.ends_with(sections), "{yaml}");
}

#[test]
fn code_below_a_label_keeps_it() {
    let text = "# T\n\n1. Migrate\n\n   As root:\n   ```sh\n   up\n   ```\n   Expected output:\n   ```\n   ok\n   ```\n   \
                Rollback:\n   ```sh\n   down\n   ```\n";
    let yaml = import::read(text, "T", &[]).unwrap().yaml;
    let steps = "  steps:\n  - title: Migrate\n    about: |-\n      As root:\n\n      Rollback:\n\n      ```sh\n      down\n      ```\n\
                 \x20   run: up\n    expect: |-\n      ```\n      ok\n      ```\n";
    assert!(yaml.ends_with(steps), "{yaml}");
}

#[test]
fn a_heading_among_its_like_is_no_title() {
    let list = "- [ ] a\n\n## Later\n\n- [ ] b\n";
    let title = |text: &str| import::read(text, "Name", &[]).unwrap().title;
    assert_eq!(title(list), "Name");
    assert_eq!(title("## Before\n\n- [ ] a\n\n## After\n\n- [ ] b\n"), "Name");
    assert_eq!(title("Of our team.\n\n# Night shift\n\n## Before\n\n- [ ] a\n"), "Night shift");
    assert_eq!(title("---\nname: Nightly\n---\n\n## Before\n\n## After\n"), "Nightly");
}

#[test]
fn a_list_needs_no_heading() {
    let list = "\u{feff}# Night shift\r\n\r\nBefore *midnight*.\r\n\r\n- [ ] Doors are locked\r\n- ☐ Lights: `off --all`\r\n";
    let imported = import::read(list, "unused", &[]).unwrap();
    let yaml = "title: Night shift\nrevision: '1'\nstatus: draft\nabout: Before *midnight*.\nsections:\n\
                - title: Night shift\n  checks:\n  - title: Doors are locked\n  - title: Lights\n    run: off --all\n";
    assert_eq!(imported.yaml, yaml);
    let nothing = import::read("", "Empty", &[]).unwrap().yaml;
    assert_eq!(nothing, "title: Empty\nrevision: '1'\nstatus: draft\nsections: []\n");
}

#[test]
fn a_text_without_anything_to_do_is_said() {
    let project = Project::new().file("Shop Release.md", "Nothing yet.\n");
    let said = "wrote ROOT/content/runbooks/shop-release.yaml: 0 sections, 0 checks, 0 steps, 0 thresholds\n\
                it has no section: nothing to check or to do was found\n";
    assert_eq!(import(&project, &[]), Ran { code: 0, out: String::new(), err: said.to_owned() });
}

#[test]
fn what_cannot_be_read_is_said() {
    let project = Project::new().bytes("Shop Release.md", b"caf\xe9");
    let said = "error: `ROOT/Shop Release.md` is not UTF-8; save it as UTF-8 and import it then\n";
    assert_eq!(import(&project, &[]), Ran { code: 2, out: String::new(), err: said.to_owned() });
}

#[test]
fn an_import_makes_no_errors_of_its_own() {
    assert_eq!(wrong(&fixture("checklist.md")), Vec::<String>::new());
}

#[test]
fn any_text_becomes_a_runbook_that_can_be_read() {
    let page = include_str!("../README.md");
    let texts = [fixture("checklist.md"), page.to_owned(), fixture("exported.md")];
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let text = texts[seed as usize % texts.len()].clone();
        let damaged = (0..4).fold(text, |text, _| damage(&text, page, &mut dice));
        let structure = [
            "syntax",
            "encoding",
            "unknown-key",
            "duplicate-key",
            "wrong-type",
            "missing-key",
            "duplicate-id",
            "invalid-id",
        ];
        let found: Vec<String> = wrong(&damaged)
            .into_iter()
            .filter(|found| structure.iter().any(|rule| found.starts_with(rule)))
            .collect();
        assert_eq!(found, Vec::<String>::new(), "seed {seed}:\n{damaged}");
    }
}
