//! Signatures made and verified by `ssh-keygen -Y`, in its own format.
//!
//! Takes a text and a key, gives a signature on one line; takes both back, says whether somebody who
//! is allowed to made it. Keys are never read here, the program `ssh-keygen` does that.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;

use super::git::Git;
use crate::error::{Error, Result};

/// What signatures are made for; one for git or for a file is none for a journal.
const NAMESPACE: &str = "runsheet";
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
/// Signs on a line of a signature's file.
const LINE: usize = 70;

/// The file of the key to sign with: the one given, else the one that git signs with.
///
/// # Errors
/// When neither names a file.
pub(crate) fn key(given: Option<&Path>, root: &Path) -> Result<PathBuf> {
    let key = given.map(Path::to_path_buf).or_else(|| Git::new(root).setting_path("user.signingKey"));
    let help = "say it with `--signature-key FILE`, or set `user.signingKey` of git to the file of a key";
    match key {
        Some(key) if key.is_file() => Ok(key),
        Some(key) => Err(Error::usage_help(format!("there is no key `{}`", key.display()), help)),
        None => Err(Error::usage_help("it is not known with which key to sign", help)),
    }
}

/// Signs a text; the signature is one line without its frame.
///
/// # Errors
/// When there is no `ssh-keygen`, or it does not sign with this key.
pub(crate) fn sign(key: &Path, text: &str) -> Result<String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-n", NAMESPACE, "-f"]).arg(key);
    let output = ask(&mut command, text)?;
    let armor = String::from_utf8_lossy(&output.stdout);
    let body = armor.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    match body {
        Some(body) if output.status.success() => Ok(body.split_whitespace().collect()),
        _ => Err(Error::place(key, format!("did not sign: {}", said(&output)))),
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
    let failed = |source| Error::io("write", std::env::temp_dir(), source);
    let mut file = tempfile::NamedTempFile::new().map_err(failed)?;
    file.write_all(armor(signature).as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    // A key that has been retired since signed well in its time.
    let time = format!("verify-time={}", at.strftime("%Y%m%d%H%M%SZ"));
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "verify", "-n", NAMESPACE, "-O", &time, "-I", identity, "-f"]).arg(allowed);
    let output = ask(command.arg("-s").arg(file.path()), text)?;
    Ok((!output.status.success()).then(|| format!("its signature is not one of `{identity}`")))
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
