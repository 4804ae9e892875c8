//! Signatures made and verified by `ssh-keygen -Y`, in its own format.
//!
//! Takes a text and a key, gives a signature on one line; takes both back, says whether somebody who
//! is allowed to made it. Keys are never read here, the program `ssh-keygen` does that.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::git::Git;
use crate::error::{Error, Result};
use crate::release::Line;

/// Who may sign with which key, in the format of `ssh-keygen`.
pub(crate) const ALLOWED: &str = "content/allowed_signers";
/// What git signs with.
const SETTING: &str = "user.signingKey";

/// What signatures are made for; one for git or for a file is none for a journal.
const NAMESPACE: &str = "runsheet";
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
/// Signs on a line of a signature's file.
const LINE: usize = 70;

/// A key to sign with.
pub(crate) struct Key {
    file: PathBuf,
    /// The file, where the configuration of git holds the key itself; it goes away with the value.
    _written: Option<NamedTempFile>,
}

/// The key to sign with: in the file given, else the one that git signs with.
///
/// # Errors
/// When neither names one.
pub(crate) fn key(given: Option<&Path>, root: &Path) -> Result<Key> {
    let git = Git::new(root);
    if given.is_none()
        && let Some(key) = git.setting(SETTING).as_deref().and_then(literal)
    {
        let written = written(key)?;
        return Ok(Key { file: written.path().to_owned(), _written: Some(written) });
    }
    let key = given.map(Path::to_path_buf).or_else(|| git.setting_path(SETTING));
    let help = "say it with `--signature-key FILE`, or set `user.signingKey` of git to the file of a key";
    match key {
        Some(file) if file.is_file() => Ok(Key { file, _written: None }),
        Some(key) => Err(Error::usage_help(format!("there is no key `{}`", key.display()), help)),
        None => Err(Error::usage_help("it is not known with which key to sign", help)),
    }
}

/// The public key that a setting holds in place of the name of a file; the agent has its other half.
fn literal(setting: &str) -> Option<&str> {
    let key = setting.strip_prefix("key::");
    key.or_else(|| setting.starts_with("ssh-").then_some(setting))
}

/// What is signed: the release, so that a sign-off is none for another one of the same plan, and the
/// line as it is without its signature.
pub(crate) fn statement(release: &str, line: &Line) -> String {
    format!("{release}\n{line}")
}

/// Signs a text; the signature is one line without its frame.
///
/// # Errors
/// When there is no `ssh-keygen`, or it does not sign with this key.
pub(crate) fn sign(key: &Key, text: &str) -> Result<String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-n", NAMESPACE, "-f"]).arg(&key.file);
    let output = ask(&mut command, text)?;
    let armor = String::from_utf8_lossy(&output.stdout);
    let body = armor.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    match body {
        Some(body) if output.status.success() => Ok(body.split_whitespace().collect()),
        _ => Err(Error::place(&key.file, format!("did not sign: {}", said(&output)))),
    }
}

/// Why a signature over a text does not stand for `identity` at an instant; `None` where it does.
///
/// # Errors
/// When there is no `ssh-keygen`, or a file for the signature cannot be made.
pub(crate) fn refused(
    allowed: &Path,
    identity: (&str, Timestamp),
    text: &str,
    signature: &str,
) -> Result<Option<String>> {
    let (identity, at) = identity;
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    if !signature.chars().all(base64) {
        return Ok(Some("its signature is no SSH signature".to_owned()));
    }
    let file = written(&armor(signature))?;
    let keygen = |what: &str| {
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", what, "-n", NAMESPACE, "-s"]).arg(file.path());
        command
    };
    // A key that has been retired since signed well in its time.
    let time = format!("verify-time={}", at.strftime("%Y%m%d%H%M%SZ"));
    let mut verify = keygen("verify");
    verify.args(["-O", &time, "-I", identity, "-f"]).arg(allowed);
    if ask(&mut verify, text)?.status.success() {
        return Ok(None);
    }
    let fits = ask(&mut keygen("check-novalidate"), text)?.status.success();
    Ok(Some(if fits {
        format!("its key is none that `{ALLOWED}` allows for `{identity}` at that time")
    } else {
        "its signature is not over this event of this release".to_owned()
    }))
}

/// A file with a text, for a program that takes no other way.
fn written(text: &str) -> Result<NamedTempFile> {
    let failed = |source| Error::io("write", std::env::temp_dir(), source);
    let mut file = NamedTempFile::with_suffix(".pub").map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    Ok(file)
}

/// The signature in its frame.
fn armor(signature: &str) -> String {
    let signs: Vec<char> = signature.chars().collect();
    let lines: Vec<String> = signs.chunks(LINE).map(|line| line.iter().collect()).collect();
    format!("{BEGIN}\n{}\n{END}\n", lines.join("\n"))
}

/// Runs the program with a text on its standard input.
fn ask(command: &mut Command, text: &str) -> Result<Output> {
    let missing = |error: std::io::Error| {
        let message = format!("SSH signatures need the `ssh-keygen` program: {error}");
        Error::usage_help(message, "install the client of OpenSSH")
    };
    command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(missing)?;
    if let Some(mut input) = child.stdin.take() {
        // A program that refuses its arguments does not read; what it says tells more.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait_with_output().map_err(missing)
}

/// The first line of what it said about a failure.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("`ssh-keygen` says nothing").to_owned()
}
