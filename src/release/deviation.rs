//! What an auditor is told of items and sections, whatever the verdict.
//!
//! Takes what is known of one, adds its deviations to the findings. It decides nothing.

use super::assessment::{DeviationKind, Recorded, Subject};
use super::decide::Decision;
use super::judge::{Findings, Judge};
use super::ledger::Ledger;
use super::status::{ItemStatus, Rating};
use super::trail::Trail;
use crate::diagnostic::Phrase;
use crate::model::section::{Bar, Item};

impl Judge<'_> {
    /// Waivers, values that pass with a note, and disagreement, of an item or a section.
    pub(super) fn recorded_deviations(
        &self,
        bars: &[Bar],
        recorded: &Recorded,
        about: &Subject,
        found: &mut Findings,
    ) {
        let event = recorded.event();
        if recorded.status == ItemStatus::Waived {
            let why = recorded.why.as_deref().map(Phrase::from);
            let why = why.unwrap_or_else(|| Phrase::label("deviation-no-reason"));
            let who = recorded.mark.as_ref().map(|mark| mark.by.as_str()).unwrap_or_default();
            let waived = Phrase::label("deviation-waived").with("who", who).with("why", why);
            let until =
                recorded.until.map(|end| Phrase::label("deviation-until").with("end", self.until(end)));
            let text = Phrase::joined(std::iter::once(waived).chain(until), " ");
            found.deviate(DeviationKind::Waiver, about.clone(), text, event);
        }
        for (bar, actual) in bars.iter().zip(&recorded.actuals) {
            let Some(actual) = actual.as_ref().filter(|actual| actual.rating == Rating::Warn) else {
                continue;
            };
            let event = actual.mark.as_ref().map(|mark| mark.event);
            let text = super::rating::miss(bar, Rating::Warn, &actual.words);
            found.deviate(DeviationKind::Warning, about.clone(), text, event);
        }
        for opinion in &recorded.disagreement {
            let text = Phrase::label("deviation-disagreement")
                .with("state", recorded.status.phrase())
                .with("who", opinion.mark.by.as_str())
                .with("what", opinion.says.clone());
            found.deviate(DeviationKind::Disagreement, about.clone(), text, Some(opinion.mark.event));
        }
    }
}

/// An optional item that failed does not decide and is listed.
pub(super) fn optional(item: &Item, decision: &Decision<'_>, recorded: &Recorded, found: &mut Findings) {
    if decision.status == ItemStatus::Failed {
        let why = Phrase::joined(decision.causes.iter().map(|cause| cause.text.clone()), "; ");
        let about = Subject::Item(item.id.clone());
        let text = Phrase::label("deviation-optional").with("what", why);
        found.deviate(DeviationKind::Optional, about, text, recorded.event());
    }
}

/// A second person confirmed, and a value is newer than their word.
pub(super) fn revised(item: &Item, recorded: &Recorded, ledger: &Ledger<'_>, found: &mut Findings) {
    let word = recorded.confirmed.iter().rfind(|word| word.refused.is_none());
    let Some(word) = word.filter(|_| recorded.unconfirmed.is_empty()) else { return };
    let values = recorded.actuals.iter().flatten().filter_map(|actual| Some((actual, actual.mark.as_ref()?)));
    for (actual, mark) in values.filter(|(_, mark)| ledger.later(mark.event, word.mark.event)) {
        let text = Phrase::label("deviation-revised")
            .with("value", actual.value.as_str())
            .with("by", mark.by.as_str())
            .with("who", word.mark.by.as_str());
        found.deviate(DeviationKind::Duties, Subject::Item(item.id.clone()), text, Some(mark.event));
    }
}

/// Done, and the evidence that is asked for is not there.
pub(super) fn unproven(item: &Item, recorded: &Recorded, found: &mut Findings) {
    if !item.evidence.is_empty() && recorded.evidence.is_empty() {
        let what: Vec<String> = item.evidence.iter().map(crate::model::prose::Text::plain).collect();
        let text = Phrase::label("deviation-evidence").with("what", what.join(", "));
        found.deviate(DeviationKind::Evidence, Subject::Item(item.id.clone()), text, recorded.event());
    }
}

/// Events that could not be taken up as they were meant.
pub(super) fn flawed(trail: &Trail<'_>, about: &Subject, found: &mut Findings) {
    for (text, event) in &trail.flaws {
        found.deviate(DeviationKind::Journal, about.clone(), text.clone(), Some(*event));
    }
}
