//! The content, judged: one rule system, one table, one file a rule.
//!
//! Takes a resolved `Library` with its texts, the site's configuration and the instant of judgement;
//! gives diagnostics. It may not read the clock or the disk, and it changes nothing.
//!
//! What is found while reading and resolving goes through here too (`earlier` in `run`), so that
//! levels in `site.yaml`, silencing comments and `explain` are the same for all of it.

mod allow;
mod bars;
mod explain;
mod hint;
mod ids;
mod journal;
mod level;
mod passage;
mod rule;
mod rules;
mod shell;
mod text;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, RuleInfo};
use crate::model::Library;
use crate::source::Sources;

pub use explain::{markdown, table};
pub use ids::written_ids;
pub(crate) use passage::named;
use rule::{Life, Look};
pub use rule::{Rule, Topic, Weight};
pub use rules::RULES;

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
}

/// Everything that is wrong or doubtful: what was found `earlier`, while reading and resolving, and
/// what the rules find; with the levels of the site, without what is silenced at its line.
pub fn run(subject: &Subject<'_>, earlier: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let levels = level::Levels::new(subject.config);
    let mut found = earlier;
    found.retain_mut(|found| levels.apply(found));
    let on: Vec<&Rule> = RULES.iter().filter(|rule| levels.is_on(rule.name)).collect();
    let new: Vec<Vec<Diagnostic>> =
        on.into_par_iter().map(|rule| judge(rule, rule.look, subject, &levels)).collect();
    found.extend(new.into_iter().flatten());
    found.extend(levels.unknown(subject));
    let found = allow::silence(subject, &levels, once(found));
    once(found)
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Every rule as the output formats describe it.
pub fn infos() -> Vec<RuleInfo> {
    RULES.iter().map(Rule::info).collect()
}

/// What one rule finds, with its name and its weight in each document; documents side by side.
fn judge(rule: &Rule, look: Look, subject: &Subject<'_>, levels: &level::Levels<'_>) -> Vec<Diagnostic> {
    let library = subject.library;
    let weighed = |found, life: &dyn Fn() -> Life| levels.weigh(rule, found, life);
    match look {
        Look::Reading => Vec::new(),
        Look::Site(look) => weighed(look(subject), &|| Life::Issued),
        Look::Runbook(look) => side_by_side(&library.runbooks, |runbook| {
            weighed(look(subject, runbook), &|| runbook.status.into())
        }),
        Look::Release(look) => side_by_side(&library.releases, |release| {
            weighed(look(subject, release), &|| level::life(subject, release))
        }),
        Look::Text(look) => {
            let files: Vec<_> = subject.sources.iter().collect();
            side_by_side(&files, |(file, source)| {
                weighed(look(*file, source), &|| level::life_of(subject, *file))
            })
        }
        Look::Both(runbooks, releases) => {
            let mut found = judge(rule, Look::Runbook(runbooks), subject, levels);
            found.extend(judge(rule, Look::Release(releases), subject, levels));
            found
        }
    }
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
