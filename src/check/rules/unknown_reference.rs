//! # unknown-reference
//!
//! `on-failure`, `to` of a trigger, `requires` of a gate, `severity`, `use` and `runbook` of a release name
//! something else: a section, check or step of the same runbook, another runbook by its id, or a path with an
//! id (`rollback.yaml#restore-database`). A name that leads nowhere is worst where it matters most: on the
//! way to the rollback.
//!
//! `requires` takes sections, because a gate is judged on sections.
//!
//! ```yaml
//! on-failure: rolback              # wrong: the section is `rollback`
//! ```

use crate::check::Subject;
use crate::check::hint::Hints;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, one_of};
use crate::model::reference::{Broken, Target, is_written};
use crate::model::release::Release;
use crate::model::runbook::{PlaceKind, Runbook};
use crate::model::section::{Reference, Section};

pub(super) const RULE: Rule = Rule {
    name: "unknown-reference",
    summary: "a name of a section, step, severity or runbook that leads nowhere",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("unknown_reference.rs"),
    look: Look::Several(&[Look::Links(of_runbook), Look::Release(of_release)]),
};

fn of_runbook(subject: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let judge = Judge { subject, runbook, hints: Hints::new() };
    let items = runbook.all_items();
    let ways = items.iter().filter_map(|(_, item)| item.on_failure.as_ref());
    let mut found: Vec<Diagnostic> = ways.filter_map(|to| judge.destination(to)).collect();
    for section in runbook.all_sections() {
        judge.section(section, &mut found);
    }
    found
}

fn of_release(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let name = &release.runbook_id.name;
    let unread = is_written(subject.sources, release.runbook_id.span, name);
    let lost = release.runbook.is_none() && !name.is_empty() && !unread;
    lost.then(|| no_runbook(subject, &release.runbook_id)).into_iter().collect()
}

struct Judge<'a> {
    subject: &'a Subject<'a>,
    runbook: &'a Runbook,
    hints: Hints,
}

impl Judge<'_> {
    fn section(&self, section: &Section, found: &mut Vec<Diagnostic>) {
        for trigger in section.triggers() {
            found.extend(trigger.to.iter().filter_map(|to| self.destination(to)));
            found.extend(trigger.severity.iter().filter_map(|name| self.severity(name)));
        }
        for gate in section.gates() {
            found.extend(gate.requires.iter().filter_map(|name| self.required(name)));
        }
    }

    /// Where `to` and `on-failure` lead.
    fn destination(&self, to: &Reference) -> Option<Diagnostic> {
        let Subject { library, sources, .. } = self.subject;
        match library.reference(sources, self.runbook, &to.name, to.span) {
            Ok(Target::Runbook(_)) => None,
            Ok(Target::Place(_, place)) => match place.kind {
                PlaceKind::Section | PlaceKind::Check | PlaceKind::Step => None,
                kind => {
                    let message = format!("`{}` is a {} and cannot be carried out", to.name, kind.word());
                    let found =
                        finding(to.span, message).related(place.span, format!("this {}", kind.word()));
                    Some(found.help("name a section, a step or a runbook"))
                }
            },
            Ok(Target::File) if is_written(sources, to.span, &to.name) => None,
            Ok(_) => {
                let message = format!("`{}` is neither a section nor a step nor a runbook", to.name);
                Some(finding(to.span, message))
            }
            Err(_) if is_written(sources, to.span, &to.name) => None,
            Err(Broken::Id { runbook, .. }) if self.subject.is_half_read(runbook, Some(self.runbook)) => None,
            Err(broken) => Some(self.broken(to, broken)),
        }
    }

    fn broken(&self, to: &Reference, broken: Broken<'_>) -> Diagnostic {
        let library = self.subject.library;
        let (other, id) = match broken {
            Broken::Id { runbook: Some(other), id } => (library.runbook(other), id),
            Broken::Id { id, .. } => (None, id),
            Broken::Document(path) => return lost(to, &format!("there is no file `{path}`")),
            Broken::Outside(path) => return lost(to, &format!("`{path}` leads out of the content folder")),
            Broken::Scheme(_) | Broken::Host(_) => {
                return lost(to, &format!("`{}` is an address, not a reference", to.name));
            }
        };
        let places = other.unwrap_or(self.runbook).places.iter();
        let runbooks = library.runbooks.iter().map(|runbook| runbook.id.as_str());
        let near = match other {
            Some(_) => self.hints.place(id, places),
            None => self.hints.place(id, places).or_else(|| self.hints.near(id, runbooks)),
        };
        let message = match other {
            Some(other) => format!("runbook `{}` has no `{id}`", other.id),
            None => format!("unknown reference `{id}`"),
        };
        let label = near.unwrap_or_else(|| "no section, step or runbook has this id".to_owned());
        finding(to.span, message).label(label)
    }

    fn required(&self, name: &Reference) -> Option<Diagnostic> {
        match self.runbook.place(&name.name) {
            Some(place) if place.kind == PlaceKind::Section => None,
            Some(place) => {
                let word = place.kind.word();
                let message = format!("a gate is judged on sections, `{}` is a {word}", name.name);
                Some(finding(name.span, message).related(place.span, format!("this {word}")))
            }
            None if !self.runbook.whole => None,
            None => {
                let sections = self.runbook.places.iter().filter(|place| place.kind == PlaceKind::Section);
                let near = self.hints.place(&name.name, sections);
                let label =
                    near.unwrap_or_else(|| "the gate waits for a section that is not there".to_owned());
                let found = finding(name.span, format!("unknown section `{}`", name.name)).label(label);
                Some(match self.taker(name) {
                    Some(taker) => found.help(format!("name a section of {taker}")),
                    None => found,
                })
            }
        }
    }

    /// The runbook in which a name of a section that was taken has to lead somewhere.
    fn taker(&self, name: &Reference) -> Option<String> {
        let taken = name.span.file != self.runbook.file;
        taken.then(|| format!("`{}`, which takes this section", self.runbook.id))
    }

    fn severity(&self, name: &Reference) -> Option<Diagnostic> {
        let names = || self.runbook.severities.iter().map(|severity| severity.name.value.as_str());
        if !self.runbook.whole || names().any(|known| known == name.name) {
            return None;
        }
        let label = self.hints.near(&name.name, names()).unwrap_or_default();
        let place = self.taker(name).unwrap_or_else(|| "the runbook".to_owned());
        let help = match names().next() {
            Some(_) => format!("name {}, or declare it under `severities:` of {place}", one_of(names())),
            None => format!("declare it under `severities:` of {place}"),
        };
        Some(finding(name.span, format!("unknown severity `{}`", name.name)).label(label).help(help))
    }
}

fn lost(to: &Reference, message: &str) -> Diagnostic {
    finding(to.span, message).label("leads nowhere")
}

fn no_runbook(subject: &Subject<'_>, name: &Reference) -> Diagnostic {
    let ids = || subject.library.runbooks.iter().map(|runbook| runbook.id.as_str());
    let label = Hints::new().near(&name.name, ids()).unwrap_or_default();
    let found = finding(name.span, format!("unknown runbook `{}`", name.name)).label(label);
    match ids().next() {
        Some(_) => found.help(format!("name {}", one_of(ids()))),
        None => found.help("a runbook is a file in content/runbooks"),
    }
}
