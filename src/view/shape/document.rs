//! A runbook, or a release of one.
//!
//! Takes a resolved runbook or release, gives its head and the document that readers see.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::here::Here;
use super::index::World;
use super::path::{gate_path, register_path, release_path, runbook_path};
use super::plain_line;
use super::schedule::{duration, length, when};
use super::section::{Applied, Shaper};
use crate::model::document::Status;
use crate::model::prose::Text;
use crate::model::roster::Roster;
use crate::model::runbook as model;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Gate, Section};
use crate::model::time::Duration;
use crate::release::Authority;
use crate::view::{
    Counts, Destination, Document, Escalation, GateHead, Head, HeadFact, HistoryEntry, Inline, Line, Mention,
    Parameter, Severity, Voices,
};

/// What is said of a runbook everywhere.
pub(super) fn runbook_head(world: World<'_>, runbook: &Runbook) -> Head {
    let path = runbook_path(&runbook.id);
    let shaper = Shaper { here: Here { world, runbook: Some(runbook), path: &path, own: None }, plan: None };
    let head = shaper.head(runbook);
    let register = (head.counts.thresholds > 0).then(|| register_path(&runbook.id));
    Head { name: runbook.id.clone(), register, ..head }
}

/// What is said of a release everywhere.
pub(super) fn release_head(world: World<'_>, plan: Applied<'_>, runbook: &Runbook) -> Head {
    let Applied { release, assessed } = plan;
    let path = release_path(&release.name);
    let own = OnceLock::new();
    let here = Here { world, runbook: Some(runbook), path: &path, own: Some(&own) };
    let shaper = Shaper { here, plan: Some(plan) };
    let head = shaper.head(runbook);
    let mut title = head.title.clone();
    title.push(Inline::Text(format!(" {}", release.version)));
    Head {
        name: release.name.clone(),
        source: world.sources.get(release.file).path.clone(),
        title,
        seal: release.seal.0.clone(),
        release: Some(Box::new(shaper.release_state(release, assessed))),
        ..head
    }
}

/// The whole of a runbook or release of which the head is known.
pub(super) fn document(
    world: World<'_>,
    head: Arc<Head>,
    runbook: &Runbook,
    plan: Option<Applied<'_>>,
) -> Document {
    let own = OnceLock::new();
    let own = plan.map(|_| &own);
    let here = Here { world, runbook: Some(runbook), path: &head.path, own };
    let shaper = Shaper { here, plan };
    Document {
        about: here.prose(runbook.about.as_ref()),
        parameters: runbook.parameters.iter().map(|parameter| shaper.parameter(parameter)).collect(),
        severities: runbook.severities.iter().map(|severity| shaper.one_severity(severity)).collect(),
        sections: shaper.sections(&runbook.sections, 1),
        timeline: shaper.timeline(runbook),
        history: runbook.history.iter().map(|entry| shaper.history(entry)).collect(),
        backlinks: world.backlinks(&head.path, ""),
        voices: voices(&world.library.roster, runbook, plan),
        head,
    }
}

/// Who may speak for the roles that confirm, and in a release for those that sign.
fn voices(roster: &Roster, runbook: &Runbook, plan: Option<Applied<'_>>) -> Voices {
    let confirm = runbook.all_items().into_iter().flat_map(|(_, item)| &item.confirm);
    let approvals = runbook.all_sections().into_iter().flat_map(Section::approvals);
    let sign = approvals.flat_map(|approval| &approval.roles).filter(|_| plan.is_some());
    let asked: BTreeSet<&str> = confirm.chain(sign).map(|role| role.name.as_str()).collect();
    if asked.is_empty() {
        return Voices::default();
    }
    let authority = Authority::new(roster, plan.map_or(&[], |plan| plan.release.roles.as_slice()));
    let speakers = asked.into_iter().map(|role| (role.to_owned(), authority.speakers(role)));
    let speakers = speakers.filter(|(_, speakers)| !speakers.is_empty()).collect();
    Voices { speakers, persons: authority.persons() }
}

impl Shaper<'_> {
    /// What a runbook says of itself, also in a release of it.
    fn head(&self, runbook: &Runbook) -> Head {
        let here = &self.here;
        let words = |text: &Option<Text>| text.as_ref().map(Text::plain).unwrap_or_default();
        Head {
            path: here.path.to_owned(),
            source: here.world.sources.get(runbook.file).path.clone(),
            title: here.text(&runbook.title),
            status: runbook.status.unwrap_or_default(),
            facts: self.facts(runbook),
            product: words(&runbook.product),
            environment: words(&runbook.environment),
            revision: runbook.revision.clone().unwrap_or_default(),
            summary: here.prose(runbook.summary.as_ref()),
            escalation: self.escalation(runbook),
            counts: counts(runbook),
            gates: self.gates(runbook),
            seal: runbook.digest.seal().0,
            ..Head::default()
        }
    }

    fn gates(&self, runbook: &Runbook) -> Vec<GateHead> {
        let gates = runbook.all_sections().into_iter().flat_map(Section::gates);
        let head = |gate: &Gate| {
            let to = Destination::Page { path: gate_path(self.here.path, &gate.id), anchor: String::new() };
            let text = self.here.place(&gate.id).text;
            let gate_at = when(gate.at.as_ref(), self.window());
            GateHead { gate: Mention { text, id: gate.id.clone(), to, holder: None }, at: gate_at }
        };
        gates.map(head).collect()
    }

    /// The facts of a document's head, in their order, without those that were not written.
    fn facts(&self, runbook: &Runbook) -> Vec<HeadFact> {
        let here = &self.here;
        let status = runbook.status.map(|status| match status {
            Status::Draft => "status-draft",
            Status::Issued => "status-issued",
            Status::Retired => "status-retired",
        });
        let status = status.map(|status| here.world.labels.word(status));
        let plain = |text: Option<String>| text.map(|text| plain_line(&text)).unwrap_or_default();
        let owners: Vec<Mention> = self.parties(&runbook.owners);
        let facts = [
            ("product", here.optional(runbook.product.as_ref())),
            ("environment", here.optional(runbook.environment.as_ref())),
            ("revision", plain(runbook.revision.clone())),
            ("status", status.map(plain_line).unwrap_or_default()),
            ("owner", mentions(&owners)),
            ("classification", here.optional(runbook.classification.as_ref())),
            ("duration", plain(length(runbook.duration.as_ref(), here.world.labels))),
            ("reviewed", plain(runbook.reviewed.as_ref().map(|day| day.value.to_string()))),
        ];
        let written = facts.into_iter().filter(|(_, value)| !value.is_empty());
        written.map(|(label, value)| HeadFact { label, value }).collect()
    }

    fn parameter(&self, parameter: &model::Parameter) -> Parameter {
        Parameter {
            name: parameter.name.value.clone(),
            about: self.here.optional(parameter.about.as_ref()),
            example: parameter.example.clone(),
            value: parameter.value.clone(),
        }
    }

    fn one_severity(&self, severity: &model::Severity) -> Severity {
        Severity {
            name: severity.name.value.clone(),
            means: self.here.optional(severity.means.as_ref()),
            respond: duration(severity.respond.as_ref()),
            actions: severity.actions.iter().map(|action| action.value).collect(),
        }
    }

    /// The path of calls: each is made once the time of those before it is over.
    fn escalation(&self, runbook: &Runbook) -> Vec<Escalation> {
        let mut seconds = Some(0);
        let step = |step: &model::Escalation| {
            let after = seconds.map(|seconds| Duration::from_seconds(seconds).to_string());
            let within = step.within.as_ref().map(|within| within.value.seconds());
            seconds = seconds.zip(within).map(|(before, within)| before + within);
            Escalation {
                role: self.party(&step.role.name),
                within: duration(step.within.as_ref()),
                after,
                about: self.here.optional(step.about.as_ref()),
            }
        };
        runbook.escalation.iter().map(step).collect()
    }

    fn history(&self, entry: &model::HistoryEntry) -> HistoryEntry {
        HistoryEntry {
            date: entry.date.as_ref().map(|day| day.value.to_string()),
            revision: entry.revision.clone(),
            author: entry.author.as_ref().map(|author| self.here.party(&author.name)),
            change: self.here.prose(Some(&entry.change)),
        }
    }
}

/// Several mentions as one line.
fn mentions(mentions: &[Mention]) -> Line {
    let mut line = Line::new();
    for mention in mentions {
        if !line.is_empty() {
            line.push(Inline::Text(", ".to_owned()));
        }
        let content = plain_line(&mention.text);
        line.push(Inline::Link { to: mention.to.clone(), content });
    }
    line
}

fn counts(runbook: &Runbook) -> Counts {
    let sections = runbook.all_sections();
    let items = runbook.all_items();
    let bars = |block: &Block| if let Block::Thresholds(bars) = block { bars.len() } else { 0 };
    let of_sections: usize = sections.iter().flat_map(|section| &section.blocks).map(bars).sum();
    let of_items: usize = items.iter().map(|(_, item)| item.bars.len()).sum();
    let steps = items.iter().filter(|(_, item)| item.step).count();
    Counts {
        sections: sections.len(),
        checks: items.len() - steps,
        steps,
        thresholds: of_sections + of_items,
        triggers: sections.iter().map(|section| section.triggers().count()).sum(),
        approvals: sections.iter().map(|section| section.approvals().count()).sum(),
    }
}
