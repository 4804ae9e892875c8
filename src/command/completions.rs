//! `runsheet completions`: what a shell needs to ask the program how a line may go on.

use super::complete::{SHELLS, VARIABLE};
use super::{Outcome, Place};
use crate::cli::{CompletedShell, Completions};
use crate::error::{Error, Result};

pub(crate) fn run(arguments: &Completions, place: &Place<'_>) -> Result<Outcome> {
    let shell = match arguments.shell {
        CompletedShell::Bash => "bash",
        CompletedShell::Elvish => "elvish",
        CompletedShell::Fish => "fish",
        CompletedShell::Powershell => "powershell",
        CompletedShell::Zsh => "zsh",
    };
    let mut script = Vec::new();
    let written = SHELLS
        .completer(shell)
        .map(|shell| shell.write_registration(VARIABLE, "runsheet", "runsheet", "runsheet", &mut script));
    match written {
        Some(Ok(())) => place.terminal.answer(&String::from_utf8_lossy(&script))?,
        _ => return Err(Error::usage(format!("`{shell}` cannot complete"))),
    }
    Ok(Outcome::Fine)
}
