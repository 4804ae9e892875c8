//! Separation of duties: whoever did something cannot be the only one to approve it.
//!
//! Takes who did what and who approved which section, gives deviations. A small team cannot always
//! separate duties; then the record says so.

use std::collections::{BTreeMap, BTreeSet};

use super::assessment::{DeviationKind, Subject};
use super::judge::{Findings, Judge};
use crate::diagnostic::Phrase;
use crate::model::document::Phase;
use crate::model::section::Section;

/// Who approved, and where.
#[derive(Clone)]
struct Approvers<'a> {
    home: Subject,
    persons: BTreeSet<&'a str>,
}

/// What is looked at: everything that was found, and who did which item.
struct Known<'b> {
    found: &'b Findings,
    doers: BTreeMap<&'b str, Vec<&'b str>>,
    /// Everybody who approved in a section of a phase.
    phases: BTreeMap<Phase, Approvers<'b>>,
}

/// Items by the place of their approval and the one person who did and approved them.
type Conflicts = BTreeMap<(Subject, String), Vec<String>>;

impl<'a> Judge<'a> {
    pub(super) fn duties(&self, found: &mut Findings) {
        let doers = std::mem::take(&mut found.doers);
        let mut known = Known { found, doers: BTreeMap::new(), phases: self.by_phase(found) };
        for (item, person) in &doers {
            known.doers.entry(item).or_default().push(person);
        }
        let mut conflicts = Conflicts::new();
        for section in &self.runbook.sections {
            self.duties_in(section, None, &known, &mut conflicts);
        }
        for ((home, person), items) in conflicts {
            let text =
                Phrase::label("deviation-only-approver").with("who", person).with("items", listed(&items));
            found.deviate(DeviationKind::Duties, home, text, None);
        }
    }

    /// The approvers of an item are those of its section, else of the nearest above, else all of its
    /// phase.
    fn duties_in(
        &self,
        section: &Section,
        above: Option<&Approvers<'_>>,
        known: &Known<'_>,
        conflicts: &mut Conflicts,
    ) {
        let persons = self.approvers(section, known.found);
        let own = Approvers { home: Subject::Section(section.id.clone()), persons };
        let nearest = if own.persons.is_empty() { above } else { Some(&own) };
        let approvers = nearest.or_else(|| known.phases.get(&section.phase));
        let Some(approvers) = approvers else { return };
        if let [person] = Vec::from_iter(&approvers.persons)[..] {
            for item in section.items() {
                item.walk(&mut |item| {
                    if known.doers.get(item.id.as_str()).is_some_and(|did| did.contains(person)) {
                        let key = (approvers.home.clone(), (*person).to_owned());
                        conflicts.entry(key).or_default().push(item.id.clone());
                    }
                });
            }
        }
        for inner in section.sections() {
            self.duties_in(inner, nearest, known, conflicts);
        }
    }

    /// The persons whose yes counts in a section.
    fn approvers<'b>(&'b self, section: &Section, found: &'b Findings) -> BTreeSet<&'b str> {
        let Some(assessed) = found.sections.get(&section.id) else { return BTreeSet::new() };
        let given = assessed.approvals.iter().zip(section.approvals());
        let mut persons = BTreeSet::new();
        for (known, written) in given.filter(|(known, _)| known.given) {
            let yes = written.choices.first().map(|yes| yes.trim().to_lowercase());
            for signature in known.signatures.iter().filter(|signature| signature.counts) {
                if yes.as_deref() == Some(signature.choice.trim().to_lowercase().as_str()) {
                    persons.insert(self.authority.person(&signature.mark.by));
                }
            }
        }
        persons
    }

    fn by_phase<'b>(&'b self, found: &'b Findings) -> BTreeMap<Phase, Approvers<'b>> {
        let mut phases = BTreeMap::new();
        for section in self.runbook.all_sections() {
            let none = || Approvers { home: Subject::Release, persons: BTreeSet::new() };
            let of_phase: &mut Approvers<'_> = phases.entry(section.phase).or_insert_with(none);
            of_phase.persons.extend(self.approvers(section, found));
        }
        phases
    }
}

/// `a`, `b`, `c` and 4 more
fn listed(items: &[String]) -> Phrase {
    const SHOWN: usize = 3;
    let shown: Vec<String> = items.iter().take(SHOWN).map(|item| format!("`{item}`")).collect();
    match items.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => Phrase::label("list-more").with("items", shown.join(", ")).with("n", more),
        _ => shown.join(", ").into(),
    }
}
