//! Random damage to the real content: no stage panics, and every finding has its place.
//!
//! The seeds are fixed, so that a failure comes back. The coverage-guided counterpart is in
//! `tests/fuzz/`.

use std::fs;
use std::path::Path;

use crate::judge::judge;
use crate::project::files;

/// How many damaged copies each file gets.
const COPIES: u64 = 3;

/// What YAML, Markdown and people are touchy about.
const SPICE: [&str; 12] =
    ["é", "\u{0}", "\t", "\r", "\u{feff}", "{{ ", "[", "- ", ": ", "*a", "# allow: ", "99999999999999999999"];

/// A small generator (SplitMix64): the same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is at least 1.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// A range of at most `longest` bytes of `text`.
    fn range(&mut self, text: &[u8], longest: usize) -> std::ops::Range<usize> {
        let start = self.below(text.len() + 1);
        start..(start + self.below(longest)).min(text.len())
    }
}

/// Flips a byte, deletes, doubles or splices a stretch; what is no longer UTF-8 becomes U+FFFD.
pub(crate) fn damage(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let range = dice.range(&bytes, 80);
        match dice.below(5) {
            0 if range.start < bytes.len() => bytes[range.start] ^= 1 << dice.below(8),
            1 => drop(bytes.drain(range)),
            2 => {
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, copy);
            }
            3 => {
                let piece = dice.range(other.as_bytes(), 200);
                bytes.splice(range, other.as_bytes()[piece].to_vec());
            }
            _ => {
                let word = SPICE[dice.below(SPICE.len())];
                bytes.splice(range.start..range.start, word.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn content() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
    let real = Path::new(env!("CARGO_MANIFEST_DIR"));
    let small = files(&root).into_iter().map(|path| (path.clone(), root.join(path)));
    let real = files(&real.join("content")).into_iter().map(|path| {
        let path = format!("content/{path}");
        (path.clone(), real.join(path))
    });
    let wanted = |path: &str| path.ends_with(".yaml") || path.ends_with(".md");
    let mut found: Vec<(String, String)> = small
        .chain(real)
        .filter(|(path, _)| wanted(path))
        .map(|(path, file)| (path, fs::read_to_string(file).unwrap()))
        .collect();
    found.sort();
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// What `path` needs beside it to be judged as a whole: the roster, its runbook, its release.
fn beside<'a>(path: &str, content: &'a [(String, String)]) -> Vec<(&'a str, &'a str)> {
    let text = |wanted: &str| content.iter().find(|(path, _)| path == wanted).map(|(_, text)| text.as_str());
    let release = path.strip_suffix(".journal.yaml").map(|stem| format!("{stem}.yaml"));
    let plan = release.as_deref().or(path.contains("/releases/").then_some(path)).and_then(text);
    let runbook = plan.and_then(|plan| plan.lines().find_map(|line| line.strip_prefix("runbook: ")));
    let runbook = runbook.map(|name| format!("content/runbooks/{}.yaml", name.trim()));
    let needed = |other: &str| {
        other == "content/roster.yaml"
            || Some(other) == release.as_deref()
            || Some(other) == runbook.as_deref()
    };
    let others = content.iter().filter(|(other, _)| other != path && needed(other));
    others.map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn damaged_content_is_judged_without_a_panic() {
    let content = content();
    assert!(content.len() > 15, "{} files", content.len());
    for (number, (path, text)) in content.iter().enumerate() {
        for copy in 0..COPIES {
            let seed = number as u64 * 1000 + copy;
            let mut dice = Dice(seed);
            let other = &content[dice.below(content.len())].1;
            let damaged = damage(text, other, &mut dice);
            let mut files = beside(path, &content);
            files.push((path, &damaged));
            let judged = std::panic::catch_unwind(|| judge(&files));
            assert!(judged.is_ok(), "{path} with seed {seed} panics");
        }
    }
}

#[test]
fn damaged_documents_of_the_start_kit_are_judged_without_a_panic() {
    let kit = [
        ("content/releases/r.journal.yaml", include_str!("fuzz/seeds/journal/runbook.yaml")),
        ("content/releases/r.yaml", include_str!("fuzz/release.yaml")),
        ("content/roster.yaml", include_str!("fuzz/roster.yaml")),
        ("content/runbooks/a.yaml", include_str!("fuzz/runbook.yaml")),
    ];
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let (at, from) = (dice.below(kit.len()), dice.below(kit.len()));
        let damaged = damage(kit[at].1, kit[from].1, &mut dice);
        let mut files = kit.to_vec();
        files[at].1 = &damaged;
        let judged = std::panic::catch_unwind(|| judge(&files));
        assert!(judged.is_ok(), "{} with seed {seed} panics", kit[at].0);
    }
}
