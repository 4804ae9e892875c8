//! Sign-offs that are signed with an SSH key, made and verified by the real `ssh-keygen`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::project::{Project, Ran};

const JOURNAL: &str = "content/releases/v1.journal.yaml";
const RUNBOOK: &str = "\
title: Api
status: draft
sections:
  - title: Ready
    id: ready
    checks: [{ title: Tests, id: tests }]
    approvals: [{ role: dba }]
";
const ROSTER: &str = "\
people:
  ana: { name: Ana Ruiz, email: ana@example.org }
  bo: { name: Bo Lind, email: bo@example.org }
roles:
  dba: { title: Database administrator, holder: bo, backup: ana }
";

/// A project in which bo has a key that is allowed, and ana one that is not.
fn project() -> Project {
    let project = Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/api.yaml", RUNBOOK)
        .file("content/releases/v1.yaml", "runbook: api\nversion: v1\n")
        .file(JOURNAL, "- { at: 2026-11-18T08:00:00Z, by: ana, item: tests, is: done }\n");
    for name in ["bo", "ana"] {
        let key = key(&project, name);
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(&key);
        assert!(command.status().unwrap().success());
    }
    let public = fs::read_to_string(key(&project, "bo").with_extension("pub")).unwrap();
    project.put("content/allowed_signers", format!("bo@example.org {public}").as_bytes());
    project
}

fn key(project: &Project, name: &str) -> PathBuf {
    project.path().join(name)
}

fn sign(project: &Project, by: &str, choice: &str, with: Option<&str>) -> Ran {
    let second = fs::read_to_string(project.path().join(JOURNAL)).unwrap().lines().count();
    let at = format!("2026-11-18T09:00:{second:02}Z");
    let mut arguments = vec!["sign", "v1", "dba", choice, "--by", by, "--at", &at];
    let file = with.map(|name| key(project, name).to_str().unwrap().to_owned());
    if let Some(file) = &file {
        arguments.extend(["--with", "ssh", "--signature-key", file]);
    }
    project.run(&arguments)
}

fn gate(project: &Project) -> (i32, String) {
    let ran = project.run(&["gate", "v1", "--require-signatures"]);
    assert_eq!(ran.err, "");
    (ran.code, ran.out)
}

fn undecided(why: &str) -> (i32, String) {
    let line = format!("approval of dba in ready (Ready): not signed by `dba`; {why}");
    (1, format!("UNDECIDED for v1\n  UNDECIDED  {line}\n"))
}

fn changed(project: &Project, from: &str, to: &str) {
    let text = fs::read_to_string(project.path().join(JOURNAL)).unwrap();
    assert!(text.contains(from), "{text}");
    project.put(JOURNAL, text.replace(from, to).as_bytes());
}

#[test]
fn a_signature_is_verified() {
    let project = project();
    let ran = sign(&project, "bo", "approve", Some("bo"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let journal = fs::read_to_string(project.path().join(JOURNAL)).unwrap();
    let line = journal.lines().last().unwrap();
    let (signed, signature) = line.split_once(", signature: ").unwrap();
    assert!(signed.starts_with("- { at: 2026-11-18T09:00:01Z, by: bo, sign: dba, choice: approve, seal: "));
    assert!(signature.starts_with("U1NIU0lH") && signature.ends_with(" }"));
    assert_eq!(gate(&project), (0, "GO for v1\n".to_owned()));
    assert_eq!(project.run(&["check"]).code, 0);
    // Whatever is changed in the line, the signature no longer fits.
    let why = "the sign-off of `bo` does not count, its signature is not over this event of this release";
    changed(&project, "at: 2026-11-18T09:00:01Z", "at: 2026-11-18T09:00:02Z");
    assert_eq!(gate(&project), undecided(why));
    changed(&project, "at: 2026-11-18T09:00:02Z", "at: 2026-11-18T09:00:01Z");
    changed(&project, ", signature:", ", note: with a reserve, signature:");
    assert_eq!(gate(&project), undecided(why));
    let refused = "the sign-off of `bo` does not count, its signature is no SSH signature";
    changed(&project, "signature: U1NI", "signature: no U1NI");
    assert_eq!(gate(&project), undecided(refused));
}

#[test]
fn a_sign_off_without_a_signature_does_not_count() {
    let project = project();
    assert_eq!(sign(&project, "bo", "approve", None).code, 0);
    assert_eq!(project.run(&["gate", "v1"]).code, 0);
    assert_eq!(gate(&project), undecided("the sign-off of `bo` does not count, it is not signed with a key"));
}

/// The lines of what the program says that hold `what`, without their indentation.
fn lines(project: &Project, arguments: &[&str], what: &str) -> Vec<String> {
    let Ran { code: 0, out, .. } = project.run(arguments) else { panic!("{arguments:?}") };
    out.lines().filter(|line| line.contains(what)).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_record_says_which_sign_offs_have_a_key() {
    let project = project();
    assert_eq!(sign(&project, "bo", "approve", None).code, 0);
    let record = || lines(&project, &["markdown", "v1"], ": approve, 2026");
    assert_eq!(record(), ["- Bo Lind as Database administrator: approve, 2026-11-18 09:00"]);
    assert_eq!(sign(&project, "bo", "approve", Some("bo")).code, 0);
    // Nobody verifies it for a record: that holds whoever allows whose key, with and without `ssh-keygen`.
    changed(&project, "signature: U1NI", "signature: no U1NI");
    assert_eq!(
        record(),
        ["- Bo Lind as Database administrator: approve, 2026-11-18 09:00; SSH signature, not verified here"]
    );
    assert_eq!(
        lines(&project, &["release", "show", "v1"], "SSH"),
        ["dba: approve, 2026-11-18 09:00 UTC by bo, SSH signature not verified here"]
    );
    assert_eq!(project.run(&["build"]).code, 0);
    let page = fs::read_to_string(project.path().join("output/releases/v1.html")).unwrap();
    assert_eq!(page.matches("SSH signature, not verified here").count(), 2, "the approval and the log");
}

#[test]
fn only_keys_of_the_signer_count() {
    let project = project();
    assert_eq!(sign(&project, "ana", "approve", Some("ana")).code, 0);
    let why = "the sign-off of `ana` does not count, its key is none that `content/allowed_signers` allows for `ana@example.org` at that time";
    assert_eq!(gate(&project), undecided(why));
    assert_eq!(sign(&project, "bo", "approve", Some("ana")).code, 0);
    let other = "the sign-off of `bo` does not count, its key is none that `content/allowed_signers` allows for `bo@example.org` at that time";
    assert_eq!(gate(&project), undecided(&format!("{why}; {other}")));
    assert_eq!(sign(&project, "bo", "approve", Some("bo")).code, 0);
    assert_eq!(gate(&project), (0, "GO for v1\n".to_owned()));
}

#[test]
fn a_sign_off_is_none_for_another_release() {
    let project = project();
    assert_eq!(sign(&project, "bo", "approve", Some("bo")).code, 0);
    for file in ["yaml", "journal.yaml"] {
        let path = |name: &str| project.path().join(format!("content/releases/{name}.{file}"));
        fs::copy(path("v1"), path("again")).unwrap();
    }
    let ran = project.run(&["gate", "again", "--require-signatures"]);
    let (code, out) = undecided(
        "the sign-off of `bo` does not count, its signature is not over this event of this release",
    );
    assert_eq!((ran.code, ran.out), (code, out.replace("for v1", "for again")));
}

#[test]
fn a_key_counts_in_its_time() {
    let project = project();
    assert_eq!(sign(&project, "bo", "approve", Some("bo")).code, 0);
    let public = fs::read_to_string(key(&project, "bo").with_extension("pub")).unwrap();
    let until = |day: &str| {
        let line = format!("bo@example.org valid-before=\"{day}\" {public}");
        project.put("content/allowed_signers", line.as_bytes());
        gate(&project)
    };
    assert_eq!(until("20261119"), (0, "GO for v1\n".to_owned()));
    let why = "the sign-off of `bo` does not count, its key is none that `content/allowed_signers` allows for `bo@example.org` at that time";
    assert_eq!(until("20261117"), undecided(why));
}

#[test]
fn a_key_that_only_the_agent_has() {
    let project = project();
    let socket = project.path().join("agent");
    let mut agent = Command::new("ssh-agent");
    let agent = agent.arg("-D").arg("-a").arg(&socket).stdout(std::process::Stdio::null()).spawn();
    let mut agent = Stopped(agent.unwrap());
    while !socket.exists() {
        assert!(agent.0.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    let mut add = Command::new("ssh-add");
    assert!(add.arg("-q").arg(key(&project, "bo")).env("SSH_AUTH_SOCK", &socket).status().unwrap().success());
    fs::remove_file(key(&project, "bo")).unwrap();
    let public = fs::read_to_string(key(&project, "bo").with_extension("pub")).unwrap();
    for (second, setting) in [public.trim().to_owned(), format!("key::{}", public.trim())].iter().enumerate()
    {
        let at = format!("2026-11-18T09:00:0{second}Z");
        let arguments = ["sign", "v1", "dba", "approve", "--by", "bo", "--at", &at, "--with", "ssh"];
        let git = [
            ("SSH_AUTH_SOCK", socket.to_str().unwrap()),
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "user.signingKey"),
            ("GIT_CONFIG_VALUE_0", setting),
        ];
        assert_eq!(project.run_with(&arguments, &git).code, 0);
        assert_eq!(gate(&project), (0, "GO for v1\n".to_owned()));
        let journal = fs::read_to_string(project.path().join(JOURNAL)).unwrap();
        project.put(JOURNAL, journal.split_inclusive('\n').next().unwrap().as_bytes());
    }
}

/// A program that is ended with the value.
struct Stopped(std::process::Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn requiring_signatures_never_makes_a_verdict_better() {
    let project = project();
    assert_eq!(sign(&project, "bo", "approve", Some("bo")).code, 0);
    assert_eq!(sign(&project, "bo", "block", None).code, 0);
    let line = "approval of dba in ready (Ready): `bo` said block as `dba`; the sign-off of `bo` does not count, it is not signed with a key (bo, 2026-11-18 09:00 UTC)";
    assert_eq!(gate(&project), (1, format!("NO-GO for v1\n  NO-GO      {line}\n")));
}

#[test]
fn what_is_missing_is_said() {
    let project = project();
    let before = fs::read_to_string(project.path().join(JOURNAL)).unwrap();
    let help = "  = help: say it with `--signature-key FILE`, or set `user.signingKey` of git to the file of a key\n";
    let arguments = ["sign", "v1", "dba", "approve", "--by", "bo", "--with", "ssh"];
    let git = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")];
    let ran = project.run_with(&arguments, &git);
    assert_eq!((ran.code, ran.err), (2, format!("error: it is not known with which key to sign\n{help}")));
    let ran = sign(&project, "bo", "approve", Some("nobody"));
    assert_eq!((ran.code, ran.err), (2, format!("error: there is no key `ROOT/nobody`\n{help}")));
    let file = key(&project, "bo").to_str().unwrap().to_owned();
    let empty = project.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let nowhere = [("PATH", empty.to_str().unwrap())];
    let ran = project.run_with(&[&arguments[..], &["--signature-key", &file]].concat(), &nowhere);
    let missing = "error: SSH signatures need the `ssh-keygen` program: No such file or directory (os error 2)\n  = help: install the client of OpenSSH\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, missing));
    assert_eq!(fs::read_to_string(project.path().join(JOURNAL)).unwrap(), before);
    // To verify takes the same program, and somebody who is allowed.
    assert_eq!(sign(&project, "bo", "approve", Some("bo")).code, 0);
    let ran = project.run_with(&["gate", "v1", "--require-signatures"], &nowhere);
    assert_eq!((ran.code, ran.err.as_str()), (2, missing));
    fs::remove_file(project.path().join("content/allowed_signers")).unwrap();
    let ran = project.run(&["gate", "v1", "--require-signatures"]);
    let nobody = "error: there is no `content/allowed_signers` to verify signatures with\n  = help: write a line for each person: e-mail address, type of key, key\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, nobody));
}
