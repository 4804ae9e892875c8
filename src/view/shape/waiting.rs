//! What waits for whom in releases that have not ended.
//!
//! Takes releases and what was judged of them, gives for each role, team and person the items that
//! are open, failed or blocked and theirs to settle, and what they have to confirm; a person has those of
//! the roles they hold that day.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::here::Here;
use super::index::World;
use super::path::release_path;
use crate::model::document::{Level, Phase};
use crate::model::release::{Assignment, Release};
use crate::model::section::{Item, Section};
use crate::release::{Assessment, ItemStatus, Recorded};
use crate::view::{Destination, Duties, Duty, Held, Mention};

/// What waits, by party.
#[derive(Default)]
pub(super) struct Waiting {
    open: BTreeMap<String, Vec<Duties>>,
    held: BTreeMap<String, Vec<Held>>,
}

impl Waiting {
    /// Of all releases that have not ended.
    pub(super) fn of(world: World<'_>, assessed: &[Arc<Assessment>]) -> Self {
        let mut waiting = Self::default();
        let plans = world.library.releases.iter().zip(assessed);
        let mut open: Vec<_> = plans.filter(|(_, assessed)| assessed.outcome.is_none()).collect();
        open.sort_by_key(|(plan, _)| std::cmp::Reverse(plan.window.as_ref().and_then(|window| window.t())));
        for (plan, assessed) in open {
            let path = release_path(&plan.name);
            let own = OnceLock::new();
            let here = Here { world, runbook: plan.runbook.as_deref(), path: &path, own: Some(&own) };
            Clerk { waiting: &mut waiting, here, plan, assessed }.write();
        }
        waiting
    }

    /// What waits for a party, by release, the newest first.
    pub(super) fn open(&self, party: &str) -> Vec<Duties> {
        self.open.get(party).cloned().unwrap_or_default()
    }

    /// Who holds a role, or what a party holds, in which release, the newest first.
    pub(super) fn held(&self, party: &str) -> Vec<Held> {
        self.held.get(party).cloned().unwrap_or_default()
    }
}

/// Writes down what waits in one release.
struct Clerk<'a> {
    waiting: &'a mut Waiting,
    here: Here<'a>,
    plan: &'a Release,
    assessed: &'a Assessment,
}

impl<'a> Clerk<'a> {
    fn write(&mut self) {
        for Assignment { role, holder, .. } in &self.plan.roles {
            let (role, who) = (&role.name, &holder.name);
            let held =
                Held { release: self.release(), role: self.here.party(role), by: self.here.party(who) };
            for party in [role, who] {
                self.waiting.held.entry(party.clone()).or_default().push(held.clone());
            }
        }
        let Some(runbook) = self.here.runbook else { return };
        for (section, item) in runbook.all_items() {
            if let Some(how) = self.waits(section, item) {
                self.item(item, how, item.answers.iter().map(|owner| owner.name.as_str()));
            }
            let awaited = self.recorded(section, item).map_or(&[][..], |recorded| &recorded.unconfirmed);
            if !awaited.is_empty() {
                self.item(item, "duty-confirms", awaited.iter().map(String::as_str));
            }
        }
    }

    fn release(&self) -> Mention {
        let to = Destination::Page { path: self.here.path.to_owned(), anchor: String::new() };
        Mention { text: self.plan.name.clone(), id: self.plan.name.clone(), to, holder: None }
    }

    /// The label of the state of an item that somebody has to settle. A rollback waits for nobody.
    fn waits(&self, section: &Section, item: &Item) -> Option<&'static str> {
        match self.recorded(section, item)?.own {
            ItemStatus::Pending => Some("state-pending"),
            ItemStatus::Failed => Some("state-failed"),
            ItemStatus::Blocked => Some("state-blocked"),
            ItemStatus::Done | ItemStatus::NotApplicable | ItemStatus::Waived => None,
        }
    }

    /// What was recorded of an item, where it counts.
    fn recorded(&self, section: &Section, item: &Item) -> Option<&'a Recorded> {
        let counts = !matches!(section.phase, Phase::Rollback | Phase::Reference);
        self.assessed.items.get(&item.id).filter(|_| counts && item.level != Level::Optional)
    }

    fn item<'b>(&mut self, item: &Item, how: &'static str, owners: impl Iterator<Item = &'b str>)
    where
        'a: 'b,
    {
        let text = self.here.place(&item.id).text;
        let duty = Duty { how, text, anchor: item.id.clone() };
        let mut parties: Vec<&str> =
            owners.flat_map(|owner| [Some(owner), self.holder(owner)]).flatten().collect();
        parties.sort_unstable();
        parties.dedup();
        let parties: Vec<String> = parties.into_iter().map(str::to_owned).collect();
        for party in parties {
            let document = self.release();
            let releases = self.waiting.open.entry(party).or_default();
            match releases.last_mut().filter(|last| last.document.id == document.id) {
                Some(last) => last.duties.push(duty.clone()),
                None => releases.push(Duties { document, duties: vec![duty.clone()] }),
            }
        }
    }

    /// Who holds a role that day.
    fn holder(&self, role: &str) -> Option<&'a str> {
        let holder = self.plan.assigned(role).map(|assigned| assigned.holder.name.as_str());
        holder.or_else(|| Some(self.here.world.library.roster.find(role)?.holder.as_ref()?.name.as_str()))
    }
}
