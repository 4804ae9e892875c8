//! The names of owners → ids of the roster.
//!
//! Takes names as people write them, gives the id of the party that is called so, or the id that such a party would
//! have; those that the roster lacks are remembered, for the author to add.

use std::collections::BTreeMap;

use super::label::is_blank;
use crate::model::identity::slug;

/// What may stand between two names.
const BETWEEN: [&str; 6] = [" and ", " & ", " + ", " / ", ",", ";"];

/// What is written where nobody is known yet.
const NOBODY: [&str; 5] = ["tbd", "tbc", "tba", "n/a", "none"];

/// No name has more words.
const LONGEST: usize = 4;

/// The parties that are known, and those that are missing.
#[derive(Debug)]
pub(super) struct Roles<'a> {
    /// Ids with their titles or names.
    known: &'a [(String, String)],
    /// Ids that the roster lacks, with the names that were written.
    pub missing: BTreeMap<String, String>,
}

impl<'a> Roles<'a> {
    pub(super) fn new(known: &'a [(String, String)]) -> Self {
        Self { known, missing: BTreeMap::new() }
    }

    /// Adds the ids of every name in a text; one that is a sentence rather than a list of names is left to the caller.
    pub(super) fn add(&mut self, text: &str, ids: &mut Vec<String>) -> bool {
        let mut names = vec![text];
        for sign in BETWEEN {
            names = names.into_iter().flat_map(|name| name.split(sign)).collect();
        }
        if names.iter().any(|name| name.split_whitespace().count() > LONGEST) {
            return false;
        }
        let is_nobody = |name: &str| is_blank(name) || NOBODY.contains(&name.trim().to_lowercase().as_str());
        for name in names.into_iter().filter(|name| !is_nobody(name)) {
            let id = self.id(name);
            if !id.is_empty() && !ids.contains(&id) {
                ids.push(id);
            }
        }
        true
    }

    /// The id of one name.
    pub(super) fn id(&mut self, name: &str) -> String {
        let name = name.split(['(', '[']).next().unwrap_or(name);
        let wanted = slug(name);
        let is_it = |(id, title): &&(String, String)| *id == wanted || slug(title) == wanted;
        match self.known.iter().find(is_it) {
            Some((id, _)) => id.clone(),
            None => {
                if !wanted.is_empty() {
                    self.missing.entry(wanted.clone()).or_insert_with(|| name.trim().to_owned());
                }
                wanted
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let known = [("dba".to_owned(), "Database administrator".to_owned())];
        let mut roles = Roles::new(&known);
        let mut ids = Vec::new();
        assert!(roles.add("Database Administrator, DevOps Lead (Ana) and [NAME]", &mut ids));
        assert!(!roles.add("The CTO makes the final call", &mut ids));
        assert_eq!(ids, ["dba", "devops-lead"]);
        assert_eq!(roles.missing.into_values().collect::<Vec<_>>(), ["DevOps Lead"]);
    }
}
