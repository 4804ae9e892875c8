//! Sections: their items, their approvals, their own bars, and what all of it amounts to.
//!
//! Takes a section, gives what is known of it and of everything inside. Built-in metrics count the
//! required items of the section and of those inside that have the same phase.

use super::assessment::{Progress, Reason, Recorded, SectionAssessment, Subject};
use super::decide::{Case, Decision, Inside};
use super::deviation::flawed;
use super::item::{Place, reasons, seconds};
use super::judge::{Findings, Judge};
use super::ledger::Entry;
use super::metric::{Approvals, Tally};
use super::status::{ItemStatus, Verdict};
use super::trail::{Blanks, Trail};
use crate::model::document::{Level, Phase};
use crate::model::section::{Bar, Item, Section};

impl<'a> Judge<'a> {
    /// Judges a section, what is inside first.
    pub(super) fn section(&self, section: &'a Section, found: &mut Findings) {
        for inner in section.sections() {
            self.section(inner, found);
        }
        let decides = section.phase != Phase::Reference;
        for item in section.items() {
            self.item(item, Place { section: &section.id, required: true, decides }, found);
        }
        let approvals: Vec<_> =
            section.approvals().map(|approval| self.approval(approval, section.phase)).collect();
        let recorded = Recorded::nothing();
        let (progress, verdict) = (progress(section, found), Verdict::Go);
        let assessed = SectionAssessment { recorded, progress, approvals, verdict, reasons: Vec::new() };
        found.sections.insert(section.id.clone(), assessed);
        let recorded = self.own(section, found);
        let about = Subject::Section(section.id.clone());
        let bars: Vec<Bar> = section.bars().cloned().collect();
        self.recorded_deviations(&bars, &recorded, &about, found);
        if let Some(assessed) = found.sections.get_mut(&section.id) {
            assessed.recorded = recorded;
        }
        let reasons = sorted(self.stands_against(section, Scope::All, found));
        if let Some(assessed) = found.sections.get_mut(&section.id) {
            assessed.verdict = worst(&reasons);
            assessed.reasons = reasons;
        }
    }

    /// What was recorded of the section itself, with its own bars.
    fn own(&self, section: &'a Section, found: &mut Findings) -> Recorded {
        let bars: Vec<Bar> = section.bars().cloned().collect();
        let blanks = Blanks { bars: &bars, records: &[] };
        let trail = Trail::follow(self.ledger.item(&section.id), blanks);
        let tally = self.section_tally(section, found);
        let gauges = self.gauges(&bars, &trail, |bar, metric| Some(tally.compute(bar, metric)));
        let until = |at| self.until(at);
        let decision: Decision<'_> = Case {
            bars: &bars,
            records: &[],
            gauges: &gauges,
            trail: &trail,
            applies: false,
            inside: Inside::Section,
            as_of: self.as_of,
            until: &until,
        }
        .decide();
        let about = Subject::Section(section.id.clone());
        flawed(&trail, &about, found);
        let mut recorded = self.recorded(&decision, &trail, &bars, &gauges);
        recorded.reasons = reasons(&decision.causes, &about, &section.id);
        recorded.standing = worst(&recorded.reasons);
        recorded
    }

    /// What a section amounts to for its built-in metrics.
    fn section_tally(&self, section: &'a Section, found: &Findings) -> Tally {
        let mut tally = Tally { age: self.age(), ..Tally::default() };
        let mut ends: Option<(Entry<'a>, Entry<'a>)> = None;
        let mut widen = |entries: &[Entry<'a>]| {
            for entry in entries.first().into_iter().chain(entries.last()) {
                let (first, last) = ends.unwrap_or((*entry, *entry));
                ends = Some((
                    if entry.order < first.order { *entry } else { first },
                    if entry.order > last.order { *entry } else { last },
                ));
            }
        };
        section.walk(&mut |inner| {
            if inner.phase != section.phase {
                return;
            }
            widen(self.ledger.item(&inner.id));
            for item in inner.items() {
                item.walk(&mut |item| widen(self.ledger.item(&item.id)));
            }
            if let Some(assessed) = found.sections.get(&inner.id) {
                add(&mut tally.progress, &assessed_items(inner, found));
                count_approvals(inner, assessed, &mut tally.approvals);
            }
        });
        tally.seconds = ends.map(|(first, last)| seconds(&first.mark(), &last.mark()));
        tally
    }

    /// Everything that stands against a section: itself, its items, its approvals, and what is inside.
    pub(super) fn stands_against(&self, section: &Section, scope: Scope, found: &Findings) -> Vec<Reason> {
        let mut against = Vec::new();
        section.walk(&mut |inner| {
            if scope.includes(inner) {
                against.extend(self.directly_against(inner, found));
            }
        });
        against
    }

    /// What stands against a section, without the sections inside.
    pub(super) fn directly_against(&self, section: &Section, found: &Findings) -> Vec<Reason> {
        let mut against = Vec::new();
        let Some(assessed) = found.sections.get(&section.id) else { return against };
        for item in section.items().filter(|item| item.level != Level::Optional) {
            let recorded = found.items.get(&item.id);
            against.extend(recorded.into_iter().flat_map(|recorded| recorded.reasons.iter().cloned()));
        }
        against.extend(assessed.recorded.reasons.iter().cloned());
        for (at, approval) in assessed.approvals.iter().enumerate() {
            against.extend(approval.reason(&section.id, at));
        }
        against
    }
}

/// Which of the sections inside count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// All but reference: the section was named.
    All,
    /// Those of phase `before`: nobody named any.
    Before,
}

impl Scope {
    fn includes(self, section: &Section) -> bool {
        match self {
            Self::All => section.phase != Phase::Reference,
            Self::Before => section.phase == Phase::Before,
        }
    }
}

impl Recorded {
    /// Before anything is known.
    fn nothing() -> Self {
        Self {
            status: ItemStatus::Pending,
            own: ItemStatus::Pending,
            standing: Verdict::Go,
            reasons: Vec::new(),
            actuals: Vec::new(),
            fields: Vec::new(),
            mark: None,
            why: None,
            until: None,
            evidence: Vec::new(),
            remarks: Vec::new(),
            confirmed: Vec::new(),
            unconfirmed: Vec::new(),
            disagreement: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// The worst verdict of reasons; GO where there are none.
pub(super) fn worst(reasons: &[Reason]) -> Verdict {
    reasons.iter().map(|reason| reason.verdict).max().unwrap_or(Verdict::Go)
}

/// Worst first, else in the order of the runbook.
pub(super) fn sorted(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.verdict));
    reasons
}

/// The progress of a section and of those inside that have its phase.
fn progress(section: &Section, found: &Findings) -> Progress {
    let mut progress = Progress::default();
    section.walk(&mut |inner| {
        if inner.phase == section.phase {
            add(&mut progress, &assessed_items(inner, found));
        }
    });
    progress
}

/// The required items directly in a section.
pub(super) fn assessed_items(section: &Section, found: &Findings) -> Progress {
    let mut progress = Progress::default();
    for item in section.items().filter(|item| item.level != Level::Optional) {
        tally(item, found, &mut progress);
    }
    progress
}

/// Counts an item and its required sub-checks, each by its own state.
pub(super) fn tally(item: &Item, found: &Findings, progress: &mut Progress) {
    let Some(recorded) = found.items.get(&item.id) else { return };
    let settled = is_settled(item, recorded);
    progress.total += 1;
    let covered = match recorded.own {
        ItemStatus::Waived if settled => &mut progress.waived,
        ItemStatus::NotApplicable if settled => &mut progress.not_applicable,
        own => {
            *match own {
                ItemStatus::Done if settled => &mut progress.done,
                ItemStatus::Failed => &mut progress.failed,
                ItemStatus::Blocked => &mut progress.blocked,
                _ => &mut progress.pending,
            } += 1;
            let checks = item.checks.iter().filter(|check| check.level != Level::Optional);
            checks.for_each(|check| tally(check, found, progress));
            return;
        }
    };
    // What does not apply or was waived takes its sub-checks along.
    let inside = required_inside(item);
    *covered += 1 + inside;
    progress.total += inside;
}

/// Whether nothing stands against an item for its own sake.
fn is_settled(item: &Item, recorded: &Recorded) -> bool {
    let own = |about: &Subject| matches!(about, Subject::Item(id) if *id == item.id);
    !recorded.reasons.iter().any(|reason| own(&reason.about))
}

/// Whether an item does not apply or was waived, and takes its sub-checks along.
pub(super) fn is_let_pass(item: &Item, recorded: &Recorded) -> bool {
    matches!(recorded.own, ItemStatus::Waived | ItemStatus::NotApplicable) && is_settled(item, recorded)
}

fn required_inside(item: &Item) -> usize {
    let checks = item.checks.iter().filter(|check| check.level != Level::Optional);
    checks.map(|check| 1 + required_inside(check)).sum()
}

/// Adds counts.
pub(super) fn add(sum: &mut Progress, more: &Progress) {
    sum.total += more.total;
    sum.done += more.done;
    sum.failed += more.failed;
    sum.blocked += more.blocked;
    sum.not_applicable += more.not_applicable;
    sum.waived += more.waived;
    sum.pending += more.pending;
}

/// Counts the signatures that are asked for and given.
fn count_approvals(section: &Section, assessed: &SectionAssessment, sum: &mut Approvals) {
    for (approval, known) in section.approvals().zip(&assessed.approvals) {
        if !known.decides {
            continue;
        }
        let given = if known.blocked { 0 } else { known.yes.min(approval.needed) };
        sum.asked += approval.needed;
        sum.given += given;
        sum.open += if known.blocked { 0 } else { approval.needed - given };
    }
}
