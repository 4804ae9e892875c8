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
    let mut secrets = secrets(&source.text);
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

/// Everything that looks like a secret. One pass over the bytes: this runs over every file at every
/// keystroke.
fn secrets(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, pair) in text.as_bytes().windows(2).enumerate() {
        if BEGINNINGS.has(pair[0], pair[1]) {
            found.extend([private_key, token, address, assignment].iter().filter_map(|read| read(text, at)));
        }
    }
    found
}

/// The pairs of bytes with which a secret, or what announces one, can begin, all of ASCII: they rule out nearly
/// every place before anything is compared.
static BEGINNINGS: Pairs = Pairs::new();

/// One bit for each pair of bytes.
struct Pairs([u64; 1024]);

impl Pairs {
    const fn new() -> Self {
        let mut pairs = Self([0; 1024]).with(KEY.as_bytes()).with(ADDRESS.as_bytes());
        let mut at = 0;
        while at < TOKENS.len() {
            pairs = pairs.with(TOKENS[at].0.as_bytes());
            at += 1;
        }
        let mut at = 0;
        while at < NAMES.len() {
            let name = NAMES[at].as_bytes();
            let (first, second) = (name[0], name[1]);
            let (great, other) = (first.to_ascii_uppercase(), second.to_ascii_uppercase());
            pairs = pairs.with(name).with(&[great, second]).with(&[first, other]).with(&[great, other]);
            at += 1;
        }
        pairs
    }

    const fn with(mut self, word: &[u8]) -> Self {
        let (at, bit) = Self::bit(word[0], word[1]);
        self.0[at] |= bit;
        self
    }

    const fn has(&self, first: u8, second: u8) -> bool {
        let (at, bit) = Self::bit(first, second);
        self.0[at] & bit != 0
    }

    const fn bit(first: u8, second: u8) -> (usize, u64) {
        let pair = (first as usize) << 8 | second as usize;
        (pair / 64, 1 << (pair % 64))
    }
}

/// How a private key begins, in the form in which keys are kept.
const KEY: &str = "-----BEGIN ";

/// What stands before the login of an address.
const ADDRESS: &str = "://";

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

/// The token that begins at byte `at`, if one does.
fn token(text: &str, at: usize) -> Option<Found> {
    let part = |c: char| c.is_ascii_alphanumeric() || "-_.+/=".contains(c);
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    if at > 0 && inside(bytes[at - 1]) {
        return None;
    }
    let (head, least, what) = TOKENS.iter().find(|(head, ..)| bytes[at..].starts_with(head.as_bytes()))?;
    let words = near(text, at, 512);
    let words = &words[..words.find(|c| !part(c)).unwrap_or(words.len())];
    let jwt = *head != "eyJ" || words.matches('.').count() == 2;
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let key = !head.ends_with("IA") || words.len() == 20 && words.chars().all(upper);
    let real = words.len() >= head.len() + least && jwt && key && !words.contains("EXAMPLE");
    real.then(|| (at..at + words.len(), *what))
}

/// The private key that begins at byte `at`, as far as it is there.
fn private_key(text: &str, at: usize) -> Option<Found> {
    // Most places begin with the same signs and are no key.
    if !text.as_bytes()[at..].starts_with(KEY.as_bytes()) {
        return None;
    }
    let near = near(text, at, 8192);
    let line = near.lines().next().unwrap_or_default();
    if !line.contains("PRIVATE KEY") {
        return None;
    }
    let last = near.find("-----END ").map(|end| end + near[end..].lines().next().map_or(0, str::len));
    Some((at..at + last.unwrap_or(line.len()), "a private key"))
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

/// The password in the address whose `://` is at byte `at`: `scheme://user:password@host`.
fn address(text: &str, at: usize) -> Option<Found> {
    let rest = text[at..].strip_prefix(ADDRESS).map(|_| near(text, at + ADDRESS.len(), 256))?;
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | ')')).unwrap_or(rest.len());
    let (login, _) = rest[..end].rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let start = at + ADDRESS.len() + user.len() + 1;
    (is_real(password) && !password.is_empty())
        .then(|| (start..start + password.len(), "a password in an address"))
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

/// The value behind a name at byte `at`: `PASSWORD=…`, `token: …`, `"secret": "…"`, where it is of letters and
/// digits and no word.
fn assignment(text: &str, at: usize) -> Option<Found> {
    let rest = &text.as_bytes()[at..];
    let named =
        |name: &&&str| rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
    let name = NAMES.iter().find(named)?;
    let value = assigned(near(text, at + name.len(), 256))?;
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    (looks_random(value) && is_real(value)).then(|| (start..start + value.len(), "a password or token"))
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
