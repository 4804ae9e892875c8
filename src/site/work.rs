//! What the script of a page works on: the checks and steps of a runbook or release with their bars,
//! and what the journal says so far.
//!
//! Takes a document of the view, gives plain data for a script element. It adds no fact of its own.

mod data;

use std::collections::BTreeMap;

use serde::Serialize;

use self::data::{Approval, Blank, Gate, Item, Place, Subject, Work};
use super::Desk;
use super::engine::Html;
use crate::view::{self, Block, CompiledBar, ItemStatus, Level, Mention, Phase, RecordType, plain};

/// When the items of a section are worked on.
#[derive(Debug, Clone, Copy)]
struct Stage {
    phase: Phase,
    /// The last gate in front of them.
    gate: Option<usize>,
    /// The rollback that they belong to.
    back: Option<usize>,
}

/// What was met so far.
#[derive(Debug, Default)]
struct Known<'a> {
    /// Those who answer, by id, with their positions.
    owners: BTreeMap<&'a str, usize>,
    rollbacks: usize,
}

impl Known<'_> {
    /// Another rollback.
    fn rollback(&mut self) -> usize {
        self.rollbacks += 1;
        self.rollbacks - 1
    }
}

/// The data of a document; `None` where nothing is to be done on it any more.
pub(super) fn work(desk: &Desk<'_>, document: &view::Document) -> Option<Html> {
    let release = document.release.as_deref();
    if release.is_some_and(|release| release.outcome.is_some()) || document.status == view::Status::Retired {
        return None;
    }
    let mut work = Work {
        kind: if release.is_some() { "release" } else { "runbook" },
        site: desk.site.title,
        name: &document.name,
        seal: &document.seal,
        zone: release.and_then(|release| release.zone.as_deref()),
        start: release.and_then(|release| Some(release.start.as_ref()?.instant?.to_string())),
        owners: Vec::new(),
        speakers: &document.voices.speakers,
        persons: &document.voices.persons,
        journal: release.map(journal).unwrap_or_default(),
        items: Vec::new(),
        sections: Vec::new(),
        triggers: Vec::new(),
        messages: Vec::new(),
        gates: Vec::new(),
        approvals: Vec::new(),
    };
    let mut known = Known::default();
    document.sections.iter().for_each(|section| work.section(section, None, &mut known));
    let items = work.items.iter().enumerate().map(|(at, item)| (item.id, at));
    let approvals = work.approvals.iter().enumerate().map(|(at, approval)| (approval.id, at));
    let positions = items.chain(approvals).collect();
    document.sections.iter().for_each(|section| work.place(section, &positions));
    (!work.is_idle()).then(|| Html(json(&work)))
}

fn journal(release: &view::ReleaseState) -> String {
    let lines: Vec<&str> = release.events.iter().filter_map(|event| event.line.as_deref()).collect();
    lines.join("\n")
}

impl<'a> Work<'a> {
    /// Whether there is nothing to record.
    fn is_idle(&self) -> bool {
        let subjects = [&self.triggers, &self.messages];
        let none = self.items.is_empty() && self.sections.is_empty() && self.approvals.is_empty();
        none && self.gates.is_empty() && subjects.iter().all(|all| all.is_empty())
    }

    /// `around`: the rollback that the section stands in.
    fn section(&mut self, section: &'a view::Section, around: Option<usize>, known: &mut Known<'a>) {
        let subject = |id: &'a str, title: String| Subject { id, title, bars: Vec::new() };
        let waits = self.kind == "release" && section.phase.is_live();
        let gate = self.gates.len().checked_sub(1).filter(|_| waits);
        let is_back = section.phase == Phase::Rollback;
        let back = is_back.then(|| around.unwrap_or_else(|| known.rollback()));
        let stage = Stage { phase: section.phase, gate, back };
        for block in &section.blocks {
            match block {
                Block::Sections(inner) => inner.iter().for_each(|inner| self.section(inner, back, known)),
                Block::Checks(items) | Block::Steps(items) => {
                    items.iter().for_each(|item| self.item(item, (stage, false), known));
                }
                Block::Triggers(all) => self.triggers.extend(all.iter().map(|one| Subject {
                    bars: one.bar.iter().map(Some).collect(),
                    ..subject(&one.id, one.words.clone())
                })),
                Block::Messages(all) => {
                    self.messages.extend(all.iter().map(|one| subject(&one.id, one.words.clone())));
                }
                Block::Approvals(all) if self.kind == "release" => {
                    all.iter().for_each(|one| self.approval(one, section, known));
                }
                Block::Gate(gate) => self.gates.push(Gate {
                    subject: subject(&gate.id, gate.words.clone()),
                    aside: section.phase == Phase::Reference,
                    back,
                }),
                _ => {}
            }
        }
    }

    /// A section with bars of its own, and those inside.
    fn place(&mut self, section: &'a view::Section, positions: &BTreeMap<&str, usize>) {
        let mut bars = Vec::new();
        for block in &section.blocks {
            match block {
                Block::Thresholds(all) => {
                    let signed =
                        |bar: &view::Bar| bar.compiled.builtin == Some("approvals") && self.kind == "release";
                    bars.extend(
                        all.iter().map(|bar| asked(bar, true).or(signed(bar).then_some(&bar.compiled))),
                    );
                }
                Block::Sections(inner) => inner.iter().for_each(|inner| self.place(inner, positions)),
                _ => {}
            }
        }
        if bars.iter().any(Option::is_some) {
            let subject = Subject { id: &section.id, title: plain(&section.title), bars };
            let mut place = Place { subject, inside: Vec::new(), items: Vec::new(), approvals: Vec::new() };
            place.gather(section, section.phase, positions);
            self.sections.push(place);
        }
    }

    /// With whether it stands in one that is optional.
    fn item(&mut self, item: &'a view::Item, (stage, within): (Stage, bool), known: &mut Known<'a>) {
        let owned = item.owners.iter().map(|owner| self.owner(owner, known)).collect();
        let optional = item.level == Level::Optional;
        self.items.push(Item {
            id: &item.id,
            owners: owned,
            optional,
            aside: optional || within || stage.phase == Phase::Reference,
            back: stage.back,
            gate: stage.gate,
            applies: !item.applies.is_empty(),
            bars: item.bars.iter().map(|bar| asked(bar, !item.checks.is_empty())).collect(),
            records: item
                .records
                .iter()
                .map(|record| Blank { title: plain(&record.title), kind: blank(record.kind) })
                .collect(),
            confirm: item.confirm.iter().map(|role| role.id.as_str()).collect(),
            checks: item.checks.iter().map(|check| check.id.as_str()).collect(),
            status: item.state.as_ref().map(|state| status(state.status)),
        });
        item.checks.iter().for_each(|check| self.item(check, (stage, optional || within), known));
    }

    /// A sign-off is called what is signed, or as its section.
    fn approval(&mut self, approval: &'a view::Approval, section: &view::Section, known: &mut Known<'a>) {
        let title = if approval.statement.is_empty() { &section.title } else { &approval.statement };
        let roles = approval.roles.iter().map(|role| self.owner(role, known)).collect();
        self.approvals.push(Approval {
            id: &approval.anchor,
            title: plain(title),
            roles,
            choices: &approval.choices,
            needed: approval.needed,
            sometimes: !approval.when.is_empty(),
            phase: section.phase.word(),
        });
    }

    fn owner(&mut self, owner: &'a Mention, known: &mut Known<'a>) -> usize {
        *known.owners.entry(&owner.id).or_insert_with(|| {
            self.owners.push((&owner.id, &owner.text, owner.holder.as_deref()));
            self.owners.len() - 1
        })
    }
}

impl<'a> Place<'a> {
    fn gather(&mut self, section: &'a view::Section, phase: Phase, positions: &BTreeMap<&str, usize>) {
        let own = section.phase == phase;
        self.inside.extend(own.then_some(section.id.as_str()));
        for block in &section.blocks {
            match block {
                Block::Checks(items) | Block::Steps(items) if own => {
                    self.items.extend(items.iter().filter_map(|item| positions.get(item.id.as_str())));
                }
                Block::Approvals(all) if own => {
                    self.approvals.extend(all.iter().filter_map(|one| positions.get(one.anchor.as_str())));
                }
                Block::Sections(inner) => inner.iter().for_each(|inner| self.gather(inner, phase, positions)),
                _ => {}
            }
        }
    }
}

/// A bar to be measured, seen or computed; `counts` where there is something to count. Ages are the
/// program's.
fn asked(bar: &view::Bar, counts: bool) -> Option<&CompiledBar> {
    let computed = match bar.compiled.builtin {
        Some("checks" | "passed" | "failed") => counts,
        builtin => builtin == Some("duration"),
    };
    (bar.measured || bar.compiled.state.is_some() || computed).then_some(&bar.compiled)
}

const fn blank(kind: RecordType) -> &'static str {
    match kind {
        RecordType::Text | RecordType::Person | RecordType::Duration => "text",
        RecordType::Number => "number",
        RecordType::Date => "date",
        RecordType::Time => "time",
        RecordType::Url => "url",
    }
}

const fn status(status: ItemStatus) -> &'static str {
    match status {
        ItemStatus::Pending => "pending",
        ItemStatus::Done => "done",
        ItemStatus::Failed => "failed",
        ItemStatus::Blocked => "blocked",
        ItemStatus::NotApplicable => "n/a",
        ItemStatus::Waived => "waived",
    }
}

/// JSON that ends no script element, whatever it holds.
pub(super) fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut text = String::with_capacity(json.len());
    let mut rest = json.as_str();
    // The two line ends of Unicode begin with the byte 0xe2, and so do dashes and quotes.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | 0xe2)) {
        let (plain, from) = rest.split_at(at);
        let Some(c) = from.chars().next() else { break };
        let (own, after) = from.split_at(c.len_utf8());
        text.push_str(plain);
        text.push_str(match c {
            '<' => "\\u003c",
            '\u{2028}' => "\\u2028",
            '\u{2029}' => "\\u2029",
            _ => own,
        });
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn json_ends_no_script_and_no_line() {
        let text = "</script> – “a”\u{2028}\u{2029}<!--";
        let written = json(&text);
        assert_eq!(written, "\"\\u003c/script> – “a”\\u2028\\u2029\\u003c!--\"");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
