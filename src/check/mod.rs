//! The content, judged: one rule system, one table, one file a rule.
//!
//! Takes a resolved `Library` with its texts, the site's configuration and the instant of judgement;
//! gives diagnostics. It may not read the clock or the disk, and it changes nothing.
//!
//! What is found while reading and resolving goes through here too (`earlier` in `run`), so that
//! levels in `site.yaml`, silencing comments and `explain` are the same for all of it.

mod allow;
mod applied;
mod bars;
mod explain;
mod hint;
mod ids;
mod journal;
mod level;
mod memory;
mod passage;
mod rule;
mod rules;
mod shell;
mod surroundings;
mod text;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, RuleInfo};
use crate::model::Library;
use crate::model::runbook::Runbook;
use crate::source::{Kind, Sources};

pub use explain::{markdown, table};
pub use ids::{signed, written_ids};
pub use memory::Memory;
pub(crate) use passage::named;
use rule::{Life, Look};
pub use rule::{Rule, Topic, Weight};
pub use rules::RULES;
use surroundings::Whole;

/// What is judged, and when.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Everything that people wrote.
    pub library: &'a Library,
    /// The texts it came from.
    pub sources: &'a Sources,
    /// What holds for the whole site.
    pub config: &'a Config,
    /// The instant of judgement.
    pub as_of: Timestamp,
}

impl Subject<'_> {
    /// The day of judgement where the site is at home.
    pub(crate) fn today(&self) -> Date {
        let zone = TimeZone::get(&self.config.zone).unwrap_or(TimeZone::UTC);
        self.as_of.to_zoned(zone).date()
    }

    /// Whether an id that is not in a runbook may stand in what could not be read of it: of the runbook
    /// `other`, else of the one that names it.
    fn is_half_read(&self, other: Option<&str>, here: Option<&Runbook>) -> bool {
        let named = other.map_or(here, |id| self.library.runbook(id));
        named.is_some_and(|runbook| !runbook.whole)
    }

    /// Where the roster is written, if it is anywhere.
    fn roster_path(&self) -> &str {
        let roster = self.sources.of(Kind::Roster).next();
        roster.map_or("content/roster.yaml", |(_, source)| source.path.as_str())
    }
}

/// Everything that is wrong or doubtful: what was found `earlier`, while reading and resolving, and
/// what the rules find; with the levels of the site, without what is silenced at its line.
pub fn run(subject: &Subject<'_>, earlier: Vec<Diagnostic>) -> Vec<Diagnostic> {
    run_again(subject, earlier, &mut Memory::default())
}

/// The same after an earlier run: what did not change since is not judged again. Releases are, since time
/// passes for them, and so is what the site has to be seen as a whole for.
pub fn run_again(subject: &Subject<'_>, earlier: Vec<Diagnostic>, memory: &mut Memory) -> Vec<Diagnostic> {
    let levels = level::Levels::new(subject.config);
    let mut found = earlier;
    found.retain_mut(|found| levels.apply(found));
    let on: Vec<&'static Rule> = RULES.iter().filter(|rule| levels.is_on(rule.name)).collect();
    memory.judge(subject, &on);
    found.extend(weigh(subject, memory, &levels));
    let whole = memory.whole(subject);
    let new: Vec<Vec<Diagnostic>> = on.into_par_iter().map(|rule| judge(rule, &whole, &levels)).collect();
    found.extend(new.into_iter().flatten());
    found.extend(levels.unknown(subject));
    once(allow::silence(memory, &levels, once(found)))
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Every rule as the output formats describe it.
pub fn infos() -> Vec<RuleInfo> {
    RULES.iter().map(Rule::info).collect()
}

/// What was found in runbooks, with the values of releases too, and in texts, with the names and weights of the rules.
fn weigh(subject: &Subject<'_>, memory: &Memory, levels: &level::Levels<'_>) -> Vec<Diagnostic> {
    let mut weighed = Vec::new();
    for runbook in &subject.library.runbooks {
        for (rule, found) in memory.of_runbook(runbook.file) {
            let found = found.iter().map(|found| of_taker(memory, runbook, found)).collect();
            weighed.extend(levels.weigh(rule, found, || runbook.status.into()));
        }
    }
    for release in &subject.library.releases {
        let runbook = subject.library.runbook(&release.runbook_id.name);
        for (rule, found) in applied::found(memory, release, runbook) {
            weighed.extend(levels.weigh(rule, found, || level::life(subject, release)));
        }
    }
    for (file, found) in memory.of_texts() {
        for (rule, found) in found {
            weighed.extend(levels.weigh(rule, found.clone(), || level::life_of(subject, file)));
        }
    }
    weighed
}

/// A finding in a runbook. Where it lies in another one that is right by itself, the values of this one make it.
fn of_taker(memory: &Memory, runbook: &Runbook, found: &Diagnostic) -> Diagnostic {
    let found = found.clone();
    let mut of_itself = memory.of_runbook(found.span.file).flat_map(|(_, found)| found);
    let same = |other: &Diagnostic| other.span == found.span && other.message == found.message;
    if found.span.file == runbook.file || of_itself.any(same) {
        return found;
    }
    found.related(runbook.span, "in a section that this runbook takes")
}

/// What one rule finds in releases and in the site as a whole, with its name and its weight.
fn judge(rule: &Rule, whole: &Whole<'_>, levels: &level::Levels<'_>) -> Vec<Diagnostic> {
    let subject = whole.subject;
    let mut found = Vec::new();
    for look in rule.look.ways() {
        match look {
            Look::Site(look) => found.extend(levels.weigh(rule, look(whole), || Life::Issued)),
            Look::Release(look) => found.extend(side_by_side(&subject.library.releases, |release| {
                levels.weigh(rule, look(subject, release), || level::life(subject, release))
            })),
            Look::Reading
            | Look::Network
            | Look::Runbook(_)
            | Look::Links(_)
            | Look::Text(_)
            | Look::Several(_) => {}
        }
    }
    found
}

/// What is found in each of many documents, in their order.
fn side_by_side<T: Sync>(
    documents: &[T],
    look: impl Fn(&T) -> Vec<Diagnostic> + Sync + Send,
) -> Vec<Diagnostic> {
    let found: Vec<Vec<Diagnostic>> = documents.par_iter().map(look).collect();
    found.into_iter().flatten().collect()
}

/// Each finding once, with the most weight that it has: a section that two runbooks share is judged
/// in both.
fn once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len());
    let mut index = HashMap::new();
    for found in found {
        let key = (found.rule, found.span, found.message.clone());
        match index.get(&key) {
            Some(&at) => {
                let kept: &mut Diagnostic = &mut kept[at];
                kept.severity = kept.severity.min(found.severity);
            }
            None => {
                index.insert(key, kept.len());
                kept.push(found);
            }
        }
    }
    kept
}
