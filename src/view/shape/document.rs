//! A runbook, or a release of one.
//!
//! Takes a resolved runbook or release, gives the document that readers see.

use super::index::{release_path, runbook_path};
use super::schedule::{duration, length};
use super::section::{Applied, Shaper};
use super::{Here, World, plain_line};
use crate::model::document::Status;
use crate::model::release::Release;
use crate::model::runbook as model;
use crate::model::runbook::Runbook;
use crate::model::section::Block;
use crate::model::time::Duration;
use crate::release::Assessment;
use crate::view::{
    Counts, Document, Escalation, HeadFact, HistoryEntry, Inline, Line, Mention, Parameter, Severity,
};

/// A runbook on its own.
pub(super) fn runbook(world: World<'_>, runbook: &Runbook) -> Document {
    let path = runbook_path(&runbook.id);
    let here = Here { world, runbook: Some(runbook), path: &path };
    let shaper = Shaper { here, plan: None };
    let backlinks = world.index.backlinks(&path, "");
    let document = shaper.document(runbook);
    Document { name: runbook.id.clone(), path: path.clone(), backlinks, ..document }
}

/// A release; `None` where its runbook does not exist.
pub(super) fn release(world: World<'_>, plan: &Release, assessed: &Assessment) -> Option<Document> {
    let runbook = plan.runbook.as_ref()?;
    let path = release_path(&plan.name);
    let here = Here { world, runbook: Some(runbook), path: &path };
    let shaper = Shaper { here, plan: Some(Applied { release: plan, assessed }) };
    let document = shaper.document(runbook);
    let mut title = document.title.clone();
    title.push(Inline::Text(format!(" {}", plan.version)));
    Some(Document {
        name: plan.name.clone(),
        path: path.clone(),
        source: world.sources.get(plan.file).path.clone(),
        title,
        seal: plan.seal.0.clone(),
        backlinks: world.index.backlinks(&path, ""),
        release: Some(shaper.release_state(plan, assessed)),
        ..document
    })
}

impl Shaper<'_> {
    fn document(&self, runbook: &Runbook) -> Document {
        let here = &self.here;
        let words = |text: &Option<crate::model::prose::Text>| {
            text.as_ref().map(crate::model::prose::Text::plain).unwrap_or_default()
        };
        Document {
            name: String::new(),
            path: here.path.to_owned(),
            source: here.world.sources.get(runbook.file).path.clone(),
            title: here.text(&runbook.title),
            status: runbook.status.unwrap_or_default(),
            facts: self.facts(runbook),
            product: words(&runbook.product),
            environment: words(&runbook.environment),
            revision: runbook.revision.clone().unwrap_or_default(),
            summary: here.prose(runbook.summary.as_ref()),
            about: here.prose(runbook.about.as_ref()),
            parameters: runbook.parameters.iter().map(|parameter| self.parameter(parameter)).collect(),
            severities: runbook.severities.iter().map(|severity| self.one_severity(severity)).collect(),
            sections: self.sections(&runbook.sections, 1),
            timeline: self.timeline(runbook),
            escalation: self.escalation(runbook),
            history: runbook.history.iter().map(|entry| self.history(entry)).collect(),
            counts: counts(runbook),
            seal: runbook.digest.seal().0,
            backlinks: Vec::new(),
            release: None,
        }
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
