//! A plan before it is written, held to the places of the runbook that its values fill.
//!
//! Takes a project and a plan, gives what `check` would say of the values if the plan were there. It
//! writes nothing.

use crate::command::clock;
use crate::diagnostic::{Diagnostic, Format, LIMIT, Report, Setting, Severity, format};
use crate::error::{Error, Result};
use crate::pipeline::{self, Project};
use crate::release::Plan;
use crate::source::{Kind, Source, Sources};

/// A doubt in a runbook, which may be in the making; a value that nothing can be held against is none.
const UNREADABLE: &str = "unparsed-threshold";

/// Where the plan is to be written.
pub(super) struct Trial<'a> {
    project: &'a Project,
    path: String,
}

impl<'a> Trial<'a> {
    pub(super) fn new(project: &'a Project, path: String) -> Self {
        Self { project, path }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What is doubtful about the values of the plan, with colours.
    ///
    /// # Errors
    /// When a value makes no sense where it comes in.
    pub(super) fn judge(&self, plan: &Plan) -> Result<String> {
        if plan.parameters.is_empty() {
            return Ok(String::new());
        }
        let planned = Source::new(self.path.as_str(), Kind::Release, plan.to_string());
        let texts = self.project.sources.iter().map(|(_, source)| source.clone());
        let planned = pipeline::resolve(Sources::new(texts.chain([planned]).collect()), Vec::new());
        let (wrong, doubtful): (Vec<Diagnostic>, Vec<Diagnostic>) =
            self.found(&planned).into_iter().partition(|found| found.severity == Severity::Error);
        if wrong.is_empty() {
            return Ok(print(doubtful, &planned.sources, true));
        }
        let report = print(wrong, &planned.sources, false);
        let message = format!("the runbook `{}` does not take these values", plan.runbook);
        Err(Error::usage(format!("{message}\n\n{}", report.trim_end())))
    }

    /// What is found at the values of the plan.
    fn found(&self, planned: &Project) -> Vec<Diagnostic> {
        let file = planned.sources.find(&self.path);
        let Some(plan) = planned.library.releases.iter().find(|plan| Some(plan.file) == file) else {
            return Vec::new();
        };
        let is_value = |found: &Diagnostic| plan.parameters.iter().any(|(_, value)| value.span == found.span);
        let report = pipeline::check(planned, clock::now());
        let mut found: Vec<Diagnostic> = report.iter().filter(|found| is_value(found)).cloned().collect();
        for unreadable in found.iter_mut().filter(|found| found.rule == UNREADABLE) {
            unreadable.severity = Severity::Error;
        }
        found
    }
}

fn print(found: Vec<Diagnostic>, sources: &Sources, colour: bool) -> String {
    let setting = Setting { sources, rules: &[], colour, limit: LIMIT, folder: "", stop: None };
    format(Format::Full, &Report::new(found), &setting)
}
