//! What differs in the head of a runbook, and in the plan of a release.

use super::Group;
use super::block::action_word;
use super::note::{About, Noter, Notes};
use super::text::{Texts, names, shown};
use crate::model::document::{Action, Status};
use crate::model::release::{Assignment, Release};
use crate::model::runbook::{Parameter, Runbook, Severity};

/// Compares what stands before the sections.
pub(super) fn compare((before, after): (&Runbook, &Runbook), texts: Texts, notes: &mut Notes) {
    let about = About { kind: "runbook", id: &after.id, title: after.title.plain(), section: "" };
    let mut noter = notes.about(about);
    let noter = &mut noter;
    for (key, a, b) in [
        ("title", Some(&before.title), Some(&after.title)),
        ("product", before.product.as_ref(), after.product.as_ref()),
        ("environment", before.environment.as_ref(), after.environment.as_ref()),
        ("classification", before.classification.as_ref(), after.classification.as_ref()),
    ] {
        let (a, b) = texts.pair(a, b);
        noter.value(key, a, b);
    }
    let status = |runbook: &Runbook| runbook.status.map(|status| status_word(status).to_owned());
    noter.value("status", status(before), status(after));
    noter.value("revision", before.revision.clone(), after.revision.clone());
    noter.value("owner", names(&before.owners), names(&after.owners));
    noter.value("duration", shown(before.duration.as_ref()), shown(after.duration.as_ref()));
    noter.value("reviewed", shown(before.reviewed.as_ref()), shown(after.reviewed.as_ref()));
    noter.reworded("summary", texts.prose_differs(before.summary.as_ref(), after.summary.as_ref()));
    noter.reworded("about", texts.prose_differs(before.about.as_ref(), after.about.as_ref()));
    parameters(before, after, noter);
    severities((before, after), texts, noter);
    noter.value("escalation", escalation(before), escalation(after));
}

/// The word of the language.
fn status_word(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Issued => "issued",
        Status::Retired => "retired",
    }
}

fn parameters(before: &Runbook, after: &Runbook, noter: &mut Noter<'_>) {
    let words = |parameter: &Parameter| match &parameter.value {
        Some(value) => format!("{} = {value}", parameter.name.value),
        None => format!("{} without a value", parameter.name.value),
    };
    for is in &after.parameters {
        let was = before.parameters.iter().find(|one| one.name.value == is.name.value);
        noter.value("parameters", was.map(words), Some(words(is)));
    }
    let known = |name: &str| after.parameters.iter().any(|one| one.name.value == name);
    for was in before.parameters.iter().filter(|one| !known(&one.name.value)) {
        noter.value("parameters", Some(words(was)), None);
    }
}

fn severities((before, after): (&Runbook, &Runbook), texts: Texts, noter: &mut Noter<'_>) {
    for is in &after.severities {
        let was = before.severities.iter().find(|one| one.name.value == is.name.value);
        let later = was.is_some_and(|was| responds(is) > responds(was));
        noter.weighed("severities", (was.map(severity), Some(severity(is))), |_, _| {
            if later { Group::Loosened } else { Group::Changed }
        });
        let means = was.is_some_and(|was| texts.differ(was.means.as_ref(), is.means.as_ref()));
        noter.reworded("severities", means);
    }
    let known = |name: &str| after.severities.iter().any(|one| one.name.value == name);
    for was in before.severities.iter().filter(|one| !known(&one.name.value)) {
        noter.value("severities", Some(severity(was)), None);
    }
}

fn responds(severity: &Severity) -> Option<u64> {
    severity.respond.as_ref().map(|respond| respond.value.seconds())
}

/// `critical: within 5m, rollback`
fn severity(severity: &Severity) -> String {
    let within = severity.respond.as_ref().map(|respond| format!("within {}", respond.value));
    let actions: Vec<Action> = severity.actions.iter().map(|action| action.value).collect();
    let actions = actions.into_iter().map(|action| action_word(action).to_owned());
    let words: Vec<String> = within.into_iter().chain(actions).collect();
    let name = &severity.name.value;
    if words.is_empty() { name.clone() } else { format!("{name}: {}", words.join(", ")) }
}

/// `on-call within 15m, tech-lead`
fn escalation(runbook: &Runbook) -> Option<String> {
    let words = |step: &crate::model::runbook::Escalation| match &step.within {
        Some(within) => format!("{} within {}", step.role.name, within.value),
        None => step.role.name.clone(),
    };
    let steps: Vec<String> = runbook.escalation.iter().map(words).collect();
    (!steps.is_empty()).then(|| steps.join(", "))
}

/// Compares who holds which role. Version, window and change number differ by nature.
pub(super) fn plan(before: &Release, after: &Release, notes: &mut Notes) {
    let about = About { kind: "release", id: &after.name, title: after.version.clone(), section: "" };
    let mut noter = notes.about(about);
    if before.runbook_id.name != after.runbook_id.name {
        let name = |release: &Release| Some(release.runbook_id.name.clone());
        noter.note(Group::Changed, Some("runbook"), name(before), name(after));
    }
    roles(before, after, &mut noter);
}

/// Compares one plan with what it was: a seal covers all of it, and these decide who may sign for what.
pub(super) fn same_plan(before: &Release, after: &Release, notes: &mut Notes) {
    let about = About { kind: "plan", id: &after.name, title: after.version.clone(), section: "" };
    let mut noter = notes.about(about);
    let window = |release: &Release| {
        let window = release.window.as_ref()?;
        let end = window.end.as_ref().map(|end| format!(" to {}", end.value)).unwrap_or_default();
        Some(format!("{}{end} {}", window.start.value, window.zone.value))
    };
    noter.value("runbook", Some(before.runbook_id.name.clone()), Some(after.runbook_id.name.clone()));
    noter.value("version", Some(before.version.clone()), Some(after.version.clone()));
    noter.value("window", window(before), window(after));
    roles(before, after, &mut noter);
}

/// Who holds which role; where the plan names nobody, the roster does.
fn roles(before: &Release, after: &Release, noter: &mut Noter<'_>) {
    let holder = |release: &Release, role: &str| {
        Some(match release.assigned(role) {
            Some(Assignment { holder, backup: None, .. }) => format!("{role} is {}", holder.name),
            Some(Assignment { holder, backup: Some(backup), .. }) => {
                format!("{role} is {}, backup {}", holder.name, backup.name)
            }
            None => format!("{role} by the roster"),
        })
    };
    let gone = before.roles.iter().filter(|assigned| after.assigned(&assigned.role.name).is_none());
    for Assignment { role, .. } in after.roles.iter().chain(gone) {
        noter.value("roles", holder(before, &role.name), holder(after, &role.name));
    }
}
