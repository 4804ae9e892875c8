//! `runsheet sign`: a sign-off, bound by a seal to what was signed, and by an SSH key to who signed.

use super::logbook::Logbook;
use super::pick::pick;
use super::{Outcome, Place, ssh};
use crate::cli::{Method, Sign};
use crate::diagnostic::one_of;
use crate::error::{Error, Result};
use crate::model::section::Approval;
use crate::release::About;

pub(crate) fn run(arguments: &Sign, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let sections = book.runbook()?.all_sections();
    let approvals: Vec<&Approval> = sections.into_iter().flat_map(|section| section.approvals()).collect();
    let mut roles: Vec<(&str, ())> = Vec::new();
    for role in approvals.iter().flat_map(|approval| &approval.roles) {
        if !roles.contains(&(role.name.as_str(), ())) {
            roles.push((&role.name, ()));
        }
    }
    let (role, ()) = pick(&arguments.role, "role that signs", &roles)?;
    let about = About::Sign {
        role: role.to_owned(),
        choice: choice(&arguments.choice, role, &approvals)?.to_owned(),
        seal: book.release().seal.0.clone(),
    };
    let mut line = book.line(&arguments.stamp, about)?;
    line.signature = match arguments.with {
        Some(Method::Ssh) => {
            let key = ssh::key(arguments.signature_key.as_deref(), place.root)?;
            Some(ssh::sign(&key, &ssh::statement(&book.release().name, &line))?)
        }
        None => None,
    };
    book.append(&line)?;
    book.doubt_right(&line);
    Ok(Outcome::Fine)
}

/// What may be said as `role`, in the letters of the runbook.
fn choice<'a>(typed: &str, role: &str, approvals: &[&'a Approval]) -> Result<&'a str> {
    let asked = approvals.iter().filter(|approval| approval.roles.iter().any(|one| one.name == role));
    let mut choices: Vec<&str> = Vec::new();
    for choice in asked.flat_map(|approval| &approval.choices) {
        if !choices.contains(&choice.as_str()) {
            choices.push(choice);
        }
    }
    let said = choices.iter().find(|choice| choice.eq_ignore_ascii_case(typed));
    said.copied().ok_or_else(|| {
        Error::usage_help(format!("`{role}` cannot say `{typed}`"), format!("say {}", one_of(choices)))
    })
}
