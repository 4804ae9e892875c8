//! What calls for a reaction → a trigger.
//!
//! Takes an entry and the words that announce it, gives a trigger: a bar that is bad news, or words. A bar here means the
//! opposite of one in a check, so the words before it decide, and what is denied calls for nothing.

use super::bar;
use super::block::{Block, Entry};
use super::draft::Trigger;

/// Whether words announce what calls for a reaction: `Rollback triggers`, `Abort criteria`, `Roll back if:`.
pub(super) fn calls_for_reaction(words: &str) -> bool {
    let words = words.to_lowercase();
    let has = |known: &[&str]| known.iter().any(|known| words.contains(known));
    let is_conditional =
        has(&["criteria", "condition"]) || words.split([' ', ':', '*']).any(|word| word == "if");
    has(&["trigger"]) || is_conditional && has(&["rollback", "roll back", "roll-back", "abort", "halt"])
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
