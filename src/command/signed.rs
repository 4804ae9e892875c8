//! The verdict where only sign-offs count that are signed with a key.
//!
//! Takes a release, has every signature verified, and judges the release without the sign-offs that
//! fail. To require signatures can make a verdict worse, never better: who blocks without a key blocks
//! all the same.

use std::path::Path;

use jiff::Timestamp;

use super::ssh::{self, ALLOWED};
use crate::diagnostic::Phrase;
use crate::error::{Error, Result};
use crate::model::release::{Act, Event, Release};
use crate::model::roster::{PartyKind, Roster};
use crate::model::runbook::Runbook;
use crate::release::{self, Assessment, Line, Reason, Subject, Verdict};

/// A sign-off that does not count: as which role, and why.
struct Refusal {
    role: String,
    why: String,
}

/// Judges a release as of an instant by the sign-offs that are signed with a key.
///
/// # Errors
/// When nobody is allowed to sign, or `ssh-keygen` cannot be run.
pub(crate) fn assess(
    plan: &Release,
    runbook: &Runbook,
    roster: &Roster,
    (root, as_of): (&Path, Timestamp),
) -> Result<Assessment> {
    let allowed = root.join(ALLOWED);
    if !allowed.is_file() {
        let help = "write a line for each person: e-mail address, type of key, key";
        return Err(Error::usage_help(format!("there is no `{ALLOWED}` to verify signatures with"), help));
    }
    let mut verified = plan.clone();
    let mut refusals = Vec::new();
    for event in &mut verified.journal.events {
        let Some((role, why)) = refused(event, roster, (&allowed, &plan.name))? else { continue };
        // The event keeps its place in the journal, so that reasons name the same lines.
        event.act = Act::Log { text: format!("sign-off as {role}: {why}") };
        refusals.push(Refusal { role, why });
    }
    let mut assessed = release::assess(&verified, roster, as_of);
    let any = release::assess(plan, roster, as_of);
    (assessed.verdict, assessed.reasons) =
        worse((assessed.verdict, assessed.reasons), (any.verdict, any.reasons));
    for (id, gate) in &mut assessed.gates {
        let Some(any) = any.gates.get(id) else { continue };
        let strict = (gate.verdict, std::mem::take(&mut gate.reasons));
        (gate.verdict, gate.reasons) = worse(strict, (any.verdict, any.reasons.clone()));
        for (section, any) in gate.sections.iter_mut().zip(&any.sections) {
            section.1 = section.1.max(any.1);
        }
        explain(&mut gate.reasons, runbook, &refusals);
    }
    explain(&mut assessed.reasons, runbook, &refusals);
    Ok(assessed)
}

/// The role of a sign-off that does not count, and why; `None` where it counts or is none.
fn refused(
    event: &Event,
    roster: &Roster,
    (allowed, release): (&Path, &str),
) -> Result<Option<(String, String)>> {
    let (Act::Sign { role, .. }, Some(line)) = (&event.act, Line::unsigned(event)) else { return Ok(None) };
    let by = &event.by.name;
    let person = roster.find(by).filter(|party| party.kind == PartyKind::Person);
    let why = match (&event.signature, person.and_then(|person| person.email.as_deref())) {
        (None, _) => Some("it is not signed with a key".to_owned()),
        (Some(_), None) => Some("the roster has no e-mail address of a person of that name".to_owned()),
        (Some(signature), Some(email)) => {
            ssh::refused(allowed, (email, event.at), &ssh::statement(release, &line), signature)?
        }
    };
    Ok(why.map(|why| (role.name.clone(), format!("the sign-off of `{by}` does not count, {why}"))))
}

/// A verdict with its reasons.
type Judged = (Verdict, Vec<Reason>);

/// The worse of two verdicts, with the reasons of both, worst first and each once.
fn worse(strict: Judged, any: Judged) -> Judged {
    let mut reasons = strict.1;
    for reason in any.1 {
        let known = |known: &Reason| known.about == reason.about && known.verdict == reason.verdict;
        if !reasons.iter().any(known) {
            reasons.push(reason);
        }
    }
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.verdict));
    (strict.0.max(any.0), reasons)
}

/// Says of each approval that is not given which sign-offs were left out.
fn explain(reasons: &mut [Reason], runbook: &Runbook, refusals: &[Refusal]) {
    for reason in reasons {
        let Subject::Approval(section, at) = &reason.about else { continue };
        let found = runbook.section(section).and_then(|section| section.approvals().nth(*at));
        let Some(approval) = found else { continue };
        for refusal in refusals.iter().filter(|one| approval.roles.iter().any(|role| role.name == one.role)) {
            reason.text = Phrase::joined([reason.text.clone(), refusal.why.as_str().into()], "; ");
        }
    }
}
