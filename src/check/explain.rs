//! The pages of `explain`.
//!
//! Takes the table of rules, gives text: one rule's page, the table for a terminal, all of it as
//! Markdown for the guide.

use std::fmt::Write as _;

use super::{RULES, Topic};

/// The table of all rules, a line each under the heads of their topics.
pub fn table() -> String {
    let mut out = String::new();
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut topic = None;
    for rule in RULES {
        head(&mut topic, rule.topic, &mut out, "");
        // Writing into a String cannot fail.
        let _ = writeln!(out, "  {:<width$}  {}", rule.name, rule.summary);
    }
    out
}

/// Every rule as one Markdown page.
pub fn markdown() -> String {
    let mut out = String::from("# Rules\n");
    let mut topic = None;
    for rule in RULES {
        if topic != Some(rule.topic) {
            out.push('\n');
        }
        head(&mut topic, rule.topic, &mut out, "## ");
        let _ = write!(out, "\n### {}\n\n{}. Level: {}.\n\n", rule.name, rule.summary, rule.weight.words());
        let page = rule.page();
        out.push_str(page.split_once('\n').map_or("", |(_, rest)| rest).trim_start());
    }
    out
}

fn head(last: &mut Option<Topic>, topic: Topic, out: &mut String, mark: &str) {
    if *last == Some(topic) {
        return;
    }
    if last.is_some() && mark.is_empty() {
        out.push('\n');
    }
    *last = Some(topic);
    let _ = writeln!(out, "{mark}{}", topic.title());
}
