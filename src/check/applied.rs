//! Runbooks with the values of a release.
//!
//! Takes what rules on runbooks find in one with the values of a release and without; gives what only the
//! values make wrong, at those values.

use super::journal::is_closed;
use super::memory::Memory;
use super::rule::Rule;
use crate::diagnostic::Diagnostic;
use crate::model::release::Release;
use crate::model::runbook::Runbook;

/// Whether the values of a release can still be other ones, and it has any.
pub(super) fn is_judged(release: &Release) -> bool {
    !release.parameters.is_empty() && !is_closed(release)
}

/// What is wrong in the runbook of a release, and is not without its values. What is found there anyway, or
/// is allowed there, is told at the runbook alone.
pub(super) fn found(
    memory: &Memory,
    release: &Release,
    runbook: Option<&Runbook>,
) -> Vec<(&'static Rule, Vec<Diagnostic>)> {
    let known = |rule: &Rule, found: &Diagnostic| {
        let of_rule = runbook.into_iter().flat_map(|runbook| memory.of_runbook(runbook.file));
        let mut of_rule = of_rule.filter(|(known, _)| known.name == rule.name).flat_map(|(_, found)| found);
        of_rule.any(|known| known.span == found.span)
    };
    let new = memory.of_applied(release.file).map(|(rule, found)| {
        let new = found.iter().filter(|found| !known(rule, found));
        (*rule, new.map(|found| release.at_value(found.clone())).collect())
    });
    new.collect()
}
