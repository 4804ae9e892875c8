//! Text that stays text: Markdown, mentions, references, HTML and markers lose their meaning.
//!
//! Takes what people wrote, gives Markdown that shows the same characters on GitHub, GitLab and Azure
//! DevOps. An empty comment keeps a host from making a link of `@name` or `#123`; it shows nothing.

use std::fmt::Write as _;

use crate::source::is_web;

/// Shows nothing and keeps what stands beside it apart.
const APART: &str = "<!-- -->";

/// One line of text. Line breaks and control characters become spaces.
pub(super) fn text(words: &str) -> String {
    let line = one_line(words);
    let mut out = String::with_capacity(line.len() + 8);
    let ordered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = ordered.strip_prefix(['.', ')']);
    let list =
        ordered.len() < line.len() && mark.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let dot = line.len() - ordered.len();
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next();
        let before = line[..at].chars().next_back();
        if list && at == dot {
            out.push('\\');
        }
        push(&mut out, c, (before, next));
        if splits(&line, at, c) {
            out.push_str(APART);
        }
    }
    out
}

fn push(out: &mut String, c: char, (before, next): (Option<char>, Option<char>)) {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        // A dollar sign begins a formula, an escaped one too.
        '$' => out.push_str("&#36;"),
        '_' if word(before) && word(next) => out.push(c),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
        '+' | '-' | '=' | '#' if before.is_none() => out.extend(['\\', c]),
        _ => out.push(c),
    }
}

/// Whether a host would take what follows for a person, an issue, a label, an emoji.
fn splits(line: &str, at: usize, c: char) -> bool {
    let rest = &line[at + c.len_utf8()..];
    let next = rest.chars().next();
    let named = next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
    match c {
        '@' | '#' | '!' | '~' | '$' | '%' | '&' | '^' => named,
        ':' => emoji(rest),
        '-' => {
            let key = line[..at].to_ascii_lowercase();
            key.ends_with("gh") && next.is_some_and(|c| c.is_ascii_digit())
        }
        _ => false,
    }
}

/// `smile:` after a colon; not the `02:` of a time.
fn emoji(rest: &str) -> bool {
    let name = rest.split(':').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    rest.len() > name.len()
        && name.chars().all(plain)
        && (name.contains(|c: char| c.is_ascii_alphabetic()) || matches!(name, "+1" | "-1"))
}

/// Single spaces, and nothing that turns the direction of reading.
fn one_line(words: &str) -> String {
    let shown =
        |c: &char| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    let clean: String = words.chars().filter(shown).map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Inline code.
pub(super) fn code(words: &str) -> String {
    let line = unmarked(&one_line(words));
    if line.is_empty() {
        return line;
    }
    let fence = "`".repeat(longest_run(&line) + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// One line of the program's own words, in which backticks mark what authors wrote.
pub(super) fn worded(words: &str) -> String {
    let parts: Vec<&str> = words.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text(words);
    }
    let mut out = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at % 2 == 1 {
            out.push_str(&code(part));
            continue;
        }
        let (start, end) = (part.starts_with(' ') && at > 0, part.ends_with(' '));
        let inner = text(part);
        let space = |wanted: bool| if wanted && !inner.is_empty() { " " } else { "" };
        out.extend([space(start), &inner, space(end)]);
        if inner.is_empty() && !part.is_empty() {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

/// A block of code, each line behind `indent`.
pub(super) fn code_block(language: &str, words: &str, indent: &str) -> String {
    let fence = "`".repeat((longest_run(words) + 1).max(3));
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_');
    let language: String = language.chars().filter(plain).collect();
    let mut out = format!("{indent}{fence}{language}\n");
    for line in unmarked(words).lines() {
        let clean: String = line.chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect();
        let _ = writeln!(out, "{indent}{clean}");
    }
    let _ = writeln!(out, "{indent}{fence}");
    out
}

/// Code cannot escape: a marker of the record within it is broken by a space that shows nothing.
fn unmarked(words: &str) -> String {
    words.replace("<!--", "<\u{200B}!--")
}

fn longest_run(words: &str) -> usize {
    words.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// What stands inside a comment; it can not end there.
pub(super) fn comment(words: &str) -> String {
    one_line(words).replace('%', "%25").replace("--", "%2D%2D").replace('>', "%3E").replace('<', "%3C")
}

/// A link with its text, which is Markdown already; the text alone where the address is none.
pub(super) fn link(text: &str, address: &str) -> String {
    match address_of(address) {
        Some(address) => format!("[{text}](<{address}>)"),
        None => text.to_owned(),
    }
}

/// Evidence, a source: a web address becomes a link that shows it, anything else is text.
pub(super) fn address_or_text(words: &str) -> String {
    match web(words.trim()) {
        Some(address) => format!("<{address}>"),
        None => text(words),
    }
}

fn web(words: &str) -> Option<&str> {
    (is_web(words) && words.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`' | '\\')))
        .then_some(words)
}

/// An address with everything encoded that could end it.
fn address_of(address: &str) -> Option<String> {
    if address.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'<' | b'>' | b'\\' | b'`' | b' ' | b'|' | 0..=31 | 127.. => {
                let _ = write!(out, "%{byte:02X}");
            }
            byte => out.push(char::from(byte)),
        }
    }
    Some(out)
}

/// The first `most` characters, with a mark where something was cut off.
pub(super) fn clip(words: &str, most: usize) -> String {
    let mut kept: String = words.chars().take(most).collect();
    if words.chars().nth(most).is_some() {
        kept.pop();
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let cases = [
            ("a | b", "a \\| b"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("ask @ana about #123", "ask @<!-- -->ana about #<!-- -->123"),
            (
                "!45, ~bug, &7, $9, %\"m\"",
                "!<!-- -->45, \\~<!-- -->bug, &amp;<!-- -->7, &#36;<!-- -->9, %<!-- -->\"m\"",
            ),
            ("GH-12 and gh-13", "GH-<!-- -->12 and gh-<!-- -->13"),
            (":smile: at 08:02:11", ":<!-- -->smile: at 08:02:11"),
            ("`rm -rf`\n# not a heading", "\\`rm -rf\\` # not a heading"),
            ("# not a heading", "\\# not a heading"),
            ("- no list", "\\- no list"),
            ("1. no list", "1\\. no list"),
            ("1.2 no list", "1.2 no list"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("snake_case and _emphasis_", "snake_case and \\_emphasis\\_"),
            (
                "**bold** ~~struck~~ $x^2$",
                "\\*\\*bold\\*\\* \\~\\~<!-- -->struck\\~\\~ &#36;<!-- -->x^<!-- -->2&#36;",
            ),
            ("<!-- runsheet:end v1 -->", "&lt;!-- runsheet:end v1 --&gt;"),
            ("left\u{202E}right", "leftright"),
            ("100 % of 5", "100 % of 5"),
        ];
        for (words, expected) in cases {
            assert_eq!(text(words), expected);
        }
    }

    #[test]
    fn words_of_authors_are_code() {
        assert_eq!(worded("not signed by `dba`; stale"), "not signed by `dba`; stale");
        assert_eq!(worded("`a` `b`, <c>"), "`a` `b`, &lt;c&gt;");
        assert_eq!(worded("one ` alone"), "one \\` alone");
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("< 500 ms"), "`< 500 ms`");
        assert_eq!(code("a `b` c"), "``a `b` c``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code_block("sh\n", "```\nls", "  "), "  ````sh\n  ```\n  ls\n  ````\n");
        assert_eq!(code("<!-- runsheet:end v1 -->"), "`<\u{200B}!-- runsheet:end v1 -->`");
    }

    #[test]
    fn addresses_cannot_be_left() {
        assert_eq!(link("here", "../a b.html#c>d"), "[here](<../a%20b.html#c%3Ed>)");
        assert_eq!(address_or_text("https://example.org/a"), "<https://example.org/a>");
        assert_eq!(address_or_text("https://example.org/> x"), "https://example.org/&gt; x");
        assert_eq!(address_or_text("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(comment("v1 --> <b>"), "v1 %2D%2D%3E %3Cb%3E");
    }
}
