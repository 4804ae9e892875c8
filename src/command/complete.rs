//! What a shell offers while a command is typed: commands, flags, and the names of the project at hand.
//!
//! Takes the words typed so far, which the script of `completions` hands over, gives what may follow. A
//! project that cannot be read offers no names and says nothing: a prompt is no place for findings.

use std::ffi::OsString;
use std::io::{Error, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, Command, CommandFactory as _};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate, complete};
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::pick::pick;
use super::record::{Subject, subjects};
use super::root;
use super::terminal::Terminal;
use crate::check;
use crate::cli::{Cli, When};
use crate::model::prose::Text;
use crate::model::roster::PartyKind;
use crate::model::runbook::Runbook;
use crate::model::section::Bar;
use crate::pipeline::{self, Project};

/// The variable by which a script asks; it names the shell.
pub(super) const VARIABLE: &str = "RUNSHEET_COMPLETE";
/// Shells that complete.
pub(super) const SHELLS: Shells<'static> = Shells(&[&QuotingBash, &Elvish, &Fish, &Powershell, &Zsh]);

/// Answers a shell, if one asks.
pub(super) fn run(arguments: &[OsString]) -> Option<ExitCode> {
    let words: Vec<&OsString> = arguments.iter().skip_while(|word| *word != "--").skip(1).collect();
    let answered = CompleteEnv::with_factory(|| command(&words))
        .var(VARIABLE)
        .shells(SHELLS)
        .completer("runsheet")
        .try_complete(arguments, std::env::current_dir().ok().as_deref());
    match answered {
        Ok(false) => None,
        Ok(true) => Some(ExitCode::SUCCESS),
        Err(error) => {
            Terminal::new(When::Auto).say(error.to_string().trim_end());
            Some(ExitCode::from(2))
        }
    }
}

/// The command line with the names that can be typed in place of each argument.
fn command(words: &[&OsString]) -> Command {
    let command = Cli::command();
    let typed = Cli::command().ignore_errors(true).try_get_matches_from(words);
    let Some(offer) = typed.ok().as_ref().and_then(Offer::new) else { return command };
    offer.extend(command, &offer.commands)
}

/// What can be offered after the words that are typed.
struct Offer {
    project: Project,
    /// The command: `record`, or `release` and `new`.
    commands: Vec<String>,
    release: Option<String>,
    runbook: Option<String>,
    item: Option<String>,
    role: Option<String>,
}

impl Offer {
    fn new(typed: &ArgMatches) -> Option<Self> {
        let root = root::find(typed.get_one::<PathBuf>("root").map(PathBuf::as_path));
        let (mut commands, mut inner) = (Vec::new(), typed);
        while let Some((name, matches)) = inner.subcommand() {
            commands.push(name.to_owned());
            inner = matches;
        }
        let word = |id| inner.try_get_one::<String>(id).ok().flatten().cloned();
        let (release, runbook, item, role) = (word("release"), word("runbook"), word("item"), word("role"));
        let project = pipeline::load(&root, &root.join("output")).ok()?;
        Some(Self { project, commands, release, runbook, item, role })
    }

    /// The command with names in the arguments of the subcommand that is typed.
    fn extend(&self, command: Command, path: &[String]) -> Command {
        if let Some((first, rest)) = path.split_first() {
            return command.mut_subcommand(first, |inner| self.extend(inner, rest));
        }
        command.mut_args(|argument| match self.names(argument.get_id().as_str()) {
            Some(names) => {
                argument.add(ArgValueCandidates::new(move || names.iter().map(Name::candidate).collect()))
            }
            None => argument,
        })
    }

    /// What can stand for an argument; `None` where that is not for the project to say.
    fn names(&self, argument: &str) -> Option<Vec<Name>> {
        Some(match argument {
            "release" => self.releases(),
            "before" | "after" => [self.releases(), self.files()].concat(),
            "by" => self.parties(),
            "roles" => self.roles(),
            "item" => self.items(),
            "state" => self.states()?,
            "metric" | "field" | "confirm" => self.parts(argument),
            "gate" => self.gates(),
            "role" => self.approvals().map(|(role, _)| Name::new(role, self.title(role))).collect(),
            "choice" if self.role.is_some() => self.choices(),
            "outcome" => ["success", "rollback"].map(Name::bare).to_vec(),
            "runbook" => self.runbooks(),
            "parameters" => self.parameters(),
            "zone" => jiff::tz::db().available().map(|zone| Name::bare(zone.as_str())).collect(),
            "rule" => check::RULES.iter().map(|rule| Name::new(rule.name, rule.summary)).collect(),
            _ => return None,
        })
    }

    /// The runbook of the release that is typed.
    fn applied(&self) -> Option<&Runbook> {
        self.project.library.release(self.release.as_deref()?)?.runbook.as_deref()
    }

    /// The check, step, section, message or trigger that is typed.
    fn subject(&self) -> Option<Subject<'_>> {
        let subjects = subjects(self.applied()?);
        pick(self.item.as_deref()?, "item", &subjects).ok().map(|(_, subject)| subject)
    }

    fn releases(&self) -> Vec<Name> {
        let releases = self.project.library.releases.iter();
        releases
            .map(|release| {
                Name::new(&release.name, format!("{} {}", release.runbook_id.name, release.version))
            })
            .collect()
    }

    /// The files of runbooks.
    fn files(&self) -> Vec<Name> {
        let path = |runbook: &Runbook| &self.project.sources.get(runbook.file).path;
        self.project.library.runbooks.iter().map(|one| Name::new(path(one), one.title.plain())).collect()
    }

    fn runbooks(&self) -> Vec<Name> {
        self.project.library.runbooks.iter().map(|one| Name::new(&one.id, one.title.plain())).collect()
    }

    /// Everybody of the roster who can act.
    fn parties(&self) -> Vec<Name> {
        let parties = self.project.library.roster.parties.iter();
        let own = parties.filter(|party| party.kind != PartyKind::Contact);
        own.map(|party| Name::new(&party.id.value, party.title.plain())).collect()
    }

    /// Every role of the roster, as `ROLE=`.
    fn roles(&self) -> Vec<Name> {
        let parties = self.project.library.roster.parties.iter();
        let roles = parties.filter(|party| party.kind == PartyKind::Role);
        roles.map(|role| Name::new(format!("{}=", role.id.value), role.title.plain())).collect()
    }

    fn title(&self, party: &str) -> String {
        self.project.library.roster.find(party).map(|party| party.title.plain()).unwrap_or_default()
    }

    fn items(&self) -> Vec<Name> {
        let subjects = self.applied().map(subjects).unwrap_or_default();
        subjects.into_iter().map(|(id, subject)| Name::new(id, subject.title())).collect()
    }

    fn states(&self) -> Option<Vec<Name>> {
        Some(self.subject()?.states().iter().map(|state| Name::bare(state.word())).collect())
    }

    /// The metrics or blanks of the item that is typed, or the roles that confirm it.
    fn parts(&self, argument: &str) -> Vec<Name> {
        let subject = self.subject();
        let names: Vec<String> = match (argument, subject) {
            ("metric", Some(Subject::Item(item))) => metrics(item.bars.iter()),
            ("metric", Some(Subject::Section(section))) => metrics(section.bars()),
            ("field", Some(Subject::Item(item))) => {
                item.records.iter().map(|blank| blank.title.plain()).collect()
            }
            ("confirm", Some(Subject::Item(item))) => {
                item.confirm.iter().map(|role| role.name.clone()).collect()
            }
            _ => Vec::new(),
        };
        names.into_iter().map(Name::bare).collect()
    }

    fn gates(&self) -> Vec<Name> {
        let sections = self.applied().map(Runbook::all_sections).unwrap_or_default();
        let gates = sections.iter().flat_map(|section| section.gates());
        gates.map(|gate| Name::new(&gate.id, gate.title.plain())).collect()
    }

    /// Every role that signs, each once, with what it can say.
    fn approvals(&self) -> impl Iterator<Item = (&str, &[String])> {
        let sections = self.applied().map(Runbook::all_sections).unwrap_or_default();
        let approvals = sections.into_iter().flat_map(|section| section.approvals());
        let mut found: Vec<(&str, &[String])> = Vec::new();
        for approval in approvals {
            for role in &approval.roles {
                if !found.iter().any(|(name, _)| *name == role.name) {
                    found.push((&role.name, &approval.choices));
                }
            }
        }
        found.into_iter()
    }

    fn choices(&self) -> Vec<Name> {
        let own = self.approvals().find(|(role, _)| Some(*role) == self.role.as_deref());
        own.into_iter().flat_map(|(_, choices)| choices).map(Name::bare).collect()
    }

    /// The parameters of the runbook that is typed, each as `NAME=`.
    fn parameters(&self) -> Vec<Name> {
        let runbook = self.runbook.as_deref().and_then(|id| self.project.library.runbook(id));
        let parameters = runbook.map(|runbook| runbook.parameters.as_slice()).unwrap_or_default();
        let about = |about: &Option<Text>| about.as_ref().map(|text| text.plain()).unwrap_or_default();
        parameters.iter().map(|one| Name::new(format!("{}=", one.name.value), about(&one.about))).collect()
    }
}

/// A word that can be typed, and what it stands for.
#[derive(Clone)]
struct Name {
    word: String,
    about: String,
}

impl Name {
    fn new(word: impl Into<String>, about: impl Into<String>) -> Self {
        Self { word: word.into(), about: about.into() }
    }

    fn bare(word: impl Into<String>) -> Self {
        Self::new(word, "")
    }

    fn candidate(&self) -> CompletionCandidate {
        let about = (!self.about.is_empty()).then(|| self.about.clone().into());
        CompletionCandidate::new(&self.word).help(about)
    }
}

fn metrics<'a>(bars: impl Iterator<Item = &'a Bar>) -> Vec<String> {
    bars.filter_map(|bar| bar.metric()).filter(|metric| !metric.is_empty()).map(str::to_owned).collect()
}

/// Bash takes what it is given as it stands, so a blank in a name has to be quoted here.
struct QuotingBash;

impl EnvCompleter for QuotingBash {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        variable: &str,
        name: &str,
        program: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        Bash.write_registration(variable, name, program, completer, out)
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        here: Option<&Path>,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        #[expect(clippy::disallowed_methods, reason = "the script of the shell asks through its variables")]
        let set = |name: &str| std::env::var(name).ok();
        let at = set("_CLAP_COMPLETE_INDEX").and_then(|at| at.parse().ok()).unwrap_or_default();
        let offered = complete(command, words, at, here)?;
        let offered: Vec<String> =
            offered.iter().map(|one| quoted(&one.get_value().to_string_lossy())).collect();
        out.write_all(offered.join(set("_CLAP_IFS").as_deref().unwrap_or("\n")).as_bytes())
    }
}

/// A word in which Bash finds nothing of its own.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:=@%+,".contains(c);
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !plain(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
