//! The roll call of a gate: who is asked, what they said, what they answer for that stands against GO.
//!
//! Takes what was judged of a gate, gives a line for each role that it polls, in the order in which
//! they are asked. It decides nothing.

use std::collections::HashMap;

use super::assessment::{Asked, Call, Reason, Subject};
use super::authority::Right;
use super::judge::Judge;
use crate::model::section::{Gate, Reference};

impl<'a> Judge<'a> {
    /// A line for each role that is polled.
    pub(super) fn roll(&self, gate: &Gate, reasons: &[Reason], called: &[Call]) -> Vec<Asked> {
        let answers = self.answers();
        let asked = |role: &Reference| {
            let role = role.name.as_str();
            let speaks = |call: &Call| self.authority.right(&call.mark.by, role) == Right::Held;
            let answers = |reason: &Reason| answers.of(&reason.about).iter().any(|owner| owner.name == role);
            Asked {
                role: role.to_owned(),
                called: called.iter().rposition(speaks),
                reasons: (0..reasons.len()).filter(|at| answers(&reasons[*at])).collect(),
            }
        };
        gate.polls.iter().map(asked).collect()
    }

    fn answers(&self) -> Answers<'a> {
        let sections = self.runbook.all_sections();
        let items = self.runbook.all_items();
        Answers {
            items: items.into_iter().map(|(_, item)| (item.id.as_str(), &item.answers[..])).collect(),
            approvals: sections
                .iter()
                .flat_map(|section| {
                    let approvals = section.approvals().enumerate();
                    approvals.map(|(at, approval)| ((section.id.as_str(), at), approval.roles.as_slice()))
                })
                .collect(),
            sections: sections
                .into_iter()
                .map(|section| (section.id.as_str(), &section.answers[..]))
                .collect(),
        }
    }
}

/// Who answers for what, by id.
struct Answers<'a> {
    sections: HashMap<&'a str, &'a [Reference]>,
    items: HashMap<&'a str, &'a [Reference]>,
    approvals: HashMap<(&'a str, usize), &'a [Reference]>,
}

impl<'a> Answers<'a> {
    /// Who answers for what a reason is about.
    fn of(&self, about: &Subject) -> &'a [Reference] {
        let found = match about {
            Subject::Section(id) => self.sections.get(id.as_str()),
            Subject::Item(id) => self.items.get(id.as_str()),
            Subject::Approval(section, at) => self.approvals.get(&(section.as_str(), *at)),
            Subject::Release | Subject::Gate(_) | Subject::Trigger(_) | Subject::Event(_) => None,
        };
        found.copied().unwrap_or_default()
    }
}
