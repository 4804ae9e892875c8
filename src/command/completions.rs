//! `runsheet completions`: what a shell needs to complete commands and flags.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Outcome, Place};
use crate::cli::{Cli, CompletedShell, Completions};
use crate::error::Result;

pub(crate) fn run(arguments: &Completions, place: &Place<'_>) -> Result<Outcome> {
    let shell = match arguments.shell {
        CompletedShell::Bash => Shell::Bash,
        CompletedShell::Elvish => Shell::Elvish,
        CompletedShell::Fish => Shell::Fish,
        CompletedShell::Powershell => Shell::PowerShell,
        CompletedShell::Zsh => Shell::Zsh,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "runsheet", &mut script);
    place.terminal.answer(&String::from_utf8_lossy(&script));
    Ok(Outcome::Fine)
}
