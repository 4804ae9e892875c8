//! `runsheet man`: the manual page of the program, or of one of its commands.

use clap::CommandFactory as _;
use clap_mangen::Man as Page;

use super::pick::unknown;
use super::{Outcome, Place};
use crate::cli::{Cli, Man};
use crate::error::{Error, Result};

pub(crate) fn run(arguments: &Man, place: &Place<'_>) -> Result<Outcome> {
    let mut command = Cli::command();
    // Commands inside get the global flags and their full names.
    command.build();
    for name in &arguments.command {
        let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        command = match command.find_subcommand(name) {
            Some(inner) => inner.clone(),
            None => return Err(unknown(name, "command", names.into_iter())),
        };
    }
    let mut page = Vec::new();
    let printed = Page::new(command.disable_help_subcommand(true)).render(&mut page);
    printed.map_err(|error| Error::usage(error.to_string()))?;
    place.terminal.answer(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Fine)
}
