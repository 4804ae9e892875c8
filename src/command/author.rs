//! Who records: a flag, else the configuration of git.
//!
//! Takes a name as it was typed or configured, gives the id of the roster that it stands for, or the
//! name itself where the roster has nobody like that.

use std::path::Path;

use super::git::Git;
use crate::error::{Error, Result};
use crate::model::roster::{PartyKind, Roster};

/// Who records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    /// Id or name.
    pub(crate) name: String,
    /// Whether the roster has them.
    pub(crate) known: bool,
}

/// The author that `given` names, else the one of git in `root`.
///
/// # Errors
/// When nobody is named.
pub(crate) fn author(given: Option<&str>, root: &Path, roster: &Roster) -> Result<Author> {
    let (email, name) = match given.map(str::trim) {
        Some(given) => (Some(given.to_owned()), Some(given.to_owned())),
        None => {
            let git = Git::new(root);
            (git.setting("user.email"), git.setting("user.name"))
        }
    };
    let found = email.as_deref().and_then(|email| by_email(roster, email));
    let found = found.or_else(|| name.as_deref().and_then(|name| by_name(roster, name)));
    let (known, name) = match found {
        Some(id) => (true, Some(id.to_owned())),
        None => (false, name.or(email)),
    };
    match name.filter(|name| !name.is_empty()) {
        Some(name) => Ok(Author { name, known }),
        None => {
            let help = "say it with `--by`, or set `user.name` and `user.email` of git";
            Err(Error::usage_help("it is not known who records this", help))
        }
    }
}

fn by_email<'a>(roster: &'a Roster, email: &str) -> Option<&'a str> {
    let people = roster.parties.iter().filter(|party| party.kind == PartyKind::Person);
    let mut same =
        people.filter(|party| party.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(email)));
    same.next().map(|party| party.id.value.as_str())
}

/// The id itself, of whatever kind and however large its letters, or the only person of that name.
fn by_name<'a>(roster: &'a Roster, name: &str) -> Option<&'a str> {
    if let Some(party) = roster.find(name).or_else(|| roster.find(&name.to_lowercase())) {
        return Some(&party.id.value);
    }
    let people = roster.parties.iter().filter(|party| party.kind == PartyKind::Person);
    let mut same = people.filter(|party| party.title.plain().to_lowercase() == name.to_lowercase());
    match (same.next(), same.next()) {
        (Some(party), None) => Some(&party.id.value),
        _ => None,
    }
}
