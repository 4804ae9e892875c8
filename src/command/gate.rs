//! `runsheet gate`: the verdict and its reasons, for people and for CI.
//!
//! Exit code 0 for GO, 1 for anything else, so that a pipeline can require it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pick::pick;
use super::terminal::{one_line, plural};
use super::{Outcome, Place, clock, root, signed, subject};
use crate::cli::{Gate as Arguments, GateFormat};
use crate::diagnostic::{Severity, workflow_property, workflow_text};
use crate::error::{Error, Result};
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::pipeline::{self, Project};
use crate::release::{self, Assessment, GateAssessment, Reason, Subject, Verdict};
use crate::source::Kind;

pub(crate) fn run(arguments: &Arguments, place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let plan = subject::release(&project, &arguments.release)?;
    let runbook = subject::runbook(&project, plan)?;
    let as_of = as_of(plan)?;
    let assessed = match arguments.require_signatures {
        true => signed::assess(plan, runbook, &project.library.roster, (place.root, as_of))?,
        false => release::assess(plan, &project.library.roster, as_of),
    };
    let asked = Asked { project: &project, plan, runbook, assessed: &assessed };
    let judged = asked.judged(arguments.gate.as_deref())?;
    place.terminal.answer(&match arguments.output_format {
        GateFormat::Human => asked.human(&judged),
        GateFormat::Json => asked.json(&judged)?,
        GateFormat::Github => asked.github(&judged, &root::in_repository(place.root)),
        GateFormat::Markdown => asked.markdown(&judged),
    })?;
    Ok(if judged.verdict == Verdict::Go { Outcome::Fine } else { Outcome::Findings })
}

/// A release that is over is judged as of its last event, any other as of now.
pub(crate) fn as_of(plan: &Release) -> Result<Timestamp> {
    let over = plan
        .journal
        .events
        .iter()
        .any(|event| matches!(event.act, crate::model::release::Act::Outcome { .. }));
    let now = clock::source_date_epoch()?.unwrap_or_else(clock::now);
    Ok(release::as_of(plan, (!over).then_some(now)))
}

/// What was asked for.
struct Asked<'a> {
    project: &'a Project,
    plan: &'a Release,
    runbook: &'a Runbook,
    assessed: &'a Assessment,
}

/// One gate, or the whole release.
struct Judged<'a> {
    /// What the verdict is about: `go-no-go`, or nothing for the whole release.
    gate: Option<&'a str>,
    verdict: Verdict,
    reasons: &'a [Reason],
    gates: Vec<(&'a str, &'a GateAssessment)>,
}

impl<'a> Asked<'a> {
    fn judged(&self, gate: Option<&str>) -> Result<Judged<'a>> {
        let gates = || self.assessed.gates.iter().map(|(id, gate)| (id.as_str(), gate));
        let Some(wanted) = gate else {
            let (verdict, reasons) = (self.assessed.verdict, self.assessed.reasons.as_slice());
            return Ok(Judged { gate: None, verdict, reasons, gates: gates().collect() });
        };
        let what = format!("gate of `{}`", self.runbook.id);
        let (id, gate) = pick(wanted, &what, &gates().collect::<Vec<_>>())?;
        let (verdict, reasons) = (gate.verdict, gate.reasons.as_slice());
        Ok(Judged { gate: Some(id), verdict, reasons, gates: vec![(id, gate)] })
    }

    /// `1.1.4 Performance benchmarks: p95 is 620 ms, the bar is < 500 ms`
    fn line(&self, reason: &Reason) -> String {
        format!("{}: {}", subject::words(self.runbook, &reason.about), reason.text)
    }

    fn deviations(&self) -> Vec<String> {
        subject::deviations(self.runbook, self.assessed)
    }

    fn head(&self, judged: &Judged<'_>) -> String {
        let gate = judged.gate.map(|gate| format!(" at {gate}")).unwrap_or_default();
        format!("{} for {}{gate}", judged.verdict.word(), self.plan.name)
    }

    fn human(&self, judged: &Judged<'_>) -> String {
        let mut lines = vec![self.head(judged)];
        lines.extend(judged.reasons.iter().map(|reason| {
            let (line, recorded) = (self.line(reason), subject::recorded(self.plan, reason));
            format!("  {:9}  {line}{recorded}", reason.verdict.word())
        }));
        lines.extend(self.deviations().iter().map(|deviation| format!("  deviation  {deviation}")));
        for (id, gate) in judged.gates.iter().filter(|_| judged.gate.is_none()) {
            lines.push(format!("gate {id}: {}", gate.verdict.word()));
        }
        for (id, gate) in &judged.gates {
            lines.extend(gate.called.iter().map(|call| {
                let note = call.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
                format!("called at {id}: {} by {}{note}", call.choice, call.mark.by)
            }));
        }
        lines.iter().map(|line| one_line(line) + "\n").collect()
    }

    fn json(&self, judged: &Judged<'_>) -> Result<String> {
        let gate = |(id, gate): &(&str, &GateAssessment)| {
            let call = |call: &release::Call| {
                json!({
                    "choice": call.choice, "by": call.mark.by, "at": call.mark.at.to_string(),
                    "against-verdict": call.against, "note": call.note.as_ref().map(ToString::to_string),
                })
            };
            json!({
                "id": id,
                "verdict": gate.verdict.word(),
                "sections": gate.sections.iter()
                    .map(|(id, verdict)| json!({ "id": id, "verdict": verdict.word() })).collect::<Vec<_>>(),
                "reasons": gate.reasons.iter().map(|reason| self.reason(reason)).collect::<Vec<_>>(),
                "called": gate.called.iter().map(call).collect::<Vec<_>>(),
            })
        };
        let value = json!({
            "version": 1,
            "release": self.plan.name,
            "runbook": self.runbook.id,
            "gate": judged.gate,
            "verdict": judged.verdict.word(),
            "as-of": self.assessed.as_of.to_string(),
            "seal": self.plan.seal.0,
            "reasons": judged.reasons.iter().map(|reason| self.reason(reason)).collect::<Vec<_>>(),
            "deviations": self.deviations(),
            "gates": judged.gates.iter().map(gate).collect::<Vec<_>>(),
        });
        let text = serde_json::to_string_pretty(&value).map_err(|error| Error::usage(error.to_string()))?;
        Ok(text + "\n")
    }

    fn reason(&self, reason: &Reason) -> Value {
        let (kind, id) = subject::kind_and_id(&reason.about);
        let event = reason.event.and_then(|at| self.plan.journal.events.get(at));
        json!({
            "verdict": reason.verdict.word(),
            "kind": kind,
            "id": id,
            "section": reason.section,
            "text": reason.text.to_string(),
            "event": event.map(|event| json!({ "at": event.at.to_string(), "by": event.by.name })),
        })
    }

    /// Workflow commands: an error for each reason, a warning for each deviation, at the line of what
    /// it is about.
    fn github(&self, judged: &Judged<'_>, folder: &str) -> String {
        let title = workflow_property(&self.head(judged));
        let place = |about: &Subject| {
            let span = subject::span(self.runbook, about)?;
            let source = self.project.sources.get(span.file);
            let file = workflow_property(&format!("{folder}{}", source.path));
            Some(format!("file={file},line={},", source.position(span.start).0))
        };
        let told = |command: &str, about: &Subject, line: &str| {
            let (place, line) = (place(about).unwrap_or_default(), workflow_text(line));
            format!("::{command} {place}title={title}::{line}\n")
        };
        let mut text = String::new();
        if judged.reasons.is_empty() {
            text.push_str(&format!("::notice title={title}::nothing stands against it\n"));
        }
        for reason in judged.reasons {
            let line = format!("{} — {}", reason.verdict.word(), self.line(reason));
            text.push_str(&told("error", &reason.about, &line));
        }
        for (deviation, line) in self.assessed.deviations.iter().zip(self.deviations()) {
            text.push_str(&told("warning", &deviation.about, &line));
        }
        text
    }

    fn markdown(&self, judged: &Judged<'_>) -> String {
        let mut text = format!("**{}**\n", self.head(judged));
        for reason in judged.reasons {
            text.push_str(&format!("\n- {} — {}", reason.verdict.word(), literal(&self.line(reason))));
        }
        for deviation in self.deviations() {
            text.push_str(&format!("\n- deviation — {}", literal(&deviation)));
        }
        if text.contains("\n- ") {
            text.push('\n');
        }
        text
    }
}

/// Text in which Markdown finds no mark of its own.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation()
            && !matches!(c, '.' | ',' | ':' | ';' | '%' | '/' | '-' | '\'' | '"' | '=')
        {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Whether what was read of this release is sound enough to judge; without the roster nobody knows who may sign.
pub(crate) fn refuse_broken(project: &Project, plan: &Release) -> Result<()> {
    let refused = |why: &str| {
        let message = format!("`{}` cannot be judged: {why}", plan.name);
        Err(Error::usage_help(message, "run `runsheet check`"))
    };
    if project.library.unread.contains(&Kind::Roster) {
        return refused("the roster cannot be read as a whole");
    }
    let mut files = vec![plan.file];
    files.extend(plan.journal.file);
    files.extend(plan.runbook.as_ref().map(|runbook| runbook.file));
    let broken = project
        .found
        .iter()
        .filter(|found| found.severity == Severity::Error && files.contains(&found.span.file));
    match broken.count() {
        0 => Ok(()),
        n => refused(&format!("{} in its files", plural(n, "error"))),
    }
}
