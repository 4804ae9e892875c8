//! The outside world: arguments, terminal, clock, exit codes. One file a command.
//!
//! Takes the arguments of the process, gives its exit code. Findings and answers go to standard
//! output, progress and summaries to standard error. Only here are clock and environment read.

mod attempt;
mod author;
mod build;
mod call;
mod check;
mod clock;
mod complete;
mod completions;
mod diff;
mod event;
mod explain;
mod gate;
mod git;
mod given;
mod import;
mod import_events;
mod init;
mod journal;
mod logbook;
mod man;
mod markdown;
mod outcome;
mod pick;
mod probe;
mod record;
mod release;
mod root;
mod schema;
mod serve;
mod sign;
mod signed;
mod ssh;
mod subject;
mod terminal;
mod verify;
mod watch;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::error::Result;
use terminal::Terminal;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Fine: exit code 0.
    Fine,
    /// Findings, or not GO: exit code 1.
    Findings,
}

/// What every command is given.
pub(crate) struct Place<'a> {
    root: &'a Path,
    terminal: Terminal,
}

/// Runs the program; the exit code is 0 fine, 1 findings, 2 could not run.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(answered) = complete::run(&arguments) {
        return answered;
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(stop) => {
            // Help and version are answers; anything else is a wrong command line.
            let failed = stop.use_stderr();
            // Nobody is left to be told when the reader has gone.
            let shown = stop.print().err().is_none_or(|error| error.kind() == ErrorKind::BrokenPipe);
            return ExitCode::from(if failed || !shown { 2 } else { 0 });
        }
    };
    let root = root::find(cli.root.as_deref());
    let place = Place { root: &root, terminal: Terminal::new(cli.color) };
    match dispatch(&cli.command, &place) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            place.terminal.fail(&error);
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: &Command, place: &Place<'_>) -> Result<Outcome> {
    match command {
        Command::Init(arguments) => init::run(arguments, place),
        Command::Check(arguments) => check::run(arguments, place),
        Command::Build(arguments) => build::run(arguments, place),
        Command::Diff(arguments) => diff::run(arguments, place),
        Command::Explain(arguments) => explain::run(arguments, place),
        Command::Watch(arguments) => watch::run(arguments, place),
        Command::Serve(arguments) => serve::run(arguments, place),
        Command::Schema(arguments) => schema::run(arguments, place),
        Command::Release(arguments) => release::run(arguments, place),
        Command::Record(arguments) => record::run(arguments, place),
        Command::Sign(arguments) => sign::run(arguments, place),
        Command::Call(arguments) => call::run(arguments, place),
        Command::Event(arguments) => event::run(arguments, place),
        Command::Outcome(arguments) => outcome::run(arguments, place),
        Command::Import(arguments) => import::run(arguments, place),
        Command::ImportEvents(arguments) => import_events::run(arguments, place),
        Command::Gate(arguments) => gate::run(arguments, place),
        Command::Markdown(arguments) => markdown::run(arguments, place),
        Command::Completions(arguments) => completions::run(arguments, place),
        Command::Man(arguments) => man::run(arguments, place),
        Command::Verify(arguments) => verify::run(arguments, place),
    }
}
