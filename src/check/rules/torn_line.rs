//! # torn-line
//!
//! A line of the journal cannot be read and was skipped. The last line is torn when the program or the machine
//! stopped while it was written; a line in the middle was edited by hand, or is a mark that a
//! merge left: the lines of both its sides are read. `*.journal.yaml merge=union` in `.gitattributes`, as `init` writes it,
//! lets git merge journals without marks.
//!
//! What the line should have said is not known to anybody but the one who wrote it: append the event again, then
//! remove the torn line.
//!
//! ```yaml
//! - { at: 2026-12-01T08:02:11Z, by: ana, item: repl
//! ```

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::release::{Release, UNMERGED};

pub(super) const RULE: Rule = Rule {
    name: "torn-line",
    summary: "a line of the journal that cannot be read",
    topic: Topic::Release,
    weight: Weight::Doubt,
    source: include_str!("torn_line.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(file) = release.journal.file else { return Vec::new() };
    let written = subject.sources.get(file).text.trim_end().len();
    let report = |torn: &crate::source::Spanned<String>| {
        if torn.value == UNMERGED {
            let report = finding(torn.span, "a merge was not finished in the journal").label(UNMERGED);
            return report.help("the lines of both sides count: keep them, and remove this one");
        }
        let last = torn.span.end as usize >= written;
        let message = if last {
            "the last line of the journal is torn"
        } else {
            "a line of the journal cannot be read"
        };
        let report = finding(torn.span, message).label(torn.value.clone());
        report.help("append the event again, then remove this line; it was skipped")
    };
    release.journal.torn.iter().map(report).collect()
}
