//! What was recorded elsewhere: journal lines, ticked boxes of a record, fields of a sheet.

use std::fs;

use crate::project::{Project, Ran};

/// Nothing of the machine's own git, and `NOW` on the clock.
const NOBODY: &[(&str, &str)] =
    &[("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("SOURCE_DATE_EPOCH", "1795000000")];
const JOURNAL: &str = "content/releases/v1.journal.yaml";

pub(crate) fn run(project: &Project, arguments: &[&str]) -> Ran {
    project.run_with(arguments, NOBODY)
}

pub(crate) fn read(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join(path)).unwrap()
}

/// Imports a file of the project.
pub(crate) fn import(project: &Project, file: &str, flags: &[&str]) -> Ran {
    let path = project.path().join(file);
    run(project, &[&["import-events", "v1", path.to_str().unwrap()], flags].concat())
}

pub(crate) fn ran(code: i32, out: &str, err: &str) -> Ran {
    Ran { code, out: out.to_owned(), err: err.to_owned() }
}

/// The lines of an answer that are appended.
fn lines(out: &str) -> String {
    out.split_inclusive('\n').filter(|line| line.starts_with("- ")).collect()
}

/// Tries, imports and imports again: the same answer, what was shown is appended, and nothing twice.
#[track_caller]
pub(crate) fn imports(
    project: &Project,
    file: &str,
    flags: &[&str],
    (out, refused, known): (&str, usize, usize),
) {
    let before = read(project, JOURNAL);
    let appended = lines(out);
    let count = appended.lines().count();
    let events = if count == 1 { "event" } else { "events" };
    let code = i32::from(refused > 0);
    let dry = import(project, file, &[flags, &["--dry-run"]].concat());
    let rest = format!("refused {refused}, {known} known before\n");
    assert_eq!(dry, ran(code, out, &format!("would import {count} {events}, {rest}")));
    assert_eq!(read(project, JOURNAL), before);
    let done = import(project, file, flags);
    assert_eq!(done, ran(code, out, &format!("imported {count} {events}, {rest}")));
    assert_eq!(read(project, JOURNAL), format!("{before}{appended}"));
    let again = import(project, file, flags);
    let refusals: String = out.split_inclusive('\n').filter(|line| !line.starts_with("- ")).collect();
    let known = known + count;
    let err = format!("imported 0 events, refused {refused}, {known} known before\n");
    assert_eq!(again, ran(code, &refusals, &err));
    assert_eq!(read(project, JOURNAL), format!("{before}{appended}"));
}

pub(crate) fn seal(project: &Project) -> String {
    let record = run(project, &["markdown", "v1"]).out;
    let begin = record.lines().next().unwrap();
    begin.strip_prefix("<!-- runsheet:begin v1 ").unwrap().strip_suffix(" -->").unwrap().to_owned()
}

#[test]
fn journal_lines() {
    let project = Project::small();
    let seal = seal(&project);
    project.put(
        "export.yaml",
        format!(
            "# runsheet v1 {seal}
- {{ at: 2026-11-18T06:02:11Z, by: bo, item: backup, is: done, evidence: \"https://ci.example.org/1\" }}
- {{ at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: done }} # by hand
- {{ by: bo, at: 2026-11-18T09:01:00Z, item: certificate, is: waived, why: renewed, until: 2026-12-03 }}
- {{ at: 2026-11-18T09:02:00Z, by: ana, sign: lead, choice: approve }}
- {{ at: 2026-11-18T09:03:00Z, by: bo, message: start, is: sent, signature: c2ln }}
- at: 2026-11-18T09:04:00Z
  by: ana
  event: Begun
- {{ at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: done }}
"
        )
        .as_bytes(),
    );
    let out = format!(
        "\
- {{ at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: done }}
- {{ at: 2026-11-18T09:01:00Z, by: bo, item: certificate, is: waived, why: renewed, until: 2026-12-03 }}
- {{ at: 2026-11-18T09:02:00Z, by: ana, sign: lead, choice: approve, seal: {seal} }}
- {{ at: 2026-11-18T09:03:00Z, by: bo, message: start, is: sent, signature: c2ln }}
- {{ at: 2026-11-18T09:04:00Z, by: ana, event: Begun }}
"
    );
    imports(&project, "export.yaml", &[], (&out, 0, 2));
}

#[test]
fn lines_that_do_not_belong() {
    let project = Project::small();
    project.put(
        "export.yaml",
        b"- { at: 2026-11-18T09:00:00Z, by: bo, item: bakcup, is: done }
- { at: 2026-11-18T09:00:00Z, item: migrate, is: done }
- { at: soon, by: bo, item: migrate, is: done }
- { at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: finished }
- { at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: sent }
- { at: 2026-11-18T09:00:00Z, by: bo, item: migrate, state: done }
- { at: 2026-11-18T09:00:00Z, by: bo, item: certificate, is: waived }
- { at: 2026-11-18T09:00:00Z, by: bo, item: certificate, actual: soon }
- { at: 2026-11-18T09:00:00Z, by: bo, sign: dba, choice: approve, seal: 0000-0000-0000-0000 }
- { at: 2026-11-18T09:00:00Z, by: bo, sign: dba, choice: approve }
- { at: 2026-11-18T09:00:00Z, by: bo, gate: go-no-go, choice: maybe }
- { at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: done }
- { at: 2026-11-18T09:00:00Z, by: bo, item: wat
some words
# runsheet v2
- { at: 2026-11-18T09:05:00Z, by: bo, item: migrate, is: done }
# runsheet v1 0000-0000-0000-0000
- { at: 2026-11-18T09:06:00Z, by: bo, item: migrate, is: done }
",
    );
    let seal = seal(&project);
    let out = format!(
        "\
refused line 1: `bakcup` is no item or section of `shop`
refused line 2: the event does not say `by` whom
refused line 3: `soon` is not an instant
refused line 4: unknown value `finished`
refused line 5: `migrate` cannot be `sent`
refused line 6: unknown key `state`
refused line 7: `waived` needs a reason, and `certificate` has no `why`
refused line 8: `certificate`: `soon` is not a quantity
refused line 9: something else was signed: the seal is 0000-0000-0000-0000, that of the release {seal}
refused line 10: the signature has no `seal`: it is not known what was signed
refused line 11: `maybe` is not called at a gate, only `go` or `no-go`
- {{ at: 2026-11-18T09:00:00Z, by: bo, item: migrate, is: done }}
refused line 13: it is no line of a journal: it ends before its `}}`
refused line 14: it is no line of a journal: it does not begin with `- {{`
refused line 16: it is of the release `v2`, not of `v1`
refused line 18: the runbook or the plan has changed since: the seal was 0000-0000-0000-0000 and is {seal}
"
    );
    imports(&project, "export.yaml", &[], (&out, 15, 0));
}

#[test]
fn what_somebody_may_not_say() {
    let project = Project::small();
    let seal = seal(&project);
    project.put(
        "export.yaml",
        format!(
            "# runsheet v1 {seal}
- {{ at: 2026-11-18T09:00:00Z, by: ana, sign: dba, choice: approve }}
- {{ at: 2026-11-18T09:00:01Z, by: ana, sign: lead, choice: block, why: too late }}
- {{ at: 2026-11-18T09:00:02Z, by: ana, sign: lead, choice: maybe }}
- {{ at: 2026-11-18T09:00:03Z, by: ana, sign: cto, choice: approve }}
- {{ at: 2026-11-18T09:00:04Z, by: bo, gate: go-no-go, choice: go, note: all hands }}
- {{ at: 2026-11-18T09:00:05Z, by: bo, item: backup, confirm: lead }}
- {{ at: 2026-11-18T09:00:06Z, by: bo, item: migrate, is: done, until: 2026-12-03 }}
- {{ at: 2026-11-18T09:00:07Z, by: bo, outcome: rollback }}
"
        )
        .as_bytes(),
    );
    let done = import(&project, "export.yaml", &[]);
    let out = format!(
        "\
refused line 2: `ana` does not hold `dba`, and the signature would not count
- {{ at: 2026-11-18T09:00:01Z, by: ana, sign: lead, choice: block, seal: {seal}, why: too late }}
refused line 4: `lead` cannot say `maybe`
refused line 5: `cto` is no role that signs anything
- {{ at: 2026-11-18T09:00:04Z, by: bo, gate: go-no-go, choice: go, note: all hands }}
- {{ at: 2026-11-18T09:00:05Z, by: bo, item: backup, confirm: lead }}
refused line 8: `until` is the end of a waiver and goes with `waived`
- {{ at: 2026-11-18T09:00:07Z, by: bo, outcome: rollback }}
"
    );
    let err = "warning: `bo` does not hold `lead`: the record says who decides at this gate
warning: `bo` does not hold `lead`: the confirmation does not count
imported 4 events, refused 4, 0 known before
";
    assert_eq!(done, ran(1, &out, err));
}

#[test]
fn somebody_unknown() {
    let project = Project::small();
    project.put("export.yaml", b"- { at: 2026-11-18T12:00:00Z, by: zoe, event: Begun }\n");
    let err = "warning: `zoe` is not in the roster\nwarning: 2026-11-18T12:00:00Z is still to come\n";
    let err = format!("{err}imported 1 event, refused 0, 0 known before\n");
    let out = "- { at: 2026-11-18T12:00:00Z, by: zoe, event: Begun }\n";
    assert_eq!(import(&project, "export.yaml", &[]), ran(0, out, &err));
}

#[test]
fn boxes_of_a_record() {
    let project = Project::small();
    let record = run(&project, &["markdown", "v1"]).out;
    let ticked = record
        .replace("- [ ] 2.1 ", "- [x] 2.1 ")
        .replace("- [ ] 1.3 ", "- [X] 1.3 ")
        .replace("- [x] 1.1.1 ", "- [ ] 1.1.1 ");
    project.put("body.md", format!("Please review.\n\n{ticked}\n- [x] something else\n").as_bytes());
    let out = "\
refused box checksum-matches: `checksum-matches` is done, and a journal takes nothing back: to open it again, `runsheet record v1 checksum-matches pending`
- { at: 2026-11-18T11:06:40Z, by: ana, item: unicode, is: done }
- { at: 2026-11-18T11:06:40Z, by: ana, item: migrate, is: done }
";
    imports(&project, "body.md", &["--by", "Ana Ruiz"], (out, 1, 1));
    let nobody = import(&project, "body.md", &[]);
    let err = "error: it is not known who records this\n  = help: say it with `--by`, or set `user.name` and `user.email` of git\n";
    assert_eq!(nobody, ran(2, "", err));
}

#[test]
fn a_box_that_cannot_be_read() {
    let project = Project::small();
    let record = run(&project, &["markdown", "v1"]).out;
    let at = |number: &str| record.lines().position(|line| line.starts_with(number)).unwrap() + 1;
    let (lost, odd) = (at("- [ ] 2.1 "), at("- [ ] 1.3 "));
    let edited = record.replace("- [ ] 1.3 ", "- [-] 1.3 ").replace("- [ ] 2.1 ", "- [x] 2.1 ");
    project.put("body.md", edited.replace(" <!-- item migrate -->", "").as_bytes());
    let known = record.matches("- [x] ").count();
    let out = format!(
        "refused line {odd}: the box of `unicode` is neither ticked nor open: `[-]`\nrefused line {lost}: the box is ticked, and `<!-- item … -->` behind it is gone: it is not known of what\n"
    );
    imports(&project, "body.md", &["--by", "ana"], (&out, 2, known));
}

#[test]
fn a_record_of_something_else() {
    let project = Project::small();
    project.put("other.md", b"<!-- runsheet:begin v2 1111-1111-1111-1111 -->\n- [x] 1 A <!-- item migrate -->\n- [ ] 2 B <!-- item watch -->\n<!-- runsheet:end v2 -->\n");
    let out = "refused box migrate: it is of the release `v2`, not of `v1`\n";
    imports(&project, "other.md", &["--by", "ana"], (out, 1, 0));
    project.put("old.md", b"<!-- runsheet:begin v1 1111-1111-1111-1111 -->\n- [x] 1 A <!-- item migrate -->\n<!-- runsheet:end v1 -->\n");
    let seal = seal(&project);
    let out = format!(
        "refused box migrate: the runbook or the plan has changed since: the seal was 1111-1111-1111-1111 and is {seal}\n"
    );
    imports(&project, "old.md", &["--by", "ana"], (&out, 1, 0));
}

#[test]
fn what_is_none_of_these() {
    let project = Project::small();
    project.put("picture.png", b"\x89PNG\xff\xfe");
    let err = "error: `ROOT/picture.png` is neither journal lines, a Markdown record nor a PDF\n";
    assert_eq!(import(&project, "picture.png", &[]), ran(2, "", err));
    project.put("body.md", b"# Tonight\n\n- [x] Database migration\n- [ ] Smoke test\n");
    let err = "error: `ROOT/body.md` has boxes to tick, and none of the marks of a record\n  = help: tick those that `runsheet markdown v1` prints\n";
    assert_eq!(import(&project, "body.md", &[]), ran(2, "", err));
    for (file, bytes) in [("a.fdf", &b"%FDF-1.2\n"[..]), ("a.xfdf", b"<?xml version=\"1.0\"?><xfdf/>")] {
        project.put(file, bytes);
        let err = format!(
            "error: `ROOT/{file}` is what was filled in without the sheet\n  = help: save the filled PDF itself, not the data of its form\n"
        );
        assert_eq!(import(&project, file, &[]), ran(2, "", &err));
    }
    project.put("torn.pdf", b"%PDF-1.7\nnothing");
    let err = "error: `ROOT/torn.pdf` is not a PDF, or not the whole of one\n";
    assert_eq!(import(&project, "torn.pdf", &[]), ran(2, "", err));
    project.put("empty.yaml", b"");
    assert_eq!(
        import(&project, "empty.yaml", &[]),
        ran(0, "", "imported 0 events, refused 0, 0 known before\n")
    );
}
