//! stand-in
use super::section::Shaper;
use crate::model::release::Release;
use crate::release::Assessment;
use crate::view::state::*;
use crate::view::{Destination, Mention};
impl Shaper<'_> {
    pub(super) fn section_progress(&self, _: &str) -> Option<Progress> {
        None
    }
    pub(super) fn section_state(&self, _: &str) -> Option<ItemState> {
        None
    }
    pub(super) fn item_state(&self, _: &str) -> Option<ItemState> {
        None
    }
    pub(super) fn field_value(&self, _: &str, _: &str) -> Option<String> {
        None
    }
    pub(super) fn actual(&self, _: &str, _: usize) -> Option<Actual> {
        None
    }
    pub(super) fn trigger_state(&self, _: &str) -> Option<TriggerState> {
        None
    }
    pub(super) fn message_state(&self, _: &str) -> Option<MessageState> {
        None
    }
    pub(super) fn approval_state(&self, _: &str, _: usize) -> Option<ApprovalState> {
        None
    }
    pub(super) fn gate_state(&self, _: &str) -> Option<GateState> {
        None
    }
    pub(super) fn release_state(&self, plan: &Release, _: &Assessment) -> ReleaseState {
        ReleaseState {
            version: plan.version.clone(),
            change: vec![],
            about: vec![],
            runbook: Mention {
                text: String::new(),
                id: String::new(),
                to: Destination::Nowhere(String::new()),
                holder: None,
            },
            window: None,
            roles: vec![],
            as_of: String::new(),
            verdict: Verdict::Undecided,
            reasons: vec![],
            progress: Progress::default(),
            deviations: vec![],
            events: vec![],
            outcome: None,
            seal: String::new(),
        }
    }
}
