//! The plan of a release.
//!
//! Takes a written plan, its runbook's document and its journal; gives the release with its own
//! resolved runbook.

use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Resolver, Scope, reference, references};
use crate::diagnostic::{Diagnostic, closest};
use crate::model::decode::Plan;
use crate::model::document;
use crate::model::inputs::Inputs;
use crate::model::parameter::Values;
use crate::model::release::{Assignment, Journal, Release, Seal, Window};
use crate::model::runbook::Runbook;
use crate::model::seal::Digest;
use crate::model::section::Reference;
use crate::source::{Entries, Field, Many, Span, Spanned};

/// Resolves one release; `zone` is the site's time zone.
pub(in crate::model) fn release(inputs: &Inputs<'_>, plan: &Plan, zone: &str) -> (Release, Vec<Diagnostic>) {
    let written = &plan.written;
    let scope = Scope { file: plan.file, values: Values::default(), examples: Values::default() };
    let mut resolver = Resolver::new(inputs, scope);
    let span = Span::new(plan.file, 0, inputs.source(plan.file).line(1).end);
    resolver.require_text(&written.runbook, "runbook", "the release", span);
    resolver.require_text(&written.version, "version", "the release", span);
    let runbook_id = reference(&written.runbook).unwrap_or(Reference { name: String::new(), span });
    let parameters = pairs(&written.parameters);
    let version = written.version.get().cloned().unwrap_or_else(|| plan.name.clone());
    let window = resolver.window(&written.window, zone);
    let (runbook, misfits) = resolver.applied(&runbook_id, &parameters).unzip();
    let release = Release {
        name: plan.name.clone(),
        file: plan.file,
        span,
        runbook,
        misfits: misfits.unwrap_or_default(),
        runbook_id,
        version,
        window,
        roles: resolver.roles(&written.roles),
        parameters,
        change: resolver.text(&written.change),
        about: resolver.prose(&written.about),
        links: Vec::new(),
        journal: Journal::default(),
        seal: Seal::default(),
    };
    let runbook = release.runbook.as_ref().map(|runbook| runbook.digest).unwrap_or_default();
    let seal = Digest::join(&[runbook, plan.digest]).seal();
    (Release { links: resolver.links, seal, ..release }, resolver.found)
}

impl Resolver<'_> {
    /// The runbook with the values of this release, and where one of them makes no duration or time of a
    /// text. What else is wrong in the runbook was reported when it was resolved for its own sake.
    fn applied(
        &self,
        id: &Reference,
        parameters: &[(Spanned<String>, Spanned<String>)],
    ) -> Option<(Arc<Runbook>, Vec<Diagnostic>)> {
        let document = self.inputs.runbook_by_id(&id.name)?;
        let given: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect();
        let (runbook, mut found) = super::runbook(self.inputs, document, &given);
        let is_given = |used: &&Reference| given.iter().any(|(name, _)| *name == used.name);
        let filled: Vec<Span> = runbook.uses.iter().filter(is_given).map(|used| used.span).collect();
        let is_misfit = |found: &Diagnostic| {
            found.rule == "invalid-value" && filled.iter().any(|span| span.overlaps(found.span))
        };
        found.retain(is_misfit);
        Some((Arc::new(runbook), found))
    }

    /// Who holds which role; more than a holder and a backup is told.
    fn roles(&mut self, map: &Field<Entries<Many<String>>>) -> Vec<Assignment> {
        let mut roles = Vec::new();
        for (name, holders) in map.get().iter().flat_map(|map| &map.0) {
            let role = Reference { name: name.value.clone(), span: name.span };
            let mut holders = references(holders).into_iter();
            let Some(holder) = holders.next() else { continue };
            roles.push(Assignment { role, holder, backup: holders.next() });
            if let Some(third) = holders.next() {
                let message = format!("`{}` has a holder and a backup already", name.value);
                let help = "make a team in content/roster.yaml of more than two";
                self.found.push(Diagnostic::error("invalid-value", third.span, message).help(help));
            }
        }
        roles
    }

    fn window(&mut self, field: &Field<document::Window>, default: &str) -> Option<Window> {
        let written = field.get()?;
        self.require_text(&written.start, "start", "the window", field.key());
        let (start, end) = (self.local(&written.start), self.local(&written.end));
        let zone = written.zone.cloned().unwrap_or(Spanned::new(field.key(), default.to_owned()));
        let Ok(time_zone) = TimeZone::get(&zone.value) else {
            let message = format!("unknown time zone `{}`", zone.value);
            let near = closest(&zone.value, ["Europe/Madrid", "Europe/Berlin", "America/New_York", "UTC"]);
            let help =
                format!("use a name of the IANA database, for example `{}`", near.unwrap_or("Europe/Madrid"));
            self.found.push(Diagnostic::error("invalid-value", zone.span, message).help(help));
            return None;
        };
        let start = start?;
        if let Some(end) = end.as_ref().filter(|end| end.value <= start.value) {
            let message = "the window ends before it begins";
            let found = Diagnostic::error("invalid-value", end.span, message);
            self.found.push(found.related(start.span, "it begins here"));
        }
        for time in std::iter::once(&start).chain(&end) {
            self.ambiguous(time, &time_zone, &zone);
        }
        Some(Window { span: field.span(), start, end, zone, time_zone })
    }

    /// Daylight saving skips some local times and repeats others; both deserve a word.
    fn ambiguous(&mut self, time: &Spanned<DateTime>, zone: &TimeZone, name: &str) {
        if zone.to_ambiguous_zoned(time.value).is_ambiguous() {
            let message = format!("`{}` does not exist or exists twice in `{name}`", time.value);
            let help = "daylight saving changes there: choose a time before or after";
            self.found.push(Diagnostic::warning("ambiguous-time", time.span, message).help(help));
        }
    }

    fn local(&mut self, field: &Field<String>) -> Option<Spanned<DateTime>> {
        let text = field.spanned()?;
        if let Ok(time) = text.value.trim().parse::<DateTime>() {
            return Some(Spanned::new(text.span, time));
        }
        let message = format!("`{}` is not a local date and time", text.value);
        let help = "write it as `2026-12-01T09:00`; the zone stands in `zone`";
        self.found.push(Diagnostic::error("invalid-value", text.span, message).help(help));
        None
    }
}

fn pairs(map: &Field<Entries<String>>) -> Vec<(Spanned<String>, Spanned<String>)> {
    let entries = map.get().map(|map| map.0.as_slice()).unwrap_or_default();
    entries.iter().filter_map(|(name, value)| Some((name.clone(), value.cloned()?))).collect()
}
