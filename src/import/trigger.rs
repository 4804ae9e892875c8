//! What calls for a reaction → a trigger.
//!
//! Takes an entry and the words that announce it, gives a trigger: a bar that is bad news, or words. A bar here means the
//! opposite of one in a check, so the words before it decide, and what is denied calls for nothing.

use super::bar;
use super::block::{Block, Entry, List};
use super::draft::Trigger;
use super::label;

/// Whether words announce what calls for a reaction: `Rollback triggers`, `Abort criteria`, `Roll back if:`. What is done
/// `if needed` is a procedure.
pub(super) fn calls_for_reaction(words: &str) -> bool {
    let words = words.to_lowercase();
    let has = |known: &[&str]| known.iter().any(|known| words.contains(known));
    let is_open = [" if", " when"].iter().any(|end| words.trim_end_matches([':', '*']).ends_with(end));
    let is_conditional = words.split([' ', ':', '*']).any(|word| word == "if")
        && !has(&["if needed", "if necessary", "if required", "if applicable", "if possible"]);
    let is_of_criteria = is_open || is_conditional || has(&["criteria", "condition"]);
    has(&["trigger"])
        || is_of_criteria && has(&["rollback", "roll back", "roll-back", "abort", "halt"])
        || is_open && has(&["stop", "escalate"])
}

/// Whether a list says what is done rather than what happens: there are commands in it.
pub(super) fn is_procedure(list: &List) -> bool {
    let is_run = |entry: &Entry| {
        label::code(&entry.head).is_some()
            || entry.content.iter().any(|block| matches!(block, Block::Code { .. }))
    };
    list.entries.iter().any(is_run)
}

/// What is done when something happens, as far as the words before it say: `Do not roll back if:` says it, too.
pub(super) fn action(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let has = |known: &[&str]| known.iter().any(|known| words.contains(known));
    if has(&["do not ", "don't ", "don’t ", "never ", "no rollback"]) {
        return Some("none");
    }
    has(&["rollback", "roll back", "roll-back"]).then_some("rollback")
}

/// A bar, or words. What calls for nothing is no bar.
pub(super) fn read(entry: &Entry, action: Option<&'static str>) -> Trigger {
    let words = entry.head.replace("**", "");
    let action = if self::action(&words) == Some("none") { Some("none") } else { action };
    let mut about: Vec<String> = entry.content.iter().map(Block::markdown).collect();
    let bars = if action == Some("none") { Vec::new() } else { bar::of_title(&words, true) };
    let [bar] = bars.as_slice() else {
        return Trigger { condition: Some(words), action, about: about.join("\n\n"), ..Trigger::default() };
    };
    // What a bar leaves out in parentheses is said nowhere else.
    if words.contains('(') && bar.note.is_none() {
        about.insert(0, words);
    }
    Trigger { when: Some(bar.to_string()), action, about: about.join("\n\n"), ..Trigger::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_announces_triggers_is_known() {
        for words in [
            "Rollback triggers",
            "Abort criteria",
            "**Roll back if:**",
            "If this happens, roll back:",
            "Stop when",
        ] {
            assert!(calls_for_reaction(words), "{words}");
        }
        for words in
            ["Roll back if needed:", "Rollback", "Go criteria", "Stop the service if it runs:", "If so:"]
        {
            assert!(!calls_for_reaction(words), "{words}");
        }
    }
}
