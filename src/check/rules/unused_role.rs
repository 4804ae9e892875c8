//! # unused-role
//!
//! A role of the roster that no runbook and no release names. Either it is left over, or the runbook that
//! should name it names somebody else. A runbook that lists `contacts: all` uses every role.
//!
//! ```yaml
//! roles:
//!   qa-manager: { title: QA manager }      # every runbook says `qa-lead`
//! ```

use std::collections::HashSet;

use crate::check::Subject;
use crate::check::passage::named;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::roster::PartyKind;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Contacts};
use crate::source::Kind;

pub(super) const RULE: Rule = Rule {
    name: "unused-role",
    summary: "a role that no runbook and no release names",
    topic: Topic::Hygiene,
    weight: Weight::Doubt,
    source: include_str!("unused_role.rs"),
    look: Look::Site(look),
};

fn look(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let library = subject.library;
    let unread = library.unread.iter().any(|kind| matches!(kind, Kind::Runbook | Kind::Release));
    if unread || library.runbooks.is_empty() || library.runbooks.iter().any(|runbook| lists_all(runbook)) {
        return Vec::new();
    }
    let mut used: HashSet<&str> = HashSet::new();
    for runbook in &library.runbooks {
        used.extend(named(runbook).iter().map(|named| named.reference.name.as_str()));
        used.extend(
            runbook
                .history
                .iter()
                .filter_map(|entry| entry.author.as_ref())
                .map(|author| author.name.as_str()),
        );
        let sections = runbook.all_sections();
        let messages = sections.iter().flat_map(|section| section.messages());
        used.extend(messages.flat_map(|message| &message.to).map(|to| to.name.as_str()));
    }
    used.extend(
        library.releases.iter().flat_map(|release| &release.roles).map(|(role, _)| role.name.as_str()),
    );
    let roles = library.roster.parties.iter().filter(|party| party.kind == PartyKind::Role);
    let unused = roles.filter(|role| !used.contains(role.id.value.as_str()));
    let report = |role: &crate::model::roster::Party| {
        let message = format!("the role `{}` is not used", role.id.value);
        finding(role.id.span, message)
            .label("no runbook and no release names it")
            .help("remove it, or give it something to do")
    };
    unused.map(report).collect()
}

fn lists_all(runbook: &Runbook) -> bool {
    let all = |block: &Block| matches!(block, Block::Contacts(Contacts::All));
    runbook.all_sections().iter().any(|section| section.blocks.iter().any(all))
}
