//! # destructive-command
//!
//! `rm -rf`, `DROP TABLE`, `FLUSHALL`, `git push --force`, `terraform destroy` and their like cannot be taken
//! back. A step with such a command needs three things: a second role that confirms (`confirm`), something
//! that shows it did what it should (`expect`, `thresholds` or `checks`), and a way back (`on-failure`, or a
//! section of phase `rollback` in the runbook).
//!
//! ```yaml
//! - title: Empty the session store
//!   run: redis-cli FLUSHALL
//!   confirm: dba
//!   expect: "`DBSIZE` answers 0"
//!   on-failure: restore-sessions
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::shell::destroys;
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::runbook::Runbook;
use crate::model::section::Item;

pub(super) const RULE: Rule = Rule {
    name: "destructive-command",
    summary: "a command that cannot be taken back, without a second role, a check and a way back",
    topic: Topic::Hygiene,
    weight: Weight::Gap,
    source: include_str!("destructive_command.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let way_back = runbook.all_sections().iter().any(|section| section.phase == Phase::Rollback);
    let judge = |item: &Item| {
        let run = item.run.as_ref()?;
        let (range, what) = destroys(&run.source.value)?;
        let missing = missing(item, way_back);
        let last = missing.last()?;
        let words = match missing.len() {
            1 => (*last).to_owned(),
            many => format!("{} and {last}", missing[..many - 1].join(", ")),
        };
        let span = around.locate(run.source.span, &run.source.value, range);
        let message = format!("a command that {what} stands without {words}");
        Some(finding(span, message).label("cannot be taken back").help(help(&missing)))
    };
    runbook.all_items().into_iter().filter_map(|(_, item)| judge(item)).collect()
}

fn missing(item: &Item, way_back: bool) -> Vec<&'static str> {
    let checked = item.expect.is_some() || !item.bars.is_empty() || !item.checks.is_empty();
    let parts = [
        (!item.confirm.is_empty(), "a confirming role"),
        (checked, "a check"),
        (way_back || item.on_failure.is_some(), "a way back"),
    ];
    parts.into_iter().filter(|(there, _)| !there).map(|(_, words)| words).collect()
}

fn help(missing: &[&str]) -> String {
    let keys = missing.iter().map(|words| match *words {
        "a confirming role" => "`confirm:` with a role",
        "a check" => "`expect:` with what shows that it worked",
        _ => "`on-failure:` with the step or section that brings it back",
    });
    format!("add {}", keys.collect::<Vec<_>>().join(", "))
}
