//! What the heading of a section says beside its title.
//!
//! Takes a heading, gives the title without the number, the signs and the remarks that Runsheet has keys for. A remark
//! that is none of them stays in the title.

use super::block::Block;
use super::label::is_shortcode;
use super::section;
use crate::model::time::{DurationRange, Moment};

/// A heading, read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Heading {
    /// Without number and signs.
    pub title: String,
    /// When, from `(T-24 hours)`.
    pub at: Option<String>,
    /// How long, from `(15 minutes)`.
    pub duration: Option<String>,
    /// How many items it says there are, from `(8 items)`.
    pub count: Option<u32>,
    /// The part of the procedure that its words name.
    pub phase: Option<&'static str>,
}

/// Words that name a phase; what stands first decides, so `Post-Deployment` is no deployment.
const PHASES: [(&str, &[&str]); 5] = [
    ("rollback", &["rollback", "roll back", "roll-back", "back out", "backout"]),
    ("after", &["post-", "post ", "after", "follow-up", "follow up"]),
    ("before", &["pre-", "pre ", "before", "readiness", "preparation", "prerequisite"]),
    ("reference", &["appendix", "glossary", "reference"]),
    ("during", &["deploy", "go-live", "execution", "cutover", "cut-over", "during"]),
];

/// Words of what is about a rollback and is none.
const ABOUT: [&str; 6] = ["verif", "valid", "test", "ready", "trigger", "criteria"];

/// Words that only count what they stand before.
const COUNTED: [&str; 7] = ["section", "step", "task", "part", "chapter", "item", "check"];

/// Lines in bold as headings, in a text that has no others.
pub(super) fn promoted(mut blocks: Vec<Block>) -> Vec<Block> {
    if blocks.iter().any(|block| matches!(block, Block::Heading { .. })) {
        return blocks;
    }
    for block in &mut blocks {
        let Block::Text(text) = block else { continue };
        let inside = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
        let inside = inside.filter(|_| section::numbered(text).is_none());
        if let Some(inside) = inside.filter(|inside| !inside.contains(['*', '\n']) && !inside.ends_with(':'))
        {
            *block = Block::Heading { level: 2, text: inside.trim().to_owned() };
        }
    }
    blocks
}

/// Reads a heading.
pub(super) fn read(text: &str) -> Heading {
    let mut heading = Heading::default();
    let mut title = clean(text);
    while let Some(open) = title.strip_suffix(')').and_then(|rest| rest.rfind('(')) {
        let remark = title[open + 1..title.len() - 1].trim();
        let before = clean(&title[..open]);
        // What is nothing but a remark is a title.
        if before.is_empty() || !heading.take(remark) {
            break;
        }
        title = before;
    }
    heading.phase = phase(&title);
    heading.title = title;
    heading
}

impl Heading {
    /// Whether a remark in parentheses is one that has a key.
    fn take(&mut self, remark: &str) -> bool {
        if let Ok(length) = DurationRange::parse(remark) {
            self.duration = Some(length.to_string());
        } else if let Some(moment) = Moment::parse(remark).ok().filter(|_| remark.len() > 1) {
            self.at = Some(moment.to_string());
        } else if let Some(count) = count(remark) {
            self.count = Some(count);
        } else {
            return false;
        }
        true
    }
}

/// `8 items`, `12 checks`, `5 steps`.
fn count(remark: &str) -> Option<u32> {
    let (number, noun) = remark.split_once(' ')?;
    ["item", "items", "check", "checks", "step", "steps"].contains(&noun).then(|| number.parse().ok())?
}

fn phase(title: &str) -> Option<&'static str> {
    let title = title.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let (phase, _) = PHASES.iter().find(|(_, words)| has(words))?;
    (*phase != "rollback" || !has(&ABOUT)).then_some(*phase)
}

/// A title without number, emphasis and the signs around it.
pub(super) fn clean(text: &str) -> String {
    let plain = text.replace("**", "").replace("__", "");
    let is_sign = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    let mut plain = plain.trim_matches(|c: char| is_sign(c) || c.is_whitespace());
    while let Some((_, rest)) = plain.split_once(' ').filter(|(first, _)| is_shortcode(first)) {
        plain = rest.trim_start();
    }
    while let Some((rest, _)) = plain.rsplit_once(' ').filter(|(_, last)| is_shortcode(last)) {
        plain = rest.trim_end();
    }
    let plain = plain.trim_end_matches([':', ' ', '#']);
    let candidates = [unnumbered(plain), plain, text.trim()];
    candidates.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned()
}

/// Without `1.`, `1.2`, `3)` and `Section 4:` before it.
fn unnumbered(text: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = first.trim_end_matches([')', ':']);
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit());
    if first.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(is_number)
        && (!is_plain || number != first)
    {
        return rest.trim_start_matches(['-', '–', '—', ' ']);
    }
    if COUNTED.contains(&first.to_lowercase().as_str()) {
        let behind = rest.trim_start_matches(is_number);
        let title = behind.trim_start_matches([':', '.', '-', '–', '—', ' ']);
        if behind.len() < rest.len() && title.len() < behind.len() {
            return title;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_become_keys() {
        let read =
            read("## 🚀 1.2 Server Infrastructure (15 minutes) (8 items) ✅".trim_start_matches("## "));
        assert_eq!(read.title, "Server Infrastructure");
        assert_eq!((read.duration.as_deref(), read.count), (Some("15m"), Some(8)));
        let read = super::read("Pre-Deployment Checklist (T-24 Hours)");
        assert_eq!(
            (read.title.as_str(), read.at.as_deref(), read.phase),
            ("Pre-Deployment Checklist", Some("T-24h"), Some("before"))
        );
        assert_eq!(super::read("Staging (optional)").title, "Staging (optional)");
        assert_eq!(super::read("(15 minutes)").title, "(15 minutes)");
        assert_eq!(super::read("🚀").title, "🚀");
    }

    #[test]
    fn numbers_go_and_words_stay() {
        let titles = [
            "1. Prepare",
            "1.1 Server",
            "Section 3: Network",
            "Task 1 - Notify",
            "5 whys",
            "Phase 2: Canary",
            "3.13",
            "Step",
        ];
        let read: Vec<String> = titles.iter().map(|title| clean(title)).collect();
        assert_eq!(
            read,
            ["Prepare", "Server", "Network", "Notify", "5 whys", "Phase 2: Canary", "3.13", "Step"]
        );
    }

    #[test]
    fn what_is_about_a_rollback_is_none() {
        assert_eq!(read("Rollback Procedure").phase, Some("rollback"));
        assert_eq!(read("Backup & Rollback Verification").phase, None);
        assert_eq!(read("Rollback Triggers").phase, None);
        assert_eq!(read("Post-Deployment").phase, Some("after"));
        assert_eq!(read("Database").phase, None);
    }
}
