//! # unknown-author
//!
//! An event was written by somebody whom the roster does not know. It counts, but nobody can tell who it was: whether
//! two people did and confirmed a step, whether somebody may sign. The usual cause is a slip of the pen; the name is
//! the id of a person, a role or a team. Each name is reported once, in releases whose outcome is not recorded yet.
//!
//! ```yaml
//! - { at: 2026-12-01T08:02:11Z, by: anna, item: staging-stable, is: done }    # the roster has `ana`
//! ```

use std::collections::BTreeSet;

use crate::check::Subject;
use crate::check::hint::Hints;
use crate::check::journal::is_closed;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::release::Release;
use crate::model::roster::PartyKind;
use crate::model::section::Reference;
use crate::source::Kind;

pub(super) const RULE: Rule = Rule {
    name: "unknown-author",
    summary: "an event by somebody whom the roster does not have",
    topic: Topic::Release,
    weight: Weight::Doubt,
    source: include_str!("unknown_author.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let (roster, path) = (&subject.library.roster, subject.roster_path());
    let nobody = !roster.parties.iter().any(|party| party.kind != PartyKind::Contact);
    if nobody || subject.library.unread.contains(&Kind::Roster) || is_closed(release) {
        return Vec::new();
    }
    let hints = Hints::new();
    let ids = || roster.parties.iter().map(|party| party.id.value.as_str());
    let mut seen = BTreeSet::new();
    let by = release.journal.events.iter().map(|event| &event.by);
    let unknown = by.filter(|by| roster.find(&by.name).is_none() && seen.insert(by.name.as_str()));
    let report = |by: &Reference| {
        let label = hints.near(&by.name, ids()).unwrap_or_else(|| format!("not in {path}"));
        let report = finding(by.span, format!("unknown person `{}`", by.name)).label(label);
        report.help(format!("name a person of {path}, or add the person there"))
    };
    unknown.map(report).collect()
}
