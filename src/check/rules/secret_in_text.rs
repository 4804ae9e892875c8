//! # secret-in-text
//!
//! A runbook is printed, mailed and published. A key, token, private key or password in it is known to
//! everybody who ever had the sheet in hand, and stays in the history of git. The finding names the kind of
//! secret and where it stands; it never shows it, in no format.
//!
//! Change the secret where it is used, then write where to find it: the name of an environment variable, or
//! the path in the vault.
//!
//! ```yaml
//! run: psql postgres://app:hunter22@db/orders            # wrong
//! run: psql "postgres://app:$DB_PASSWORD@db/orders"      # right
//! ```

use std::ops::Range;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Kind, Source, Span};

pub(super) const RULE: Rule = Rule {
    name: "secret-in-text",
    summary: "a key, token or password that everybody can read",
    topic: Topic::Hygiene,
    weight: Weight::Always,
    source: include_str!("secret_in_text.rs"),
    look: Look::Text(look),
};

fn look(file: FileId, source: &Source) -> Vec<Diagnostic> {
    if source.kind == Kind::Other {
        return Vec::new();
    }
    let mut secrets = private_keys(&source.text);
    secrets.extend(tokens(&source.text));
    secrets.extend(addresses(&source.text));
    secrets.extend(assignments(&source.text));
    secrets.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    let mut found = Vec::new();
    for (range, what) in secrets {
        if range.start < end {
            continue;
        }
        end = range.end;
        let span = Span::new(file, range.start, range.end);
        let help = "change it where it is used, and write where to find it instead: a variable, or a path in the vault";
        let report = finding(span, format!("{what} stands in the text")).label("not shown here").help(help);
        found.push(Diagnostic { secret: true, ..report });
    }
    found
}

type Found = (Range<usize>, &'static str);

/// How tokens of well-known services begin, the fewest characters that follow, and what they are.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("ghu_", 36, "a token of GitHub"),
    ("github_pat_", 40, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("xoxb-", 20, "a token of Slack"),
    ("xoxp-", 20, "a token of Slack"),
    ("xoxa-", 20, "a token of Slack"),
    ("sk_live_", 20, "a key of Stripe"),
    ("rk_live_", 20, "a key of Stripe"),
    ("AIza", 35, "a key of Google"),
    ("npm_", 36, "a token of npm"),
    ("sk-ant-", 30, "a key of Anthropic"),
    ("sk-proj-", 30, "a key of OpenAI"),
    ("SG.", 60, "a key of SendGrid"),
    ("eyJ", 60, "a signed token (JWT)"),
];

fn tokens(text: &str) -> Vec<Found> {
    let part = |c: char| c.is_ascii_alphanumeric() || "-_.+/=".contains(c);
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // One pass over the bytes: this runs over every file at every keystroke. Two of them rule out nearly
    // every place before any token is compared.
    for (at, pair) in bytes.windows(2).enumerate() {
        let begins = matches!(
            pair,
            [b'A', b'K' | b'S' | b'I']
                | [b'S', b'G']
                | [b'e', b'y']
                | [b'g', b'h' | b'i' | b'l']
                | [b'n', b'p']
                | [b'r' | b's', b'k']
                | [b'x', b'o']
        );
        if !begins || at > 0 && inside(bytes[at - 1]) {
            continue;
        }
        let rest = &bytes[at..];
        let Some((head, least, what)) = TOKENS.iter().find(|(head, ..)| rest.starts_with(head.as_bytes()))
        else {
            continue;
        };
        let words = near(text, at, 512);
        let words = &words[..words.find(|c| !part(c)).unwrap_or(words.len())];
        let jwt = *head != "eyJ" || words.matches('.').count() == 2;
        let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let key = !head.ends_with("IA") || words.len() == 20 && words.chars().all(upper);
        if words.len() >= head.len() + least && jwt && key && !words.contains("EXAMPLE") {
            found.push((at..at + words.len(), *what));
        }
    }
    found
}

fn private_keys(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("-----BEGIN ") {
        let near = near(text, at, 8192);
        let line = near.lines().next().unwrap_or_default();
        if !line.contains("PRIVATE KEY") {
            continue;
        }
        let last = near.find("-----END ").map(|end| end + near[end..].lines().next().map_or(0, str::len));
        found.push((at..at + last.unwrap_or(line.len()), "a private key"));
    }
    found
}

/// The text from byte `at` on, as far as a secret can reach: hostile content must not make every place
/// read the rest of the file.
fn near(text: &str, at: usize, bytes: usize) -> &str {
    let mut end = text.len().min(at + bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or_default()
}

/// Passwords in addresses: `scheme://user:password@host`.
fn addresses(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let rest = near(text, at + 3, 256);
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | ')'))
            .unwrap_or(rest.len());
        let Some((login, _)) = rest[..end].rsplit_once('@') else { continue };
        let Some((user, password)) = login.split_once(':') else { continue };
        if is_real(password) && !password.is_empty() {
            let start = at + 3 + user.len() + 1;
            found.push((start..start + password.len(), "a password in an address"));
        }
    }
    found
}

/// Names whose value is a secret, in lower case; a longer one before the one that it begins with.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "secret_key",
    "secret",
    "token",
    "api_key",
    "api-key",
    "apikey",
    "access_key",
    "auth_token",
];

/// `PASSWORD=…`, `token: …`, `"secret": "…"`: a value of letters and digits that is no word.
fn assignments(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Two letters rule out nearly every place before any name is compared.
    for (at, pair) in bytes.windows(2).enumerate() {
        if !matches!(
            (pair[0] | 0x20, pair[1] | 0x20),
            (b'p', b'a' | b'w') | (b's', b'e') | (b't', b'o') | (b'a', b'p' | b'c' | b'u')
        ) {
            continue;
        }
        let named = |name: &&&str| {
            bytes.get(at..at + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        };
        let Some(name) = NAMES.iter().find(named) else { continue };
        let value = assigned(near(text, at + name.len(), 256)).unwrap_or_default();
        if looks_random(value) && is_real(value) {
            let start = value.as_ptr() as usize - text.as_ptr() as usize;
            found.push((start..start + value.len(), "a password or token"));
        }
    }
    found
}

/// What is assigned by the text behind a name: the value after `=` or `:`, without quotes.
fn assigned(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['"', '\'']);
    let value = rest.strip_prefix(['=', ':'])?;
    let value = value.strip_prefix(' ').unwrap_or(value).trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"'`,;})&".contains(c));
    Some(&value[..end.unwrap_or(value.len())])
}

/// Eight characters at least, with letters and digits, and nothing that names something else.
fn looks_random(value: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || "-_.+/=!#%^*~?".contains(c);
    let letters = value.chars().any(|c| c.is_ascii_alphabetic());
    let digits = value.chars().any(|c| c.is_ascii_digit());
    let path = value.starts_with(['/', '.']) || value.contains("//") || value.matches('/').count() > 1;
    value.len() >= 8 && value.chars().all(part) && letters && digits && !path
}

/// Whether a value stands for itself: no variable, parameter, blank or word for "password".
fn is_real(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let stands_for = value.contains(['$', '{', '<', '*', '[', '%', '…']) || value.contains("...");
    let word =
        ["password", "passwd", "pass", "pwd", "secret", "token", "redacted", "hidden", "changeme", "example"];
    !stands_for
        && !word.contains(&lower.as_str())
        && !lower.contains("example")
        && !lower.bytes().all(|byte| byte == b'x')
}
