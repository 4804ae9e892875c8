//! Slips of the hand in real runbooks: a syntax error is told once, at its line, and what else is wrong
//! in the file is told beside it.

use crate::judge::judge;
use crate::random::Dice;

/// Where in a line a slip happens.
type Slip = (&'static str, fn(&Line<'_>) -> Option<String>);

/// A line of a runbook: what is before its value, its key, and its value.
struct Line<'a> {
    whole: &'a str,
    indent: &'a str,
    dash: &'a str,
    key: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn new(whole: &'a str) -> Option<Self> {
        let (indent, rest) = whole.split_at(whole.len() - whole.trim_start().len());
        let (dash, rest) = rest.split_at(if rest.starts_with("- ") { 2 } else { 0 });
        let key = rest.split_once(": ").map_or("", |(key, _)| key);
        let key = if key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') { key } else { "" };
        let (key, value) = rest.split_at(if key.is_empty() { 0 } else { key.len() + 2 });
        let text = !value.is_empty() && !rest.starts_with('#') && !value.starts_with(['|', '>']);
        text.then_some(Self { whole, indent, dash, key, value })
    }

    fn with(&self, value: &str) -> Option<String> {
        let Self { indent, dash, key, .. } = self;
        Some(format!("{indent}{dash}{key}{value}"))
    }
}

const SLIPS: [Slip; 17] = [
    ("an open quote", |line| line.with(&format!("\"{}", line.value))),
    ("an open apostrophe", |line| line.with(&format!("'{}", line.value))),
    ("words behind a quote", |line| line.with(&format!("\"x\" {}", line.value))),
    ("a colon in a text", |line| line.with(&format!("a: {}", line.value)).filter(|_| !line.key.is_empty())),
    ("an open bracket", |line| line.with(&format!("[{}", line.value))),
    ("an open brace", |line| line.with(&format!("{{{}", line.value))),
    ("a blank at the start", |line| line.with(&format!("{{{{ x }}}} {}", line.value))),
    ("emphasis at the start", |line| line.with(&format!("**Read** {}", line.value))),
    ("code at the start", |line| line.with(&format!("`x` {}", line.value))),
    ("a name at the start", |line| line.with(&format!("@{}", line.value))),
    ("a bell", |line| line.with(&format!("\u{7}{}", line.value))),
    ("a lost bracket", |line| {
        let at = line.value.rfind([']', '}'])?;
        line.with(&format!("{}{}", &line.value[..at], &line.value[at + 1..]))
    }),
    ("a lost dash", |line| (!line.dash.is_empty()).then(|| line.whole.replacen("- ", "-", 1))),
    ("a tab", |line| (!line.indent.is_empty()).then(|| format!("\t{}", line.whole.trim_start()))),
    ("spaces that are none", |line| {
        let indent = "\u{a0}".repeat(line.indent.len());
        (!indent.is_empty()).then(|| format!("{indent}{}", line.whole.trim_start()))
    }),
    ("a space too many", |line| Some(format!(" {}", line.whole))),
    ("a conflict", |line| {
        let whole = line.whole;
        Some(format!("<<<<<<< HEAD\n{whole}\n=======\n{whole} x\n>>>>>>> other"))
    }),
];

const PATH: &str = "content/runbooks/web-platform.yaml";
const TEXT: &str = include_str!("../content/runbooks/web-platform.yaml");

/// How often each slip is tried.
const TIMES: usize = 12;

/// The lines of what is found in a runbook, with the rules.
fn found(text: &str) -> Vec<(usize, String)> {
    let report = judge(&[(PATH, text)]);
    let line = |at: usize| text[..at].matches('\n').count();
    let found = report.iter().map(|found| (line(found.span.range().start), found.rule.to_string()));
    found.filter(|(_, rule)| rule != "unknown-owner").collect()
}

fn is_syntax(found: &[(usize, String)]) -> bool {
    found.iter().any(|(_, rule)| rule == "invalid-yaml")
}

/// The text with a slip at one line, where it has a place there and is an error of syntax alone.
fn slipped(lines: &[&str], at: usize, slip: Slip) -> Option<String> {
    let line = slip.1(&Line::new(lines[at])?)?;
    let mut lines = lines.to_vec();
    lines[at] = &line;
    Some(lines.join("\n"))
}

#[test]
fn nothing_is_told_that_follows_from_a_slip() {
    let lines: Vec<&str> = TEXT.lines().collect();
    let mut tried = 0;
    for (number, slip) in SLIPS.into_iter().enumerate() {
        let mut dice = Dice(number as u64);
        for _ in 0..TIMES {
            let at = dice.below(lines.len());
            let Some(text) = slipped(&lines, at, slip) else { continue };
            let found = found(&text);
            if !is_syntax(&found) {
                continue;
            }
            tried += 1;
            let far = found.iter().any(|(line, _)| line + 1 < at || *line > at + 5);
            assert!(!far && found.len() == 1, "{} in line {}: {found:?}", slip.0, at + 1);
        }
    }
    assert!(tried > 100, "{tried} slips");
}

#[test]
fn a_second_slip_in_another_section_is_told_in_the_same_run() {
    let lines: Vec<&str> = TEXT.lines().collect();
    // Titles deep inside, two sections of the runbook apart.
    let starts = (0..lines.len()).filter(|at| lines[*at].starts_with("  - title: "));
    let inside = |start: usize| (start..lines.len()).find(|at| lines[*at].starts_with("          - title: "));
    let mut places: Vec<usize> = starts.filter_map(inside).collect();
    places.dedup();
    let mut tried = 0;
    for slip in SLIPS {
        for pair in places.windows(2) {
            let Some(text) = slipped(&lines, pair[1], SLIPS[2]) else { continue };
            let second: Vec<&str> = text.lines().collect();
            let Some(both) = slipped(&second, pair[0], slip) else { continue };
            let added = both.lines().count() - lines.len();
            let found = found(&both);
            if !is_syntax(&found) || found.len() == 1 && found[0].0 > pair[0] + 5 {
                continue;
            }
            tried += 1;
            let told: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
            assert_eq!(
                told.last(),
                Some(&(pair[1] + added)),
                "{} in line {}: {found:?}",
                slip.0,
                pair[0] + 1
            );
        }
    }
    assert!(tried > 30, "{tried} pairs");
}
